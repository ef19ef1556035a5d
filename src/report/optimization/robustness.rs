//! How choices do in several states of the world.

use crate::language::{Language, Name};
use crate::messages::Key;
use crate::planning::optimization::{JudgedChoice, Robustness};
use crate::report::formats::terminal;
use crate::report::model::Quantity::{Minutes, Seconds, Text, Word};
use crate::report::model::{Column, Filling, Table};
use crate::report::words::minutes_to_hundredths;
use crate::text;

/// The choices with what each is best at, as a key and in words: the one that was asked for, the best on
/// average, the one with the least worst regret.
fn choices(robustness: &Robustness) -> [(&'static str, Key, &JudgedChoice); 3] {
    let asked = &robustness.best_of_each_state[0];
    [
        ("as_asked", Key("robust-as-asked"), asked),
        (
            "least_average",
            Key("robust-least-average"),
            &robustness.least_average,
        ),
        (
            "least_regret",
            Key("robust-least-regret"),
            &robustness.least_regret,
        ),
    ]
}

/// Each choice in each state, the best of the state at the end.
pub(super) fn table(robustness: &Robustness, language: Language) -> Table {
    let rows = robustness
        .states
        .iter()
        .enumerate()
        .flat_map(|(place, state)| {
            let own = ("best_of_state", &robustness.best_of_each_state[place]);
            let choices = choices(robustness).map(|(key, _, judged)| (key, judged));
            let choices = choices.into_iter().chain([own]);
            choices.map(move |(key, judged)| (place, state, key, judged))
        });
    let mut table: Filling<(usize, &Name, &str, &JudgedChoice)> = Filling::of(rows);
    table.column(Column::new("state", Text), |(_, state, ..)| {
        state_words(state, language)
    });
    table.column(Column::new("choice", Word), |(.., key, _)| *key);
    table.column(Column::new("sites", Text), |(.., judged)| {
        judged.sites.join(" ")
    });
    table.column(
        Column::new("mean_response", Minutes),
        |(place, .., judged)| judged.mean_response_seconds[*place],
    );
    table.column(
        Column::new("behind_best_of_state", Seconds).csv_places(1),
        |(place, .., judged)| judged.regret_seconds[*place],
    );
    table.table()
}

/// The same with the choices side by side, for people.
fn side_by_side(robustness: &Robustness, language: Language) -> Table {
    let mut table = Filling::of(robustness.states.iter().enumerate());
    table.column(
        Column::new("state", Text).head(text!(language, "robust-state")),
        |(place, state)| {
            let share = robustness.shares.as_ref();
            let share = share.map_or_else(String::new, |s| format!(" ({:.0}%)", s[*place] * 100.0));
            state_words(state, language) + &share
        },
    );
    table.column(
        Column::new("best_of_state", Minutes)
            .places(2)
            .head(text!(language, "robust-its-own-best")),
        |(place, _)| robustness.best_of_each_state[*place].mean_response_seconds[*place],
    );
    for (key, best_at, judged) in choices(robustness) {
        let column = Column::new(key, Minutes).head(text!(language, best_at));
        table.column(column, |(place, _)| {
            let regret = judged.regret_seconds[*place];
            format!(
                "{} ({regret:.1})",
                minutes_to_hundredths(judged.mean_response_seconds[*place])
            )
        });
    }
    table.table()
}

/// A state in words: conditions as they are asked for, `weather=rain`.
fn state_words(state: &Name, language: Language) -> String {
    let named = state.in_language(language);
    if !named.contains('=') {
        return named.to_owned();
    }
    let condition = |condition: &str| {
        let (key, value) = condition.split_once('=').unwrap_or(("", condition));
        let key = match key.trim() {
            "weather" => text!(language, "condition-weather"),
            "band" => text!(language, "condition-band"),
            "close" => text!(language, "condition-close"),
            other => other.to_owned(),
        };
        // Profiles name their conditions as they like; these are in those that come with the program.
        let value = match value.trim() {
            "rain" => text!(language, "condition-rain"),
            "snow" => text!(language, "condition-snow"),
            "fog" => text!(language, "condition-fog"),
            "ice" => text!(language, "condition-ice"),
            "night" => text!(language, "condition-night"),
            "peak" => text!(language, "condition-peak"),
            "day" => text!(language, "condition-day"),
            other => other.to_owned(),
        };
        text!(language, "condition", key = key, value = value)
    };
    let conditions: Vec<String> = named.split(',').map(condition).collect();
    conditions.join(&text!(language, "between-conditions"))
}

/// For people, within 100 columns.
pub(super) fn text(robustness: &Robustness, language: Language) -> String {
    let mut lines = vec![
        text!(language, "robust-title"),
        terminal::table(&side_by_side(robustness, language)),
    ];
    lines.extend(choices(robustness).map(|(_, best_at, judged)| {
        text!(
            language,
            "robust-choice",
            words = text!(language, best_at),
            sites = judged.sites.join(" + "),
            worst = format!("{:.1}", judged.worst_regret_seconds),
            average = minutes_to_hundredths(judged.average_mean_response_seconds)
        )
    }));
    lines.push(match robustness.shares {
        None => text!(language, "robust-states-alike"),
        Some(_) => text!(language, "robust-states-by-share"),
    });
    lines.join("\n") + "\n"
}
