//! The table of a shapefile (dBASE III), every value as text.
//!
//! Read here and not by the `dbase` crate, which passes over deleted rows (so that rows and shapes no
//! longer match), stops at a number that it cannot read, and takes the encoding as given.

use std::collections::BTreeMap;

use crate::roads::lines::code_page::CodePage;
use crate::roads::lines::{PageBy, TextPage};

/// A table: its columns, and of each row its values, or `None` where the row is deleted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// The columns in order.
    pub columns: Vec<String>,
    /// Values by column, empty ones left out.
    pub rows: Vec<Option<BTreeMap<String, String>>>,
    pub text: TextPage,
}

struct Column<'b> {
    name: &'b [u8],
    kind: u8,
    begin: usize,
    length: usize,
}

/// Reads a table in the code page that is `stated`; without one, in that of its header, or else of its text.
///
/// # Errors
/// In words, when the table is cut short or a text is not in the code page.
pub(super) fn read(bytes: &[u8], stated: Option<CodePage>) -> Result<Table, String> {
    const CUT: &str = "the table is cut short or damaged; export the layer again";
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = bytes.get(at..at + length)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0, |sum, byte| (sum << 8) | usize::from(*byte)),
        )
    };
    let (Some(rows), Some(header), Some(row_length)) = (number(4, 4), number(8, 2), number(10, 2))
    else {
        return Err(CUT.to_owned());
    };
    let columns = columns(bytes.get(32..header).ok_or(CUT)?);
    let width = columns.last().map_or(1, |last| last.begin + last.length);
    if columns.is_empty() || width > row_length {
        return Err(CUT.to_owned());
    }
    let body = bytes.get(header..).unwrap_or_default();
    if body.len() / row_length < rows {
        return Err(format!(
            "{CUT} ({rows} rows are announced, {} are there)",
            body.len() / row_length
        ));
    }
    let rows: Vec<&[u8]> = body.chunks_exact(row_length).take(rows).collect();
    let of_header = bytes.get(DRIVER).copied().and_then(CodePage::of_driver);
    let (page, by) = match (stated, of_header) {
        (Some(page), _) => (page, PageBy::Cpg),
        (None, Some(page)) => (page, PageBy::Header),
        (None, None) => (guess(&columns, &rows), PageBy::Look),
    };
    let mut table = Table {
        text: TextPage {
            name: page.name(),
            by,
        },
        ..Table::default()
    };
    for column in &columns {
        table.columns.push(decode(column.name, page).map_err(|()| {
            format!(
                "the name of a column is not in {}; {WRONG_CPG}",
                page.name()
            )
        })?);
    }
    for (index, row) in rows.iter().enumerate() {
        if row[0] == b'*' {
            table.rows.push(None);
            continue;
        }
        let mut values = BTreeMap::new();
        for (column, name) in columns.iter().zip(&table.columns) {
            let field = &row[column.begin..column.begin + column.length];
            let value = value(column.kind, field, page).map_err(|()| {
                format!(
                    "row {}: the text in column `{name}` is not in {}; {WRONG_CPG}",
                    index + 1,
                    page.name()
                )
            })?;
            if let Some(value) = value {
                values.insert(name.clone(), value);
            }
        }
        table.rows.push(Some(values));
    }
    Ok(table)
}

const WRONG_CPG: &str = "name its encoding in a .cpg file beside it, such as UTF-8 or GBK";

fn columns(descriptors: &[u8]) -> Vec<Column<'_>> {
    const TERMINATOR: u8 = 0x0d;
    let mut begin = 1; // after the mark of deletion
    let mut columns = Vec::new();
    for descriptor in descriptors.chunks_exact(32) {
        if descriptor[0] == TERMINATOR {
            break;
        }
        let name = descriptor[..11].split(|byte| *byte == 0).next();
        let length = usize::from(descriptor[16]);
        columns.push(Column {
            name: name.unwrap_or_default(),
            kind: descriptor[11],
            begin,
            length,
        });
        begin += length;
    }
    columns
}

/// The byte of the header that names the language driver.
const DRIVER: usize = 29;

fn guess(columns: &[Column<'_>], rows: &[&[u8]]) -> CodePage {
    let texts = columns.iter().filter(|column| column.kind == b'C');
    let fields = texts.flat_map(|column| {
        let fields = rows.iter();
        fields.map(|row| whole(&row[column.begin..column.begin + column.length]))
    });
    CodePage::of_texts(
        columns
            .iter()
            .map(|column| whole(column.name))
            .chain(fields),
    )
}

/// A field without the blanks behind its text, and without a last character of UTF-8 that the width of the
/// column has cut.
fn whole(field: &[u8]) -> &[u8] {
    let text = field.trim_ascii_end();
    let text = &text[..text
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1)];
    match std::str::from_utf8(text) {
        Err(error) if error.error_len().is_none() => &text[..error.valid_up_to()],
        _ => text,
    }
}

