//! Posted limits as mappers write them: `50`, `30 mph`, `zone:30`, `GB:nsl_single`, `none`.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::roads::osm::Tags;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::road::BothWays;
use crate::units::KmPerHour;

/// A `maxspeed` that was understood: a limit, or `None` where it says that there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxSpeed(pub Option<KmPerHour>);

/// The value is no speed; it is counted and left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASpeed;

/// Limits that hold by law where a country's code stands for them, by the code in lower case.
static BY_CODE: LazyLock<HashMap<String, Option<f64>>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(&include_bytes!("../../../data/maxspeed.csv")[..]);
    reader
        .records()
        .map(|row| {
            let row = row.expect("the program's own data/maxspeed.csv is right");
            (row[0].to_lowercase(), row[1].parse().ok())
        })
        .collect()
});

impl FromStr for MaxSpeed {
    type Err = NotASpeed;

    fn from_str(text: &str) -> Result<Self, NotASpeed> {
        // Of several limits the lowest: which of them holds here is not said.
        let mut lowest: Option<KmPerHour> = None;
        for part in text.split([';', '|']) {
            let Self(limit) = single(part.trim())?;
            lowest = match (lowest, limit) {
                (Some(a), Some(b)) if a.0 <= b.0 => Some(a),
                (before, limit) => limit.or(before),
            };
        }
        Ok(Self(lowest))
    }
}

fn single(text: &str) -> Result<MaxSpeed, NotASpeed> {
    match text {
        "none" | "unlimited" => return Ok(MaxSpeed(None)),
        "walk" => return Ok(MaxSpeed(Some(ASSUMED.roads.walking_pace))),
        _ => {}
    }
    let code = text.to_lowercase();
    if let Some(limit) = BY_CODE.get(&code) {
        return Ok(MaxSpeed(limit.map(KmPerHour)));
    }
    // `zone:30`, `DE:zone:30`, `DE:zone30`, `FR:30`: the number is the limit.
    if let Some((before, number)) = code.rsplit_once(':') {
        let number = number.strip_prefix("zone").unwrap_or(number);
        let is_country =
            |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase());
        let is_zone = before == "zone" || is_country(before) || before.ends_with(":zone");
        return if is_zone && number.bytes().all(|b| b.is_ascii_digit()) {
            in_range(number.parse().map_err(|_| NotASpeed)?)
        } else {
            Err(NotASpeed)
        };
    }
    let unit_start = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_start);
    let factor = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" | "kmph" | "公里/小时" => 1.0,
        "mph" => 1.609_344,
        "knots" | "kn" => 1.852,
        _ => return Err(NotASpeed),
    };
    in_range(number.parse::<f64>().map_err(|_| NotASpeed)? * factor)
}

fn in_range(speed: f64) -> Result<MaxSpeed, NotASpeed> {
    // To 0.1 km/h: a limit is not known closer, and the table reads better.
    let speed = (speed * 10.0).round() / 10.0;
    if (1.0..=300.0).contains(&speed) {
        Ok(MaxSpeed(Some(KmPerHour(speed))))
    } else {
        Err(NotASpeed)
    }
}

/// The limits in both directions of the way.
pub fn limits(tags: &Tags, odd: &mut NotUnderstood) -> BothWays<Option<KmPerHour>> {
    let mut read = |key: &str| -> Option<MaxSpeed> {
        let text = tags.get(key)?;
        let limit = text.parse();
        if limit.is_err() {
            odd.count(key, text);
        }
        limit.ok()
    };
    let mut both = read("maxspeed");
    let directed = BothWays {
        forwards: read("maxspeed:forward"),
        backwards: read("maxspeed:backward"),
    };
    if both.is_none() && tags.get("maxspeed").is_none() {
        both = ["maxspeed:type", "source:maxspeed", "zone:maxspeed"]
            .into_iter()
            .find_map(|key| of_type(key, tags.get(key)?, odd));
    }
    let limit = |limit: Option<MaxSpeed>| limit.or(both).and_then(|MaxSpeed(limit)| limit);
    BothWays {
        forwards: limit(directed.forwards),
        backwards: limit(directed.backwards),
    }
}

/// The limit that a kind of limit implies. Most say where the number was read (`sign`, `survey`),
/// and only codes of countries and zones can be odd.
fn of_type(key: &str, text: &str, odd: &mut NotUnderstood) -> Option<MaxSpeed> {
    let limit = text.parse().ok();
    if limit.is_none() && text.contains(':') && !text.contains("//") {
        odd.count(key, text);
    }
    limit
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 30 mph × 1.609344 = 48.28 km/h, written as 48.3; 5 knots × 1.852 = 9.26, written as 9.3.
    #[test]
    fn speed_limits_are_understood_in_every_spelling() {
        let limit = |text: &str| text.parse::<MaxSpeed>().map(|MaxSpeed(limit)| limit);
        for (text, expected) in [
            ("50", 50.0),
            ("50 km/h", 50.0),
            ("30 mph", 48.3),
            ("5 knots", 9.3),
            ("walk", 6.0),
            ("50;30", 30.0),
            ("50|30|80", 30.0),
            ("zone:30", 30.0),
            ("DE:zone:30", 30.0),
            ("de:zone30", 30.0),
            ("CN:urban", 50.0),
            ("gb:nsl_single", 96.6),
            ("DE:rural", 100.0),
            ("RO:urban", 50.0),
        ] {
            assert_eq!(limit(text), Ok(Some(KmPerHour(expected))), "{text}");
        }
        assert_eq!(limit("none"), Ok(None));
        assert_eq!(limit("DE:motorway"), Ok(None));
        for odd in [
            "", "signals", "XX:urban", "50;odd", "0", "-20", "4e3", "1.2.3", "zone:", "a:30",
        ] {
            assert_eq!(limit(odd), Err(NotASpeed), "{odd}");
        }
    }

    #[test]
    fn a_direction_has_its_own_limit_and_the_kind_stands_in_for_a_missing_one() {
        let of = |pairs: &[(&str, &str)]| limits(&Tags::of(pairs), &mut NotUnderstood::default());
        let both = of(&[("maxspeed", "60"), ("maxspeed:backward", "40")]);
        assert_eq!(both.forwards, Some(KmPerHour(60.0)));
        assert_eq!(both.backwards, Some(KmPerHour(40.0)));
        let implied = of(&[("maxspeed:type", "GB:nsl_single")]);
        assert_eq!(implied, BothWays::same(Some(KmPerHour(96.6))));
        assert_eq!(of(&[("source:maxspeed", "sign")]), BothWays::same(None));
    }
}
