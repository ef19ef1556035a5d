//! An answer of `brigade optimize` read back, held against its scenario: what its shape does not say.

use super::optimization::{Chosen, JudgedChoice, JunctionSite, Optimization, Prospect};
use crate::brigades::MOST_ENGINES;
use crate::evaluation::answer_check::{MOST, check_name, standard, summary};
use crate::evaluation::comparison::StandardSummary;
use crate::evaluation::cost::Cost;
use crate::evaluation::damage::{Damage, LONGEST_SECONDS};
use crate::scenario::Scenario;

/// An answer being held against the scenario that it is about.
struct Check<'a> {
    damage: Damage,
    answer: &'a Optimization,
    scenario: &'a Scenario,
    residents: f64,
}

/// Holds an answer against its scenario, which has no junctions among its sites yet.
///
/// # Errors
/// With everything that `brigade optimize` would not have written.
pub(super) fn check(answer: &Optimization, scenario: &Scenario) -> Result<(), Damage> {
    let mut check = Check {
        damage: Damage::default(),
        answer,
        scenario,
        residents: scenario
            .county
            .demand
            .iter()
            .map(|point| point.residents)
            .sum(),
    };
    summary(&mut check.damage, &answer.scenario);
    check.request();
    check.choice();
    check.simulated();
    check.robust();
    check.prospects();
    check.damage.into_result()
}

