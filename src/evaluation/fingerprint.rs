//! What the demand points, roads and travel times of a scenario hash to, so that an answer is never shown
//! on the map of other data.

use std::fmt::{self, Debug, Write};

use sha2::{Digest, Sha256};

use crate::brigades::Station;
use crate::brigades::crew::Crew;
use crate::checkpoint::Question;
use crate::distribution::Distribution;
use crate::format::hex;
use crate::geography::LonLat;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::network::TimeBandId;
use crate::scenario::travel_times::ScenarioTimes;

/// The SHA-256 of everything that decides figures and stands in tables, and of all that tables and maps take from the
/// scenario and not from the answer: outline, towns, demand points, hydrants, stations and sites, roads, travel times,
/// stages, listed calls and special days. What the scenario file itself says is [`written`](crate::scenario::written).
pub fn fingerprint(scenario: &Scenario, times: &ScenarioTimes) -> String {
    let mut print = Print(Sha256::new());
    let county = &scenario.county;
    for ring in county.boundary.rings() {
        print.line(&ring);
    }
    print.count(county.towns.len());
    for town in &county.towns {
        print.text(&town.id);
        print.name(&town.name);
        print.position(town.seat);
        print.number(town.residents);
    }
    print.count(county.demand.len());
    for point in &county.demand {
        print.text(&point.id);
        print.name(&point.name);
        print.count(point.town.index());
        print.position(point.position);
        print.number(point.residents);
        point.rates.iter().for_each(|rate| print.number(*rate));
    }
    for of_type in &county.incident_types {
        print.name(&of_type.name);
        let cycles = [&of_type.hours[..], &of_type.weekdays, &of_type.months];
        cycles
            .into_iter()
            .flatten()
            .for_each(|weight| print.number(*weight));
    }
    print.count(scenario.stations.existing.len());
    for id in scenario.stations.all() {
        print.station(scenario.stations.station(id));
        print.whole(scenario.stations.delay(id).0);
        let usual = times.in_band(TimeBandId::USUAL).from(id.index());
        usual.iter().for_each(|time| print.whole(time.0));
    }
    for alternative in &scenario.alternatives {
        print.text(&alternative.id);
    }
    for road in scenario.network.roads.roads() {
        print.text(road.class.word());
        print.line(&scenario.network.roads.line(road));
    }
    print.whole(scenario.rules.stages.call_handling.mean.0);
    print.whole(scenario.rules.stages.turnout.mean.0);
    print.dispatch(scenario, times);
    print.calls(scenario);
    hex(&print.0.finalize())
}

/// What decides every figure, to the last digit, hashed: the scenario with its roads, and what was asked of it. Of one
/// version of the program, as it is the wording of the program's own data.
pub fn question(scenario: &Scenario, asked: &impl Debug) -> Question {
    let Scenario {
        about,
        county,
        network,
        stations,
        incidents,
        rules,
        alternatives,
    } = scenario;
    let mut words = Words(Sha256::new());
    let profiles = network.profiles.iter().map(|of| &of.profile);
    let roads = (
        network.tables,
        &network.conditions,
        &network.bands,
        (&network.pace, &network.lanes),
        &network.barriers,
        profiles.collect::<Vec<_>>(),
    );
    let all = (
        env!("CARGO_PKG_VERSION"),
        (about.seed, &about.file, county, roads, stations),
        (incidents, rules, alternatives, asked),
    );
    // A hash takes all it is given.
    write!(words, "{all:?}").unwrap_or_default();
    words.0.finalize().into()
}

/// Hashes what is written.
struct Words(Sha256);

impl Write for Words {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

/// A hash into which lengths go first, so that no two lists run into the same bytes.
struct Print(Sha256);

impl Print {
    fn count(&mut self, count: usize) {
        self.0.update((count as u64).to_le_bytes());
    }

    fn whole(&mut self, number: u32) {
        self.0.update(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text.as_bytes());
    }

    fn name(&mut self, name: &Name) {
        self.text(&name.local);
        self.text(&name.english);
    }

    /// To a millionth: the last binary places differ between machines where a sine was taken.
    fn number(&mut self, number: f64) {
        self.0.update(((number * 1e6).round() as i64).to_le_bytes());
    }

    fn position(&mut self, at: LonLat) {
        self.number(at.lon);
        self.number(at.lat);
    }

    fn line(&mut self, line: &[LonLat]) {
        self.count(line.len());
        line.iter().for_each(|at| self.position(*at));
    }

