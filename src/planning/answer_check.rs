//! An answer of `brigade optimize` read back, held against its scenario: what its shape does not say.

use super::optimization::{Chosen, IdAndName, JunctionSite, Optimization, Within};
use crate::brigades::{MAX_ENGINES, Site};
use crate::evaluation::answer_check::{basis_notes, standard, summary};
use crate::evaluation::comparison::StandardSummary;
use crate::evaluation::damage::{Damage, LONGEST_SECONDS, MOST, as_written};
use crate::language::Name;
use crate::scenario::Scenario;

/// An answer and the scenario against which it is held.
pub(super) struct Check<'a> {
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
    let check = Check {
        answer,
        scenario,
        junctions,
        residents: residents.sum(),
    };
    let mut damage = Damage::default();
    summary(&mut damage, &answer.scenario);
    basis_notes(&mut damage, "data_basis", &answer.data_basis, scenario);
    if let Some(prospects) = &answer.frontier {
        let (key, notes) = ("frontier.price_basis", &prospects.price_basis);
        basis_notes(&mut damage, key, notes, scenario);
    }
    damage.seconds("indifference_seconds", answer.indifference_seconds);
    check.request(&mut damage);
    check.standard(&mut damage);
    check.choice(&mut damage);
    check.best(&mut damage);
    check.brigade(&mut damage);
    check.simulated(&mut damage);
    check.robust(&mut damage);
    check.prospects(&mut damage);
    damage.into_result()
}

