//! The types of incident: how often people call for them, how many engines they need, how long
//! they take, and at which hours they happen.

use crate::basis::Basis;
use crate::brigades::apparatus::{self, ANY, Named};
use crate::distribution::{Distribution, Shape};
use crate::files::Source;
use crate::ids::id;
use crate::language::Name;
use crate::table::{Row, Table, TableError};
use crate::units::Millis;

/// An incident needs so many engines at most.
const MAX_ENGINES: u16 = 100;

id!(
    /// An [`IncidentType`], by its index in the county's list.
    IncidentTypeId(u16),
    "Incident type"
);

/// A type of incident.
#[derive(Clone, Debug)]
pub struct IncidentType {
    /// Its id, also the column of its hours.
    pub id: String,
    pub name: Name,
    /// Incidents a year for every 10,000 residents.
    pub per_10_000_residents: f64,
    /// How grave incidents are; the shares sum to 1.
    pub severities: Vec<Severity>,
    /// Of incidents that wait for engines, those of a lower number are served first.
    pub priority: u8,
    /// Whether it has to be put out with water.
    pub needs_water: bool,
    /// The share of incidents in each hour of the day; sums to 1.
    pub hours: [f64; 24],
    /// The rate of each weekday over that of the mean day, from Monday.
    pub weekdays: [f64; 7],
    /// The rate of a day of each month over that of the mean day.
    pub months: [f64; 12],
    /// How the rate is known.
    pub basis: Basis,
}

/// What a share of the incidents of a type need.
#[derive(Clone, Debug)]
pub struct Severity {
    pub share: f64,
    /// How many engines, of all apparatus together.
    pub engines: u16,
    /// How many of which apparatus ([`ANY`] for those of any).
    pub needs: Named,
    /// How many people at the scene, where that is known.
    pub people: Option<u16>,
    /// The time that an engine is at work at the scene, in seconds.
    pub on_scene: Distribution,
}

/// Reads `incident_types.csv`
/// (`id,name,name_en,per_10000_residents,engines,on_scene_mean,on_scene_sd,basis`; and
/// `on_scene_distribution` where it is not lognormal, `priority` where some are served before others, and
/// `needs_water`, `yes` or `no`, where fires are to be told from rescues)
/// and `hours.csv` (`hour` and one column of weights for each type). `weekdays.csv` (`weekday`, 1 for
/// Monday) and `months.csv` (`month`), likewise, where days differ: weights of one day.
///
/// `severities.csv` (`type,share,needs,on_scene_mean,on_scene_sd,basis`) where incidents of a type need
/// certain apparatus, or stay the longer the graver they are: for the types in it, it takes the
/// place of `engines` and of the times at the scene. `needs` are apparatus with how many of each, such as
/// `pumper:2 tender:1`, `any:1` for one of whatever apparatus; `people`, where the column is there, says how
/// many people are needed ([`bring_people`]).
///
/// # Errors
/// When a row cannot be used, shares of engines do not sum to 1, or hours are missing.
pub fn read(
    types: &Source,
    hours: &Source,
    weekdays: Option<&Source>,
    months: Option<&Source>,
    severities: Option<&Source>,
) -> Result<Vec<IncidentType>, TableError> {
    let table = Table::read(types)?;
    table.require_columns(&[
        "id",
        "name",
        "per_10000_residents",
        "engines",
        "on_scene_mean",
        "on_scene_sd",
        "basis",
    ])?;
    table.require_rows("each row is a type of incident")?;
    table.require_unique("id")?;
    let hours = Table::read(hours)?;
    let weekdays = weekdays.map(Table::read).transpose()?;
    let months = months.map(Table::read).transpose()?;
    let severe = severities.map(Table::read).transpose()?;
    let severe = severe.as_ref();
    if let Some(severe) = severe {
        check_severities(severe, &table)?;
    }
    table
        .rows()
        .map(|row| {
            let id = row.text("id")?.to_owned();
            Ok(IncidentType {
                hours: shares(
                    &hours,
                    Cycle {
                        key: "hour",
                        first: 0,
                    },
                    &id,
                )?,
                weekdays: factors(
                    weekdays.as_ref(),
                    Cycle {
                        key: "weekday",
                        first: 1,
                    },
                    &id,
                )?,
                months: factors(
                    months.as_ref(),
                    Cycle {
                        key: "month",
                        first: 1,
                    },
                    &id,
                )?,
                name: row.name()?,
                per_10_000_residents: row.non_negative("per_10000_residents")?,
                severities: match severe.map(|table| severities_of(table, &id)).transpose()? {
                    Some(severities) if !severities.is_empty() => severities,
                    _ => alike(&row)?,
                },
                priority: priority(&row)?,
                needs_water: needs_water(&row)?,
                basis: row.basis()?,
                id,
            })
        })
        .collect()
}

