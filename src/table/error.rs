//! Complaints about tables, with the line wherever there is one.

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
    #[error("{file}: there is no column `{column}`; the header has {header}")]
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
    #[error("{file}:{line}: column `{column}`: `{value}` is not usable; it should be {expected}")]
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
    #[error("{file}:{line}: the id `{id}` is already on line {first}; give each row its own")]
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
    #[error("{file}: {problem}{}\n{hint}", one_by_one(named, *more))]
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
}

/// Each on a line of its own.
fn one_by_one(named: &[String], more: usize) -> String {
    let mut text: String = named.iter().map(|one| format!("\n  {one}")).collect();
    if more > 0 {
        text += &format!("\n  and {more} more");
    }
    text
}

impl TableError {
    /// What is wrong with the rows of a table, as the reader of CSV found it.
    pub(crate) fn of_shape(file: &str, error: &csv::Error) -> Self {
        let problem = match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => format!(
                "{len} fields, but the header has {expected_len}; a comma may be missing or a text \
                 with a comma may need quotes"
            ),
            _ => error.to_string(),
        };
        Self::Shape {
            file: file.to_owned(),
            line: error.position().map_or(1, csv::Position::line),
            problem,
        }
    }
}
