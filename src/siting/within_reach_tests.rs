use proptest::prelude::*;

use super::answer::{Effort, Status, Why};
use super::every_choice::{choices, small};
use super::p_center::p_center;
use super::problem::{Constraints, NEVER, Times};
use super::set_cover::fewest_sites;

/// ```text
/// point          0    1    2    3
/// site 0         2    5    9    -
/// site 1         9    4    3    -
/// site 2         -    -    8    1
/// ```
fn row() -> Times {
    let times = [[2, 5, 9, NEVER], [9, 4, 3, NEVER], [NEVER, NEVER, 8, 1]];
    Times::new(4, times.concat())
}

#[test]
fn within_five_three_sites_are_needed_and_within_nine_two() {
    let fewest = |threshold| {
        let constraints = Constraints::default();
        let found = fewest_sites(&row(), &[1; 4], threshold, &constraints, &Effort::default());
        let (answer, unreached) = found.unwrap();
        assert_eq!(answer.status, Status::Optimal);
        (answer.value.unwrap(), answer.sites, unreached)
    };
    assert_eq!(fewest(5), (3, vec![0, 1, 2], vec![]));
    assert_eq!(fewest(9).0, 2);
    // Nobody is at points 1 and 2 within 2.
    assert_eq!(fewest(2), (2, vec![0, 2], vec![1, 2]));
}

#[test]
fn the_last_is_reached_after_eight_with_two_sites() {
    let soonest = |weight: &[u64], aside, constraints: &Constraints| {
        p_center(&row(), weight, aside, constraints, &Effort::default()).unwrap()
    };
    let two = soonest(&[1; 4], 0, &Constraints::most(2));
    // Sites 0 and 2: 2, 5, 8, 1; sites 1 and 2: 9, 4, 3, 1.
    assert_eq!((two.value, two.bound, two.sites), (Some(8), 8, vec![0, 2]));
    let one = soonest(&[1; 4], 0, &Constraints::most(1));
    assert_eq!(one.status, Status::Infeasible(Why::TooFewSites));
    // One point may be left behind: point 2 of sites 0 and 2, or point 0 of sites 1 and 2.
    assert_eq!(soonest(&[1; 4], 1, &Constraints::most(2)).value, Some(4));
    assert_eq!(
        soonest(&[0, 1, 1, 1], 0, &Constraints::most(2)).value,
        Some(4)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn no_fewer_sites_reach_everybody(seed in any::<u64>(), threshold in 0..25_u32) {
        let small = small(seed);
        let sites = small.times.sites();
        let usable: Vec<usize> = (0..sites)
            .filter(|site| !small.constraints.forbidden.contains(site))
            .collect();
        let whole = small.reaching(&usable, threshold);
        let needed = |point: &usize| small.weight[*point] > 0 && whole[*point] > 0;
        let reaches_all = |open: &Vec<usize>| {
            let reaching = small.reaching(open, threshold);
            (0..small.times.points()).filter(needed).all(|point| reaching[point] > 0)
        };
        let best = choices(&small.constraints, sites).filter(reaches_all).map(|open| open.len()).min();
        let (answer, unreached) =
            fewest_sites(&small.times, &small.weight, threshold, &small.constraints, &Effort::default())
                .unwrap();
        prop_assert_eq!(answer.value, best.map(|best| best as u64), "{:?}", answer);
        if let Some(best) = best {
            prop_assert_eq!(answer.bound, best as u64);
            prop_assert!(small.constraints.allow(&answer.sites) && reaches_all(&answer.sites));
        }
        let lost = (0..small.times.points()).filter(|p| small.weight[*p] > 0 && whole[*p] == 0);
        prop_assert_eq!(unreached, lost.collect::<Vec<_>>());
    }

    #[test]
    fn no_choice_reaches_the_last_sooner(seed in any::<u64>(), share in 0..3_u64) {
        let small = small(seed);
        let aside = small.weight.iter().sum::<u64>() * share / 10;
        let last = |open: &[usize]| -> u32 {
            let mut times: Vec<_> = small.nearest(open).into_iter().zip(&small.weight).collect();
            times.sort_unstable();
            // Leave behind as much as may be, from the end.
            let mut left = aside;
            while let Some((time, weight)) = times.pop() {
                if *weight > left {
                    return time;
                }
                left -= weight;
            }
            0
        };
        let best = choices(&small.constraints, small.times.sites()).map(|open| last(&open)).min();
        let best = best.filter(|best| *best < NEVER);
        let answer =
            p_center(&small.times, &small.weight, aside, &small.constraints, &Effort::default())
                .unwrap();
        prop_assert_eq!(answer.value, best.map(u64::from), "{:?}", answer);
        if let Some(best) = best {
            prop_assert_eq!(answer.bound, u64::from(best));
            prop_assert!(small.constraints.allow(&answer.sites));
            prop_assert_eq!(last(&answer.sites), best);
        }
    }
}
