use good_lp::{Expression, ProblemVariables, Solution as _, SolverModel as _, Variable, variable};
use proptest::prelude::*;

use crate::siting::answer::{Answer, Effort, Status, Why};
use crate::siting::every_choice::{Small, choices, small};
use crate::siting::maximum_coverage::{
    Credit, Fleet, most_counted, most_credit, most_expected, most_reached,
};
use crate::siting::median::p_median;
use crate::siting::p_center::p_center;
use crate::siting::problem::{Constraints, ConstraintsError, NEVER, ProblemError, Times};
use crate::siting::set_cover::fewest_sites;

/// Three points in a row, nearer to one of two sites.
///
/// ```text
/// site 0 at 0        site 1 at 9
/// point  0   1   2             weight 2 each
/// ```
fn row(capacity: [u64; 2]) -> (Times, Vec<u64>, Constraints) {
    let times = Times::new(3, vec![0, 1, 2, 9, 8, 7]);
    let constraints = Constraints {
        capacity: Some(capacity.to_vec()),
        ..Constraints::most(2)
    };
    (times, vec![2, 2, 2], constraints)
}

fn median(times: &Times, weight: &[u64], constraints: &Constraints) -> Answer {
    p_median(times.clone(), weight, constraints, &Effort::default()).unwrap()
}

#[test]
fn who_loses_least_by_it_is_passed_on_and_a_point_is_shared() {
    let (times, weight, constraints) = row([3, 6]);
    let answer = median(&times, &weight, &constraints);
    // Site 0 keeps both of point 0 (0 instead of 9) and one of point 1 (1 instead of 8); the other of
    // point 1 costs 8, the two of point 2 cost 7 each.
    assert_eq!(answer.status, Status::Optimal);
    assert_eq!((answer.value, answer.bound), (Some(1 + 8 + 14), 23));
    assert_eq!((answer.sites, answer.loads), (vec![0, 1], vec![3, 3]));
}

#[test]
fn where_there_is_room_for_all_nothing_changes() {
    let (times, weight, constraints) = row([6, 6]);
    let answer = median(&times, &weight, &constraints);
    assert_eq!((answer.value, answer.loads), (Some(6), vec![6, 0]));
}

#[test]
fn too_little_room_is_said() {
    let (times, weight, constraints) = row([3, 2]);
    let answer = median(&times, &weight, &constraints);
    assert_eq!(answer.status, Status::Infeasible(Why::NoRoom));
    let effort = Effort::default();
    let (fewest, _) = fewest_sites(&times, &weight, 100, &constraints, &effort).unwrap();
    assert_eq!(fewest.status, Status::Infeasible(Why::NoRoom));
    let reached = most_reached(&times, &weight, 100, &constraints, &effort).unwrap();
    assert_eq!((reached.value, reached.loads), (Some(5), vec![3, 2]));
}

#[test]
fn capacities_where_several_sites_count_are_refused() {
    let (times, weight, constraints) = row([3, 6]);
    let within = (&times, &weight[..], 5);
    let effort = Effort::default();
    let refused = Err(ProblemError::CapacityCounted);
    assert_eq!(
        most_counted(within, &[2, 1], &constraints, &effort),
        refused
    );
    let fleet = Fleet {
        engines: 2,
        at_a_site: 2,
        busy: 0.1,
        adjusted: false,
    };
    assert_eq!(
        most_expected(within, &fleet, &constraints, &effort),
        refused
    );
    let short = Constraints {
        capacity: Some(vec![1]),
        ..constraints
    };
    let wrong = ConstraintsError::CapacitiesAndSites {
        capacities: 1,
        sites: 2,
    };
    assert_eq!(short.check(2), Err(wrong));
}

