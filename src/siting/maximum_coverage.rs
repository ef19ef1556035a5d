//! As much demand as possible within reach: maximal covering (Church and ReVelle 1974), with credit
//! that shrinks with time (Berman and Krass 2002), with backup (Hogan and ReVelle 1986), and with
//! engines that may be out (MEXCLP, Daskin 1983).
//!
//! Each is a median problem: demand costs what it could be worth and is not. The bound is that of
//! Galvão and ReVelle (1996), who relax the same constraints.

use std::time::Instant;

use super::answer::{Answer, Effort, Status};
use super::median::{Median, solve};
use super::problem::{Constraints, NEVER, ProblemError, Times};
use super::reach::Reach;

/// The choice of sites that reaches most weight within `threshold`, that time included.
///
/// The value is the weight that is reached.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
pub fn most_reached(
    times: &Times,
    weight: &[u64],
    threshold: u32,
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    most_counted((times, weight, threshold), &[1], constraints, effort)
}

/// A span of time and what it is worth to be reached within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Up to this time, that included.
    pub within: u32,
    /// For each unit of weight.
    pub worth: u32,
}

/// The choice of sites with most credit: each point gets that of the shortest span within which a
/// site reaches it. The value is the sum of weight times credit.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
///
/// # Panics
/// When the spans do not grow or their worth grows with them.
pub fn most_credit(
    times: &Times,
    weight: &[u64],
    credits: &[Credit],
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    let shrinks =
        |pair: &[Credit]| pair[0].within < pair[1].within && pair[0].worth >= pair[1].worth;
    assert!(credits.windows(2).all(shrinks), "credit has to shrink");
    let most = credits.first().map_or(0, |credit| credit.worth);
    let cost = |time: &u32| {
        let credit = credits
            .iter()
            .find(|credit| *time <= credit.within && *time < NEVER);
        most - credit.map_or(0, |credit| credit.worth)
    };
    let problem = Median {
        costs: Times::new(times.points(), times.all().iter().map(cost).collect()),
        weight: weight.to_vec(),
        unserved: Some(most),
        levels: None,
    };
    let total = total(weight, u64::from(most))?;
    turned(total, effort, |effort| solve(&problem, constraints, effort))
}

/// The choice of sites that counts most where each point counts its weight times the first of
/// `levels` when one site reaches it, the second besides when two do, and so on: `[1]` is maximal
/// covering, `[2, 1]` counts half as much for a second site within reach.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
///
/// # Panics
/// When there are no levels, or one is more than the one before.
pub fn most_counted(
    (times, weight, threshold): (&Times, &[u64], u32),
    levels: &[u32],
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    let shrinks = levels.windows(2).all(|pair| pair[0] >= pair[1]);
    assert!(shrinks && !levels.is_empty(), "levels have to shrink");
    constraints.check(times.sites())?;
    // Below the largest time, so that a pair without a road is never within reach.
    let reach = Reach::within(times, weight, threshold.min(NEVER - 1), constraints);
    let (costs, weight) = reach.costs(levels[0]);
    let each: u64 = levels.iter().map(|level| u64::from(*level)).sum();
    let total = total(&weight, each)?;
    let problem = Median {
        costs,
        weight,
        unserved: Some(levels[0]),
        levels: (levels.len() > 1).then(|| levels.to_vec()),
    };
    // A site in whose place another does as well is of use only where sites count together, or where
    // each has room for so much.
    let needless = if levels.len() == 1 && constraints.capacity.is_none() {
        reach.needless(constraints)
    } else {
        Vec::new()
    };
    let mut fewer = constraints.clone();
    fewer.forbidden.extend(&needless);
    let mut answer = turned(total, effort, |effort| solve(&problem, &fewer, effort))?;
    if answer.value.is_some() {
        fill_up(&mut answer.sites, &needless, constraints.most);
    }
    Ok(answer)
}

/// Adds needless sites until there are `most`.
pub(super) fn fill_up(sites: &mut Vec<usize>, needless: &[usize], most: Option<usize>) {
    let missing = most.map_or(0, |most| most.saturating_sub(sites.len()));
    sites.extend(needless.iter().take(missing));
    sites.sort_unstable();
}

/// All weight, each unit counting so much.
fn total(weight: &[u64], each: u64) -> Result<u64, ProblemError> {
    let sum = |sum: u64, weight: &u64| sum.checked_add(weight.checked_mul(each)?);
    let total = weight.iter().try_fold(0, sum);
    total.ok_or(ProblemError::TooLarge)
}

/// Solves for the least that is missing from `total`, and answers with what is there.
fn turned(
    total: u64,
    effort: &Effort,
    solve: impl FnOnce(&Effort) -> Result<Answer, ProblemError>,
) -> Result<Answer, ProblemError> {
    let turned = Effort {
        missing_from: Some(total),
        ..*effort
    };
    let mut answer = solve(&turned)?;
    if !matches!(answer.status, Status::Infeasible(_)) {
        answer.value = answer.value.map(|missing| turned.shown(missing));
        answer.bound = turned.shown(answer.bound);
    }
    Ok(answer)
}

