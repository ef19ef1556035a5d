//! What the scenario makes of a request: towns, roads, standing sites, standard, years and money.

use super::error::{QuestionError, RequestError};
use super::free_choice::{FreeChoice, answer};
use super::junctions::{JunctionName, usual_roads};
use super::other_states::OtherState;
use super::phasing::Phase;
use super::question::Question;
use super::request::Request;
use crate::brigades::SiteId;
use crate::county::towns::{self, TownId};
use crate::files::Source;
use crate::scenario::Scenario;
use crate::scenario::standards::{Standard, longest};
use crate::siting::answer::Effort;
use crate::units::Metres;

/// Engines of a new brigade where nobody says how many.
const ENGINES: u16 = 2;

/// In place of a town: wherever it is best.
const ANYWHERE: &str = "anywhere";

/// A request held against its scenario.
#[derive(Debug)]
pub struct Inquiry {
    pub(super) request: Request,
    pub(super) question: Question,
    pub(super) standard: Standard,
    /// The most further brigades for which there is money, as far as they are asked about.
    pub(super) most: usize,
    pub(super) states: Vec<OtherState>,
    /// Where the towns are named.
    key: String,
}

impl Inquiry {
    /// Understands a request; `source` is the file of the scenario, which other states change, and `name`
    /// what a brigade at a junction is called.
    ///
    /// # Errors
    /// When the request names what the scenario does not have, or contradicts itself.
    pub fn new(
        request: Request,
        scenario: &Scenario,
        source: &Source,
        name: JunctionName,
    ) -> Result<Self, RequestError> {
        let question = request.question(scenario, name)?;
        request.check_phases(&question)?;
        Ok(Self {
            standard: request.standard(scenario)?,
            most: request.affordable(scenario, &question)?,
            states: OtherState::all(&request.under, source, scenario, &question)?,
            key: request.key_of_towns(scenario),
            question,
            request,
        })
    }

    /// Chooses the sites.
    ///
    /// # Errors
    /// When a town has too few junctions, a demand point is not reached, or the sums are too large.
    pub fn choose(&self, scenario: &Scenario, effort: &Effort) -> Result<FreeChoice, RequestError> {
        answer(scenario, &self.question, effort).map_err(|error| match error {
            QuestionError::TooFewJunctions {
                town,
                wanted,
                junctions,
            } => RequestError::TooFewJunctions {
                key: self.key.clone(),
                town: match town {
                    Some(town) => scenario.county.towns[town.index()].name.local.clone(),
                    None => "the county".to_owned(),
                },
                wanted,
                junctions,
                classes: names(self.question.on.iter().map(|class| class.word())),
            },
            error => error.into(),
        })
    }
}

impl Request {
    /// Towns, roads and sites, by the request or else by the scenario.
    pub(super) fn question(
        &self,
        scenario: &Scenario,
        name: JunctionName,
    ) -> Result<Question, RequestError> {
        let siting = &scenario.rules.siting;
        let fixed = self.fixed(scenario)?;
        Ok(Question {
            towns: self.towns(scenario, &fixed)?,
            on: match [&self.on, &siting.on].into_iter().find(|on| !on.is_empty()) {
                Some(on) => on.clone(),
                None => usual_roads(scenario),
            },
            name,
            engines: self.engines.or(siting.engines).unwrap_or(ENGINES),
            fixed,
            best_count: self.simulated_choices.max(1),
            min_distance: Metres(self.min_distance_metres),
            together: self.together,
        })
    }

    fn fixed(&self, scenario: &Scenario) -> Result<Vec<SiteId>, RequestError> {
        let ids = match self.fixed.is_empty() {
            true => &scenario.rules.siting.fixed,
            false => &self.fixed,
        };
        let mut fixed = (ids.iter())
            .map(|id| {
                let found =
                    (scenario.stations.sites.iter()).position(|site| site.station.id == *id);
                found
                    .map(SiteId::at)
                    .ok_or_else(|| RequestError::UnknownSite {
                        key: match self.fixed.is_empty() {
                            true => key_of(scenario, "siting.fixed"),
                            false => "--fixed".to_owned(),
                        },
                        id: id.clone(),
                        file: scenario.about.file.clone(),
                        known: names(
                            scenario
                                .stations
                                .sites
                                .iter()
                                .map(|site| &site.station.id[..]),
                        ),
                    })
            })
            .collect::<Result<Vec<SiteId>, _>>()?;
        fixed.sort_unstable();
        fixed.dedup();
        Ok(fixed)
    }

