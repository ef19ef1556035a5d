//! The whole search: a good choice, a bound, and branches until nothing is left between them.

use super::exchanges::Exchanges;
use super::instance::{Instance, Service};
use super::lists::Lists;
use super::problem::Median;
use super::pseudo_costs::PseudoCosts;
use super::relaxation::{Prices, Relaxation};
use crate::siting::answer::{Answer, Clock, Effort, Why};
use crate::siting::branch_and_bound::{self, End, Incumbent, Model, Solution};
use crate::siting::capacity;
use crate::siting::feasibility::{Feasibility, Fixing, sites_that_are, usable};
use crate::siting::node_queue::{Branch, Node, Order};
use crate::siting::problem::{Constraints, ProblemError};

/// At the root the bound is raised so many times, by so many rounds; then exchanges are tried.
const ROOT_RAISES: usize = 15;
const ROOT_ROUNDS: u32 = 100;
/// Less than this share of the distance to the value is no reason to go on.
const WORTHWHILE: f64 = 0.01;
/// The first step of the root's first raise, and of its others.
const FIRST_STEPS: [f64; 2] = [0.5, 0.2];
/// Rounds and first step at a branch.
const BRANCH_ROUNDS: u32 = 100;
const BRANCH_STEP: f64 = 0.3;
/// Nodes that are worked on between two looks at what was found, and how many of them follow the last
/// ones down.
const BATCH: usize = 8;
const PLUNGING: usize = 2;
/// How often the best choice is perturbed before branches are made.
const PERTURBATIONS: u32 = 60;
/// They are worth it when the bound is further from the value than this share of it.
const FAR: f64 = 0.002;
/// Exchanges begin from the sites of which the relaxed problem opens more than this.
const MIN_SHARE: f64 = 0.05;

/// The choice of sites with the least sum of weight times cost.
///
/// The value and the bound are sums of weight times cost. Of choices of equal value the first that
/// is met stays; which one that is does not depend on the number of threads.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
pub fn solve(
    problem: &Median,
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    search(problem, constraints, effort, None)
}

/// Any choice with a sum of weight times cost of at most `goal`; infeasible when there is none.
///
/// # Errors
/// When the constraints contradict themselves or the sums are too large.
pub fn find(
    problem: &Median,
    constraints: &Constraints,
    effort: &Effort,
    goal: u64,
) -> Result<Answer, ProblemError> {
    search(problem, constraints, effort, Some(goal))
}

fn search(
    problem: &Median,
    constraints: &Constraints,
    effort: &Effort,
    goal: Option<u64>,
) -> Result<Answer, ProblemError> {
    let clock = Clock::start(effort);
    let sites = problem.costs.sites();
    constraints.check(sites)?;
    if let Some(capacity) = &constraints.capacity {
        return match problem.levels {
            None => capacity::search(problem, capacity, constraints, (effort, &clock), goal),
            Some(_) => Err(ProblemError::CapacityCounted),
        };
    }
    let instance = Instance::new(problem).ok_or(ProblemError::TooLarge)?;
    let Some((feasibility, fixing)) = Feasibility::new(constraints, sites) else {
        return Ok(Answer::infeasible(Why::Constraints, clock.began));
    };
    if let Some(unreached) = unreached(&instance, &fixing) {
        return Ok(Answer::infeasible(Why::Unreached(unreached), clock.began));
    }
    let relaxation = Relaxation {
        instance: &instance,
        feasibility: &feasibility,
        clock: &clock,
    };
    let mut incumbent = Incumbent::new(instance.scale(), goal);
    let lists = Lists::new(&instance, &usable(&fixing));
    let root = root(relaxation, &lists, fixing, effort, &mut incumbent);
    let mut search = Search {
        lists: match &root {
            Some(root) => part_of(&lists, &instance, root),
            None => lists,
        },
        relaxation,
        pseudo_costs: PseudoCosts::new(sites),
    };
    let why = match instance.must_serve || goal.is_some() {
        true => Why::TooFewSites,
        false => Why::Constraints,
    };
    let given = (effort, &clock);
    Ok(branch_and_bound::search(
        &mut search,
        root,
        incumbent,
        given,
        why,
    ))
}

/// Points that have to be served and that no usable site serves.
fn unreached(instance: &Instance, fixing: &[Fixing]) -> Option<Vec<usize>> {
    if !instance.must_serve {
        return None;
    }
    let least = instance.standing(&usable(fixing));
    let unreached: Vec<usize> = (least.iter().zip(&instance.points))
        .filter(|(least, _)| **least == instance.unserved)
        .map(|(_, point)| *point)
        .collect();
    (!unreached.is_empty()).then_some(unreached)
}

/// The lists of the free sites of a node, as far as they save anything.
fn part_of(lists: &Lists, instance: &Instance, node: &Node<Prices>) -> Lists {
    let limit = instance.caps(&instance.standing(&node.open()));
    lists.part(&node.fixing, &limit)
}

