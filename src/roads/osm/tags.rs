//! What the tags of a way say to a fire engine: whether it may be driven, which way, how fast, and
//! by what size of vehicle.

use crate::roads::class::RoadClass;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::unusable::Unusable;
use crate::roads::osm::{Tags, access, maxspeed, measures, names, surfaces};
use crate::roads::passage::{DrivingSide, Passage, Structure};
use crate::roads::road::{BothWays, SizeLimits};
use crate::roads::surface::{Smoothness, Surface};
use crate::units::{KmPerHour, Metres};

/// What stays the same along one road; where any of it changes, a junction is set.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadTags {
    pub class: RoadClass,
    /// Who may drive along it, forwards being along the line of the way.
    pub passage: BothWays<Passage>,
    /// Name, else number, else empty.
    pub name: String,
    /// Its names in languages, by language.
    pub names: Vec<(String, String)>,
    /// The posted limit.
    pub free_speed: BothWays<Option<KmPerHour>>,
    /// Lanes of both directions together.
    pub lanes: Option<u8>,
    /// What it is made of.
    pub surface: Option<Surface>,
    /// In what state that is.
    pub smoothness: Option<Smoothness>,
    /// Width of the carriageway.
    pub width: Option<Metres>,
    /// The largest vehicle.
    pub limits: SizeLimits,
    /// Bridge or tunnel.
    pub structure: Option<Structure>,
    /// On which side traffic keeps; its network knows where that is left.
    pub side: DrivingSide,
}

impl RoadTags {
    /// The same road, seen from its other end.
    pub fn reversed(self) -> Self {
        Self {
            passage: self.passage.reversed(),
            free_speed: self.free_speed.reversed(),
            ..self
        }
    }
}

/// What the word under `highway` stands for.
enum Kind {
    Road(RoadClass),
    /// A road for engines, though not the public.
    EnginesOnly,
    /// A way that is a road only when a tag lets motor vehicles or engines in.
    OnFoot,
}

fn kind(word: &str, odd: &mut NotUnderstood) -> Result<Kind, Unusable> {
    if let Ok(class) = word.parse() {
        return Ok(Kind::Road(class));
    }
    match word {
        // Engines drive through pedestrian streets and bus roads.
        "pedestrian" | "busway" => Ok(Kind::EnginesOnly),
        "footway" | "path" | "cycleway" | "bridleway" => Ok(Kind::OnFoot),
        "construction" | "proposed" | "planned" | "abandoned" | "disused" | "razed"
        | "demolished" | "no" => Err(Unusable::NotThere),
        "steps" | "corridor" | "platform" | "elevator" | "escalator" | "raceway"
        | "bus_guideway" | "escape" | "rest_area" | "services" | "via_ferrata" | "ladder"
        | "bus_stop" | "crossing" | "emergency_bay" | "traffic_island" => Err(Unusable::Kind),
        _ => {
            odd.count("highway", word);
            Err(Unusable::Kind)
        }
    }
}

/// Keys that say of what is drawn that it is no longer there, or in use.
const GONE: [&str; 6] = [
    "abandoned",
    "demolished",
    "disused",
    "razed",
    "removed",
    "ruins",
];

/// Whether what these tags describe is no longer there, or in use.
pub fn is_gone(tags: &Tags) -> bool {
    GONE.into_iter()
        .any(|key| tags.get(key).is_some_and(|value| value != "no"))
}

/// Keys that say of a road that nobody passes at times, which no rule knows: it is driven, and that is counted.
const AT_TIMES: [&str; 5] = [
    "construction",
    "flooded",
    "ice_road",
    "impassable",
    "winter_road",
];

