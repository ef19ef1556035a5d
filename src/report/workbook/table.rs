//! One sheet of the workbook: a heading, a table with frozen header and filter, and its print setup.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::language::Language;

/// What a column holds, which decides the format of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Text over several lines.
    Prose,
    Count,
    /// Minutes, or other numbers, to a tenth.
    Tenths,
    Hundredths,
    /// A share, shown in per cent.
    Share,
    Degrees,
    /// Empty, to be written into.
    ToFill,
}

impl Kind {
    fn number_format(self) -> &'static str {
        match self {
            Self::Text | Self::Prose | Self::ToFill => "General",
            Self::Count => "#,##0",
            Self::Tenths => "0.0",
            Self::Hundredths => "0.00",
            Self::Share => "0.0%",
            Self::Degrees => "0.000000",
        }
    }

    fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Prose | Self::ToFill)
    }
}

/// A column of a table.
pub(super) struct Column {
    pub(super) head: String,
    pub(super) width: f64,
    pub(super) kind: Kind,
}

impl Column {
    pub(super) fn new(head: impl Into<String>, width: f64, kind: Kind) -> Self {
        Self {
            head: head.into(),
            width,
            kind,
        }
    }

    /// Makes columns of heads in Chinese and English, widths and kinds.
    pub(super) fn in_language(language: Language) -> impl Fn(&str, &str, f64, Kind) -> Self {
        move |chinese, english, width, kind| Self::new(language.pick(chinese, english), width, kind)
    }
}

/// What stands in a cell. A text is never taken for a formula, whatever it begins with.
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::from)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Empty
        }
    }
}

pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14)
}

pub(super) fn note() -> Format {
    Format::new()
        .set_font_color("#545A60")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("#DCE6E4")
        .set_border(FormatBorder::Thin)
        .set_border_color("#BEC2C6")
}

/// Where the rows of a table went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// Writes a heading in the first row, a note in the second, the table below, and freezes all down
/// to the header and `fixed` columns.
pub(super) fn write(
    sheet: &mut Worksheet,
    heading: &str,
    remark: &str,
    columns: &[Column],
    rows: Vec<Vec<Cell>>,
    fixed: u16,
) -> Result<Placed, XlsxError> {
    const HEADER: u32 = 2;
    let last_column = columns.len().saturating_sub(1) as u16;
    sheet.write_string_with_format(0, 0, heading, &title())?;
    if last_column > 0 {
        sheet.merge_range(1, 0, 1, last_column, "", &note())?;
    }
    sheet.write_string_with_format(1, 0, remark, &note())?;
    let room: f64 = columns.iter().map(|column| column.width).sum();
    // A full-width character takes two columns of the grid.
    let wide: usize = remark
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum();
    let lines = (wide as f64 / room.max(1.0)).ceil().max(1.0);
    sheet.set_row_height(1, 16.0 * lines)?;
    sheet.set_row_height(HEADER, 48)?;
    for (number, column) in (0..).zip(columns) {
        sheet.set_column_width(number, column.width)?;
        sheet.write_string_with_format(HEADER, number, &column.head, &head())?;
    }
    let formats: Vec<Format> = columns.iter().map(|column| body(column.kind)).collect();
    let first = HEADER + 1;
    let mut next = first;
    for row in rows {
        for (number, (cell, format)) in (0..).zip(row.into_iter().zip(&formats)) {
            match cell {
                Cell::Text(text) => {
                    let text: String = text.chars().take(LONGEST).collect();
                    sheet.write_string_with_format(next, number, text, format)?
                }
                Cell::Number(value) => {
                    sheet.write_number_with_format(next, number, value, format)?
                }
                Cell::Empty => sheet.write_blank(next, number, format)?,
            };
        }
        next += 1;
    }
    let last = next.saturating_sub(1).max(first);
    sheet.autofilter(HEADER, 0, last, last_column)?;
    sheet.set_freeze_panes(first, fixed)?;
    sheet.set_repeat_rows(HEADER, HEADER)?;
    print_on_a4(sheet);
    Ok(Placed { first, last })
}

/// A cell holds no more characters than this.
const LONGEST: usize = 32_767;

fn body(kind: Kind) -> Format {
    let format = Format::new()
        .set_num_format(kind.number_format())
        .set_border(FormatBorder::Hair)
        .set_border_color("#BEC2C6")
        .set_align(FormatAlign::VerticalCenter);
    match kind {
        Kind::Prose => format.set_text_wrap(),
        kind if kind.is_text() => format,
        _ => format.set_align(FormatAlign::Right),
    }
}

/// A4 across, one page wide.
pub(super) fn print_on_a4(sheet: &mut Worksheet) {
    const A4: u8 = 9;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&R&P / &N");
}
