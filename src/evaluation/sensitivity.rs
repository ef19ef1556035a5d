//! How far the answer hangs on what was assumed: one figure at a time is made smaller and larger, and
//! every alternative is worked out anew, with all engines at home and every stage at its mean.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::evaluation::metric::Metric;
use crate::expected::Expected;
use crate::expected::first_due::travel_to;
use crate::expected::fleet::Fleet;
use crate::language::Name;
use crate::progress::{Unit, Work};
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Standard;
use crate::scenario::stations::Role;
use crate::scenario::travel_times::ScenarioTimes;

/// An assumption that is varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Assumption {
    TravelTimes,
    /// Turnout of the brigades that do not exist yet.
    Turnout,
    /// How many incidents a town has.
    Incidents {
        town: Name,
    },
}

/// What becomes of the recommendation when one figure is another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    pub assumption: Assumption,
    /// What comes of it when the figure is smaller, then when it is larger.
    pub changed: [Changed; 2],
}

/// The recommended alternative under a changed figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The figure over what it was.
    pub factor: f64,
    /// What the recommended alternative gains over the baseline: seconds of mean response time, or
    /// a share of the incidents that standards count within the one that ranks.
    pub gain: f64,
    /// The alternative that is best then.
    pub best: String,
    /// How far the recommended one is behind it, in the same unit.
    pub behind: f64,
    /// Whether that is more than what does not matter: the choice would be another.
    pub overturns: bool,
}

/// The whole study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SensitivityStudy {
    /// Id of the recommended alternative.
    pub recommended: String,
    /// What it gains with all figures as they are.
    pub gain: f64,
    /// Each figure that was changed, the one with the widest effect first.
    pub items: Vec<Sensitivity>,
}

impl SensitivityStudy {
    /// Every change of a figure.
    pub fn changes(&self) -> impl Iterator<Item = &Changed> {
        self.items.iter().flat_map(|item| &item.changed)
    }

    /// How many changes overturn the choice, and how far the recommended alternative is behind at most.
    pub fn overturned(&self) -> (usize, f64) {
        let overturned = || self.changes().filter(|changed| changed.overturns);
        let behind = overturned().map(|changed| changed.behind);
        (overturned().count(), behind.fold(0.0, f64::max))
    }
}

/// Speeds are known to a quarter at best; turnout of crews that do not exist yet, and how often a
/// single town calls, to a factor of 2.
const TRAVEL: [f64; 2] = [0.8, 1.25];
const DOUBTFUL: [f64; 2] = [0.5, 2.0];

/// Sums over the incidents of each town: how many, and what counts of them.
type ByTown = Vec<[f64; 2]>;

/// What counts of an incident: seconds until it is reached, or whether that is in time.
#[derive(Clone, Copy)]
enum Measure<'s> {
    Seconds,
    Within(&'s Standard),
}

/// Changes one figure after the other. `None` where the ranking figure is no mean and no share, or
/// where nothing but the baseline is compared.
pub fn study(
    scenario: &Scenario,
    times: &ScenarioTimes,
    metric: Metric,
    recommended: usize,
    indifference: f64,
) -> Option<SensitivityStudy> {
    let measure = match metric {
        Metric::MeanResponse => Measure::Seconds,
        Metric::Within(standard) => Measure::Within(&scenario.rules.standards[standard]),
        _ => return None,
    };
    let nobody_stands = scenario
        .stations
        .fleet(&scenario.alternatives[0])
        .is_empty();
    if scenario.alternatives[recommended].sites.is_empty() || nobody_stands {
        // Nothing is gained over the baseline, or nothing can be said of it.
        return None;
    }
    let expected = Expected::of(scenario);
    let passes = 1 + TRAVEL.len() + DOUBTFUL.len();
    let work = Work::new(
        "sensitivity",
        passes * scenario.alternatives.len(),
        Unit::Count("alternatives"),
    );
    let all = |travel: f64, turnout: f64| -> Vec<ByTown> {
        let alternatives = scenario.alternatives.par_iter();
        let sums = alternatives.map(|alternative| {
            let sums = by_town(&expected, times, alternative, measure, [travel, turnout]);
            work.add(1);
            sums
        });
        sums.collect()
    };
    let usual = all(1.0, 1.0);
    let towns = scenario.county.towns.len();
    let even = vec![1.0; towns];
    let judge = |factor: f64, sums: &[ByTown], weights: &[f64]| {
        let value = |index: usize| mean(&sums[index], weights);
        // The first of equals, as in the ranking.
        let best = (0..sums.len()).min_by(|a, b| value(*a).total_cmp(&value(*b)));
        let best = best.unwrap_or(recommended);
        let behind = value(recommended) - value(best);
        Changed {
            factor,
            gain: value(0) - value(recommended),
            best: scenario.alternatives[best].id.clone(),
            behind,
            overturns: behind > indifference,
        }
    };
    let mut items = vec![
        Sensitivity {
            assumption: Assumption::TravelTimes,
            changed: TRAVEL.map(|factor| judge(factor, &all(factor, 1.0), &even)),
        },
        Sensitivity {
            assumption: Assumption::Turnout,
            changed: DOUBTFUL.map(|factor| judge(factor, &all(1.0, factor), &even)),
        },
    ];
    for (town, of) in scenario.county.towns.iter().enumerate() {
        let changed = DOUBTFUL.map(|factor| {
            let mut weights = even.clone();
            weights[town] = factor;
            judge(factor, &usual, &weights)
        });
        items.push(Sensitivity {
            assumption: Assumption::Incidents {
                town: of.name.clone(),
            },
            changed,
        });
    }
    let width = |item: &Sensitivity| (item.changed[0].gain - item.changed[1].gain).abs();
    items.sort_by(|a, b| width(b).total_cmp(&width(a)));
    Some(SensitivityStudy {
        recommended: scenario.alternatives[recommended].id.clone(),
        gain: judge(1.0, &usual, &even).gain,
        items,
    })
}

