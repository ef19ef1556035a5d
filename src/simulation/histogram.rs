//! Times counted by the second, so that percentiles have no error but the second.

use serde::{Deserialize, Serialize};

/// What is counted by the second, so that its percentiles have no error but the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Call received → first engine at the scene.
    Response,
    /// Call received → last required engine at the scene.
    FullAssignment,
    /// Call received → first water, of fires.
    FirstWater,
    /// The same if there were no hydrants in the county.
    FirstWaterWithoutHydrants,
}

/// One of something for each series, in the order of [`Series`].
pub type BySeries<T> = [T; 4];

/// How many incidents took how many seconds, started seconds counted as whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// `counts[s]` incidents took more than `s - 1` and at most `s` seconds; past [`DAY`] a bin is one of
    /// [`FINE`] steps.
    counts: Vec<u32>,
}

/// What takes longer, where queues grow for ever, is counted in steps of a thousandth of its size.
const DAY: u32 = 86_400;

/// Steps from each power of two to the next past a day.
const FINE: u32 = 1024;

/// The step in which a second lies: so many from each power of two to the next, and one a second below twice as
/// many; `PER_OCTAVE` is a power of two itself.
fn step_of<const PER_OCTAVE: u32>(seconds: u32) -> u32 {
    let octave = seconds.max(PER_OCTAVE).ilog2() - PER_OCTAVE.ilog2();
    PER_OCTAVE * octave + (seconds >> octave)
}

fn bin_of(seconds: u32) -> usize {
    match seconds <= DAY {
        true => seconds as usize,
        false => (DAY + 1 + step_of::<FINE>(seconds) - step_of::<FINE>(DAY + 1)) as usize,
    }
}

/// The last second of a bin.
fn last_second_of(bin: usize) -> u32 {
    let bin = bin as u32;
    if bin <= DAY {
        return bin;
    }
    let step = bin - (DAY + 1) + step_of::<FINE>(DAY + 1);
    let octave = step / FINE - 1;
    let next = u64::from(step - FINE * octave + 1) << octave;
    (next - 1).min(u64::from(u32::MAX)) as u32
}

impl Histogram {
    /// Adds one time.
    pub fn add(&mut self, seconds: u32) {
        let bin = bin_of(seconds);
        if bin >= self.counts.len() {
            self.counts.resize(bin + 1, 0);
        }
        self.counts[bin] += 1;
    }

    /// Adds all times of another.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// Of the times in the step of [`CoarseTimes`] in which a second lies, the share that took at most
    /// that long.
    pub fn share_of_step(&self, seconds: u32) -> f64 {
        let step = coarse_step_of(seconds);
        let [mut below, mut all] = [0, 0];
        // A step is no longer than an eighth of where it begins.
        let from = bin_of(seconds - seconds / 8);
        let near = self.by_last_second().skip(from);
        let near = near.take_while(|(last, _)| coarse_step_of(*last) <= step);
        for (last, count) in near.filter(|(last, _)| coarse_step_of(*last) == step) {
            all += u64::from(count);
            below += u64::from(count) * u64::from(last <= seconds);
        }
        below as f64 / (all as f64).max(1.0)
    }

    /// The counts, each with the last second of its bin.
    fn by_last_second(&self) -> impl Iterator<Item = (u32, u32)> {
        let counts = self.counts.iter().enumerate();
        counts.map(|(bin, count)| (last_second_of(bin), *count))
    }

    /// The second of the time of this rank, the shortest being of rank 1; `None` where there are fewer.
    pub fn of_rank(&self, rank: u64) -> Option<u32> {
        let mut seen = 0;
        let bin = self.counts.iter().position(|count| {
            seen += u64::from(*count);
            seen >= rank
        })?;
        Some(last_second_of(bin))
    }

