//! One long replication counted in batches of equal length, each as if it were a replication (batch
//! means: Law and Carson 1979). Neighbouring batches are alike only as far as an engine that is out at
//! the end of one is out at the beginning of the next.

use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::histogram::{BySeries, Histogram};
use crate::simulation::incident::Incident;
use crate::simulation::replication_tally::ReplicationTally;
use crate::simulation::response::{Observer, Response};
use crate::simulation::tally::Tally;
use crate::simulation::time::SimulatedTime;

/// Into what a replication is cut.
#[derive(Clone, Copy, Debug)]
pub enum Cut {
    /// So many that are as good as replications.
    Batches(u32),
    /// So many sections that make one replication together.
    Sections(u32),
}

/// A tally for each batch or section; one for the whole replication where it is not cut.
#[derive(Debug)]
pub struct Batches<'a> {
    cut: Cut,
    tallies: Vec<Tally<'a>>,
    /// Where the first batch begins.
    begin: SimulatedTime,
    /// Milliseconds of a batch, but for the last, which ends with the replication.
    length: u64,
}

impl<'a> Batches<'a> {
    /// Cuts what is counted.
    ///
    /// # Panics
    /// When there is no batch and no section.
    pub fn new(
        [begin, end]: [SimulatedTime; 2],
        cut: Cut,
        tally: impl Fn([SimulatedTime; 2]) -> Tally<'a>,
    ) -> Self {
        let (Cut::Batches(count) | Cut::Sections(count)) = cut;
        let count = u64::from(count);
        let length = (end.0 - begin.0) / count;
        let bound = |batch: u64| match batch == count {
            true => end,
            false => SimulatedTime(begin.0 + batch * length),
        };
        Self {
            tallies: (0..count)
                .map(|batch| tally([bound(batch), bound(batch + 1)]))
                .collect(),
            cut,
            begin,
            length: length.max(1),
        }
    }

    /// The batch of a time; the first before it, and the last after it.
    #[inline]
    fn batch_of(&self, time: SimulatedTime) -> usize {
        let last = self.tallies.len() - 1;
        if last == 0 {
            return 0;
        }
        let batch = time.0.saturating_sub(self.begin.0) / self.length;
        (batch as usize).min(last)
    }

    /// After the last incident: what each batch came to, or all sections together.
    pub fn close(self, histograms: &mut BySeries<Vec<Histogram>>) -> Vec<ReplicationTally> {
        match self.cut {
            Cut::Sections(2..) => {
                let whole = Tally::close_together(self.tallies, histograms);
                whole.into_iter().collect()
            }
            Cut::Sections(_) | Cut::Batches(_) => {
                let tallies = self.tallies.into_iter();
                tallies.map(|tally| tally.close(histograms)).collect()
            }
        }
    }
}

impl Observer for Batches<'_> {
    #[inline]
    fn sent(&mut self, assignment: &Assignment) {
        let batches = self.batch_of(assignment.ordered)..=self.batch_of(assignment.ready());
        for tally in &mut self.tallies[batches] {
            tally.sent(assignment);
        }
    }

    fn redirected(&mut self, assignment: &Assignment) {
        // It was counted as if it went home.
        for tally in &mut self.tallies {
            tally.redirected(assignment);
        }
    }

    fn relocated(&mut self, relocation: &Relocation) {
        let batch = self.batch_of(relocation.ordered);
        self.tallies[batch].relocated(relocation);
    }

    #[inline]
    fn answered(&mut self, incident: &Incident, response: &Response) {
        let batch = self.batch_of(incident.received);
        self.tallies[batch].answered(incident, response);
    }
}

#[cfg(test)]
mod tests {

    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;
    use crate::simulation::histogram::Series;
    use crate::simulation::replication_tally::AreaTally;
    use crate::simulation::replications::{Experiment, simulate};

