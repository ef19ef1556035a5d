//! Whether so many sites reach all of some demand: the set covering problem.
//!
//! Demand has multipliers, a site is worth opening where those it reaches add up to more than one,
//! and the sum of all multipliers less what sites are worth is a bound on the number of sites
//! (Beasley 1987). Where that does not decide, a demand with few sites left is taken, and each of
//! them is tried in turn.

use super::answer::{Clock, Found, Why};
use super::feasibility::{Feasibility, Fixing, sites_that_are};
use super::site_set::{contains, count, insert, is_part, members, words};

/// One site, in the units of multipliers.
const ONE: i64 = 1 << 32;
/// Rounds of the volume algorithm at the root, and below it.
const ROOT_ROUNDS: u32 = 600;
const ROUNDS: u32 = 80;
/// Demand that is reached whenever other demand is, is looked for among no more than this.
const MAX_COMPARED: usize = 600;

/// So much demand is looked at first, at least so much for each site, and so much of what was left
/// out is added each time.
const FIRST: usize = 200;
const FIRST_FOR_A_SITE: usize = 20;
const MORE: usize = 40;

/// Whether at most `most` sites reach everything in `demand`, each given as the set of sites that
/// reach it, while they keep the constraints.
///
/// Some of the demand is enough to know most often: what a choice for it leaves out is added, until
/// nothing is left out or no choice is left (Chen and Chen 2009).
pub(super) fn find_set_cover(
    demand: &[Vec<u64>],
    (feasibility, fixing): (&Feasibility, &[Fixing]),
    most: usize,
    clock: &Clock,
) -> Found {
    let search = Search {
        feasibility,
        most,
        clock,
    };
    let mut later: Vec<&Vec<u64>> = demand.iter().collect();
    // Spread over all, as neighbours in the order are often neighbours on the ground.
    let spread = |of: &mut Vec<&Vec<u64>>, number: usize| -> Rows {
        let step = of.len().div_ceil(number).max(1);
        let taken: Rows = of
            .iter()
            .step_by(step)
            .map(|set| ((*set).clone(), ONE / 8))
            .collect();
        let mut index = 0;
        of.retain(|_| {
            index += 1;
            (index - 1) % step != 0
        });
        taken
    };
    let mut rows = spread(&mut later, FIRST.max(FIRST_FOR_A_SITE.saturating_mul(most)));
    loop {
        let known = search.go_on(rows.clone(), fixing.to_vec(), ROOT_ROUNDS);
        let Found::Sites(sites, _) = &known else {
            return known;
        };
        let reaches = |set: &[u64]| sites.iter().any(|site| contains(set, *site));
        let (reached, mut missed): (Vec<_>, Vec<_>) =
            later.into_iter().partition(|set| reaches(set));
        if missed.is_empty() {
            return known;
        }
        rows.extend(spread(&mut missed, MORE));
        later = reached;
        later.extend(missed);
    }
}

struct Search<'a> {
    feasibility: &'a Feasibility,
    most: usize,
    clock: &'a Clock,
}

/// Demand that is not reached yet: the sites that could reach it, and its multiplier.
type Rows = Vec<(Vec<u64>, i64)>;

/// What is left to do at a point of the search.
enum Left {
    Nothing,
    Impossible,
    Rows(Rows),
}

