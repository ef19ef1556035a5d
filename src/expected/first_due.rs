//! Which station is first and second at a demand point, and when: in one case, and on the mean over the
//! incidents of the demand point.

use crate::brigades::StationId;
use crate::county::demand::DemandPointId;
use crate::expected::Expected;
use crate::expected::assignment::{FullAssignment, Sent};
use crate::expected::engines::{EngineId, FleetStation};
use crate::expected::fleet::Fleet;
use crate::expected::mix::Case;
use crate::scenario::alternatives::Alternative;
use crate::scenario::network::TimeBandId;
use crate::scenario::standards::Clock;
use crate::scenario::travel_times::ScenarioTimes;
use crate::units::Millis;

/// Who is there first, or second, on the mean over the hours and needs of a demand point's incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstDue {
    /// The station that is it at most incidents; of equals the first in the tables.
    pub station: StationId,
    pub in_fleet: FleetStation,
    /// What share of the demand point's incidents it answers: all but those that need what nobody
    /// has who reaches the demand point.
    pub answered: f64,
    /// From the call to the order.
    handling: Millis,
    /// From the order until it is there.
    arrival: Millis,
    /// Its travel alone.
    travel: Millis,
}

impl FirstDue {
    /// Its time on a clock.
    pub fn time(&self, clock: Clock) -> Millis {
        match clock {
            Clock::Response => self.handling + self.arrival,
            Clock::Dispatch => self.arrival,
            Clock::Travel => self.travel,
        }
    }

    /// Its time on a clock, in seconds.
    pub fn seconds(&self, clock: Clock) -> f64 {
        self.time(clock).seconds()
    }
}

/// A call at a demand point: the stations on its running card, and what is needed when.
#[derive(Clone, Copy, Debug)]
pub struct Call<'c> {
    /// The stations whose engines are sent before all others.
    pub card: &'c [StationId],
    /// In which period, and what is needed.
    pub case: Case,
}

impl Expected<'_> {
    /// Who is sent to a call, with travel times by station and time band; `out` is a station whose
    /// engines are not at home.
    pub fn assignment(
        &self,
        fleet: &Fleet,
        call: Call<'_>,
        out: Option<FleetStation>,
        travel: impl Fn(FleetStation, TimeBandId) -> Millis,
    ) -> FullAssignment {
        let Call { card, case } = call;
        let band = self.day.period(case.period).band;
        let order = fleet.order(card, case.period, |station| travel(station, band));
        FullAssignment::new(fleet, &order, case.period, case.needs, out)
    }

    /// Who is there first at a call.
    pub fn first(
        &self,
        fleet: &Fleet,
        call: Call<'_>,
        travel: impl Fn(FleetStation, TimeBandId) -> Millis,
    ) -> Option<Sent> {
        if !call.card.is_empty() || !self.scenario.stations.neighbours.is_empty() {
            return self.assignment(fleet, call, None, travel).first();
        }
        // Without card and neighbours the soonest that is able is sent first, and arrives first.
        let Case { period, needs } = call.case;
        let band = self.day.period(period).band;
        let able = FleetStation::all(fleet.stations().len())
            .filter(|station| fleet.is_able(*station, &needs));
        let sent = able.map(|station| Sent {
            engine: EngineId { station, number: 0 },
            turnout: fleet.turnout(station, period),
            travel: travel(station, band),
        });
        let reached = sent.filter(|sent| sent.travel.is_finite());
        reached.min_by_key(|sent| (sent.arrival(), fleet.station(sent.engine.station)))
    }

    /// Who is there first where all engines of the station are out that would be.
    pub fn second(
        &self,
        fleet: &Fleet,
        call: Call<'_>,
        travel: impl Fn(FleetStation, TimeBandId) -> Millis,
    ) -> Option<Sent> {
        let first = self.first(fleet, call, &travel)?;
        let without = self.assignment(fleet, call, Some(first.engine.station), travel);
        without.first()
    }

    /// The mean of what each case gives, by the share that it has; `None` where none gives anything.
    pub fn mean(
        &self,
        fleet: &Fleet,
        shares: &[f64],
        of_case: impl Fn(Case) -> Option<Sent>,
    ) -> Option<FirstDue> {
        let cases = self.mix.cases().iter().zip(shares);
        let mut parts: Vec<(f64, Sent)> = Vec::with_capacity(shares.len());
        let mut missed = 0.0;
        for (case, share) in cases.filter(|(_, share)| **share > 0.0) {
            match of_case(*case) {
                Some(sent) => parts.push((*share, sent)),
                None => missed += share,
            }
        }
        let (_, first) = *parts.first()?;
        let in_fleet = if parts.len() == 1 {
            first.engine.station
        } else {
            most_often(fleet, &parts)
        };
        Some(FirstDue {
            station: fleet.station(in_fleet),
            in_fleet,
            answered: 1.0 - missed,
            handling: self.call_handling,
            arrival: mean(parts.iter().map(|(share, sent)| (*share, sent.arrival()))),
            travel: mean(parts.iter().map(|(share, sent)| (*share, sent.travel))),
        })
    }

    /// A call at a demand point.
    pub fn call(&self, point: DemandPointId, case: Case) -> Call<'_> {
        Call {
            card: self.scenario.stations.running_card(point),
            case,
        }
    }

    /// Who is first due at every demand point with an alternative; `None` where nobody comes.
    pub fn first_due(
        &self,
        times: &ScenarioTimes,
        alternative: &Alternative,
    ) -> Vec<Option<FirstDue>> {
        let fleet = Fleet::of_alternative(self, alternative);
        let points = DemandPointId::all(self.scenario.county.demand.len());
        points
            .map(|point| {
                let travel = travel_to(times, &fleet, point);
                self.mean(&fleet, self.mix.shares(point), |case| {
                    self.first(&fleet, self.call(point, case), &travel)
                })
            })
            .collect()
    }
}

