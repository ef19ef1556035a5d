//! In which hours and with which needs incidents come at each demand point.

use std::ops::Range;

use crate::brigades::apparatus::{self, ByApparatus};
use crate::county::demand::DemandPointId;
use crate::county::incident_types::IncidentType;
use crate::expected::day::{Day, PeriodId};
use crate::scenario::Scenario;

/// What tells one incident at a demand point from another, as far as it matters for who is there
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The period of the day in which the order is given.
    pub period: PeriodId,
    /// How many engines of each apparatus are needed, the first being those of any.
    pub needs: ByApparatus,
}

/// How many incidents a year each demand point has of each case, on ordinary days.
#[derive(Clone, Debug)]
pub struct Mix {
    cases: Vec<Case>,
    /// Whether who is there first can depend on what is needed.
    by_needs: bool,
    all: Weights,
    /// Those that standards count, where they do not count all.
    counted: Option<Weights>,
}

/// How many of some incidents are of each case.
#[derive(Clone, Debug)]
struct Weights {
    /// A year: `incidents[point * cases + case]`.
    incidents: Vec<f64>,
    /// What of a point's incidents each case is, where the point has any, or else of the county's.
    shares: Vec<f64>,
}

/// What a case is of a demand point's incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseWeight {
    /// Incidents a year.
    pub incidents: f64,
    /// Their share of the demand point's.
    pub share: f64,
}

impl Mix {
    /// The incidents of a scenario.
    pub fn of(scenario: &Scenario, day: &Day) -> Self {
        let county = &scenario.county;
        let types = &county.incident_types;
        let by_needs = depends_on_needs(scenario);
        let by_count = depends_on_counts(scenario);
        let needs_of =
            |needs: &apparatus::Named| apparatus::by_apparatus(needs, &scenario.stations.apparatus);
        let mut cases: Vec<Case> = Vec::new();
        // For each type the share of every case.
        let mut of_type: Vec<Vec<(usize, f64)>> = Vec::new();
        for incident_type in types {
            let mut shares = Vec::new();
            let periods = day.shares_of_orders(&incident_type.hours);
            for (period, of_period) in day.period_ids().zip(periods) {
                for severity in &incident_type.severities {
                    let needs = match (by_needs, cases.first()) {
                        (false, Some(first)) => first.needs,
                        // Who is first depends on how many are needed only where a card or a
                        // neighbour can come before time.
                        _ if by_count => needs_of(&severity.needs),
                        _ => needs_of(&severity.needs).map(|count| count.min(1)),
                    };
                    let case = Case { period, needs };
                    let known = cases.iter().position(|known| *known == case);
                    let index = known.unwrap_or_else(|| {
                        cases.push(case);
                        cases.len() - 1
                    });
                    shares.push((index, of_period * severity.share));
                }
            }
            of_type.push(shares);
        }
        let of_types = |counts: &dyn Fn(&IncidentType) -> bool| {
            let count = cases.len();
            let mut incidents = vec![0.0; county.demand.len() * count];
            for (point, of_point) in county.demand.iter().zip(incidents.chunks_mut(count.max(1))) {
                let rates = point.rates.iter().zip(types).zip(&of_type);
                for ((rate, _), shares) in rates.filter(|((_, of_type), _)| counts(of_type)) {
                    if count == 1 {
                        // There is one case, and sums of shares are not rounded.
                        of_point[0] += rate;
                        continue;
                    }
                    for (case, share) in shares {
                        of_point[*case] += rate * share;
                    }
                }
            }
            let shares = shares(&incidents, count);
            Weights { incidents, shares }
        };
        let all_count = types.iter().all(|of_type| of_type.in_standards);
        Self {
            all: of_types(&|_| true),
            counted: (!all_count).then(|| of_types(&|of_type| of_type.in_standards)),
            cases,
            by_needs,
        }
    }

    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Whether it can depend on what is needed who is there first; where not, it is the soonest.
    pub fn depends_on_needs(&self) -> bool {
        self.by_needs
    }

    /// Incidents a year of each case in the county.
    pub fn county(&self) -> Vec<f64> {
        let of_points = self.all.incidents.chunks(self.cases.len().max(1));
        sums(of_points, self.cases.len())
    }

    /// What share of a demand point's incidents each case is; of one without incidents, what share it
    /// would be if they came as in the county.
    pub fn shares(&self, point: DemandPointId) -> &[f64] {
        &self.all.shares[self.columns_of(point)]
    }

    /// Each case of a demand point with what it is of all incidents, and of those that standards count.
    pub fn weights(
        &self,
        point: DemandPointId,
    ) -> impl Iterator<Item = (Case, CaseWeight, CaseWeight)> {
        let counted = self.counted.as_ref().unwrap_or(&self.all);
        let of = self.columns_of(point).zip(&self.cases);
        of.map(|(index, case)| (*case, self.all.at(index), counted.at(index)))
    }

    fn columns_of(&self, point: DemandPointId) -> Range<usize> {
        let count = self.cases.len();
        point.index() * count..(point.index() + 1) * count
    }
}

impl Weights {
    fn at(&self, index: usize) -> CaseWeight {
        CaseWeight {
            incidents: self.incidents[index],
            share: self.shares[index],
        }
    }
}

/// Whether it can depend on what is needed who is there first. Where every engine does for
/// everything, no card goes before time and nobody comes from beyond the county, the soonest station
/// is among those sent, however many they are.
fn depends_on_needs(scenario: &Scenario) -> bool {
    !scenario.stations.apparatus.is_empty() || depends_on_counts(scenario)
}

fn depends_on_counts(scenario: &Scenario) -> bool {
    let has_card = scenario
        .stations
        .running_cards
        .iter()
        .any(|card| !card.is_empty());
    has_card || !scenario.stations.neighbours.is_empty()
}

fn sums<'i>(of_points: impl Iterator<Item = &'i [f64]>, cases: usize) -> Vec<f64> {
    let mut county = vec![0.0; cases];
    for of_point in of_points {
        for (sum, incidents) in county.iter_mut().zip(of_point) {
            *sum += incidents;
        }
    }
    county
}

fn shares(incidents: &[f64], cases: usize) -> Vec<f64> {
    if cases == 0 {
        return Vec::new();
    }
    let county = sums(incidents.chunks(cases), cases);
    let over = |weights: &[f64]| -> Option<Vec<f64>> {
        let all: f64 = weights.iter().sum();
        (all > 0.0).then(|| weights.iter().map(|weight| weight / all).collect())
    };
    let usual = over(&county).unwrap_or_else(|| vec![1.0 / cases as f64; cases]);
    let of_point = |of_point: &[f64]| over(of_point).unwrap_or_else(|| usual.clone());
    incidents.chunks(cases).flat_map(of_point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A demand point of 3 and 1 has three quarters and one; a demand point where nothing happens
    /// that of the county, 4 and 4.
    #[test]
    fn a_demand_point_without_incidents_has_the_shares_of_the_county() {
        let shares = shares(&[3.0, 1.0, 0.0, 0.0, 1.0, 3.0], 2);
        assert_eq!(shares, [0.75, 0.25, 0.5, 0.5, 0.25, 0.75]);
        assert_eq!(super::shares(&[0.0; 4], 2), [0.5; 4]);
    }
}
