use proptest::prelude::*;

use super::answer::{Answer, Effort, Status};
use super::every_choice::{choices, small};
use super::maximum_coverage::{
    Credit, EXPECTED_SCALE, Fleet, most_counted, most_credit, most_expected, most_reached,
};
use super::problem::{Constraints, NEVER, Times};

/// ```text
/// point          0    1    2    3       weight 4, 3, 2, 1
/// site 0 reaches x    x
/// site 1 reaches      x    x
/// site 2 reaches                x
/// ```
fn row() -> (Times, Vec<u64>) {
    let (near, far) = (480_000, 480_001);
    let times = [
        [near, near, far, NEVER],
        [far, near, near, NEVER],
        [far, far, far, near],
    ];
    (Times::new(4, times.concat()), vec![4, 3, 2, 1])
}

fn effort() -> Effort {
    Effort::default()
}

#[test]
fn reached_means_within_the_threshold_and_at_it() {
    let (times, weight) = row();
    let with = |sites| {
        most_reached(
            &times,
            &weight,
            480_000,
            &Constraints::most(sites),
            &effort(),
        )
        .unwrap()
    };
    assert_eq!((with(1).value, with(1).sites), (Some(7), vec![0]));
    assert_eq!((with(2).value, with(2).sites), (Some(9), vec![0, 1]));
    assert_eq!((with(3).value, with(3).bound), (Some(10), 10));
    let sooner = most_reached(&times, &weight, 479_999, &Constraints::most(2), &effort()).unwrap();
    assert_eq!((sooner.value, sooner.sites.len()), (Some(0), 2));
}

/// One site within 480 s is worth 1, two are worth 1.5: sites 0 and 1 reach point 1 twice.
#[test]
fn a_second_site_within_reach_counts_half() {
    let (times, weight) = row();
    let given = (&times, &weight[..], 480_000);
    let answer = most_counted(given, &[2, 1], &Constraints::most(2), &effort()).unwrap();
    assert_eq!(answer.value, Some(2 * 9 + 3));
}

/// At 479 s nobody is reached; within 480 s each counts 2, within 481 s still 1.
#[test]
fn credit_shrinks_with_time() {
    let (times, weight) = row();
    let credit = |within, worth| Credit { within, worth };
    let credits = [credit(480_000, 2), credit(481_000, 1)];
    let answer = most_credit(&times, &weight, &credits, &Constraints::most(1), &effort()).unwrap();
    // Site 0: 2 × 7 and 1 × 2; site 1: 2 × 5 and 1 × 4.
    assert_eq!((answer.value, answer.sites), (Some(16), vec![0]));
}

/// Half of the time an engine is out: a second one at site 0 adds 1/4 of 7, one at site 1 adds
/// 1/4 of 3 and 1/2 of 2.
#[test]
fn two_engines_stand_at_one_site_when_that_reaches_more() {
    let (times, mut weight) = row();
    let fleet = Fleet {
        engines: 2,
        at_a_site: 2,
        busy: 0.5,
        adjusted: false,
    };
    let expected = |weight: &[u64]| {
        let given = (&times, weight, 480_000);
        let answer = most_expected(given, &fleet, &Constraints::default(), &effort()).unwrap();
        (
            answer.value.unwrap() as f64 / f64::from(EXPECTED_SCALE),
            answer.sites,
        )
    };
    assert_eq!(expected(&weight), (3.5 + 1.75, vec![0, 0]));
    weight[2] = 4;
    assert_eq!(expected(&weight), (3.5 + 0.75 + 2.0, vec![0, 1]));
}

/// The share of time that all of so many servers are busy when they share one queue: Erlang's C, by
/// his recursion for B, B(0) = 1, B(c) = a B(c - 1) / (c + a B(c - 1)).
fn all_are_busy(servers: usize, busy: f64) -> f64 {
    let offered = servers as f64 * busy;
    let lost = (1..=servers).fold(1.0, |lost, server| {
        offered * lost / (server as f64 + offered * lost)
    });
    lost / (1.0 - busy * (1.0 - lost))
}

