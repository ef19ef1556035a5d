//! Roads in the account of an import: what is left out of the network, and what an engine is too large for.

use std::fmt;

use crate::cli::console::{counted, number_of};
use crate::roads::drivable::{LeftOut, NameOf};
use crate::roads::too_large::{LimitedRoads, TooLarge};
use crate::units::{Metres, Tonnes};

/// How many rows of a list the text shows; `import.json` has all.
const SHOWN: usize = 8;

/// The roads that no engine of the import's profiles drives there and back.
#[derive(Debug, serde::Serialize)]
pub(in crate::cli::import) struct LeftOutRoads {
    km: f64,
    links: usize,
    stretches: Vec<Stretch>,
}

#[derive(Debug, serde::Serialize)]
struct Stretch {
    km: f64,
    links: usize,
    /// Its own, else the nearest.
    name: String,
    name_is_own: bool,
    lon: f64,
    lat: f64,
}

/// What the engine of a profile cannot pass by its size.
#[derive(Debug, serde::Serialize)]
pub(in crate::cli::import) struct TooLargeFor {
    profile: String,
    km: f64,
    junctions: usize,
    roads: Vec<Limited>,
}

#[derive(Debug, serde::Serialize)]
struct Limited {
    km: f64,
    links: usize,
    /// Whether they are among those left out of the network.
    dropped: bool,
    name: String,
    name_is_own: bool,
    #[serde(flatten)]
    posted: Posted,
}

#[derive(Debug, serde::Serialize)]
struct Posted {
    #[serde(skip_serializing_if = "Option::is_none")]
    max_height_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_weight_t: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_width_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_axle_load_t: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carriageway_m: Option<f64>,
}

/// Kilometres to the metre, so that the file does not change with the last bit of a sum.
pub(super) fn km(metres: f64) -> f64 {
    metres.round() / 1000.0
}

fn name_of(name: &NameOf) -> (String, bool) {
    match name {
        NameOf::Own(name) => (name.clone(), true),
        NameOf::Near(name) => (name.clone(), false),
        NameOf::Nothing => (String::new(), false),
    }
}

fn called(name: &str, is_own: bool) -> String {
    match (name, is_own) {
        ("", _) => "without a name".to_owned(),
        (name, true) => name.to_owned(),
        (name, false) => format!("near {name}"),
    }
}

impl LeftOutRoads {
    pub(in crate::cli::import) fn of(left_out: &[LeftOut]) -> Self {
        let metres: f64 = left_out.iter().map(|stretch| stretch.length.0).sum();
        Self {
            km: km(metres),
            links: left_out.iter().map(|stretch| stretch.roads.len()).sum(),
            stretches: left_out.iter().map(Stretch::of).collect(),
        }
    }
}

impl Stretch {
    fn of(stretch: &LeftOut) -> Self {
        let (name, name_is_own) = name_of(&stretch.name);
        let position = stretch.position.as_written();
        Self {
            km: km(stretch.length.0),
            links: stretch.roads.len(),
            name,
            name_is_own,
            lon: position.lon,
            lat: position.lat,
        }
    }
}

impl TooLargeFor {
    pub(in crate::cli::import) fn of(profile: &str, too_large: &TooLarge) -> Self {
        let metres: f64 = too_large.roads.iter().map(|road| road.length.0).sum();
        Self {
            profile: profile.to_owned(),
            km: km(metres),
            junctions: too_large.junctions,
            roads: too_large.roads.iter().map(Limited::of).collect(),
        }
    }
}

impl Limited {
    fn of(roads: &LimitedRoads) -> Self {
        let (name, name_is_own) = name_of(&roads.name);
        let limits = roads.limits;
        let metres = |length: Option<Metres>| length.map(|length| length.0);
        let tonnes = |weight: Option<Tonnes>| weight.map(|weight| weight.0);
        Self {
            km: km(roads.length.0),
            links: roads.roads,
            dropped: !roads.is_kept,
            name,
            name_is_own,
            posted: Posted {
                max_height_m: metres(limits.height),
                max_weight_t: tonnes(limits.weight),
                max_width_m: metres(limits.width),
                max_axle_load_t: tonnes(limits.axle_load),
                max_length_m: metres(limits.length),
                carriageway_m: metres(roads.width),
            },
        }
    }
}

impl fmt::Display for Posted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            max_height_m,
            max_weight_t,
            max_width_m,
            max_axle_load_t,
            max_length_m,
            carriageway_m,
        } = self;
        let said: Vec<String> = [
            (max_height_m, "m high"),
            (max_weight_t, "t"),
            (max_width_m, "m wide"),
            (max_axle_load_t, "t an axle"),
            (max_length_m, "m long"),
            (carriageway_m, "m of carriageway"),
        ]
        .into_iter()
        .filter_map(|(limit, unit)| Some(format!("{} {unit}", (*limit)?)))
        .collect();
        f.write_str(&said.join(", "))
    }
}

/// The first rows of a list, and what the others come to.
fn shown<T>(rows: &[T], km: fn(&T) -> f64, row: fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<String> = rows.iter().take(SHOWN).map(row).collect();
    let rest = rows.get(SHOWN..).unwrap_or_default();
    if !rest.is_empty() {
        let km: f64 = rest.iter().map(km).sum();
        lines.push(format!("  and {} more, {km:.1} km together", rest.len()));
    }
    lines
}

impl LeftOutRoads {
    /// Lines of the text.
    pub(in crate::cli::import) fn lines(&self) -> Vec<String> {
        if self.links == 0 {
            return Vec::new();
        }
        let mut lines = vec![format!(
            "{:.1} km of roads ({}) that no engine drives there and back, drawn in dropped.geojson:",
            self.km,
            counted(self.links, "link")
        )];
        let row = |stretch: &Stretch| {
            let Stretch {
                km, lon, lat, name, ..
            } = stretch;
            let name = called(name, stretch.name_is_own);
            format!("  {km:.3} km {name} ({lon:.5}, {lat:.5})")
        };
        lines.extend(shown(&self.stretches, |stretch| stretch.km, row));
        lines
    }
}

impl TooLargeFor {
    /// Lines of the text.
    pub(in crate::cli::import) fn lines(&self) -> Vec<String> {
        if self.roads.is_empty() && self.junctions == 0 {
            return Vec::new();
        }
        let dropped = self.roads.iter().filter(|roads| roads.dropped);
        let dropped = match dropped.map(|roads| roads.km).reduce(|sum, km| sum + km) {
            None => String::new(),
            Some(km) => format!(", {km:.1} km of them dropped"),
        };
        let mut lines = vec![format!(
            "the profile `{}` is too large for {:.1} km{dropped}, and for {} at points:",
            self.profile,
            self.km,
            number_of(self.junctions as u64, ["bar or sign", "bars or signs"])
        )];
        let row = |roads: &Limited| {
            let name = called(&roads.name, roads.name_is_own);
            let dropped = if roads.dropped { " (dropped)" } else { "" };
            format!("  {:.3} km {name}: {}{dropped}", roads.km, roads.posted)
        };
        lines.extend(shown(&self.roads, |roads| roads.km, row));
        lines
    }
}
