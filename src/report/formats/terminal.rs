//! Tables for people at a terminal, within 100 columns.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};

use crate::report::model;

/// No table grows wider than this.
const WIDTH: u16 = 100;

/// The table as lines, without a break at the end.
pub fn table(of: &model::Table) -> String {
    let mut table = empty_table();
    let heads = of.columns.iter();
    table.set_header(heads.map(|column| column.short.as_ref().unwrap_or(&column.head)));
    for row in &of.rows {
        let cells = of.columns.iter().zip(&row.values);
        table.add_row(cells.map(|(column, value)| column.words(value)));
    }
    let texts = of.columns.iter().enumerate();
    let texts = texts.filter(|(_, column)| column.quantity.is_text());
    align(
        &mut table,
        &texts.map(|(place, _)| place).collect::<Vec<_>>(),
    );
    table.trim_fmt()
}

/// What is said under each of some names, without a head.
pub fn pairs(says: Vec<(&str, String)>) -> String {
    let mut table = empty_table();
    for (name, what) in says {
        table.add_row([name, &what]);
    }
    align(&mut table, &[0, 1]);
    table.trim_fmt()
}

/// A table as all of them look, without rows yet.
pub fn empty_table() -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table
}

/// Sets numbers to the right; the columns `texts` stay at the left.
pub fn align(table: &mut Table, texts: &[usize]) {
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 1));
        if !texts.contains(&place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// Adds a line, broken behind a space or a comma where it is wider than a table: names may be long.
pub fn fold(line: &str, text: &mut String) {
    let mut column = 0;
    for word in line.split_inclusive([' ', '，']) {
        let columns = |letters: &str| -> usize {
            let wide = |letter: char| if letter >= '\u{2e80}' { 2 } else { 1 };
            letters.chars().map(wide).sum()
        };
        if column > 0 && column + columns(word.trim_end()) > usize::from(WIDTH) {
            text.truncate(text.trim_end().len());
            text.push('\n');
            column = 0;
        }
        text.push_str(word);
        column += columns(word);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_only_where_it_is_too_wide() {
        let folded = |line: &str| {
            let mut text = String::new();
            fold(line, &mut text);
            text
        };
        let short = "最优：甲，平均到场 2 分钟。";
        assert_eq!(folded(short), format!("{short}\n"));
        let (first, second) = ("ab ".repeat(33), "cd ef");
        // 33 × 3 columns, of which the last is the space that goes.
        assert_eq!(
            folded(&format!("{first}{second}")),
            format!("{}\n{second}\n", first.trim_end())
        );
        let chinese = "中".repeat(49);
        assert_eq!(
            folded(&format!("{chinese}，乙丙")),
            format!("{chinese}，\n乙丙\n")
        );
    }
}
