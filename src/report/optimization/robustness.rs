//! How choices do in several states of the world.

use crate::language::Language;
use crate::messages::Key;
use crate::planning::optimization::{JudgedChoice, Robustness};
use crate::planning::other_states::{Circumstances, RoadCondition};
use crate::report::formats::terminal;
use crate::report::model::Quantity::{Minutes, Seconds, Text, Word};
use crate::report::model::{Column, Filling, Table};
use crate::report::words::{minutes_to_hundredths, road_condition_words};
use crate::text;

/// The choices with what each is best at, as a key and in words: the one that was asked for, the best on
/// average, the one with the least worst regret.
fn choices(robustness: &Robustness) -> [(&'static str, Key, &JudgedChoice); 3] {
    let requested = &robustness.best_of_each_state[0];
    [
        ("as_requested", Key("robust-as-requested"), requested),
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
        .flat_map(|(index, state)| {
            let best = ("best_of_state", &robustness.best_of_each_state[index]);
            let choices = choices(robustness).map(|(key, _, judged)| (key, judged));
            let choices = choices.into_iter().chain([best]);
            choices.map(move |(key, judged)| (index, state, key, judged))
        });
    let mut table: Filling<(usize, &Circumstances, &str, &JudgedChoice)> = Filling::of(rows);
    table.column(Column::new("state", Text), |(_, state, ..)| {
        state_words(state, language)
    });
    table.column(Column::new("choice", Word), |(.., key, _)| *key);
    table.column(Column::new("sites", Text), |(.., judged)| {
        judged.sites.join(" ")
    });
    table.column(
        Column::new("mean_response", Minutes),
        |(index, .., judged)| judged.mean_response_seconds[*index],
    );
    table.column(
        Column::new("behind_best_of_state", Seconds).csv_places(1),
        |(index, .., judged)| judged.regret_seconds[*index],
    );
    table.table()
}

/// The same with the choices side by side, for people.
fn side_by_side(robustness: &Robustness, language: Language) -> Table {
    let mut table = Filling::of(robustness.states.iter().enumerate());
    table.column(
        Column::new("state", Text).head(text!(language, "robust-state")),
        |(index, state)| {
            let share = robustness.shares.as_ref();
            let share = share.map_or_else(String::new, |s| format!(" ({:.0}%)", s[*index] * 100.0));
            state_words(state, language) + &share
        },
    );
    table.column(
        Column::new("best_of_state", Minutes)
            .places(2)
            .head(text!(language, "robust-its-own-best")),
        |(index, _)| robustness.best_of_each_state[*index].mean_response_seconds[*index],
    );
    for (key, best_at, judged) in choices(robustness) {
        let column = Column::new(key, Minutes).head(text!(language, best_at));
        table.column(column, |(index, _)| {
            let regret = judged.regret_seconds[*index];
            format!(
                "{} ({regret:.1})",
                minutes_to_hundredths(judged.mean_response_seconds[*index])
            )
        });
    }
    table.table()
}

fn state_words(state: &Circumstances, language: Language) -> String {
    match state {
        Circumstances::AsRequested => text!(language, "usual-state"),
        Circumstances::Scenario(name) => name.clone(),
        Circumstances::Roads(conditions) => {
            let conditions = conditions.iter().map(|of| condition_words(of, language));
            let conditions: Vec<String> = conditions.collect();
            conditions.join(&text!(language, "between-conditions"))
        }
    }
}

fn condition_words(condition: &RoadCondition, language: Language) -> String {
    let (key, value) = match condition {
        RoadCondition::Weather(weather) => (Key("condition-weather"), weather),
        RoadCondition::Band(band) => (Key("condition-band"), band),
        RoadCondition::Close(link) => (Key("condition-close"), link),
    };
    let value = road_condition_words(value, language);
    let key = text!(language, key);
    text!(language, "condition", key = key, value = value)
}

/// For people, its lines not folded yet.
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
