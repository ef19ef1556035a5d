//! The whole search: a good choice, a bound, and branches until nothing is left between them.
//!
//! Branches are worked on in rounds of a fixed number, the one with the lowest bound first, each
//! from the same best choice; so the answer does not depend on the number of threads.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Median;
use super::ascent::{Ascent, End, Prices};
use super::ground::{Ground, Lists};
use super::interchange::Interchange;
use crate::siting::answer::{Answer, Clock, Effort, Progress, Status, Why};
use crate::siting::problem::{Rules, RulesError};
use crate::siting::rulebook::{Rulebook, Settled};

/// Branches that are worked on between two looks at what was found.
const AT_ONCE: usize = 8;
/// Rounds of the ascent at the root, and at a branch.
const ROOT_ROUNDS: u32 = 1500;
const BRANCH_ROUNDS: u32 = 60;

/// A part of all choices that is still to be looked at.
struct Branch {
    bound: i64,
    /// In the order in which branches were made.
    number: u64,
    settled: Vec<Settled>,
    prices: Arc<Prices>,
    lists: Arc<Lists>,
    /// How many sites the lists were made of.
    listed: usize,
    share: Arc<Vec<f64>>,
}

/// Why a problem cannot be solved at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// The rules do not fit.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// Weight times cost does not fit into whole numbers of 61 bits.
    #[error(
        "the sum of all weights times the largest cost is too large; give weights in larger units"
    )]
    TooLarge,
}

/// The best choice of sites.
///
/// Of choices of equal value the first that is met stays; which one that is does not depend on the
/// number of threads.
///
/// # Errors
/// When the rules contradict themselves or the sums are too large.
pub fn solve(problem: &Median, rules: &Rules, effort: &Effort<'_>) -> Result<Answer, ProblemError> {
    let clock = Clock::start(effort);
    let sites = problem.costs.sites();
    rules.check(sites)?;
    let ground = Ground::new(problem).ok_or(ProblemError::TooLarge)?;
    let Some((book, settled)) = Rulebook::new(rules, sites) else {
        return Ok(Answer::infeasible(Why::Rules, clock.began));
    };
    let mut search = Search {
        ground: &ground,
        book: &book,
        clock: &clock,
        best: None,
        open: BinaryHeap::new(),
        made: 0,
        closed: i64::MAX,
    };
    if let Some(unreached) = search.unreached(&settled) {
        return Ok(Answer::infeasible(Why::Unreached(unreached), clock.began));
    }
    search.begin(settled);
    while search.go_on() {
        if let Some(progress) = effort.progress {
            progress(Progress {
                value: search.best.as_ref().map(|(value, _)| ground.unscaled(*value)),
                bound: ground.unscaled_bound(search.bound()),
            });
        }
    }
    Ok(search.answer())
}

struct Search<'a> {
    ground: &'a Ground,
    book: &'a Rulebook,
    clock: &'a Clock,
    best: Option<(i64, Vec<usize>)>,
    open: BinaryHeap<(Reverse<i64>, Reverse<u64>, ByNumber)>,
    made: u64,
    /// The least bound of branches that were left unfinished.
    closed: i64,
}

/// A branch that compares as equal to any other: its order is given beside it.
struct ByNumber(Branch);

impl PartialEq for ByNumber {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for ByNumber {}
impl PartialOrd for ByNumber {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for ByNumber {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl Search<'_> {
    /// Points that have to be served and that no usable site serves.
    fn unreached(&self, settled: &[Settled]) -> Option<Vec<usize>> {
        let ground = self.ground;
        let usable: Vec<usize> =
            (0..ground.sites).filter(|site| settled[*site] != Settled::Out).collect();
        let mut least = vec![ground.unserved; ground.points.len()];
        ground.least(&usable, &mut least);
        let unreached = least.iter().zip(&ground.points);
        let unreached: Vec<usize> = unreached
            .filter(|(least, _)| **least == ground.unserved)
            .map(|(_, point)| *point)
            .collect();
        (ground.must_serve && !unreached.is_empty()).then_some(unreached)
    }

    fn target(&self) -> i64 {
        self.best.as_ref().map_or(i64::MAX / 2, |(value, _)| value - self.ground.unit)
    }

