//! How choices fare in several states of the world: a table for people, JSON, CSV.

use std::fmt::Write as _;

use serde_json::{Value, json as value};

use super::csv_tables::{spreadsheet_text, write};
use super::terminal::{align, empty_table};
use crate::language::Language;
use crate::planning::free_choice::FreeChoice;
use crate::planning::robust::{Judged, Robust};

/// How choices fare, with the names of the states.
#[derive(Debug)]
pub struct Fared {
    /// The choices that stand out.
    pub robust: Robust,
    /// The states, the first being the scenario as it was asked about.
    pub states: Vec<String>,
    /// In what share of all time each is so; `None` where each counts the same.
    pub shares: Option<Vec<f64>>,
}

impl Fared {
    /// The choices with what each is best at: the one that was asked for, the best on average, the
    /// one with the least worst regret.
    fn choices(&self, language: Language) -> [(&'static str, String, &Judged); 3] {
        let pick = |chinese: &str, english: &str| language.pick(chinese, english).to_owned();
        [
            (
                "as_asked",
                pick("原情景最优", "best as asked"),
                &self.robust.own[0],
            ),
            (
                "least_average",
                pick("平均最快", "best on average"),
                &self.robust.average,
            ),
            (
                "least_regret",
                pick("最坏遗憾最小", "least worst regret"),
                &self.robust.regret,
            ),
        ]
    }
}

fn ids(judged: &Judged, choice: &FreeChoice) -> Vec<String> {
    let sites = judged.junctions.iter();
    sites
        .map(|place| choice.sites[*place].station.id.clone())
        .collect()
}

/// For programs.
#[must_use]
pub fn json(fared: &Fared, choice: &FreeChoice) -> Value {
    let judged = |judged: &Judged| {
        value!({
            "sites": ids(judged, choice),
            "mean_response_seconds": judged.means,
            "regret_seconds": judged.regrets,
            "worst_regret_seconds": judged.worst(),
            "average_mean_response_seconds": judged.average,
        })
    };
    value!({
        "states": fared.states,
        "shares": fared.shares,
        "best_of_each_state": fared.robust.own.iter().map(judged).collect::<Vec<_>>(),
        "least_average": judged(&fared.robust.average),
        "least_regret": judged(&fared.robust.regret),
    })
}

/// One row for each state and choice, for Excel.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn csv(fared: &Fared, choice: &FreeChoice, language: Language) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "state",
        "choice",
        "sites",
        "mean_response_min",
        "behind_best_of_state_s",
    ];
    write(header.map(str::to_owned).into(), |writer| {
        for (place, state) in fared.states.iter().enumerate() {
            let own = ("best_of_state", String::new(), &fared.robust.own[place]);
            let choices = fared.choices(language).into_iter().chain([own]);
            for (key, _, judged) in choices {
                writer.write_record([
                    spreadsheet_text(state),
                    key.to_owned(),
                    spreadsheet_text(&ids(judged, choice).join(" ")),
                    format!("{:.3}", judged.means[place] / 60.0),
                    format!("{:.1}", judged.regrets[place]),
                ])?;
            }
        }
        Ok(())
    })
}

/// For people, within 100 columns.
#[must_use]
pub fn text(fared: &Fared, choice: &FreeChoice, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, fared, choice, language).expect("writing to a string does not fail");
    text
}

fn lines(
    text: &mut String,
    fared: &Fared,
    choice: &FreeChoice,
    language: Language,
) -> std::fmt::Result {
    writeln!(
        text,
        "{}",
        language.pick(
            "几种情况下是否仍好：平均到场分钟（括号内为落后于该情况下最优的秒数）",
            "Does it hold in other states: mean response, min (in brackets: s behind the best of the state)",
        )
    )?;
    let mut table = empty_table();
    let choices = fared.choices(language);
    let mut header = vec![
        language.pick("情况", "state").to_owned(),
        language.pick("该情况最优", "its own best").to_owned(),
    ];
    header.extend(choices.iter().map(|(_, words, _)| words.clone()));
    table.set_header(header);
    let minutes = |seconds: f64| format!("{:.2}", seconds / 60.0);
    for (place, state) in fared.states.iter().enumerate() {
        let share = fared.shares.as_ref();
        let share = share.map_or_else(String::new, |s| format!(" ({:.0} %)", s[place] * 100.0));
        let mut row = vec![
            format!("{state}{share}"),
            minutes(fared.robust.own[place].means[place]),
        ];
        row.extend(choices.iter().map(|(_, _, judged)| {
            let regret = judged.regrets[place];
            format!("{} ({regret:.1})", minutes(judged.means[place]))
        }));
        table.add_row(row);
    }
    align(&mut table, &[0]);
    writeln!(text, "{}", table.trim_fmt())?;
    for (_, words, judged) in &choices {
        let sites = ids(judged, choice).join(" + ");
        let (worst, average) = (judged.worst(), minutes(judged.average));
        writeln!(
            text,
            "{}",
            language.pick(
                format!("{words}：{sites}；最坏遗憾 {worst:.1} 秒，各情况平均 {average} 分钟"),
                format!("{words}: {sites}; worst regret {worst:.1} s, average {average} min"),
            )
        )?;
    }
    writeln!(
        text,
        "{}",
        match fared.shares {
            None => language.pick(
                "逐一算过全部组合，各情况同等看待；期望值，各队车均在位。",
                "Every choice was worked out in every state, each counting the same; every engine at home.",
            ),
            Some(_) => language.pick(
                "逐一算过全部组合，各情况按所给时间份额计；期望值，各队车均在位。",
                "Every choice was worked out in every state, each counting by its share; every engine at \
                 home.",
            ),
        }
    )
}
