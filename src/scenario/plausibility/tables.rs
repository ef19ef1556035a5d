//! The tables of a scenario, in which what is doubted has its line.

use super::finding::{Doubt, Finding};
use crate::files::Source;
use crate::table::{line_of, spreadsheet};

/// Where each table of a scenario was read; none where the county has no such table.
#[derive(Clone, Debug)]
pub struct ScenarioTables {
    pub towns: Source,
    pub boundary: Source,
    pub demand: Source,
    pub hydrants: Option<Source>,
    pub kept_clear: Option<Source>,
    pub stations: Source,
    pub sites: Vec<Source>,
    pub incident_types: Source,
    pub prices: Option<Source>,
    pub travel_times: Option<Source>,
    /// Its folder.
    pub network: Source,
}

/// A doubt about a table as a whole.
pub(super) fn of_table(table: &Source, finding: Finding) -> Doubt {
    Doubt {
        file: table.to_string(),
        line: None,
        finding,
    }
}

/// A doubt about the row of one of the tables in which these columns have these values: only then is
/// its line looked for.
pub(super) fn of_row(tables: &[Source], values: &[(&str, &str)], finding: Finding) -> Doubt {
    let mut lines = tables.iter().map(|table| (table, line_of(table, values)));
    let found = lines.find(|(_, line)| line.is_some());
    let (table, line) = found.unwrap_or((&tables[0], None));
    Doubt {
        line,
        ..of_table(table, finding)
    }
}

/// Ids of these tables that a spreadsheet has rewritten.
pub(super) fn rewritten_ids<'i>(
    tables: &[Source],
    column: &str,
    ids: impl Iterator<Item = &'i str>,
) -> Option<Doubt> {
    let mut rewritten = ids.filter(|id| spreadsheet::is_rewritten(id));
    let first = rewritten.next()?;
    let finding = Finding::SpreadsheetId {
        id: first.to_owned(),
        rows: 1 + rewritten.count(),
    };
    Some(of_row(tables, &[(column, first)], finding))
}
