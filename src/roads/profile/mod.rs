//! What an engine can and may do on the roads: its profile, and the times that follow.
//!
//! The time to drive a road in one direction is
//!
//! ```text
//! speed = min(class, surface, smoothness) × band × weather
//! speed = min(speed, posted limit × share, speed against a one-way street)
//! time  = length / speed, to the millisecond, + signals × delay + crossings × delay
//! ```
//!
//! A road is closed to an engine that is higher, heavier, wider or longer than posted, or that needs more
//! carriageway than there is. Turns are timed in [`crate::roads::engine_graph`].

pub mod keys;

use std::collections::BTreeMap;

use crate::basis::Basis;
use crate::complaints::of_toml;
use crate::files::{FileError, Source};
use crate::language::Name;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::passage::Passage;
use crate::roads::road::{BothWays, Road, RoadId, SizeLimits};
use crate::roads::surface::{Smoothness, Surface};
use crate::units::{KmPerHour, Metres, Millis};

use keys::{FactorKey, ProfileKeys};

/// The profile that is used where none is named.
pub const DEFAULT_PROFILE: &str = "pumper";

/// The names of the profiles that an import writes.
pub const STARTERS: [&str; 2] = [DEFAULT_PROFILE, "light"];

/// How an engine drives, as its profile file describes it.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The name of its file without the ending, by which stations name it.
    pub id: String,
    /// What engine it describes.
    pub name: Name,
    pub file: String,
    /// What the file says.
    pub keys: ProfileKeys,
}

/// What can be wrong with a profile.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is not TOML, or a key is unknown, missing or not of its kind.
    #[error("{file}: {problem}")]
    Toml {
        file: String,
        /// What is wrong, with line and column.
        problem: String,
    },
    /// A figure is out of range.
    #[error("{file}: `{key}` is {value}; it should be {right}")]
    Range {
        file: String,
        key: String,
        /// What it says.
        value: f64,
        /// What would be right.
        right: &'static str,
    },
    /// A road of a class for which there is no speed.
    #[error(
        "{file}: there is no speed for `{class}`, and the network has roads of this class; add `{class} = {{ speed = … }}` under [class]"
    )]
    MissingClass { file: String, class: RoadClass },
    /// The band or weather asked for is not in the file.
    #[error("{file}: there is no {condition} `{wanted}`; the file has {known}")]
    UnknownCondition {
        file: String,
        /// Time band or weather.
        condition: &'static str,
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
}

