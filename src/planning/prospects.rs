//! What further brigades cost and bring, in which order to build them and by which year: the frontier,
//! the sequences and the phases, with money, as an answer gives them.

use super::describing::{Description, tidy};
use super::error::RequestError;
use super::free_choice::FreeChoice;
use super::frontier::{ChoiceFigures, Frontier};
use super::inquiry::Inquiry;
use super::optimization::{
    BuildingOrder, BuildingPhase, FurtherBrigades, JunctionSite, Prospect, Prospects,
};
use super::phasing::RequestedPhase;
use super::sequence::sequences;
use crate::evaluation::cost::Cost;
use crate::siting::answer::Effort;

/// A question of so many further brigades is given up after so many nodes where no time limit is given. The first few
/// brigades take no more than tens; where nearly all are reached, thousands of choices may reach as many.
pub(super) const MOST_NODES: usize = 400;

/// What turns junctions into what an answer says of them.
struct Describer<'a> {
    described: &'a Description<'a>,
    residents: f64,
    each: Option<Cost>,
}

impl Inquiry {
    /// `None` where nothing is asked about further brigades.
    pub(super) fn prospects(
        &self,
        choice: &FreeChoice,
        effort: &Effort,
    ) -> Result<Option<Prospects>, RequestError> {
        let (question, phases) = (&self.question, &self.request.phases);
        let scenario = &choice.scenario;
        if self.most == 0 && phases.is_empty() {
            return Ok(None);
        }
        let frontier = Frontier::new(choice, &self.standard)?;
        let effort = &effort.or_nodes(MOST_NODES);
        let steps = frontier.steps(self.most.max(1), effort)?;
        // Listed sites that are fixed are no part of it: a frontier begins with what stands.
        let best = choice.best.first().filter(|_| question.fixed.is_empty());
        let requested = best.map(|best| frontier.figures(&best.junctions));
        let sequences = match &requested {
            Some(_) => sequences(&frontier, choice, question),
            None => Vec::new(),
        };
        let requested_phases = match best {
            Some(best) if !phases.is_empty() => {
                frontier.requested_phases(&best.junctions, phases, effort)?
            }
            _ => Vec::new(),
        };
        let describer = Describer {
            described: &Description(choice),
            residents: frontier.all_residents(),
            each: question.cost_of_each(scenario),
        };
        let towns = &scenario.county.towns;
        Ok(Some(Prospects {
            standard: self.standard.id.clone(),
            residents: describer.residents,
            cost_of_each: describer.each.map(Cost::rounded),
            steps: (steps.iter())
                .map(|step| FurtherBrigades {
                    brigades: step.brigades,
                    cost: describer.cost(step.brigades),
                    by_mean: describer.prospect(&step.by_mean),
                    by_coverage: describer.prospect(&step.by_coverage),
                })
                .collect(),
            requested: requested.map(|requested| describer.prospect(&requested)),
            sequences: (sequences.iter())
                .map(|sequence| BuildingOrder {
                    towns: (sequence.towns.iter())
                        .map(|town| town.map(|town| towns[town.index()].name.local.clone()))
                        .collect(),
                    steps: sequence
                        .steps
                        .iter()
                        .map(|r| describer.prospect(r))
                        .collect(),
                })
                .collect(),
            phases: describer.phases(&requested_phases),
            price_basis: scenario.rules.price_basis(),
        }))
    }
}

impl Describer<'_> {
    /// Rounded last, so that many brigades cost what they do.
    fn cost(&self, brigades: usize) -> Option<Cost> {
        self.exact_cost(brigades).map(Cost::rounded)
    }

    fn exact_cost(&self, brigades: usize) -> Option<Cost> {
        Some(std::iter::repeat_n(self.each?, brigades).sum())
    }

    fn prospect(&self, figures: &ChoiceFigures) -> Prospect {
        Prospect {
            mean_response_seconds: tidy(figures.mean),
            residents_within: figures.residents,
            share_within: (figures.residents / self.residents * 1e9).round() / 1e9,
            proven: figures.is_proven,
            gap: Some(figures.gap).filter(|gap| gap.is_finite()),
            cost: self.cost(figures.junctions.len()),
            sites: self.described.sites(&figures.junctions),
        }
    }

    /// What is new in each phase and what is paid for it; later money is worth less at the end of the
    /// first.
    fn phases(&self, requested: &[RequestedPhase]) -> Vec<BuildingPhase> {
        let prices = self.described.0.scenario.rules.prices.as_ref();
        let rate = prices.map_or(0.0, |prices| prices.discount_rate());
        let first = requested.first().map_or(0, |phase| phase.year);
        let mut built = 0;
        let mut worth = 0.0;
        let phase = |phase: &RequestedPhase| {
            let then = self.prospect(&phase.figures);
            let new = then.sites[built..].iter();
            let new_sites: Vec<String> = new.map(|site: &JunctionSite| site.id.clone()).collect();
            built = then.sites.len();
            let later = i32::from(phase.year - first);
            let cost = self.exact_cost(new_sites.len());
            if let Some(cost) = &cost {
                worth += cost.present_value_yuan / libm::pow(1.0 + rate, f64::from(later));
            }
            BuildingPhase {
                by_end_of: phase.year,
                new_sites,
                investment_yuan: cost.map(|cost| cost.investment_yuan.round()),
                yearly_yuan: self.cost(built).map(|all| all.yearly_yuan),
                present_value_yuan: cost.map(|_| worth.round()),
                then,
            }
        };
        requested.iter().map(phase).collect()
    }
}
