//! Middle-sized problems against a linear program solved by branch and bound: microlp, which knows
//! nothing of sites.

use good_lp::{Expression, ProblemVariables, Solution as _, SolverModel as _, Variable, variable};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::answer::{Effort, Status};
use super::maximum_coverage::most_reached;
use super::median::p_median;
use super::problem::{Constraints, Times};

const SITES: usize = 14;
const POINTS: usize = 30;

fn middle(seed: u64) -> (Times, Vec<u64>) {
    let mut draw = ChaCha8Rng::seed_from_u64(seed);
    let mut position = || [draw.random_range(0..1000_i32), draw.random_range(0..1000)];
    let from: Vec<[i32; 2]> = (0..SITES).map(|_| position()).collect();
    let to: Vec<[i32; 2]> = (0..POINTS).map(|_| position()).collect();
    let distance = |a: &[i32; 2], b: &[i32; 2]| a[0].abs_diff(b[0]) + a[1].abs_diff(b[1]);
    let times = from
        .iter()
        .flat_map(|a| to.iter().map(move |b| distance(a, b)));
    let weight = (0..POINTS).map(|_| draw.random_range(1..=50)).collect();
    (Times::new(POINTS, times.collect()), weight)
}

/// The program's variables for sites, of which so many are open.
fn sites(program: &mut ProblemVariables) -> Vec<Variable> {
    (0..SITES)
        .map(|_| program.add(variable().binary()))
        .collect()
}

#[test]
fn p_median_is_that_of_the_linear_program() {
    for (seed, p) in [(1, 2), (2, 3), (3, 4), (4, 5)] {
        let (times, weight) = middle(seed);
        let mut program = ProblemVariables::new();
        let open = sites(&mut program);
        let served: Vec<Vec<Variable>> = (0..SITES)
            .map(|_| {
                (0..POINTS)
                    .map(|_| program.add(variable().min(0).max(1)))
                    .collect()
            })
            .collect();
        let mut cost = Expression::from(0.0);
        for (site, served) in served.iter().enumerate() {
            for (point, served) in served.iter().enumerate() {
                cost += weight[point] as f64 * f64::from(times.get(site, point)) * *served;
            }
        }
        let mut model = program.minimise(cost.clone()).using(good_lp::microlp);
        model = model.with(open.iter().copied().sum::<Expression>().eq(p as f64));
        for point in 0..POINTS {
            let all: Expression = served.iter().map(|served| served[point]).sum();
            model = model.with(all.eq(1.0));
            for site in 0..SITES {
                model = model.with((served[site][point] - open[site]).leq(0.0));
            }
        }
        let best = model.solve().unwrap().eval(&cost).round() as u64;
        let answer = p_median(times, &weight, &Constraints::most(p), &Effort::default()).unwrap();
        assert_eq!((answer.status, answer.value), (Status::Optimal, Some(best)));
    }
}

#[test]
fn most_reached_is_that_of_the_linear_program() {
    for (seed, p) in [(5, 2), (6, 3), (7, 4), (8, 5)] {
        let (times, weight) = middle(seed);
        let mut program = ProblemVariables::new();
        let open = sites(&mut program);
        let reached: Vec<Variable> = (0..POINTS)
            .map(|_| program.add(variable().min(0).max(1)))
            .collect();
        let worth: Expression = reached
            .iter()
            .zip(&weight)
            .map(|(reached, weight)| *weight as f64 * *reached)
            .sum();
        let mut model = program.maximise(worth.clone()).using(good_lp::microlp);
        model = model.with(open.iter().copied().sum::<Expression>().leq(p as f64));
        for (point, reached) in reached.iter().enumerate() {
            let near = (0..SITES).filter(|site| times.get(*site, point) <= 300);
            let near: Expression = near.map(|site| open[site]).sum();
            model = model.with((Expression::from(*reached) - near).leq(0.0));
        }
        let best = model.solve().unwrap().eval(&worth).round() as u64;
        let constraints = Constraints::most(p);
        let answer = most_reached(&times, &weight, 300, &constraints, &Effort::default()).unwrap();
        assert_eq!((answer.status, answer.value), (Status::Optimal, Some(best)));
    }
}
