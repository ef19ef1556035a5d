//! The lines and points of a network: well-known text in its own column, or in `geometry.csv`, to which
//! `geometry_id` points.

use std::collections::HashMap;

use crate::files::Source;
use crate::geography::LonLat;
use crate::roads::gmns::config::Config;
use crate::table::{Columns, Others, Row, Table, TableError};

pub(super) const FILE: &str = "geometry.csv";

/// The texts of `geometry.csv` by id, and their lines in that file.
pub(super) struct Geometries {
    table: Option<Table>,
}

/// What the table has.
const COLUMNS: Columns<'_> = Columns {
    others: Others::Unused,
    ..Columns::of(&["geometry_id", "geometry"])
};

impl Geometries {
    /// Reads the table, where there is one.
    ///
    /// # Errors
    /// When it has not the columns, or an id twice.
    pub(super) fn of(folder: &Source) -> Result<Self, TableError> {
        let file = folder.join(FILE);
        if !file.is_there() {
            return Ok(Self { table: None });
        }
        let table = Table::read(&file, &COLUMNS)?;
        table.each(&["geometry_id"], |_| Ok(()))?;
        Ok(Self { table: Some(table) })
    }

    /// The rows by id.
    pub(super) fn rows(&self) -> HashMap<&str, Row<'_>> {
        let rows = self.table.iter().flat_map(Table::rows);
        rows.filter_map(|row| Some((row.optional("geometry_id")?, row)))
            .collect()
    }
}

/// The line of a link in WGS 84, whatever its column `coordinates` or `config.csv` says that it is; none where
/// it has none.
///
/// # Errors
/// When the text is no line, a point of it no position, or the id is not in `geometry.csv`.
pub(super) fn line(
    row: &Row<'_>,
    geometries: &HashMap<&str, Row<'_>>,
    config: &Config,
) -> Result<Option<Vec<LonLat>>, TableError> {
    let of_row = |at: &Row<'_>| {
        at.optional("geometry")
            .map(|text| points(at, text, ["LINESTRING", "MULTILINESTRING"], config, row))
            .transpose()
    };
    if let Some(line) = of_row(row)? {
        return Ok(Some(line));
    }
    match row.optional("geometry_id") {
        // Many networks leave the table out and keep the column.
        Some(_) if geometries.is_empty() => Ok(None),
        Some(id) => {
            let at = geometries.get(id).ok_or_else(|| {
                row.bad_value("geometry_id", "a geometry_id of geometry.csv, or empty")
            })?;
            of_row(at)
        }
        None => Ok(None),
    }
}

/// The position of a node that has it as well-known text alone.
///
/// # Errors
/// When the text is no point or its position none.
pub(super) fn point(row: &Row<'_>, text: &str, config: &Config) -> Result<LonLat, TableError> {
    let points = points(row, text, ["POINT", "MULTIPOINT"], config, row)?;
    Ok(points[0])
}

/// The points of a text at `at` of one of two kinds, of which the second has one part; at least one for a
/// point, two for a line. `of` says whether degrees are shifted.
fn points(
    at: &Row<'_>,
    text: &str,
    kinds: [&str; 2],
    config: &Config,
    of: &Row<'_>,
) -> Result<Vec<LonLat>, TableError> {
    let is_line = kinds[0] == "LINESTRING";
    let right = || {
        let what = if config.crs.is_degrees() {
            "lon lat"
        } else {
            "x y"
        };
        if is_line {
            format!(
                "LINESTRING ({what}, {what}, …) in {}",
                config.crs.meaning.name()
            )
        } else {
            format!("POINT ({what}) in {}", config.crs.meaning.name())
        }
    };
    let bad = || at.bad_value("geometry", &right());
    // EWKT names the system before the text; the table `config` has done so already.
    let text = match text.split_once(';') {
        Some((srid, rest)) if srid.trim().to_uppercase().starts_with("SRID") => rest,
        _ => text,
    };
    let open = text.find('(').ok_or_else(bad)?;
    let keyword = text[..open].to_uppercase();
    let mut words = keyword.split_whitespace();
    let is_kind = words.next().is_some_and(|word| {
        let word = word.trim_end_matches(['Z', 'M']);
        kinds.contains(&word)
    });
    if !is_kind || words.any(|word| !["Z", "M", "ZM"].contains(&word)) {
        return Err(bad());
    }
    let mut inner = text[open..].trim();
    while let Some(within) = inner
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        inner = within.trim();
    }
    let datum = of.datum()?;
    let mut points = Vec::new();
    for pair in inner.split(',') {
        let mut numbers = pair.split_whitespace().map(str::parse::<f64>);
        let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) else {
            return Err(bad());
        };
        let position = config
            .crs
            .position(x, y)
            .map_err(|problem| at.bad_value("geometry", &format!("{}: {problem}", right())))?;
        points.push(if config.crs.is_degrees() {
            datum.to_wgs84(position)
        } else {
            position
        });
    }
    if points.len() < if is_line { 2 } else { 1 } {
        return Err(bad());
    }
    Ok(points)
}
