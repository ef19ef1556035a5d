//! Counts one replication of one alternative, area by area.

use crate::scenario::standards::{Clock, Standard};
use crate::simulation::areas::Areas;
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::histogram::{BySeries, Histogram, Series, Times};
use crate::simulation::incident::Incident;
use crate::simulation::replication_tally::{AreaTally, MAX_OTHERS, ReplicationTally, Worst};
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// Counts one replication of one alternative while it is simulated.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    areas: &'a Areas,
    standards: &'a [Standard],
    replication: u32,
    /// What is counted: incidents received, and time spent, from the first to before the second.
    counted: [SimulatedTime; 2],
    /// All but the times, by area and by cell.
    sums: ReplicationTally,
    /// By series, then by area.
    times: BySeries<Vec<Times>>,
}

impl<'a> Tally<'a> {
    /// Before the first incident.
    pub fn new(
        areas: &'a Areas,
        standards: &'a [Standard],
        counted: [SimulatedTime; 2],
        stations: usize,
        (replication, worst): (u32, usize),
    ) -> Self {
        let empty = AreaTally {
            within: vec![0; standards.len()],
            ..AreaTally::default()
        };
        Self {
            areas,
            standards,
            counted,
            replication,
            sums: ReplicationTally {
                areas: vec![empty; areas.count_with_cells()],
                busy: vec![0; stations],
                worst: Worst {
                    incidents: Vec::new(),
                    most: worst,
                },
                ..ReplicationTally::default()
            },
            times: std::array::from_fn(|_| vec![Times::default(); areas.count_with_cells()]),
        }
    }

    fn counts(&self, time: SimulatedTime) -> bool {
        (self.counted[0]..self.counted[1]).contains(&time)
    }

    /// After the last incident: what it all came to. The times go to `histograms`, one for each
    /// series and area.
    pub fn close(mut self, histograms: &mut BySeries<Vec<Histogram>>) -> ReplicationTally {
        self.add_up();
        for (index, area) in self.sums.areas.iter_mut().enumerate() {
            let [response, full, water, dry] = self.times.each_mut().map(|times| &mut times[index]);
            area.response_median = response.percentile(0.5);
            area.response_p90 = response.percentile(0.9);
            area.full_p90 = full.percentile(0.9);
            area.first_water_p90 = water.percentile(0.9);
            area.first_water_without_hydrants_p90 = dry.percentile(0.9);
        }
        for (times, histograms) in self.times.iter().zip(histograms) {
            for (times, histogram) in times.iter().zip(histograms) {
                times.add_to(histogram);
            }
        }
        self.closed()
    }

    /// The same of a replication that was counted in sections.
    pub fn close_together(
        sections: Vec<Self>,
        histograms: &mut BySeries<Vec<Histogram>>,
    ) -> Option<ReplicationTally> {
        let mut whole = sections.first()?.clone();
        for section in &sections[1..] {
            whole.merge(section);
        }
        let parts = sections.into_iter().map(|mut section| {
            section.add_up();
            section.sums.worst.incidents.clear();
            section.closed()
        });
        let parts = parts.collect();
        let whole = whole.close(histograms);
        Some(ReplicationTally { parts, ..whole })
    }

    /// Adds what another counted of the same replication.
    fn merge(&mut self, other: &Self) {
        self.sums.add(&other.sums);
        for (times, more) in self.times.iter_mut().zip(&other.times) {
            for (times, more) in times.iter_mut().zip(more) {
                times.merge(more);
            }
        }
        self.sums.worst.merge(&other.sums.worst);
    }

    /// Adds up the areas that consist of others.
    fn add_up(&mut self) {
        for (from, to) in self.areas.sums() {
            let apart = "an area is no part of itself";
            let areas = self.sums.areas.get_disjoint_mut([from, to]);
            let [part, whole] = areas.expect(apart);
            whole.add(part);
            for times in &mut self.times {
                let [part, whole] = times.get_disjoint_mut([from, to]).expect(apart);
                whole.merge(part);
            }
        }
        self.sums.areas.truncate(self.areas.count());
    }

    fn closed(self) -> ReplicationTally {
        let count = self.sums.areas.len();
        ReplicationTally {
            coarse: (self.times).map(|times| times[..count].iter().map(Times::coarse).collect()),
            ..self.sums
        }
    }
}

