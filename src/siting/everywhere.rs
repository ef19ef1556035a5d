//! Everybody within reach: with as few sites as possible (LSCP, Toregas et al. 1971), or as soon as
//! possible with so many (p-center, Hakimi 1964; by halving the threshold, Minieka 1970).
//!
//! Both ask again and again whether so many sites reach all within a threshold. Where some may be
//! left behind, that is a median problem with a goal: a choice that leaves out no more.

use std::time::Duration;

use super::answer::{Answer, Clock, Effort, Progress, Status, Why};
use super::constraints::Constraints;
use super::cover::{Covered, cover};
use super::coverage::fill_up;
use super::median::{Median, find};
use super::problem::{NEVER, ProblemError, Rules, Times};
use super::reach::Reach;

/// Two thresholds are close when they differ by less than one part in so many.
const CLOSE: u64 = 100;

/// The fewest sites that reach all demand within `threshold`, that time included, as far as any
/// site reaches it; and the points that none reaches, which are left out.
///
/// The value is the number of sites; `most` of the rules limits it as well.
///
/// # Errors
/// When the rules contradict themselves.
pub fn fewest_sites(
    times: &Times,
    weight: &[u64],
    threshold: u32,
    rules: &Rules,
    effort: &Effort<'_>,
) -> Result<(Answer, Vec<usize>), ProblemError> {
    let clock = Clock::start(effort);
    let sites = times.sites();
    rules.check(sites)?;
    let mut reach = Reach::within(times, weight, threshold.min(NEVER - 1), rules);
    let unreached = std::mem::take(&mut reach.unreached);
    let question = Question::new(reach, 0, rules);
    // Fewer than `least` are proven to be too few; `found` are enough.
    let (mut least, most) = (0, rules.most.unwrap_or(sites).min(sites));
    if let Some(rules) = with_endless_room(rules) {
        let (endless, _) = fewest_sites(times, weight, threshold, &rules, effort)?;
        if matches!(endless.status, Status::Infeasible(_)) {
            return Ok((endless, unreached));
        }
        least = endless.bound as usize;
    }
    let (mut found, mut loads): (Option<Vec<usize>>, _) = (None, Vec::new());
    let mut proven = Some(Status::Optimal);
    let mut next = most;
    loop {
        let asked = question.ask(Some(next), &clock, effort)?;
        match asked {
            Found::None(why) if found.is_none() => {
                return Ok((Answer::infeasible(why, clock.began), unreached));
            }
            Found::None(_) => least = next + 1,
            Found::Unknown => {
                proven = None;
                break;
            }
            Found::Sites(sites, now) => (found, loads) = (Some(sites), now),
        }
        let enough = found.as_ref().map_or(most, Vec::len);
        tell(effort, enough as u64, least as u64);
        if least >= enough {
            break;
        }
        next = usize::midpoint(least, enough - 1);
    }
    let value = found.as_ref().map(|found| found.len() as u64);
    let answer = Answer {
        status: proven.unwrap_or(value.map_or(Status::Unknown, |_| Status::Feasible)),
        sites: found.unwrap_or_default(),
        value,
        bound: least as u64,
        loads,
        elapsed: clock.began.elapsed(),
    };
    Ok((answer, unreached))
}