/// The type of an id.
pub fn find(types: &[IncidentType], id: &str) -> Option<IncidentTypeId> {
    let found = types.iter().position(|known| known.id == id);
    found.map(IncidentTypeId::at)
}

/// The ids of all types, for complaints of one that is not among them.
pub fn ids(types: &[IncidentType]) -> Vec<&str> {
    types.iter().map(|known| &known.id[..]).collect()
}

/// Sends further engines, of any apparatus, where those that are needed anyway do not bring the people who
/// are: each brings `each`.
///
/// # Errors
/// The first severity with which that comes to more than 100 engines, as the id of its type and its
/// people.
///
/// # Panics
/// When nobody comes with an engine.
pub fn bring_people(types: &mut [IncidentType], each: u16) -> Result<(), (String, u16)> {
    for incident_type in types {
        for severity in &mut incident_type.severities {
            let people = severity.people.unwrap_or(0);
            let engines = people.div_ceil(each);
            let further = engines.saturating_sub(severity.engines);
            if further == 0 {
                continue;
            }
            if engines > MAX_ENGINES {
                return Err((incident_type.id.clone(), people));
            }
            severity.engines = engines;
            match severity.needs.iter_mut().find(|(name, _)| name == ANY) {
                Some((_, number)) => *number += further as u8,
                None => severity.needs.push((ANY.to_owned(), further as u8)),
            }
        }
    }
    Ok(())
}

/// 1 where nothing is written.
fn priority(row: &Row<'_>) -> Result<u8, TableError> {
    if row.optional("priority").is_none() {
        return Ok(1);
    }
    row.parse(
        "priority",
        "a whole number from 0 to 255; of incidents that wait, the lowest is served first",
    )
}

/// `no` where nothing is written.
fn needs_water(row: &Row<'_>) -> Result<bool, TableError> {
    match row.optional("needs_water") {
        None | Some("no") => Ok(false),
        Some("yes") => Ok(true),
        Some(_) => Err(row.bad_value("needs_water", "`yes` or `no`")),
    }
}

fn on_scene(row: &Row<'_>) -> Result<Distribution, TableError> {
    let duration = "a duration with its unit, such as `45 min`";
    let mean: Millis = row.parse("on_scene_mean", duration)?;
    let sd: Millis = row.parse("on_scene_sd", duration)?;
    let column = "on_scene_distribution";
    let shape = match row.optional(column) {
        None => Shape::default(),
        Some(text) => text.parse().map_err(|known| row.bad_value(column, known))?,
    };
    Distribution::of(shape, mean.seconds(), sd.seconds())
        .map_err(|problem| row.bad_value("on_scene_sd", problem))
}

/// Severities that differ in nothing but the number of engines.
fn alike(row: &Row<'_>) -> Result<Vec<Severity>, TableError> {
    let on_scene = on_scene(row)?;
    let severity = |(engines, share)| Severity {
        share,
        engines,
        needs: vec![(ANY.to_owned(), engines as u8)],
        people: None,
        on_scene: on_scene.clone(),
    };
    Ok(engines(row)?.into_iter().map(severity).collect())
}

/// Makes sure that every row is about a type that there is, and that shares sum to 1.
fn check_severities(severities: &Table, types: &Table) -> Result<(), TableError> {
    severities.require_columns(&[
        "type",
        "share",
        "needs",
        "on_scene_mean",
        "on_scene_sd",
        "basis",
    ])?;
    let known: Vec<&str> = types.rows().filter_map(|row| row.optional("id")).collect();
    let mut sums: Vec<Option<f64>> = vec![None; known.len()];
    for row in severities.rows() {
        let id = row.text("type")?;
        let index = known.iter().position(|known| *known == id);
        let index = index.ok_or_else(|| {
            row.bad_value("type", &format!("a type of incident: {}", known.join(", ")))
        })?;
        *sums[index].get_or_insert(0.0) += row.non_negative("share")?;
    }
    for (sum, id) in sums.iter().zip(&known) {
        if let Some(sum) = sum.filter(|sum| (sum - 1.0).abs() > 1e-6) {
            return Err(TableError::Shape {
                file: severities.file().to_owned(),
                line: 1,
                problem: format!("the shares of `{id}` sum to {sum}; they should sum to 1"),
            });
        }
    }
    Ok(())
}

