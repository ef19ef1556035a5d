//! Each alternative at a glance: everybody is answered by the station that is there soonest, and every
//! stage takes its mean time. The simulation differs from this both ways: engines are out, which is
//! slower, and of several engines the first to arrive counts, which is faster than the mean.

use crate::roads::travel_times::TravelTimes;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// What to expect of an alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Screened {
    /// Mean response time over all incidents.
    pub mean_response: Millis,
    /// Share of incidents within each standard, in the scenario's order.
    pub within: Vec<f64>,
    /// Residents within each standard.
    pub residents_within: Vec<f64>,
}

/// A station or site, as in [`Scenario::bases`], and the mean turnout of its crew.
pub type Crew = (usize, Millis);

/// The crews of an alternative.
pub fn crews<'a>(
    scenario: &'a Scenario,
    alternative: &Alternative,
) -> impl Iterator<Item = Crew> + use<'a> {
    let bases = scenario.bases_of(alternative).into_iter();
    bases.map(|base| (base, scenario.mean_turnout_of(base)))
}

/// Turnout and travel of the crew that is there soonest; of equals, of the one that is on the road
/// first. `None` where no road leads.
pub fn soonest(crews: &[Crew], travel: impl Fn(usize) -> Millis) -> Option<(Millis, Millis)> {
    let arrivals = crews.iter().filter_map(|(base, turnout)| {
        let travel = Some(travel(*base)).filter(|travel| travel.is_finite())?;
        Some((*turnout + travel, *turnout, travel))
    });
    let (_, turnout, travel) = arrivals.min()?;
    Some((turnout, travel))
}

/// Screens one alternative.
#[must_use]
pub fn screen(scenario: &Scenario, times: &TravelTimes, alternative: &Alternative) -> Screened {
    let call_handling = scenario.stages.call_handling.mean;
    let crews: Vec<Crew> = crews(scenario, alternative).collect();
    let mut incidents = 0.0;
    let mut response_sum = 0.0;
    let mut within = vec![0.0; scenario.standards.len()];
    let mut residents_within = within.clone();
    for (scene, point) in scenario.county.demand.iter().enumerate() {
        let soonest = soonest(&crews, |base| times.get(base, scene));
        let (turnout, travel) = soonest.unwrap_or((Millis(0), Millis::NEVER));
        let rate = point.incidents_a_year();
        incidents += rate;
        response_sum += rate * (call_handling + turnout + travel).seconds();
        let sums = within.iter_mut().zip(&mut residents_within);
        for ((share, residents), standard) in sums.zip(&scenario.standards) {
            let time = standard.clock.time(call_handling, turnout, travel);
            if time <= standard.threshold {
                *share += rate;
                *residents += point.residents;
            }
        }
    }
    within.iter_mut().for_each(|share| *share /= incidents);
    Screened {
        mean_response: Millis::from_seconds(response_sum / incidents),
        within,
        residents_within,
    }
}