/// The choice of sites from which the last point is reached soonest.
///
/// The value is the time to that point in milliseconds. Points of a weight of up to `aside` may be
/// left behind.
///
/// # Errors
/// When the rules contradict themselves or the weights are too large.
pub fn soonest_everywhere(
    times: &Times,
    weight: &[u64],
    aside: u64,
    rules: &Rules,
    effort: &Effort<'_>,
) -> Result<Answer, ProblemError> {
    let clock = Clock::start(effort);
    rules.check(times.sites())?;
    let all = |threshold| Reach::within(times, weight, threshold, rules);
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
    if let Some(rules) = with_endless_room(rules) {
        let endless = soonest_everywhere(times, weight, aside, &rules, effort)?;
        if matches!(endless.status, Status::Infeasible(_)) {
            return Ok(endless);
        }
        least = endless.bound as u32;
    }
    let (mut found, mut loads): (Option<(u32, Vec<usize>)>, _) = (None, Vec::new());
    let mut proven = Some(Status::Optimal);
    let mut next = NEVER - 1;
    loop {
        let reach = all(next);
        let lost = lost(&reach);
        let asked = if lost > aside {
            Found::None(Why::TooFewSites)
        } else {
            Question::new(reach, aside - lost, rules).ask(rules.most, &clock, effort)?
        };
        match asked {
            Found::None(why) if found.is_none() => {
                return Ok(Answer::infeasible(why, clock.began));
            }
            Found::None(_) => least = next_time(times, next + 1).unwrap_or(least),
            Found::Unknown => {
                proven = None;
                break;
            }
            Found::Sites(sites, now) => {
                // Where there is room for so much, the nearest is not always the one that serves.
                let last = match rules.capacity {
                    None => last_reached(times, weight, aside, &sites),
                    Some(_) => last_time(times, next),
                };
                (found, loads) = (Some((last, sites)), now);
            }
        }
        let soon = found.as_ref().map_or(next, |(time, _)| *time);
        tell(effort, u64::from(soon), u64::from(least));
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
    let value = found.as_ref().map(|(time, _)| u64::from(*time));
    Ok(Answer {
        status: proven.unwrap_or(value.map_or(Status::Unknown, |_| Status::Feasible)),
        sites: found.map_or_else(Vec::new, |(_, sites)| sites),
        value,
        // Where there is no demand at all, it is reached at once.
        bound: u64::from(least).min(value.unwrap_or(u64::MAX)),
        loads,
        elapsed: clock.began.elapsed(),
    })
}

/// The rules without capacities, where they have any: what endless room does not do, less room does not.
fn with_endless_room(rules: &Rules) -> Option<Rules> {
    rules.capacity.as_ref().map(|_| Rules {
        capacity: None,
        ..rules.clone()
    })
}

fn tell(effort: &Effort<'_>, value: u64, bound: u64) {
    if let Some(progress) = effort.progress {
        progress(Progress {
            value: Some(value),
            bound,
        });
    }
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

/// Whether so many sites reach everything, or all but a weight of `aside`.
struct Question {
    reach: Reach,
    aside: u64,
    /// Without needless sites.
    rules: Rules,
    needless: Vec<usize>,
}

impl Question {
    fn new(reach: Reach, aside: u64, given: &Rules) -> Self {
        // Who is reached whenever others are, and who does as well as another, matters as soon as there
        // is room for so much.
        let has_room = given.capacity.is_none();
        let reach = match aside == 0 && has_room {
            true => reach.hardest(),
            false => reach,
        };
        let needless = match has_room {
            true => reach.needless(given),
            false => Vec::new(),
        };
        let mut rules = given.clone();
        rules.forbidden.extend(&needless);
        Self {
            reach,
            aside,
            rules,
            needless,
        }
    }

    /// Sites that do it; infeasible where none do.
    fn ask(
        &self,
        most: Option<usize>,
        clock: &Clock,
        effort: &Effort<'_>,
    ) -> Result<Found, ProblemError> {
        let rules = Rules {
            most,
            ..self.rules.clone()
        };
        let found = match (self.aside, &rules.capacity) {
            (0, None) => self.all(&rules, clock),
            _ => self.most(&rules, clock, effort)?,
        };
        Ok(match found {
            Found::Sites(mut sites, loads) => {
                fill_up(&mut sites, &self.needless, most);
                Found::Sites(sites, loads)
            }
            other => other,
        })
    }

    fn all(&self, rules: &Rules, clock: &Clock) -> Found {
        let sites = self.reach.sites();
        let Some((constraints, fixing)) = Constraints::new(rules, sites) else {
            return Found::None(Why::Rules);
        };
        let most = rules.most.unwrap_or(sites);
        match cover(&self.reach.sets(), (&constraints, &fixing), most, clock) {
            Covered::By(sites) => Found::Sites(sites, Vec::new()),
            Covered::No => Found::None(Why::TooFewSites),
            Covered::Unknown => Found::Unknown,
        }
    }

    fn most(
        &self,
        rules: &Rules,
        clock: &Clock,
        effort: &Effort<'_>,
    ) -> Result<Found, ProblemError> {
        let (costs, weight) = self.reach.costs(1);
        let problem = Median {
            costs,
            weight,
            unserved: Some(1),
            levels: None,
        };
        let left = |limit: Duration| limit.saturating_sub(clock.began.elapsed());
        let effort = Effort {
            time_limit: effort.time_limit.map(left),
            progress: None,
        };
        let answer = find(&problem, rules, &effort, self.aside)?;
        Ok(match answer.status {
            Status::Optimal | Status::Feasible => Found::Sites(answer.sites, answer.loads),
            Status::Infeasible(why) => Found::None(why),
            Status::Unknown => Found::Unknown,
        })
    }
}

/// The answer to a question.
enum Found {
    /// With how much each serves, where they have capacities.
    Sites(Vec<usize>, Vec<u64>),
    None(Why),
    Unknown,
}
