//! One site from each of two lists, every pair looked at: the two brigades of a county.
//!
//! The value of a pair takes a minimum and a sum at every point. Those run over whole numbers of 32
//! bits, which are weight times time with the last digits cut off, and so never say too much; the
//! few pairs whose cut value is no worse than the best are then worked out to the last digit.
//!
//! ```text
//!              second list: SET sites        points: BLOCK at once
//! first list   +----+----+----+
//! TILE sites   | 4 × 2   |    |   <- each time loaded serves several pairs
//!              +----+----+----+
//! ```

use multiversion::multiversion;
use rayon::prelude::*;

use super::answer::{Answer, Clock, Effort, Why};
use super::problem::{ConstraintsError, NEVER, ProblemError, Times};
use crate::progress::{Unit, Work};

/// Points that are worked on together: the rows of a tile stay in the first cache.
const BLOCK: usize = 1024;
/// Sites of the second list that are worked on together: their block stays in the second cache.
const SET: usize = 64;
/// Sites of the first list in a tile, and of the second.
const TILE: usize = 4;
const PAIR: usize = 2;
/// Sites of the first list that one thread takes at a time.
const SHARE: usize = 64;
/// Times that are added at once.
const LANES: usize = 8;

/// Where one site from each of two lists is chosen, and some stand already.
#[derive(Clone, Copy, Debug)]
pub struct Pairs<'a> {
    /// Times from every site.
    pub times: &'a Times,
    /// Weight of each point; points of weight 0 count for nothing.
    pub weight: &'a [u64],
    /// The sites that stand already.
    pub standing: &'a [usize],
    /// The two lists. A site of both is not paired with itself.
    pub lists: [&'a [usize]; 2],
}

/// The pair with the least sum of weight times time to the nearest site.
///
/// The value is that sum, in weight times milliseconds; the sites are those that stand and the
/// pair. Of equal pairs that with the first site of the first list is chosen, then of the second.
/// A time limit is looked at now and then; what is not looked at by then has no bound but 0.
///
/// # Errors
/// When a list names a site that is not there, or the sums are too large.
pub fn best_pair(pairs: &Pairs<'_>, effort: &Effort) -> Result<Answer, ProblemError> {
    best_pairs(pairs, 1, effort).map(|(answer, _)| answer)
}

/// A pair, and its sum of weight times time to the nearest site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// One site of each list.
    pub sites: [usize; 2],
    /// The sum.
    pub value: u64,
}

/// As [`best_pair`], with the `most` best pairs, the best first: no other is better than the last.
///
/// # Errors
/// When a list names a site that is not there, or the sums are too large.
pub fn best_pairs(
    pairs: &Pairs<'_>,
    most: usize,
    effort: &Effort,
) -> Result<(Answer, Vec<Pair>), ProblemError> {
    let clock = Clock::start(effort);
    let sites = pairs.times.sites();
    let mut named = (pairs.lists.into_iter().flatten()).chain(pairs.standing);
    if let Some(site) = named.find(|site| **site >= sites) {
        return Err(ConstraintsError::UnknownSite { site: *site, sites }.into());
    }
    let exact = Exact::new(pairs).ok_or(ProblemError::TooLarge)?;
    let everything = pairs.lists.concat();
    let infeasible = |why| Ok((Answer::infeasible(why, clock.began), Vec::new()));
    if let Some(unreached) = exact.unreached(&everything) {
        return infeasible(Why::Unreached(unreached));
    }
    let [first, second] = pairs.lists.map(|list| exact.cut(list));
    let shares: Vec<_> = (0..pairs.lists[0].len()).step_by(SHARE).collect();
    let work = Work::new(
        "screening pairs",
        pairs.lists[0].len(),
        Unit::Count("sites"),
    );
    let best: Vec<Option<Vec<Best>>> = shares
        .into_par_iter()
        .with_max_len(1)
        .map(|begin| {
            let end = pairs.lists[0].len().min(begin + SHARE);
            let best = || exact.best(begin..end, &first, &second, most.max(1));
            let best = (!clock.is_over()).then(best);
            work.add(end - begin);
            best
        })
        .collect();
    let whole = best.iter().all(Option::is_some);
    let mut best: Vec<Best> = best.into_iter().flatten().flatten().collect();
    best.sort_unstable();
    best.truncate(most.max(1));
    let best: Vec<Pair> = (best.into_iter())
        .map(|(value, a, b)| Pair {
            sites: [pairs.lists[0][a], pairs.lists[1][b]],
            value,
        })
        .collect();
    let answer = match best.first() {
        Some(pair) => {
            let mut sites = [pairs.standing, &pair.sites].concat();
            sites.sort_unstable();
            sites.dedup();
            let bound = if whole { pair.value } else { 0 };
            Answer::found((sites, Vec::new()), pair.value, bound, clock.began)
        }
        None if whole => return infeasible(Why::TooFewSites),
        None => Answer::unknown(0, clock.began),
    };
    Ok((answer, best))
}

