//! Tables and sentences for people at a terminal, as wide as it is and never wider than 100 columns.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, presets};

use crate::report::model::{self, Column, Quantity};

/// No table grows wider than this, on however wide a screen.
const MAX_WIDTH: usize = 100;
/// No terminal is taken to be narrower than this.
const MIN_WIDTH: usize = 40;
/// Room that a text keeps before columns move below.
const LEAST_TEXT: usize = 16;

/// Columns that a text takes: a Chinese character takes two.
pub fn columns_of(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// Columns of the reader's terminal: what COLUMNS says, or the terminal itself; 100 where the output goes
/// into a file.
fn width() -> usize {
    let stated = std::env::var("COLUMNS").ok();
    let stated = stated.and_then(|columns| columns.trim().parse().ok());
    let of_terminal = || {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        size.map(|(width, _)| usize::from(width.0))
    };
    let width = stated.or_else(of_terminal).unwrap_or(MAX_WIDTH);
    width.clamp(MIN_WIDTH, MAX_WIDTH)
}

/// The table as lines, without a break at the end. Columns that find no room stand in a table below, beside
/// what the rows are of.
pub fn table(of: &model::Table) -> String {
    let width = width();
    let tables = parts(of, width);
    let tables = tables.iter().map(|part| lines(part, width));
    tables.collect::<Vec<_>>().join("\n\n")
}

/// Whether all columns of a table find room side by side.
pub fn fits(of: &model::Table) -> bool {
    parts(of, width()).len() == 1
}

/// The table cut so that no number is broken in a part: each begins with what the rows are of.
fn parts(of: &model::Table, width: usize) -> Vec<model::Table> {
    let least: Vec<usize> = (0..of.columns.len())
        .map(|at| least_width(of, at))
        .collect();
    if least.iter().sum::<usize>() <= width {
        return vec![of.clone()];
    }
    let is_text = |at: usize| of.columns.get(at).map(|column| column.quantity.is_text());
    // A number that the rows begin with, such as a rank, is beside the name that follows.
    let keys: Vec<usize> = match [is_text(0), is_text(1)] {
        [Some(false), Some(true)] => vec![0, 1],
        _ => vec![0],
    };
    let room = width.saturating_sub(keys.iter().map(|at| least[*at]).sum());
    let mut parts = Vec::new();
    let mut part = keys.clone();
    let mut left = room;
    let mut at = keys.len();
    while at < least.len() {
        // A text says more about the figure before it.
        let is_explained = is_text(at) == Some(false)
            && is_text(at + 1) == Some(true)
            && least[at] + least[at + 1] <= room;
        let together = at..at + 1 + usize::from(is_explained);
        let needed = least[together.clone()].iter().sum();
        if left < needed && part.len() > keys.len() {
            parts.push(std::mem::replace(&mut part, keys.clone()));
            left = room;
        }
        left = left.saturating_sub(needed);
        at = together.end;
        part.extend(together);
    }
    parts.push(part);
    parts.iter().map(|part| of.at(part)).collect()
}

/// Columns that it needs: texts are broken over lines, numbers are not.
fn least_width(of: &model::Table, at: usize) -> usize {
    let column = &of.columns[at];
    let cells = of.rows.iter().map(|row| column.words(&row.values[at]));
    let words = std::iter::once(head(column).to_owned()).chain(cells);
    let widest = words.filter_map(|words| words.lines().map(columns_of).max());
    let widest = widest.max().unwrap_or(0);
    // One for the padding, one between columns.
    2 + match may_wrap(column) {
        true => widest.min(LEAST_TEXT),
        false => widest,
    }
}

/// Whether it may stand over several lines.
fn may_wrap(column: &Column) -> bool {
    matches!(column.quantity, Quantity::Text | Quantity::Prose)
}

fn head(column: &Column) -> &str {
    column.short.as_ref().unwrap_or(&column.head)
}

fn lines(of: &model::Table, width: usize) -> String {
    let mut table = empty_table(width);
    table.set_header(of.columns.iter().map(head));
    for row in &of.rows {
        let cells = of.columns.iter().zip(&row.values);
        table.add_row(cells.map(|(column, value)| column.words(value)));
    }
    for (shown, column) in table.column_iter_mut().zip(&of.columns) {
        shown.set_padding((0, 1));
        if !column.quantity.is_text() {
            shown.set_cell_alignment(CellAlignment::Right);
        }
        if !may_wrap(column) {
            shown.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table.trim_fmt()
}

/// What is said under each of some names, without a head.
pub fn pairs(says: Vec<(String, String)>) -> String {
    let mut table = empty_table(width());
    for (name, what) in says {
        table.add_row([name, what]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table.trim_fmt()
}

/// A table as all of them look, without rows yet.
fn empty_table(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width as u16);
    table
}

/// The text with each line that is too wide broken behind a space or a mark.
pub fn folded(text: &str) -> String {
    folded_to(text, width())
}

fn folded_to(text: &str, width: usize) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.lines() {
        let mut column = 0;
        for word in line.split_inclusive([' ', '，', '；', '、', '：', '。']) {
            if column > 0 && column + columns_of(word.trim_end()) > width {
                folded.truncate(folded.trim_end().len());
                folded.push('\n');
                column = 0;
            }
            folded.push_str(word);
            column += columns_of(word);
        }
        folded.push('\n');
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Filling;

    #[test]
    fn a_line_is_broken_only_where_it_is_too_wide() {
        let short = "最优：甲，平均到场 2 分钟。\n";
        assert_eq!(folded_to(short, 100), short);
        let (first, second) = ("ab ".repeat(33), "cd ef\n");
        // 33 × 3 columns, of which the last is the space that goes.
        assert_eq!(
            folded_to(&format!("{first}{second}"), 100),
            format!("{}\n{second}", first.trim_end())
        );
        let chinese = "中".repeat(49);
        assert_eq!(
            folded_to(&format!("{chinese}，乙丙"), 100),
            format!("{chinese}，\n乙丙\n")
        );
    }

    #[test]
    fn columns_without_room_stand_below_beside_the_names_and_no_number_may_wrap() {
        let mut towns = Filling::of([("安流镇", 12.0)]);
        towns.column(Column::new("town", Quantity::Text).head("乡镇"), |town| {
            town.0
        });
        for number in 1..=6 {
            let figure = Column::new("mean", Quantity::Minutes).of(number.to_string());
            towns.column(figure.head("mean response"), |town| town.1);
        }
        let table = towns.table();
        // Six columns of 15 beside one of 8.
        assert_eq!(parts(&table, 100).len(), 1);
        let narrow = parts(&table, 60);
        let columns: Vec<usize> = narrow.iter().map(|part| part.columns.len()).collect();
        assert_eq!(columns, [4, 4]);
        for part in narrow {
            let lines = lines(&part, 60);
            assert!(
                lines.contains("安流镇") && lines.contains("mean response"),
                "{lines}"
            );
            assert!(lines.lines().all(|line| columns_of(line) <= 60), "{lines}");
        }
    }

    #[test]
    fn a_part_repeats_what_its_rows_are_of_and_keeps_a_figure_with_its_text() {
        let parts_of = |columns: &[Quantity], width| -> Vec<Vec<String>> {
            let mut table = Filling::of([()]);
            for (number, quantity) in columns.iter().enumerate() {
                let column = Column::new("column", *quantity).of(number.to_string());
                // Ten columns with the padding.
                table.column(column.head("12345678"), |()| "");
            }
            let parts = parts(&table.table(), width);
            let ids = |part: model::Table| part.columns.into_iter().filter_map(|column| column.of);
            parts.into_iter().map(|part| ids(part).collect()).collect()
        };
        use Quantity::{Count, Text};
        assert_eq!(
            parts_of(&[Count, Count, Count, Text, Count, Text], 40),
            [vec!["0", "1", "2", "3"], vec!["0", "4", "5"]]
        );
        assert_eq!(
            parts_of(&[Count, Text, Count, Count, Text], 40),
            [vec!["0", "1", "2"], vec!["0", "1", "3", "4"]]
        );
        // Too wide, and nothing to move below.
        assert_eq!(parts_of(&[Count, Text], 15), [["0", "1"]]);
        assert_eq!(parts_of(&[Text], 5), [["0"]]);
    }
}
