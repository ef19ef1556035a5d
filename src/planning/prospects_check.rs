//! What an answer of `brigade optimize` says of other states and of further brigades, held against its
//! scenario.

use super::answer_check::Check;
use super::optimization::{BuildingPhase, JudgedChoice, Prospect, Robustness};
use super::other_states::Circumstances;
use crate::evaluation::cost::Cost;
use crate::evaluation::damage::{Damage, LONGEST_SECONDS, MOST, as_written};

impl Check<'_> {
    pub(super) fn robust(&self, damage: &mut Damage) {
        if let Some(robust) = &self.answer.robust {
            damage.inside("robust", |damage| self.states(damage, robust));
        }
    }

    fn states(&self, damage: &mut Damage, robust: &Robustness) {
        let states = robust.states.len();
        let under = &self.answer.request.under;
        let wanted = under.len() + 1;
        damage.expect(
            states == wanted,
            "states",
            states,
            format_args!("{wanted}, the usual and those of `request.under`"),
        );
        let requested = std::iter::once(None).chain(under.iter().map(Some));
        let pairs = robust.states.iter().zip(requested);
        damage.each("states", pairs, |damage, (state, requested)| {
            let is_requested = match requested {
                None => *state == Circumstances::AsRequested,
                Some(requested) => state.are_of(requested),
            };
            damage.expect(
                is_requested,
                "",
                as_written(state),
                "the one of `request.under`, after the scenario as asked",
            );
        });
        if let Some(shares) = &robust.shares {
            let mut all = shares.iter();
            let is_whole = shares.len() == states && all.all(|share| (0.0..=1.0).contains(share));
            damage.expect(
                is_whole,
                "shares",
                as_written(shares),
                "a share from 0 to 1 for each state",
            );
        }
        let of_each = &robust.best_of_each_state;
        damage.same("best_of_each_state", of_each.len(), states);
        damage.each("best_of_each_state", of_each, |damage, of| {
            judged(damage, of, states);
        });
        damage.inside("least_average", |damage| {
            judged(damage, &robust.least_average, states);
        });
        damage.inside("least_regret", |damage| {
            judged(damage, &robust.least_regret, states);
        });
        for (key, others) in [
            ("as_good_on_average", robust.as_good_on_average),
            ("as_good_by_regret", robust.as_good_by_regret),
        ] {
            // The best is no other.
            damage.number(
                key,
                others as f64,
                0.0..=(self.answer.choices - 1.0).max(0.0),
            );
        }
    }

    pub(super) fn prospects(&self, damage: &mut Damage) {
        let Some(frontier) = &self.answer.frontier else {
            return;
        };
        damage.inside("frontier", |damage| {
            damage.expect(
                frontier.standard == self.answer.standard.id,
                "standard",
                format_args!("`{}`", frontier.standard),
                "the id of `standard`",
            );
            let all = self.residents;
            let is_all = (frontier.residents - all).abs() <= self.rounding();
            damage.expect(is_all, "residents", frontier.residents, all);
            cost(damage, "cost_of_each", frontier.cost_of_each.as_ref());
            // From what stands today.
            let steps = (0..).zip(&frontier.steps);
            damage.each("steps", steps, |damage, (brigades, step)| {
                damage.same("brigades", step.brigades, brigades);
                cost(damage, "cost", step.cost.as_ref());
                damage.inside("by_mean", |damage| self.prospect(damage, &step.by_mean));
                damage.inside("by_coverage", |damage| {
                    self.prospect(damage, &step.by_coverage);
                });
            });
            if let Some(requested) = &frontier.requested {
                damage.inside("requested", |damage| self.prospect(damage, requested));
                let sites = requested.sites.iter().map(|site| &site.id);
                damage.expect(
                    sites.eq(self.ids_of_best()),
                    "requested.sites",
                    "others",
                    "those of the first of `best`",
                );
            }
            damage.each("sequences", &frontier.sequences, |damage, order| {
                damage.each("steps", &order.steps, |damage, of| {
                    self.prospect(damage, of);
                });
            });
            self.phases(damage, &frontier.phases);
        });
    }

    fn phases(&self, damage: &mut Damage, phases: &[BuildingPhase]) {
        let requested = &self.answer.request.phases;
        damage.expect(
            phases.len() == requested.len() || phases.is_empty(),
            "phases",
            phases.len(),
            format_args!("{}, those of `request.phases`, or none", requested.len()),
        );
        let years = requested.iter().map(|phase| Some(phase.year));
        let years = years.chain(std::iter::repeat(None));
        damage.each(
            "phases",
            phases.iter().zip(years),
            |damage, (phase, year)| {
                damage.expect(
                    Some(phase.by_end_of) == year,
                    "by_end_of",
                    phase.by_end_of,
                    "the year in `request.phases`",
                );
                let last = phase.built().iter().map(|site| &site.id);
                damage.expect(
                    last.eq(phase.new_sites.iter()),
                    "new_sites",
                    "others",
                    "the last of `then.sites`",
                );
                damage.yuan("investment_yuan", phase.investment_yuan.unwrap_or(0.0));
                damage.yuan("yearly_yuan", phase.yearly_yuan.unwrap_or(0.0));
                damage.yuan(
                    "present_value_yuan",
                    phase.present_value_yuan.unwrap_or(0.0),
                );
                damage.inside("then", |damage| self.prospect(damage, &phase.then));
            },
        );
    }

    fn prospect(&self, damage: &mut Damage, prospect: &Prospect) {
        let residents = 0.0..=self.residents + self.rounding();
        damage.seconds("mean_response_seconds", prospect.mean_response_seconds);
        damage.number("residents_within", prospect.residents_within, residents);
        damage.number("share_within", prospect.share_within, 0.0..=1.0);
        damage.number("gap", prospect.gap.unwrap_or(0.0), 0.0..=MOST);
        cost(damage, "cost", prospect.cost.as_ref());
        self.sites(damage, &prospect.sites);
    }
}

/// Holds a choice to as many states as there are.
fn judged(damage: &mut Damage, judged: &JudgedChoice, states: usize) {
    for (key, list) in [
        ("mean_response_seconds", &judged.mean_response_seconds),
        ("regret_seconds", &judged.regret_seconds),
    ] {
        let words = format_args!("{states}, one for each state");
        damage.expect(list.len() == states, key, list.len(), words);
        damage.each(key, list, |damage, seconds| {
            damage.number("", *seconds, -1e-6..=LONGEST_SECONDS);
        });
    }
    damage.seconds("worst_regret_seconds", judged.worst_regret_seconds);
    let average = judged.average_mean_response_seconds;
    damage.seconds("average_mean_response_seconds", average);
}

fn cost(damage: &mut Damage, key: &str, cost: Option<&Cost>) {
    if let Some(cost) = cost {
        damage.inside(key, |damage| damage.cost(cost));
    }
}