/// A text without the blanks around it. A last character that the width of the column has cut in two
/// is left out.
fn decode(bytes: &[u8], page: CodePage) -> Result<String, ()> {
    let end = bytes
        .iter()
        .rposition(|byte| !matches!(byte, b' ' | 0))
        .map_or(0, |last| last + 1);
    let bytes = &bytes[..end];
    // Four bytes are the longest character of any code page.
    (0..4)
        .filter_map(|cut| bytes.get(..bytes.len().checked_sub(cut)?))
        .find_map(|bytes| page.decode(bytes))
        .map(|text| text.trim().to_owned())
        .ok_or(())
}

fn value(kind: u8, field: &[u8], page: CodePage) -> Result<Option<String>, ()> {
    let text = match (kind, field) {
        (b'I' | b'+', &[a, b, c, d]) => i32::from_le_bytes([a, b, c, d]).to_string(),
        (b'O', &[a, b, c, d, e, f, g, h]) => {
            f64::from_le_bytes([a, b, c, d, e, f, g, h]).to_string()
        }
        // A memo is a number of a block in a file that shapefiles do not have.
        (b'M', _) => String::new(),
        (b'L', _) => match field.first() {
            Some(b'T' | b't' | b'Y' | b'y') => "true".to_owned(),
            Some(b'F' | b'f' | b'N' | b'n') => "false".to_owned(),
            _ => String::new(),
        },
        _ => decode(field, page)?,
    };
    // Stars stand for a number that did not fit its column.
    let is_empty = text.is_empty() || (kind != b'C' && text.bytes().all(|byte| byte == b'*'));
    Ok((!is_empty).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;

    /// A table with one text column of eight bytes.
    fn table(name: &[u8], rows: &[&[u8]]) -> Vec<u8> {
        let mut bytes = vec![0; 32];
        bytes[0] = 3;
        bytes[4] = rows.len() as u8;
        bytes[8] = 65;
        bytes[10] = 9;
        let mut descriptor = [0; 32];
        descriptor[..name.len()].copy_from_slice(name);
        descriptor[11] = b'C';
        descriptor[16] = 8;
        bytes.extend(descriptor);
        bytes.push(0x0d);
        for row in rows {
            bytes.extend(*row);
            bytes.resize(bytes.len() + 9 - row.len(), b' ');
        }
        bytes
    }

    #[test]
    fn a_table_of_an_office_in_gbk_is_read_and_a_deleted_row_keeps_its_place() {
        let (name, _, _) = GB18030.encode("等级");
        let (value, _, _) = GB18030.encode(" 二级");
        let table = read(&table(&name, &[&value, b"*gone", b" "]), None).unwrap();
        assert_eq!(table.columns, ["等级"]);
        assert_eq!(table.rows[0].as_ref().unwrap()["等级"], "二级");
        assert_eq!(table.rows[1], None);
        assert!(table.rows[2].as_ref().unwrap().is_empty());
    }

    /// Eight bytes hold two and two thirds of three characters of UTF-8.
    #[test]
    fn a_character_cut_by_the_width_of_the_column_is_left_out() {
        let text = [b" ", &"安流镇".as_bytes()[..8]].concat();
        let table = read(&table(b"name", &[&text]), None).unwrap();
        assert_eq!(table.rows[0].as_ref().unwrap()["name"], "安流");
    }

    #[test]
    fn a_table_that_is_cut_short_is_refused_wherever_the_cut_is() {
        let whole = table(b"name", &[b" one", b" two"]);
        for end in 0..whole.len() {
            assert!(read(&whole[..end], None).is_err(), "{end}");
        }
    }

    /// The header says the western page of Windows, under which no byte is cut in two.
    #[test]
    fn the_header_says_the_code_page_where_no_cpg_does() {
        let mut bytes = table(b"name", &[b" d\xe9p"]);
        bytes[DRIVER] = 0x03;
        let read = read(&bytes, None).unwrap();
        assert_eq!(read.rows[0].as_ref().unwrap()["name"], "dép");
        assert_eq!(read.text.name, "windows-1252");
        assert_eq!(read.text.by, PageBy::Header);
    }
}
