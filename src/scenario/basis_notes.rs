//! What a scenario rests on: observed, estimated, assumed or modelled, item by item.

use std::collections::BTreeMap;

use crate::basis::Basis;
use crate::brigades::Site;
use crate::county::towns;
use crate::language::{Language, Name};
use crate::messages::Key;
use crate::scenario::Scenario;
use crate::scenario::about::BasisNote;
use crate::scenario::file::ScenarioFile;
use crate::scenario::stages::Stage;
use crate::text;

fn note(item: Name, basis: Basis, reason: &str) -> BasisNote {
    BasisNote {
        item,
        basis,
        reason: reason.to_owned(),
    }
}

/// Counts rows by basis: one note for each basis that occurs.
fn counted(
    say: impl Fn(Language, String) -> String,
    rows: impl Iterator<Item = (Basis, f64)>,
) -> Vec<BasisNote> {
    let mut amounts: BTreeMap<Basis, f64> = BTreeMap::new();
    for (basis, amount) in rows {
        *amounts.entry(basis).or_default() += amount;
    }
    let notes = amounts.into_iter().map(|(basis, amount)| {
        let item = Name::said(|language| say(language, format!("{amount:.0}")));
        note(item, basis, "")
    });
    notes.collect()
}

/// How long a stage takes; `key` names the stage.
fn stage_note(key: Key, stage: &Stage) -> BasisNote {
    let item =
        Name::said(|language| text!(language, key, spread = stage.words.in_language(language)));
    note(item, stage.basis, &stage.reason)
}