/// The conditions of a drive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The time band; a free road where none is named.
    pub band: Option<String>,
    /// The weather; dry where none is named.
    pub weather: Option<String>,
    /// Roads that are closed: a landslide, a bridge out. No part of them is driven.
    pub closed: Vec<RoadId>,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// When the file cannot be read, or says something that cannot be.
    pub fn read(source: &Source) -> Result<Self, ProfileError> {
        let file = source.to_string();
        let keys: ProfileKeys =
            toml::from_str(&source.read_text()?).map_err(|error| ProfileError::Toml {
                file: file.clone(),
                problem: of_toml(&error),
            })?;
        let id = source.stem();
        let profile = Self {
            id,
            name: Name {
                local: keys.name.clone(),
                english: keys.name_en.clone().unwrap_or_else(|| keys.name.clone()),
            },
            file,
            keys,
        };
        profile.check_factors()?;
        Ok(profile)
    }

    /// The profile inside the program of this name, if there is one.
    pub fn embedded(id: &str) -> Option<Source> {
        let source = Source::Embedded(format!("data/profiles/{id}.toml").into());
        source.is_there().then_some(source)
    }

    /// The profiles that an import writes, for counties that have none of their own yet.
    ///
    /// # Panics
    /// Never: the program's own profiles are right.
    pub fn starters() -> Vec<Self> {
        let read = |id: &str| Self::embedded(id).and_then(|source| Self::read(&source).ok());
        let own = STARTERS.map(|id| read(id).expect("the program's own profiles are right"));
        own.into()
    }

    /// The profile of this name in `folder`, or else the one inside the program, if there is one.
    pub fn find(id: &str, folder: &Source) -> Option<Source> {
        let given = folder.join(format!("{id}.toml"));
        if given.is_there() {
            Some(given)
        } else {
            Self::embedded(id)
        }
    }

    fn check_factors(&self) -> Result<(), ProfileError> {
        let limit = std::iter::once(("posted_limit".to_owned(), &self.keys.posted_limit));
        let bands = self
            .keys
            .band
            .iter()
            .map(|(id, key)| (format!("band.{id}"), key));
        let weather = self.keys.weather.iter();
        let weather = weather.map(|(id, key)| (format!("weather.{id}"), key));
        for (key, factor) in limit.chain(bands).chain(weather) {
            if !(0.05..=3.0).contains(&factor.factor) {
                return Err(ProfileError::Range {
                    file: self.file.clone(),
                    key: format!("{key}.factor"),
                    value: factor.factor,
                    right: "between 0.05 and 3",
                });
            }
        }
        Ok(())
    }

    /// Checks that every class of the network has a speed.
    ///
    /// # Errors
    /// When one has none.
    pub fn check_classes(&self, roads: &RoadGraph) -> Result<(), ProfileError> {
        let missing = roads
            .roads()
            .iter()
            .map(|road| road.class)
            .find(|class| !self.keys.class.contains_key(class));
        missing.map_or(Ok(()), |class| {
            Err(ProfileError::MissingClass {
                file: self.file.clone(),
                class,
            })
        })
    }

    /// How each of its figures is known.
    pub fn bases(&self) -> impl Iterator<Item = Basis> {
        let keys = &self.keys;
        let delay = &keys.delay;
        let delays = [
            &delay.signal,
            &delay.crossing,
            &delay.gate,
            &delay.left,
            &delay.right,
            &delay.u_turn,
        ];
        let gates = [&delay.private_gate, &delay.locked_gate].into_iter();
        let exemption = &keys.exemption;
        [keys.size.basis, keys.posted_limit.basis]
            .into_iter()
            .chain(keys.class.values().map(|key| key.basis))
            .chain(keys.surface.values().map(|key| key.basis))
            .chain(keys.smoothness.values().map(|key| key.basis))
            .chain(keys.band.values().map(|key| key.basis))
            .chain(keys.weather.values().map(|key| key.basis))
            .chain(delays.map(|key| key.basis))
            .chain(gates.flatten().map(|key| key.basis))
            .chain(exemption.against_one_way.iter().map(|key| key.basis))
            .chain(exemption.forbidden_turns.iter().map(|key| key.basis))
            .chain(exemption.emergency_gates.iter().map(|key| key.basis))
    }

    /// The times of this engine under `conditions`.
    ///
    /// # Errors
    /// When the profile has no such band or weather.
    pub fn under(&self, conditions: &Conditions) -> Result<Driving<'_>, ProfileError> {
        let band = self.factor("time band", &self.keys.band, conditions.band.as_deref())?;
        let weather = self.factor("weather", &self.keys.weather, conditions.weather.as_deref())?;
        Ok(Driving {
            keys: &self.keys,
            factor: band * weather,
            closed: conditions.closed.iter().copied().collect(),
        })
    }

    fn factor(
        &self,
        condition: &'static str,
        factors: &BTreeMap<String, FactorKey>,
        wanted: Option<&str>,
    ) -> Result<f64, ProfileError> {
        let Some(wanted) = wanted else {
            return Ok(1.0);
        };
        let known = || match factors.keys().cloned().collect::<Vec<_>>() {
            none if none.is_empty() => "none".to_owned(),
            some => some.join(", "),
        };
        factors
            .get(wanted)
            .map(|key| key.factor)
            .ok_or_else(|| ProfileError::UnknownCondition {
                file: self.file.clone(),
                condition,
                wanted: wanted.to_owned(),
                known: known(),
            })
    }
}