/// A value, and the indices of its sites in the two lists.
type Best = (u64, usize, usize);

/// Rows of 32 bits, site by site.
type Rows = Vec<[u32; LANES]>;

/// The values to the last digit, and how they are cut.
struct Exact<'a> {
    pairs: &'a Pairs<'a>,
    /// Points with a weight.
    points: Vec<usize>,
    /// The time of each of those points to the nearest site that stands.
    standing: Vec<u32>,
    /// The longest time to each of those points.
    longest: Vec<u32>,
    /// So many binary digits are cut off.
    cut: u32,
}

impl<'a> Exact<'a> {
    fn new(pairs: &'a Pairs<'a>) -> Option<Self> {
        let points: Vec<usize> = (0..pairs.times.points())
            .filter(|point| pairs.weight[*point] > 0)
            .collect();
        let mut standing = vec![NEVER; points.len()];
        for site in pairs.standing {
            let row = pairs.times.from(*site);
            for (standing, point) in standing.iter_mut().zip(&points) {
                *standing = (*standing).min(row[*point]);
            }
        }
        let mut longest = vec![0; points.len()];
        for site in pairs.lists.into_iter().flatten() {
            let row = pairs.times.from(*site);
            for ((longest, point), standing) in longest.iter_mut().zip(&points).zip(&standing) {
                let time = row[*point].min(*standing);
                *longest = (*longest).max(if time == NEVER { 0 } else { time });
            }
        }
        let mut largest = 0_u64;
        for (longest, point) in longest.iter().zip(&points) {
            let most = pairs.weight[*point].checked_mul(u64::from(*longest))?;
            largest = largest.checked_add(most)?;
        }
        let cut = (64 - largest.leading_zeros()).saturating_sub(32);
        Some(Self {
            pairs,
            points,
            standing,
            longest,
            cut,
        })
    }

    /// Points that none of the sites reaches.
    fn unreached(&self, sites: &[usize]) -> Option<Vec<usize>> {
        let reaches = |site: &usize, point| self.pairs.times.get(*site, point) < NEVER;
        let unreached: Vec<usize> = (self.points.iter().zip(&self.standing))
            .filter(|(_, standing)| **standing == NEVER)
            .map(|(point, _)| *point)
            .filter(|point| !sites.iter().any(|site| reaches(site, *point)))
            .collect();
        (!unreached.is_empty()).then_some(unreached)
    }

