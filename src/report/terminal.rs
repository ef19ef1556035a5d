//! The ranked table in the terminal, within 100 columns.

use std::fmt::Write as _;

use comfy_table::Cell;

use super::formats::terminal::{align, empty_table, fold};
use super::summary::ranked_words;
use super::{capitalised, minutes};
use crate::evaluation::comparison::{Comparison, Evaluated, StandardSummary};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::scenario::standards::Clock;

/// More alternatives than this are left to the files; the baseline is always shown.
const MOST_ROWS: usize = 60;
/// More standards than this are left to the files.
const MOST_STANDARDS: usize = 4;

/// The ranking with what a reader needs to understand it.
#[must_use]
pub fn ranking(comparison: &Comparison, language: Language) -> String {
    let mut table = empty_table();
    let standards = &comparison.standards[..comparison.standards.len().min(MOST_STANDARDS)];
    let mut header = vec![
        "#".to_owned(),
        language.pick("方案", "alternative").to_owned(),
        language.pick("平均\n分钟", "mean\nmin").to_owned(),
        language.pick("90%\n分钟", "p90\nmin").to_owned(),
    ];
    header.extend(standards.iter().map(|standard| heading(standard, language)));
    header.push(language.pick("到齐\n分钟", "full\nmin").to_owned());
    // In what the alternatives are ranked by: seconds, or percentage points.
    let by_share = standards_ids(comparison).any(|id| id == comparison.ranked_by);
    header.push(
        if by_share {
            language.pick("与最优差\n百分点", "from best,\nper cent")
        } else {
            language.pick("比最优\n慢，秒", "behind\nbest, s")
        }
        .to_owned(),
    );
    header.push(language.pick("最优\n概率%", "P(best)\n%").to_owned());
    table.set_header(header);
    let shown = comparison
        .alternatives
        .iter()
        .filter(|alternative| alternative.rank <= MOST_ROWS || alternative.is_baseline);
    for alternative in shown {
        table.add_row(row(
            alternative,
            standards,
            &comparison.ranked_by,
            by_share,
            language,
        ));
    }
    align(&mut table, &[1]);
    let mut text = table.trim_fmt();
    text.push('\n');
    let mut below = String::new();
    legend(&mut below, comparison, language).expect("writing to a string does not fail");
    below.lines().for_each(|line| fold(line, &mut text));
    if let Some(costs) = super::costs::table(comparison, language) {
        text.push('\n');
        text.push_str(&costs);
    }
    text
}

fn heading(standard: &StandardSummary, language: Language) -> String {
    let minutes = standard.threshold_seconds / 60.0;
    match standard.clock {
        Clock::Response => language.pick(
            format!("{minutes}分\n到场%"),
            format!("≤{minutes} min\ncall %"),
        ),
        Clock::Dispatch => language.pick(
            format!("{minutes}分\n出动%"),
            format!("≤{minutes} min\ndisp. %"),
        ),
        Clock::Travel => language.pick(
            format!("{minutes}分\n行车%"),
            format!("≤{minutes} min\ntravel %"),
        ),
    }
}

fn standards_ids(comparison: &Comparison) -> impl Iterator<Item = &str> {
    comparison
        .standards
        .iter()
        .map(|standard| standard.id.as_str())
}

fn row(
    alternative: &Evaluated,
    standards: &[StandardSummary],
    ranked_by: &str,
    by_share: bool,
    language: Language,
) -> Vec<Cell> {
    let figures = &alternative.county;
    let mut row = vec![
        alternative.rank.to_string(),
        alternative.label(language),
        minutes(figures.mean_response_seconds.as_ref(), 2),
        minutes(figures.p90_response_seconds.as_ref(), 1),
    ];
    row.extend(standards.iter().map(|standard| {
        let share = figures.within.get(&standard.id).and_then(Option::as_ref);
        share.map_or_else(|| "–".to_owned(), |e| format!("{:.1}", e.value * 100.0))
    }));
    row.push(minutes(figures.mean_full_assignment_seconds.as_ref(), 1));
    row.push(if alternative.rank == 1 {
        "–".to_owned()
    } else {
        let difference = alternative.difference_from_best.named(ranked_by);
        let mark = if alternative.told_apart_from_best {
            ""
        } else {
            " ≈"
        };
        with_half_width(difference, if by_share { 100.0 } else { 1.0 }) + mark
    });
    row.push(probability(alternative.probability_best));
    row.into_iter().map(Cell::new).collect()
}

/// A probability in per cent; what is rarer than the draws can tell is not called impossible.
fn probability(probability: f64) -> String {
    let per_cent = probability * 100.0;
    if per_cent > 99.9 {
        ">99.9".to_owned()
    } else if per_cent >= 0.1 {
        format!("{per_cent:.1}")
    } else {
        "<0.1".to_owned()
    }
}

/// `12.3 ±0.4`, in seconds or percentage points.
fn with_half_width(estimate: Option<&Estimate>, factor: f64) -> String {
    let Some(estimate) = estimate else {
        return "–".to_owned();
    };
    let value = estimate.value * factor;
    let Some(high) = estimate.high else {
        return format!("{value:.1}");
    };
    let half = high * factor - value;
    // Tenths of a second matter only where alternatives are close.
    if value.abs() < 100.0 {
        format!("{value:.1} ±{half:.1}")
    } else {
        format!("{value:.0} ±{half:.1}")
    }
}

