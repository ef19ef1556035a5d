//! The best sites among all junctions of main roads in some towns, and where one more brigade would
//! help most: the expected response time, every engine at home, is to be as short as it can be.

use std::sync::Arc;

use super::error::QuestionError;
use super::junctions::{CandidateJunction, JunctionId, brigades_at, main_road_junctions};
use super::question::{JunctionChoice, Question};
use super::siting_table::SitingTable;
use crate::brigades::{Site, SiteId, StationId};
use crate::county::towns::TownId;
use crate::scenario::Scenario;
use crate::scenario::inputs::BasisNote;
use crate::siting::answer::{Answer, Effort, Status};

/// One of the listed alternatives, and the mean response time with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its index in [`Scenario::alternatives`].
    pub alternative: usize,
    /// Mean response time of all incidents, in seconds.
    pub mean: f64,
}

/// The answer.
#[derive(Debug)]
pub struct FreeChoice {
    /// The scenario with a site at every junction behind the listed ones.
    pub scenario: Scenario,
    /// All junctions of main roads in the county.
    pub junctions: Vec<CandidateJunction>,
    /// A brigade at each.
    pub sites: Vec<Site>,
    /// How many junctions each town of the question has.
    pub of_town: Vec<usize>,
    /// How many choices there are, as far as they can be counted.
    pub choices: f64,
    /// How the best choice stands to all others; value and bound are sums of weight and time.
    pub answer: Answer,
    /// Mean response time in seconds that no choice can beat.
    pub bound: f64,
    /// Diverse best choices, the best first.
    pub best: Vec<JunctionChoice>,
    /// Mean response time to the incidents of each site's town with the best choice, in seconds.
    pub town_means: Vec<f64>,
    /// Mean response time with the stations that stand now, in seconds; `None` where none stands.
    pub baseline: Option<f64>,
    /// The best of the scenario's alternatives that has as many sites in the same towns.
    pub listed: Option<Listed>,
    /// Where one more brigade anywhere in the county helps most beside the best choice; none where it does
    /// not help.
    pub another: Option<JunctionChoice>,
    /// The best sites of the towns and one more anywhere, chosen together where that was asked for,
    /// and whether it is proven that no others are better.
    pub together: Option<(JunctionChoice, bool)>,
    /// Times and weights, for what is asked about the choice afterwards.
    pub(super) table: Arc<SitingTable>,
    /// The stations that stand in any case.
    pub(super) standing: Vec<StationId>,
}

impl FreeChoice {
    pub fn junction(&self, id: JunctionId) -> &CandidateJunction {
        &self.junctions[id.index()]
    }

    /// The brigade at a junction.
    pub fn site(&self, id: JunctionId) -> &Site {
        &self.sites[id.index()]
    }

    /// The junctions of a town, or all.
    pub fn in_town(&self, town: Option<TownId>) -> Vec<JunctionId> {
        in_town(&self.junctions, town)
    }
}

fn in_town(junctions: &[CandidateJunction], town: Option<TownId>) -> Vec<JunctionId> {
    let ids = JunctionId::all(junctions.len());
    let of_town = (ids.zip(junctions)).filter(|(_, of)| town.is_none_or(|town| of.town == town));
    of_town.map(|(id, _)| id).collect()
}

