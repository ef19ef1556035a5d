//! What a scenario rests on: observed, estimated, assumed or modelled, input by input.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::basis::Basis;
use crate::county::towns;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::file::ScenarioFile;
use crate::scenario::inputs::{BasisNote, Input, StageName};
use crate::scenario::network::ProfileId;
use crate::scenario::stages::Stage;
use crate::units::Millis;

fn note(input: Input, basis: Basis, reason: &str) -> BasisNote {
    BasisNote {
        input,
        basis,
        reason: reason.to_owned(),
    }
}

/// Adds rows up by basis: one note for each basis that occurs.
fn by_basis<T: Default + AddAssign>(
    rows: impl Iterator<Item = (Basis, T)>,
    input: impl Fn(T) -> Input,
) -> Vec<BasisNote> {
    let mut amounts: BTreeMap<Basis, T> = BTreeMap::new();
    for (basis, amount) in rows {
        *amounts.entry(basis).or_default() += amount;
    }
    let notes = amounts.into_iter();
    notes
        .map(|(basis, amount)| note(input(amount), basis, ""))
        .collect()
}

/// Counts rows by basis.
fn counted(rows: impl Iterator<Item = Basis>, input: impl Fn(usize) -> Input) -> Vec<BasisNote> {
    by_basis(rows.map(|basis| (basis, 1)), input)
}

fn stage_note(name: StageName, stage: &Stage) -> BasisNote {
    let input = Input::Stage {
        stage: name,
        distribution: stage.shape,
        mean_seconds: stage.mean.seconds(),
        sd_seconds: stage.sd.map(Millis::seconds),
    };
    note(input, stage.basis, &stage.reason)
}

/// Every input with its basis, from the ground up.
pub(super) fn collect(scenario: &Scenario, wanted: &ScenarioFile) -> Vec<BasisNote> {
    let county = &scenario.county;
    let roads = scenario.network.roads.roads().iter();
    let mut notes = by_basis(roads.map(|road| (road.basis, road.length.0)), |metres| {
        Input::Roads {
            km: metres.round() / 1000.0,
        }
    });
    for driven in scenario.network.profiles.iter() {
        let profile = &driven.profile;
        notes.extend(counted(profile.bases(), |count| Input::Speeds {
            profile: profile.name.clone(),
            count,
        }));
    }
    let towns = county.towns.iter().map(|town| town.basis);
    notes.extend(counted(towns, |count| Input::Towns { count }));
    let points = county.demand_points().iter().map(|point| point.basis);
    notes.extend(counted(points, |count| Input::DemandPoints { count }));
    // Where calls are listed and none are drawn, no rate is used.
    let is_drawn = !scenario.incidents.is_replay;
    for list in scenario.listed_calls() {
        notes.push(note(list.input(), list.basis, ""));
    }
    for incident_type in county.incident_types.iter().filter(|_| is_drawn) {
        let rate = Input::IncidentRate {
            incident_type: incident_type.name.clone(),
            per_10_000_residents: incident_type.per_10_000_residents,
        };
        notes.push(note(rate, incident_type.basis, &incident_type.source));
    }
    for station in &scenario.stations.existing {
        let input = Input::Station {
            name: station.name.clone(),
            engines: station.engines,
        };
        notes.push(note(input, station.basis, &station.reason));
    }
    for neighbour in &scenario.stations.neighbours {
        let station = &neighbour.station;
        let aid = Input::MutualAid {
            name: station.name.clone(),
            engines: station.engines,
            delay_seconds: neighbour.delay.seconds(),
        };
        notes.push(note(aid, station.basis, &station.reason));
    }
    let clearances = county.clearances.iter().map(|kept_clear| kept_clear.basis);
    notes.extend(counted(clearances, |count| Input::Clearances { count }));
    let sites = scenario.stations.sites.iter();
    let sites = sites.map(|site| site.station.basis);
    notes.extend(counted(sites, |count| Input::Sites { count }));
    let stages = &scenario.rules.stages;
    for (name, stage) in [
        (StageName::CallHandling, Some(&stages.call_handling)),
        (StageName::Turnout, Some(&stages.turnout)),
        (
            StageName::TurnoutPartTime,
            stages.turnout_part_time.as_ref(),
        ),
        (
            StageName::TurnoutVolunteer,
            stages.turnout_volunteer.as_ref(),
        ),
        (StageName::Restocking, stages.restocking.as_ref()),
    ] {
        notes.extend(stage.map(|stage| stage_note(name, stage)));
    }
    for shift in &wanted.stages.shift {
        let input = Input::TurnoutShift {
            from: shift.from,
            to: shift.to,
            factor: shift.turnout_factor,
        };
        notes.push(note(input, shift.basis, &shift.reason));
    }
    let on_foot = &wanted.roads.on_foot;
    let walk = Input::OnFoot {
        beyond_metres: on_foot.beyond.0,
        km_h: on_foot.speed.0,
    };
    notes.push(note(walk, on_foot.basis, &on_foot.reason));
    let usual = scenario.network.profile(ProfileId(0));
    let lacking = usual.demand_points.iter();
    let lacking = lacking.filter(|location| location.by_lanes.is_some());
    let points = lacking.count();
    if points > 0 {
        let lanes = Input::Lanes {
            detour: scenario.network.lanes.detour,
            km_h: scenario.network.lanes.speed.0,
            points,
            of_points: usual.demand_points.len(),
        };
        notes.push(match &wanted.roads.lanes {
            Some(given) => note(lanes, given.basis, &given.reason),
            None => note(lanes, Basis::Assumed, ""),
        });
    }
    for hours in &wanted.roads.hours {
        let input = Input::TimeBand {
            from: hours.from,
            to: hours.to,
            band: hours.band.clone(),
        };
        notes.push(note(input, hours.basis, &hours.reason));
    }
    if let (Some(water), Some(known)) = (&wanted.stages.water, &stages.water) {
        let reach = Input::HoseReach {
            metres: water.hose_reach.0,
        };
        notes.push(note(reach, water.basis, &water.reason));
        let tender = known.tender.as_ref().map(|(_, stage)| stage);
        for (name, stage) in [
            (StageName::WithHydrant, Some(&known.with_hydrant)),
            (StageName::WithoutHydrant, Some(&known.without_hydrant)),
            (StageName::WithTender, tender),
        ] {
            notes.extend(stage.map(|stage| stage_note(name, stage)));
        }
        let hydrants = county.hydrants.iter().map(|hydrant| hydrant.basis);
        notes.extend(counted(hydrants, |count| Input::Hydrants { count }));
    }
    let traffic = &wanted.stages.traffic;
    let spread = Input::TravelSpread { sd: traffic.sd };
    notes.push(note(spread, traffic.basis, &traffic.reason));
    let back = &wanted.stages.return_trip;
    let factor = back.factor;
    notes.push(note(Input::Return { factor }, back.basis, &back.reason));
    for multiplier in wanted.rate_multiplier.iter().filter(|_| is_drawn) {
        let english = towns::find(&county.towns, &multiplier.town)
            .map_or(&multiplier.town, |town| {
                &county.towns[town.index()].name.english
            });
        let input = Input::RateMultiplier {
            town: Name {
                local: multiplier.town.clone(),
                english: english.clone(),
            },
            factor: multiplier.factor,
        };
        notes.push(note(input, multiplier.basis, &multiplier.reason));
    }
    for day in wanted.special_day.iter().filter(|_| is_drawn) {
        let input = Input::SpecialDay {
            day: day.name.clone(),
            factor: day.factor,
        };
        notes.push(note(input, day.basis, &day.reason));
    }
    notes
}