/// A first choice and a bound; `None` when the first choice is the best.
fn root(
    relaxation: Relaxation<'_>,
    lists: &Lists,
    fixing: Vec<Fixing>,
    effort: &Effort,
    incumbent: &mut Incumbent,
) -> Option<Node<Prices>> {
    let Relaxation {
        instance,
        feasibility,
        clock,
    } = relaxation;
    let may_come: Vec<bool> = fixing.iter().map(|f| *f != Fixing::Closed).collect();
    let kept: Vec<bool> = fixing.iter().map(|f| *f == Fixing::Open).collect();
    let exchanges = Exchanges {
        instance,
        lists,
        feasibility,
        usable: &may_come,
        kept: &kept,
    };
    let mut open = sites_that_are(Fixing::Open, &fixing);
    exchanges.polish(&mut open);
    consider(relaxation, &open, incumbent);
    if incumbent.is_good_enough() {
        return None;
    }
    let mut root = Node::root(fixing, first_prices(instance, &open));
    for raise in 0..ROOT_RAISES {
        let before = root.bound;
        let effort_of_raise = (ROOT_ROUNDS, FIRST_STEPS[raise.min(1)]);
        let end = relaxation.raise(&mut root, incumbent, lists, effort_of_raise);
        if end == End::Closed {
            return None;
        }
        if incumbent.is_good_enough() || clock.is_over() {
            break;
        }
        let mut open = rounded(feasibility, &root);
        exchanges.polish(&mut open);
        consider(relaxation, &open, incumbent);
        incumbent.report_progress(effort, Some(root.bound));
        let left = (incumbent.target() - root.bound) as f64;
        if ((root.bound - before) as f64) < WORTHWHILE * left {
            break;
        }
    }
    if let Some(best) = &incumbent.best
        && (best.value - root.bound) as f64 > FAR * best.value as f64
    {
        // It may be another of the same value.
        let (value, open) = exchanges.perturb(&best.sites, best.value, PERTURBATIONS);
        incumbent.best = Some(Solution::of(open, value));
    }
    Some(root)
}

/// The sites of which the relaxed problem opens most, as far as the constraints allow them.
fn rounded(feasibility: &Feasibility, node: &Node<Prices>) -> Vec<usize> {
    let share = &node.relaxed.share;
    let mut open = node.open();
    let mut free = node.free();
    free.retain(|site| share[*site] > MIN_SHARE);
    free.sort_by(|a, b| share[*b].total_cmp(&share[*a]).then(a.cmp(b)));
    for site in free {
        if feasibility.allows_addition(&open, site) {
            open.push(site);
        }
    }
    open
}

/// Offers a choice if it keeps every constraint and is wanted.
fn consider(relaxation: Relaxation<'_>, open: &[usize], incumbent: &mut Incumbent) {
    let feasibility = relaxation.feasibility;
    if feasibility.allows(open)
        && feasibility.is_full(open)
        && let Some(value) = relaxation.instance.value(open)
        && value <= incumbent.target()
    {
        incumbent.offer(Solution::of(open.to_vec(), value));
    }
}

/// The search below the root.
struct Search<'a> {
    relaxation: Relaxation<'a>,
    /// Of the sites that were free at the root.
    lists: Lists,
    pseudo_costs: PseudoCosts,
}

impl Model for Search<'_> {
    type Prices = Prices;

    fn feasibility(&self) -> &Feasibility {
        self.relaxation.feasibility
    }

    fn order(&self) -> Order {
        let Instance { sites, points, .. } = self.relaxation.instance;
        Order {
            batch: BATCH,
            plunging: PLUNGING,
            newest_first: false,
            // Two siblings share prices and shares.
            bytes_a_node: sites + (points.len() * 4 + sites * 8) / 2,
        }
    }

    fn consider(&self, open: &[usize], incumbent: &mut Incumbent) {
        consider(self.relaxation, open, incumbent);
    }

    fn raise(&self, node: &mut Node<Prices>, incumbent: &mut Incumbent) -> End {
        let lists = part_of(&self.lists, self.relaxation.instance, node);
        let effort = (BRANCH_ROUNDS, BRANCH_STEP);
        self.relaxation.raise(node, incumbent, &lists, effort)
    }

    /// That which promises most.
    fn branching_site(&self, node: &Node<Prices>) -> Option<usize> {
        let promise = |site: &usize| (self.pseudo_costs).promise(*site, node.relaxed.share[*site]);
        let free = node.free().into_iter();
        free.max_by(|a, b| promise(a).total_cmp(&promise(b)).then(b.cmp(a)))
    }

    fn learn(&mut self, branch: Branch, gain: i64) {
        self.pseudo_costs.learn(branch, gain);
    }
}

/// Between what the last service of each point saves and what the next would save.
fn first_prices(instance: &Instance, open: &[usize]) -> Prices {
    let mut next = instance.nothing();
    let mut last = instance.nothing();
    match &instance.service {
        Service::Nearest => {
            for site in open {
                let costs = instance.from(*site);
                for ((next, last), cost) in next.iter_mut().zip(&mut last).zip(costs) {
                    *last = (*last).min((*cost).max(*next));
                    *next = (*next).min(*cost);
                }
            }
        }
        Service::Counted(levels) => {
            let count = instance.standing(open);
            let saves = |level: u32| levels.get(level as usize).copied().unwrap_or(0);
            next = count.iter().map(|count| saves(*count)).collect();
            last = count
                .iter()
                .map(|count| saves(count.saturating_sub(1)))
                .collect();
        }
    }
    let between = |(a, b): (&u32, &u32)| a + (b - a) / 2;
    Prices {
        points: next.iter().zip(&last).map(between).collect(),
        budget: 0,
    }
}
