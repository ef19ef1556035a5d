//! Times counted by the second, so that percentiles have no error but the second.

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// `counts[s]` incidents took more than `s - 1` and at most `s` seconds.
    counts: Vec<u32>,
}

/// Longer times are counted as this: a day, in seconds.
const LONGEST: u32 = 86_400;

impl Histogram {
    /// Adds one time.
    pub fn add(&mut self, seconds: u32) {
        let bin = seconds.min(LONGEST) as usize;
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
        let rank = nearest_rank(q, self.total() as usize)? as u64 + 1;
        let mut seen = 0;
        let bin = self.counts.iter().position(|count| {
            seen += u64::from(*count);
            seen >= rank
        })?;
        u32::try_from(bin).ok()
    }

    /// The share of incidents that were over by each second from 0 to the longest.
    pub fn cumulative_shares(&self) -> Vec<f64> {
        let total = self.total() as f64;
        let mut seen = 0;
        self.counts
            .iter()
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
        if self.few.len() == FEW {
            self.count();
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