    /// Whether none were added.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many times were added.
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }

    /// The first second by which a share `q` of the incidents was over (nearest rank), or `None`
    /// when there were none.
    pub fn percentile(&self, q: f64) -> Option<u32> {
        self.of_rank(nearest_rank(q, self.total() as usize)? as u64 + 1)
    }

    /// The share of incidents that were over by each second from 0 to the longest, or to a day.
    pub fn cumulative_shares(&self) -> Vec<f64> {
        let total = self.total() as f64;
        let mut seen = 0;
        self.counts
            .iter()
            .take(DAY as usize + 1)
            .map(|count| {
                seen += u64::from(*count);
                seen as f64 / total
            })
            .collect()
    }
}

/// The index of the value below or at which a share `q` of `count` sorted values lies.
fn nearest_rank(q: f64, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    // A hair less, so that 0.9 × 10 is 9 and not the next larger whole number.
    let rank = (q * count as f64 - 1e-9).ceil() as usize;
    Some(rank.saturating_sub(1).min(last))
}

/// Times counted in steps of an eighth of their size: enough to say how the share below a second varies
/// from one replication to the next, in little memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoarseTimes {
    /// The step of the first count.
    first: usize,
    counts: Vec<u32>,
}

/// Steps of all seconds that there are.
const STEPS: usize = 240;

/// The step in which a second lies: eight from each power of two to the next.
fn coarse_step_of(seconds: u32) -> usize {
    step_of::<8>(seconds) as usize
}

impl CoarseTimes {
    /// How many times were counted.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// How many times lie in steps before that of a second, and how many in its step.
    pub fn around(&self, seconds: u32) -> [u32; 2] {
        let step = coarse_step_of(seconds).checked_sub(self.first);
        let index = step.unwrap_or(0).min(self.counts.len());
        let before = self.counts[..index].iter().sum();
        let within = step.and_then(|step| self.counts.get(step));
        [before, within.copied().unwrap_or(0)]
    }
}

/// Times of one replication: a list while they are few, counted by the second when they are many,
/// so that their number takes no memory.
#[derive(Clone, Debug, Default)]
pub struct Times {
    few: Vec<u32>,
    many: Histogram,
}

/// More times than this are counted: to count them then takes less than to find their percentiles
/// in a list.
const FEW: usize = 512;

impl Times {
    /// Adds one time.
    #[inline]
    pub fn add(&mut self, seconds: u32) {
        match self.few.len() {
            0 => self.few.reserve(FEW / 16),
            FEW => self.count(),
            _ => {}
        }
        self.few.push(seconds);
    }

    fn count(&mut self) {
        for seconds in self.few.drain(..) {
            self.many.add(seconds);
        }
    }

    /// The second by which a share `q` was over, as [`Histogram::percentile`]; 0 without any.
    pub fn percentile(&mut self, q: f64) -> u32 {
        if !self.many.is_empty() {
            self.count();
            return self.many.percentile(q).unwrap_or(0);
        }
        nearest_rank(q, self.few.len()).map_or(0, |rank| *self.few.select_nth_unstable(rank).1)
    }

    /// Adds all times of another.
    pub fn merge(&mut self, other: &Self) {
        if !other.many.is_empty() {
            self.many.merge(&other.many);
        }
        other.few.iter().for_each(|seconds| self.add(*seconds));
    }

    /// All times in steps.
    pub fn coarse(&self) -> CoarseTimes {
        let mut counts = [0; STEPS];
        for (seconds, count) in self.many.by_last_second() {
            counts[coarse_step_of(seconds)] += count;
        }
        for seconds in &self.few {
            counts[coarse_step_of(*seconds)] += 1;
        }
        let first = counts.iter().position(|count| *count > 0).unwrap_or(0);
        let end = counts.iter().rposition(|count| *count > 0);
        let end = end.map_or(first, |last| last + 1);
        CoarseTimes {
            first,
            counts: counts[first..end].to_vec(),
        }
    }

