//! The types of incident: how often people call for them, how many engines they need, how long
//! they take, and at which hours they happen.

use std::collections::HashMap;

use crate::basis::Basis;
use crate::brigades::apparatus::{self, ANY, Named};
use crate::distribution::{Distribution, Shape};
use crate::files::Source;
use crate::ids::id;
use crate::language::Name;
use crate::table::{Columns, Row, Table, TableError};
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
    /// Whether standards count its incidents: shares within them are of such incidents alone.
    pub in_standards: bool,
    /// The share of incidents in each hour of the day; sums to 1.
    pub hours: [f64; 24],
    /// The rate of each weekday over that of the mean day, from Monday.
    pub weekdays: [f64; 7],
    /// The rate of a day of each month over that of the mean day.
    pub months: [f64; 12],
    /// How the rate is known.
    pub basis: Basis,
    /// From where; empty where the table does not say it.
    pub source: String,
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

/// What a table of types has.
const COLUMNS: Columns<'_> = Columns::of(&[
    "id",
    "name",
    "per_10000_residents",
    "engines",
    "on_scene_mean",
    "on_scene_sd",
    "basis",
])
.and(&[
    "on_scene_distribution",
    "priority",
    "needs_water",
    "in_standards",
    "source",
]);

/// What a table of severities has.
const SEVERITY_COLUMNS: Columns<'_> = Columns::of(&[
    "type",
    "share",
    "needs",
    "on_scene_mean",
    "on_scene_sd",
    "basis",
])
.and(&["on_scene_distribution", "people"]);

/// Reads `incident_types.csv`
/// (`id,name,name_en,per_10000_residents,engines,on_scene_mean,on_scene_sd,basis`; and
/// `on_scene_distribution` where it is not lognormal, `priority` where some are served before others,
/// `needs_water`, `yes` or `no`, where fires are to be told from rescues, and `in_standards`, `no` for calls
/// that bind engines and that no standard counts)
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
    let table = Table::read(types, &COLUMNS)?;
    table.require_rows("each row is a type of incident")?;
    let ids: Vec<&str> = table.rows().filter_map(|row| row.optional("id")).collect();
    let hours = shares::<24>(hours, "hour", 0, &ids)?;
    let weekdays = weekdays.map(|table| shares::<7>(table, "weekday", 1, &ids));
    let weekdays = weekdays.transpose()?;
    let months = months.map(|table| shares::<12>(table, "month", 1, &ids));
    let months = months.transpose()?;
    let severe = severities.map(|severities| Table::read(severities, &SEVERITY_COLUMNS));
    let severe = severe.transpose()?;
    let severe = severe.as_ref();
    if let Some(severe) = severe {
        check_severities(severe, &ids)?;
    }
    let read = table.each(&["id"], |row| {
        let id = row.text("id")?.to_owned();
        Ok(IncidentType {
            hours: hours[id.as_str()],
            weekdays: factors(weekdays.as_ref(), &id),
            months: factors(months.as_ref(), &id),
            name: row.name()?,
            per_10_000_residents: row.non_negative("per_10000_residents")?,
            severities: match severe.map(|table| severities_of(table, &id)).transpose()? {
                Some(severities) if !severities.is_empty() => severities,
                _ => alike(row)?,
            },
            priority: priority(row)?,
            needs_water: is_marked(row, "needs_water", false)?,
            in_standards: is_marked(row, "in_standards", true)?,
            basis: row.basis()?,
            source: row.optional("source").unwrap_or_default().to_owned(),
            id,
        })
    })?;
    if read.iter().all(|of| !of.in_standards) {
        return Err(TableError::Shape {
            file: table.file().to_owned(),
            line: 1,
            problem: "no type counts in standards; write `yes` in the column `in_standards` of at least one"
                .to_owned(),
        });
    }
    Ok(read)
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

/// `yes` or `no`; where nothing is written, what it is otherwise.
fn is_marked(row: &Row<'_>, column: &str, otherwise: bool) -> Result<bool, TableError> {
    match row.optional(column) {
        None => Ok(otherwise),
        Some("no") => Ok(false),
        Some("yes") => Ok(true),
        Some(_) => Err(row.bad_value(column, "`yes` or `no`")),
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
fn check_severities(severities: &Table, known: &[&str]) -> Result<(), TableError> {
    let mut sums: Vec<Option<f64>> = vec![None; known.len()];
    severities.each(&[], |row| {
        let id = row.text("type")?;
        let index = known.iter().position(|known| *known == id);
        let index = index.ok_or_else(|| {
            row.bad_value("type", &format!("a type of incident: {}", known.join(", ")))
        })?;
        *sums[index].get_or_insert(0.0) += row.non_negative("share")?;
        severity(row).map(|_| ())
    })?;
    for (sum, id) in sums.iter().zip(known) {
        if let Some(sum) = sum.filter(|sum| (sum - 1.0).abs() > 1e-6) {
            return Err(TableError::Shape {
                file: severities.file().to_owned(),
                line: 1,
                problem: format!(
                    "the shares of `{id}` sum to {sum}; they should sum to 1{}",
                    in_per_cent(sum)
                ),
            });
        }
    }
    Ok(())
}

/// What shares are that sum to this, where that shows.
fn in_per_cent(sum: f64) -> &'static str {
    if (sum - 100.0).abs() < 1.0 {
        ", and these seem to be per cent"
    } else {
        ""
    }
}

/// The severities of one type.
fn severities_of(table: &Table, id: &str) -> Result<Vec<Severity>, TableError> {
    let of_type = table.rows().filter(|row| row.optional("type") == Some(id));
    of_type.map(|row| severity(&row)).collect()
}

fn severity(row: &Row<'_>) -> Result<Severity, TableError> {
    let needs = apparatus::read(row, "needs")?;
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
        on_scene: on_scene(row)?,
    })
}