    /// How many brigades in which town, or anywhere: one, where nobody says.
    fn towns(
        &self,
        scenario: &Scenario,
        fixed: &[SiteId],
    ) -> Result<Vec<(Option<TownId>, usize)>, RequestError> {
        let known = &scenario.county.towns;
        // All but the baseline choose from the same groups; some choose what is fixed.
        let groups = || -> Vec<String> {
            let others = scenario.alternatives.iter().map(|alternative| {
                let others = alternative
                    .sites
                    .iter()
                    .filter(|site| !fixed.contains(site));
                others.copied().collect::<Vec<SiteId>>()
            });
            let others = others.max_by_key(Vec::len).unwrap_or_default();
            let group = |site: SiteId| scenario.stations.site(site).group.clone();
            others.into_iter().map(group).collect()
        };
        let named = match self.within.is_empty() {
            true => scenario.rules.siting.within.names(),
            false => &self.within,
        };
        let wanted: Vec<String> = match named.is_empty() {
            true => groups(),
            false => named.to_vec(),
        };
        if wanted.iter().all(|wanted| wanted == ANYWHERE) {
            return Ok(vec![(None, wanted.len().max(1))]);
        }
        let mut towns: Vec<(Option<TownId>, usize)> = Vec::new();
        for town in wanted {
            let Some(id) = towns::find(known, &town) else {
                return Err(RequestError::UnknownTown {
                    key: self.key_of_towns(scenario),
                    town,
                    known: names(known.iter().map(|town| &town.name.local[..])),
                });
            };
            match towns.iter_mut().find(|(known, _)| *known == Some(id)) {
                Some((_, count)) => *count += 1,
                None => towns.push((Some(id), 1)),
            }
        }
        Ok(towns)
    }

    /// Where the towns are named.
    fn key_of_towns(&self, scenario: &Scenario) -> String {
        let file_of = |key| scenario.about.origins.file_of(key);
        if !self.within.is_empty() {
            "--within".to_owned()
        } else if !scenario.rules.siting.within.names().is_empty() {
            format!("{}: `siting.within`", file_of("siting.within"))
        } else {
            format!(
                "{}: `alternatives.choose`: without --within its groups are taken for towns",
                file_of("alternatives.choose")
            )
        }
    }

    /// The standard within which residents are counted.
    fn standard(&self, scenario: &Scenario) -> Result<Standard, RequestError> {
        let standards = &scenario.rules.standards;
        let (key, requested) = match &self.standard {
            Some(id) => ("--standard".to_owned(), Some(id)),
            None => {
                let said = scenario.rules.siting.standard.as_ref();
                (key_of(scenario, "siting.standard"), said)
            }
        };
        let found = match requested {
            Some(id) => standards.iter().find(|standard| standard.id == *id),
            None => {
                longest(standards, |of| (of.clock, of.threshold)).map(|index| &standards[index])
            }
        };
        found.cloned().ok_or_else(|| RequestError::UnknownStandard {
            key,
            id: requested.cloned().unwrap_or_default(),
            file: scenario.about.file.clone(),
            known: names(standards.iter().map(|standard| &standard.id[..])),
        })
    }

    /// The most further brigades for which there is money, as far as they are asked about.
    fn affordable(&self, scenario: &Scenario, question: &Question) -> Result<usize, RequestError> {
        let Some(budget) = self.budget else {
            return Ok(self.frontier);
        };
        let Some(each) = question.cost_of_each(scenario) else {
            return Err(RequestError::NoPrices {
                file: scenario.about.file.clone(),
            });
        };
        let requested: usize = question.towns.iter().map(|(_, count)| count).sum();
        let planned: usize = self.phases.iter().map(|phase| phase.brigades).sum();
        let wanted = requested.max(planned);
        let cost = each.yuan_a_year * wanted as f64;
        let enough = (budget / each.yuan_a_year) as usize;
        if cost > budget {
            return Err(RequestError::OverBudget {
                budget,
                wanted,
                cost,
                each: each.yuan_a_year,
                enough,
            });
        }
        Ok(self.frontier.min(enough))
    }

    fn check_phases(&self, question: &Question) -> Result<(), RequestError> {
        let wanted: usize = question.towns.iter().map(|(_, count)| count).sum();
        if let Some(Phase { year, brigades }) = self.phases.first().copied() {
            if brigades != wanted {
                return Err(RequestError::FirstPhase {
                    year,
                    brigades,
                    wanted,
                });
            }
            if !question.fixed.is_empty() {
                return Err(RequestError::PhaseFixed);
            }
        }
        let mut years = self.phases.array_windows();
        match years.find(|[before, phase]| phase.year <= before.year) {
            Some([before, phase]) => Err(RequestError::PhaseOrder {
                year: phase.year,
                before: before.year,
            }),
            None => Ok(()),
        }
    }
}

/// A key of the scenario and the file that says it.
fn key_of(scenario: &Scenario, key: &str) -> String {
    format!("{}: `{key}`:", scenario.about.origins.file_of(key))
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
