//! What one replication adds up to, for the county and for each town.

use crate::scenario::standards::{Clock, Standard};
use crate::simulation::dispatch::Response;
use crate::simulation::history::History;
use crate::units::Millis;

/// The incidents of one area (the county or a town) in one replication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaTally {
    /// How many there were.
    pub incidents: u32,
    /// How many had to wait for an engine.
    pub waited: u32,
    /// Sum of response times in milliseconds.
    pub response_sum: u64,
    /// Sum of full-assignment times in milliseconds.
    pub full_sum: u64,
    /// How many met each standard, in the scenario's order.
    pub within: Vec<u32>,
    /// Median response time in whole seconds; meaningless without incidents.
    pub response_median: u32,
    /// 90th percentile of the response time in whole seconds.
    pub response_p90: u32,
    /// 90th percentile of the full-assignment time in whole seconds.
    pub full_p90: u32,
}

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

    /// How many times were added.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }

    /// The first second by which a share `q` of the incidents was over (nearest rank), or `None`
    /// when there were none.
    #[must_use]
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
    #[must_use]
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

/// The place, from 0, of the value below or at which a share `q` of `count` sorted values lies.
fn nearest_rank(q: f64, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    // A hair less, so that 0.9 × 10 is 9 and not the next larger whole number.
    let rank = (q * count as f64 - 1e-9).ceil() as usize;
    Some(rank.saturating_sub(1).min(last))
}

/// Incidents of one history sorted by town.
#[derive(Clone, Debug)]
pub struct ByTown {
    /// Indices of incidents, town by town.
    order: Vec<u32>,
    /// `first[town]..first[town + 1]` in `order` are those of a town.
    first: Vec<usize>,
}

impl ByTown {
    /// Sorts a history; `town_of[place]` is the index of the town of a demand point.
    #[must_use]
    pub fn new(history: &History, town_of: &[usize], towns: usize) -> Self {
        let town = |index: u32| town_of[history.incidents[index as usize].place.index()];
        let mut order: Vec<u32> = (0..history.incidents.len() as u32).collect();
        order.sort_by_key(|index| town(*index));
        let first = (0..=towns)
            .map(|wanted| order.partition_point(|index| town(*index) < wanted))
            .collect();
        Self { order, first }
    }
}

/// One alternative's answers to one history: tallies of the county and then each town, and the
/// times in whole seconds, town by town.
#[derive(Clone, Debug)]
pub struct Played {
    /// The county, then the towns.
    pub areas: Vec<AreaTally>,
    /// Response times.
    pub response: Vec<u32>,
    /// Full-assignment times.
    pub full: Vec<u32>,
}

impl Played {
    /// Adds up the answers.
    #[must_use]
    pub fn new(
        history: &History,
        by_town: &ByTown,
        responses: &[Response],
        standards: &[Standard],
    ) -> Self {
        let seconds = |span: Millis| span.0.div_ceil(1000);
        let times = |of: fn(&Response) -> Millis| -> Vec<u32> {
            by_town
                .order
                .iter()
                .map(|index| seconds(of(&responses[*index as usize])))
                .collect()
        };
        let mut played = Self {
            areas: vec![AreaTally::default()],
            response: times(|response| response.response),
            full: times(|response| response.full_assignment),
        };
        let mut scratch = Vec::new();
        for range in by_town.first.array_windows::<2>() {
            let [start, end] = *range;
            let mut area = AreaTally {
                within: vec![0; standards.len()],
                ..AreaTally::default()
            };
            for index in &by_town.order[start..end] {
                let incident = &history.incidents[*index as usize];
                let response = &responses[*index as usize];
                area.incidents += 1;
                area.waited += u32::from(response.wait.0 > 0);
                area.response_sum += u64::from(response.response.0);
                area.full_sum += u64::from(response.full_assignment.0);
                for (count, standard) in area.within.iter_mut().zip(standards) {
                    let time = match standard.clock {
                        Clock::Response => response.response,
                        Clock::Dispatch => Millis(response.response.0 - incident.call_handling.0),
                        Clock::Travel => response.travel,
                    };
                    *count += u32::from(time <= standard.threshold);
                }
            }
            area.percentiles(
                &played.response[start..end],
                &played.full[start..end],
                &mut scratch,
            );
            played.areas.push(area);
        }
        played.areas[0] = AreaTally::sum(&played.areas[1..], standards.len());
        played.areas[0].percentiles(&played.response, &played.full, &mut scratch);
        played
    }

    /// The times of each town, as slices of [`Played::response`] or [`Played::full`].
    pub fn town_slices<'t>(
        by_town: &'t ByTown,
        times: &'t [u32],
    ) -> impl Iterator<Item = &'t [u32]> {
        by_town
            .first
            .array_windows::<2>()
            .map(|[start, end]| &times[*start..*end])
    }
}

impl AreaTally {
    fn sum(areas: &[Self], standards: usize) -> Self {
        let mut sum = Self {
            within: vec![0; standards],
            ..Self::default()
        };
        for area in areas {
            sum.incidents += area.incidents;
            sum.waited += area.waited;
            sum.response_sum += area.response_sum;
            sum.full_sum += area.full_sum;
            for (count, more) in sum.within.iter_mut().zip(&area.within) {
                *count += more;
            }
        }
        sum
    }

    fn percentiles(&mut self, response: &[u32], full: &[u32], scratch: &mut Vec<u32>) {
        let mut percentile = |times: &[u32], q| {
            scratch.clear();
            scratch.extend_from_slice(times);
            nearest_rank(q, scratch.len()).map_or(0, |rank| *scratch.select_nth_unstable(rank).1)
        };
        self.response_median = percentile(response, 0.5);
        self.response_p90 = percentile(response, 0.9);
        self.full_p90 = percentile(full, 0.9);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Basis;
    use crate::county::demand::DemandId;
    use crate::language::Name;
    use crate::simulation::history::{Incident, Moment};

    /// Nearest rank: of ten values the 9th is the 90th percentile, the 5th the median.
    #[test]
    fn the_90th_percentile_of_ten_is_the_ninth() {
        let mut histogram = Histogram::default();
        for seconds in [100, 10, 90, 20, 80, 30, 70, 40, 60, 50] {
            histogram.add(seconds);
        }
        assert_eq!(histogram.percentile(0.9), Some(90));
        assert_eq!(histogram.percentile(0.5), Some(50));
        assert_eq!(histogram.percentile(1.0), Some(100));
        assert_eq!(Histogram::default().percentile(0.5), None);
        assert_eq!(histogram.cumulative_shares()[50], 0.5);
    }

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
        let minutes = [5, 6, 7, 11];
        let history = History {
            incidents: [0, 1, 0, 1]
                .map(|place| Incident {
                    received: Moment(0),
                    call_handling: Millis(60_000),
                    place: DemandId(place),
                    kind: 0,
                    engines: 1,
                    first_trip: 0,
                })
                .to_vec(),
            trips: Vec::new(),
        };
        let responses = minutes.map(|minutes| Response {
            wait: Millis(0),
            travel: Millis((minutes - 2) * 60_000),
            response: Millis(minutes * 60_000),
            full_assignment: Millis(minutes * 60_000 + 1),
            station: 0,
        });
        let standards = [
            standard(Clock::Response, 6),
            standard(Clock::Dispatch, 6),
            standard(Clock::Travel, 5),
        ];
        let by_town = ByTown::new(&history, &[0, 1], 2);
        let played = Played::new(&history, &by_town, &responses, &standards);
        let [county, first, second] = &played.areas[..] else {
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
    }
}
