//! The engines of one alternative, and in which order they are sent to each place.

use std::sync::Arc;

use crate::brigades::MOST_ENGINES;
use crate::brigades::apparatus::{self, ByKind, MOST_KINDS};
use crate::brigades::crew::Crew;
use crate::county::demand::DemandId;
use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::simulation::history::Moment;
use crate::simulation::sending::EngineId;
use crate::units::Millis;

/// The stations of one alternative with their engines.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Engines at each station.
    engines: Vec<u16>,
    /// For each station one bit for each engine of a kind, the first being those that do for
    /// everything.
    of_kind: Vec<[u64; MOST_KINDS]>,
    /// How many kinds are told apart, any being the first.
    kinds: usize,
    /// The kind that brings water.
    tender: Option<usize>,
    /// How much later than by their turnout the engines of each station leave.
    delay: Vec<Millis>,
    /// Who mans them.
    crew: Vec<Crew>,
    /// How long their engines take to leave, on average.
    mean_turnout: Vec<Millis>,
    /// Times between any two places, where engines on their way back can be sent elsewhere.
    between: Option<Arc<TravelTimes>>,
    /// Times between any two stations, row by row, where engines stand by at others.
    between_stations: Vec<Millis>,
    /// Stations of the county itself; those after them are neighbours.
    own: u16,
    /// For each place, one entry for every station that reaches it, in the order in which they are
    /// asked.
    preferences: Vec<Preference>,
    /// `first[place]..first[place + 1]` are the entries of a place; after those of all places the same
    /// again for each further time band.
    first: Vec<u32>,
    /// Places of one time band.
    places: usize,
    /// The time band of each hour; all 0 where there is only one.
    band_of_hour: [u8; 24],
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
        let in_band = |times: &TravelTimes| -> Vec<Vec<Preference>> {
            (0..times.destinations())
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
                .collect()
        };
        let mut by_place = in_band(times);
        for times in times.in_bands() {
            by_place.extend(in_band(times));
        }
        Self {
            delay: fleet.iter().map(|base| scenario.delay_of(*base)).collect(),
            crew: fleet.iter().map(|base| scenario.base(*base).crew).collect(),
            own: own as u16,
            mean_turnout: (fleet.iter())
                .map(|base| scenario.mean_turnout_of(*base))
                .collect(),
            between: times.between_places().cloned(),
            between_stations: times.between_origins().map_or_else(Vec::new, |times| {
                let rows = fleet.iter().map(|from| times.from(*from));
                rows.flat_map(|row| fleet.iter().map(|to| row[*to]))
                    .collect()
            }),
            of_kind: (fleet.iter())
                .map(|base| {
                    let station = scenario.base(*base);
                    let counts = apparatus::by_kind(&station.apparatus, &scenario.apparatus);
                    numbered(station.engines, counts)
                })
                .collect(),
            kinds: scenario.apparatus.len() + 1,
            tender: tender_of(scenario),
            places: times.destinations(),
            band_of_hour: scenario.bands.of_hour,
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
            mean_turnout: vec![Millis(0); engines.len()],
            between: None,
            between_stations: Vec::new(),
            of_kind: (engines.iter())
                .map(|engines| numbered(*engines, ByKind::default()))
                .collect(),
            kinds: 1,
            tender: None,
            own: engines.len() as u16,
            engines,
            preferences: by_place.concat(),
            first,
            places: by_place.len(),
            band_of_hour: [0; 24],
        }
    }

    /// The same with engines of certain kinds: for each station how many of each, the first being
    /// those that do for everything.
    ///
    /// # Panics
    /// When they do not come to the engines of a station.
    #[cfg(test)]
    #[must_use]
    pub fn with_kinds(mut self, counts: &[ByKind]) -> Self {
        let stations = self.engines.iter().zip(counts);
        self.of_kind = stations
            .map(|(engines, counts)| {
                let all: u16 = counts.iter().map(|count| u16::from(*count)).sum();
                assert_eq!(all, *engines, "every engine is of a kind");
                numbered(*engines, *counts)
            })
            .collect();
        self.kinds = MOST_KINDS;
        self
    }

    /// The same with other numbers of engines, which do for everything.
    #[cfg(test)]
    #[must_use]
    pub fn with_engines(mut self, engines: Vec<u16>) -> Self {
        let all = |engines: &u16| numbered(*engines, ByKind::default());
        self.of_kind = engines.iter().map(all).collect();
        self.engines = engines;
        self
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

    /// How long the engines of a station take to leave, on average.
    #[must_use]
    pub fn mean_turnout(&self, station: u16) -> Millis {
        self.mean_turnout[usize::from(station)]
    }

    /// Expected travel time from a station to a place at a moment; `None` where no road leads.
    #[must_use]
    pub fn expected(&self, station: u16, place: DemandId, moment: Moment) -> Option<Millis> {
        let preferences = self.preferences(place, moment).iter();
        let mut of_station = preferences.filter(|preference| preference.station == station);
        of_station.next().map(|preference| preference.expected)
    }

    /// Expected travel time from one place to another; `None` where no road leads or it is not
    /// known.
    #[must_use]
    pub fn between(&self, from: DemandId, to: DemandId) -> Option<Millis> {
        let times = self.between.as_ref()?;
        Some(times.get(from.index(), to.index())).filter(|time| time.is_finite())
    }

    /// Expected travel time from one station to another; `None` where no road leads or it is not
    /// known.
    #[must_use]
    pub fn between_stations(&self, from: u16, to: u16) -> Option<Millis> {
        let place = usize::from(from) * self.engines.len() + usize::from(to);
        let time = self.between_stations.get(place).copied();
        time.filter(|time| time.is_finite())
    }

    /// The same with times between any two stations, row by row.
    #[cfg(test)]
    #[must_use]
    pub fn with_times_between_stations(mut self, between: Vec<Millis>) -> Self {
        self.between_stations = between;
        self
    }

    /// The same with times between any two places.
    #[cfg(test)]
    #[must_use]
    pub fn with_times_between(mut self, between: Arc<TravelTimes>) -> Self {
        self.between = Some(between);
        self
    }

    /// Whether an engine does for a need of a kind.
    #[must_use]
    pub fn does_for(&self, station: u16, number: u16, kind: usize) -> bool {
        let own = self.kind_of(station, number);
        own == kind || own == 0 || kind == 0
    }

    /// How many kinds of engine are told apart, any being the first.
    #[inline]
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.kinds
    }

    /// Of the engines `ready` at a station, one bit each, the number of that which goes where one of a
    /// kind is needed: one of that kind before one that does for everything; where any will do, those
    /// first, and then one of the kind of which most are ready.
    #[inline]
    #[must_use]
    pub fn sent_for(&self, station: u16, ready: u64, kind: usize) -> Option<u32> {
        let of_kind = &self.of_kind[usize::from(station)];
        let mut able = ready & of_kind[kind];
        if able == 0 && kind > 0 {
            able = ready & of_kind[0];
        } else if able == 0 {
            let named = of_kind[1..self.kinds].iter().map(|engines| ready & engines);
            // Of equals the first kind.
            able = named.rev().max_by_key(|ready| ready.count_ones())?;
        }
        (able != 0).then(|| able.trailing_zeros())
    }

    /// The kind of an engine, 0 where it does for everything.
    #[must_use]
    pub fn kind_of(&self, station: u16, number: u16) -> usize {
        let of_kind = &self.of_kind[usize::from(station)];
        let found = of_kind
            .iter()
            .position(|engines| engines >> number & 1 == 1);
        found.unwrap_or(0)
    }

    /// Whether an engine brings water to where there is none.
    #[inline]
    #[must_use]
    pub fn brings_water(&self, engine: EngineId) -> bool {
        self.tender.is_some_and(|kind| {
            self.of_kind[usize::from(engine.station)][kind] >> engine.number & 1 == 1
        })
    }

    /// Whether a station is a neighbour's.
    #[inline]
    #[must_use]
    pub fn is_aid(&self, station: u16) -> bool {
        station >= self.own
    }

    /// The stations asked for a place at a moment, in their order.
    #[inline]
    #[must_use]
    pub fn preferences(&self, place: DemandId, moment: Moment) -> &[Preference] {
        let mut list = place.index();
        // Where all hours are alike, nobody asks which it is.
        if self.first.len() > self.places + 1 {
            list += usize::from(self.band_of_hour[moment.hour()]) * self.places;
        }
        &self.preferences[self.first[list] as usize..self.first[list + 1] as usize]
    }
}

/// The kind of engine that brings water, where a scenario names one.
fn tender_of(scenario: &Scenario) -> Option<usize> {
    let (tender, _) = scenario.stages.water.as_ref()?.tender.as_ref()?;
    let kind = scenario.apparatus.iter().position(|kind| kind == tender)?;
    Some(kind + 1)
}

/// The engines of a station by kind, one bit each: those that do for everything first, which are all
/// where no kinds are named.
fn numbered(engines: u16, counts: ByKind) -> [u64; MOST_KINDS] {
    let named: u16 = counts[1..].iter().map(|count| u16::from(*count)).sum();
    let bits = |count: u16| u64::MAX.checked_shr(64 - u32::from(count)).unwrap_or(0);
    let mut of_kind = [0; MOST_KINDS];
    let mut first = engines - named;
    of_kind[0] = bits(first);
    for (kind, count) in counts.iter().enumerate().skip(1) {
        let engines = bits(u16::from(*count));
        of_kind[kind] = engines.checked_shl(u32::from(first)).unwrap_or(0);
        first += u16::from(*count);
    }
    of_kind
}
