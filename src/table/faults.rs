//! Every faulty row of a table in one complaint, so that a table takes one run to mend.

use super::error::TableError;

/// So many faulty rows are named in full.
const MAX_NAMED: usize = 20;

/// The faulty rows of a table.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    named: Vec<TableError>,
    /// Kinds of fault with how many rows each has, in the order of the first.
    kinds: Vec<(String, usize)>,
    rows: usize,
}

impl Faults {
    /// Takes note of a faulty row.
    ///
    /// # Errors
    /// The error itself, where it is not about one row: then the table cannot be read on.
    pub(crate) fn take(&mut self, error: TableError) -> Result<(), TableError> {
        let Some(kind) = error.kind_of_row() else {
            return Err(error);
        };
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, rows)) => *rows += 1,
            None => self.kinds.push((kind, 1)),
        }
        self.rows += 1;
        if self.named.len() < MAX_NAMED {
            self.named.push(error);
        }
        Ok(())
    }

    /// Whether the next faulty row will be named with its line.
    pub(crate) fn names_more(&self) -> bool {
        self.named.len() < MAX_NAMED
    }

    /// Complains of all of them.
    ///
    /// # Errors
    /// When there are any.
    pub(crate) fn none(mut self, file: &str) -> Result<(), TableError> {
        match self.rows {
            0 => Ok(()),
            1 => Err(self.named.remove(0)),
            rows => {
                let kinds = self.kinds.iter();
                let kinds: Vec<String> = kinds
                    .map(|(kind, rows)| format!("{kind}: {rows}"))
                    .collect();
                Err(TableError::Rows {
                    file: file.to_owned(),
                    rows,
                    kinds: kinds.join("; "),
                    more: rows - self.named.len(),
                    named: self.named,
                })
            }
        }
    }
}
