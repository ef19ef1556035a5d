//! What more brigades would bring: for each number of further brigades the least mean response time
//! and the most residents within a standard, anywhere on the main roads of the county.
//!
//! As every further brigade costs the same, the best choice of each number, proven, gives the whole
//! frontier of cost and either wish: no choice of as few brigades or fewer does better (the
//! ε-constraint method of Haimes, Lasdon and Wismer 1971, cost being the constraint).

use std::sync::Arc;

use super::error::QuestionError;
use super::free_choice::FreeChoice;
use super::junctions::JunctionId;
use super::siting_table::SitingTable;
use crate::brigades::StationId;
use crate::checkpoint;
use crate::scenario::Scenario;
use crate::scenario::standards::{Clock, Standard};
use crate::siting::answer::{Answer, Effort, Status};
use crate::siting::maximum_coverage::most_reached;
use crate::siting::median::p_median;
use crate::siting::problem::{Constraints, Times};
use crate::units::Millis;

/// The best that so many further brigades can do.
#[derive(Clone, Debug)]
pub struct Step {
    /// Further brigades.
    pub brigades: usize,
    /// With the least mean response time.
    pub by_mean: ChoiceFigures,
    /// With most residents within the standard.
    pub by_coverage: ChoiceFigures,
}

/// What a choice of junctions comes to.
#[derive(Clone, Debug)]
pub struct ChoiceFigures {
    pub junctions: Vec<JunctionId>,
    /// Mean response time of all incidents, in seconds.
    pub mean: f64,
    /// Residents within the standard.
    pub residents: f64,
    /// Whether no other choice of as many does better by what it was chosen for.
    pub is_proven: bool,
    /// How far it can be from the best, as a share.
    pub gap: f64,
}

/// What a frontier is made of.
#[derive(Debug)]
pub struct Frontier<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) table: Arc<SitingTable>,
    /// Times by the standard's clock, but for the handling of calls.
    clocked: Times,
    /// Whether that clock counts travel alone.
    is_by_travel: bool,
    /// The longest of these times that meets the standard; `None` where none can.
    within: Option<Millis>,
    residents: Vec<u64>,
    pub(super) junctions: usize,
}

impl<'s> Frontier<'s> {
    /// Beside the existing stations, at the junctions of a choice.
    ///
    /// # Errors
    /// When nothing ever happens or a demand point is not reached.
    pub fn new(choice: &'s FreeChoice, standard: &Standard) -> Result<Self, QuestionError> {
        let scenario = &choice.scenario;
        let stations: Vec<StationId> = scenario.stations.standing_today().collect();
        // A frontier begins with the existing stations alone.
        let table = match choice.standing == stations {
            true => Arc::clone(&choice.table),
            false => Arc::new(SitingTable::of(
                scenario,
                choice.junctions.len(),
                &stations,
            )?),
        };
        let handling = scenario.rules.stages.call_handling.mean;
        let within = match standard.clock {
            Clock::Response => standard.threshold.0.checked_sub(handling.0).map(Millis),
            Clock::Dispatch | Clock::Travel => Some(standard.threshold),
        };
        let clocked = match standard.clock {
            Clock::Response | Clock::Dispatch => table.times.clone(),
            Clock::Travel => table.travel.clone(),
        };
        Ok(Self {
            scenario,
            residents: table.residents.clone(),
            table,
            clocked,
            is_by_travel: standard.clock == Clock::Travel,
            within,
            junctions: choice.junctions.len(),
        })
    }

    /// Existing stations with these junctions.
    pub fn figures(&self, junctions: &[JunctionId]) -> ChoiceFigures {
        let new = junctions.iter().map(|junction| self.table.at(*junction));
        let existing = self.scenario.stations.standing_today();
        let stations: Vec<StationId> = existing.chain(new).collect();
        let is_covered = |column: &usize| {
            // The first to arrive counts, also where another would drive less.
            let first = self.table.first(&stations, *column);
            let time = first.map_or(u32::MAX, |first| self.clocked.from(first.index())[*column]);
            self.within.is_some_and(|within| time <= within.0)
        };
        let covered = (0..self.residents.len()).filter(is_covered);
        ChoiceFigures {
            junctions: junctions.to_vec(),
            mean: self
                .table
                .mean(&self.table.nearest(stations.iter().copied())),
            residents: self.people(covered.map(|column| self.residents[column]).sum()),
            is_proven: true,
            gap: 0.0,
        }
    }

    pub fn all_residents(&self) -> f64 {
        self.people(self.residents.iter().sum())
    }

    /// Residents from their parts.
    fn people(&self, parts: u64) -> f64 {
        parts as f64 / self.table.parts_of_resident
    }