fn legend(text: &mut String, comparison: &Comparison, language: Language) -> std::fmt::Result {
    let scenario = &comparison.scenario;
    let (best, baseline) = (comparison.best(), comparison.baseline());
    let ranked = ranked_words(comparison, language);
    let alike = comparison
        .alternatives
        .iter()
        .filter(|a| a.rank > 1 && !a.told_apart_from_best)
        .count();
    writeln!(
        text,
        "{}",
        language.pick(
            format!(
                "时间自接警起算至首车到场；“出动%”自出动指令起算。\n排序依据：{ranked}。± 为 95% 置信区间（配对）。"
            ),
            format!(
                "Times run from the call to the first engine; \"disp.\" from the dispatch order.\n\
                 Ranked by {ranked}. ±: paired 95 % interval."
            ),
        )
    )?;
    if alike > 0 {
        writeln!(
            text,
            "{}",
            language.pick(
                format!("“≈”：与最优方案无法区分，共 {alike} 个方案。"),
                format!("\"≈\" cannot be told apart from the best: {alike} alternatives."),
            )
        )?;
    }
    let hidden = comparison.alternatives.len().saturating_sub(MOST_ROWS + 1);
    if hidden > 0 {
        writeln!(
            text,
            "{}",
            language.pick(
                format!("其余约 {hidden} 个方案见 alternatives.csv。"),
                format!("Some {hidden} further alternatives are in alternatives.csv."),
            )
        )?;
    }
    if !best.is_baseline {
        let mean =
            |evaluated: &Evaluated| minutes(evaluated.county.mean_response_seconds.as_ref(), 1);
        writeln!(
            text,
            "{}",
            language.pick(
                format!(
                    "最优：{}，平均到场 {} 分钟（现状 {} 分钟）。",
                    best.label(language),
                    mean(best),
                    mean(baseline)
                ),
                format!(
                    "Best: {}, mean response {} min (today {} min).",
                    best.label(language),
                    mean(best),
                    mean(baseline)
                ),
            )
        )?;
    }
    chosen(text, comparison, language)?;
    let runs = scenario.runs(language);
    writeln!(
        text,
        "{}",
        language.pick(
            format!(
                "{runs}，种子 {}。输入含模拟生成和假定数据，见 comparison.json 的 data_basis。",
                scenario.seed
            ),
            format!(
                "{}, seed {}.\nSome inputs are modelled or assumed: see data_basis in \
                 comparison.json.",
                capitalised(&runs),
                scenario.seed
            ),
        )
    )
}

/// How sure the choice is, and what comes next to the best.
fn chosen(text: &mut String, comparison: &Comparison, language: Language) -> std::fmt::Result {
    let [best, next, ..] = &comparison.alternatives[..] else {
        return Ok(());
    };
    let by_share = standards_ids(comparison).any(|id| id == comparison.ranked_by);
    let difference = next.difference_from_best.named(&comparison.ranked_by);
    let behind = difference.map(|difference| {
        let [value, low, high] = [Some(difference.value), difference.low, difference.high]
            .map(Option::unwrap_or_default);
        // Where more is better, what lies behind is negative.
        let most = if by_share { -low * 100.0 } else { high };
        let value = if by_share { -value * 100.0 } else { value };
        let unit = if by_share {
            language.pick("个百分点", " percentage points")
        } else {
            language.pick("秒", " s")
        };
        language.pick(
            format!(
                "次优 {} 落后 {value:.1} {unit}（95% 上限 {most:.1}）",
                next.label(language)
            ),
            format!(
                "{} is {value:.1}{unit} behind (at most {most:.1})",
                next.label(language)
            ),
        )
    });
    let sure = probability(best.probability_best);
    let share = comparison
        .choice
        .map(|choice| (choice, choice.confidence * 100.0));
    writeln!(
        text,
        "{}",
        language.pick(
            format!(
                "最优方案确为最优的概率 {sure}%（只计仿真的随机性，不含数据误差）。\n{}。",
                behind.clone().unwrap_or_default()
            ),
            format!(
                "The best is the best with a probability of {sure} %, as far as luck goes and not \
                 errors of the data.\n{}.",
                behind.unwrap_or_default()
            ),
        )
    )?;
    let Some((choice, confidence)) = share else {
        return Ok(());
    };
    let most = comparison
        .alternatives
        .iter()
        .map(|a| a.replications)
        .max()
        .unwrap_or(0);
    let spent: u32 = comparison.alternatives.iter().map(|a| a.replications).sum();
    let unit = if by_share { 100.0 } else { 1.0 };
    writeln!(
        text,
        "{}",
        match (choice.reached, language) {
            (true, Language::Chinese) => format!(
                "以 {confidence:.1}% 置信度选定（差别不超过 {} 不计），共用 {spent} 次仿真，最多的方案 {most} 次。",
                choice.indifference * unit
            ),
            (true, Language::English) => format!(
                "Chosen with {confidence:.1} % confidence (up to {} does not matter) after {spent} \
                 replications in all,\nat most {most} of one alternative.",
                choice.indifference * unit
            ),
            (false, Language::Chinese) => format!(
                "{most} 次仿真还不足以在 {confidence:.1}% 置信度下选定；可用 --replications 增加。"
            ),
            (false, Language::English) => format!(
                "{most} replications are not enough to choose with {confidence:.1} % confidence; \
                 allow more with --replications."
            ),
        }
    )
}
