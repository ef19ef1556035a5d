//! The stations of an alternative with their engines, and in which order they are sent to a demand point.

use crate::brigades::apparatus::{self, ApparatusId, ByApparatus, MAX_APPARATUS};
use crate::brigades::crew::Crew;
use crate::brigades::{MAX_ENGINES, StationId};
use crate::expected::Expected;
use crate::expected::day::PeriodId;
use crate::expected::engines::{EngineId, EngineSet, FleetStation, ReadyEngines};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// Stations with their engines: the county's, and after them the neighbours.
#[derive(Clone, Debug)]
pub struct Fleet {
    stations: Vec<StationId>,
    /// How many are no neighbours; those after them are.
    standing: u32,
    /// Engines at each station.
    engines: Vec<u16>,
    /// The engines of each station by apparatus, the first being those that do for everything.
    of_apparatus: Vec<[EngineSet; MAX_APPARATUS]>,
    /// How many apparatus there are, any being the first.
    apparatus_count: u8,
    /// The apparatus that brings water.
    tender: Option<ApparatusId>,
    /// How much later than by their turnout the engines of each station leave.
    delay: Vec<Millis>,
    /// Who mans them.
    crew: Vec<Crew>,
    /// By period of the day: from the order until an engine of each station leaves, delay included.
    turnout: Vec<Vec<Millis>>,
}

/// A station that can answer at a demand point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Preference {
    /// Expected travel time.
    pub expected: Millis,
    /// The station.
    pub station: FleetStation,
}