/// Every kind of input with its basis, from the ground up.
pub(super) fn collect(scenario: &Scenario, wanted: &ScenarioFile) -> Vec<BasisNote> {
    let county = &scenario.county;
    let roads = scenario.network.roads.roads().iter();
    let mut notes = counted(
        |language, km| text!(language, "note-roads", km = km),
        roads.map(|road| (road.basis, road.length.0 / 1000.0)),
    );
    for driven in scenario.network.profiles.iter() {
        let profile = &driven.profile;
        let speeds = |language, count: String| {
            let name = profile.name.in_language(language);
            text!(language, "note-speeds", profile = name, count = count)
        };
        notes.extend(counted(speeds, profile.bases().map(|basis| (basis, 1.0))));
    }
    notes.extend(counted(
        |language, count| text!(language, "note-towns", count = count),
        county.towns.iter().map(|town| (town.basis, 1.0)),
    ));
    notes.extend(counted(
        |language, count| text!(language, "note-demand", count = count),
        county.demand.iter().map(|point| (point.basis, 1.0)),
    ));
    for kind in &county.incident_types {
        let item = Name::said(|language| {
            text!(
                language,
                "note-rates",
                kind = kind.name.in_language(language),
                rate = kind.per_10_000_residents.to_string()
            )
        });
        notes.push(note(item, kind.basis, ""));
    }
    for station in &scenario.stations.existing {
        let item = Name::said(|language| {
            let name = station.name.in_language(language);
            text!(
                language,
                "note-station",
                name = name,
                engines = station.engines
            )
        });
        notes.push(note(item, station.basis, &station.reason));
    }
    for aid in &scenario.stations.neighbours {
        let station = &aid.station;
        let item = Name::said(|language| {
            text!(
                language,
                "note-aid",
                name = station.name.in_language(language),
                engines = station.engines,
                delay = aid.delay.to_string()
            )
        });
        notes.push(note(item, station.basis, &station.reason));
    }
    notes.extend(counted(
        |language, count| text!(language, "note-clearances", count = count),
        county.clearances.iter().map(|place| (place.basis, 1.0)),
    ));
    let sites = scenario.stations.sites.iter();
    notes.extend(counted(
        |language, count| text!(language, "note-sites", count = count),
        sites.map(|site| (site.station.basis, 1.0)),
    ));
    let stages = &scenario.rules.stages;
    notes.push(stage_note(Key("note-call-handling"), &stages.call_handling));
    notes.push(stage_note(Key("note-turnout"), &stages.turnout));
    for (key, stage) in [
        (Key("note-turnout-part-time"), &stages.turnout_part_time),
        (Key("note-turnout-volunteer"), &stages.turnout_volunteer),
        (Key("note-restocking"), &stages.restocking),
    ] {
        notes.extend(stage.iter().map(|stage| stage_note(key, stage)));
    }
    for shift in &wanted.stages.shift {
        let item = Name::said(|language| {
            text!(
                language,
                "note-shift",
                from = shift.from.to_string(),
                to = shift.to.to_string(),
                factor = shift.turnout_factor.to_string()
            )
        });
        notes.push(note(item, shift.basis, &shift.reason));
    }
    for hours in &wanted.roads.hours {
        let item = Name::said(|language| {
            text!(
                language,
                "note-band",
                from = hours.from.to_string(),
                to = hours.to.to_string(),
                band = hours.band.as_str()
            )
        });
        notes.push(note(item, hours.basis, &hours.reason));
    }
    if let (Some(water), Some(known)) = (&wanted.stages.water, &stages.water) {
        let reach = water.hose_reach.0;
        let item = Name::said(|language| text!(language, "note-hoses", reach = reach.to_string()));
        notes.push(note(item, water.basis, &water.reason));
        notes.push(stage_note(Key("note-at-hydrant"), &known.with_hydrant));
        notes.push(stage_note(Key("note-no-hydrant"), &known.without_hydrant));
        let tender = known.tender.iter();
        notes.extend(tender.map(|(_, stage)| stage_note(Key("note-tender"), stage)));
        notes.extend(counted(
            |language, count| text!(language, "note-hydrants", count = count),
            county.hydrants.iter().map(|hydrant| (hydrant.basis, 1.0)),
        ));
    }
    let traffic = &wanted.stages.traffic;
    let sd = traffic.sd * 100.0;
    let item = Name::said(|language| text!(language, "note-traffic", sd = format!("{sd:.0}")));
    notes.push(note(item, traffic.basis, &traffic.reason));
    let back = &wanted.stages.return_trip;
    let factor = back.factor;
    let item = Name::said(|language| text!(language, "note-return", factor = factor.to_string()));
    notes.push(note(item, back.basis, &back.reason));
    for multiplier in &wanted.rate_multiplier {
        let english = towns::find(&county.towns, &multiplier.town)
            .map_or(&multiplier.town, |town| {
                &county.towns[town.index()].name.english
            });
        let item = Name::said(|language| {
            let town = match language {
                Language::Chinese => &multiplier.town,
                Language::English => english,
            };
            let factor = multiplier.factor.to_string();
            text!(
                language,
                "note-multiplier",
                town = town.as_str(),
                factor = factor
            )
        });
        notes.push(note(item, multiplier.basis, &multiplier.reason));
    }
    for day in &wanted.special_day {
        let item = Name::said(|language| {
            let factor = day.factor.to_string();
            text!(
                language,
                "note-special-day",
                day = day.name.as_str(),
                factor = factor
            )
        });
        notes.push(note(item, day.basis, &day.reason));
    }
    notes
}

/// What a planner should look at, though it does not stop the run.
pub(super) fn warnings(scenario: &Scenario) -> Vec<String> {
    let mut warnings = Vec::new();
    let county = &scenario.county;
    let outside: Vec<&str> = county
        .demand
        .iter()
        .filter(|point| !county.boundary.contains(point.position))
        .map(|point| point.id.as_str())
        .collect();
    if let Some(first) = outside.first() {
        warnings.push(format!(
            "{} of {} demand points lie outside the boundary, the first is `{first}`; they are \
             counted all the same",
            outside.len(),
            county.demand.len()
        ));
    }
    for station in scenario.stations.of_county() {
        let station = scenario.stations.station(station);
        if !county.boundary.contains(station.position) {
            warnings.push(format!(
                "`{}` ({}) lies outside the boundary",
                station.id, station.name.local
            ));
        }
    }
    for site in &scenario.stations.sites {
        let Site { station, .. } = site;
        let near = county.clearances.iter();
        for place in near.filter(|place| place.forbids(station.position)) {
            warnings.push(format!(
                "`{}` ({}) is {:.0} m from {} (`{}`); {} asks for {:.0} m",
                station.id,
                station.name.local,
                place.position.distance(station.position).0,
                place.name,
                place.id,
                place.source,
                place.distance.0
            ));
        }
    }
    warnings
}
