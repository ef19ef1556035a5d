//! Rows under columns, and how they are filled.

use super::column::Column;
use super::value::Value;

/// Why a row stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    Best,
    Baseline,
    Late,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    pub values: Vec<Value>,
    pub emphasis: Option<Emphasis>,
}

/// A table, whatever the format in which it is shown.
#[derive(Clone, Debug)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Table {
    /// Adds a column with its value in each row.
    pub fn add<V: Into<Value>>(&mut self, column: Column, values: impl IntoIterator<Item = V>) {
        debug_assert!(
            !(self.columns.iter()).any(|other| other.name() == column.name()),
            "two columns `{}`",
            column.name()
        );
        self.columns.push(column);
        for (row, value) in self.rows.iter_mut().zip(values) {
            row.values.push(value.into());
        }
    }

    /// The rows that come first.
    pub fn first(mut self, most: usize) -> Self {
        self.rows.truncate(most);
        self
    }

    /// Who names a column that is not there means another table.
    fn assert_known(&self, id: &str) {
        debug_assert!(
            self.columns.iter().any(|column| column.id == id),
            "no column `{id}`"
        );
    }

    /// The columns of these ids, in this order.
    pub fn select(&self, ids: &[&str]) -> Self {
        ids.iter().for_each(|id| self.assert_known(id));
        let all = 0..self.columns.len();
        let chosen = ids.iter().flat_map(|id| {
            let has_id = |index: &usize| self.columns[*index].id == *id;
            all.clone().filter(has_id)
        });
        self.at(&chosen.collect::<Vec<_>>())
    }

    /// All columns but those of these ids.
    pub fn without(&self, ids: &[&str]) -> Self {
        ids.iter().for_each(|id| self.assert_known(id));
        let kept = (0..self.columns.len()).filter(|index| !ids.contains(&self.columns[*index].id));
        self.at(&kept.collect::<Vec<_>>())
    }

    /// The columns of these indices, in this order.
    pub fn at(&self, indices: &[usize]) -> Self {
        let columns = indices.iter().map(|index| self.columns[*index].clone());
        let values = |row: &Row| {
            let values = indices.iter().map(|index| row.values[*index].clone());
            values.collect()
        };
        let rows = self.rows.iter().map(|row| Row {
            values: values(row),
            ..*row
        });
        Self {
            columns: columns.collect(),
            rows: rows.collect(),
        }
    }

    /// With so many decimals in a column.
    pub fn with_places(mut self, id: &str, places: usize) -> Self {
        self.assert_known(id);
        let columns = self.columns.iter_mut().filter(|column| column.id == id);
        columns.for_each(|column| column.places = places);
        self
    }
}

/// A table being filled: each column stands beside what it shows of a row.
pub struct Filling<R> {
    rows: Vec<R>,
    table: Table,
}

impl<R> Filling<R> {
    /// One row for each of `rows`.
    pub fn of(rows: impl IntoIterator<Item = R>) -> Self {
        let rows: Vec<R> = rows.into_iter().collect();
        let empty = |_: &R| Row {
            values: Vec::new(),
            emphasis: None,
        };
        let table = Table {
            columns: Vec::new(),
            rows: rows.iter().map(empty).collect(),
        };
        Self { rows, table }
    }

    /// Adds a column and what it shows of each row.
    pub fn column<V: Into<Value>>(&mut self, column: Column, value: impl Fn(&R) -> V) {
        self.table.add(column, self.rows.iter().map(value));
    }

    /// Sets apart the rows that stand out.
    pub fn emphasise(&mut self, why: impl Fn(&R) -> Option<Emphasis>) {
        for (row, of) in self.table.rows.iter_mut().zip(&self.rows) {
            row.emphasis = why(of);
        }
    }

    /// The filled table.
    pub fn table(self) -> Table {
        self.table
    }
}