    /// The best for none, one and so on up to `most` further brigades; without a station there is nothing to be said of
    /// none.
    ///
    /// # Errors
    /// When the sums are too large.
    pub fn steps(&self, most: usize, effort: &Effort) -> Result<Vec<Step>, QuestionError> {
        let standing = self.scenario.stations.existing.len();
        let [timed, clocked] = [&self.table.times, &self.clocked].map(|times| self.rows(times));
        let mut steps = Vec::new();
        if standing > 0 {
            let none = self.figures(&[]);
            steps.push(Step {
                brigades: 0,
                by_mean: none.clone(),
                by_coverage: none,
            });
        }
        for brigades in 1..=most.min(self.junctions) {
            let constraints = Constraints {
                fixed: (0..standing).collect(),
                ..Constraints::most(standing + brigades)
            };
            let by_mean = checkpoint::step(
                || format!("mean of {brigades} further brigades"),
                || p_median(timed.clone(), &self.table.weight, &constraints, effort),
            )?;
            let by_coverage = match self.within {
                Some(within) => {
                    let reached = checkpoint::step(
                        || format!("coverage of {brigades} further brigades"),
                        || most_reached(&clocked, &self.residents, within.0, &constraints, effort),
                    )?;
                    let found = self.answered(&reached, standing);
                    // Where crews leave differently, the first to arrive may not have the least travel.
                    let by_travel = self.is_by_travel && !self.table.leave_alike;
                    ChoiceFigures {
                        is_proven: found.is_proven && !by_travel,
                        ..found
                    }
                }
                None => self.figures(&[]),
            };
            steps.push(Step {
                brigades,
                by_mean: self.answered(&by_mean, standing),
                by_coverage,
            });
        }
        Ok(steps)
    }

    /// The times from the existing stations and then from the junctions.
    pub(super) fn rows(&self, times: &Times) -> Times {
        let junctions = JunctionId::all(self.junctions).map(|junction| self.table.at(junction));
        let stations = self.scenario.stations.standing_today().chain(junctions);
        let rows = stations
            .flat_map(|station| times.from(station.index()))
            .copied();
        Times::new(times.points(), rows.collect())
    }

    pub(super) fn answered(&self, answer: &Answer, standing: usize) -> ChoiceFigures {
        let chosen = answer.sites.iter().filter(|site| **site >= standing);
        let junctions: Vec<JunctionId> =
            chosen.map(|site| JunctionId::at(site - standing)).collect();
        ChoiceFigures {
            is_proven: answer.status == Status::Optimal,
            gap: answer.gap().unwrap_or(f64::INFINITY),
            ..self.figures(&junctions)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::free_choice::answer;
    use crate::planning::question::Question;
    use crate::scenario::loading::locate;

    /// One and two further brigades, held against every choice of as many.
    #[test]
    fn no_choice_of_as_many_brigades_does_better() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let question = Question::in_towns(&scenario, &[("安流镇", 1)]);
        let effort = Effort::default();
        let choice = answer(&scenario, &question, &effort).unwrap();
        for index in 0..scenario.rules.standards.len() {
            let standard = scenario.rules.standards[index].clone();
            let frontier = Frontier::new(&choice, &standard).unwrap();
            let steps = frontier.steps(2, &effort).unwrap();
            let all: Vec<JunctionId> = JunctionId::all(choice.junctions.len()).collect();
            let ones: Vec<ChoiceFigures> = all.iter().map(|a| frontier.figures(&[*a])).collect();
            let most =
                |reached: &[ChoiceFigures]| reached.iter().map(|r| r.residents).fold(0.0, f64::max);
            let least =
                |reached: &[ChoiceFigures]| reached.iter().map(|r| r.mean).fold(1e9, f64::min);
            assert_eq!(
                steps[1].by_coverage.residents,
                most(&ones),
                "{}",
                standard.id
            );
            assert_eq!(steps[1].by_mean.mean, least(&ones));
            // With the better of the two among the first forty, as all pairs take too long.
            let pairs = all[..40]
                .iter()
                .flat_map(|a| all.iter().map(move |b| [*a, *b]));
            let pairs: Vec<ChoiceFigures> = pairs.map(|pair| frontier.figures(&pair)).collect();
            assert!(steps[2].by_coverage.residents >= most(&pairs));
            assert!(steps[2].by_mean.mean <= least(&pairs));
            assert!(
                steps
                    .iter()
                    .all(|s| s.by_mean.is_proven && s.by_coverage.is_proven)
            );
            assert!(steps.is_sorted_by(|a, b| a.by_mean.mean >= b.by_mean.mean));
            assert!(steps.is_sorted_by(|a, b| a.by_coverage.residents <= b.by_coverage.residents));
        }
    }
}