impl Expected<'_> {
    /// From the order until engines leave, where that is the same for all of the county's stations in a fleet
    /// and in every period.
    pub fn turnout_of_all(&self, fleet: &Fleet) -> Option<Millis> {
        let stations = FleetStation::all(fleet.stations().len())
            .filter(|station| !fleet.is_neighbour(*station));
        let periods = self.day.period_ids();
        let all = stations.flat_map(|station| periods.clone().map(move |p| (station, p)));
        let mut turnout = all.map(|(station, period)| fleet.turnout(station, period));
        let first = turnout.next()?;
        turnout.all(|turnout| turnout == first).then_some(first)
    }

    /// From the order until a station's engines leave, on average over all incidents of the county.
    pub fn mean_turnout(&self, fleet: &Fleet, station: FleetStation) -> Millis {
        let cases = self.mix.cases().iter().zip(self.mix.county());
        let of_cases =
            cases.map(|(case, incidents)| (incidents, fleet.turnout(station, case.period)));
        mean(
            of_cases
                .filter(|(incidents, _)| *incidents > 0.0)
                .collect::<Vec<_>>()
                .into_iter(),
        )
    }
}

/// Travel times to a demand point, by station of a fleet and time band.
pub fn travel_to<'t>(
    times: &'t ScenarioTimes,
    fleet: &'t Fleet,
    point: DemandPointId,
) -> impl Fn(FleetStation, TimeBandId) -> Millis + 't {
    move |station, band| times.get(band, fleet.station(station), point)
}

/// The station with the largest share; of equals the first in the tables.
fn most_often(fleet: &Fleet, parts: &[(f64, Sent)]) -> FleetStation {
    let share_of = |station: FleetStation| -> f64 {
        let of_station = parts
            .iter()
            .filter(|(_, sent)| sent.engine.station == station);
        of_station.map(|(share, _)| share).sum()
    };
    let stations = parts.iter().map(|(_, sent)| sent.engine.station);
    let by_share = |a: &FleetStation, b: &FleetStation| {
        share_of(*a)
            .total_cmp(&share_of(*b))
            .then(fleet.station(*b).cmp(&fleet.station(*a)))
    };
    stations.max_by(by_share).unwrap_or_default()
}

/// The mean by shares, to the millisecond; what is alike in all is not rounded.
pub fn mean(parts: impl Iterator<Item = (f64, Millis)> + Clone) -> Millis {
    let mut alike = parts.clone().map(|(_, time)| time);
    let first = alike.next().unwrap_or(Millis::NEVER);
    if alike.all(|time| time == first) {
        return first;
    }
    let (mut sum, mut all) = (0.0, 0.0);
    for (share, time) in parts {
        if !time.is_finite() {
            return Millis::NEVER;
        }
        sum += share * time.seconds();
        all += share;
    }
    Millis::from_seconds(sum / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;

    /// Two minutes of call handling and turnout lie before the travel; the response clock counts
    /// both, the dispatch clock one, the travel clock none.
    #[test]
    fn the_three_clocks_differ_by_call_handling_and_turnout() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let expected = Expected::of(&scenario);
        let [before, after] =
            [0, 1].map(|index| expected.first_due(&times, &scenario.alternatives[index]));
        assert_eq!(before.len(), scenario.county.demand.len());
        for (before, after) in before.into_iter().zip(after) {
            let (before, after) = (before.unwrap(), after.unwrap());
            assert_eq!(before.station, StationId(0), "there is one station today");
            assert!(after.time(Clock::Travel) <= before.time(Clock::Travel));
            let on = |clock| before.seconds(clock);
            assert!((on(Clock::Response) - on(Clock::Dispatch) - 60.0).abs() < 1e-9);
            assert!((on(Clock::Dispatch) - on(Clock::Travel) - 60.0).abs() < 1e-9);
        }
    }

    /// A third at 30 s and two thirds at 60 s are 50 s; a share that never ends never does.
    #[test]
    fn a_mean_is_weighed_by_shares() {
        let of =
            |times: [u32; 2]| mean([(1.0, Millis(times[0])), (2.0, Millis(times[1]))].into_iter());
        assert_eq!(of([30_000, 60_000]), Millis(50_000));
        assert_eq!(of([30_000, u32::MAX]), Millis::NEVER);
        assert_eq!(of([7, 7]), Millis(7));
    }
}
