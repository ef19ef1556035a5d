//! How choices do in several states of the world: a table for people, CSV.

use std::fmt::Write as _;

use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use crate::language::{Language, Name};
use crate::messages::Key;
use crate::planning::optimization::{JudgedChoice, Robustness};
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

/// One row for each state and choice, for Excel.
///
/// # Errors
/// Never in practice: the writer is a `Vec`.
pub fn csv(robustness: &Robustness, language: Language) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "state",
        "choice",
        "sites",
        "mean_response_min",
        "behind_best_of_state_s",
    ];
    write(header.map(str::to_owned).into(), |writer| {
        for (place, state) in robustness.states.iter().enumerate() {
            let own = ("best_of_state", &robustness.best_of_each_state[place]);
            let choices = choices(robustness).map(|(key, _, judged)| (key, judged));
            for (key, judged) in choices.into_iter().chain([own]) {
                writer.write_record([
                    spreadsheet_text(&state_words(state, language)),
                    key.to_owned(),
                    spreadsheet_text(&judged.sites.join(" ")),
                    format!("{:.3}", judged.mean_response_seconds[place] / 60.0),
                    format!("{:.1}", judged.regret_seconds[place]),
                ])?;
            }
        }
        Ok(())
    })
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
pub fn text(robustness: &Robustness, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, robustness, language).expect("writing to a string does not fail");
    text
}

fn lines(text: &mut String, robustness: &Robustness, language: Language) -> std::fmt::Result {
    writeln!(text, "{}", text!(language, "robust-title"))?;
    let mut table = empty_table();
    let choices = choices(robustness);
    let mut header = vec![
        text!(language, "robust-state"),
        text!(language, "robust-its-own-best"),
    ];
    header.extend(
        choices
            .iter()
            .map(|(_, best_at, _)| text!(language, *best_at)),
    );
    table.set_header(header);
    let minutes = |seconds: f64| format!("{:.2}", seconds / 60.0);
    for (place, state) in robustness.states.iter().enumerate() {
        let share = robustness.shares.as_ref();
        let share = share.map_or_else(String::new, |s| format!(" ({:.0} %)", s[place] * 100.0));
        let mut row = vec![
            format!("{}{share}", state_words(state, language)),
            minutes(robustness.best_of_each_state[place].mean_response_seconds[place]),
        ];
        row.extend(choices.iter().map(|(_, _, judged)| {
            let regret = judged.regret_seconds[place];
            format!(
                "{} ({regret:.1})",
                minutes(judged.mean_response_seconds[place])
            )
        }));
        table.add_row(row);
    }
    align(&mut table, &[0]);
    writeln!(text, "{}", table.trim_fmt())?;
    for (_, best_at, judged) in &choices {
        let sites = judged.sites.join(" + ");
        let (worst, average) = (
            judged.worst_regret_seconds,
            minutes(judged.average_mean_response_seconds),
        );
        writeln!(
            text,
            "{}",
            text!(
                language,
                "robust-choice",
                words = text!(language, *best_at),
                sites = sites,
                worst = format!("{worst:.1}"),
                average = average
            )
        )?;
    }
    writeln!(
        text,
        "{}",
        match robustness.shares {
            None => text!(language, "robust-states-alike"),
            Some(_) => text!(language, "robust-states-by-share"),
        }
    )
}
