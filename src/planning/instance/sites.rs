//! What an instance says of its candidate sites: group, cost, capacity, position.

use std::collections::HashMap;

use super::decimal::Decimal;
use crate::brigades::SITE_COLUMNS;
use crate::files::Source;
use crate::geography::LonLat;
use crate::siting::problem::Group;
use crate::table::{Columns, Row, Table, TableError};
use crate::units::Metres;

/// Costs together fit into 63 bits below this.
const MAX_COST: u128 = 1 << 40;

/// The candidate sites in the order of the travel times.
#[derive(Debug)]
pub struct SiteTable {
    /// The name of the file, for errors.
    pub file: String,
    /// The group of each site, where the table has groups and the site is in one.
    groups: Vec<Option<String>>,
    /// The cost of each site in units of so many places, where the table has costs.
    pub costs: Option<Vec<u64>>,
    /// How many digits of a cost stand behind the point.
    pub places: u32,
    /// How much demand each site serves at most, where the table says so.
    capacities: Option<Vec<Decimal>>,
    /// Where each site is, where the table says so.
    positions: Option<Vec<LonLat>>,
}

/// What a table of sites may have beside the columns of a county's, which may be given as it is.
const OF_INSTANCES: [&str; 2] = ["cost", "capacity"];

/// What a row says.
struct Given {
    group: Option<String>,
    cost: Option<Decimal>,
    capacity: Option<Decimal>,
    position: Option<LonLat>,
}

impl SiteTable {
    /// Reads a table `id` with any of `group`, `cost`, `capacity` and `lon,lat`; `sites` are the ids of the travel
    /// times.
    ///
    /// # Errors
    /// When the table cannot be read, an id is not unique or not among the sites, a site is missing, or
    /// a cost or capacity is no number of at least 0.
    pub fn read(source: &Source, sites: &[String]) -> Result<Self, TableError> {
        let known: Vec<&str> = OF_INSTANCES.into_iter().chain(SITE_COLUMNS.own()).collect();
        let table = Table::read(source, &Columns::of(&["id"]).and(&known))?;
        let has = |column: &str| table.has_column(column);
        let (has_costs, has_capacities) = (has("cost"), has("capacity"));
        let has_positions = has("lon") && has("lat");
        let amount = |row: &Row<'_>, column: &str, what: &str| {
            let amount = Decimal::read(row.text(column)?.as_bytes());
            amount.ok_or_else(|| row.bad_value(column, what))
        };
        let given = table.each(&["id"], |row| {
            let id = row.text("id")?;
            if !sites.iter().any(|site| site == id) {
                return Err(row.bad_value("id", "an origin of the travel times"));
            }
            let cost = has_costs.then(|| amount(row, "cost", "a number of at least 0"));
            let capacity = has_capacities
                .then(|| amount(row, "capacity", "an amount of demand of at least 0"));
            let given = Given {
                group: row.optional("group").map(str::to_owned),
                cost: cost.transpose()?,
                capacity: capacity.transpose()?,
                position: has_positions.then(|| row.position()).transpose()?,
            };
            Ok((id, (*row, given)))
        })?;
        let mut rows: HashMap<&str, (Row<'_>, Given)> = given.into_iter().collect();
        let mut in_order = Vec::with_capacity(sites.len());
        for site in sites {
            in_order.push(rows.remove(&site[..]).ok_or_else(|| TableError::Shape {
                file: table.file().to_owned(),
                line: 1,
                problem: format!("the site `{site}` of the travel times has no row"),
            })?);
        }
        let costs = in_order.iter().filter_map(|(_, given)| given.cost.as_ref());
        let places = costs.map(|cost| cost.places).max().unwrap_or(0);
        let in_units = in_order.iter().filter_map(|(row, given)| {
            let units = Some(given.cost.as_ref()?.in_units_of(places));
            let units = units.filter(|units| *units < MAX_COST);
            Some(units.map(|units| units as u64).ok_or_else(|| {
                row.bad_value(
                    "cost",
                    "less than 2^40 units of the last digit of all costs",
                )
            }))
        });
        let in_units: Vec<u64> = in_units.collect::<Result<_, _>>()?;
        let given = in_order.into_iter().map(|(_, given)| given);
        let given: Vec<Given> = given.collect();
        Ok(Self {
            file: table.file().to_owned(),
            costs: has_costs.then_some(in_units),
            places,
            capacities: has_capacities
                .then(|| given.iter().filter_map(|given| given.capacity).collect()),
            positions: has_positions
                .then(|| given.iter().filter_map(|given| given.position).collect()),
            groups: given.into_iter().map(|given| given.group).collect(),
        })
    }

    /// The sites of a group, as it is in the table; so many are chosen.
    pub fn group(&self, group: &str, chosen: usize) -> Group {
        let numbered = self.groups.iter().enumerate();
        let of_group = numbered.filter(|(_, of)| of.as_deref() == Some(group));
        Group {
            sites: of_group.map(|(site, _)| site).collect(),
            chosen,
        }
    }

    /// How much each site serves at most, in units of weights with so many digits behind the point;
    /// `None` where the table does not say so.
    pub fn capacities(&self, places: u32) -> Option<Vec<u64>> {
        let capacities = self.capacities.as_ref()?.iter();
        // Less than a unit of weight is of no use, and more than 64 bits is more than there ever is.
        let whole = |capacity: &Decimal| match capacity.places.checked_sub(places) {
            Some(more) => capacity.units / 10_u128.pow(more),
            None => capacity.in_units_of(places),
        };
        let fits = |units: u128| u64::try_from(units).unwrap_or(u64::MAX);
        Some(capacities.map(whole).map(fits).collect())
    }

    /// The groups of the table, each once.
    pub fn groups(&self) -> Vec<String> {
        let mut groups: Vec<String> = self.groups.iter().flatten().cloned().collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// Every two sites that are nearer to each other than this; `None` where the table does not say
    /// where they are.
    pub fn too_near(&self, least: Metres) -> Option<Vec<(usize, usize)>> {
        let positions = self.positions.as_ref()?;
        let mut pairs = Vec::new();
        for (a, from) in positions.iter().enumerate() {
            for (b, to) in positions.iter().enumerate().skip(a + 1) {
                if from.distance(*to) < least {
                    pairs.push((a, b));
                }
            }
        }
        Some(pairs)
    }
}
