//! Everybody within reach as soon as possible with so many sites (p-center, Hakimi 1964; by halving the
//! threshold, Minieka 1970).

use super::answer::{Answer, Clock, Effort, Found, Status, Why};
use super::problem::{Constraints, NEVER, ProblemError, Times};
use super::reach::Reach;
use super::within_reach::{WithinReach, with_endless_room};

/// Two thresholds are close when they differ by less than one part in so many.
const CLOSE: u64 = 100;

/// The choice of sites from which the last point is reached soonest.
///
/// The value is the time to that point in milliseconds. Points of a weight of up to `aside` may be
/// left behind.
///
/// # Errors
/// When the constraints contradict themselves or the weights are too large.
pub fn p_center(
    times: &Times,
    weight: &[u64],
    aside: u64,
    constraints: &Constraints,
    effort: &Effort,
) -> Result<Answer, ProblemError> {
    let clock = Clock::start(effort);
    constraints.check(times.sites())?;
    let all = |threshold| Reach::within(times, weight, threshold, constraints);
    let lost = |reach: &Reach| {
        reach
            .unreached
            .iter()
            .map(|point| weight[*point])
            .sum::<u64>()
    };
    let anywhere = all(NEVER - 1);
    if lost(&anywhere) > aside {
        return Ok(Answer::infeasible(
            Why::Unreached(anywhere.unreached),
            clock.began,
        ));
    }
    // No choice does it before `least`; `found` does it at its time.
    let mut least = next_time(times, 0).unwrap_or(0);
    if let Some(constraints) = with_endless_room(constraints) {
        let endless = p_center(times, weight, aside, &constraints, effort)?;
        if matches!(endless.status, Status::Infeasible(_)) {
            return Ok(endless);
        }
        least = endless.bound as u32;
    }
    let (mut found, mut loads): (Option<(u32, Vec<usize>)>, _) = (None, Vec::new());
    let mut next = NEVER - 1;
    loop {
        let reach = all(next);
        let lost = lost(&reach);
        let answer = if lost > aside {
            Found::None(Why::TooFewSites)
        } else {
            WithinReach::new(reach, aside - lost, constraints).ask(
                constraints.most,
                &clock,
                effort,
            )?
        };
        match answer {
            Found::None(why) if found.is_none() => {
                return Ok(Answer::infeasible(why, clock.began));
            }
            Found::None(_) => least = next_time(times, next + 1).unwrap_or(least),
            Found::Unknown => break,
            Found::Sites(sites, now) => {
                // Where there is room for so much, the nearest is not always the one that serves.
                let last = match constraints.capacity {
                    None => last_reached(times, weight, aside, &sites),
                    Some(_) => last_time(times, next),
                };
                (found, loads) = (Some((last, sites)), now);
            }
        }
        let soon = found.as_ref().map_or(next, |(time, _)| *time);
        effort.report_progress(Some(u64::from(soon)), u64::from(least));
        if least >= soon {
            break;
        }
        // Near the end the last question alone decides, as most often nothing better is there.
        let near = u64::from(soon - least) * CLOSE < u64::from(soon);
        next = if near && soon > next {
            soon - 1
        } else {
            u32::midpoint(least, soon - 1)
        };
    }
    Ok(match found {
        Some((time, sites)) => {
            // Where there is no demand at all, it is reached at once.
            let bound = least.min(time).into();
            Answer::found((sites, loads), time.into(), bound, clock.began)
        }
        None => Answer::unknown(least.into(), clock.began),
    })
}

/// The first time that is at least `from`.
fn next_time(times: &Times, from: u32) -> Option<u32> {
    let later = times
        .all()
        .iter()
        .filter(|time| **time >= from && **time < NEVER);
    later.min().copied()
}

/// The last time that is no later than `until`; 0 where there is none.
fn last_time(times: &Times, until: u32) -> u32 {
    let sooner = times.all().iter().filter(|time| **time <= until);
    sooner.max().copied().unwrap_or(0)
}

/// When the last point is reached from `open`, or the last before those of a weight of `aside`.
fn last_reached(times: &Times, weight: &[u64], aside: u64, open: &[usize]) -> u32 {
    let mut nearest = vec![NEVER; times.points()];
    for site in open {
        for (nearest, time) in nearest.iter_mut().zip(times.from(*site)) {
            *nearest = (*nearest).min(*time);
        }
    }
    let mut last: Vec<(u32, u64)> = (nearest.into_iter().zip(weight.iter().copied()))
        .filter(|(_, weight)| *weight > 0)
        .collect();
    last.sort_unstable_by(|a, b| b.cmp(a));
    let mut behind = 0;
    for (time, weight) in last {
        behind += weight;
        if behind > aside {
            return time;
        }
    }
    0
}
