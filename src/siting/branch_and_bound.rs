//! Branch and bound (Land and Doig 1960): a model says what no choice in a node costs less than, and
//! nodes are divided until nothing is left between that bound and the incumbent, the best choice so
//! far.
//!
//! Nodes are worked on a batch at a time, each from the same incumbent, and what they found is looked
//! at in their order; so the answer does not depend on the number of threads.

use rayon::prelude::*;

use super::answer::{Answer, Clock, Effort, Why};
use super::feasibility::{Feasibility, Fixing};
use super::node_queue::{Branch, Node, NodeQueue, Order};

/// What is searched: a problem with its constraints.
pub(super) trait Model: Sync {
    /// The multipliers of a relaxed problem.
    type Prices: Clone + Send + Sync;

    fn feasibility(&self) -> &Feasibility;

    fn order(&self) -> Order;

    /// Offers a choice that may keep every constraint.
    fn consider(&self, open: &[usize], incumbent: &mut Incumbent);

    /// Raises the bound of a node, fixes sites in it, and offers the choices it meets on the way.
    fn raise(&self, node: &mut Node<Self::Prices>, incumbent: &mut Incumbent) -> End;

    /// The free site by which a node is divided.
    fn branching_site(&self, node: &Node<Self::Prices>) -> Option<usize>;

    /// Is told by how much a branch has raised the bound.
    fn learn(&mut self, _branch: Branch, _gain: i64) {}
}

/// How work on a node ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// No choice in it is wanted any more.
    Closed,
    /// The bound stays below what is wanted.
    Open,
}

/// A choice that keeps every constraint.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    /// Scaled.
    pub(super) value: i64,
    /// In ascending order.
    pub(super) sites: Vec<usize>,
    /// How much weight each of them serves; empty where sites have no capacities.
    pub(super) loads: Vec<u64>,
}

impl Solution {
    /// Of sites without capacities.
    pub(super) fn of(mut sites: Vec<usize>, value: i64) -> Self {
        sites.sort_unstable();
        Self {
            value,
            sites,
            loads: Vec::new(),
        }
    }
}

/// How the whole numbers of a search stand to the values of its problem.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Scaled values of two choices differ by multiples of this.
    pub(super) unit: i64,
    /// What a unit is worth in the problem.
    pub(super) factor: u64,
    /// No choice costs more, scaled.
    pub(super) most: i64,
}

impl Scale {
    /// A scaled value in the units of the problem; a bound is rounded up, as values are whole units.
    fn unscaled(&self, value: i64) -> u64 {
        (value.max(0) as u64).div_ceil(self.unit as u64) * self.factor
    }

    /// The largest scaled value of a choice that costs no more than `value`.
    fn scaled(&self, value: u64) -> i64 {
        let units = (value / self.factor).min(i64::MAX as u64 / self.unit as u64);
        (units as i64 * self.unit).min(self.most)
    }
}

/// The best choice so far.
#[derive(Clone, Debug)]
pub(super) struct Incumbent {
    pub(super) best: Option<Solution>,
    scale: Scale,
    /// A choice that costs no more is good enough, and no other is.
    goal: Option<i64>,
}

impl Incumbent {
    /// None yet; with a `goal`, in the units of the problem, any choice that costs no more will do.
    pub(super) fn new(scale: Scale, goal: Option<u64>) -> Self {
        Self {
            best: None,
            scale,
            goal: goal.map(|goal| scale.scaled(goal)),
        }
    }

    pub(super) fn value(&self) -> Option<i64> {
        self.best.as_ref().map(|best| best.value)
    }

    /// What a choice costs at most that is wanted: less than the best, and within the goal.
    pub(super) fn target(&self) -> i64 {
        let wanted = self.goal.unwrap_or(self.scale.most);
        let better = self.value().map(|value| value - self.scale.unit);
        better.map_or(wanted, |better| wanted.min(better))
    }

    /// What multipliers aim at: a unit above what is wanted, which is the best while there is no goal.
    pub(super) fn next_value(&self) -> i64 {
        self.target() + self.scale.unit
    }

    /// Whether the goal is reached.
    pub(super) fn is_good_enough(&self) -> bool {
        let reached = |(goal, value)| value <= goal;
        self.goal.zip(self.value()).is_some_and(reached)
    }