impl Search<'_> {
    fn go_on(&self, rows: Rows, mut fixing: Vec<Fixing>, rounds: u32) -> Found {
        if self.clock.is_over() {
            return Found::Unknown;
        }
        let mut rows = match self.left(rows, &mut fixing) {
            Left::Impossible => return Found::None(Why::TooFewSites),
            Left::Nothing => return self.complete(fixing),
            Left::Rows(rows) => rows,
        };
        let mut worth = vec![0; fixing.len()];
        loop {
            if let Some(found) = self.greedily(&rows, &fixing) {
                return Found::Sites(found, Vec::new());
            }
            match self.raise(&mut rows, &mut fixing, &mut worth, rounds) {
                Raised::Impossible => return Found::None(Why::TooFewSites),
                Raised::Nothing => break,
                Raised::Fixing => match self.left(rows, &mut fixing) {
                    Left::Impossible => return Found::None(Why::TooFewSites),
                    Left::Nothing => return self.complete(fixing),
                    Left::Rows(left) => rows = left,
                },
            }
        }
        // The demand with fewest sites, and of those the dearest; its best site first.
        let hardest = rows.iter().min_by_key(|(set, price)| (count(set), -price));
        let mut sites: Vec<usize> = hardest
            .map(|(set, _)| members(set).collect())
            .unwrap_or_default();
        sites.sort_by_key(|site| (-worth[*site], *site));
        for site in sites {
            let mut with = fixing.clone();
            with[site] = Fixing::Open;
            match self.go_on(rows.clone(), with, ROUNDS) {
                Found::None(_) => fixing[site] = Fixing::Closed,
                known => return known,
            }
        }
        Found::None(Why::TooFewSites)
    }

    /// Settles what has to be, and takes out what is reached.
    fn left(&self, mut rows: Rows, fixing: &mut [Fixing]) -> Left {
        loop {
            if !self.feasibility.propagate(fixing) {
                return Left::Impossible;
            }
            let mut inside = vec![0; words(fixing.len())];
            let mut free = inside.clone();
            let mut stand = 0;
            for (site, fixing) in fixing.iter().enumerate() {
                match fixing {
                    Fixing::Open => {
                        insert(&mut inside, site);
                        stand += 1;
                    }
                    Fixing::Free => insert(&mut free, site),
                    Fixing::Closed => {}
                }
            }
            if stand > self.most {
                return Left::Impossible;
            }
            rows.retain(|(set, _)| {
                set.iter()
                    .zip(&inside)
                    .all(|(set, inside)| set & inside == 0)
            });
            if rows.is_empty() {
                return Left::Nothing;
            }
            if stand == self.most {
                return Left::Impossible;
            }
            let mut only = false;
            for (set, _) in &mut rows {
                set.iter_mut()
                    .zip(&free)
                    .for_each(|(set, free)| *set &= free);
                let mut sites = members(set);
                match (sites.next(), sites.next()) {
                    (None, _) => return Left::Impossible,
                    (Some(site), None) => {
                        fixing[site] = Fixing::Open;
                        only = true;
                    }
                    _ => {}
                }
            }
            if !only {
                break;
            }
        }
        // Demand that is reached whenever other demand is need not be looked at.
        if rows.len() <= MAX_COMPARED {
            rows.sort_by_cached_key(|(set, _)| count(set));
            let mut kept: Rows = Vec::with_capacity(rows.len());
            for (set, price) in rows {
                match kept.iter_mut().find(|(harder, _)| is_part(harder, &set)) {
                    Some((_, of_harder)) => *of_harder = (*of_harder + price).min(ONE),
                    None => kept.push((set, price)),
                }
            }
            rows = kept;
        }
        Left::Rows(rows)
    }

    /// All is reached: what the constraints ask for besides.
    fn complete(&self, mut fixing: Vec<Fixing>) -> Found {
        if !self.feasibility.propagate(&mut fixing) {
            return Found::None(Why::TooFewSites);
        }
        let open = sites_that_are(Fixing::Open, &fixing);
        if open.len() > self.most {
            return Found::None(Why::TooFewSites);
        }
        if self.feasibility.is_full(&open) {
            return if self.feasibility.allows(&open) {
                Found::Sites(open, Vec::new())
            } else {
                Found::None(Why::TooFewSites)
            };
        }
        if self.clock.is_over() {
            return Found::Unknown;
        }
        let Some(site) = sites_that_are(Fixing::Free, &fixing)
            .into_iter()
            .find(|s| self.feasibility.is_wanted(&open, *s))
        else {
            return Found::None(Why::TooFewSites);
        };
        for to in [Fixing::Open, Fixing::Closed] {
            fixing[site] = to;
            let found = self.complete(fixing.clone());
            if !matches!(found, Found::None(_)) {
                return found;
            }
        }
        Found::None(Why::TooFewSites)
    }

    /// Each time the site that reaches most of what is left; `None` when that takes too many.
    fn greedily(&self, rows: &Rows, fixing: &[Fixing]) -> Option<Vec<usize>> {
        let mut open = sites_that_are(Fixing::Open, fixing);
        let mut left: Vec<&(Vec<u64>, i64)> = rows.iter().collect();
        let mut reached = vec![0_i64; fixing.len()];
        while !left.is_empty() {
            if open.len() == self.most {
                return None;
            }
            reached.fill(0);
            for (set, price) in &left {
                // Demand that is hard to reach counts more.
                members(set).for_each(|site| reached[site] += price + ONE / 64);
            }
            let best = (0..fixing.len())
                .filter(|site| reached[*site] > 0 && self.feasibility.allows_addition(&open, *site))
                .max_by_key(|site| (reached[*site], std::cmp::Reverse(*site)))?;
            open.push(best);
            left.retain(|(set, _)| !contains(set, best));
        }
        open.sort_unstable();
        (self.feasibility.allows(&open) && self.feasibility.is_full(&open)).then_some(open)
    }

    /// Raises the bound by the volume algorithm (Barahona and Anbil 2000).
    ///
    /// Not by that of `volume`, which weighs constraints and keeps its directions in single precision,
    /// as the many points of a median problem need: here all weigh the same and rows are few, so
    /// that it took 5 to 10 % longer, and met other covers of the same size.
    fn raise(
        &self,
        rows: &mut Rows,
        fixing: &mut [Fixing],
        worth: &mut [i64],
        rounds: u32,
    ) -> Raised {
        let stand = sites_that_are(Fixing::Open, fixing).len();
        let most = (self.most - stand) as i64 * ONE;
        let sites_of: Vec<Vec<usize>> =
            rows.iter().map(|(set, _)| members(set).collect()).collect();
        let free = sites_that_are(Fixing::Free, fixing);
        let mut best_bound = i64::MIN;
        let mut trial: Vec<i64> = rows.iter().map(|(_, price)| *price).collect();
        let mut best = trial.clone();
        let mut direction: Vec<f64> = Vec::new();
        let mut count = vec![0.0; rows.len()];
        let mut at = vec![0; fixing.len()];
        let (mut step, mut latest, mut waited) = (1.0, 0.3, 0);
        let mut any = false;
        for _ in 0..rounds {
            at.fill(0);
            for (sites, price) in sites_of.iter().zip(&trial) {
                sites.iter().for_each(|site| at[*site] += price);
            }
            let saved: i64 = free.iter().map(|site| (at[*site] - ONE).max(0)).sum();
            let bound = trial.iter().sum::<i64>() - saved;
            if bound > most {
                return Raised::Impossible;
            }
            let mut changed = false;
            for site in &free {
                // What the bound rises by when the site is in, or out, against its worth.
                let turned = bound + (ONE - at[*site]).abs();
                if turned > most && fixing[*site] == Fixing::Free {
                    fixing[*site] = if at[*site] > ONE {
                        Fixing::Open
                    } else {
                        Fixing::Closed
                    };
                    changed = true;
                }
            }
            any |= changed;
            if bound > best_bound {
                best_bound = bound;
                best.clone_from(&trial);
                worth.copy_from_slice(&at);
                waited = 0;
            } else {
                waited += 1;
                if waited % 6 == 0 {
                    step *= 0.6;
                    latest = f64::max(latest * 0.8, 0.02);
                    if step < 0.005 {
                        break;
                    }
                }
            }
            for (count, sites) in count.iter_mut().zip(&sites_of) {
                let open = sites.iter().filter(|site| at[**site] > ONE).count();
                *count = 1.0 - open as f64;
            }
            if direction.is_empty() {
                direction.clone_from(&count);
            } else {
                let (mut across, mut square) = (0.0, 0.0);
                for (direction, count) in direction.iter().zip(&count) {
                    across += direction * (direction - count);
                    square += (direction - count) * (direction - count);
                }
                let weight = if square > 0.0 { across / square } else { 0.0 };
                let weight = f64::clamp(weight, latest / 10.0, latest);
                for (direction, count) in direction.iter_mut().zip(&count) {
                    *direction += weight * (count - *direction);
                }
            }
            let norm: f64 = direction.iter().map(|d| d * d).sum();
            if norm < 1e-12 {
                break;
            }
            let length = step * (most + ONE - best_bound) as f64 / norm;
            for ((trial, best), direction) in trial.iter_mut().zip(&best).zip(&direction) {
                *trial = ((*best as f64 + length * direction) as i64).clamp(0, ONE);
            }
        }
        for ((_, price), best) in rows.iter_mut().zip(best) {
            *price = best;
        }
        if any { Raised::Fixing } else { Raised::Nothing }
    }
}

/// What raising the bound has brought.
enum Raised {
    Impossible,
    Fixing,
    Nothing,
}