    fn bound(&self) -> i64 {
        let open = self.open.peek().map_or(i64::MAX, |(Reverse(bound), ..)| *bound);
        let value = self.best.as_ref().map_or(i64::MAX, |(value, _)| *value);
        open.min(self.closed).min(value)
    }

    /// A first choice, a bound, and the first branches.
    fn begin(&mut self, settled: Vec<Settled>) {
        let ground = self.ground;
        let usable: Vec<usize> =
            (0..ground.sites).filter(|site| settled[*site] != Settled::Out).collect();
        let kept: Vec<bool> = settled.iter().map(|settled| *settled == Settled::In).collect();
        let may_come: Vec<bool> = settled.iter().map(|settled| *settled != Settled::Out).collect();
        let limit = vec![ground.unserved; ground.points.len()];
        let lists = Arc::new(Lists::new(ground, &usable, &limit));
        let mut interchange =
            Interchange::new((ground, &lists, self.book), &may_come, &kept);
        let mut open: Vec<usize> = (0..ground.sites).filter(|site| kept[*site]).collect();
        interchange.fill(&mut open);
        interchange.improve(&mut open);
        let first = self.worth(&open);
        let prices = first_prices(ground, &open);
        self.best = first;
        let mut ascent = Ascent {
            ground,
            book: self.book,
            lists: &lists,
            clock: self.clock,
            settled,
            prices,
            bound: 0,
            share: vec![0.0; ground.sites],
            best: None,
            target: if self.best.is_some() { self.target() } else { ground.sum(&limit) },
        };
        let mut end = End::Open;
        let mut done = 0;
        while done < ROOT_ROUNDS && end == End::Open && !self.clock.is_over() {
            let before = ascent.bound;
            end = ascent.raise(if done == 0 { 150 } else { 100 }, if done == 0 { 0.5 } else { 0.2 });
            done += 100;
            // What the ascent found, made better by exchanges.
            let mut open = ascent.inside();
            let mut by_share: Vec<usize> = ascent.free();
            by_share.sort_by(|a, b| ascent.share[*b].total_cmp(&ascent.share[*a]).then(a.cmp(b)));
            for site in by_share {
                if self.book.allows_addition(&open, site) && ascent.share[site] > 0.05 {
                    open.push(site);
                }
            }
            interchange.fill(&mut open);
            interchange.improve(&mut open);
            if let Some((value, open)) = self.worth(&open) {
                ascent.offer(value, open);
            }
            if std::env::var("SITING_LOG").is_ok() {
                eprintln!("root {done}: bound {} target {} free {} in {}", ascent.bound as f64 / ground.unit as f64, ascent.target as f64 / ground.unit as f64, ascent.free().len(), ascent.inside().len());
            }
            let left = (ascent.target - ascent.bound) as f64;
            if ((ascent.bound - before) as f64) < 0.01 * left {
                break;
            }
        }
        if let Some(best) = ascent.best.take() {
            self.best = Some(best);
        }
        if end == End::Open {
            let branch = self.branch_of(ascent, &lists, usable.len());
            self.push_halves(branch);
        }
    }

    /// A choice and its value, if it keeps every rule.
    fn worth(&self, open: &[usize]) -> Option<(i64, Vec<usize>)> {
        if !self.book.allows(open) || !self.book.is_full(open) {
            return None;
        }
        let mut open = open.to_vec();
        open.sort_unstable();
        Some((self.ground.value(&open)?, open))
    }

    fn branch_of(&self, ascent: Ascent<'_>, lists: &Arc<Lists>, listed: usize) -> Branch {
        let free = ascent.free();
        let (lists, listed) = if free.len() * 4 < listed * 3 {
            let mut limit = vec![self.ground.unserved; self.ground.points.len()];
            self.ground.least(&ascent.inside(), &mut limit);
            (Arc::new(Lists::new(self.ground, &free, &limit)), free.len())
        } else {
            (Arc::clone(lists), listed)
        };
        Branch {
            bound: ascent.bound,
            number: 0,
            settled: ascent.settled,
            prices: Arc::new(ascent.prices),
            lists,
            listed,
            share: Arc::new(ascent.share),
        }
    }