/// The road that these tags describe, and what in them was not understood.
///
/// # Errors
/// Why it is none for a fire engine.
pub fn road(tags: &Tags, odd: &mut NotUnderstood) -> Result<RoadTags, Unusable> {
    let word = tags.get("highway").ok_or(Unusable::Kind)?;
    let kind = kind(word, odd)?;
    if is_gone(tags) {
        return Err(Unusable::NotThere);
    }
    if tags.is("area", "yes") {
        return Err(Unusable::Area);
    }
    for key in AT_TIMES {
        if let Some(value) = tags.get(key).filter(|value| *value != "no") {
            odd.count(key, value);
        }
    }
    let (class, mut passage) = match kind {
        Kind::Road(class) => (class, access::passage(tags, class, odd)?),
        Kind::OnFoot if !vehicles_are_let_in(tags) => return Err(Unusable::Kind),
        // The words on access of these are about the public, except for the one on engines.
        Kind::OnFoot | Kind::EnginesOnly => {
            let class = RoadClass::Service;
            match access::passage(tags, class, odd) {
                Ok(passage) => (class, passage),
                Err(Unusable::Closed) if tags.get("access").is_none() => {
                    (class, BothWays::same(Passage::Emergency))
                }
                Err(reason) => return Err(reason),
            }
        }
    };
    let for_engines = !matches!(kind, Kind::Road(_)) || tags.is("service", "emergency_access");
    if for_engines {
        let least = |passage| match passage {
            Passage::Open => Passage::Emergency,
            passage => passage,
        };
        passage = BothWays {
            forwards: least(passage.forwards),
            backwards: least(passage.backwards),
        };
    }
    let surface = surfaces::surface(tags, odd);
    // On a public road the word is kept, and the profile of the engine decides.
    let is_minor = matches!(class, RoadClass::Track | RoadClass::Service);
    if is_minor && surface == Some(Surface::Soft) {
        return Err(Unusable::Soft);
    }
    let smoothness = surfaces::smoothness(tags, odd);
    if smoothness == Some(Smoothness::Impassable) {
        return Err(Unusable::Impassable);
    }
    Ok(RoadTags {
        class,
        passage,
        names: names::in_languages(tags),
        name: tags
            .get("name")
            .or_else(|| tags.get("ref"))
            .unwrap_or_default()
            .to_owned(),
        free_speed: maxspeed::limits(tags, odd),
        lanes: lanes(tags, odd),
        surface,
        smoothness,
        width: measures::width(tags, odd),
        limits: measures::limits(tags, odd),
        structure: structure(tags, odd),
        side: DrivingSide::Right,
    })
}

fn vehicles_are_let_in(tags: &Tags) -> bool {
    let is_for_engines = [None, Some("forward"), Some("backward")]
        .into_iter()
        .any(|direction| {
            access::engines(tags, direction, &mut NotUnderstood::default()) == Some(true)
        });
    is_for_engines || access::lets_vehicles_in(tags)
}

fn lanes(tags: &Tags, odd: &mut NotUnderstood) -> Option<u8> {
    let text = tags.get("lanes")?;
    // `1.5` is a lane on which two cars just pass each other: one for an engine.
    let lanes = text.split('.').next().and_then(|whole| whole.parse().ok());
    if lanes.is_none() || lanes == Some(0) {
        odd.count("lanes", text);
    }
    lanes.filter(|lanes| *lanes > 0)
}

fn structure(tags: &Tags, odd: &mut NotUnderstood) -> Option<Structure> {
    let stands = |key: &str, odd: &mut NotUnderstood, known: &[&str]| match tags.get(key) {
        None | Some("no") => false,
        Some(value) => {
            if !known.contains(&value) {
                odd.count(key, value);
            }
            true
        }
    };
    let bridges = [
        "yes",
        "viaduct",
        "aqueduct",
        "boardwalk",
        "cantilever",
        "covered",
        "low_water_crossing",
        "movable",
        "trestle",
        "swing",
        "suspension",
        "arch",
        "simple_brunnel",
    ];
    if stands("bridge", odd, &bridges) {
        return Some(Structure::Bridge);
    }
    let tunnels = [
        "yes",
        "building_passage",
        "avalanche_protector",
        "culvert",
        "covered",
        "flooded",
    ];
    // A passage under a house is no tunnel with portals and traffic rules of its own.
    let passage = tags.is("tunnel", "building_passage");
    (stands("tunnel", odd, &tunnels) && !passage).then_some(Structure::Tunnel)
}

#[cfg(test)]
#[path = "tags_tests.rs"]
mod tests;
