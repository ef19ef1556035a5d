//! `report.xlsx`: what an office works on in Excel, WPS or LibreOffice, with real numbers, frozen
//! headers, and the two main pictures as charts of the program that opens it.

mod pictures;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::report::counted_words::counted_words;
use crate::report::formats::sheet;
use crate::report::model::Table;
use crate::report::publication::Publication;
use crate::report::summary::Summary;
use crate::report::tables;
use crate::report::words::{alternative_name, run_words, sources, standard_words};
use crate::report::worklist::Worklist;
use crate::text;

/// The row of the summary's first point.
const POINTS: u32 = 3;

/// The workbook as the bytes of its file; the same answer gives the same bytes.
///
/// # Errors
/// When the workbook cannot be put together: a table has more rows than a sheet takes.
pub(crate) fn workbook(publication: &Publication<'_>) -> Result<Vec<u8>, XlsxError> {
    let Publication {
        comparison,
        language,
        ..
    } = *publication;
    let mut workbook = Workbook::new();
    // A fixed time: otherwise no two files of one answer would be alike.
    let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(comparison.scenario.name.in_language(language))
            .set_author(format!("brigade {}", comparison.scenario.brigade_version))
            .set_creation_datetime(&written),
    );
    let summary = Summary::of(publication);
    write_summary(&mut workbook, publication, &summary)?;
    let mut add = |name: &str, remark: &str, table: &Table, fixed| {
        sheet::add(&mut workbook, name, remark, table, fixed, language).map(|_| ())
    };
    let standards = &comparison.standards;
    // Of thousands the tables take more room than all else: each goes before the next is made.
    let rows = || tables::all_rows(publication);
    add(
        &text!(language, "sheet-alternatives"),
        &text!(language, "sheet-alternatives-remark"),
        &tables::alternatives(comparison, rows(), standards, language).select(&tables::seen(
            comparison,
            &[
                "rank",
                "name",
                "engines_added",
                "probability_best",
                "told_apart_from_best",
                "mean_response",
                "median_response",
                "p90_response",
                "lost",
                "within",
                "mean_full_assignment",
                "mean_response_less_baseline",
                "mean_response_less_best",
                "ranked_less_baseline",
                "ranked_less_best",
                "replications",
                "waited",
                "aided",
                "short_handed",
            ],
        )),
        2,
    )?;
    if comparison.best().cost.is_some() {
        add(
            &text!(language, "costs"),
            &text!(language, "sheet-costs-remark"),
            &tables::costs(comparison, rows(), standards, language),
            2,
        )?;
    }
    let towns = tables::towns(comparison, language);
    let best = alternative_name(comparison.best(), language);
    add(
        &text!(language, "sheet-towns"),
        &text!(language, "sheet-towns-remark", best = best),
        &towns,
        1,
    )?;
    if let Some(Worklist {
        standard, points, ..
    }) = &publication.worklist
    {
        let words = standard_words(standard, language);
        add(
            &text!(language, "sheet-worklist"),
            &text!(language, "sheet-worklist-remark", standard = words),
            &tables::demand_points(publication, points, standard.clock, Some(standard)),
            2,
        )?;
    }
    add(
        &text!(language, "sheet-engines"),
        &text!(language, "sheet-engines-remark"),
        &tables::engines(comparison, language),
        2,
    )?;
    let mut remark = text!(language, "sheet-standards-remark");
    if let Some(more) = counted_words(&comparison.not_in_standards, language) {
        remark = text!(language, "summary-others-both", some = remark, more = more);
    }
    add(
        &text!(language, "sheet-standards"),
        &remark,
        &tables::standards(comparison, language),
        1,
    )?;
    add(
        &text!(language, "data-basis"),
        &sources(&comparison.attribution, language),
        &tables::data_basis(comparison, language),
        1,
    )?;
    let distribution = tables::distribution(&pictures::shown(comparison), language);
    add(
        &text!(language, "sheet-distribution"),
        &text!(language, "sheet-distribution-remark"),
        &distribution,
        1,
    )?;
    const A3: u8 = 8;
    workbook
        .worksheet_from_name(&text!(language, "sheet-alternatives"))?
        .set_paper_size(A3);
    // Below the text, an empty row between.
    let below = POINTS + summary.points.len() as u32 + 1;
    pictures::insert(&mut workbook, publication, [&towns, &distribution], below)?;
    workbook.save_to_buffer()
}

fn write_summary(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    summary: &Summary,
) -> Result<(), XlsxError> {
    let scenario = &publication.comparison.scenario;
    let language = publication.language;
    let sheet = workbook.add_worksheet();
    sheet.set_name(text!(language, "summary"))?;
    let wrapped = Format::new().set_text_wrap();
    let strong = Format::new().set_text_wrap().set_bold().set_font_size(12);
    sheet.set_column_width(0, 110)?;
    let title = scenario.name.in_language(language);
    sheet.write_string_with_format(0, 0, title, &sheet::title())?;
    let run = run_words(publication.comparison, language);
    sheet.write_string_with_format(1, 0, run, &sheet::note())?;
    // As high as its lines, of which the column holds so many halves of a character.
    let height = |text: &str, line: f64, holds: f64| {
        let lines = sheet::columns_of(text) as f64 / holds;
        line * lines.ceil().max(1.0)
    };
    sheet.set_row_height(2, height(&summary.headline, 21.0, 84.0))?;
    sheet.write_string_with_format(2, 0, &summary.headline, &strong)?;
    for (row, point) in (POINTS..).zip(&summary.points) {
        sheet.set_row_height(row, height(point, 17.0, 100.0))?;
        sheet.write_string_with_format(row, 0, format!("• {point}"), &wrapped)?;
    }
    sheet::print_on_a4(sheet);
    sheet.set_portrait();
    Ok(())
}
