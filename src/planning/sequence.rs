//! In which order brigades are best set up, one after the other: each at the best junction beside
//! those that stand by then, against choosing them all at once.

use super::free_choice::FreeChoice;
use super::frontier::{ChoiceFigures, Frontier};
use super::junctions::JunctionId;
use super::question::Question;
use crate::county::towns::TownId;
use crate::evaluation::phases::orders;

/// More brigades than this are not tried in every order.
pub const MAX_BRIGADES: usize = 4;

/// One order of setting them up.
#[derive(Clone, Debug)]
pub struct Sequence {
    /// The town of each step; `None` for one more brigade, wherever it helps most.
    pub towns: Vec<Option<TownId>>,
    /// What stands after each step.
    pub steps: Vec<ChoiceFigures>,
}

/// Every order of the question's towns, and then one more brigade anywhere; the one that is fastest
/// along the way first. None where the towns are too many.
pub fn sequences(
    frontier: &Frontier<'_>,
    choice: &FreeChoice,
    question: &Question,
) -> Vec<Sequence> {
    let wanted: Vec<Option<TownId>> = (question.towns.iter())
        .flat_map(|(town, count)| std::iter::repeat_n(*town, *count))
        .collect();
    if wanted.len() < 2 || wanted.len() > MAX_BRIGADES {
        return Vec::new();
    }
    let mut sequences: Vec<Sequence> = orders(&wanted)
        .into_iter()
        .map(|order| {
            let wanted = order.into_iter().chain([None]);
            let (mut towns, mut steps) = (Vec::new(), Vec::<ChoiceFigures>::new());
            for town in wanted {
                let built = steps.last().map_or(&[][..], |step| &step.junctions);
                if let Some(next) = best_beside(frontier, choice, built, town) {
                    steps.push(frontier.figures(&[built, &[next]].concat()));
                    towns.push(town);
                }
            }
            Sequence { towns, steps }
        })
        .collect();
    let along = |sequence: &Sequence| sequence.steps.iter().map(|step| step.mean).sum::<f64>();
    sequences.sort_by(|a, b| along(a).total_cmp(&along(b)));
    sequences
}

/// The junction of a town, or of any, that helps most beside others; the first of equals. None where
/// all are built.
fn best_beside(
    frontier: &Frontier<'_>,
    choice: &FreeChoice,
    built: &[JunctionId],
    town: Option<TownId>,
) -> Option<JunctionId> {
    let table = &frontier.table;
    let standing = frontier.scenario.stations.standing_today();
    let built_at = built.iter().map(|junction| table.at(*junction));
    let nearest = table.nearest(standing.chain(built_at));
    JunctionId::all(frontier.junctions)
        .filter(|junction| town.is_none_or(|town| choice.junction(*junction).town == town))
        .filter(|junction| !built.contains(junction))
        .min_by_key(|junction| table.sum_with(&nearest, table.at(*junction)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::free_choice::answer;
    use crate::scenario::Scenario;
    use crate::scenario::loading::locate;
    use crate::siting::answer::Effort;

    #[test]
    fn each_step_is_the_best_beside_those_before() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let question = Question::in_towns(&scenario, &[("安流镇", 1), ("华城镇", 1)]);
        let choice = answer(&scenario, &question, &Effort::default()).unwrap();
        let standard = scenario.rules.standards[1].clone();
        let frontier = Frontier::new(&choice, &standard).unwrap();
        let sequences = sequences(&frontier, &choice, &question);
        assert_eq!(sequences.len(), 2);
        for sequence in &sequences {
            assert_eq!(sequence.steps.len(), 3);
            let mut built: Vec<JunctionId> = Vec::new();
            for (town, step) in sequence.towns.iter().zip(&sequence.steps) {
                let fits = |junction: &JunctionId| {
                    town.is_none_or(|town| choice.junction(*junction).town == town)
                };
                let others = JunctionId::all(choice.junctions.len()).filter(fits);
                let least = others
                    .map(|other| frontier.figures(&[&built[..], &[other]].concat()).mean)
                    .fold(f64::INFINITY, f64::min);
                assert_eq!(step.mean, least);
                built.clone_from(&step.junctions);
            }
            // Two that are chosen one after the other are no better than two chosen at once.
            assert!(sequence.steps[1].mean >= choice.best[0].mean);
        }
    }
}
