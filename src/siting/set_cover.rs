//! Everybody within reach with as few sites as possible (set cover; LSCP, Toregas et al. 1971).

use super::answer::{Answer, Clock, Effort, Found, Status};
use super::problem::{Constraints, NEVER, ProblemError, Times};
use super::reach::Reach;
use super::within_reach::{WithinReach, with_endless_room};

/// The fewest sites that reach all demand within `threshold`, that time included, as far as any
/// site reaches it; and the points that none reaches, which are left out.
///
/// The value is the number of sites; `most` of the constraints limits it as well.
///
/// # Errors
/// When the constraints contradict themselves.
pub fn fewest_sites(
    times: &Times,
    weight: &[u64],
    threshold: u32,
    constraints: &Constraints,
    effort: &Effort,
) -> Result<(Answer, Vec<usize>), ProblemError> {
    let clock = Clock::start(effort);
    let sites = times.sites();
    constraints.check(sites)?;
    let mut reach = Reach::within(times, weight, threshold.min(NEVER - 1), constraints);
    let unreached = std::mem::take(&mut reach.unreached);
    let question = WithinReach::new(reach, 0, constraints);
    // Fewer than `least` are proven to be too few; `found` are enough.
    let (mut least, most) = (0, constraints.most.unwrap_or(sites).min(sites));
    if let Some(constraints) = with_endless_room(constraints) {
        let (endless, _) = fewest_sites(times, weight, threshold, &constraints, effort)?;
        if matches!(endless.status, Status::Infeasible(_)) {
            return Ok((endless, unreached));
        }
        least = endless.bound as usize;
    }
    let (mut found, mut loads): (Option<Vec<usize>>, _) = (None, Vec::new());
    let mut next = most;
    loop {
        match question.ask(Some(next), &clock, effort)? {
            Found::None(why) if found.is_none() => {
                return Ok((Answer::infeasible(why, clock.began), unreached));
            }
            Found::None(_) => least = next + 1,
            Found::Unknown => break,
            Found::Sites(sites, now) => (found, loads) = (Some(sites), now),
        }
        let enough = found.as_ref().map_or(most, Vec::len);
        effort.report_progress(Some(enough as u64), least as u64);
        if least >= enough {
            break;
        }
        next = usize::midpoint(least, enough - 1);
    }
    let bound = least as u64;
    let answer = match found {
        Some(sites) => {
            let value = sites.len() as u64;
            Answer::found((sites, loads), value, bound, clock.began)
        }
        None => Answer::unknown(bound, clock.began),
    };
    Ok((answer, unreached))
}
