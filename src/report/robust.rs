//! How choices do in several states of the world: a table for people, CSV.

use std::fmt::Write as _;

use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use crate::language::{Language, Name};
use crate::planning::optimization::{JudgedChoice, Robustness};

/// The choices with what each is best at: the one that was asked for, the best on average, the one with
/// the least worst regret.
fn choices(
    robustness: &Robustness,
    language: Language,
) -> [(&'static str, &'static str, &JudgedChoice); 3] {
    [
        (
            "as_asked",
            language.pick("原情景最优", "best as asked"),
            &robustness.best_of_each_state[0],
        ),
        (
            "least_average",
            language.pick("平均最快", "best on average"),
            &robustness.least_average,
        ),
        (
            "least_regret",
            language.pick("最坏遗憾最小", "least worst regret"),
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
            let own = ("best_of_state", "", &robustness.best_of_each_state[place]);
            let choices = choices(robustness, language).into_iter().chain([own]);
            for (key, _, judged) in choices {
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

/// A state in words: conditions as they are asked for, `weather=rain`, in Chinese as well.
fn state_words(state: &Name, language: Language) -> String {
    let named = state.in_language(language);
    if language == Language::English || !named.contains('=') {
        return named.to_owned();
    }
    let condition = |condition: &str| {
        let (key, value) = condition.split_once('=').unwrap_or(("", condition));
        let key = match key.trim() {
            "weather" => "天气",
            "band" => "时段",
            "close" => "封闭道路",
            other => other,
        };
        // Profiles name their conditions as they like; these are in those that come with the program.
        let value = match value.trim() {
            "rain" => "雨",
            "snow" => "雪",
            "fog" => "雾",
            "ice" => "结冰",
            "night" => "夜间",
            "peak" => "高峰",
            "day" => "日间",
            other => other,
        };
        format!("{key}：{value}")
    };
    let conditions: Vec<String> = named.split(',').map(condition).collect();
    conditions.join("，")
}

/// For people, within 100 columns.
#[must_use]
pub fn text(robustness: &Robustness, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, robustness, language).expect("writing to a string does not fail");
    text
}

fn lines(text: &mut String, robustness: &Robustness, language: Language) -> std::fmt::Result {
    writeln!(
        text,
        "{}",
        language.pick(
            "几种情况下是否仍好：平均到场分钟（括号内为落后于该情况下最优的秒数）",
            "Does it hold in other states: mean response, min (in brackets: s behind the best of the state)",
        )
    )?;
    let mut table = empty_table();
    let choices = choices(robustness, language);
    let mut header = vec![
        language.pick("情况", "state").to_owned(),
        language.pick("该情况最优", "its own best").to_owned(),
    ];
    header.extend(choices.iter().map(|(_, words, _)| (*words).to_owned()));
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
    for (_, words, judged) in &choices {
        let sites = judged.sites.join(" + ");
        let (worst, average) = (
            judged.worst_regret_seconds,
            minutes(judged.average_mean_response_seconds),
        );
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
        match robustness.shares {
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
