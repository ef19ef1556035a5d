//! The two main pictures as charts that Excel and WPS draw: who is reached by when, and the 90th
//! percentile by town.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Workbook,
    XlsxError,
};

use crate::evaluation::comparison::{Comparison, Evaluated};
use crate::report::formats::sheet::{HEADER, position};
use crate::report::model::Table;
use crate::report::publication::Publication;
use crate::report::words::of_answered;
use crate::text;

/// The first row of every table.
const FIRST: u32 = HEADER + 1;
/// Inks of today, the best, the next best; the same as on the printed charts.
const INKS: [&str; 3] = ["#2D3742", "#C23616", "#006E82"];

/// Today, the best, and the next best.
pub(super) fn shown(comparison: &Comparison) -> Vec<&Evaluated> {
    let next = comparison.alternatives.iter().filter(|a| !a.is_baseline);
    std::iter::once(comparison.baseline())
        .chain(next.take(2))
        .collect()
}

/// Puts both into the summary, from the row `below` its text on.
pub(super) fn insert(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    [towns, distribution]: [&Table; 2],
    below: u32,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let last = |table: &Table| FIRST + (table.rows.len() as u32).saturating_sub(1);
    let sheet = text!(language, "sheet-distribution");
    let sheet = sheet.as_str();
    let mut lines = Chart::new(ChartType::ScatterStraight);
    for (column, ink) in (1..distribution.columns.len() as u16).zip(INKS) {
        let mut line = ChartLine::new();
        line.set_color(ink).set_width(2.25);
        let last = last(distribution);
        lines
            .add_series()
            .set_name((sheet, HEADER, column))
            .set_categories((sheet, FIRST, 0, last, 0))
            .set_values((sheet, FIRST, column, last, column))
            .set_format(ChartFormat::new().set_line(&line));
    }
    lines
        .title()
        .set_name(&text!(language, "sheet-chart-distribution"));
    lines
        .x_axis()
        .set_name(&text!(language, "sheet-chart-minutes"))
        .set_num_format("0")
        .set_min(0)
        .set_max(longest(publication.comparison));
    lines.y_axis().set_min(0).set_max(1).set_num_format("0%");
    lines.legend().set_position(ChartLegendPosition::Bottom);
    lines.set_width(760).set_height(380);

    let sheet = text!(language, "sheet-towns");
    let sheet = sheet.as_str();
    let mut bars = Chart::new(ChartType::Bar);
    for (name, id, ink) in [
        (text!(language, "today"), "p90_today", INKS[0]),
        (text!(language, "best-alternative"), "p90_best", INKS[1]),
    ] {
        let (column, last) = (position(towns, id), last(towns));
        let mut fill = ChartSolidFill::new();
        fill.set_color(ink);
        bars.add_series()
            .set_name(&name)
            .set_categories((sheet, FIRST, 0, last, 0))
            .set_values((sheet, FIRST, column, last, column))
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    let title = text!(language, "sheet-chart-town-p90");
    let title = of_answered(title, publication.comparison, language);
    bars.title().set_name(&title);
    bars.x_axis().set_num_format("0");
    bars.y_axis().set_reverse();
    bars.legend().set_position(ChartLegendPosition::Bottom);
    bars.set_width(760)
        .set_height(160 + 26 * (towns.rows.len() as u32).min(60));

    let sheet = workbook.worksheet_from_name(&text!(language, "summary"))?;
    sheet.insert_chart(below, 0, &lines)?;
    sheet.insert_chart(below + 20, 0, &bars)?;
    // Text and both pictures on one page.
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// Where the axis of minutes ends: 99 % of the baseline's calls are reached by then.
fn longest(comparison: &Comparison) -> f64 {
    let today = &comparison.baseline().response_distribution;
    let steps = today.shares.iter().position(|share| *share >= 0.99);
    let steps = steps.unwrap_or(today.shares.len()) as f64;
    let minutes = steps * f64::from(today.step_seconds) / 60.0;
    ((minutes / 10.0).ceil() * 10.0).max(10.0)
}
