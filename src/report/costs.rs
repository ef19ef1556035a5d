//! What the best alternatives cost and what is got for it, in the terminal.

use std::fmt::Write as _;

use super::formats::terminal::{align, empty_table};
use crate::evaluation::comparison::Comparison;
use crate::language::Language;

/// So many alternatives are shown; the others are in the files.
const MOST_ROWS: usize = 8;
/// So many standards.
const MOST_STANDARDS: usize = 3;

/// Ten thousand yuan, in which budgets are written.
#[must_use]
pub fn wan_yuan(yuan: f64) -> String {
    format!("{:.1}", yuan / 10_000.0)
}

/// The costs of the best alternatives; nothing where the scenario has no prices.
#[must_use]
pub fn table(comparison: &Comparison, language: Language) -> Option<String> {
    comparison.best().cost.as_ref()?;
    let standards = &comparison.standards[..comparison.standards.len().min(MOST_STANDARDS)];
    let mut header = vec![
        "#".to_owned(),
        language.pick("方案", "alternative").to_owned(),
        language
            .pick("投资\n万元", "investment\n10k yuan")
            .to_owned(),
        language
            .pick("年运行\n万元", "running\n10k a year")
            .to_owned(),
        language
            .pick("年均成本\n万元", "all in\n10k a year")
            .to_owned(),
        language
            .pick("每快1分钟\n万元/年", "a minute\n10k a year")
            .to_owned(),
    ];
    header.extend(standards.iter().map(|standard| {
        let minutes = standard.threshold_seconds / 60.0;
        language.pick(
            format!("新覆盖1人\n{minutes}分，元/年"),
            format!("a resident\n{minutes} min, yuan"),
        )
    }));
    let mut table = empty_table();
    table.set_header(header);
    let choices = comparison.alternatives.iter().filter(|a| !a.is_baseline);
    for alternative in choices.take(MOST_ROWS) {
        let Some(summary) = &alternative.cost else {
            continue;
        };
        let yuan = |yuan: Option<f64>, digits: usize| {
            yuan.map_or_else(|| "–".to_owned(), |yuan| format!("{yuan:.digits$}"))
        };
        let per_minute = summary.yuan_a_year_per_minute.map(|yuan| yuan / 10_000.0);
        let mut row = vec![
            alternative.rank.to_string(),
            alternative.label(language),
            wan_yuan(summary.cost.investment_yuan),
            wan_yuan(summary.cost.yearly_yuan),
            wan_yuan(summary.cost.yuan_a_year),
            yuan(per_minute, 1),
        ];
        row.extend(standards.iter().map(|standard| {
            let each = summary.yuan_a_year_per_resident.get(&standard.id);
            yuan(each.copied().flatten(), 0)
        }));
        table.add_row(row);
    }
    align(&mut table, &[1]);
    let mut text = table.trim_fmt();
    let assumed = language.pick(
        "投资按寿命摊到每年，加年运行成本，为年均成本。覆盖按期望到场时间、各队车均在位计。\n\
         价格和配置多为假定，见 comparison.json 的 price_basis；换成本县核定的 prices.csv 后再用。",
        "\"All in\": running costs, and each investment spread over its life. Residents are covered\n\
         when every engine is at home. Prices are mostly assumed (price_basis in comparison.json):\n\
         put the county's own into prices.csv before a decision.",
    );
    write!(text, "\n{assumed}\n").expect("writing to a string does not fail");
    Some(text)
}
