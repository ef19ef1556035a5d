//! What the values of a feature say of its road, under a mapping; what is not understood is counted.

use std::collections::BTreeMap;

use crate::roads::class::RoadClass;
use crate::roads::lines::mapping::{Mapping, SpeedColumn, SpeedUnit};
use crate::roads::passage::Structure;
use crate::roads::road::SizeLimits;
use crate::roads::surface::Surface;
use crate::units::{KmPerHour, Metres, Tonnes};

/// The values of a feature by column.
pub type Values = BTreeMap<String, String>;

/// What is known of a road but its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// The feature's id, where it has one.
    pub id: Option<String>,
    /// Name, or empty.
    pub name: String,
    pub class: RoadClass,
    /// Whether the layer says so, and not the default of the mapping.
    pub is_class_known: bool,
    /// Which way it may be driven.
    pub driven: Driven,
    /// Posted limit.
    pub free_speed: Option<KmPerHour>,
    /// Lanes of both directions together.
    pub lanes: Option<u8>,
    pub surface: Option<Surface>,
    /// Width of the carriageway.
    pub width: Option<Metres>,
    /// The largest vehicle.
    pub limits: SizeLimits,
    /// Bridge or tunnel.
    pub structure: Option<Structure>,
    /// 0 on the ground.
    pub level: i32,
}

/// The direction of traffic against the order of a line's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driven {
    BothWays,
    /// From the first point to the last.
    Forwards,
    /// From the last to the first.
    Backwards,
}

/// Values that the mapping does not explain, by column and value, with counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Misunderstood {
    /// Values of the class that took the default; the empty text stands for no value.
    pub class_by_default: BTreeMap<String, u64>,
    /// Values that were passed over.
    pub not_understood: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Misunderstood {
    fn count(&mut self, column: &str, value: &str) {
        let values = self.not_understood.entry(column.to_owned()).or_default();
        *values.entry(value.to_owned()).or_default() += 1;
    }
}

/// What the values of a feature say, or `None` when the mapping drops it.
pub fn describe(mapping: &Mapping, values: &Values, odd: &mut Misunderstood) -> Option<Described> {
    let (class, is_class_known) = class(mapping, values, odd)?;
    let plain = &mapping.columns;
    let value = |column: &Option<String>| column.as_ref().and_then(|column| values.get(column));
    let names = plain.name.all().iter();
    let mut positive = |column: &Option<String>, most: f64, units: &[&str]| {
        let text = value(column)?;
        match measure(text, units) {
            // Tables say 0 where nothing is known.
            Some(0.0) => None,
            Some(number) if number > 0.0 && number <= most => Some(number),
            _ => {
                odd.count(column.as_deref().unwrap_or_default(), text);
                None
            }
        }
    };
    let lanes = positive(&plain.lanes, 255.0, &["车道", "道"]);
    let width = positive(&plain.width, 200.0, METRES).map(Metres);
    let limits = SizeLimits {
        height: positive(&plain.max_height, 100.0, METRES).map(Metres),
        weight: positive(&plain.max_weight, 1000.0, &["t", "吨"]).map(Tonnes),
        width: positive(&plain.max_width, 200.0, METRES).map(Metres),
        ..SizeLimits::default()
    };
    let lanes = lanes.and_then(|lanes| {
        if lanes.fract() == 0.0 {
            return Some(lanes as u8);
        }
        let (column, text) = (plain.lanes.as_deref()?, value(&plain.lanes)?);
        odd.count(column, text);
        None
    });
    let structure = structure(mapping, values);
    let by_structure = match structure {
        Some(Structure::Bridge) => 1,
        Some(Structure::Tunnel) => -1,
        None => 0,
    };
    let level = match value(&plain.layer) {
        None => by_structure,
        Some(text) => match measure(text, &[]) {
            Some(level) if level.fract() == 0.0 && level.abs() <= 100.0 => level as i32,
            _ => {
                odd.count(plain.layer.as_deref().unwrap_or_default(), text);
                by_structure
            }
        },
    };
    Some(Described {
        id: value(&plain.id).cloned(),
        name: names
            .filter_map(|column| values.get(column))
            .next()
            .cloned()
            .unwrap_or_default(),
        class,
        is_class_known,
        driven: driven(mapping, values, odd),
        free_speed: mapping
            .speed
            .as_ref()
            .and_then(|column| speed(column, values, odd)),
        lanes,
        surface: surface(mapping, values, odd),
        width,
        limits,
        structure,
        level,
    })
}