fn same(answer: &Answer, best: Option<u64>) -> Result<(), TestCaseError> {
    prop_assert_eq!(answer.value, best, "{:?}", answer);
    if let Some(best) = best {
        prop_assert_eq!(answer.bound, best);
        prop_assert_eq!(&answer.status, &Status::Optimal);
    } else {
        prop_assert!(matches!(answer.status, Status::Infeasible(_)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn no_choice_reaches_more(seed in any::<u64>(), threshold in 0..25_u32) {
        let small = small(seed);
        let reached = |open: &[usize]| -> u64 {
            let reached = small.reaching(open, threshold).into_iter().zip(&small.weight);
            reached.filter(|(count, _)| *count > 0).map(|(_, weight)| weight).sum()
        };
        let best = choices(&small.constraints, small.times.sites()).map(|open| reached(&open)).max();
        let answer = most_reached(&small.times, &small.weight, threshold, &small.constraints, &effort());
        let answer = answer.unwrap();
        same(&answer, best)?;
        if best.is_some() {
            prop_assert!(small.constraints.allow(&answer.sites));
            prop_assert_eq!(Some(reached(&answer.sites)), best);
        }
    }

    #[test]
    fn no_choice_counts_more(
        seed in any::<u64>(),
        threshold in 0..25_u32,
        mut levels in prop::collection::vec(0..5_u32, 1..4),
    ) {
        levels.sort_by_key(|level| std::cmp::Reverse(*level));
        let small = small(seed);
        let counted = |open: &[usize]| -> u64 {
            let reaching = small.reaching(open, threshold).into_iter().zip(&small.weight);
            reaching
                .map(|(count, weight)| weight * u64::from(levels.iter().take(count).sum::<u32>()))
                .sum()
        };
        let best = choices(&small.constraints, small.times.sites()).map(|open| counted(&open)).max();
        let given = (&small.times, &small.weight[..], threshold);
        same(&most_counted(given, &levels, &small.constraints, &effort()).unwrap(), best)?;
    }

    #[test]
    fn no_choice_has_more_credit(seed in any::<u64>(), worth in 1..5_u32) {
        let small = small(seed);
        let credits = [
            Credit { within: 1, worth: worth + 2 },
            Credit { within: 5, worth },
            Credit { within: 500_000, worth: 1 },
        ];
        let credit = |open: &[usize]| -> u64 {
            let nearest = small.nearest(open).into_iter().zip(&small.weight);
            nearest
                .map(|(time, weight)| {
                    let credit = credits.iter().find(|credit| time <= credit.within);
                    weight * u64::from(credit.map_or(0, |credit| credit.worth))
                })
                .sum()
        };
        let best = choices(&small.constraints, small.times.sites()).map(|open| credit(&open)).max();
        let answer = most_credit(&small.times, &small.weight, &credits, &small.constraints, &effort());
        same(&answer.unwrap(), best)?;
    }

    #[test]
    fn no_fleet_is_expected_to_reach_more(
        seed in any::<u64>(),
        threshold in 0..25_u32,
        engines in 1..5_usize,
        busy in 0.0..0.99_f64,
        adjusted: bool,
    ) {
        let mut small = small(seed);
        small.constraints = Constraints { forbidden: small.constraints.forbidden, ..Constraints::default() };
        let sites: Vec<usize> = (0..small.times.sites())
            .filter(|site| !small.constraints.forbidden.contains(site))
            .collect();
        prop_assume!(!sites.is_empty());
        // Every choice of sites with repetitions, in ascending order.
        let mut fleets = vec![vec![]];
        for _ in 0..engines {
            let longer = fleets.iter().flat_map(|fleet: &Vec<usize>| {
                let last = fleet.last().copied().unwrap_or(0);
                let next = sites.iter().filter(move |site| **site >= last);
                next.map(|site| fleet.iter().copied().chain([*site]).collect())
            });
            fleets = longer.collect();
        }
        let fleet = Fleet { engines, at_a_site: engines, busy, adjusted };
        let shares = fleet.first_ready();
        prop_assert!(shares.is_sorted_by(|a, b| a >= b));
        // One engine is ready as often as it is not busy, and all together as often as not all are out.
        prop_assert!((shares[0] - (1.0 - busy)).abs() < 1e-12);
        let all_out = match adjusted {
            false => busy.powi(engines as i32),
            true => all_are_busy(engines, busy),
        };
        prop_assert!((1.0 - shares.iter().sum::<f64>() - all_out).abs() < 1e-12);
        let expected = |fleet: &Vec<usize>| -> f64 {
            let reaching = small.reaching(fleet, threshold).into_iter().zip(&small.weight);
            let ready = |count: usize| -> f64 { shares[..count].iter().sum() };
            reaching.map(|(count, weight)| *weight as f64 * ready(count)).sum()
        };
        let best = fleets.iter().map(expected).fold(0.0, f64::max);
        let given = (&small.times, &small.weight[..], threshold);
        let answer = most_expected(given, &fleet, &small.constraints, &effort()).unwrap();
        let value = answer.value.unwrap() as f64 / f64::from(EXPECTED_SCALE);
        // Each power of q is rounded.
        let rounded = small.weight.iter().sum::<u64>() as f64 * engines as f64 * 1e-9;
        prop_assert!((value - best).abs() <= rounded, "{value} {best}");
        prop_assert!((expected(&answer.sites) - best).abs() <= 2.0 * rounded);
        prop_assert_eq!(answer.sites.len(), engines);
    }
}
