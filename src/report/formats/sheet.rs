//! Tables as sheets of a workbook: real numbers, an estimate before the ends of its interval, a frozen
//! header with filter, colours, and a setup for print.

use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatCell, ConditionalFormatCellRule, Format,
    FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::report::model::{Column, Quantity, Shade, Table, Value};
use crate::text;

/// The row of a table's header; its rows follow.
pub const HEADER: u32 = 2;
/// A cell holds no more characters than this.
const MAX_CELL_CHARS: usize = 32_767;
/// Columns of the grid that an end of an interval takes.
const END_WIDTH: f64 = 8.0;

/// Columns of the grid that a text takes: a Chinese character takes two, and so do the marks “ ” — ≈ · in
/// the fonts of a Chinese office.
pub fn columns_of(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}

/// Adds a sheet: its name as a heading in the first row, a remark in the second, the table below, frozen
/// down to the header and `fixed` columns. A row that is mostly empty has no lines around its empty cells.
///
/// # Errors
/// When the table has more rows than a sheet takes.
pub fn add<'w>(
    workbook: &'w mut Workbook,
    name: &str,
    remark: &str,
    table: &Table,
    fixed: u16,
    language: Language,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    let mut last_column = 0;
    let mut room = 0.0;
    let first = HEADER + 1;
    let last = HEADER + (table.rows.len() as u32).max(1);
    for (at, column) in positions(table).zip(&table.columns) {
        let head = head_of(column, language);
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(HEADER, at, &head, &head_format())?;
        if column.estimated {
            let ends = [text!(language, "sheet-low"), text!(language, "sheet-high")];
            for (at, end) in (at + 1..).zip(ends) {
                sheet.set_column_width(at, END_WIDTH)?;
                sheet.write_string_with_format(HEADER, at, &end, &head_format())?;
                room += END_WIDTH;
            }
        }
        room += column.width;
        last_column = at + columns_beside(column);
        if let Some(colours) = column.shade {
            shade(sheet, [first, last], at, colours)?;
        }
    }
    sheet.write_string_with_format(0, 0, name, &title())?;
    if last_column > 0 {
        sheet.merge_range(1, 0, 1, last_column, "", &note())?;
    }
    sheet.write_string_with_format(1, 0, remark, &note())?;
    let lines = (columns_of(remark) as f64 / room.max(1.0)).ceil();
    sheet.set_row_height(1, 16.0 * lines.max(1.0))?;
    sheet.set_row_height(HEADER, 48)?;
    let formats: Vec<Format> = table.columns.iter().map(body).collect();
    for (row, of) in (first..).zip(&table.rows) {
        // An empty cell takes as much memory as a full one: of ten thousand rows in brief, most of it.
        let empty = of
            .values
            .iter()
            .filter(|value| matches!(value, Value::Missing));
        let in_brief = 2 * empty.count() > of.values.len();
        let columns = positions(table).zip(&table.columns).zip(&formats);
        for (((at, column), format), value) in columns.zip(&of.values) {
            if in_brief && matches!(value, Value::Missing) {
                continue;
            }
            write_cell(sheet, (row, at), column, value, format)?;
            write_ends(sheet, (row, at + 1), column, value, format, language)?;
        }
    }
    sheet.autofilter(HEADER, 0, last, last_column)?;
    sheet.set_freeze_panes(first, fixed)?;
    sheet.set_repeat_rows(HEADER, HEADER)?;
    print_on_a4(sheet);
    Ok(sheet)
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    column: &Column,
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(words) | Value::Term { words, .. } => {
            let words: String = words.chars().take(MAX_CELL_CHARS).collect();
            sheet.write_string_with_format(row, at, words, format)?
        }
        Value::Number(value)
        | Value::Marked { value, .. }
        | Value::Estimate(Estimate { value, .. }) => {
            sheet.write_number_with_format(row, at, number(column, *value), format)?
        }
        Value::Missing => sheet.write_blank(row, at, format)?,
    };
    Ok(())
}

/// The ends of an interval, or in their place that there is too little for one.
fn write_ends(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    column: &Column,
    value: &Value,
    format: &Format,
    language: Language,
) -> Result<(), XlsxError> {
    if !column.estimated {
        return Ok(());
    }
    match value {
        Value::Estimate(Estimate {
            low: Some(low),
            high: Some(high),
            ..
        }) => {
            sheet.write_number_with_format(row, at, number(column, *low), format)?;
            sheet.write_number_with_format(row, at + 1, number(column, *high), format)?;
        }
        Value::Estimate(_) => {
            sheet.write_string_with_format(row, at, text!(language, "too-few"), format)?;
            sheet.write_blank(row, at + 1, format)?;
        }
        _ => {
            sheet.write_blank(row, at, format)?;
            sheet.write_blank(row, at + 1, format)?;
        }
    }
    Ok(())
}

