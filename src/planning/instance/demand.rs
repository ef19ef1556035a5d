//! Demand points of an instance: id and weight.

use std::collections::HashMap;

use super::decimal::Decimal;
use crate::county::demand;
use crate::files::Source;
use crate::table::{Columns, Table, TableError};

/// Weights together times a day and a half in milliseconds fit into 61 bits below this.
const MAX_TOGETHER: u128 = 1 << 34;

/// What a table of demand has. That of a county may be given, with weights: then it has its columns too, and rates of
/// any type.
const COLUMNS: [&str; 2] = ["id", "weight"];

/// Demand points in the order of their table.
#[derive(Debug)]
pub struct Demand {
    /// The name of the file, for errors.
    pub file: String,
    /// The id of each point.
    pub ids: Vec<String>,
    /// The line of each point.
    pub lines: Vec<u64>,
    /// The weight of each point, in units of so many places.
    pub weights: Vec<u64>,
    /// How many digits of a weight stand behind the point.
    pub places: u32,
    by_id: HashMap<String, usize>,
}

impl Demand {
    /// Reads a table `id,weight`.
    ///
    /// Weights are kept to the last digit as long as all together stay below 2^34 units of that
    /// digit; where they do not, they are rounded to fewer digits, at worst to whole numbers, and to one
    /// unit at least, as only points of weight 0 ask for nothing.
    ///
    /// # Errors
    /// When the table cannot be read, an id is not unique or a weight no number of at least 0.
    pub fn read(source: &Source) -> Result<Self, TableError> {
        let of_county: Vec<&str> = demand::COLUMNS.own().chain(["rate_"]).collect();
        let table = Table::read(source, &Columns::of(&COLUMNS).and(&of_county))?;
        table.require_rows("each row is a demand point: id,weight")?;
        let (mut ids, mut lines) = (Vec::new(), Vec::new());
        let weights = table.each(&["id"], |row| {
            ids.push(row.text("id")?.to_owned());
            lines.push(row.line);
            let weight = Decimal::read(row.text("weight")?.as_bytes());
            weight.ok_or_else(|| row.bad_value("weight", "a number of at least 0"))
        })?;
        let mut places = weights
            .iter()
            .map(|weight| weight.places)
            .max()
            .unwrap_or(0);
        let together = |places| -> u128 {
            let units = weights.iter().map(|weight| weight.in_units_of(places));
            units.fold(0, u128::saturating_add)
        };
        while places > 0 && together(places) >= MAX_TOGETHER {
            places -= 1;
        }
        // However little a weight is, the point asks for something.
        let least = |weight: &Decimal| u128::from(weight.in_units_of(weight.places) > 0);
        let whole = |weight: &Decimal| u64::try_from(weight.in_units_of(places).max(least(weight)));
        let mut in_units = Vec::with_capacity(weights.len());
        for (weight, row) in weights.iter().zip(table.rows()) {
            let weight = whole(weight)
                .ok()
                .filter(|weight| u128::from(*weight) < MAX_TOGETHER);
            in_units.push(weight.ok_or_else(|| {
                row.bad_value("weight", "less than 2^34; give all weights in larger units")
            })?);
        }
        let by_id = ids.iter().cloned().zip(0..).collect();
        Ok(Self {
            file: table.file().to_owned(),
            ids,
            lines,
            weights: in_units,
            places,
            by_id,
        })
    }

    /// The point with this id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}
