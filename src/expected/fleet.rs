//! The stations of an alternative with their engines, and in which order they are asked for a place.

use crate::brigades::apparatus::{self, ByKind, MOST_KINDS};
use crate::brigades::crew::Crew;
use crate::brigades::{MOST_ENGINES, StationId};
use crate::expected::Expected;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// Stations with their engines: the county's own, and after them the neighbours.
#[derive(Clone, Debug)]
pub struct Fleet {
    stations: Vec<StationId>,
    /// How many are the county's own; those after them are neighbours.
    own: u16,
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
    /// By period of the day: from the order until an engine of each station leaves, delay included.
    turnout: Vec<Vec<Millis>>,
}

/// A station that can answer at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Preference {
    /// Expected travel time.
    pub expected: Millis,
    /// The station, by its place in the fleet.
    pub station: u16,
}

impl Fleet {
    /// These stations and all neighbours.
    #[must_use]
    pub fn of(expected: &Expected<'_>, standing: &[StationId]) -> Self {
        let scenario = expected.scenario;
        let own = standing.len() as u16;
        let neighbours = scenario.stations.neighbouring();
        let ids: Vec<StationId> = standing.iter().copied().chain(neighbours).collect();
        let stations = || ids.iter().map(|id| scenario.stations.station(*id));
        let delay: Vec<Millis> = ids.iter().map(|id| scenario.stations.delay(*id)).collect();
        let turnout = expected.day.periods().iter().map(|period| {
            let each = stations().zip(&delay);
            each.map(|(station, delay)| period.turnout(station.crew) + *delay)
                .collect()
        });
        Self {
            own,
            engines: stations().map(|station| station.engines).collect(),
            of_kind: stations()
                .map(|station| {
                    let counts =
                        apparatus::by_kind(&station.apparatus, &scenario.stations.apparatus);
                    numbered(station.engines, counts)
                })
                .collect(),
            kinds: scenario.stations.apparatus.len() + 1,
            tender: tender_of(scenario),
            crew: stations().map(|station| station.crew).collect(),
            turnout: turnout.collect(),
            delay,
            stations: ids,
        }
    }

    /// The stations that stand in an alternative, and all neighbours.
    #[must_use]
    pub fn of_alternative(expected: &Expected<'_>, alternative: &Alternative) -> Self {
        Self::of(expected, &expected.scenario.stations.standing(alternative))
    }

    /// Own stations with so many engines, which do for everything and leave at once.
    ///
    /// # Panics
    /// When a station has more than [`MOST_ENGINES`].
    #[must_use]
    pub fn alike(engines: Vec<u16>) -> Self {
        assert!(engines.iter().all(|engines| *engines <= MOST_ENGINES));
        Self {
            stations: StationId::all(engines.len()).collect(),
            own: engines.len() as u16,
            of_kind: (engines.iter())
                .map(|engines| numbered(*engines, ByKind::default()))
                .collect(),
            kinds: 1,
            tender: None,
            delay: vec![Millis(0); engines.len()],
            crew: vec![Crew::FullTime; engines.len()],
            turnout: vec![vec![Millis(0); engines.len()]],
            engines,
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

    /// The same with the turnout of some stations so many times as long, delays apart.
    #[must_use]
    pub fn with_turnout_times(mut self, factor: f64, of: impl Fn(StationId) -> bool) -> Self {
        for turnout in &mut self.turnout {
            for (station, turnout) in turnout.iter_mut().enumerate() {
                if of(self.stations[station]) {
                    let delay = self.delay[station];
                    *turnout = Millis(turnout.0 - delay.0).times(factor) + delay;
                }
            }
        }
        self
    }

    /// The stations.
    #[must_use]
    pub fn stations(&self) -> &[StationId] {
        &self.stations
    }

    /// The station at a place in the fleet.
    #[inline]
    #[must_use]
    pub fn station(&self, place: u16) -> StationId {
        self.stations[usize::from(place)]
    }

    /// Engines at each station.
    #[must_use]
    pub fn engines(&self) -> &[u16] {
        &self.engines
    }

    /// One bit for each engine of a station, all of them being at home.
    #[must_use]
    pub fn all_at_home(&self) -> Vec<u64> {
        let all = |engines: &u16| u64::MAX.checked_shr(64 - u32::from(*engines)).unwrap_or(0);
        self.engines.iter().map(all).collect()
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

    /// From the order, given in a period of the day, until an engine of a station is expected to leave.
    #[must_use]
    pub fn turnout(&self, station: u16, period: usize) -> Millis {
        self.turnout[period][usize::from(station)]
    }

    /// Whether a station is a neighbour's.
    #[inline]
    #[must_use]
    pub fn is_aid(&self, station: u16) -> bool {
        station >= self.own
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

    /// Whether an engine does for a need of a kind.
    #[must_use]
    pub fn does_for(&self, station: u16, number: u16, kind: usize) -> bool {
        let own = self.kind_of(station, number);
        own == kind || own == 0 || kind == 0
    }

    /// Whether an engine brings water to where there is none.
    #[inline]
    #[must_use]
    pub fn brings_water(&self, station: u16, number: u16) -> bool {
        self.tender
            .is_some_and(|kind| self.of_kind[usize::from(station)][kind] >> number & 1 == 1)
    }

    /// Whether some engine of a station does for some need.
    #[must_use]
    pub fn is_able(&self, station: u16, needs: &ByKind) -> bool {
        self.can_send(station, u64::MAX, needs)
    }

    /// Whether some engine of those `ready` at a station, one bit each, does for some need.
    #[inline]
    #[must_use]
    pub fn can_send(&self, station: u16, ready: u64, needs: &ByKind) -> bool {
        let mut needed = (0..self.kinds).filter(|kind| needs[*kind] > 0);
        needed.any(|kind| self.sent_for(station, ready, kind).is_some())
    }

    /// The stations that reach a place, in the order in which they are asked in a period of the day:
    /// those on the running `card` in its order, then the others by
    /// turnout and travel, and last the neighbours; of equals the first in the tables.
    #[must_use]
    pub fn order(
        &self,
        card: &[StationId],
        period: usize,
        travel: impl Fn(u16) -> Millis,
    ) -> Vec<Preference> {
        let all = (0..self.stations.len() as u16).map(|station| Preference {
            expected: travel(station),
            station,
        });
        let mut order: Vec<Preference> = all.filter(|p| p.expected.is_finite()).collect();
        order.sort_by_key(|preference| {
            let station = preference.station;
            let id = self.station(station);
            let on_card = card.iter().position(|on_card| *on_card == id);
            let time = preference.expected + self.turnout(station, period);
            let place = on_card.unwrap_or(card.len());
            (self.is_aid(station), place, time, id)
        });
        order
    }
}

/// The kind of engine that brings water, where a scenario names one.
fn tender_of(scenario: &Scenario) -> Option<usize> {
    let (tender, _) = scenario.rules.stages.water.as_ref()?.tender.as_ref()?;
    let kind = scenario
        .stations
        .apparatus
        .iter()
        .position(|kind| kind == tender)?;
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
