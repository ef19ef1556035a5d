//! `report.xlsx`: what an office works on in Excel, WPS or LibreOffice, with real numbers, frozen
//! headers, and the two main pictures as charts of the program that opens it.

mod pictures;
mod sheets;
mod supporting;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::report::publication::Publication;
use crate::report::summary::Summary;

/// The workbook as the bytes of its file; the same answer gives the same bytes.
///
/// # Errors
/// When the workbook cannot be put together: a table has more rows than a sheet takes.
pub fn workbook(publication: &Publication<'_>) -> Result<Vec<u8>, XlsxError> {
    let language = publication.language;
    let scenario = &publication.comparison.scenario;
    let mut workbook = Workbook::new();
    // A fixed time: otherwise no two files of one answer would be alike.
    let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(scenario.name.in_language(language))
            .set_author(format!("brigade {}", scenario.brigade_version))
            .set_creation_datetime(&written),
    );
    let names = sheets::Names::of(language);
    let summary = Summary::of(publication);
    sheets::summary(&mut workbook, publication, &summary, &names)?;
    sheets::alternatives(&mut workbook, publication, &names)?;
    supporting::costs(&mut workbook, publication, &names)?;
    sheets::towns(&mut workbook, publication, &names)?;
    supporting::worklist(&mut workbook, publication, &names)?;
    supporting::engines(&mut workbook, publication, &names)?;
    supporting::standards(&mut workbook, publication, &names)?;
    supporting::assumptions(&mut workbook, publication, &names)?;
    sheets::distribution(&mut workbook, publication, &names)?;
    pictures::insert(&mut workbook, publication, &names, sheets::below(&summary))?;
    workbook.save_to_buffer()
}
