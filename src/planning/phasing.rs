//! Brigades year by year: the first phase is the choice that was asked for, each later one the best
//! number of brigades anywhere beside what stands by then, chosen together and proven.

use super::error::QuestionError;
use super::frontier::{ChoiceFigures, Frontier};
use super::junctions::JunctionId;
use crate::siting::answer::Effort;
use crate::siting::median::p_median;
use crate::siting::problem::Constraints;

/// How many brigades are set up by the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Phase {
    /// The year at whose end they stand.
    pub year: u16,
    /// How many they are, those of the phases before not counted.
    pub brigades: usize,
}

/// What stands at the end of a phase.
#[derive(Clone, Debug)]
pub struct RequestedPhase {
    pub year: u16,
    /// All brigades that stand then, those of the phase last.
    pub figures: ChoiceFigures,
}

impl Frontier<'_> {
    /// What stands after each phase, `first` being the junctions of the first.
    ///
    /// # Errors
    /// When the sums are too large.
    pub fn requested_phases(
        &self,
        first: &[JunctionId],
        phases: &[Phase],
        effort: &Effort,
    ) -> Result<Vec<RequestedPhase>, QuestionError> {
        let standing = self.scenario.stations.existing.len();
        let times = self.rows(&self.table.times);
        let mut requested: Vec<RequestedPhase> = Vec::new();
        for phase in phases {
            let figures = if let Some(before) = requested.last() {
                let built = &before.figures.junctions;
                let fixed =
                    (0..standing).chain(built.iter().map(|junction| standing + junction.index()));
                let most = (standing + built.len() + phase.brigades).min(standing + self.junctions);
                let constraints = Constraints {
                    fixed: fixed.collect(),
                    ..Constraints::most(most)
                };
                let answer = p_median(times.clone(), &self.table.weight, &constraints, effort)?;
                let found = self.answered(&answer, standing);
                let new = found
                    .junctions
                    .iter()
                    .filter(|junction| !built.contains(junction));
                let all: Vec<JunctionId> = built.iter().chain(new).copied().collect();
                ChoiceFigures {
                    is_proven: found.is_proven,
                    gap: found.gap,
                    ..self.figures(&all)
                }
            } else {
                self.figures(first)
            };
            requested.push(RequestedPhase {
                year: phase.year,
                figures,
            });
        }
        Ok(requested)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::free_choice::answer;
    use crate::planning::question::Question;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;

    /// The second phase is held against every junction, the third against every two beside a few.
    #[test]
    fn each_phase_is_the_best_beside_what_stands() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let question = Question::in_towns(&scenario, &[("安流镇", 1), ("华城镇", 1)]);
        let effort = Effort::default();
        let choice = answer(&scenario, &question, &effort).unwrap();
        let standard = scenario.rules.standards[0].clone();
        let frontier = Frontier::new(&choice, &standard).unwrap();
        let phases = [(2026, 2), (2027, 1), (2029, 2)];
        let phases = phases.map(|(year, brigades)| Phase { year, brigades });
        let first = &choice.best[0].junctions;
        let requested = frontier.requested_phases(first, &phases, &effort).unwrap();
        assert_eq!(requested[0].figures.junctions, *first);
        assert_eq!(requested[0].figures.mean, choice.best[0].mean);
        assert_eq!(
            requested[1].figures.mean,
            choice.another.as_ref().unwrap().mean
        );
        let before = &requested[1].figures.junctions;
        assert_eq!(requested[2].figures.junctions[..3], before[..]);
        assert_eq!(requested[2].figures.junctions.len(), 5);
        assert!(requested.iter().all(|phase| phase.figures.is_proven));
        let least = (0..40)
            .flat_map(|a| (0..frontier.junctions).map(move |b| [a, b].map(JunctionId::at)))
            .map(|two| frontier.figures(&[&before[..], &two].concat()).mean)
            .min_by(f64::total_cmp);
        assert!(requested[2].figures.mean <= least.unwrap());
    }
}
