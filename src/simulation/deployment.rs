//! The engines of one alternative, and in which order they are sent to each point.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::brigades::apparatus::{self, ByApparatus, MAX_APPARATUS};
use crate::county::demand::DemandPointId;
use crate::expected::Expected;
use crate::expected::assignment::FullAssignment;
use crate::expected::day::PeriodId;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::roads::travel_times::TravelTimes;
use crate::scenario::alternatives::Alternative;
use crate::scenario::travel_times::ScenarioTimes;
use crate::simulation::incident::Incident;
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// The stations of one alternative with their engines.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Who stands where.
    pub fleet: Fleet,
    /// Times between any two points, where engines on their way back can be sent elsewhere.
    between: Option<Arc<TravelTimes>>,
    /// Times between any two stations, row by row, where engines stand by at others.
    between_stations: Vec<Millis>,
    /// For each point, one entry for every station that reaches it, in the order in which they are
    /// sent.
    preferences: Vec<Preference>,
    /// `first[point]..first[point + 1]` are the entries of a point; after those of all points the same
    /// again for each further period of the day.
    first: Vec<u32>,
    /// Demand points, which have entries in each period.
    points: usize,
    /// Engines by apparatus that reach a point, wherever they differ, and which of these each point has; empty where
    /// all have the first.
    in_reach: Vec<[u32; MAX_APPARATUS]>,
    reached_by: Vec<u32>,
    period_of_hour: [PeriodId; 24],
    /// Whether who is first due is not always who is sent first.
    depends_on_needs: bool,
}

impl Deployment {
    /// The stations that stand in an alternative, and the order in which they are sent in each period
    /// of the day, as [`Fleet::order`] says.
    pub fn of(expected: &Expected<'_>, times: &ScenarioTimes, alternative: &Alternative) -> Self {
        let fleet = Fleet::of_alternative(expected, alternative);
        let stations = fleet.stations();
        let points = expected.scenario.county.demand.len();
        let mut by_point = Vec::new();
        for (period, of_day) in expected.day.period_ids().zip(expected.day.periods()) {
            by_point.extend(DemandPointId::all(points).map(|point| {
                let travel = |station| times.get(of_day.band, fleet.station(station), point);
                let card = expected.scenario.stations.running_card(point);
                fleet.order(card, period, travel)
            }));
        }
        let between_stations = times
            .between_stations
            .as_ref()
            .map_or_else(Vec::new, |times| {
                let rows = stations.iter().map(|from| times.from(from.index()));
                rows.flat_map(|row| stations.iter().map(|to| row[to.index()]))
                    .collect()
            });
        Self {
            between: times.between_demand_points.clone(),
            between_stations,
            points,
            period_of_hour: std::array::from_fn(|hour| expected.day.period_at(hour)),
            depends_on_needs: expected.mix.depends_on_needs(),
            ..Self::in_order(fleet, &by_point)
        }
    }

    /// What its fleet and the order of its stations at each point hash to.
    pub fn fingerprint(&self) -> u64 {
        let words = format!("{:?}{:?}{:?}", self.fleet, self.first, self.preferences);
        let hash = Sha256::digest(words);
        hash.iter()
            .take(8)
            .fold(0, |hash, byte| hash << 8 | u64::from(*byte))
    }

    /// In the order of each demand point's list, a running card, at every hour.
    pub fn in_order(fleet: Fleet, by_point: &[Vec<Preference>]) -> Self {
        let mut first = vec![0];
        first.extend(by_point.iter().scan(0, |sum, list| {
            *sum += list.len() as u32;
            Some(*sum)
        }));
        let (in_reach, reached_by) = in_reach(&fleet, by_point);
        Self {
            in_reach,
            reached_by,
            fleet,
            between: None,
            between_stations: Vec::new(),
            preferences: by_point.concat(),
            first,
            points: by_point.len(),
            period_of_hour: [PeriodId(0); 24],
            depends_on_needs: false,
        }
    }

