//! The two main pictures as charts that Excel and WPS draw: who is reached by when, and the 90th
//! percentile by town.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLine, ChartSolidFill, ChartType, Workbook, XlsxError,
};

use super::sheets::{self, Names};
use crate::report::publication::Publication;

/// Rows above the first row of every table.
const FIRST: u32 = 3;
const HEADER: u32 = 2;
/// Inks of today, the best, the next best; the same as on the printed charts.
const INKS: [&str; 3] = ["#2D3742", "#C23616", "#006E82"];

/// Puts both into the summary, from the row `below` its text on.
pub(super) fn insert(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
    below: u32,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let shown = sheets::shown(publication);
    let last = FIRST + (sheets::distribution_rows(publication) as u32).saturating_sub(1);
    let mut lines = Chart::new(ChartType::ScatterStraight);
    for (column, ink) in (1..).zip(INKS).take(shown.len()) {
        let mut line = ChartLine::new();
        line.set_color(ink).set_width(2.25);
        lines
            .add_series()
            .set_name((names.distribution, HEADER, column))
            .set_categories((names.distribution, FIRST, 0, last, 0))
            .set_values((names.distribution, FIRST, column, last, column))
            .set_format(ChartFormat::new().set_line(&line));
    }
    lines.title().set_name(language.pick(
        "到场时间累计分布",
        "Share of calls reached, by minutes from the call",
    ));
    lines
        .x_axis()
        .set_name(language.pick("分钟（接警起算）", "minutes from the call"))
        .set_num_format("0")
        .set_min(0)
        .set_max(longest(publication));
    lines.y_axis().set_min(0).set_max(1).set_num_format("0%");
    lines
        .legend()
        .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    lines.set_width(760).set_height(380);

    let towns = publication.comparison.baseline().towns.len() as u32;
    let last = FIRST + towns.saturating_sub(1);
    let mut bars = Chart::new(ChartType::Bar);
    let [today, best] = language.pick(["现状", "最优方案"], ["today", "best alternative"]);
    // Columns 5 and 6 of the towns: the 90th percentile today and with the best.
    for (name, column, ink) in [(today, 5, INKS[0]), (best, 6, INKS[1])] {
        let mut fill = ChartSolidFill::new();
        fill.set_color(ink);
        bars.add_series()
            .set_name(name)
            .set_categories((names.towns, FIRST, 0, last, 0))
            .set_values((names.towns, FIRST, column, last, column))
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    bars.title().set_name(language.pick(
        "各镇到场时间第 90 百分位（分钟，接警起算）",
        "90th percentile of response by town (min from the call)",
    ));
    bars.x_axis().set_num_format("0");
    bars.y_axis().set_reverse();
    bars.legend()
        .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    bars.set_width(760).set_height(160 + 26 * towns.min(60));

    let sheet = workbook.worksheet_from_name(names.summary)?;
    sheet.insert_chart(below, 0, &lines)?;
    sheet.insert_chart(below + 20, 0, &bars)?;
    // Text and both pictures on one page.
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// Where the axis of minutes ends: 99 % of the baseline's calls are reached by then.
fn longest(publication: &Publication<'_>) -> f64 {
    let today = &publication.comparison.baseline().response_distribution;
    let steps = today.shares.iter().position(|share| *share >= 0.99);
    let steps = steps.unwrap_or(today.shares.len()) as f64;
    let minutes = steps * f64::from(today.step_seconds) / 60.0;
    ((minutes / 10.0).ceil() * 10.0).max(10.0)
}
