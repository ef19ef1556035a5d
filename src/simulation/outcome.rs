//! What an alternative came to over its replications.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::simulation::expected_calls::ExpectedCalls;
use crate::simulation::histogram::{BySeries, Histogram, Series};
use crate::simulation::model::Chance;
use crate::simulation::replication_tally::{ReplicationTally, Worst};

/// What the replications of one alternative came to, or the batches of the only one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// One a replication, or one a batch.
    pub tallies: Vec<ReplicationTally>,
    /// Times over all replications, by series and area.
    pub(super) times: BySeries<Vec<Histogram>>,
    /// After so many replications: the times of the county, kept where another has had no more.
    pub(super) earlier: Vec<(usize, BySeries<Histogram>)>,
    /// The incidents of all replications that waited longest for help.
    pub worst: Worst,
    /// In what the replications differ.
    pub chance: Chance,
    /// By demand point, the calls to be expected.
    #[serde(skip)]
    pub expected_calls: Arc<[ExpectedCalls]>,
}

impl Outcome {
    /// Times over all replications, area by area.
    pub fn times(&self, series: Series) -> &[Histogram] {
        &self.times[series as usize]
    }

    /// Times of the county over the first replications: all, or as many as when they were kept.
    pub fn first_times(&self, series: Series, replications: usize) -> Option<&Histogram> {
        if replications == self.tallies.len() {
            return self.times(series).first();
        }
        let earlier = (self.earlier.iter()).find(|(after, _)| *after == replications);
        earlier.map(|(_, times)| &times[series as usize])
    }

    /// Keeps the times of the county as they are, since another ends with these replications and can be paired
    /// with them alone.
    pub fn keep_times(&mut self) {
        let county = self.times.each_ref().map(|times| times[0].clone());
        self.earlier.push((self.tallies.len(), county));
    }

    /// Adds replications that come after these.
    pub(super) fn extend(&mut self, later: Self) {
        for (times, later) in self.times.iter_mut().zip(&later.times) {
            for (times, later) in times.iter_mut().zip(later) {
                times.merge(later);
            }
        }
        self.tallies.extend(later.tallies);
        self.worst.merge(&later.worst);
    }

    /// What each section came to, those of the first replication first.
    pub fn sections(&self) -> impl Iterator<Item = &ReplicationTally> {
        self.tallies.iter().flat_map(ReplicationTally::sections)
    }

    /// In how many sections each replication is counted: those of one place in the horizon are alike,
    /// as the season is the same.
    pub fn strata(&self) -> usize {
        self.tallies
            .first()
            .map_or(1, |tally| tally.sections().len())
    }

    /// Adds all replications of another to the first of this, as if they were one: what more replications come to
    /// than memory has room for. Figures of it are right; what is said of their intervals is not.
    pub fn pool(&mut self, other: &Self) {
        for (times, more) in self.times.iter_mut().zip(&other.times) {
            for (times, more) in times.iter_mut().zip(more) {
                times.merge(more);
            }
        }
        if let Some(first) = self.tallies.first_mut() {
            other.tallies.iter().for_each(|tally| first.add(tally));
        }
    }

    /// Whether every call is answered.
    pub fn loses_none(&self) -> bool {
        self.tallies.iter().all(|tally| tally.areas[0].lost == 0)
    }

    /// Incidents of an area in all replications.
    pub fn incidents(&self, area: usize) -> u64 {
        let of_area = self.tallies.iter().map(|tally| &tally.areas[area]);
        of_area.map(|tally| u64::from(tally.incidents)).sum()
    }
}
