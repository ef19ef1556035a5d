//! An answer of `brigade optimize` read back, held against its scenario: what its shape does not say.

use super::optimization::{Chosen, JunctionSite, Optimization};
use crate::brigades::{MAX_ENGINES, Site};
use crate::evaluation::answer_check::{basis_notes, standard, summary};
use crate::evaluation::comparison::StandardSummary;
use crate::evaluation::damage::{Damage, LONGEST_SECONDS, MOST};
use crate::scenario::Scenario;

/// An answer being held against the scenario that it is about.
pub(super) struct Check<'a> {
    pub(super) damage: Damage,
    pub(super) answer: &'a Optimization,
    scenario: &'a Scenario,
    /// The brigades that could stand at the junctions.
    junctions: &'a [Site],
    pub(super) residents: f64,
}

/// Holds an answer against its scenario, which has no junctions among its sites yet, and against the
/// brigades at the junctions that the request gives.
///
/// # Errors
/// With everything that `brigade optimize` would not have written.
pub(super) fn check(
    answer: &Optimization,
    scenario: &Scenario,
    junctions: &[Site],
) -> Result<(), Damage> {
    let residents = scenario.county.demand.iter().map(|point| point.residents);
    let mut check = Check {
        damage: Damage::default(),
        answer,
        scenario,
        junctions,
        residents: residents.sum(),
    };
    summary(&mut check.damage, &answer.scenario);
    basis_notes(
        &mut check.damage,
        "data_basis",
        &answer.data_basis,
        scenario,
    );
    if let Some(prospects) = &answer.frontier {
        let (key, notes) = ("frontier.price_basis", &prospects.price_basis);
        basis_notes(&mut check.damage, key, notes, scenario);
    }
    check.request();
    check.choice();
    check.brigade();
    check.simulated();
    check.robust();
    check.prospects();
    check.damage.into_result()
}

impl Check<'_> {
    /// More than residents can be rounded by: one at each demand point.
    pub(super) fn rounding(&self) -> f64 {
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
                1.0..=f64::from(MAX_ENGINES),
            );
        }
        for (index, phase) in request.phases.iter().enumerate() {
            let key = format!("request.phases[{index}]");
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
        let mut standards = self.scenario.rules.standards.iter();
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
        for (index, site) in answer.sites.iter().enumerate() {
            self.site(&format!("sites[{index}]"), &site.site);
            let mean = site.town_mean_response_seconds.unwrap_or(0.0);
            self.damage
                .seconds(&format!("sites[{index}].town_mean_response_seconds"), mean);
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
        for (index, town) in answer.towns.iter().enumerate() {
            let key = format!("towns[{index}]");
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
        for (index, chosen) in answer.best.iter().enumerate() {
            let key = format!("best[{index}]");
            self.chosen(&key, chosen);
            let count = chosen.sites.len();
            self.damage.expect(
                count == wanted,
                &format!("{key}.sites"),
                count,
                format_args!("{wanted} sites, as in `towns`"),
            );
        }
        if let Some(listed) = &answer.listed {
            self.damage
                .seconds("listed.mean_response_seconds", listed.mean_response_seconds);
        }
        if let Some(another) = &answer.another {
            let count = another.sites.len();
            let one = answer.main_road_junctions.saturating_sub(wanted).min(1);
            self.damage.same("another.sites", count, one);
            self.chosen("another", another);
        }
        if let Some(together) = &answer.together {
            self.chosen("together", &together.choice);
            let count = together.choice.sites.len();
            let more = (wanted + 1).min(answer.main_road_junctions);
            let words = format_args!("{more} sites, one more than the towns want").to_string();
            self.damage
                .expect(count == more, "together.sites", count, words);
        }
        if let Some(difference) = &answer.another_simulated_difference_seconds {
            let key = "another_simulated_difference_seconds";
            self.damage
                .estimate(key, difference, -LONGEST_SECONDS..=LONGEST_SECONDS);
        }
    }

    /// What every brigade has in common, and at how many junctions it could be.
    fn brigade(&mut self) {
        let (damage, answer) = (&mut self.damage, self.answer);
        let (found, there) = (answer.main_road_junctions, self.junctions.len());
        let words =
            format_args!("{there}, as many as the scenario has on the roads of `request.on`")
                .to_string();
        damage.expect(found == there, "main_road_junctions", found, words);
        let wanted = self.junctions.first().map(|site| &site.station);
        match (&answer.brigade, wanted) {
            (Some(found), Some(wanted)) => {
                damage.same("brigade.engines", found.engines, wanted.engines);
                let profiles = [&found.profile, &wanted.profile];
                let [is, should] = profiles.map(|profile| format!("{profile:?}"));
                damage.expect(profiles[0] == profiles[1], "brigade.profile", is, should);
            }
            (None, Some(_)) => damage.note(
                "brigade",
                "it is missing; it should say what the new brigades are",
            ),
            (_, None) => {}
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
    pub(super) fn sites(&mut self, key: &str, sites: &[JunctionSite]) {
        for (index, site) in sites.iter().enumerate() {
            let here = format!("{key}[{index}]");
            self.site(&here, site);
            let is_second = sites[..index].iter().any(|before| before.id == site.id);
            self.damage.expect(
                !is_second,
                &here,
                format_args!("`{}` a second time", site.id),
                "there once",
            );
        }
    }

    fn site(&mut self, key: &str, site: &JunctionSite) {
        let damage = &mut self.damage;
        let mut junctions = self.junctions.iter().map(|junction| &junction.station);
        if let Some(station) = junctions.find(|station| station.id == site.id) {
            damage.name(key, &site.name, &station.name);
            damage.position(key, [site.lon, site.lat], station.position);
        } else {
            let (id, file) = (&site.id, &self.scenario.about.file);
            damage.note(
                &format!("{key}.id"),
                format_args!("{file} has no `{id}` any more"),
            );
        }
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
            Some(known) => self.damage.name(&key, &village.point.name, &known.name),
            None => self.damage.note(
                &format!("{key}.id"),
                format_args!("the scenario has no demand point `{}`", village.point.id),
            ),
        }
    }

    fn named_town(&mut self, key: &str, id: &str, name: &crate::language::Name) {
        let mut known = self.scenario.county.towns.iter();
        match known.find(|town| town.id == id) {
            Some(town) => self.damage.name(key, name, &town.name),
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
        for (index, of) in simulated.iter().enumerate() {
            let here = |part: &str| format!("simulated[{index}].{part}");
            damage.same(&here("rank"), of.rank, index + 1);
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
}
