//! Puts together what a request comes to.

use super::describing::{Description, tidy};
use super::error::RequestError;
use super::free_choice::FreeChoice;
use super::inquiry::Inquiry;
use super::optimization::{
    ChosenTogether, IdAndName, ListedChoice, NewBrigade, Optimization, Proof, TownChoice, TownSite,
    True, Within,
};
use super::trial::Trial;
use crate::evaluation::comparison::{ScenarioSummary, StandardSummary};
use crate::format::Format;
use crate::siting::answer::{Effort, Status};

impl Inquiry {
    /// The whole answer: the choice and its trial, what further brigades would bring, and how the choice
    /// does in other states of the world.
    ///
    /// # Errors
    /// When nothing happens in a state, a demand point is not reached there, or the sums are too large.
    pub fn answer(
        mut self,
        choice: &FreeChoice,
        trial: Option<Trial>,
        effort: &Effort,
    ) -> Result<Optimization, RequestError> {
        let scenario = &choice.scenario;
        let described = Description(choice);
        let best = choice.best.first();
        let sites = best.map_or(&[][..], |best| &best.junctions);
        let frontier = self.prospects(choice, effort)?;
        let robust = self.robustness(choice)?;
        Ok(Optimization {
            format: Format,
            scenario: ScenarioSummary::of(scenario),
            status: match choice.answer.status {
                Status::Optimal => Proof::Optimal,
                Status::Feasible => Proof::Feasible,
                Status::Infeasible(_) => Proof::Infeasible,
                Status::Unknown => Proof::Unknown,
            },
            objective: "mean-response-seconds".to_owned(),
            indifference_seconds: scenario.rules.indifference.time.seconds(),
            value: best.map(|best| tidy(best.mean)),
            bound: tidy(choice.bound),
            gap: choice.answer.gap().filter(|gap| gap.is_finite()),
            sites: (sites.iter().zip(&choice.town_means))
                .map(|(junction, mean)| TownSite {
                    site: described.site(*junction),
                    town_mean_response_seconds: Some(tidy(*mean)).filter(|mean| mean.is_finite()),
                })
                .collect(),
            towns: (self.question.towns.iter().zip(&choice.of_town))
                .map(|((town, chosen), candidates)| {
                    let town = town.map(|town| &scenario.county.towns[town.index()]);
                    TownChoice {
                        within: match town {
                            Some(town) => Within::Town(IdAndName {
                                id: town.id.clone(),
                                name: town.name.clone(),
                            }),
                            None => Within::Anywhere { anywhere: True },
                        },
                        chosen: *chosen,
                        candidates: *candidates,
                    }
                })
                .collect(),
            choices: choice.choices,
            best: choice.best.iter().map(|c| described.chosen(c)).collect(),
            brigade: new_brigade(choice),
            baseline_mean_response_seconds: choice.baseline.map(tidy),
            listed: choice.listed.as_ref().map(|listed| ListedChoice {
                id: scenario.alternatives[listed.alternative].id.clone(),
                mean_response_seconds: tidy(listed.mean),
            }),
            another: choice.another.as_ref().map(|c| described.chosen(c)),
            another_simulated_difference_seconds: trial.as_ref().and_then(|trial| trial.another),
            together: (choice.together.as_ref()).map(|(together, proven)| ChosenTogether {
                choice: described.chosen(together),
                proven: *proven,
            }),
            main_road_junctions: choice.junctions.len(),
            simulated: trial.as_ref().map(Trial::ranking),
            robust,
            frontier,
            standard: StandardSummary::of(&self.standard),
            data_basis: scenario.about.data_basis.clone(),
            attribution: scenario.about.attribution.clone(),
            comparison: trial.map(|trial| trial.comparison),
            elapsed: choice.answer.elapsed,
            request: self.request,
        })
    }
}

/// `None` where the county has no junction, and so no choice.
fn new_brigade(choice: &FreeChoice) -> Option<NewBrigade> {
    let station = &choice.sites.first()?.station;
    Some(NewBrigade {
        engines: station.engines,
        profile: station.profile.clone(),
        basis: station.basis,
    })
}
