//! The engines of one alternative, and in which order they are sent to each place.

use crate::brigades::MOST_ENGINES;
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// The stations of one alternative with their engines.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Engines at each station.
    engines: Vec<u16>,
    /// For each place, one entry for every station that reaches it, in the order in which they are
    /// asked.
    preferences: Vec<Preference>,
    /// `first[place]..first[place + 1]` are the entries of a place.
    first: Vec<u32>,
}

/// A station that can answer at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Preference {
    /// Expected travel time.
    pub expected: Millis,
    /// The station, by its place in the alternative.
    pub station: u16,
}

impl Deployment {
    /// The stations that stand in an alternative, nearest first.
    #[must_use]
    pub fn of(scenario: &Scenario, times: &TravelTimes, alternative: &Alternative) -> Self {
        let bases = scenario.bases_of(alternative);
        let engines = bases.iter().map(|base| scenario.base(*base).engines);
        Self::nearest_first(times, &bases, engines.collect())
    }

    /// Nearest first: the stations `bases` (rows of `times`) with so many engines each, asked by
    /// expected travel time and then in their own order.
    ///
    /// # Panics
    /// When a station has more than [`MOST_ENGINES`].
    #[must_use]
    pub fn nearest_first(times: &TravelTimes, bases: &[usize], engines: Vec<u16>) -> Self {
        let mut by_place = Vec::with_capacity(times.destinations());
        for place in 0..times.destinations() {
            let mut preferences: Vec<Preference> = (0..)
                .zip(bases)
                .map(|(station, base)| Preference {
                    expected: times.get(*base, place),
                    station,
                })
                .filter(|preference| preference.expected.is_finite())
                .collect();
            preferences.sort_unstable();
            by_place.push(preferences);
        }
        Self::in_order(engines, &by_place)
    }

    /// As each place's own list says: a running card.
    ///
    /// # Panics
    /// When a station has more than [`MOST_ENGINES`].
    #[must_use]
    pub fn in_order(engines: Vec<u16>, by_place: &[Vec<Preference>]) -> Self {
        assert!(engines.iter().all(|engines| *engines <= MOST_ENGINES));
        let mut first = vec![0];
        first.extend(by_place.iter().scan(0, |sum, list| {
            *sum += list.len() as u32;
            Some(*sum)
        }));
        Self {
            engines,
            preferences: by_place.concat(),
            first,
        }
    }

    /// Engines at each station.
    #[must_use]
    pub fn engines(&self) -> &[u16] {
        &self.engines
    }

    /// The stations asked for a place, in their order.
    #[inline]
    #[must_use]
    pub fn preferences(&self, place: usize) -> &[Preference] {
        &self.preferences[self.first[place] as usize..self.first[place + 1] as usize]
    }
}