    /// With a site, and without it.
    fn push_halves(&mut self, branch: Branch) {
        let free = (0..self.ground.sites).filter(|site| branch.settled[*site] == Settled::Free);
        let Some(site) = free.max_by(|a, b| {
            let undecided = |site: usize| -(branch.share[site] - 0.6).abs();
            undecided(*a).total_cmp(&undecided(*b)).then(b.cmp(a))
        }) else {
            return;
        };
        for to in [Settled::In, Settled::Out] {
            let mut settled = branch.settled.clone();
            settled[site] = to;
            if self.book.follow(&mut settled) {
                self.made += 1;
                let half = Branch {
                    bound: branch.bound,
                    number: self.made,
                    settled,
                    prices: Arc::clone(&branch.prices),
                    lists: Arc::clone(&branch.lists),
                    listed: branch.listed,
                    share: Arc::clone(&branch.share),
                };
                self.open.push((Reverse(half.bound), Reverse(half.number), ByNumber(half)));
            }
        }
    }

    /// Works on some branches; false when it is over.
    fn go_on(&mut self) -> bool {
        let mut now = Vec::new();
        while now.len() < AT_ONCE
            && let Some((_, _, ByNumber(branch))) = self.open.pop()
        {
            if branch.bound <= self.target() {
                now.push(branch);
            }
        }
        if now.is_empty() {
            return false;
        }
        if self.clock.is_over() {
            self.closed = now.iter().map(|branch| branch.bound).min().unwrap_or(i64::MAX);
            return false;
        }
        let target = self.target();
        let done: Vec<_> = now
            .into_par_iter()
            .with_max_len(1)
            .map(|branch| {
                let mut ascent = Ascent {
                    ground: self.ground,
                    book: self.book,
                    lists: &branch.lists,
                    clock: self.clock,
                    settled: branch.settled,
                    prices: Prices::clone(&branch.prices),
                    bound: branch.bound,
                    share: branch.share.to_vec(),
                    best: None,
                    target,
                };
                let end = if ascent.settled.contains(&Settled::Free) {
                    ascent.raise(BRANCH_ROUNDS, 0.3)
                } else {
                    let inside = ascent.inside();
                    if let Some((value, open)) = self.worth(&inside) {
                        ascent.offer(value, open);
                    }
                    End::Closed
                };
                let best = ascent.best.take();
                let branch = (end == End::Open)
                    .then(|| self.branch_of(ascent, &branch.lists, branch.listed));
                (best, branch)
            })
            .collect();
        if std::env::var("SITING_LOG").is_ok() && self.made % 64 < 8 {
            eprintln!("made {} open {} bound {} best {}", self.made, self.open.len(), self.bound() as f64/self.ground.unit as f64, self.target() as f64/self.ground.unit as f64);
        }
        for (best, branch) in done {
            if let Some((value, open)) = best
                && value <= self.target()
            {
                self.best = Some((value, open));
            }
            if let Some(branch) = branch {
                self.push_halves(branch);
            }
        }
        true
    }

    fn answer(self) -> Answer {
        let elapsed = self.clock.began.elapsed();
        let bound = self.bound();
        if std::env::var("SITING_LOG").is_ok() {
            eprintln!("made {}", self.made);
        }
        match self.best {
            Some((value, sites)) => Answer {
                status: if bound >= value { Status::Optimal } else { Status::Feasible },
                value: Some(self.ground.unscaled(value)),
                bound: self.ground.unscaled_bound(bound),
                sites,
                elapsed,
            },
            None if bound == i64::MAX => Answer::infeasible(
                if self.ground.must_serve { Why::TooFewSites } else { Why::Rules },
                self.clock.began,
            ),
            None => Answer {
                status: Status::Unknown,
                value: None,
                bound: self.ground.unscaled_bound(bound),
                sites: Vec::new(),
                elapsed,
            },
        }
    }
}

/// Between the cost of the nearest and of the second nearest site of a choice.
fn first_prices(ground: &Ground, open: &[usize]) -> Prices {
    let points = ground.points.len();
    let mut nearest = vec![ground.unserved; points];
    let mut second = vec![ground.unserved; points];
    for site in open {
        for ((nearest, second), cost) in
            nearest.iter_mut().zip(&mut second).zip(ground.from(*site))
        {
            *second = (*second).min((*cost).max(*nearest));
            *nearest = (*nearest).min(*cost);
        }
    }
    let between = |(a, b): (&u32, &u32)| a + (b - a) / 2;
    Prices {
        points: nearest.iter().zip(&second).map(between).collect(),
        budget: 0,
    }
}
