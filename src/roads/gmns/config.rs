//! `config.csv` of a network: the units of its lengths and speeds, and its coordinate system.

use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::crs::Crs;
use crate::geography::crs::meaning::SaidBy;
use crate::roads::gmns::account::Units;
use crate::table::{Columns, Others, Row, Table, TableError};

pub(super) const FILE: &str = "config.csv";

/// What `brigade` writes, so that others read its networks right.
pub(super) const OURS: &str = "dataset_name,short_length,long_length,speed,crs,geometry_field_format,\
                               version_number,id_type\nbrigade,metre,metre,kph,EPSG:4326,wkt,0.97,string\n";

/// A unit of length or speed, with its size in metres or km/h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    /// As tables write it.
    pub word: &'static str,
    pub size: f64,
    /// How else it is written, in small letters.
    others: &'static [&'static str],
}

const fn unit(word: &'static str, size: f64, others: &'static [&'static str]) -> Unit {
    Unit { word, size, others }
}

#[rustfmt::skip]
pub(super) const LENGTHS: [Unit; 6] = [
    unit("metre", 1.0, &["meter", "metres", "meters", "m", "米"]),
    unit("kilometre", 1000.0, &["kilometer", "kilometres", "kilometers", "km", "公里", "千米"]),
    unit("foot", 0.3048, &["feet", "ft", "us-ft", "us foot", "us survey foot", "英尺"]),
    unit("mile", 1609.344, &["miles", "mi", "英里"]),
    unit("yard", 0.9144, &["yards", "yd"]),
    unit("centimetre", 0.01, &["centimeter", "centimetres", "centimeters", "cm"]),
];

#[rustfmt::skip]
const SPEEDS: [Unit; 4] = [
    unit("kph", 1.0, &["km/h", "kmh", "kmph", "km/hr", "kilometre/hour", "kilometer/hour", "kilometres per hour", "kilometers per hour", "公里/小时", "千米/小时"]),
    unit("mph", 1.609_344, &["mi/h", "mile/hour", "miles/hour", "miles per hour", "mile per hour"]),
    unit("m/s", 3.6, &["mps", "metres per second", "meters per second", "米/秒"]),
    unit("ft/s", 1.097_28, &["fps", "feet per second"]),
];

/// Units and coordinates of a network.
#[derive(Debug)]
pub(super) struct Config {
    /// Of `length`.
    pub long: Unit,
    /// Of widths and heights.
    pub short: Unit,
    pub speed: Unit,
    pub crs: Crs,
}

/// What the table has.
const COLUMNS: Columns<'_> = Columns {
    required: &[],
    optional: &[
        "short_length",
        "long_length",
        "speed",
        "crs",
        "geometry_field_format",
        // Of the specification, and not used.
        "dataset_name",
        "currency",
        "version_number",
        "id_type",
    ],
    others: Others::Unused,
};

impl Config {
    /// Reads the table of a network; without one, lengths are metres, speeds km/h and positions degrees in
    /// WGS 84, as `osm2gmns` writes them.
    ///
    /// # Errors
    /// When it has not one row, or a unit or system that is not known.
    pub(super) fn of(folder: &Source) -> Result<Self, TableError> {
        let file = folder.join(FILE);
        let usual = Self {
            long: LENGTHS[0],
            short: LENGTHS[0],
            speed: SPEEDS[0],
            crs: Crs::degrees(None),
        };
        if !file.is_there() {
            return Ok(usual);
        }
        let table = Table::read(&file, &COLUMNS)?;
        table.require_rows("its one row says the units: short_length,long_length,speed,crs")?;
        let mut rows = table.rows();
        let (Some(row), None) = (rows.next(), rows.next()) else {
            return Err(TableError::Shape {
                file: file.to_string(),
                line: 3,
                problem: "a second row; the table should have one, for the whole network"
                    .to_owned(),
            });
        };
        if let Some(format) = row.optional("geometry_field_format")
            && !["wkt", "ewkt"].contains(&format.to_lowercase().as_str())
        {
            return Err(row.bad_value("geometry_field_format", "wkt: LINESTRING (x y, x y, …)"));
        }
        let long = unit_of(&row, "long_length", &LENGTHS)?.unwrap_or(usual.long);
        let short = unit_of(&row, "short_length", &LENGTHS)?.unwrap_or(usual.short);
        let speed = unit_of(&row, "speed", &SPEEDS)?.unwrap_or(usual.speed);
        let crs = match row.optional("crs") {
            None => usual.crs,
            Some(name) => Crs::named(name, None, SaidBy::Config).map_err(|problem| {
                row.bad_value("crs", &format!("one that is converted: {problem}"))
            })?,
        };
        Ok(Self {
            long,
            short,
            speed,
            crs,
        })
    }

    /// The units, where they are not all metres, km/h and degrees of WGS 84 itself.
    pub(super) fn unusual(&self) -> Option<Units> {
        let is_usual = [self.long, self.short, self.speed] == [LENGTHS[0], LENGTHS[0], SPEEDS[0]];
        let is_usual = is_usual && self.crs.meaning.is_wgs84();
        let [length, short_length, speed] =
            [self.long, self.short, self.speed].map(|unit| unit.word.to_owned());
        (!is_usual).then(|| Units {
            length,
            short_length,
            speed,
            positions: self.crs.meaning.clone(),
        })
    }

    /// The position of a row at two columns; where they are degrees, its column `coordinates` may say that they
    /// are shifted.
    ///
    /// # Errors
    /// When they are no position.
    pub(super) fn position(&self, row: &Row<'_>, [x, y]: [&str; 2]) -> Result<LonLat, TableError> {
        if self.crs.is_degrees() {
            return row.position_in(x, y);
        }
        let [east, north]: [f64; 2] = [
            row.parse(
                x,
                "a number of the coordinate system that config.csv states",
            )?,
            row.parse(
                y,
                "a number of the coordinate system that config.csv states",
            )?,
        ];
        let position = self.crs.position(east, north);
        position.map_err(|problem| {
            let right = format!("a position in {}: {problem}", self.crs.meaning.name());
            row.bad_value(x, &right)
        })
    }
}

fn unit_of(row: &Row<'_>, column: &str, known: &[Unit]) -> Result<Option<Unit>, TableError> {
    let Some(text) = row.optional(column) else {
        return Ok(None);
    };
    let word = text.to_lowercase();
    let found = known
        .iter()
        .find(|unit| unit.word == word || unit.others.contains(&word.as_str()));
    let Some(unit) = found else {
        let words: Vec<&str> = known.iter().map(|unit| unit.word).collect();
        return Err(row.bad_value(column, &format!("one of {}", words.join(", "))));
    };
    Ok(Some(*unit))
}