/// `1:0.6 2:0.3 4:0.1` as numbers of engines with their shares.
fn engines(row: &Row<'_>) -> Result<Vec<(u16, f64)>, TableError> {
    let expected = "number:share pairs that sum to 1, such as `1:0.6 2:0.3 4:0.1`";
    let bad = |why: String| row.bad_value("engines", &format!("{expected}{why}"));
    let unread = || bad(String::new());
    let mut engines = Vec::new();
    for pair in row.text("engines")?.split_whitespace() {
        let (number, share) = pair.split_once(':').ok_or_else(unread)?;
        let number: u64 = number.parse().map_err(|_| unread())?;
        let share: f64 = share.parse().map_err(|_| unread())?;
        let Some(number) = u16::try_from(number)
            .ok()
            .filter(|number| (1..=MAX_ENGINES).contains(number))
        else {
            return Err(bad(format!(
                "; an incident needs from 1 to {MAX_ENGINES} engines, not {number}"
            )));
        };
        if !(share >= 0.0 && share.is_finite()) {
            return Err(bad(format!("; {share} is no share")));
        }
        engines.push((number, share));
    }
    let sum: f64 = engines.iter().map(|(_, share)| share).sum();
    if (sum - 1.0).abs() > 1e-6 {
        return Err(bad(format!("; these sum to {sum}{}", in_per_cent(sum))));
    }
    Ok(engines)
}

/// The rate of each part over the mean, 1 where there is no table.
fn factors<const PARTS: usize>(
    shares: Option<&HashMap<&str, [f64; PARTS]>>,
    id: &str,
) -> [f64; PARTS] {
    shares.map_or([1.0; PARTS], |shares| {
        shares[id].map(|share| share * PARTS as f64)
    })
}

/// The share of each part of what comes round again and again (hours, weekdays, months), from the weights
/// in the column of each type; `key` is the column that numbers the parts, from `first`.
fn shares<'i, const PARTS: usize>(
    source: &Source,
    key: &str,
    first: usize,
    ids: &[&'i str],
) -> Result<HashMap<&'i str, [f64; PARTS]>, TableError> {
    let last = first + PARTS - 1;
    let columns: Vec<&str> = std::iter::once(key).chain(ids.iter().copied()).collect();
    let table = Table::read(source, &Columns::of(&columns))?;
    let expected = format!("a number from {first} to {last}, each once");
    let mut of_parts: Vec<Option<Vec<f64>>> = vec![None; PARTS];
    table.each(&[key], |row| {
        let part: usize = row.parse(key, &expected)?;
        let weights = ids.iter().map(|id| row.non_negative(id));
        let weights = weights.collect::<Result<_, _>>();
        match (part.checked_sub(first)).and_then(|part| of_parts.get_mut(part)) {
            Some(of_part @ None) => {
                *of_part = Some(weights?);
                Ok(())
            }
            _ => Err(row.bad_value(key, &expected)),
        }
    })?;
    let no_rows = |hint: String| TableError::NoRows {
        file: table.file().to_owned(),
        hint,
    };
    let is_missing = |part: usize| {
        let part = part + first;
        no_rows(format!(
            "{key} {part} is missing; give {PARTS} rows, {first} to {last}"
        ))
    };
    let mut shares = HashMap::with_capacity(ids.len());
    for (number, id) in ids.iter().enumerate() {
        let mut of_type = [0.0; PARTS];
        for (part, weights) in of_parts.iter().enumerate() {
            of_type[part] = weights.as_ref().ok_or_else(|| is_missing(part))?[number];
        }
        let sum: f64 = of_type.iter().sum();
        if sum <= 0.0 {
            return Err(TableError::Whole {
                file: table.file().to_owned(),
                problem: format!("all weights of `{id}` are 0; one has to be larger"),
            });
        }
        shares.insert(*id, of_type.map(|weight| weight / sum));
    }
    Ok(shares)
}