/// An engine under given conditions.
#[derive(Clone, Debug)]
pub struct Driving<'p> {
    /// What the profile says.
    pub keys: &'p ProfileKeys,
    /// Speed times this, by band and weather.
    factor: f64,
    closed: std::collections::HashSet<RoadId>,
}

impl Driving<'_> {
    /// The speed in one direction of a road, or `None` where the engine cannot or may not drive.
    pub fn speed(&self, id: RoadId, road: &Road, forwards: bool) -> Option<KmPerHour> {
        let against = match road.passage.along(forwards) {
            Passage::Open | Passage::Emergency => f64::INFINITY,
            Passage::AgainstOneWay => self.keys.exemption.against_one_way.as_ref()?.speed.0,
            Passage::Closed => return None,
        };
        if self.closed.contains(&id) || !self.fits_road(road) {
            return None;
        }
        let surface = match road.surface {
            None | Some(Surface::Paved) => f64::INFINITY,
            // A surface without a word in the profile is driven on as if it were paved.
            Some(surface) => match self.keys.surface.get(&surface) {
                Some(key) => key.speed?.0,
                None => f64::INFINITY,
            },
        };
        let smoothness = match road.smoothness {
            None => f64::INFINITY,
            Some(Smoothness::Impassable) => return None,
            Some(smoothness) => match self.keys.smoothness.get(&smoothness) {
                Some(key) => key.speed?.0,
                None => f64::INFINITY,
            },
        };
        let class = self.keys.class.get(&road.class)?.speed.0;
        let free = class.min(surface).min(smoothness) * self.factor;
        let limit = road
            .free_speed
            .along(forwards)
            .map_or(f64::INFINITY, |limit| {
                limit.0 * self.keys.posted_limit.factor
            });
        Some(KmPerHour(free.min(limit).min(against)))
    }

    /// The time to drive the whole of a road in one direction, `NEVER` where it is not driven.
    pub fn time(&self, id: RoadId, road: &Road, forwards: bool) -> Millis {
        let Some(speed) = self.speed(id, road, forwards) else {
            return Millis::NEVER;
        };
        let waits = self.waits(road, forwards);
        waits.fold(speed.time_for(road.length), |time, (_, wait)| time + wait)
    }

    /// Where along a road an engine in one direction waits, as a share of it from the first junction that it
    /// passes, and how long.
    pub fn waits<'r>(
        &self,
        road: &'r Road,
        forwards: bool,
    ) -> impl Iterator<Item = (f64, Millis)> + use<'r> {
        fn each(
            places: &BothWays<Vec<Metres>>,
            (Metres(whole), forwards): (Metres, bool),
            wait: Millis,
        ) -> impl Iterator<Item = (f64, Millis)> {
            let places = places.side(forwards).iter();
            places.map(move |Metres(along)| {
                let share = if whole > 0.0 { along / whole } else { 0.0 };
                (if forwards { share } else { 1.0 - share }, wait)
            })
        }
        let delay = &self.keys.delay;
        let direction = (road.length, forwards);
        let signals = each(&road.signals, direction, delay.signal.time);
        signals.chain(each(&road.crossings, direction, delay.crossing.time))
    }

    /// Whether a road is posted for so large an engine, and wide enough for it.
    pub fn fits_road(&self, road: &Road) -> bool {
        let is_wide_enough = |width| self.keys.size.carriageway <= width;
        self.fits(&road.limits) && road.width.is_none_or(is_wide_enough)
    }

    /// Whether the engine is as low, light, narrow and short as is posted.
    pub fn fits(&self, limits: &SizeLimits) -> bool {
        let size = &self.keys.size;
        limits.height.is_none_or(|limit| size.height <= limit)
            && limits.weight.is_none_or(|limit| size.weight <= limit)
            && limits.width.is_none_or(|limit| size.width <= limit)
            && limits
                .axle_load
                .is_none_or(|limit| size.axle_load.is_none_or(|load| load <= limit))
            && limits
                .length
                .is_none_or(|limit| size.length.is_none_or(|length| length <= limit))
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