/// A share stays a part of one: the format of the cell makes it per cent.
fn number(column: &Column, value: f64) -> f64 {
    match column.quantity {
        Quantity::Share | Quantity::Probability => value + 0.0,
        quantity => quantity.number(value),
    }
}

/// Columns that stand beside it for the ends of its interval.
fn columns_beside(column: &Column) -> u16 {
    2 * u16::from(column.estimated)
}

/// Where each column of the table stands on its sheet.
fn positions(table: &Table) -> impl Iterator<Item = u16> {
    let columns = table.columns.iter();
    columns.scan(0, |next, column| {
        let at = *next;
        *next += 1 + columns_beside(column);
        Some(at)
    })
}

/// Where the column of an id stands on its sheet.
pub fn position(table: &Table, id: &str) -> u16 {
    let mut columns = positions(table).zip(&table.columns);
    let found = columns.find(|(_, column)| column.id == id);
    debug_assert!(found.is_some(), "no column `{id}`");
    found.map_or(0, |(at, _)| at)
}

/// Shares and probabilities show their unit in every cell.
fn head_of(column: &Column, language: Language) -> String {
    let unit = match column.quantity {
        Quantity::Share | Quantity::Probability => None,
        Quantity::WanYuan => Quantity::Yuan.unit(language),
        quantity => quantity.unit(language),
    };
    let head = column.head_with(unit, language);
    match &column.part {
        Some(part) => text!(language, "head-with-part", head = head, part = &**part),
        None => head,
    }
}

/// Near is deep green on every map: here the better number is.
fn shade(
    sheet: &mut Worksheet,
    [first, last]: [u32; 2],
    column: u16,
    shade: Shade,
) -> Result<(), XlsxError> {
    let scale = |low, high| {
        ConditionalFormat2ColorScale::new()
            .set_minimum_color(low)
            .set_maximum_color(high)
    };
    let better = Format::new()
        .set_font_color("#0B5A45")
        .set_background_color("#DCEFE7");
    let worse = Format::new()
        .set_font_color("#8A2B0E")
        .set_background_color("#F9E3DC");
    let (above, below) = match shade {
        Shade::FallIsBetter => (worse, better),
        Shade::RiseIsBetter => (better, worse),
        Shade::LessIsBetter | Shade::MoreIsBetter | Shade::Urgent => {
            let scale = match shade {
                Shade::LessIsBetter => scale("#86B8AC", "#FFFFFF"),
                Shade::Urgent => scale("#FFFFFF", "#E9A58F"),
                _ => scale("#FFFFFF", "#86B8AC"),
            };
            sheet.add_conditional_format(first, column, last, column, &scale)?;
            return Ok(());
        }
    };
    for (rule, format) in [
        (ConditionalFormatCellRule::GreaterThan(0.0005), above),
        (ConditionalFormatCellRule::LessThan(-0.0005), below),
    ] {
        let change = ConditionalFormatCell::new()
            .set_rule(rule)
            .set_format(format);
        sheet.add_conditional_format(first, column, last, column, &change)?;
    }
    Ok(())
}

pub fn title() -> Format {
    Format::new().set_bold().set_font_size(14)
}

pub fn note() -> Format {
    Format::new()
        .set_font_color("#545A60")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

fn head_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("#DCE6E4")
        .set_border(FormatBorder::Thin)
        .set_border_color("#BEC2C6")
}

fn body(column: &Column) -> Format {
    let format = Format::new()
        .set_num_format(number_format(column))
        .set_border(FormatBorder::Hair)
        .set_border_color("#BEC2C6")
        .set_align(FormatAlign::VerticalCenter);
    match column.quantity {
        Quantity::Prose => format.set_text_wrap(),
        quantity if quantity.is_text() => format,
        _ => format.set_align(FormatAlign::Right),
    }
}

fn number_format(column: &Column) -> String {
    match column.quantity {
        quantity if quantity.is_text() => "General".to_owned(),
        Quantity::Count | Quantity::Yuan | Quantity::WanYuan => "#,##0".to_owned(),
        Quantity::Share | Quantity::Probability => "0.0%".to_owned(),
        // Beside the ends of its interval.
        Quantity::Minutes if column.estimated => "0.00".to_owned(),
        _ => format!("0.{}", "0".repeat(column.places)),
    }
}

/// A4 across, one page wide.
pub fn print_on_a4(sheet: &mut Worksheet) {
    const A4: u8 = 9;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&R&P / &N");
}