    /// What the batches of a run come to together is what the run comes to; busy engines, calls that
    /// wait over the end of a batch, and the days that one batch has more than another among them.
    #[test]
    fn the_batches_of_a_run_come_to_the_run() {
        let mut scenario = Scenario::load(&locate(None)).unwrap();
        for point in &mut scenario.county.demand {
            point.rates.iter_mut().for_each(|rate| *rate *= 13.0);
        }
        scenario.incidents.horizon.days = 400;
        scenario.incidents.horizon.warm_up_days = 33;
        scenario.incidents.horizon.replications = 1;
        let times = scenario.travel_times().unwrap();
        let mut simulated = |batches: Option<u32>| {
            scenario.incidents.horizon.batches = batches;
            let experiment =
                Experiment::in_detail(&scenario, &times, &scenario.alternatives[3], 20);
            simulate(&experiment).unwrap().remove(0)
        };
        let (whole, cut) = (simulated(None), simulated(Some(7)));
        assert_eq!([whole.tallies.len(), cut.tallies.len()], [1, 7]);
        for (area, of_whole) in whole.tallies[0].areas.iter().enumerate() {
            let sum = |of: fn(&AreaTally) -> u64| {
                cut.tallies.iter().map(|p| of(&p.areas[area])).sum::<u64>()
            };
            assert_eq!(
                sum(|a| u64::from(a.incidents)),
                u64::from(of_whole.incidents)
            );
            assert_eq!(sum(|a| u64::from(a.waited)), u64::from(of_whole.waited));
            assert_eq!(sum(|a| a.response_sum), of_whole.response_sum);
        }
        for (station, busy) in whole.tallies[0].busy.iter().enumerate() {
            assert!(*busy > 0);
            assert_eq!(
                cut.tallies.iter().map(|p| p.busy[station]).sum::<u64>(),
                *busy
            );
        }
        assert!(
            cut.tallies
                .iter()
                .all(|tally| tally.areas[0].incidents > 100)
        );
        for series in [Series::Response, Series::FullAssignment] {
            assert_eq!(whole.times(series), cut.times(series));
        }
        assert_eq!(whole.worst, cut.worst);
    }

    /// A replication that is counted in sections is what it is in one, and they come to it together.
    #[test]
    fn sections_change_nothing_of_a_replication() {
        let mut scenario = Scenario::load(&locate(None)).unwrap();
        for point in &mut scenario.county.demand {
            point.rates.iter_mut().for_each(|rate| *rate *= 7.0);
        }
        scenario.incidents.horizon.days = 100;
        scenario.incidents.horizon.replications = 2;
        let times = scenario.travel_times().unwrap();
        let simulated = |sections: u32| {
            let mut experiment =
                Experiment::in_detail(&scenario, &times, &scenario.alternatives[3], 20);
            // 100 days are 14 weeks.
            assert_eq!(experiment.sections, 14);
            experiment.sections = sections;
            simulate(&experiment).unwrap().remove(0)
        };
        let (whole, cut) = (simulated(1), simulated(7));
        assert_eq!([whole.strata(), cut.strata()], [1, 7]);
        assert_eq!(cut.sections().count(), 14);
        assert_eq!(whole.worst, cut.worst);
        for (whole, cut) in whole.tallies.iter().zip(&cut.tallies) {
            assert_eq!(whole.areas, cut.areas);
            assert_eq!(
                (&whole.busy, whole.others, whole.moved),
                (&cut.busy, cut.others, cut.moved)
            );
            for (area, of_whole) in whole.areas.iter().enumerate() {
                let sum = |of: fn(&AreaTally) -> u64| {
                    let sections = cut.sections().iter();
                    sections
                        .map(|section| of(&section.areas[area]))
                        .sum::<u64>()
                };
                assert_eq!(sum(|a| u64::from(a.waited)), u64::from(of_whole.waited));
                assert_eq!(sum(|a| a.response_sum), of_whole.response_sum);
                let times = cut.sections().iter().map(|section| {
                    let times = &section.coarse(Series::Response)[area];
                    u64::from(times.total())
                });
                assert_eq!(times.sum::<u64>(), u64::from(of_whole.answered()));
            }
        }
        for series in [Series::Response, Series::FullAssignment] {
            assert_eq!(whole.times(series), cut.times(series));
        }
    }
}
