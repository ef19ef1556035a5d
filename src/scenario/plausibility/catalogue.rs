//! `data/plausibility.csv`: what is doubted of well-formed tables, from which threshold on, and why.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::table::{Columns, Row, Table, TableError};

const FILE: &str = "data/plausibility.csv";

/// From where to where a figure is plausible; it is endless where the catalogue says nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub least: f64,
    pub most: f64,
}

impl Range {
    pub(super) fn holds(&self, value: f64) -> bool {
        (self.least..=self.most).contains(&value)
    }
}

static CATALOGUE: LazyLock<HashMap<String, Range>> = LazyLock::new(|| {
    let text = include_str!("../../../data/plausibility.csv");
    read(text).expect("the catalogue inside the program is read by its tests")
});

/// What is plausible by a check of the catalogue.
///
/// # Panics
/// When the catalogue has no such check, as it is inside the program.
pub(super) fn range(check: &str) -> Range {
    CATALOGUE[check]
}

/// The same of a check that there need not be.
pub(super) fn find(check: &str) -> Option<Range> {
    CATALOGUE.get(check).copied()
}

fn read(text: &str) -> Result<HashMap<String, Range>, TableError> {
    let columns = ["check", "looks_at", "least", "most", "unit", "reason"];
    let table = Table::parse(FILE.to_owned(), text, &Columns::of(&columns))?;
    let ranges = table.each(&["check"], |row| {
        // Whoever argues about a limit reads what it is of and why; what may have gone wrong is said by the messages.
        for column in ["looks_at", "reason"] {
            row.text(column)?;
        }
        let limit = |row: &Row<'_>, column, none| {
            let limit = row.parse_optional(column, "a number")?;
            Ok::<f64, TableError>(limit.unwrap_or(none))
        };
        let range = Range {
            least: limit(row, "least", f64::NEG_INFINITY)?,
            most: limit(row, "most", f64::INFINITY)?,
        };
        Ok((row.text("check")?.to_owned(), range))
    })?;
    Ok(ranges.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_read_and_each_entry_has_its_reason() {
        assert!(CATALOGUE.len() > 20);
        assert_eq!(
            range("price.engine"),
            Range {
                least: 20_000.0,
                most: 50_000_000.0
            }
        );
        assert!(range("stage.response").holds(0.0));
    }
}