/// Where engines stand, several at a site if that is best.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// How many engines there are; fixed ones count.
    pub engines: usize,
    /// How many may stand at one site.
    pub at_a_site: usize,
    /// The share of time that an engine is out, from 0 to 1.
    pub busy: f64,
    /// Whether engines are out together, as calls that find one out go to another: otherwise each is
    /// taken to be out by itself.
    pub adjusted: bool,
}

impl Fleet {
    /// For `k` engines in reach, the share of time that the first of them are out and the `k`-th is
    /// not.
    ///
    /// Adjusted it is that of `engines` alike that share one queue (M/M/c), any order of them being as
    /// good as any other: by Larson's (1975) correction factor, as Batta, Dolan and Krishnamurthy (1989)
    /// use it for the adjusted MEXCLP.
    pub(super) fn first_ready(&self) -> Vec<f64> {
        let q = self.busy;
        if !self.adjusted {
            return (0..self.engines as i32)
                .map(|others| (1.0 - q) * libm::pow(q, f64::from(others)))
                .collect();
        }
        let engines = self.engines as f64;
        // So many are out with these probabilities, all being out left aside: as 1, a, a²/2, …, and
        // what is waiting beyond all as a geometric sum.
        let mut out = vec![1.0];
        for count in 1..self.engines {
            out.push(out[count - 1] * engines * q / count as f64);
        }
        let all_out = out[self.engines - 1] * q / (1.0 - q);
        let total: f64 = out.iter().sum::<f64>() + all_out;
        let mut share: Vec<f64> = out.iter().map(|weight| weight / total).collect();
        let mut shares = Vec::new();
        for asked in 0..self.engines {
            let left = engines - asked as f64;
            let is_out = |count: usize| (count.saturating_sub(asked)) as f64 / left;
            let counted = share.iter().enumerate();
            shares.push(counted.map(|(n, share)| share * (1.0 - is_out(n))).sum());
            for (count, share) in share.iter_mut().enumerate() {
                *share *= is_out(count);
            }
        }
        shares
    }
}

/// What an answer to [`most_expected`] is scaled by: its value is weight times this.
pub const EXPECTED_SCALE: u32 = 1_000_000_000;

/// The choice of sites for engines that reaches most weight within `threshold` with an engine that
/// is not out (MEXCLP, Daskin 1983): with `k` engines in reach, that is the weight times `1 - q^k`, or
/// what takes its place where engines are out together.
///
/// The value is that sum times [`EXPECTED_SCALE`], the share of each further engine rounded to a whole
/// number of such parts. A site stands in the answer once for each of its engines. In the constraints, `fixed` may
/// name a site several times; groups and budget count engines.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
pub fn most_expected(
    (times, weight, threshold): (&Times, &[u64], u32),
    fleet: &Fleet,
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    let began = Instant::now();
    let sites = times.sites();
    constraints.check(sites)?;
    if constraints.capacity.is_some() {
        return Err(ProblemError::CapacityCounted);
    }
    let copies = fleet.at_a_site.min(fleet.engines).max(1);
    let at = |site: usize| (0..copies).map(move |copy| site * copies + copy);
    let mut fixed = Vec::new();
    for (index, site) in constraints.fixed.iter().enumerate() {
        let before = constraints.fixed[..index]
            .iter()
            .filter(|other| *other == site);
        fixed.extend(at(*site).nth(before.count()));
    }
    let of_engines = Constraints {
        most: Some(fleet.engines),
        fixed,
        forbidden: constraints.forbidden.iter().copied().flat_map(at).collect(),
        groups: (constraints.groups.iter().cloned())
            .map(|mut group| {
                group.sites = group.sites.into_iter().flat_map(at).collect();
                group
            })
            .collect(),
        budget: constraints.budget.clone().map(|mut budget| {
            budget.cost = budget
                .cost
                .iter()
                .flat_map(|cost| vec![*cost; copies])
                .collect();
            budget
        }),
        conflicts: (constraints.conflicts.iter())
            .filter(|(a, b)| a != b)
            .map(|(a, b)| (a * copies, b * copies))
            .collect(),
        after: (0..sites)
            .flat_map(|site| {
                (1..copies).map(move |copy| (site * copies + copy - 1, site * copies + copy))
            })
            .collect(),
        capacity: None,
    };
    let rows = (0..sites).flat_map(|site| (0..copies).flat_map(move |_| times.from(site)));
    let of_engines_times = Times::new(times.points(), rows.copied().collect());
    let scale = f64::from(EXPECTED_SCALE);
    let shares = fleet.first_ready().into_iter();
    let levels: Vec<u32> = shares.map(|share| (share * scale).round() as u32).collect();
    let given = (&of_engines_times, weight, threshold);
    let mut answer = most_counted(given, &levels, &of_engines, effort)?;
    for site in &mut answer.sites {
        *site /= copies;
    }
    answer.elapsed = began.elapsed();
    Ok(answer)
}