/// The severities of one type.
fn severities_of(table: &Table, id: &str) -> Result<Vec<Severity>, TableError> {
    let of_type = table.rows().filter(|row| row.optional("type") == Some(id));
    of_type
        .map(|row| {
            let needs = apparatus::read(&row, "needs")?;
            let engines = apparatus::together(&needs);
            if !(1..=MAX_ENGINES).contains(&engines) {
                return Err(row.bad_value("needs", "from 1 to 100 engines, such as `pumper:2`"));
            }
            row.basis()?;
            Ok(Severity {
                share: row.non_negative("share")?,
                engines,
                needs,
                people: row.parse_optional("people", "a whole number of people")?,
                on_scene: on_scene(&row)?,
            })
        })
        .collect()
}

/// `1:0.6 2:0.3 4:0.1` as numbers of engines with their shares.
fn engines(row: &Row<'_>) -> Result<Vec<(u16, f64)>, TableError> {
    let expected = "number:share pairs that sum to 1, such as `1:0.6 2:0.3 4:0.1`";
    let bad = || row.bad_value("engines", expected);
    let mut engines = Vec::new();
    for pair in row.text("engines")?.split_whitespace() {
        let (number, share) = pair.split_once(':').ok_or_else(bad)?;
        let number: u16 = number.parse().map_err(|_| bad())?;
        let share: f64 = share.parse().map_err(|_| bad())?;
        if !(1..=MAX_ENGINES).contains(&number) || !(0.0..=1.0).contains(&share) {
            return Err(bad());
        }
        engines.push((number, share));
    }
    let sum: f64 = engines.iter().map(|(_, share)| share).sum();
    if (sum - 1.0).abs() > 1e-6 {
        return Err(bad());
    }
    Ok(engines)
}

/// What comes round again and again: hours, weekdays, months.
#[derive(Clone, Copy)]
struct Cycle {
    /// The column that numbers its parts.
    key: &'static str,
    /// The number of the first part.
    first: usize,
}

/// The rate of each part over the mean, 1 where there is no table.
fn factors<const PARTS: usize>(
    table: Option<&Table>,
    cycle: Cycle,
    id: &str,
) -> Result<[f64; PARTS], TableError> {
    match table {
        None => Ok([1.0; PARTS]),
        Some(table) => Ok(shares::<PARTS>(table, cycle, id)?.map(|share| share * PARTS as f64)),
    }
}

/// The share of each part, from the weights in the column of the type.
fn shares<const PARTS: usize>(
    table: &Table,
    cycle: Cycle,
    id: &str,
) -> Result<[f64; PARTS], TableError> {
    let Cycle { key, first } = cycle;
    let last = first + PARTS - 1;
    table.require_columns(&[key, id])?;
    table.require_unique(key)?;
    let expected = format!("a number from {first} to {last}");
    let mut shares = [None; PARTS];
    for row in table.rows() {
        let part: usize = row.parse(key, &expected)?;
        match part
            .checked_sub(first)
            .and_then(|part| shares.get_mut(part))
        {
            Some(share) => *share = Some(row.non_negative(id)?),
            None => return Err(row.bad_value(key, &expected)),
        }
    }
    let no_rows = |hint: String| TableError::NoRows {
        file: table.file().to_owned(),
        hint,
    };
    if let Some(part) = shares.iter().position(Option::is_none) {
        return Err(no_rows(format!(
            "{key} {} is missing; give {PARTS} rows, {first} to {last}",
            part + first
        )));
    }
    let shares = shares.map(Option::unwrap_or_default);
    let sum: f64 = shares.iter().sum();
    if sum <= 0.0 {
        return Err(no_rows(format!(
            "all weights of `{id}` are 0; one has to be larger"
        )));
    }
    Ok(shares.map(|share| share / sum))
}
