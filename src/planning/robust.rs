//! One choice of sites for several states of the world: rain, night, a closed bridge, another demand.
//! Which choice is best on average, and which never falls far behind what would have been best (least
//! worst regret: Savage 1951; of sites: Kouvelis and Yu 1997), both exact: every choice is worked out
//! in every state.

use std::sync::Arc;

use rayon::prelude::*;

use super::error::QuestionError;
use super::free_choice::FreeChoice;
use super::junctions::JunctionId;
use super::question::Question;
use super::siting_table::SitingTable;
use crate::brigades::{SiteId, StationId};
use crate::scenario::Scenario;

/// A state of the world: times from every junction, and the incidents.
#[derive(Debug)]
pub struct State {
    /// In what share of all time it is so; only how it stands to that of the others counts.
    pub share: f64,
    table: Arc<SitingTable>,
    /// The time to each point from the stations that stand in any case.
    standing: Vec<u32>,
}

/// A choice with its mean response time in each state, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceRegret {
    /// The junctions, town by town.
    pub junctions: Vec<JunctionId>,
    /// Mean response time in each state.
    pub means: Vec<f64>,
    /// How far that is behind the best choice of the state.
    pub regrets: Vec<f64>,
    /// The mean over the states by their shares.
    pub average: f64,
}

impl ChoiceRegret {
    /// The worst regret.
    pub fn worst(&self) -> f64 {
        self.regrets.iter().copied().fold(0.0, f64::max)
    }
}

/// How choices do in several states.
#[derive(Clone, Debug)]
pub struct Robust {
    /// The best choice of each state.
    pub best_of_each: Vec<ChoiceRegret>,
    /// The choice that is best on average over the states.
    pub average: ChoiceRegret,
    /// The choice whose worst regret is least.
    pub regret: ChoiceRegret,
    /// How many other choices are as good on average: behind by no more than what does not matter.
    pub as_good_on_average: usize,
    /// How many others have a worst regret that is as good.
    pub as_good_by_regret: usize,
}

impl State {
    /// The state in which the choice was made.
    pub fn usual(share: f64, choice: &FreeChoice) -> Self {
        let table = Arc::clone(&choice.table);
        Self {
            share,
            standing: table.nearest(choice.standing.iter().copied()),
            table,
        }
    }

    /// The state of another scenario, whose demand points are those of the choice. `fixed` are its
    /// sites that stand in any case.
    ///
    /// # Errors
    /// When nothing happens or a demand point is not reached.
    pub fn of(
        share: f64,
        scenario: &Scenario,
        choice: &FreeChoice,
        fixed: &[SiteId],
    ) -> Result<Self, QuestionError> {
        let usual = scenario.stations.usual_profile().0;
        let sites = choice.sites.iter().zip(&choice.junctions);
        let added = sites.map(|(site, junction)| {
            // Where the roads at a junction are closed, its engines join the nearest open one.
            let roadway = &scenario.network.profile(usual).roadway;
            let location = roadway.nearest(junction.position);
            (
                site.clone(),
                location.unwrap_or_else(|| junction.location.clone()),
            )
        });
        let scenario = Scenario {
            stations: scenario.stations.with_sites(added.collect(), usual),
            ..scenario.clone()
        };
        let fixed = fixed.iter().map(|site| scenario.stations.of_site(*site));
        let standing: Vec<StationId> = scenario.stations.standing_today().chain(fixed).collect();
        let table = SitingTable::of(&scenario, choice.junctions.len(), &standing)?;
        Ok(Self {
            share,
            standing: table.nearest(standing),
            table: Arc::new(table),
        })
    }

    fn sum(&self, choice: &[JunctionId]) -> u64 {
        let (last, others) = choice.split_last().expect("a choice has a site");
        let mut nearest = self.standing.clone();
        for junction in others {
            let times = self.table.from(self.table.at(*junction));
            for (nearest, time) in nearest.iter_mut().zip(times) {
                *nearest = (*nearest).min(*time);
            }
        }
        self.table.sum_with(&nearest, self.table.at(*last))
    }
}

