//! What one replication of one alternative came to.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::simulation::histogram::{BySeries, CoarseTimes, Series};
use crate::units::Millis;

/// What a replication came to, but for the histograms of its times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplicationTally {
    /// The county, then the other areas.
    pub areas: Vec<AreaTally>,
    /// Milliseconds that the engines of each station were out.
    pub busy: Vec<u64>,
    /// Incidents by how many others had engines out, the last entry those with [`MAX_OTHERS`] or
    /// more.
    pub others: [u32; MAX_OTHERS + 1],
    /// How often engines were sent from elsewhere, or stood by there.
    pub moved: Moved,
    /// The incidents that waited longest for help.
    pub worst: Worst,
    /// By series, then by area: the times in steps.
    pub(super) coarse: BySeries<Vec<CoarseTimes>>,
    /// The same of each section of the replication, where it was cut into some; percentiles and the
    /// incidents that waited longest are of the whole alone.
    pub(super) parts: Vec<ReplicationTally>,
}

impl ReplicationTally {
    /// The sections that the replication was cut into, of equal length and one after the other, or the
    /// whole as the only one. They depend on each other only as far as an engine that is out at the
    /// end of one is out at the beginning of the next.
    pub fn sections(&self) -> &[Self] {
        match self.parts.is_empty() {
            true => std::slice::from_ref(self),
            false => &self.parts,
        }
    }

    /// Adds what another came to, but for times and what waited longest.
    pub(super) fn add(&mut self, other: &Self) {
        for (area, more) in self.areas.iter_mut().zip(&other.areas) {
            area.add(more);
        }
        for (busy, more) in self.busy.iter_mut().zip(&other.busy) {
            *busy += more;
        }
        for (others, more) in self.others.iter_mut().zip(other.others) {
            *others += more;
        }
        self.moved.redirected += other.moved.redirected;
        self.moved.rerouted += other.moved.rerouted;
        self.moved.moved_up += other.moved.moved_up;
    }

    /// Times in steps, area by area.
    pub fn coarse(&self, series: Series) -> &[CoarseTimes] {
        &self.coarse[series as usize]
    }
}

/// More incidents at once are counted together.
pub const MAX_OTHERS: usize = 5;

/// The incidents of one area in one replication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaTally {
    /// How many there were.
    pub incidents: u32,
    /// How many of them standards count.
    pub in_standards: u32,
    /// How many of them no engine answered.
    pub lost: u32,
    /// How many had to wait for an engine.
    pub waited: u32,
    /// How many found the first-due station without a ready engine that would do.
    pub first_due_out: u32,
    /// How many of those no engine answered.
    pub lost_first_due_out: u32,
    /// How many the second-due station reached first.
    pub second_due: u32,
    /// How many had help from a neighbour.
    pub aided: u32,
    /// Sum of response times in milliseconds.
    pub response_sum: u64,
    /// Sum of the response times of those that found the first station without a ready engine.
    pub first_due_out_sum: u64,
    /// How many of those answered had fewer engines than they need.
    pub short_handed: u32,
    /// Sum of full-assignment times in milliseconds, of those that had all engines.
    pub full_sum: u64,
    /// How many of those answered were fires on which water was brought.
    pub fires: u32,
    /// How many of them had a hydrant within reach.
    pub fires_at_hydrant: u32,
    /// Sum of first-water times in milliseconds.
    pub first_water_sum: u64,
    /// The same if there were no hydrants in the county.
    pub first_water_without_hydrants_sum: u64,
    /// How many of those that standards count met each, in the scenario's order.
    pub within: Vec<u32>,
    /// Median response time in whole seconds; meaningless without incidents.
    pub response_median: u32,
    /// 90th percentile of the response time in whole seconds.
    pub response_p90: u32,
    /// 90th percentile of the full-assignment time in whole seconds.
    pub full_p90: u32,
    /// 90th percentile of the first-water time in whole seconds.
    pub first_water_p90: u32,
    /// The same if there were no hydrants in the county.
    pub first_water_without_hydrants_p90: u32,
}

impl AreaTally {
    /// Adds the incidents of another; percentiles do not add up.
    pub(super) fn add(&mut self, other: &Self) {
        self.incidents += other.incidents;
        self.in_standards += other.in_standards;
        self.lost += other.lost;
        self.waited += other.waited;
        self.first_due_out += other.first_due_out;
        self.lost_first_due_out += other.lost_first_due_out;
        self.second_due += other.second_due;
        self.aided += other.aided;
        self.response_sum += other.response_sum;
        self.first_due_out_sum += other.first_due_out_sum;
        self.short_handed += other.short_handed;
        self.full_sum += other.full_sum;
        self.fires += other.fires;
        self.fires_at_hydrant += other.fires_at_hydrant;
        self.first_water_sum += other.first_water_sum;
        self.first_water_without_hydrants_sum += other.first_water_without_hydrants_sum;
        for (count, more) in self.within.iter_mut().zip(&other.within) {
            *count += more;
        }
    }

    /// Incidents that were answered and found the first-due station without a ready engine.
    pub fn answered_first_due_out(&self) -> u32 {
        self.first_due_out - self.lost_first_due_out
    }

    /// Incidents that were answered.
    pub fn answered(&self) -> u32 {
        self.incidents - self.lost
    }
}

/// How often engines were sent from elsewhere than their station, or stood by at another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Engines sent on from their way back.
    pub redirected: u32,
    /// Engines sent on to a graver incident before they were there.
    pub rerouted: u32,
    /// Engines that went to stand by at another station.
    pub moved_up: u32,
}

/// The incidents that waited longest for help, the longest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worst {
    /// Time, replication and number; a lost incident takes [`Millis::NEVER`].
    #[serde(with = "in_milliseconds")]
    pub incidents: Vec<(Reverse<Millis>, u32, u32)>,
    /// How many are kept.
    pub most: usize,
}

/// Times as whole numbers in a file, where spans of time are texts otherwise.
mod in_milliseconds {
    use super::{Deserialize, Millis, Reverse, Serialize};

    type Incident = (Reverse<Millis>, u32, u32);

    pub(super) fn serialize<S: serde::Serializer>(
        incidents: &[Incident],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let rows = incidents
            .iter()
            .map(|(time, replication, number)| (time.0.0, replication, number));
        rows.collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Incident>, D::Error> {
        let rows = Vec::<(u32, u32, u32)>::deserialize(deserializer)?.into_iter();
        Ok(rows
            .map(|(time, replication, number)| (Reverse(Millis(time)), replication, number))
            .collect())
    }
}

impl Worst {
    #[inline]
    pub(super) fn add(&mut self, time: Millis, replication: u32, number: u32) {
        let last = self.incidents.last();
        let is_full = self.incidents.len() >= self.most;
        if is_full && last.is_none_or(|(Reverse(least), _, _)| time <= *least) {
            return;
        }
        let entry = (Reverse(time), replication, number);
        let index = self.incidents.partition_point(|other| *other < entry);
        self.incidents.insert(index, entry);
        self.incidents.truncate(self.most);
    }

    /// Adds those of another.
    pub fn merge(&mut self, other: &Self) {
        self.incidents.extend_from_slice(&other.incidents);
        self.incidents.sort_unstable();
        self.incidents.truncate(self.most);
    }
}
