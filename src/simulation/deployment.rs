//! The engines of one alternative, and in which order they are sent to each place.

use crate::brigades::MOST_ENGINES;
use crate::brigades::crew::Crew;
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// The stations of one alternative with their engines.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Engines at each station.
    engines: Vec<u16>,
    /// How much later than by their turnout the engines of each station leave.
    delay: Vec<Millis>,
    /// Who mans them.
    crew: Vec<Crew>,
    /// Stations of the county itself; those after them are neighbours.
    own: u16,
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
    /// The stations that stand in an alternative: those on the running card in its order, then the
    /// others, the nearest first, and last the neighbours.
    #[must_use]
    pub fn of(scenario: &Scenario, times: &TravelTimes, alternative: &Alternative) -> Self {
        let fleet = scenario.fleet_of(alternative);
        let own = fleet.len() - scenario.aid.len();
        let engines = fleet.iter().map(|base| scenario.base(*base).engines);
        let by_place: Vec<Vec<Preference>> = (0..times.destinations())
            .map(|place| {
                let card = &scenario.running_card[place];
                let mut preferences: Vec<Preference> = (0..)
                    .zip(&fleet)
                    .map(|(station, base)| Preference {
                        expected: times.get(*base, place),
                        station,
                    })
                    .filter(|preference| preference.expected.is_finite())
                    .collect();
                preferences.sort_by_key(|preference| {
                    let station = usize::from(preference.station);
                    let on_card = card.iter().position(|base| *base == fleet[station]);
                    let base = fleet[station];
                    let before = scenario.delay_of(base) + scenario.mean_turnout_of(base);
                    let time = preference.expected + before;
                    (station >= own, on_card.unwrap_or(card.len()), time, station)
                });
                preferences
            })
            .collect();
        Self {
            delay: fleet.iter().map(|base| scenario.delay_of(*base)).collect(),
            crew: fleet.iter().map(|base| scenario.base(*base).crew).collect(),
            own: own as u16,
            ..Self::in_order(engines.collect(), &by_place)
        }
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
            delay: vec![Millis(0); engines.len()],
            crew: vec![Crew::FullTime; engines.len()],
            own: engines.len() as u16,
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

    /// How much later than by their turnout the engines of a station leave.
    #[inline]
    #[must_use]
    pub fn delay(&self, station: u16) -> Millis {
        self.delay[usize::from(station)]
    }

    /// Who mans the engines of a station.
    #[inline]
    #[must_use]
    pub fn crew(&self, station: u16) -> Crew {
        self.crew[usize::from(station)]
    }

    /// Whether a station is a neighbour's.
    #[inline]
    #[must_use]
    pub fn is_aid(&self, station: u16) -> bool {
        station >= self.own
    }

    /// The stations asked for a place, in their order.
    #[inline]
    #[must_use]
    pub fn preferences(&self, place: usize) -> &[Preference] {
        &self.preferences[self.first[place] as usize..self.first[place + 1] as usize]
    }
}