    /// Expected travel time from a station to a point at a time; `None` where no road leads.
    pub fn expected(
        &self,
        station: FleetStation,
        point: DemandPointId,
        time: SimulatedTime,
    ) -> Option<Millis> {
        let preferences = self.preferences(point, time).iter();
        let mut of_station = preferences.filter(|preference| preference.station == station);
        of_station.next().map(|preference| preference.expected)
    }

    /// How long a station's engines are expected to take to leave when they are ordered at a time,
    /// a neighbour's delay included.
    pub fn turnout(&self, station: FleetStation, time: SimulatedTime) -> Millis {
        let period = self.period_of_hour[time.hour()];
        self.fleet.turnout(station, period)
    }

    /// Expected travel time from one point to another; `None` where no road leads or it is not
    /// known.
    pub fn between(&self, from: DemandPointId, to: DemandPointId) -> Option<Millis> {
        let times = self.between.as_ref()?;
        Some(times.get(from.index(), to.index())).filter(|time| time.is_finite())
    }

    /// Expected travel time from one station to another; `None` where no road leads or it is not
    /// known.
    pub fn between_stations(&self, from: FleetStation, to: FleetStation) -> Option<Millis> {
        let point = from.index() * self.fleet.engines().len() + to.index();
        let time = self.between_stations.get(point).copied();
        time.filter(|time| time.is_finite())
    }

    /// The same with times between any two stations, row by row.
    pub fn with_times_between_stations(mut self, between: Vec<Millis>) -> Self {
        self.between_stations = between;
        self
    }

    /// The same with times between any two points.
    pub fn with_times_between(mut self, between: Arc<TravelTimes>) -> Self {
        self.between = Some(between);
        self
    }

    /// The stations that are first and second due at an incident.
    #[inline]
    pub fn due(&self, incident: &Incident) -> [Option<FleetStation>; 2] {
        let time = incident.ordered();
        let order = self.preferences(incident.point, time);
        if !self.depends_on_needs {
            // The soonest is sent first, and every engine does.
            return [0, 1].map(|rank: usize| order.get(rank).map(|next| next.station));
        }
        let period = self.period_of_hour[time.hour()];
        let first_without = |out: Option<FleetStation>| -> Option<FleetStation> {
            let sent = FullAssignment::new(&self.fleet, order, period, incident.needs, out);
            sent.first().map(|sent| sent.engine.station)
        };
        let first = first_without(None);
        [first, first.and_then(|first| first_without(Some(first)))]
    }

    /// What an incident needs of engines, as far as there are so many: more never come, and nobody waits for them.
    #[inline]
    pub fn can_have(&self, incident: &Incident) -> ByApparatus {
        let reached_by = self.reached_by.get(incident.point.index());
        let in_reach = reached_by.map_or(0, |index| *index as usize);
        apparatus::met_by(&self.in_reach[in_reach], &incident.needs)
    }

    /// The stations that are sent to a point at a time, in their order.
    #[inline]
    pub fn preferences(&self, point: DemandPointId, time: SimulatedTime) -> &[Preference] {
        let mut list = point.index();
        // Where all hours are alike, nobody asks which it is.
        if self.first.len() > self.points + 1 {
            list += self.period_of_hour[time.hour()].index() * self.points;
        }
        &self.preferences[self.first[list] as usize..self.first[list + 1] as usize]
    }
}

/// What the stations of each list have together: wherever that differs, and which of these each list has, none where
/// all have the first.
fn in_reach(fleet: &Fleet, by_point: &[Vec<Preference>]) -> (Vec<[u32; MAX_APPARATUS]>, Vec<u32>) {
    let mut all = vec![];
    let mut index_of = HashMap::new();
    let reached_by: Vec<u32> = (by_point.iter())
        .map(|list| {
            let mut engines = [0; MAX_APPARATUS];
            for preference in list {
                let of_station = fleet.engines_by_apparatus(preference.station);
                for (engines, more) in engines.iter_mut().zip(of_station) {
                    *engines += more;
                }
            }
            *index_of.entry(engines).or_insert_with(|| {
                all.push(engines);
                all.len() as u32 - 1
            })
        })
        .collect();
    match all.len() {
        0 => (vec![[0; MAX_APPARATUS]], Vec::new()),
        1 => (all, Vec::new()),
        _ => (all, reached_by),
    }
}