/// A small problem with capacities: room for about as much as there is, or much less, or much more.
fn with_capacities(seed: u64) -> (Small, Vec<u64>) {
    use rand::{RngExt as _, SeedableRng as _};
    let mut problem = small(seed);
    let mut draw = rand_chacha::ChaCha8Rng::seed_from_u64(seed ^ 0x0CA9);
    let sites = problem.times.sites();
    let total: u64 = problem.weight.iter().sum();
    let each = total * draw.random_range(1..=6) / 3 / sites as u64 + 1;
    let capacity: Vec<u64> = (0..sites)
        .map(|_| draw.random_range(0..=2 * each))
        .collect();
    problem.constraints.capacity = Some(capacity.clone());
    (problem, capacity)
}

/// The least cost at which `open` serve everything, by a linear program that knows nothing of chains;
/// a unit that is not served costs `unserved`, or may not be.
fn least_cost(
    problem: &Small,
    capacity: &[u64],
    open: &[usize],
    unserved: Option<f64>,
    cost: impl Fn(usize, usize) -> Option<f64>,
) -> Option<f64> {
    let mut program = ProblemVariables::new();
    let mut all = Expression::from(0.0);
    let mut of_site: Vec<Vec<Variable>> = vec![Vec::new(); open.len()];
    let mut of_point: Vec<Vec<Variable>> = vec![Vec::new(); problem.weight.len()];
    for (point, weight) in problem.weight.iter().enumerate().filter(|(_, w)| **w > 0) {
        for (index, site) in open.iter().enumerate() {
            if let Some(cost) = cost(*site, point) {
                let amount = program.add(variable().min(0).max(*weight as f64));
                all += cost * amount;
                of_site[index].push(amount);
                of_point[point].push(amount);
            }
        }
        if let Some(unserved) = unserved {
            let amount = program.add(variable().min(0).max(*weight as f64));
            all += unserved * amount;
            of_point[point].push(amount);
        }
        if of_point[point].is_empty() {
            return None;
        }
    }
    let mut model = program.minimise(all.clone()).using(good_lp::microlp);
    for (index, amounts) in of_site.iter().enumerate().filter(|(_, a)| !a.is_empty()) {
        let load: Expression = amounts.iter().sum();
        model = model.with(load.leq(capacity[open[index]] as f64));
    }
    for (point, amounts) in of_point.iter().enumerate().filter(|(_, a)| !a.is_empty()) {
        let served: Expression = amounts.iter().sum();
        model = model.with(served.eq(problem.weight[point] as f64));
    }
    Some(model.solve().ok()?.eval(&all))
}

/// The least over every choice that keeps the constraints.
fn least(
    problem: &Small,
    capacity: &[u64],
    unserved: Option<f64>,
    cost: impl Fn(usize, usize) -> Option<f64>,
) -> Option<f64> {
    let each = choices(&problem.constraints, problem.times.sites())
        .filter_map(|open| least_cost(problem, capacity, &open, unserved, &cost));
    each.min_by(f64::total_cmp)
}

/// Linear programs are right to about so much.
fn is(found: Option<u64>, least: Option<f64>) -> bool {
    match (found, least) {
        (Some(found), Some(least)) => (found as f64 - least).abs() <= 1e-6 * least.abs() + 1e-3,
        (found, least) => found.is_none() && least.is_none(),
    }
}

