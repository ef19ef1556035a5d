//! What an answer of `brigade optimize` says of other states and of further brigades, held against its
//! scenario.

use super::answer_check::Check;
use super::optimization::{JudgedChoice, Prospect};
use super::other_states::Circumstances;
use crate::evaluation::cost::Cost;
use crate::evaluation::damage::{LONGEST_SECONDS, MOST};

impl Check<'_> {
    pub(super) fn robust(&mut self) {
        let Some(robust) = &self.answer.robust else {
            return;
        };
        let states = robust.states.len();
        let asked = self.answer.request.under.len() + 1;
        self.damage.expect(
            states == asked,
            "robust.states",
            states,
            format_args!("{asked}, the usual and those of `request.under`"),
        );
        for (index, state) in robust.states.iter().enumerate() {
            let is_asked = match index.checked_sub(1) {
                None => *state == Circumstances::AsAsked,
                Some(other) => {
                    let mut asked = self.answer.request.under.get(other).into_iter();
                    asked.all(|asked| state.are_of(asked))
                }
            };
            self.damage.expect(
                is_asked,
                &format!("robust.states[{index}]"),
                format_args!("{state:?}"),
                "the one of `request.under`, after the scenario as asked",
            );
        }
        if let Some(shares) = &robust.shares {
            let is_whole =
                shares.len() == states && shares.iter().all(|share| (0.0..=1.0).contains(share));
            self.damage.expect(
                is_whole,
                "robust.shares",
                format_args!("{shares:?}"),
                "a share from 0 to 1 for each state",
            );
        }
        let count = robust.best_of_each_state.len();
        self.damage.same("robust.best_of_each_state", count, states);
        let of_states = (0..).zip(&robust.best_of_each_state);
        let of_states = of_states.map(|(index, of)| (format!("best_of_each_state[{index}]"), of));
        let others = [
            ("least_average", &robust.least_average),
            ("least_regret", &robust.least_regret),
        ];
        for (key, judged) in of_states.chain(others.map(|(key, of)| (key.to_owned(), of))) {
            self.judged(&format!("robust.{key}"), judged, states);
        }
    }

    fn judged(&mut self, key: &str, judged: &JudgedChoice, states: usize) {
        let damage = &mut self.damage;
        let lists = [
            ("mean_response_seconds", &judged.mean_response_seconds),
            ("regret_seconds", &judged.regret_seconds),
        ];
        for (part, list) in lists {
            let key = format!("{key}.{part}");
            damage.expect(
                list.len() == states,
                &key,
                list.len(),
                format_args!("{states}, one for each state"),
            );
            for (index, seconds) in list.iter().enumerate() {
                damage.number(
                    &format!("{key}[{index}]"),
                    *seconds,
                    -1e-6..=LONGEST_SECONDS,
                );
            }
        }
        damage.number(
            &format!("{key}.worst_regret_seconds"),
            judged.worst_regret_seconds,
            0.0..=LONGEST_SECONDS,
        );
        damage.seconds(
            &format!("{key}.average_mean_response_seconds"),
            judged.average_mean_response_seconds,
        );
    }

    pub(super) fn prospects(&mut self) {
        let Some(frontier) = &self.answer.frontier else {
            return;
        };
        let is_same = frontier.standard == self.answer.standard.id;
        self.damage.expect(
            is_same,
            "frontier.standard",
            format_args!("`{}`", frontier.standard),
            "the id of `standard`",
        );
        let all = self.residents;
        let is_all = (frontier.residents - all).abs() <= self.rounding();
        self.damage
            .expect(is_all, "frontier.residents", frontier.residents, all);
        self.cost("frontier.cost_of_each", frontier.cost_of_each.as_ref());
        for (index, step) in frontier.steps.iter().enumerate() {
            let key = format!("frontier.steps[{index}]");
            // From what stands today.
            self.damage
                .same(&format!("{key}.brigades"), step.brigades, index);
            self.cost(&format!("{key}.cost"), step.cost.as_ref());
            self.prospect(&format!("{key}.by_mean"), &step.by_mean);
            self.prospect(&format!("{key}.by_coverage"), &step.by_coverage);
        }
        if let Some(asked) = &frontier.asked {
            self.prospect("frontier.asked", asked);
            let best = self.answer.best.first().map_or(&[][..], |best| &best.sites);
            let is_best = best
                .iter()
                .map(|site| &site.id)
                .eq(asked.sites.iter().map(|site| &site.id));
            self.damage.expect(
                is_best,
                "frontier.asked.sites",
                "others",
                "those of the first of `best`",
            );
        }
        for (index, order) in frontier.sequences.iter().enumerate() {
            let key = format!("frontier.sequences[{index}]");
            for (step, of) in order.steps.iter().enumerate() {
                self.prospect(&format!("{key}.steps[{step}]"), of);
            }
        }
        let asked = self.answer.request.phases.len();
        let planned = frontier.phases.len();
        let words = format_args!("{asked}, those of `request.phases`, or none").to_string();
        self.damage.expect(
            planned == asked || planned == 0,
            "frontier.phases",
            planned,
            words,
        );
        for (index, phase) in frontier.phases.iter().enumerate() {
            let key = format!("frontier.phases[{index}]");
            let year = self
                .answer
                .request
                .phases
                .get(index)
                .map(|asked| asked.year);
            self.damage.expect(
                Some(phase.by_end_of) == year,
                &format!("{key}.by_end_of"),
                phase.by_end_of,
                "the year in `request.phases`",
            );
            let last = phase.built().iter().map(|site| &site.id);
            let is_last = last.eq(phase.new_sites.iter());
            self.damage.expect(
                is_last,
                &format!("{key}.new_sites"),
                "others",
                "the last of `then.sites`",
            );
            for (part, yuan) in [
                ("investment_yuan", phase.investment_yuan),
                ("yearly_yuan", phase.yearly_yuan),
                ("present_value_yuan", phase.present_value_yuan),
            ] {
                self.damage
                    .yuan(&format!("{key}.{part}"), yuan.unwrap_or(0.0));
            }
            self.prospect(&format!("{key}.then"), &phase.then);
        }
    }

    fn prospect(&mut self, key: &str, prospect: &Prospect) {
        let residents = self.residents + self.rounding();
        self.damage.seconds(
            &format!("{key}.mean_response_seconds"),
            prospect.mean_response_seconds,
        );
        self.damage.number(
            &format!("{key}.residents_within"),
            prospect.residents_within,
            0.0..=residents,
        );
        self.damage.number(
            &format!("{key}.share_within"),
            prospect.share_within,
            0.0..=1.0,
        );
        self.damage.number(
            &format!("{key}.gap"),
            prospect.gap.unwrap_or(0.0),
            0.0..=MOST,
        );
        self.cost(&format!("{key}.cost"), prospect.cost.as_ref());
        self.sites(&format!("{key}.sites"), &prospect.sites);
    }

    fn cost(&mut self, key: &str, cost: Option<&Cost>) {
        if let Some(cost) = cost {
            self.damage.cost(key, cost);
        }
    }
}