    /// The rows of a list, cut. No road costs as much as the longest: what that makes too cheap is
    /// found when it is worked out.
    fn cut(&self, list: &[usize]) -> Rows {
        let width = self.points.len().div_ceil(LANES);
        let mut rows = vec![[0; LANES]; width * list.len()];
        let fill = |(row, site): (&mut [[u32; LANES]], &usize)| {
            let times = self.pairs.times.from(*site);
            let row = row.as_flattened_mut().iter_mut();
            for (index, cut) in row.take(self.points.len()).enumerate() {
                let point = self.points[index];
                let time = times[point]
                    .min(self.standing[index])
                    .min(self.longest[index]);
                *cut = ((self.pairs.weight[point] * u64::from(time)) >> self.cut) as u32;
            }
        };
        rows.par_chunks_mut(width.max(1)).zip(list).for_each(fill);
        rows
    }

    /// The value of a pair; `None` when it does not reach a point.
    fn value(&self, a: usize, b: usize) -> Option<u64> {
        let [a, b] = [self.pairs.lists[0][a], self.pairs.lists[1][b]];
        let (from_a, from_b) = (self.pairs.times.from(a), self.pairs.times.from(b));
        let mut sum = 0;
        for (point, standing) in self.points.iter().zip(&self.standing) {
            let time = from_a[*point].min(from_b[*point]).min(*standing);
            if time == NEVER {
                return None;
            }
            sum += self.pairs.weight[*point] * u64::from(time);
        }
        (a != b).then_some(sum)
    }

    /// The `most` best pairs with a site of `of_first`, the best first.
    fn best(
        &self,
        of_first: std::ops::Range<usize>,
        first: &Rows,
        second: &Rows,
        most: usize,
    ) -> Vec<Best> {
        let width = self.points.len().div_ceil(LANES);
        let others = self.pairs.lists[1].len();
        let mine = &first[of_first.start * width..of_first.end * width];
        let mut cut = vec![0; of_first.len() * others];
        add_minima(mine, second, width, &mut cut);
        // The lowest cut value first; when that is above the last one kept, no other is better.
        let mut order: Vec<u32> = (0..cut.len() as u32).collect();
        let mut best: Vec<Best> = Vec::with_capacity(most.min(order.len()) + 1);
        let mut from = 0;
        while from < order.len() {
            // A few at a time, as a few are all that is needed.
            let few = (order.len() - from).min(64 + from);
            let key = |index: &u32| (cut[*index as usize], *index);
            if few < order.len() - from {
                order[from..].select_nth_unstable_by_key(few - 1, key);
            }
            order[from..from + few].sort_unstable_by_key(key);
            for index in &order[from..from + few] {
                let least = u64::from(cut[*index as usize]) << self.cut;
                if best.len() == most && least > best[most - 1].0 {
                    return best;
                }
                let (a, b) = (*index as usize / others, *index as usize % others);
                if let Some(value) = self.value(of_first.start + a, b) {
                    let this = (value, of_first.start + a, b);
                    let rank = best.partition_point(|kept| *kept < this);
                    best.insert(rank, this);
                    best.truncate(most);
                }
            }
            from += few;
        }
        best
    }
}