    /// Keeps a choice that is better than the best, and tells whether it did. With capacities it may
    /// fall short of the goal: exchanges begin from it.
    pub(super) fn offer(&mut self, choice: Solution) -> bool {
        let is_better = self.value().is_none_or(|value| choice.value < value);
        if is_better {
            self.best = Some(choice);
        }
        is_better
    }

    /// Reports to whoever listens how far the search is; `bound` is that of what is still to be searched.
    pub(super) fn report_progress(&self, effort: &Effort, bound: Option<i64>) {
        if let Some(bound) = bound.into_iter().chain(self.value()).min() {
            let value = self.value().map(|value| self.scale.unscaled(value));
            effort.report_progress(value, self.scale.unscaled(bound));
        }
    }

    /// The answer when what was not searched has this `bound`; `why` there is none if none is left.
    fn answer(self, bound: Option<i64>, clock: &Clock, why: Why) -> Answer {
        let least = bound.into_iter().chain(self.value()).min();
        let within_goal = |best: &Solution| self.goal.is_none_or(|goal| best.value <= goal);
        match (self.best.filter(within_goal), least, bound) {
            (Some(best), Some(least), _) => Answer::found(
                (best.sites, best.loads),
                self.scale.unscaled(best.value),
                self.scale.unscaled(least),
                clock.began,
            ),
            (_, Some(least), Some(_)) => Answer::unknown(self.scale.unscaled(least), clock.began),
            _ => Answer::infeasible(why, clock.began),
        }
    }
}

/// Divides the `root` until no choice is better than the incumbent, or the effort is spent; `why` is the
/// answer when there is no choice. No root is one in which nothing is left.
pub(super) fn search<M: Model>(
    model: &mut M,
    root: Option<Node<M::Prices>>,
    mut incumbent: Incumbent,
    (effort, clock): (&Effort, &Clock),
    why: Why,
) -> Answer {
    let mut queue = NodeQueue::new(model.order());
    if let Some(root) = root {
        branch(model, &root, &mut queue);
    }
    let mut worked_on = 0;
    while !incumbent.is_good_enough() && effort.most_nodes.is_none_or(|most| worked_on < most) {
        match work_on_some(model, &mut queue, &mut incumbent, clock) {
            0 => break,
            nodes => worked_on += nodes,
        }
        incumbent.report_progress(effort, queue.bound());
    }
    incumbent.answer(queue.bound(), clock, why)
}

/// Goes on both with a site and without it; with it first.
fn branch<M: Model>(model: &M, node: &Node<M::Prices>, queue: &mut NodeQueue<M::Prices>) {
    let Some(site) = model.branching_site(node) else {
        return;
    };
    let share = node.relaxed.share[site];
    let mut sides = [(Fixing::Open, 1.0 - share), (Fixing::Closed, share)];
    if model.order().newest_first {
        sides.reverse();
    }
    for (to, away) in sides {
        let mut part = node.with(Branch { site, to, away });
        if model.feasibility().propagate(&mut part.fixing) {
            queue.push(part);
        }
    }
}

/// Works on the next nodes, and says how many; on none when nothing is left or the time is over.
fn work_on_some<M: Model>(
    model: &mut M,
    queue: &mut NodeQueue<M::Prices>,
    incumbent: &mut Incumbent,
    clock: &Clock,
) -> usize {
    let nodes = queue.take(incumbent.target());
    if clock.is_over() {
        queue.put_back(nodes);
        return 0;
    }
    let (known, so_far) = (&*model, &*incumbent);
    let look_into = |mut node: Node<M::Prices>| {
        let (before, mut found) = (node.bound, so_far.clone());
        let end = if node.is_fixed() {
            known.consider(&node.open(), &mut found);
            End::Closed
        } else {
            known.raise(&mut node, &mut found)
        };
        let gain = node.bound - before;
        (node, gain, found.best, end)
    };
    let count = nodes.len();
    let nodes = nodes.into_par_iter().with_max_len(1);
    let done: Vec<_> = nodes.map(look_into).collect();
    for (node, gain, best, end) in done {
        if let Some(branch) = node.branch {
            model.learn(branch, gain);
        }
        if let Some(best) = best {
            incumbent.offer(best);
        }
        if end == End::Open {
            branch(model, &node, queue);
        }
    }
    count
}