/// Answers the question.
///
/// # Errors
/// When a town has too few junctions, a demand point is not reached, or the sums are too large.
///
/// # Panics
/// Never, as every demand point is reached by a station.
pub fn answer(
    scenario: &Scenario,
    question: &Question,
    effort: &Effort,
) -> Result<FreeChoice, QuestionError> {
    let (usual, named) = scenario.stations.usual_profile();
    let junctions = main_road_junctions(scenario, usual, &question.on);
    let sites = brigades_at(&junctions, scenario, question.engines, named, question.name);
    let mut lists: Vec<Vec<JunctionId>> = Vec::new();
    for (town, wanted) in &question.towns {
        let list = in_town(&junctions, *town);
        if list.len() < *wanted {
            return Err(QuestionError::TooFewJunctions {
                town: *town,
                wanted: *wanted,
                junctions: list.len(),
            });
        }
        lists.push(list);
    }
    let locations = junctions.iter().map(|junction| junction.location.clone());
    let added = sites.iter().cloned().zip(locations);
    let mut scenario = Scenario {
        stations: scenario.stations.with_sites(added.collect(), usual),
        ..scenario.clone()
    };
    let existing: Vec<StationId> = scenario.stations.standing_today().collect();
    let fixed = question.fixed.iter();
    let fixed = fixed.map(|site| scenario.stations.of_site(*site));
    let standing: Vec<StationId> = existing.iter().copied().chain(fixed).collect();
    let table = SitingTable::of(&scenario, junctions.len(), &standing)?;

    let today = table.with(&scenario, &existing);
    let baseline = match existing.is_empty() {
        true => None,
        false => {
            table.check_answered(&scenario, &today)?;
            Some(table.mean(&today))
        }
    };
    if table.aided > 0 {
        scenario.about.data_basis.push(BasisNote::NO_NEIGHBOURS);
    }

    let (answer, chosen) = table.best(&standing, &junctions, &lists, question, effort)?;
    let nearest_with = |junctions: &[JunctionId]| {
        let sites = junctions.iter().map(|junction| table.at(*junction));
        table.nearest(standing.iter().copied().chain(sites))
    };
    let best: Vec<JunctionChoice> = chosen
        .into_iter()
        .map(|junctions| JunctionChoice {
            mean: table.mean(&nearest_with(&junctions)),
            junctions,
        })
        .collect();
    let chosen = best.first().map_or(&[][..], |choice| &choice.junctions);
    let nearest = nearest_with(chosen);
    let town_means = (chosen.iter())
        .map(|id| table.town_mean(&scenario, junctions[id.index()].town, &nearest))
        .collect();
    let another = (answer.status == Status::Optimal)
        .then(|| {
            JunctionId::all(junctions.len())
                .filter(|junction| !chosen.contains(junction))
                .map(|junction| (table.sum_with(&nearest, table.at(junction)), junction))
                .min()
                .filter(|(sum, _)| *sum < table.sum(&nearest))
                .map(|(sum, junction)| JunctionChoice {
                    junctions: vec![junction],
                    mean: table.seconds(sum),
                })
        })
        .flatten();
    let together = if question.together {
        table.together(&standing, junctions.len(), &lists, question, effort)?
    } else {
        None
    };
    Ok(FreeChoice {
        together,
        of_town: lists.iter().map(Vec::len).collect(),
        choices: (lists.iter().zip(&question.towns))
            .map(|(list, (_, count))| combinations(list.len(), *count))
            .product(),
        bound: table.seconds(answer.bound),
        town_means,
        baseline,
        listed: listed(&scenario, question, &table),
        another,
        best,
        answer,
        junctions,
        sites,
        table: Arc::new(table),
        standing,
        scenario,
    })
}

/// The best of the alternatives that has the same number of sites in the same towns.
fn listed(scenario: &Scenario, question: &Question, table: &SitingTable) -> Option<Listed> {
    let mut wanted: Vec<Option<TownId>> = (question.towns.iter())
        .flat_map(|(town, count)| std::iter::repeat_n(*town, *count))
        .collect();
    wanted.sort_unstable();
    let is_anywhere = wanted[0].is_none();
    let town_of = |site: &SiteId| {
        let group = &scenario.stations.site(*site).group;
        crate::county::towns::find(&scenario.county.towns, group)
    };
    let is_alike = |sites: &[SiteId]| {
        let others = sites.iter().filter(|site| !question.fixed.contains(site));
        let mut towns: Vec<Option<TownId>> = others.map(town_of).collect();
        towns.sort_unstable();
        let fits = match is_anywhere {
            true => towns.len() == wanted.len(),
            false => towns == wanted,
        };
        question.fixed.iter().all(|site| sites.contains(site)) && fits
    };
    (scenario.alternatives.iter().enumerate())
        .filter(|(_, alternative)| is_alike(&alternative.sites))
        .map(|(index, alternative)| {
            let nearest = table.with(scenario, &scenario.stations.standing(alternative));
            (table.sum(&nearest), index)
        })
        .min()
        .map(|(sum, alternative)| Listed {
            alternative,
            mean: table.seconds(sum),
        })
}