impl Observer for Tally<'_> {
    #[inline]
    fn sent(&mut self, assignment: &Assignment) {
        let out = assignment.out_between(self.counted);
        self.sums.busy[assignment.engine.station.index()] += out;
    }

    fn redirected(&mut self, assignment: &Assignment) {
        // It was counted as if it went home.
        let home = Assignment {
            redirected: None,
            ..*assignment
        };
        let spared = home.out_between(self.counted) - assignment.out_between(self.counted);
        self.sums.busy[assignment.engine.station.index()] -= spared;
        let Some(time) = assignment.redirected.filter(|time| self.counts(*time)) else {
            return;
        };
        let count = match time < assignment.arrived() {
            true => &mut self.sums.moved.rerouted,
            false => &mut self.sums.moved.redirected,
        };
        *count += 1;
    }

    fn relocated(&mut self, relocation: &Relocation) {
        if relocation.to != relocation.engine.station && self.counts(relocation.ordered) {
            self.sums.moved.moved_up += 1;
        }
    }

    #[inline]
    fn answered(&mut self, incident: &Incident, response: &Response) {
        if incident.received < self.counted[0] {
            return;
        }
        self.sums
            .worst
            .add(response.response, self.replication, incident.number);
        self.sums.others[usize::from(response.others).min(MAX_OTHERS)] += 1;
        let seconds = |span: Millis| span.0.div_ceil(1000);
        self.areas.each(incident, response, |area| {
            let of_area = &mut self.sums.areas[area];
            of_area.incidents += 1;
            of_area.in_standards += u32::from(incident.in_standards);
            of_area.first_due_out += u32::from(response.first_due_out);
            if response.is_lost() {
                of_area.lost += 1;
                of_area.lost_first_due_out += u32::from(response.first_due_out);
                return;
            }
            of_area.waited += u32::from(response.wait.0 > 0);
            of_area.second_due += u32::from(response.station == response.second_due);
            of_area.aided += u32::from(response.is_aided);
            of_area.response_sum += u64::from(response.response.0);
            match response.is_short_handed(incident) {
                true => of_area.short_handed += 1,
                false => of_area.full_sum += u64::from(response.full_assignment.0),
            }
            if response.first_due_out {
                of_area.first_due_out_sum += u64::from(response.response.0);
            }
            let standards = match incident.in_standards {
                true => self.standards,
                false => &[],
            };
            for (count, standard) in of_area.within.iter_mut().zip(standards) {
                let time = match standard.clock {
                    Clock::Response => response.response,
                    Clock::Dispatch => Millis(response.response.0 - incident.call_handling.0),
                    Clock::Travel => response.travel,
                };
                *count += u32::from(time <= standard.threshold);
            }
            let mut count =
                |series: Series, time| self.times[series as usize][area].add(seconds(time));
            count(Series::Response, response.response);
            if !response.is_short_handed(incident) {
                count(Series::FullAssignment, response.full_assignment);
            }
            if let Some(water) = incident.water {
                let first_water = response.first_water(&water, true);
                let without = response.first_water(&water, false);
                of_area.fires += 1;
                of_area.fires_at_hydrant += u32::from(water.has_hydrant);
                of_area.first_water_sum += u64::from(first_water.0);
                of_area.first_water_without_hydrants_sum += u64::from(without.0);
                count(Series::FirstWater, first_water);
                count(Series::FirstWaterWithoutHydrants, without);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Basis;
    use crate::county::demand::DemandPointId;
    use crate::county::incident_types::IncidentTypeId;
    use crate::expected::engines::{EngineId, FleetStation};
    use crate::language::Name;
    use crate::simulation::incident::Water;

    fn standard(clock: Clock, minutes: u32) -> Standard {
        Standard {
            id: format!("{clock:?}"),
            name: Name {
                local: String::new(),
                english: String::new(),
            },
            clock,
            threshold: Millis(minutes * 60_000),
            share: None,
            basis: Basis::Assumed,
            source: String::new(),
        }
    }

    /// Four incidents in two towns, a minute of call handling each. Responses of 5, 6, 7 and 11
    /// minutes: two within 6 min from the call, three within 6 min from dispatch (4, 5, 6, 10).
    /// Travel is 2 minutes less than the response: 3, 4, 5, 9; three within 5.
    #[test]
    fn each_standard_counts_on_its_own_clock() {
        let standards = [
            standard(Clock::Response, 6),
            standard(Clock::Dispatch, 6),
            standard(Clock::Travel, 5),
        ];
        let areas = Areas::of_towns(vec![1, 2], 2);
        let always = [SimulatedTime(0), SimulatedTime(u64::MAX)];
        let mut tally = Tally::new(&areas, &standards, always, 1, (0, 2));
        for (number, minutes) in (0..).zip([5, 6, 7, 11]) {
            let incident = Incident {
                number,
                received: SimulatedTime(0),
                call_handling: Millis(60_000),
                point: DemandPointId(number % 2),
                incident_type: IncidentTypeId(0),
                priority: 1,
                in_standards: true,
                engines: 1,
                needs: [1, 0, 0, 0, 0, 0],
                first_trip: 0,
                water: (number > 0).then(|| Water {
                    with_hydrant: Millis(number * 60_000),
                    without_hydrant: Millis(if number < 3 { 4 } else { 3 } * 60_000),
                    with_tender: Millis::NEVER,
                    has_hydrant: number < 3,
                }),
            };
            let response = Response {
                wait: Millis(0),
                travel: Millis((minutes - 2) * 60_000),
                response: Millis(minutes * 60_000),
                full_assignment: Millis(minutes * 60_000 + 1),
                sent: 1,
                tender: Millis::NEVER,
                station: Some(FleetStation(0)),
                first_due_out: minutes == 11,
                second_due: Some(FleetStation(u32::from(minutes != 11))),
                is_aided: false,
                others: number as u16 / 2,
                engines_out: 0,
            };
            tally.answered(&incident, &response);
        }
        let mut histograms = std::array::from_fn(|_| vec![Histogram::default(); 3]);
        let closed = tally.close(&mut histograms);
        let [county, first, second] = &closed.areas[..] else {
            panic!("a county and two towns");
        };
        assert_eq!(county.within, [2, 3, 3]);
        assert_eq!(county.incidents, 4);
        assert_eq!(county.response_sum, 29 * 60_000);
        assert_eq!(county.response_median, 360);
        assert_eq!(county.response_p90, 660);
        assert_eq!(county.full_p90, 661); // A started second counts whole.
        assert_eq!(first.within, [1, 2, 2]); // 5 and 7 minutes
        assert_eq!(second.response_p90, 660); // 6 and 11 minutes
        assert_eq!(second.first_due_out_sum, 11 * 60_000);
        assert_eq!([county, first].map(|area| area.first_due_out), [1, 0]);
        assert_eq!([county, first].map(|area| area.second_due), [1, 0]);
        assert_eq!(closed.others, [2, 2, 0, 0, 0, 0]);
        assert_eq!(histograms[0][0].total(), 4);
        // Fires after 6 + 1, 7 + 2 and 11 + 3 minutes; without hydrants after 10, 11 and 14.
        assert_eq!([county.fires, county.fires_at_hydrant], [3, 2]);
        assert_eq!(county.first_water_sum, 30 * 60_000);
        assert_eq!(county.first_water_p90, 14 * 60);
        assert_eq!(county.first_water_without_hydrants_sum, 35 * 60_000);
        assert_eq!(county.first_water_without_hydrants_p90, 14 * 60);
        assert_eq!([first, second].map(|town| town.fires), [1, 2]);
        assert_eq!(
            histograms[Series::FirstWater as usize][0].percentile(0.5),
            Some(9 * 60)
        );
        let worst: Vec<(u32, u32)> = closed
            .worst
            .incidents
            .iter()
            .map(|w| (w.0.0.0, w.2))
            .collect();
        assert_eq!(worst, [(11 * 60_000, 3), (7 * 60_000, 2)]);
    }

    /// Two incidents of 5 minutes, of which a standard of 6 counts the first alone; both are in all other figures.
    #[test]
    fn what_no_standard_counts_is_in_no_share_within_one() {
        let standards = [standard(Clock::Response, 6)];
        let areas = Areas::of_towns(vec![1], 1);
        let always = [SimulatedTime(0), SimulatedTime(u64::MAX)];
        let mut tally = Tally::new(&areas, &standards, always, 1, (0, 0));
        for (number, in_standards) in (0..).zip([true, false]) {
            let incident = Incident {
                number,
                received: SimulatedTime(0),
                call_handling: Millis(60_000),
                point: DemandPointId(0),
                incident_type: IncidentTypeId(0),
                priority: 1,
                in_standards,
                engines: 1,
                needs: [1, 0, 0, 0, 0, 0],
                first_trip: 0,
                water: None,
            };
            let response = Response {
                wait: Millis(0),
                travel: Millis(180_000),
                response: Millis(300_000),
                full_assignment: Millis(300_000),
                sent: 1,
                station: Some(FleetStation(0)),
                ..Response::UNANSWERED
            };
            tally.answered(&incident, &response);
        }
        let mut histograms = std::array::from_fn(|_| vec![Histogram::default(); 2]);
        let closed = tally.close(&mut histograms);
        let [county, town] = &closed.areas[..] else {
            panic!("a county and a town");
        };
        for area in [county, town] {
            assert_eq!((area.incidents, area.in_standards), (2, 1));
            assert_eq!(area.within, [1]);
            assert_eq!(area.response_sum, 600_000);
        }
        assert_eq!(histograms[0][0].total(), 2);
    }

    /// An engine is out from minute 50 to minute 95; what is counted begins at 60 and ends at 90.
    #[test]
    fn an_engine_is_busy_only_while_time_is_counted() {
        let minute = |minute: u32| Millis(minute * 60_000);
        let areas = Areas::of_towns(vec![1], 1);
        let counted = [60, 90].map(|begin| SimulatedTime(0).after(minute(begin)));
        let mut tally = Tally::new(&areas, &[], counted, 2, (0, 0));
        tally.sent(&Assignment {
            incident: 0,
            priority: 0,
            from: Some(FleetStation(0)),
            engine: EngineId {
                station: FleetStation(1),
                number: 0,
            },
            ordered: SimulatedTime(0).after(minute(50)),
            turnout: minute(1),
            travel: minute(4),
            on_scene: minute(36),
            way_back: minute(4),
            restocking: minute(0),
            point: DemandPointId(0),
            redirected: None,
        });
        assert_eq!(tally.sums.busy, [0, 30 * 60_000]);
    }
}