impl Check<'_> {
    /// The solvers count whole people at each demand point.
    fn rounding(&self) -> f64 {
        self.scenario.county.demand.len() as f64
    }

    fn request(&mut self) {
        let (damage, request) = (&mut self.damage, &self.answer.request);
        damage.number("request.play", request.play as f64, 0.0..=1000.0);
        damage.number("request.frontier", request.frontier as f64, 0.0..=50.0);
        damage.number("request.apart_metres", request.apart_metres, 0.0..=1e7);
        if let Some(budget) = request.budget {
            damage.number("request.budget", budget, f64::MIN_POSITIVE..=1e15);
        }
        if let Some(engines) = request.engines {
            damage.number(
                "request.engines",
                f64::from(engines),
                1.0..=f64::from(MOST_ENGINES),
            );
        }
        for (place, phase) in request.phases.iter().enumerate() {
            let key = format!("request.phases[{place}]");
            damage.number(
                &format!("{key}.year"),
                f64::from(phase.year),
                1900.0..=9999.0,
            );
            damage.number(
                &format!("{key}.brigades"),
                phase.brigades as f64,
                1.0..=50.0,
            );
        }
        let found = &self.answer.standard;
        let mut standards = self.scenario.standards.iter();
        match standards.find(|known| known.id == found.id) {
            Some(known) => standard(damage, "standard", found, &StandardSummary::of(known)),
            None => damage.note(
                "standard.id",
                format_args!("the scenario has no standard `{}`", found.id),
            ),
        }
        let asked = request.standard.as_ref();
        let is_asked = asked.is_none_or(|asked| *asked == found.id);
        damage.expect(
            is_asked,
            "request.standard",
            format_args!("{asked:?}"),
            format_args!("`{}`, as in `standard`", found.id),
        );
    }

    fn choice(&mut self) {
        let answer = self.answer;
        self.damage.seconds("value", answer.value.unwrap_or(0.0));
        self.damage
            .number("gap", answer.gap.unwrap_or(0.0), -1e-6..=MOST);
        self.damage.seconds("bound", answer.bound);
        let today = answer.baseline_mean_response_seconds;
        self.damage.seconds("baseline_mean_response_seconds", today);
        self.damage.number("choices", answer.choices, 0.0..=1e300);
        let best = answer.best.first();
        let mean = best.map(|best| best.mean_response_seconds);
        let words = "the mean of the first of `best`";
        self.damage.expect(
            answer.value == mean,
            "value",
            format_args!("{:?}", answer.value),
            words,
        );
        for (place, site) in answer.sites.iter().enumerate() {
            self.site(&format!("sites[{place}]"), &site.site);
            let mean = site.town_mean_response_seconds.unwrap_or(0.0);
            self.damage
                .seconds(&format!("sites[{place}].town_mean_response_seconds"), mean);
        }
        let of_best = best.map_or(&[][..], |best| &best.sites);
        let ids = answer.sites.iter().map(|site| &site.site.id);
        let is_best = ids.eq(of_best.iter().map(|site| &site.id));
        self.damage.expect(
            is_best,
            "sites",
            "other sites",
            "those of the first of `best`",
        );
        let wanted: usize = answer.towns.iter().map(|town| town.chosen).sum();
        for (place, town) in answer.towns.iter().enumerate() {
            let key = format!("towns[{place}]");
            self.named_town(&key, &town.town.id, &town.town.name);
            let (chosen, candidates) = (town.chosen, town.candidates);
            let is_enough =
                (1..=candidates).contains(&chosen) && candidates <= answer.main_road_junctions;
            let words =
                "at most as many as its `candidates`, and those at most `main_road_junctions`";
            self.damage
                .expect(is_enough, &format!("{key}.chosen"), chosen, words);
        }
        let most = answer.request.play.max(1);
        let count = answer.best.len();
        self.damage.expect(
            count <= most,
            "best",
            count,
            format_args!("at most {most} choices"),
        );
        for (place, chosen) in answer.best.iter().enumerate() {
            let key = format!("best[{place}]");
            self.chosen(&key, chosen);
            let count = chosen.sites.len();
            self.damage.expect(
                count == wanted,
                &format!("{key}.sites"),
                count,
                format_args!("{wanted} sites, as in `towns`"),
            );
        }
        if let Some(brigade) = &answer.brigade {
            self.damage.number(
                "brigade.engines",
                f64::from(brigade.engines),
                1.0..=f64::from(MOST_ENGINES),
            );
        }
        if let Some(listed) = &answer.listed {
            self.damage
                .seconds("listed.mean_response_seconds", listed.mean_response_seconds);
        }
        if let Some(another) = &answer.another {
            self.chosen("another", another);
        }
        if let Some(together) = &answer.together {
            self.chosen("together", &together.choice);
        }
        if let Some(difference) = &answer.another_simulated_difference_seconds {
            let key = "another_simulated_difference_seconds";
            self.damage
                .estimate(key, difference, -LONGEST_SECONDS..=LONGEST_SECONDS);
        }
    }

    fn chosen(&mut self, key: &str, chosen: &Chosen) {
        self.damage.seconds(
            &format!("{key}.mean_response_seconds"),
            chosen.mean_response_seconds,
        );
        self.sites(&format!("{key}.sites"), &chosen.sites);
    }

    /// Junctions, none of them twice.
    fn sites(&mut self, key: &str, sites: &[JunctionSite]) {
        for (place, site) in sites.iter().enumerate() {
            let here = format!("{key}[{place}]");
            self.site(&here, site);
            let is_second = sites[..place].iter().any(|before| before.id == site.id);
            self.damage.expect(
                !is_second,
                &here,
                format_args!("`{}` a second time", site.id),
                "there once",
            );
        }
    }

    fn site(&mut self, key: &str, site: &JunctionSite) {
        self.damage
            .number(&format!("{key}.lon"), site.lon, -180.0..=180.0);
        self.damage
            .number(&format!("{key}.lat"), site.lat, -90.0..=90.0);
        self.named_town(&format!("{key}.town"), &site.town.id, &site.town.name);
        let village = &site.nearest_village;
        let key = format!("{key}.nearest_village");
        self.damage.number(
            &format!("{key}.distance_metres"),
            village.distance_metres,
            0.0..=1e7,
        );
        let mut known = self.scenario.county.demand.iter();
        match known.find(|known| known.id == village.point.id) {
            Some(known) => check_name(
                &mut self.damage,
                &format!("{key}."),
                &village.point.name,
                &known.name,
            ),
            None => self.damage.note(
                &format!("{key}.id"),
                format_args!("the scenario has no demand point `{}`", village.point.id),
            ),
        }
    }

    fn named_town(&mut self, key: &str, id: &str, name: &crate::language::Name) {
        let mut known = self.scenario.county.towns.iter();
        match known.find(|town| town.id == id) {
            Some(town) => check_name(&mut self.damage, &format!("{key}."), name, &town.name),
            None => self.damage.note(
                &format!("{key}.id"),
                format_args!("the scenario has no town `{id}`"),
            ),
        }
    }

    fn simulated(&mut self) {
        let (damage, answer) = (&mut self.damage, self.answer);
        let wanted = if answer.request.play == 0 {
            "null"
        } else {
            "a ranking"
        };
        let is_there = answer.simulated.is_some();
        let play =
            format_args!("{wanted}, as `request.play` is {}", answer.request.play).to_string();
        damage.expect(
            is_there == (answer.request.play > 0),
            "simulated",
            if is_there { "there" } else { "null" },
            play,
        );
        let Some(simulated) = &answer.simulated else {
            return;
        };
        for (place, of) in simulated.iter().enumerate() {
            let here = |part: &str| format!("simulated[{place}].{part}");
            damage.expect(of.rank == place + 1, &here("rank"), of.rank, place + 1);
            damage.number(&here("probability_best"), of.probability_best, 0.0..=1.0);
            let times = 0.0..=LONGEST_SECONDS;
            for (part, estimate, range) in [
                (
                    "mean_response_seconds",
                    &of.mean_response_seconds,
                    times.clone(),
                ),
                ("p90_response_seconds", &of.p90_response_seconds, times),
                (
                    "difference_from_best_seconds",
                    &of.difference_from_best_seconds,
                    -LONGEST_SECONDS..=LONGEST_SECONDS,
                ),
            ] {
                if let Some(estimate) = estimate {
                    damage.estimate(&here(part), estimate, range);
                }
            }
        }
    }

    fn robust(&mut self) {
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
        self.damage
            .expect(count == states, "robust.best_of_each_state", count, states);
        let of_states = (0..).zip(&robust.best_of_each_state);
        let of_states = of_states.map(|(place, of)| (format!("best_of_each_state[{place}]"), of));
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
            for (place, seconds) in list.iter().enumerate() {
                damage.number(
                    &format!("{key}[{place}]"),
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

    fn prospects(&mut self) {
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
        for (place, step) in frontier.steps.iter().enumerate() {
            let key = format!("frontier.steps[{place}]");
            // From what stands today.
            self.damage.expect(
                step.brigades == place,
                &format!("{key}.brigades"),
                step.brigades,
                place,
            );
            self.cost(&format!("{key}.cost"), step.cost.as_ref());
            self.prospect(&format!("{key}.by_mean"), &step.by_mean);
            self.prospect(&format!("{key}.by_coverage"), &step.by_coverage);
        }
        if let Some(asked) = &frontier.asked {
            self.prospect("frontier.asked", asked);
        }
        for (place, order) in frontier.sequences.iter().enumerate() {
            let key = format!("frontier.sequences[{place}]");
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
        for (place, phase) in frontier.phases.iter().enumerate() {
            let key = format!("frontier.phases[{place}]");
            let year = self
                .answer
                .request
                .phases
                .get(place)
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
                    .number(&format!("{key}.{part}"), yuan.unwrap_or(0.0), 0.0..=1e15);
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
        let Some(cost) = cost else { return };
        for (part, yuan) in [
            ("investment_yuan", cost.investment_yuan),
            ("yearly_yuan", cost.yearly_yuan),
            ("yuan_a_year", cost.yuan_a_year),
            ("present_value_yuan", cost.present_value_yuan),
        ] {
            self.damage
                .number(&format!("{key}.{part}"), yuan, 0.0..=1e15);
        }
    }
}
