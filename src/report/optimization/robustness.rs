//! How choices do in several states of the world.

use super::tables::TIE;
use crate::decimals::fixed;
use crate::language::Language;
use crate::messages::Key;
use crate::planning::optimization::{JudgedChoice, Robustness};
use crate::planning::other_states::{Circumstances, RoadCondition};
use crate::report::formats::terminal;
use crate::report::model::Quantity::{Minutes, Seconds, Text, Word};
use crate::report::model::{Column, Filling, Table};
use crate::report::words::{minutes_to_hundredths, road_condition_words, seconds_words};
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
pub(super) fn table(robustness: &Robustness, indifference: f64, language: Language) -> Table {
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
    table.column(
        Column::new("ties_with_best_of_state", Word),
        |(index, .., judged)| ties(robustness, *index, judged, indifference).to_string(),
    );
    table.table()
}

/// Whether a choice of other sites is as good in a state as the best of that state.
fn ties(robustness: &Robustness, state: usize, judged: &JudgedChoice, indifference: f64) -> bool {
    judged.sites != robustness.best_of_each_state[state].sites
        && judged.regret_seconds[state] <= indifference
}

/// The same with the choices side by side, for people.
fn side_by_side(robustness: &Robustness, indifference: f64, language: Language) -> Table {
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
            let tie = match ties(robustness, *index, judged, indifference) {
                true => TIE,
                false => "",
            };
            let mean = minutes_to_hundredths(judged.mean_response_seconds[*index]);
            format!("{mean} ({}{tie})", fixed(regret, 1))
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
pub(super) fn text(robustness: &Robustness, indifference: f64, language: Language) -> String {
    let limit = seconds_words(indifference, language);
    let mut lines = vec![
        text!(language, "robust-title", indifference = &*limit),
        terminal::table(&side_by_side(robustness, indifference, language)),
    ];
    lines.extend(choices(robustness).map(|(_, best_at, judged)| {
        text!(
            language,
            "robust-choice",
            words = text!(language, best_at),
            sites = judged.sites.join(" + "),
            worst = fixed(judged.worst_regret_seconds, 1),
            average = minutes_to_hundredths(judged.average_mean_response_seconds)
        )
    }));
    lines.extend(as_good(robustness, indifference, &limit, language));
    lines.push(match robustness.shares {
        None => text!(language, "robust-states-alike"),
        Some(_) => text!(language, "robust-states-by-share"),
    });
    lines.join("\n") + "\n"
}

/// How many choices are as good as the best on average and by the worst regret, and whether what is best as
/// requested is.
fn as_good(
    robustness: &Robustness,
    indifference: f64,
    limit: &str,
    language: Language,
) -> Vec<String> {
    let requested = &robustness.best_of_each_state[0];
    let is_among = |best: &JudgedChoice, value: fn(&JudgedChoice) -> f64| {
        requested.sites != best.sites && value(requested) <= value(best) + indifference
    };
    let on_average = match is_among(&robustness.least_average, |of| {
        of.average_mean_response_seconds
    }) {
        true => Key("robust-as-good-on-average-requested"),
        false => Key("robust-as-good-on-average"),
    };
    let by_regret = match is_among(&robustness.least_regret, |of| of.worst_regret_seconds) {
        true => Key("robust-as-good-by-regret-requested"),
        false => Key("robust-as-good-by-regret"),
    };
    let counts = [
        (robustness.as_good_on_average, on_average),
        (robustness.as_good_by_regret, by_regret),
    ];
    let said = counts.into_iter().filter(|(count, _)| *count > 0);
    said.map(|(count, key)| text!(language, key, count = count, indifference = limit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::formats::csv::csv;

    /// What was asked for is the best of its state by other words: it does not tie with itself.
    #[test]
    fn a_choice_of_the_same_sites_is_no_tie() {
        let judged = |sites: &str, regret: f64| JudgedChoice {
            sites: vec![sites.to_owned()],
            mean_response_seconds: vec![600.0 + regret],
            regret_seconds: vec![regret],
            worst_regret_seconds: regret,
            average_mean_response_seconds: 600.0 + regret,
        };
        let robustness = Robustness {
            states: vec![Circumstances::AsRequested],
            shares: None,
            best_of_each_state: vec![judged("a", 0.0)],
            least_average: judged("a", 0.0),
            least_regret: judged("b", 3.0),
            as_good_on_average: 1,
            as_good_by_regret: 1,
        };
        let table = csv(&table(&robustness, 5.0, Language::English));
        let table = String::from_utf8(table).unwrap();
        let ties: Vec<&str> = (table.lines().skip(1))
            .filter_map(|line| line.rsplit(',').next())
            .collect();
        assert_eq!(ties, ["false", "false", "true", "false"], "{table}");
    }
}
