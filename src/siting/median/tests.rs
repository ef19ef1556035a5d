use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;

use super::super::answer::{Answer, Effort, Status, Why};
use super::super::every_choice::{Small, choices, small};
use super::super::problem::{Constraints, NEVER, Times};
use super::{Median, solve};
use crate::progress::{self, Search, Told};

fn p_median(small: &Small) -> Median {
    Median {
        costs: small.times.clone(),
        weight: small.weight.clone(),
        unserved: None,
        levels: None,
    }
}

fn solved(problem: &Median, constraints: &Constraints) -> Answer {
    solve(problem, constraints, &Effort::default()).unwrap()
}

/// What a choice costs; `None` when a point with a weight is not served.
fn cost(small: &Small, open: &[usize]) -> Option<u64> {
    let nearest = small.nearest(open).into_iter().zip(&small.weight);
    nearest
        .filter(|(_, weight)| **weight > 0)
        .map(|(time, weight)| (time < NEVER).then(|| u64::from(time) * weight))
        .sum()
}

/// ```text
/// site 0   0   1   2   3   4      the points stand in a row, a site on each; with two sites
/// point    x---x---x---x---x      1 and 3 or 1 and 4 or 0 and 3, three points are 1 away
/// ```
#[test]
fn two_sites_in_a_row_of_five_serve_three_points_from_next_door() {
    let times = (0..5).flat_map(|site: u32| (0..5).map(move |point| site.abs_diff(point) * 1000));
    let problem = Median {
        costs: Times::new(5, times.collect()),
        weight: vec![2; 5],
        unserved: None,
        levels: None,
    };
    let answer = solved(&problem, &Constraints::most(2));
    assert_eq!(answer.status, Status::Optimal);
    assert_eq!((answer.value, answer.bound), (Some(6000), 6000));
    assert_eq!(answer.gap(), Some(0.0));
}

#[test]
fn a_point_that_no_site_reaches_is_named() {
    let problem = Median {
        costs: Times::new(3, vec![5, NEVER, NEVER, 1, 2, NEVER]),
        weight: vec![1, 1, 1],
        unserved: None,
        levels: None,
    };
    let unreached = |constraints: &Constraints| match solved(&problem, constraints).status {
        Status::Infeasible(Why::Unreached(points)) => points,
        status => panic!("{status:?}"),
    };
    assert_eq!(unreached(&Constraints::most(2)), [2]);
    let without_second = Constraints {
        forbidden: vec![1],
        ..Constraints::most(2)
    };
    assert_eq!(unreached(&without_second), [1, 2]);
}

#[test]
fn two_islands_need_two_sites() {
    let problem = Median {
        costs: Times::new(2, vec![5, NEVER, NEVER, 7]),
        weight: vec![1, 1],
        unserved: None,
        levels: None,
    };
    let one = solved(&problem, &Constraints::most(1));
    assert_eq!(one.status, Status::Infeasible(Why::TooFewSites));
    assert_eq!(solved(&problem, &Constraints::most(2)).value, Some(12));
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    let problem = Median {
        costs: Times::new(2, vec![u32::MAX - 1, 1]),
        weight: vec![u64::MAX / 2, u64::MAX / 2 - 1],
        unserved: None,
        levels: None,
    };
    assert!(solve(&problem, &Constraints::most(1), &Effort::default()).is_err());
}

/// A hundred points in no order, and a site on every second of them.
fn scattered() -> Median {
    let position = |number: u32| [number * 37 % 101, number * 59 % 89];
    let distance = |a: [u32; 2], b: [u32; 2]| a[0].abs_diff(b[0]) + a[1].abs_diff(b[1]);
    let sites = (0..100).step_by(2);
    let times =
        sites.flat_map(|site| (0..100).map(move |point| distance(position(site), position(point))));
    Median {
        costs: Times::new(100, times.collect()),
        weight: (0..100).map(|point| point % 7 + 1).collect(),
        unserved: None,
        levels: None,
    }
}

#[test]
fn bounds_on_the_way_never_cross_the_optimum() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let name = "bounds on the way";
    let ears = Arc::clone(&heard);
    // Other tests may be searching.
    progress::listen(Box::new(move |told| match told {
        Told::Search(search, value, bound) if search.name == name => {
            ears.lock().unwrap().push((value, bound));
        }
        _ => {}
    }));
    let effort = Effort::default().telling(Search {
        name,
        decimals: None,
    });
    let best = solve(&scattered(), &Constraints::most(7), &effort).unwrap();
    assert_eq!(best.value, Some(best.bound));
    let heard = heard.lock().unwrap();
    assert!(!heard.is_empty());
    for (value, bound) in &*heard {
        assert!(*bound <= best.bound && *value >= best.value);
    }
}

#[test]
fn one_thread_and_three_give_the_same_sites() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let answer = pool.install(|| solved(&scattered(), &Constraints::most(8)));
        (answer.value, answer.sites)
    };
    assert_eq!(with(1), with(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_choice_is_better_than_the_answer(seed in any::<u64>()) {
        let small = small(seed);
        let best = choices(&small.constraints, small.times.sites())
            .filter_map(|open| cost(&small, &open))
            .min();
        let answer = solved(&p_median(&small), &small.constraints);
        prop_assert_eq!(answer.value, best, "{:?}", answer);
        if best.is_some() {
            prop_assert_eq!(answer.bound, best.unwrap());
            prop_assert_eq!(&answer.status, &Status::Optimal);
            prop_assert!(small.constraints.allow(&answer.sites));
            prop_assert_eq!(cost(&small, &answer.sites), best);
        } else {
            prop_assert!(matches!(answer.status, Status::Infeasible(_)));
        }
    }

    #[test]
    fn an_answer_without_time_has_a_bound_that_holds(seed in any::<u64>()) {
        let small = small(seed);
        let best = choices(&small.constraints, small.times.sites())
            .filter_map(|open| cost(&small, &open))
            .min();
        let effort = Effort::within(Some(Duration::ZERO));
        let answer = solve(&p_median(&small), &small.constraints, &effort).unwrap();
        if let Some(best) = best {
            prop_assert!(answer.bound <= best);
            prop_assert!(answer.value.is_none_or(|value| value >= best));
        } else {
            prop_assert_eq!(answer.value, None);
        }
    }

    #[test]
    fn a_point_that_may_be_left_out_costs_what_that_costs(seed in any::<u64>(), most in 0..30_u32) {
        let small = small(seed);
        let capped = |open: &[usize]| -> u64 {
            let nearest = small.nearest(open).into_iter().zip(&small.weight);
            nearest.map(|(time, weight)| u64::from(time.min(most)) * weight).sum()
        };
        let best = choices(&small.constraints, small.times.sites()).map(|open| capped(&open)).min();
        let problem = Median { unserved: Some(most), ..p_median(&small) };
        prop_assert_eq!(solved(&problem, &small.constraints).value, best);
    }
}
