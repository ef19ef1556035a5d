//! Complaints about tables, with the line wherever there is one.

use std::fmt;

use super::spreadsheet;
use crate::characters::beginning;
use crate::files::FileError;

/// What can be wrong with a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// The rows do not have the shape of the header.
    #[error("{file}:{line}: {problem}")]
    Shape {
        /// The table.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A column is not there.
    #[error(
        "{file}: there is no column `{column}`; the header has {}",
        header_words(header)
    )]
    NoColumn {
        /// The table.
        file: String,
        /// The column that was looked for.
        column: String,
        /// The columns that are there.
        header: String,
    },
    /// The table has a header and nothing below it.
    #[error("{file}: the table has no rows; {hint}")]
    NoRows {
        /// The table.
        file: String,
        /// What a row would be.
        hint: String,
    },
    /// Rows that are right one by one do not fit together.
    #[error("{file}: {problem}")]
    Whole {
        /// The table.
        file: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// One of the rows that have to be there is not.
    #[error("{file}: there is no row `{row}`; {hint}")]
    NoRow {
        /// The table.
        file: String,
        /// What it would be called.
        row: String,
        /// What it would say.
        hint: String,
    },
    /// A value cannot be used.
    #[error(
        "{file}:{line}: column `{column}`: `{}` is not usable; it should be {expected}",
        beginning(value)
    )]
    Value {
        /// The table.
        file: String,
        /// The line, counted from 1.
        line: u64,
        column: String,
        /// What stands there.
        value: String,
        /// What would be right.
        expected: String,
    },
    /// An id stands on two rows.
    #[error(
        "{file}:{line}: the id `{id}` is already on line {first}; {}",
        remedy(id)
    )]
    Duplicate {
        /// The table.
        file: String,
        /// The second line.
        line: u64,
        id: String,
        /// The first line.
        first: u64,
    },
    /// Several rows that contradict others.
    #[error("{file}: {problem}{}\n{hint}", listed(named, *more))]
    Several {
        /// The table.
        file: String,
        /// How many, and of what kind.
        problem: String,
        /// The first of them.
        named: Vec<String>,
        /// How many are not named.
        more: usize,
        /// What probably happened, and what would be right.
        hint: String,
    },
    /// A mapping beside tables cannot be used.
    #[error("{file}: {problem}")]
    Mapping {
        /// The mapping.
        file: String,
        /// The key, what is wrong and what would be right.
        problem: String,
    },
    /// Several rows cannot be used.
    #[error("{file}: {rows} rows cannot be used ({kinds}):{}", listed(named, *more))]
    Rows {
        /// The table.
        file: String,
        /// How many rows.
        rows: usize,
        /// How many of each kind.
        kinds: String,
        /// The first of them.
        named: Vec<TableError>,
        /// How many are not named.
        more: usize,
    },
}

/// What makes an id stand once.
fn remedy(id: &str) -> &'static str {
    if spreadsheet::is_rewritten(id) {
        "a spreadsheet has rewritten long codes: take them from their source again, with the column \
         formatted as text"
    } else {
        "give each row its own"
    }
}

/// Each on a line of its own.
fn listed(named: &[impl fmt::Display], more: usize) -> String {
    let mut text: String = named.iter().map(|one| format!("\n  {one}")).collect();
    if more > 0 {
        text += &format!("\n  and {more} more");
    }
    text
}

impl TableError {
    /// What is wrong with the rows of a table, as the reader of CSV found it.
    pub(crate) fn of_shape(file: &str, line: u64, error: &csv::Error) -> Self {
        Self::Shape {
            file: file.to_owned(),
            line,
            problem: error.to_string(),
        }
    }

    /// A row that has not the fields of the header.
    pub(crate) fn of_fields(file: &str, line: u64, fields: usize, header: usize) -> Self {
        Self::Shape {
            file: file.to_owned(),
            line,
            problem: format!(
                "{fields} fields, but the header has {header}; a comma may be missing or a text \
                 with a comma may need quotes"
            ),
        }
    }

    /// The same error on another line.
    pub(crate) fn on_line(mut self, of_row: u64) -> Self {
        if let Self::Shape { line, .. } | Self::Value { line, .. } | Self::Duplicate { line, .. } =
            &mut self
        {
            *line = of_row;
        }
        self
    }

    /// Of an error that is about one row, what kind it is of, for counting; the others are about the table.
    pub(super) fn kind_of_row(&self) -> Option<String> {
        match self {
            Self::Value { column, value, .. } if value.is_empty() => {
                Some(format!("column `{column}` empty"))
            }
            Self::Value { column, .. } => Some(format!("column `{column}`")),
            Self::Duplicate { .. } => Some("an id twice".to_owned()),
            Self::Shape { line, .. } if *line > 1 => {
                Some("fields or rows that do not fit".to_owned())
            }
            _ => None,
        }
    }
}

/// What a header has, as far as it can be shown.
fn header_words(header: &str) -> String {
    const SHOWN: usize = 400;
    match header.char_indices().nth(SHOWN) {
        _ if header.is_empty() => "nothing".to_owned(),
        Some((end, _)) => format!("{}…", &header[..end]),
        None => header.to_owned(),
    }
}