/// How many choices of `count` there are among `members`.
fn combinations(members: usize, count: usize) -> f64 {
    (0..count)
        .map(|taken| (members - taken) as f64 / (taken + 1) as f64)
        .product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::towns::find;
    use crate::scenario::loading::locate;
    use crate::units::Metres;

    fn answered(towns: &[(&str, usize)], min_distance: f64) -> (Scenario, FreeChoice) {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let question = Question {
            best_count: 3,
            min_distance: Metres(min_distance),
            ..Question::in_towns(&scenario, towns)
        };
        let choice = answer(&scenario, &question, &Effort::default()).unwrap();
        (scenario, choice)
    }

    /// The least mean over every choice of one junction in each town.
    fn least_of_all(scenario: &Scenario, choice: &FreeChoice, towns: &[&str]) -> f64 {
        let table = &choice.table;
        let mut choices = vec![table.nearest(scenario.stations.standing_today())];
        let mut sums = Vec::new();
        for (number, town) in towns.iter().enumerate() {
            let town = find(&scenario.county.towns, town).unwrap();
            let of_town = choice.in_town(Some(town)).into_iter();
            let sites: Vec<StationId> = of_town.map(|junction| table.at(junction)).collect();
            if number + 1 == towns.len() {
                let all = choices
                    .iter()
                    .flat_map(|nearest| sites.iter().map(move |s| (nearest, *s)));
                sums = all
                    .map(|(nearest, site)| table.sum_with(nearest, site))
                    .collect();
            } else {
                choices = (choices
                    .iter()
                    .flat_map(|nearest| sites.iter().map(move |s| (nearest, *s))))
                .map(|(nearest, site)| {
                    let times = nearest.iter().zip(table.from(site));
                    times.map(|(a, b)| *a.min(b)).collect()
                })
                .collect();
            }
        }
        table.seconds(sums.into_iter().min().unwrap())
    }

    #[test]
    fn no_pair_of_junctions_of_the_embedded_county_is_better() {
        let (scenario, choice) = answered(&[("安流镇", 1), ("华城镇", 1)], 0.0);
        let least = least_of_all(&scenario, &choice, &["安流镇", "华城镇"]);
        assert_eq!(choice.best[0].mean, least);
        assert_eq!(choice.bound, least);
        assert_eq!(choice.best.len(), 3);
        assert!(choice.best.is_sorted_by_key(|choice| choice.mean));
        assert!(choice.listed.unwrap().mean >= least);
    }

    #[test]
    fn no_three_junctions_of_three_towns_are_better() {
        let towns = ["水寨镇", "华城镇", "岐岭镇"];
        let (scenario, choice) = answered(&towns.map(|town| (town, 1)), 500.0);
        assert_eq!(choice.answer.status, Status::Optimal);
        assert_eq!(
            choice.best[0].mean,
            least_of_all(&scenario, &choice, &towns)
        );
        // The next ones are diverse, and each is proven beside those before.
        assert_eq!(choice.best.len(), 3);
        assert!(choice.best.is_sorted_by(|a, b| a.mean < b.mean));
        let position = |junction: &JunctionId| choice.junction(*junction).position;
        for (number, a) in choice.best.iter().enumerate() {
            for b in &choice.best[..number] {
                let sites = a.junctions.iter().zip(&b.junctions);
                let far = sites.map(|(a, b)| position(a).distance(position(b)).0);
                assert!(far.into_iter().any(|far| far >= 500.0));
            }
        }
    }

    #[test]
    fn diverse_choices_begin_with_the_best_and_are_no_neighbours() {
        let (_, nearest) = answered(&[("安流镇", 1), ("华城镇", 1)], 0.0);
        let (_, diverse) = answered(&[("安流镇", 1), ("华城镇", 1)], 2000.0);
        assert_eq!(diverse.best[0], nearest.best[0]);
        assert!(diverse.best[1].mean > nearest.best[1].mean);
        let at = |choice: &JunctionChoice, town: usize| {
            diverse.junction(choice.junctions[town]).position
        };
        for (number, a) in diverse.best.iter().enumerate() {
            for b in &diverse.best[..number] {
                let far = |town: usize| at(a, town).distance(at(b, town)).0 >= 2000.0;
                assert!(far(0) || far(1));
            }
        }
    }

    #[test]
    fn three_that_are_chosen_together_are_no_worse_than_two_and_then_one() {
        let scenario = Scenario::load(&locate(None)).unwrap();
        let question = Question {
            together: true,
            ..Question::in_towns(&scenario, &[("安流镇", 1), ("华城镇", 1)])
        };
        let choice = answer(&scenario, &question, &Effort::default()).unwrap();
        let (together, proven) = choice.together.clone().unwrap();
        assert!(proven && together.junctions.len() == 3);
        assert!(together.mean <= choice.another.as_ref().unwrap().mean);
        // Exhaustively: every pair of the towns with every third junction.
        let table = &choice.table;
        let of = |number: usize| choice.in_town(question.towns[number].0).into_iter();
        let stations = scenario.stations.standing_today();
        let least = of(0)
            .flat_map(|a| of(1).map(move |b| (a, b)))
            .map(|(a, b)| {
                let nearest = table.nearest(stations.clone().chain([a, b].map(|j| table.at(j))));
                let third = JunctionId::all(choice.junctions.len());
                third
                    .map(|junction| table.sum_with(&nearest, table.at(junction)))
                    .min()
                    .unwrap()
            })
            .min()
            .unwrap();
        assert_eq!(together.mean, table.seconds(least));
    }
}