const METRES: &[&str] = &["m", "米"];

/// The class, and whether the layer says so.
fn class(mapping: &Mapping, values: &Values, odd: &mut Misunderstood) -> Option<(RoadClass, bool)> {
    let default = mapping.class.default.0.map(|class| (class, false));
    let Some(column) = &mapping.class.column else {
        return default;
    };
    let value = values.get(column).map_or("", String::as_str);
    let mut listed = mapping.class.values.iter();
    match listed.find(|(listed, _)| is_same(listed, value)) {
        Some((_, class)) => class.0.map(|class| (class, true)),
        None => {
            *odd.class_by_default.entry(value.to_owned()).or_default() += 1;
            default
        }
    }
}

fn driven(mapping: &Mapping, values: &Values, odd: &mut Misunderstood) -> Driven {
    let Some((direction, value)) = mapping
        .direction
        .as_ref()
        .and_then(|direction| Some((direction, values.get(&direction.column)?)))
    else {
        return Driven::BothWays;
    };
    let is_in = |listed: &[String]| listed.iter().any(|listed| is_same(listed, value));
    if is_in(&direction.forward) {
        Driven::Forwards
    } else if is_in(&direction.backward) {
        Driven::Backwards
    } else {
        if !is_in(&direction.both) {
            odd.count(&direction.column, value);
        }
        Driven::BothWays
    }
}

fn speed(column: &SpeedColumn, values: &Values, odd: &mut Misunderstood) -> Option<KmPerHour> {
    let text = values.get(&column.column)?;
    let (number, unit) = split(text);
    let unit = match unit {
        "" => Some(column.unit),
        "km/h" | "kmh" | "kph" | "km" | "公里/小时" | "千米/小时" | "公里" => {
            Some(SpeedUnit::KmPerHour)
        }
        "m/s" | "米/秒" => Some(SpeedUnit::MetresPerSecond),
        "mph" => Some(SpeedUnit::MilesPerHour),
        _ => None,
    };
    let speed = number
        .zip(unit)
        // To 0.1 km/h: a limit is not known closer, and the table reads better.
        .map(|(number, unit)| (number * unit.in_km_per_hour() * 10.0).round() / 10.0);
    match speed {
        Some(0.0) => None,
        Some(speed) if (1.0..=300.0).contains(&speed) => Some(KmPerHour(speed)),
        _ => {
            odd.count(&column.column, text);
            None
        }
    }
}

fn surface(mapping: &Mapping, values: &Values, odd: &mut Misunderstood) -> Option<Surface> {
    let column = mapping.surface.as_ref()?;
    let value = values.get(&column.column)?;
    let found = column
        .values
        .iter()
        .find(|(listed, _)| is_same(listed, value));
    if found.is_none() {
        odd.count(&column.column, value);
    }
    found.map(|(_, surface)| *surface)
}

fn structure(mapping: &Mapping, values: &Values) -> Option<Structure> {
    [
        (&mapping.bridge, Structure::Bridge),
        (&mapping.tunnel, Structure::Tunnel),
    ]
    .into_iter()
    .find_map(|(column, structure)| {
        let column = column.as_ref()?;
        let value = values.get(&column.column)?;
        let is_yes = column.yes.iter().any(|yes| is_same(yes, value));
        is_yes.then_some(structure)
    })
}

/// Whether a value is the one that the mapping lists: the same text, or the same number, since a
/// table may write 1 as `1.000`.
fn is_same(listed: &str, value: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    listed == value
        || number(listed)
            .zip(number(value))
            .is_some_and(|(a, b)| a == b)
}

/// A number, with one of `units` after it or none.
fn measure(text: &str, units: &[&str]) -> Option<f64> {
    let (number, unit) = split(text);
    number.filter(|_| unit.is_empty() || units.contains(&unit))
}

/// The number at the beginning of a text, if it is one, and what follows it.
fn split(text: &str) -> (Option<f64>, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    // DBF files write small and large numbers as 1.5e+001.
    match text.parse::<f64>() {
        Ok(number) => (Some(number).filter(|number| number.is_finite()), ""),
        Err(_) => (number.parse().ok(), unit.trim()),
    }
}
