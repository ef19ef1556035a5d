//! What is to be expected as a table of numbers, for solvers that know nothing else: a column for each
//! case of each demand point, with the time after which each station would be there first if none were
//! sooner. The least over the stations that stand is the expected first arrival.

use crate::brigades::StationId;
use crate::brigades::apparatus::ByApparatus;
use crate::county::demand::DemandPointId;
use crate::expected::Expected;
use crate::expected::assignment::assign;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::{Fleet, Preference};
use crate::expected::mix::Case;
use crate::scenario::travel_times::ScenarioTimes;
use crate::units::Millis;

/// The table.
#[derive(Clone, Debug)]
pub struct Columns {
    /// From the order until a station's first engine is there, row by row, a row for each station;
    /// [`Millis::NEVER`] where it does not count. All cases of a demand point stand together.
    pub arrival: Vec<Millis>,
    /// Of that the travel.
    pub travel: Vec<Millis>,
    /// Incidents a year of each column.
    pub incidents: Vec<f64>,
    /// Residents of each column: those of the point by the share that the case has of its incidents, as far as
    /// standards count them.
    pub residents: Vec<f64>,
    /// Whether all stations leave equally soon, so that who is there first has also the least travel.
    pub leave_alike: bool,
    /// Columns in which too few of the county's engines come with the stations that stand in any case, so that a
    /// neighbour may be sent: what it would bring is left out.
    pub aided: usize,
}

impl Expected<'_> {
    /// The table for the county's stations and sites, of which those in `standing` stand in any
    /// case. A running card counts as far as it names those: a choice of others is not on it.
    pub fn columns(&self, times: &ScenarioTimes, standing: &[StationId]) -> Columns {
        let scenario = self.scenario;
        let all: Vec<StationId> = scenario.stations.of_county().collect();
        let stations = all.len();
        let fleet = Fleet::of(self, &all);
        let count = scenario.county.demand.len() * self.mix.cases().len();
        let mut columns = Columns {
            arrival: vec![Millis::NEVER; stations * count],
            travel: vec![Millis::NEVER; stations * count],
            incidents: Vec::with_capacity(count),
            residents: Vec::with_capacity(count),
            leave_alike: self.leave_alike(&fleet, stations),
            aided: 0,
        };
        for (point, demand) in scenario.county.points() {
            for (case, all, counted) in self.mix.weights(point) {
                let column = columns.incidents.len();
                columns.incidents.push(all.incidents);
                columns.residents.push(demand.residents * counted.share);
                let band = self.day.period(case.period).band;
                let travel = |station: FleetStation| times.get(band, fleet.station(station), point);
                let sent = self.sent_in_any_case(&fleet, standing, point, case, travel);
                for station in FleetStation::all(stations) {
                    let drive = travel(station);
                    let counts = sent.used.contains(&station) || fleet.is_able(station, &sent.left);
                    if counts && drive.is_finite() {
                        let cell = station.index() * count + column;
                        columns.arrival[cell] = fleet.turnout(station, case.period) + drive;
                        columns.travel[cell] = drive;
                    }
                }
                columns.aided += usize::from(sent.needs_aid);
            }
        }
        columns
    }

    /// Whom the running card sends before anybody is sent by time.
    fn sent_in_any_case(
        &self,
        fleet: &Fleet,
        standing: &[StationId],
        point: DemandPointId,
        case: Case,
        travel: impl Fn(FleetStation) -> Millis,
    ) -> InAnyCase {
        let card = self.scenario.stations.running_card(point);
        let mut in_any_case = InAnyCase {
            used: Vec::new(),
            left: case.needs,
            needs_aid: false,
        };
        if card.is_empty() && self.scenario.stations.neighbours.is_empty() {
            return in_any_case;
        }
        let order = fleet.order(card, case.period, |station| {
            let stands = standing.contains(&fleet.station(station));
            if stands {
                travel(station)
            } else {
                Millis::NEVER
            }
        });
        let is_on_card =
            |preference: &&Preference| card.contains(&fleet.station(preference.station));
        let on_card: Vec<Preference> = order.iter().filter(is_on_card).copied().collect();
        let mut ready = fleet.all_at_home();
        let InAnyCase { used, left, .. } = &mut in_any_case;
        assign(fleet, &on_card, &mut ready, left, |engine, _, _| {
            used.push(engine.station);
        });
        let mut still = *left;
        assign(fleet, &order, &mut ready, &mut still, |_, _, _| {});
        in_any_case.needs_aid =
            !self.scenario.stations.neighbours.is_empty() && still != ByApparatus::default();
        in_any_case
    }

    fn leave_alike(&self, fleet: &Fleet, stations: usize) -> bool {
        self.day.period_ids().all(|period| {
            let mut turnout =
                FleetStation::all(stations).map(|station| fleet.turnout(station, period));
            let first = turnout.next();
            turnout.all(|turnout| Some(turnout) == first)
        })
    }
}

/// What stations that stand in any case are sent by the running card.
struct InAnyCase {
    used: Vec<FleetStation>,
    /// What is needed besides.
    left: ByApparatus,
    needs_aid: bool,
}