    /// What decides who is sent besides: nothing where every crew is on duty, every engine does for
    /// everything, all hours are alike and no card goes before time.
    fn dispatch(&mut self, scenario: &Scenario, times: &ScenarioTimes) {
        let stations = || {
            let all = scenario.stations.all();
            all.map(|id| scenario.stations.station(id))
        };
        if stations().any(|station| station.crew != Crew::FullTime) {
            self.text("crews");
            stations().for_each(|station| self.text(station.crew.key()));
            for crew in Crew::ALL {
                let turnout = scenario.rules.stages.turnout_of(crew);
                self.whole(turnout.map_or(0, |stage| stage.mean.0));
            }
        }
        let has_card = scenario
            .stations
            .running_cards
            .iter()
            .any(|card| !card.is_empty());
        if !scenario.stations.apparatus.is_empty()
            || has_card
            || !scenario.stations.neighbours.is_empty()
        {
            self.text("needs");
            let types = scenario.county.incident_types.iter();
            let severities = || types.clone().flat_map(|of_type| &of_type.severities);
            severities().for_each(|severity| self.number(severity.share));
            let needs = severities().map(|severity| &severity.needs);
            let named = stations().map(|station| &station.apparatus).chain(needs);
            for named in named {
                self.count(named.len());
                for (name, count) in named {
                    self.text(name);
                    self.whole(u32::from(*count));
                }
            }
        }
        if has_card {
            self.text("running card");
            for card in &scenario.stations.running_cards {
                self.count(card.len());
                card.iter().for_each(|id| self.count(id.index()));
            }
        }
        if scenario
            .rules
            .stages
            .turnout_by_hour
            .iter()
            .any(|factor| *factor != 1.0)
        {
            self.text("shifts");
            let factors = scenario.rules.stages.turnout_by_hour;
            factors.into_iter().for_each(|factor| self.number(factor));
        }
        for band in scenario.network.bands.ids().skip(1) {
            self.text("band");
            self.0
                .update(scenario.network.bands.of_hour.map(|band| band.0));
            for id in scenario.stations.all() {
                let row = times.in_band(band).from(id.index()).iter();
                row.for_each(|time| self.whole(time.0));
            }
        }
    }

    /// How many engines calls need, and for how long; which are listed; on which days there are more.
    fn calls(&mut self, scenario: &Scenario) {
        self.count(scenario.county.incident_types.len());
        for of_type in &scenario.county.incident_types {
            self.text(&of_type.id);
            self.whole(of_type.priority.into());
            self.whole(of_type.needs_water.into());
            self.count(of_type.severities.len());
            for severity in &of_type.severities {
                self.number(severity.share);
                self.whole(severity.engines.into());
                self.whole(severity.people.map_or(u32::MAX, u32::from));
                self.distribution(&severity.on_scene);
            }
        }
        for hydrant in &scenario.county.hydrants {
            self.position(hydrant.position);
        }
        let stages = &scenario.rules.stages;
        let water = stages.water.iter().flat_map(|water| {
            let tender = water.tender.as_ref().map(|(_, stage)| stage);
            [&water.with_hydrant, &water.without_hydrant]
                .into_iter()
                .chain(tender)
        });
        [&stages.call_handling, &stages.turnout]
            .into_iter()
            .chain(&stages.turnout_part_time)
            .chain(&stages.turnout_volunteer)
            .chain(&stages.restocking)
            .chain(water)
            .for_each(|stage| self.distribution(&stage.distribution));
        let incidents = &scenario.incidents;
        self.count(incidents.listed.len());
        for listed in &incidents.listed {
            self.0.update(listed.received.to_le_bytes());
            self.count(listed.point.index());
            self.count(listed.incident_type.index());
            self.whole(listed.engines.map_or(u32::MAX, u32::from));
        }
        for day in &incidents.special_days {
            self.count(day.days.len());
            day.days.iter().for_each(|day| self.whole(*day));
            self.number(day.factor);
        }
    }

    fn distribution(&mut self, of: &Distribution) {
        // To a millionth, as all numbers.
        self.text(&format!("{of:.6?}"));
    }

    fn station(&mut self, station: &Station) {
        self.text(&station.id);
        self.name(&station.name);
        self.position(station.position);
        self.whole(u32::from(station.engines));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::loading::locate;

    /// The seed changes what is drawn by chance, and no map; a village that moves by 10 m changes
    /// the map.
    #[test]
    fn a_village_that_moves_changes_the_hash_and_another_seed_does_not() {
        let mut scenario = Scenario::load(&locate(None)).unwrap();
        let times = scenario.travel_times().unwrap();
        let before = fingerprint(&scenario, &times);
        assert_eq!(before.len(), 64);
        scenario.about.seed += 1;
        assert_eq!(fingerprint(&scenario, &times), before);
        scenario.county.demand[7].position.lon += 1e-4;
        let moved = fingerprint(&scenario, &times);
        assert_ne!(moved, before);
        // What decides figures and is on no map: how long engines are at the scene.
        scenario.county.incident_types[0].severities[0].on_scene = Distribution::Constant(60.0);
        assert_ne!(fingerprint(&scenario, &times), moved);
    }
}