impl Check<'_> {
    /// More than residents can be rounded by: one at each demand point.
    pub(super) fn rounding(&self) -> f64 {
        self.scenario.county.demand.len() as f64
    }

    fn request(&self, damage: &mut Damage) {
        let request = &self.answer.request;
        damage.inside("request", |damage| {
            damage.number(
                "simulated_choices",
                request.simulated_choices as f64,
                0.0..=1000.0,
            );
            damage.number("frontier", request.frontier as f64, 0.0..=50.0);
            damage.number(
                "min_distance_metres",
                request.min_distance_metres,
                0.0..=1e7,
            );
            if let Some(budget) = request.budget {
                damage.number("budget", budget, f64::MIN_POSITIVE..=1e15);
            }
            if let Some(engines) = request.engines {
                let range = 1.0..=f64::from(MAX_ENGINES);
                damage.number("engines", f64::from(engines), range);
            }
            damage.each("phases", &request.phases, |damage, phase| {
                damage.number("year", f64::from(phase.year), 1900.0..=9999.0);
                damage.number("brigades", phase.brigades as f64, 1.0..=50.0);
            });
        });
    }

    fn standard(&self, damage: &mut Damage) {
        let found = &self.answer.standard;
        let mut standards = self.scenario.rules.standards.iter();
        damage.inside("standard", |damage| {
            match standards.find(|known| known.id == found.id) {
                Some(known) => standard(damage, found, &StandardSummary::of(known)),
                None => damage.note(
                    "id",
                    format_args!("the scenario has no standard `{}`", found.id),
                ),
            }
        });
        let requested = self.answer.request.standard.as_ref();
        damage.expect(
            requested.is_none_or(|requested| *requested == found.id),
            "request.standard",
            as_written(&requested),
            format_args!("`{}`, as in `standard`", found.id),
        );
    }

    /// What the best choice comes to, and what stands beside it.
    fn choice(&self, damage: &mut Damage) {
        let answer = self.answer;
        damage.seconds("value", answer.value.unwrap_or(0.0));
        damage.number("gap", answer.gap.unwrap_or(0.0), -1e-6..=MOST);
        damage.seconds("bound", answer.bound);
        let today = answer.baseline_mean_response_seconds;
        let (key, stands) = (
            "baseline_mean_response_seconds",
            !self.scenario.stations.existing.is_empty(),
        );
        damage.expect(
            today.is_some() == stands,
            key,
            as_written(&today),
            "a time where a station stands, and null where none does",
        );
        damage.seconds(key, today.unwrap_or(0.0));
        damage.number("choices", answer.choices, 0.0..=1e300);
        let wanted = self.wanted();
        if let Some(listed) = &answer.listed {
            let mean = listed.mean_response_seconds;
            damage.seconds("listed.mean_response_seconds", mean);
        }
        if let Some(another) = &answer.another {
            let count = another.sites.len();
            let one = answer.main_road_junctions.saturating_sub(wanted).min(1);
            damage.same("another.sites", count, one);
            damage.inside("another", |damage| self.chosen(damage, another));
        }
        if let Some(together) = &answer.together {
            let chosen = &together.choice;
            damage.inside("together", |damage| self.chosen(damage, chosen));
            let count = chosen.sites.len();
            let more = (wanted + 1).min(answer.main_road_junctions);
            let words = format_args!("{more} sites, one more than the towns want");
            damage.expect(count == more, "together.sites", count, words);
        }
        if let Some(difference) = &answer.another_simulated_difference_seconds {
            let key = "another_simulated_difference_seconds";
            damage.estimate(key, difference, -LONGEST_SECONDS..=LONGEST_SECONDS);
        }
    }

    /// How many brigades the towns want.
    fn wanted(&self) -> usize {
        self.answer.towns.iter().map(|town| town.chosen).sum()
    }

    /// The best choices, and the towns and sites of the very best.
    fn best(&self, damage: &mut Damage) {
        let answer = self.answer;
        let best = answer.best.first();
        damage.expect(
            answer.value == best.map(|best| best.mean_response_seconds),
            "value",
            as_written(&answer.value),
            "the mean of the first of `best`",
        );
        damage.each("sites", &answer.sites, |damage, site| {
            self.site(damage, &site.site);
            let mean = site.town_mean_response_seconds.unwrap_or(0.0);
            damage.seconds("town_mean_response_seconds", mean);
        });
        let ids = answer.sites.iter().map(|site| &site.site.id);
        damage.expect(
            ids.eq(self.ids_of_best()),
            "sites",
            "other sites",
            "those of the first of `best`",
        );
        damage.each("towns", &answer.towns, |damage, town| {
            match &town.within {
                Within::Town(of_town) => self.town(damage, of_town),
                Within::Anywhere { .. } => {
                    let (count, wanted) = (answer.towns.len(), "one, as no town is beside it");
                    damage.expect(count == 1, "anywhere", count, wanted);
                }
            }
            let (chosen, candidates) = (town.chosen, town.candidates);
            damage.expect(
                (1..=candidates).contains(&chosen) && candidates <= answer.main_road_junctions,
                "chosen",
                chosen,
                "at most as many as its `candidates`, and those at most `main_road_junctions`",
            );
        });
        let (most, count) = (answer.request.simulated_choices.max(1), answer.best.len());
        let words = format_args!("at most {most} choices");
        damage.expect(count <= most, "best", count, words);
        let wanted = self.wanted();
        damage.each("best", &answer.best, |damage, chosen| {
            self.chosen(damage, chosen);
            let count = chosen.sites.len();
            let words = format_args!("{wanted} sites, as in `towns`");
            damage.expect(count == wanted, "sites", count, words);
        });
    }

    /// Ids of the sites of the very best choice.
    pub(super) fn ids_of_best(&self) -> impl Iterator<Item = &String> {
        let best = self.answer.best.first();
        best.into_iter()
            .flat_map(|best| best.sites.iter().map(|site| &site.id))
    }

    /// What every brigade has in common, and at how many junctions it could be.
    fn brigade(&self, damage: &mut Damage) {
        let (found, there) = (self.answer.main_road_junctions, self.junctions.len());
        let words =
            format_args!("{there}, as many as the scenario has on the roads of `request.on`");
        damage.expect(found == there, "main_road_junctions", found, words);
        let wanted = self.junctions.first().map(|site| &site.station);
        match (&self.answer.brigade, wanted) {
            (Some(found), Some(wanted)) => {
                damage.same("brigade.engines", found.engines, wanted.engines);
                let profiles = [&found.profile, &wanted.profile];
                let [is, should] = profiles.map(as_written);
                damage.expect(profiles[0] == profiles[1], "brigade.profile", is, should);
            }
            (None, Some(_)) => damage.note(
                "brigade",
                "it is missing; it should say what the new brigades are",
            ),
            (_, None) => {}
        }
    }

    fn chosen(&self, damage: &mut Damage, chosen: &Chosen) {
        damage.seconds("mean_response_seconds", chosen.mean_response_seconds);
        self.sites(damage, &chosen.sites);
    }

    /// Junctions, none of them twice.
    pub(super) fn sites(&self, damage: &mut Damage, sites: &[JunctionSite]) {
        damage.each(
            "sites",
            sites.iter().enumerate(),
            |damage, (index, site)| {
                self.site(damage, site);
                let is_second = sites[..index].iter().any(|before| before.id == site.id);
                let found = format_args!("`{}` a second time", site.id);
                damage.expect(!is_second, "", found, "there once");
            },
        );
    }

    fn site(&self, damage: &mut Damage, site: &JunctionSite) {
        let mut junctions = self.junctions.iter().map(|junction| &junction.station);
        if let Some(station) = junctions.find(|station| station.id == site.id) {
            damage.name(&site.name, &station.name);
            damage.position([site.lon, site.lat], station.position);
        } else {
            let (id, file) = (&site.id, &self.scenario.about.file);
            damage.note("id", format_args!("{file} has no `{id}` any more"));
        }
        damage.inside("town", |damage| self.town(damage, &site.town));
        let village = &site.nearest_village;
        damage.inside("nearest_village", |damage| {
            damage.number("distance_metres", village.distance_metres, 0.0..=1e7);
            let points = self.scenario.county.demand_points().iter();
            let points = points.map(|point| (&point.id, &point.name));
            named(damage, &village.point, points, "demand point");
        });
    }

    fn town(&self, damage: &mut Damage, town: &IdAndName) {
        let towns = self.scenario.county.towns.iter();
        named(
            damage,
            town,
            towns.map(|town| (&town.id, &town.name)),
            "town",
        );
    }

    fn simulated(&self, damage: &mut Damage) {
        let most = self.answer.request.simulated_choices;
        let is_there = self.answer.simulated.is_some();
        let wanted = if most == 0 { "null" } else { "a ranking" };
        damage.expect(
            is_there == (most > 0),
            "simulated",
            if is_there { "there" } else { "null" },
            format_args!("{wanted}, as `request.simulated_choices` is {most}"),
        );
        let simulated = self.answer.simulated.iter().flatten();
        damage.each("simulated", (1..).zip(simulated), |damage, (rank, of)| {
            damage.same("rank", of.rank, rank);
            let probability = of.probability_best.unwrap_or(0.0);
            damage.number("probability_best", probability, 0.0..=1.0);
            damage.expect(
                rank > 1 || !of.ties_with_best,
                "ties_with_best",
                "true",
                "false: it is the best",
            );
            let times = 0.0..=LONGEST_SECONDS;
            let differences = -LONGEST_SECONDS..=LONGEST_SECONDS;
            let difference = &of.difference_from_best_seconds;
            for (key, estimate, range) in [
                ("mean_response_seconds", &of.mean_response_seconds, &times),
                ("p90_response_seconds", &of.p90_response_seconds, &times),
                ("difference_from_best_seconds", difference, &differences),
            ] {
                if let Some(estimate) = estimate {
                    damage.estimate(key, estimate, range.clone());
                }
            }
        });
    }
}

/// Holds something of the county to its name in the scenario; `what` it is.
fn named<'k>(
    damage: &mut Damage,
    found: &IdAndName,
    mut known: impl Iterator<Item = (&'k String, &'k Name)>,
    what: &str,
) {
    match known.find(|(id, _)| **id == found.id) {
        Some((_, name)) => damage.name(&found.name, name),
        None => damage.note(
            "id",
            format_args!("the scenario has no {what} `{}`", found.id),
        ),
    }
}