/// Works out every choice in every state. Of equals the first choice in the order of the junctions
/// stands.
///
/// # Panics
/// When there is no state or no choice; the caller counts the choices against [`MAX_CHOICES`](super::question::MAX_CHOICES).
pub fn robust(states: &[State], choice: &FreeChoice, question: &Question) -> Robust {
    let choices = all_choices(choice, question);
    let sums: Vec<Vec<u64>> = choices
        .par_iter()
        .map(|choice| states.iter().map(|state| state.sum(choice)).collect())
        .collect();
    let mean = |number: usize, state: usize| states[state].table.seconds(sums[number][state]);
    let numbers = || 0..choices.len();
    let least = |value: &dyn Fn(usize) -> f64| {
        let least = numbers().min_by(|a, b| value(*a).total_cmp(&value(*b)));
        least.expect("there is a choice")
    };
    let best: Vec<usize> = (0..states.len())
        .map(|state| least(&|number| mean(number, state)))
        .collect();
    let regret = |number: usize, state: usize| mean(number, state) - mean(best[state], state);
    let all: f64 = states.iter().map(|state| state.share).sum();
    let average = |number: usize| {
        let means = (0..states.len()).map(|state| states[state].share * mean(number, state));
        means.sum::<f64>() / all
    };
    let worst = |number: usize| {
        let regrets = (0..states.len()).map(|state| regret(number, state));
        regrets.fold(0.0, f64::max)
    };
    let judged = |number: usize| ChoiceRegret {
        junctions: choices[number].clone(),
        means: (0..states.len()).map(|state| mean(number, state)).collect(),
        regrets: (0..states.len())
            .map(|state| regret(number, state))
            .collect(),
        average: average(number),
    };
    let indifference = choice.scenario.rules.indifference.time.seconds();
    let as_good = |as_best: usize, value: &dyn Fn(usize) -> f64| {
        let limit = value(as_best) + indifference;
        let others = numbers().filter(|number| *number != as_best);
        others.filter(|number| value(*number) <= limit).count()
    };
    let [on_average, by_regret] = [least(&average), least(&worst)];
    Robust {
        average: judged(on_average),
        regret: judged(by_regret),
        as_good_on_average: as_good(on_average, &average),
        as_good_by_regret: as_good(by_regret, &worst),
        best_of_each: best.iter().map(|number| judged(*number)).collect(),
    }
}

/// Every choice of so many junctions of each town.
fn all_choices(choice: &FreeChoice, question: &Question) -> Vec<Vec<JunctionId>> {
    let mut choices = vec![Vec::new()];
    for (town, count) in &question.towns {
        let of_town = choice.in_town(*town);
        let taken = combinations(&of_town, *count);
        choices = choices
            .iter()
            .flat_map(|before: &Vec<JunctionId>| {
                taken.iter().map(move |more| [&before[..], more].concat())
            })
            .collect();
    }
    choices
}

/// Every choice of `count` of the members, in their order.
fn combinations<T: Copy>(members: &[T], count: usize) -> Vec<Vec<T>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    (0..members.len())
        .flat_map(|first| {
            let rest = combinations(&members[first + 1..], count - 1);
            rest.into_iter().map(move |mut more| {
                more.insert(0, members[first]);
                more
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::towns::find;
    use crate::planning::free_choice::answer;
    use crate::scenario::loading::locate;
    use crate::siting::answer::Effort;

    #[test]
    fn every_member_is_chosen_with_every_other_once() {
        assert_eq!(
            combinations(&[4, 7, 9], 2),
            [vec![4, 7], vec![4, 9], vec![7, 9]]
        );
    }

    /// In the state that was asked about alone, the best choice is the proven one and nothing is
    /// regretted; with another beside it, no choice has less of the worst regret or a better average.
    #[test]
    fn the_robust_choice_is_found_among_all() {
        let load = || Scenario::load(&locate(None)).unwrap();
        let scenario = load();
        let question = Question::in_towns(&scenario, &[("安流镇", 1), ("华城镇", 1)]);
        let choice = answer(&scenario, &question, &Effort::default()).unwrap();
        let usual = State::usual(0.7, &choice);
        // Everything happens in the far south.
        let mut south = load();
        let far = find(&south.county.towns, "龙村镇").unwrap();
        for point in &mut south.county.demand {
            let factor = if point.town == far { 50.0 } else { 0.1 };
            point.rates.iter_mut().for_each(|rate| *rate *= factor);
        }
        let south = State::of(0.3, &south, &choice, &[]).unwrap();
        let alone = robust(std::slice::from_ref(&usual), &choice, &question);
        assert_eq!(alone.best_of_each[0].junctions, choice.best[0].junctions);
        assert_eq!(alone.best_of_each[0].means[0], choice.best[0].mean);
        assert_eq!(alone.regret.regrets, [0.0]);
        assert_eq!(alone.average, alone.regret);

        let states = [usual, south];
        let both = robust(&states, &choice, &question);
        assert_ne!(
            both.best_of_each[0].junctions,
            both.best_of_each[1].junctions
        );
        assert_eq!(both.best_of_each[0].regrets[0], 0.0);
        assert_eq!(both.best_of_each[1].regrets[1], 0.0);
        let mut as_good = [0, 0];
        for junctions in all_choices(&choice, &question) {
            let means = [0, 1].map(|state: usize| {
                let State { table, .. } = &states[state];
                table.seconds(states[state].sum(&junctions))
            });
            let regrets =
                [0, 1].map(|state: usize| means[state] - both.best_of_each[state].means[state]);
            assert!(regrets.iter().all(|regret| *regret >= 0.0));
            assert!(regrets[0].max(regrets[1]) >= both.regret.worst());
            let average = 0.7 * means[0] + 0.3 * means[1];
            assert!(average >= both.average.average - 1e-9);
            // 5 s do not matter.
            as_good[0] += usize::from(average <= both.average.average + 5.0);
            as_good[1] += usize::from(regrets[0].max(regrets[1]) <= both.regret.worst() + 5.0);
        }
        // The best is no other choice.
        let others = [both.as_good_on_average, both.as_good_by_regret].map(|count| count + 1);
        assert_eq!(others, as_good);
        assert!(others[0] > 1, "{others:?}");
        assert!(
            both.regret.worst()
                <= both.best_of_each[0]
                    .worst()
                    .min(both.best_of_each[1].worst())
        );
    }
}