fn proven(answer: &Answer, problem: &Small, capacity: &[u64]) -> Result<(), TestCaseError> {
    match answer.value {
        Some(value) => {
            prop_assert_eq!(&answer.status, &Status::Optimal);
            prop_assert_eq!(value, answer.bound);
            prop_assert!(problem.constraints.allow(&answer.sites));
            prop_assert_eq!(answer.loads.len(), answer.sites.len());
            let loads = answer.sites.iter().zip(&answer.loads);
            for (site, load) in loads {
                prop_assert!(*load <= capacity[*site]);
            }
        }
        None => prop_assert!(matches!(answer.status, Status::Infeasible(_))),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn p_median_is_the_least_of_all_choices(seed in any::<u64>()) {
        let (problem, capacity) = with_capacities(seed);
        let time = |site, point| Some(problem.times.get(site, point)).filter(|t| *t < NEVER).map(f64::from);
        let least = least(&problem, &capacity, None, time);
        let answer = median(&problem.times, &problem.weight, &problem.constraints);
        prop_assert!(is(answer.value, least), "{:?} for {least:?}", answer.value);
        proven(&answer, &problem, &capacity)?;
    }

    #[test]
    fn no_choice_reaches_more_within_its_capacities(seed in any::<u64>(), threshold in 0_u32..25) {
        let (problem, capacity) = with_capacities(seed);
        let reaches = |site, point| (problem.times.get(site, point) <= threshold).then_some(0.0);
        let missing = least(&problem, &capacity, Some(1.0), reaches);
        let total: u64 = problem.weight.iter().sum();
        let most = missing.map(|missing| total as f64 - missing);
        let effort = Effort::default();
        let answer =
            most_reached(&problem.times, &problem.weight, threshold, &problem.constraints, &effort).unwrap();
        prop_assert!(is(answer.value, most), "{:?} for {most:?}", answer.value);
        proven(&answer, &problem, &capacity)?;
    }

    #[test]
    fn no_choice_has_more_credit_within_its_capacities(seed in any::<u64>()) {
        let (problem, capacity) = with_capacities(seed);
        let credits = [(2, 10), (9, 4)].map(|(within, worth)| Credit { within, worth });
        let lost = |site, point| match problem.times.get(site, point) {
            0..=2 => Some(0.0),
            3..=9 => Some(6.0),
            _ => None,
        };
        let missing = least(&problem, &capacity, Some(10.0), lost);
        let total: u64 = problem.weight.iter().sum();
        let most = missing.map(|missing| 10.0 * total as f64 - missing);
        let effort = Effort::default();
        let answer =
            most_credit(&problem.times, &problem.weight, &credits, &problem.constraints, &effort).unwrap();
        prop_assert!(is(answer.value, most), "{:?} for {most:?}", answer.value);
        proven(&answer, &problem, &capacity)?;
    }

    #[test]
    fn no_fewer_sites_have_room_for_all(seed in any::<u64>(), threshold in 0_u32..25) {
        let (mut problem, capacity) = with_capacities(seed);
        let effort = Effort::default();
        let constraints = problem.constraints.clone();
        let (answer, unreached) =
            fewest_sites(&problem.times, &problem.weight, threshold, &constraints, &effort).unwrap();
        for point in unreached {
            problem.weight[point] = 0;
        }
        let reaches = |site, point| (problem.times.get(site, point) <= threshold).then_some(0.0);
        let enough = choices(&constraints, problem.times.sites())
            .filter(|open| least_cost(&problem, &capacity, open, None, reaches).is_some());
        let fewest = enough.map(|open| open.len() as f64).min_by(f64::total_cmp);
        prop_assert!(is(answer.value, fewest), "{:?} for {fewest:?}", answer.value);
        proven(&answer, &problem, &capacity)?;
    }

    #[test]
    fn nobody_is_served_sooner_within_the_capacities(seed in any::<u64>(), left in 0_u64..4) {
        let (problem, capacity) = with_capacities(seed);
        let effort = Effort::default();
        let all: u64 = problem.weight.iter().sum();
        let aside = all * left / 10;
        let answer =
            p_center(&problem.times, &problem.weight, aside, &problem.constraints, &effort).unwrap();
        proven(&answer, &problem, &capacity)?;
        let within = |most: u32| {
            let reaches = |site, point| (problem.times.get(site, point) <= most).then_some(0.0);
            let missing = least(&problem, &capacity, Some(1.0), reaches);
            missing.is_some_and(|missing| missing <= aside as f64 + 1e-6)
        };
        let mut times: Vec<u32> = problem.times.all().to_vec();
        times.sort_unstable();
        times.dedup();
        let soonest = times.into_iter().filter(|time| *time < NEVER).find(|time| within(*time));
        if problem.weight.iter().any(|weight| *weight > 0) {
            prop_assert_eq!(answer.value, soonest.map(u64::from));
        }
    }
}
