//! `report.docx`: summary, main table and charts, to be pasted into the official proposal.

use std::io::{self, Cursor};

use docx_rs::AlignmentType;

use crate::charts::Drawing;
use crate::report::counted_words::counted_words;
use crate::report::formats::docx::{
    SMALL, TEXT, TITLE, bold, empty, head, line, picture, spaced, table,
};
use crate::report::publication::Publication;
use crate::report::summary::Summary;
use crate::report::tables::{self, Row, ranked};
use crate::report::words::{ranked_words, run_words, sources, tie_words, unknown_mark_words};
use crate::text;

/// Rows of the main table: what fits on a page of a proposal.
const MAX_ROWS: usize = 8;

/// The document as the bytes of its file.
///
/// # Errors
/// When it cannot be put together, which memory does not refuse.
pub(crate) fn document(
    publication: &Publication<'_>,
    charts: &[(&'static str, Drawing)],
) -> io::Result<Vec<u8>> {
    let Publication {
        comparison,
        language,
        ..
    } = *publication;
    let summary = Summary::of(publication);
    let title = comparison.scenario.name.in_language(language);
    let mut document = empty()
        .add_paragraph(line(title, TITLE).align(AlignmentType::Center))
        .add_paragraph(line(&run_words(comparison, language), SMALL).align(AlignmentType::Center))
        .add_paragraph(head(&text!(language, "document-conclusion")))
        .add_paragraph(bold(&summary.headline, TEXT));
    for point in &summary.points {
        document = document.add_paragraph(spaced(line(point, TEXT)));
    }
    let standards = &comparison.standards;
    let rows = ranked(comparison, MAX_ROWS).map(|of| Row::of(of, comparison, language));
    let alternatives = tables::alternatives(comparison, rows, standards, language);
    let shown = tables::seen(comparison, &tables::RANKED);
    let ranked = ranked_words(comparison, language);
    let remark = text!(
        language,
        "document-alternatives-remark",
        ranked = ranked,
        tie = tie_words(comparison, language),
    ) + &unknown_mark_words(comparison, language);
    let counted = counted_words(&comparison.not_in_standards, language);
    document = document
        .add_paragraph(head(&text!(language, "document-alternatives")))
        .add_table(table(&alternatives.select(&shown), &[640, 2400], language))
        .add_paragraph(line(&remark, SMALL));
    if let Some(counted) = counted {
        document = document.add_paragraph(line(&counted, SMALL));
    }
    document =
        document.add_paragraph(head(&text!(language, "document-charts")).page_break_before(true));
    for (_, drawing) in charts {
        document = document.add_paragraph(picture(&drawing.png));
    }
    let basis = tables::data_basis(comparison, language);
    document = document
        .add_paragraph(head(&text!(language, "document-basis")).page_break_before(true))
        .add_table(table(&basis, &[2800, 1300], language))
        .add_paragraph(line(&sources(&comparison.attribution, language), SMALL));
    let mut file = Cursor::new(Vec::new());
    document.build().pack(&mut file).map_err(io::Error::other)?;
    Ok(file.into_inner())
}