    /// Adds all times to a histogram.
    pub fn add_to(&self, histogram: &mut Histogram) {
        histogram.merge(&self.many);
        self.few.iter().for_each(|seconds| histogram.add(*seconds));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nearest rank: of ten values the 9th is the 90th percentile, the 5th the median.
    #[test]
    fn the_90th_percentile_of_ten_is_the_ninth() {
        let mut histogram = Histogram::default();
        let mut times = Times::default();
        for seconds in [100, 10, 90, 20, 80, 30, 70, 40, 60, 50] {
            histogram.add(seconds);
            times.add(seconds);
        }
        assert_eq!(histogram.percentile(0.9), Some(90));
        assert_eq!(histogram.percentile(0.5), Some(50));
        assert_eq!(histogram.percentile(1.0), Some(100));
        assert_eq!([0.9, 0.5, 1.0].map(|q| times.percentile(q)), [90, 50, 100]);
        assert_eq!(Histogram::default().percentile(0.5), None);
        assert_eq!(histogram.cumulative_shares()[50], 0.5);
    }

    /// Past a day a percentile is known to a thousandth, and every time has one bin.
    #[test]
    fn what_takes_days_is_counted_as_days() {
        let mut histogram = Histogram::default();
        let mut times = Times::default();
        for minutes in 1..=4000 {
            histogram.add(minutes * 60);
            times.add(minutes * 60);
        }
        for (q, exact) in [
            (0.3, 72_000),
            (0.5, 120_000),
            (0.9, 216_000),
            (1.0, 240_000),
        ] {
            let found = histogram.percentile(q).unwrap();
            assert!((exact..=exact + exact / 1000).contains(&found), "{found}");
            assert_eq!(times.percentile(q), found);
        }
        let [before, within] = times.coarse().around(216_000);
        assert!(before < 3600 && before + within > 3600);
        for seconds in [DAY - 1, DAY, DAY + 1, 100_000, 1 << 20, u32::MAX] {
            let bin = bin_of(seconds);
            assert!(last_second_of(bin) >= seconds && bin_of(last_second_of(bin)) == bin);
            assert!(bin == 0 || last_second_of(bin - 1) < seconds);
        }
        assert_eq!(bin_of(DAY + 1), bin_of(DAY) + 1);
    }

    /// 8 steps from 64 to 128 seconds are 8 s each: 80 to 87 s are one, of which 80 and 85 are at or below 85.
    #[test]
    fn coarse_times_say_how_many_are_below() {
        let mut times = Times::default();
        let mut histogram = Histogram::default();
        for seconds in [300, 80, 85, 87, 88, 70, 3] {
            times.add(seconds);
            histogram.add(seconds);
        }
        let coarse = times.coarse();
        assert_eq!(coarse.total(), 7);
        assert_eq!(coarse.around(85), [2, 3]);
        assert_eq!(coarse.around(2), [0, 0]);
        assert_eq!(coarse.around(86_400), [7, 0]);
        assert!((histogram.share_of_step(85) - 2.0 / 3.0).abs() < 1e-12);
        // A full look finds no other times in the step of any second.
        for seconds in 0..400 {
            let listed = [300, 80, 85, 87, 88, 70, 3].into_iter();
            let in_step = listed.filter(|time| coarse_step_of(*time) == coarse_step_of(seconds));
            let in_step: Vec<u32> = in_step.collect();
            let below = in_step.iter().filter(|time| **time <= seconds).count();
            let share = below as f64 / (in_step.len() as f64).max(1.0);
            assert_eq!(histogram.share_of_step(seconds), share, "{seconds}");
        }
        assert_eq!(coarse_step_of(u32::MAX) + 1, STEPS);
        assert_eq!(histogram.of_rank(2), Some(70));
        assert_eq!(histogram.of_rank(8), None);
    }

    #[test]
    fn many_times_have_the_percentiles_of_their_list() {
        let mut times = Times::default();
        let mut list: Vec<u32> = (0..10_000).map(|i: u32| i * 7919 % 3001).collect();
        list.iter().for_each(|seconds| times.add(*seconds));
        list.sort_unstable();
        for (q, rank) in [(0.5, 4999), (0.9, 8999), (1.0, 9999)] {
            assert_eq!(times.percentile(q), list[rank]);
        }
        let mut histogram = Histogram::default();
        times.add_to(&mut histogram);
        assert_eq!(histogram.total(), 10_000);
    }
}