/// Adds up the smaller of each two, for every row of `first` with every row of `second`.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
fn add_minima(first: &[[u32; LANES]], second: &[[u32; LANES]], width: usize, sums: &mut [u32]) {
    if width == 0 {
        return;
    }
    let (rows, others) = (first.len() / width, second.len() / width);
    for block in (0..width).step_by(BLOCK / LANES) {
        let end = width.min(block + BLOCK / LANES);
        for set in (0..others).step_by(SET) {
            let set = set..others.min(set + SET);
            for tile in (0..rows).step_by(TILE) {
                // Beyond the last row it is the last again, and not kept.
                let a: [_; TILE] = std::array::from_fn(|i| {
                    let row = (tile + i).min(rows - 1) * width;
                    &first[row + block..row + end]
                });
                for pair in set.clone().step_by(PAIR) {
                    let b: [_; PAIR] = std::array::from_fn(|k| {
                        let row = (pair + k).min(others - 1) * width;
                        &second[row + block..row + end]
                    });
                    let mut lanes = [[[0_u32; LANES]; PAIR]; TILE];
                    for index in 0..end - block {
                        for i in 0..TILE {
                            for k in 0..PAIR {
                                for lane in 0..LANES {
                                    let least = a[i][index][lane].min(b[k][index][lane]);
                                    lanes[i][k][lane] = lanes[i][k][lane].wrapping_add(least);
                                }
                            }
                        }
                    }
                    for i in 0..TILE.min(rows - tile) {
                        for k in 0..PAIR.min(set.end - pair) {
                            let sum = &mut sums[(tile + i) * others + pair + k];
                            *sum = lanes[i][k].iter().fold(*sum, |a, b| a.wrapping_add(*b));
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::every_choice::small;
    use super::*;
    use proptest::prelude::*;

    /// ```text
    /// point   0   1   2   3      stands: 0       first list: 1, 2      second: 2, 3
    /// site 0  1   9   9   9
    /// site 1  9   1   9   9      1 and 3: 1 + 1 + 9 + 1
    /// site 2  9   2   1   9      2 and 3: 1 + 2 + 1 + 1
    /// site 3  9   9   9   1
    /// ```
    #[test]
    fn a_pair_stands_beside_what_stands() {
        let times = [[1, 9, 9, 9], [9, 1, 9, 9], [9, 2, 1, 9], [9, 9, 9, 1]];
        let pairs = Pairs {
            times: &Times::new(4, times.concat()),
            weight: &[1; 4],
            standing: &[0],
            lists: [&[1, 2], &[2, 3]],
        };
        let answer = best_pair(&pairs, &Effort::default()).unwrap();
        assert_eq!((answer.value, answer.bound), (Some(5), 5));
        assert_eq!(answer.sites, [0, 2, 3]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn no_pair_is_better_than_the_answer(seed in any::<u64>(), parts in any::<u32>(), heavy: bool) {
            let small = small(seed);
            let sites = small.times.sites();
            let of = |shift: u32| -> Vec<usize> {
                (0..sites).filter(|site| parts >> (site + shift as usize) & 1 == 1).collect()
            };
            let (first, second, standing) = (of(0), of(10), if parts >> 31 == 1 { vec![0] } else { vec![] });
            // So heavy that digits have to be cut off.
            let by = if heavy { 1_000_003 } else { 1 };
            let weight: Vec<u64> = small.weight.iter().map(|weight| weight * by).collect();
            let mut all: Vec<Best> = Vec::new();
            for (index_a, a) in first.iter().enumerate() {
                for (index_b, b) in second.iter().enumerate().filter(|(_, b)| a != *b) {
                    let open: Vec<usize> = standing.iter().copied().chain([*a, *b]).collect();
                    let nearest = small.nearest(&open).into_iter().zip(&weight);
                    let nearest: Vec<_> = nearest.filter(|(_, weight)| **weight > 0).collect();
                    if nearest.iter().all(|(time, _)| *time < NEVER) {
                        let value = nearest.iter().map(|(time, w)| u64::from(*time) * **w).sum();
                        all.push((value, index_a, index_b));
                    }
                }
            }
            all.sort_unstable();
            let best = all.first().copied();
            let pairs = Pairs { times: &small.times, weight: &weight, standing: &standing, lists: [&first, &second] };
            let (answer, five) = best_pairs(&pairs, 5, &Effort::default()).unwrap();
            let expected: Vec<Pair> = (all.iter().take(5))
                .map(|(value, a, b)| Pair { sites: [first[*a], second[*b]], value: *value })
                .collect();
            prop_assert_eq!(five, expected);
            prop_assert_eq!(answer.value, best.map(|(value, ..)| value));
            if let Some((_, a, b)) = best {
                let mut sites = standing.clone();
                sites.extend([first[a], second[b]]);
                sites.sort_unstable();
                sites.dedup();
                prop_assert_eq!(answer.sites, sites);
            }
        }
    }
}