impl Fleet {
    /// These stations and all neighbours.
    pub fn of(expected: &Expected<'_>, standing: &[StationId]) -> Self {
        let scenario = expected.scenario;
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
            standing: standing.len() as u32,
            engines: stations().map(|station| station.engines).collect(),
            of_apparatus: stations()
                .map(|station| {
                    let counts =
                        apparatus::by_apparatus(&station.apparatus, &scenario.stations.apparatus);
                    numbered(station.engines, counts)
                })
                .collect(),
            apparatus_count: scenario.stations.apparatus.len() as u8 + 1,
            tender: tender_of(scenario),
            crew: stations().map(|station| station.crew).collect(),
            turnout: turnout.collect(),
            delay,
            stations: ids,
        }
    }

    /// The stations that stand in an alternative, and all neighbours.
    pub fn of_alternative(expected: &Expected<'_>, alternative: &Alternative) -> Self {
        Self::of(expected, &expected.scenario.stations.standing(alternative))
    }

    /// Stations of the county with so many engines, which do for everything and leave at once.
    ///
    /// # Panics
    /// When a station has more than [`MAX_ENGINES`].
    pub fn alike(engines: Vec<u16>) -> Self {
        assert!(engines.iter().all(|engines| *engines <= MAX_ENGINES));
        Self {
            stations: StationId::all(engines.len()).collect(),
            standing: engines.len() as u32,
            of_apparatus: (engines.iter())
                .map(|engines| numbered(*engines, ByApparatus::default()))
                .collect(),
            apparatus_count: 1,
            tender: None,
            delay: vec![Millis(0); engines.len()],
            crew: vec![Crew::FullTime; engines.len()],
            turnout: vec![vec![Millis(0); engines.len()]],
            engines,
        }
    }

    /// The same with other crews, one for each station.
    pub fn manned_by(self, crew: Vec<Crew>) -> Self {
        Self { crew, ..self }
    }

    /// The same with engines of certain apparatus: for each station how many of each, the first being
    /// those that do for everything.
    ///
    /// # Panics
    /// When they do not come to the engines of a station.
    pub fn with_apparatus(mut self, counts: &[ByApparatus]) -> Self {
        let stations = self.engines.iter().zip(counts);
        self.of_apparatus = stations
            .map(|(engines, counts)| {
                let all: u16 = counts.iter().map(|count| u16::from(*count)).sum();
                assert_eq!(all, *engines, "every engine is counted once");
                numbered(*engines, *counts)
            })
            .collect();
        self.apparatus_count = MAX_APPARATUS as u8;
        self
    }

    /// The same with other numbers of engines, which do for everything.
    #[cfg(test)]
    pub fn with_engines(mut self, engines: Vec<u16>) -> Self {
        let all = |engines: &u16| numbered(*engines, ByApparatus::default());
        self.of_apparatus = engines.iter().map(all).collect();
        self.engines = engines;
        self
    }

    /// The same with the turnout of some stations so many times as long, without their delays.
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

    pub fn stations(&self) -> &[StationId] {
        &self.stations
    }

    #[inline]
    pub fn station(&self, station: FleetStation) -> StationId {
        self.stations[station.index()]
    }

    /// Engines at each station.
    pub fn engines(&self) -> &[u16] {
        &self.engines
    }

    /// Engines of a station by apparatus, the first being those that do for everything.
    pub fn engines_by_apparatus(&self, station: FleetStation) -> [u32; MAX_APPARATUS] {
        self.of_apparatus[station.index()].map(EngineSet::count)
    }

    pub fn all_at_home(&self) -> ReadyEngines {
        ReadyEngines::all(&self.engines)
    }

    /// How much later than by their turnout the engines of a station leave.
    #[inline]
    pub fn delay(&self, station: FleetStation) -> Millis {
        self.delay[station.index()]
    }

    /// Who mans the engines of a station.
    #[inline]
    pub fn crew(&self, station: FleetStation) -> Crew {
        self.crew[station.index()]
    }

    /// From the order, given in a period of the day, until an engine of a station is expected to leave.
    pub fn turnout(&self, station: FleetStation, period: PeriodId) -> Millis {
        self.turnout[period.index()][station.index()]
    }

    /// Whether a station is a neighbour's.
    #[inline]
    pub fn is_neighbour(&self, station: FleetStation) -> bool {
        station.0 >= self.standing
    }

    /// Any apparatus, and after it those with a name.
    #[inline]
    pub fn apparatus(&self) -> impl DoubleEndedIterator<Item = ApparatusId> + use<> {
        (0..self.apparatus_count).map(ApparatusId)
    }

    /// Of the engines `ready` at a station the number of that which goes where one of an apparatus is
    /// needed: one of it before one that does for everything; where any will do, those first, and then
    /// one of the apparatus of which most are ready.
    #[inline]
    pub fn sent_for(
        &self,
        station: FleetStation,
        ready: EngineSet,
        apparatus: ApparatusId,
    ) -> Option<u16> {
        let of_apparatus = &self.of_apparatus[station.index()];
        let mut able = ready & of_apparatus[apparatus.index()];
        if able.is_empty() && apparatus != ApparatusId::ANY {
            able = ready & of_apparatus[0];
        } else if able.is_empty() {
            let named = of_apparatus[1..usize::from(self.apparatus_count)]
                .iter()
                .map(|engines| ready & *engines);
            // Of equals the first apparatus.
            able = named.rev().max_by_key(|ready| ready.count())?;
        }
        able.first()
    }

    /// The apparatus of an engine; any where it does for everything.
    pub fn apparatus_of(&self, engine: EngineId) -> ApparatusId {
        let of_apparatus = &self.of_apparatus[engine.station.index()];
        let found = of_apparatus
            .iter()
            .position(|engines| engines.contains(engine.number));
        found.map_or(ApparatusId::ANY, ApparatusId::at)
    }

    /// Whether an engine does for a need of an apparatus.
    pub fn does_for(&self, engine: EngineId, apparatus: ApparatusId) -> bool {
        let has = self.apparatus_of(engine);
        has == apparatus || has == ApparatusId::ANY || apparatus == ApparatusId::ANY
    }

    /// Whether an engine brings water to where there is none.
    #[inline]
    pub fn brings_water(&self, engine: EngineId) -> bool {
        self.tender.is_some_and(|apparatus| {
            self.of_apparatus[engine.station.index()][apparatus.index()].contains(engine.number)
        })
    }

    /// Whether some engine of a station does for some need.
    pub fn is_able(&self, station: FleetStation, needs: &ByApparatus) -> bool {
        self.can_send(station, EngineSet::ALL, needs)
    }

    /// Whether some engine of those `ready` at a station does for some need.
    #[inline]
    pub fn can_send(&self, station: FleetStation, ready: EngineSet, needs: &ByApparatus) -> bool {
        let mut needed = self
            .apparatus()
            .filter(|apparatus| needs[apparatus.index()] > 0);
        needed.any(|apparatus| self.sent_for(station, ready, apparatus).is_some())
    }

    /// The stations that reach a demand point, in the order in which they are sent in a period of
    /// the day: those on the running `card` in its order, then the others by turnout and travel, and
    /// last the neighbours; of equals the first in the tables.
    pub fn order(
        &self,
        card: &[StationId],
        period: PeriodId,
        travel: impl Fn(FleetStation) -> Millis,
    ) -> Vec<Preference> {
        let all = FleetStation::all(self.stations.len()).map(|station| Preference {
            expected: travel(station),
            station,
        });
        let mut order: Vec<Preference> = all.filter(|p| p.expected.is_finite()).collect();
        order.sort_by_key(|preference| {
            let station = preference.station;
            let id = self.station(station);
            let on_card = card.iter().position(|on_card| *on_card == id);
            let time = preference.expected + self.turnout(station, period);
            let on_card = on_card.unwrap_or(card.len());
            (self.is_neighbour(station), on_card, time, id)
        });
        order
    }
}

/// The apparatus that brings water, where a scenario names one.
fn tender_of(scenario: &Scenario) -> Option<ApparatusId> {
    let (tender, _) = scenario.rules.stages.water.as_ref()?.tender.as_ref()?;
    let apparatus = scenario
        .stations
        .apparatus
        .iter()
        .position(|apparatus| apparatus == tender)?;
    Some(ApparatusId::at(apparatus + 1))
}

/// The engines of a station by apparatus: those that do for everything have the first numbers, and are
/// all where no apparatus is named.
fn numbered(engines: u16, counts: ByApparatus) -> [EngineSet; MAX_APPARATUS] {
    let mut first = 0;
    apparatus::of_station(engines, counts).map(|count| {
        let numbers = first..first + count;
        first = numbers.end;
        EngineSet::numbered(numbers)
    })
}