/// The mean over all incidents, those of each town by its weight.
fn mean(sums: &ByTown, weights: &[f64]) -> f64 {
    let mut total = [0.0; 2];
    for (sums, weight) in sums.iter().zip(weights) {
        total[0] += weight * sums[0];
        total[1] += weight * sums[1];
    }
    total[1] / total[0]
}

/// Incidents of each town, and what counts of them, less being better.
fn by_town(
    expected: &Expected<'_>,
    times: &ScenarioTimes,
    alternative: &Alternative,
    measure: Measure<'_>,
    [travel_factor, turnout_factor]: [f64; 2],
) -> ByTown {
    let scenario = expected.scenario;
    let is_new = |id| matches!(scenario.stations.role(id), Role::Candidate(_));
    let fleet =
        Fleet::of_alternative(expected, alternative).with_turnout_times(turnout_factor, is_new);
    let mut sums = vec![[0.0; 2]; scenario.county.towns.len()];
    for (id, point) in scenario.county.points() {
        let on_roads = travel_to(times, &fleet, id);
        let travel = |station, band| match on_roads(station, band) {
            travel if travel.is_finite() => travel.times(travel_factor),
            never => never,
        };
        for (case, all, counted) in expected.mix.weights(id) {
            let first = expected.first(&fleet, expected.call(id, case), travel);
            let (incidents, counts) = match (measure, first) {
                (Measure::Seconds, None) => continue,
                (Measure::Seconds, Some(first)) => {
                    let time = expected.call_handling + first.turnout + first.travel;
                    (all.incidents, time.seconds())
                }
                (Measure::Within(_), None) => (counted.incidents, 0.0),
                (Measure::Within(standard), Some(first)) => {
                    let handling = expected.call_handling;
                    let is_met = standard.is_met(handling, first.turnout, first.travel);
                    (counted.incidents, -f64::from(u8::from(is_met)))
                }
            };
            let of_town = &mut sums[point.town.index()];
            of_town[0] += incidents;
            of_town[1] += incidents * counts;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::loading::locate;

    #[test]
    fn unchanged_figures_give_what_is_expected() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let expected = Expected::of(&scenario);
        let times = scenario.travel_times().unwrap();
        for (metric, of) in [(Metric::MeanResponse, None), (Metric::Within(1), Some(1))] {
            let study = study(&scenario, &times, metric, 3, 0.0).unwrap();
            let value = |index: usize| {
                let alternative = &scenario.alternatives[index];
                let glance = expected.at_a_glance(&times, alternative);
                let mean = glance.mean_response.unwrap().seconds();
                of.map_or(mean, |s: usize| -glance.within[s])
            };
            assert!(
                (study.gain - (value(0) - value(3))).abs() < 1e-3,
                "{metric:?}"
            );
            assert_eq!(study.items.len(), 2 + scenario.county.towns.len());
            for item in &study.items {
                assert!(item.changed.iter().all(|changed| changed.behind >= 0.0));
            }
        }
    }

    /// Where all travel takes a quarter longer, so does the difference between two alternatives whose other
    /// stages are equal.
    #[test]
    fn slower_roads_make_the_gain_larger_in_proportion() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let study = study(&scenario, &times, Metric::MeanResponse, 3, 0.0).unwrap();
        let travel = study
            .items
            .iter()
            .find(|item| item.assumption == Assumption::TravelTimes);
        let [faster, slower] = &travel.unwrap().changed;
        assert!((slower.gain / study.gain - 1.25).abs() < 1e-4);
        assert!((faster.gain / study.gain - 0.8).abs() < 1e-4);
    }
}
