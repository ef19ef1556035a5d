//! Small problems drawn at random, and every choice of their sites: what the solvers are held
//! against.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::problem::{Budget, Constraints, Group, NEVER, Times};

/// A small problem.
#[derive(Clone, Debug)]
pub(super) struct Small {
    pub(super) times: Times,
    pub(super) weight: Vec<u64>,
    pub(super) constraints: Constraints,
}

/// A small problem from a seed. Times have few different values, so that there are ties; some
/// pairs have no road, some points no weight.
pub(super) fn small(seed: u64) -> Small {
    let mut draw = ChaCha8Rng::seed_from_u64(seed);
    let sites = draw.random_range(1..=9);
    let points = draw.random_range(1..=12);
    let largest = [3, 20, 1_000_000][draw.random_range(0..3)];
    let no_road = [0.0, 0.0, 0.2][draw.random_range(0..3)];
    let times = (0..sites * points).map(|_| {
        if draw.random_bool(no_road) {
            NEVER
        } else {
            draw.random_range(0..=largest)
        }
    });
    let times = Times::new(points, times.collect());
    let heaviest = [1, 5, 1_000_000][draw.random_range(0..3)];
    let weight = (0..points)
        .map(|_| draw.random_range(0..=heaviest))
        .collect();
    Small {
        times,
        weight,
        constraints: constraints(&mut draw, sites),
    }
}

fn constraints(draw: &mut ChaCha8Rng, sites: usize) -> Constraints {
    let mut constraints = Constraints::most(draw.random_range(1..=sites));
    let mut shuffled: Vec<usize> = (0..sites).collect();
    for index in 0..sites {
        shuffled.swap(index, draw.random_range(index..sites));
    }
    if draw.random_bool(0.3) {
        constraints.fixed = vec![shuffled[0]];
    }
    if draw.random_bool(0.3) && sites > 1 {
        constraints.forbidden = vec![shuffled[1]];
    }
    if draw.random_bool(0.3) {
        let half = sites / 2;
        for group in [&shuffled[..half], &shuffled[half..]] {
            constraints.groups.push(Group {
                sites: group.to_vec(),
                chosen: draw.random_range(0..=2).min(group.len()),
            });
        }
        constraints.groups.truncate(draw.random_range(1..=2));
        let of_groups: usize = constraints.groups.iter().map(|group| group.chosen).sum();
        constraints.most = constraints.most.map(|most| most.max(of_groups));
    }
    if draw.random_bool(0.3) {
        let cost: Vec<u64> = (0..sites).map(|_| draw.random_range(0..10)).collect();
        let most = draw.random_range(0..30);
        constraints.budget = Some(Budget { cost, most });
        if draw.random_bool(0.5) {
            constraints.most = None;
        }
    }
    if draw.random_bool(0.3) {
        constraints.conflicts = (0..sites)
            .map(|_| (draw.random_range(0..sites), draw.random_range(0..sites)))
            .collect();
    }
    if draw.random_bool(0.2) {
        let pairs = (0..sites).map(|index| (shuffled[index], shuffled[(index + 1) % sites]));
        constraints.after = pairs
            .take(draw.random_range(0..3))
            .filter(|(a, b)| a < b)
            .collect();
    }
    constraints
}

/// Every choice that keeps the constraints.
pub(super) fn choices(constraints: &Constraints, sites: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..1_u32 << sites)
        .map(move |chosen| (0..sites).filter(|site| chosen >> site & 1 == 1).collect())
        .filter(|open: &Vec<usize>| constraints.allow(open))
}

impl Small {
    /// The time from the nearest of `open` to each point; [`NEVER`] where no road leads.
    pub(super) fn nearest(&self, open: &[usize]) -> Vec<u32> {
        let point = |point| {
            open.iter()
                .map(move |site| self.times.get(*site, point))
                .min()
        };
        (0..self.times.points())
            .map(|p| point(p).unwrap_or(NEVER))
            .collect()
    }

    /// How many of `open` reach each point within `threshold`.
    pub(super) fn reaching(&self, open: &[usize], threshold: u32) -> Vec<usize> {
        let reaches = |site: &usize, point| self.times.get(*site, point) <= threshold;
        (0..self.times.points())
            .map(|point| open.iter().filter(|site| reaches(site, point)).count())
            .collect()
    }
}
