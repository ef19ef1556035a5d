//! What a scenario rests on: observed, estimated, assumed or modelled, item by item.

use std::collections::BTreeMap;

use crate::basis::Basis;
use crate::brigades::{Site, Station};
use crate::county::towns;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::about::BasisNote;
use crate::scenario::file::ScenarioFile;

fn note(local: String, english: String, basis: Basis, reason: &str) -> BasisNote {
    BasisNote {
        item: Name { local, english },
        basis,
        reason: reason.to_owned(),
    }
}

/// Counts rows by basis: one note for each basis that occurs.
fn counted(
    local: &str,
    english: &str,
    unit: [&str; 2],
    rows: impl Iterator<Item = (Basis, f64)>,
) -> Vec<BasisNote> {
    let mut amount: BTreeMap<Basis, f64> = BTreeMap::new();
    for (basis, share) in rows {
        *amount.entry(basis).or_default() += share;
    }
    amount
        .into_iter()
        .map(|(basis, amount)| {
            note(
                format!("{local}：{amount:.0}{}", unit[0]),
                format!("{english}: {amount:.0}{}", unit[1]),
                basis,
                "",
            )
        })
        .collect()
}

/// Every kind of input with its basis, from the ground up.
#[must_use]
pub fn collect(scenario: &Scenario, wanted: &ScenarioFile) -> Vec<BasisNote> {
    let county = &scenario.county;
    let mut notes = counted(
        "道路",
        "roads",
        [" 公里", " km"],
        scenario
            .network
            .roads
            .roads()
            .iter()
            .map(|road| (road.basis, road.length.0 / 1000.0)),
    );
    for driven in scenario.network.profiles.iter() {
        notes.extend(counted(
            &format!("车速和路上耽搁：{}", driven.profile.name.local),
            &format!("speeds and delays: {}", driven.profile.name.english),
            [" 项", " figures"],
            driven.profile.bases().map(|basis| (basis, 1.0)),
        ));
    }
    notes.extend(counted(
        "乡镇驻地和人口",
        "towns: seats and residents",
        [" 个", ""],
        county.towns.iter().map(|town| (town.basis, 1.0)),
    ));
    notes.extend(counted(
        "需求点位置和人口",
        "demand points: positions and residents",
        [" 个", ""],
        county.demand.iter().map(|point| (point.basis, 1.0)),
    ));
    for kind in &county.incident_types {
        notes.push(note(
            format!(
                "警情率：{}每万人每年 {} 起",
                kind.name.local, kind.per_10_000_residents
            ),
            format!(
                "incident rates: {}, {} a year for every 10,000 residents",
                kind.name.english, kind.per_10_000_residents
            ),
            kind.basis,
            "",
        ));
    }
    for station in &scenario.stations.existing {
        notes.push(note(
            format!(
                "现有消防站：{}，{} 辆消防车",
                station.name.local, station.engines
            ),
            format!(
                "existing stations: {}, {} engines",
                station.name.english, station.engines
            ),
            station.basis,
            &station.reason,
        ));
    }
    for aid in &scenario.stations.neighbours {
        let Station { name, engines, .. } = &aid.station;
        notes.push(note(
            format!("邻县增援：{}，{engines} 辆，调集 {}", name.local, aid.delay),
            format!(
                "mutual aid: {}, {engines} engines after {}",
                name.english, aid.delay
            ),
            aid.station.basis,
            &aid.station.reason,
        ));
    }
    notes.extend(counted(
        "须退让的场所",
        "places kept clear of stations",
        [" 处", ""],
        county.clearances.iter().map(|place| (place.basis, 1.0)),
    ));
    notes.extend(counted(
        "候选站址",
        "candidate sites",
        [" 处", ""],
        scenario
            .stations
            .sites
            .iter()
            .map(|site| (site.station.basis, 1.0)),
    ));
    for (local, english, stage) in [
        (
            "受理调度",
            "call handling",
            &scenario.rules.stages.call_handling,
        ),
        ("出动", "turnout", &scenario.rules.stages.turnout),
    ] {
        notes.push(note(
            format!("{local}：{}", stage.words.local),
            format!("{english}: {}", stage.words.english),
            stage.basis,
            &stage.reason,
        ));
    }
    let stages = &scenario.rules.stages;
    for (local, english, stage) in [
        (
            "出动（兼职队）",
            "turnout, part-time crews",
            &stages.turnout_part_time,
        ),
        (
            "出动（志愿队）",
            "turnout, volunteer crews",
            &stages.turnout_volunteer,
        ),
        ("归队后恢复", "restocking", &stages.restocking),
    ] {
        if let Some(stage) = stage {
            notes.push(note(
                format!("{local}：{}", stage.words.local),
                format!("{english}: {}", stage.words.english),
                stage.basis,
                &stage.reason,
            ));
        }
    }
    let stages = &wanted.stages;
    for shift in &stages.shift {
        let [from, to, factor] = [
            shift.from.to_string(),
            shift.to.to_string(),
            shift.turnout_factor.to_string(),
        ];
        notes.push(note(
            format!("{from} 时至 {to} 时的出动时间：× {factor}"),
            format!("turnout from hour {from} to hour {to}: times {factor}"),
            shift.basis,
            &shift.reason,
        ));
    }
    for hours in &wanted.roads.hours {
        let [from, to] = [hours.from, hours.to].map(|hour| hour.to_string());
        let band = &hours.band;
        notes.push(note(
            format!("{from} 时至 {to} 时按时段 {band} 行车"),
            format!("roads from hour {from} to hour {to}: time band {band}"),
            hours.basis,
            &hours.reason,
        ));
    }
    if let (Some(water), Some(known)) = (&stages.water, &scenario.rules.stages.water) {
        notes.push(note(
            format!("水带能到的距离：{} 米", water.hose_reach.0),
            format!("reach of hoses: {} m", water.hose_reach.0),
            water.basis,
            &water.reason,
        ));
        for (local, english, stage) in [
            (
                "到场至出水（水带能接到消火栓）",
                "arrival to first water, hydrant in reach",
                &known.with_hydrant,
            ),
            (
                "到场至出水（无消火栓可用）",
                "arrival to first water, no hydrant in reach",
                &known.without_hydrant,
            ),
        ]
        .into_iter()
        .chain(known.tender.as_ref().map(|(_, stage)| {
            (
                "到场至出水（水罐车到场供水）",
                "arrival to first water, by a tender",
                stage,
            )
        })) {
            notes.push(note(
                format!("{local}：{}", stage.words.local),
                format!("{english}: {}", stage.words.english),
                stage.basis,
                &stage.reason,
            ));
        }
        notes.extend(counted(
            "公共消火栓位置",
            "hydrants: positions",
            [" 个", ""],
            county.hydrants.iter().map(|hydrant| (hydrant.basis, 1.0)),
        ));
    }
    let traffic = &stages.traffic;
    notes.push(note(
        format!("行车时间逐次波动：标准差 {:.0}%", traffic.sd * 100.0),
        format!(
            "spread of travel time from trip to trip: {:.0} %",
            traffic.sd * 100.0
        ),
        traffic.basis,
        &traffic.reason,
    ));
    let back = &stages.return_trip;
    notes.push(note(
        format!("归队时间：去程的 {} 倍", back.factor),
        format!("way back: {} times the way out", back.factor),
        back.basis,
        &back.reason,
    ));
    for multiplier in &wanted.rate_multiplier {
        let english = towns::find(&county.towns, &multiplier.town)
            .map_or(&multiplier.town, |town| {
                &county.towns[town.index()].name.english
            });
        notes.push(note(
            format!("{}警情倍数：× {}", multiplier.town, multiplier.factor),
            format!(
                "multiplier of {english}: incident rate times {}",
                multiplier.factor
            ),
            multiplier.basis,
            &multiplier.reason,
        ));
    }
    for day in &wanted.special_day {
        notes.push(note(
            format!("{}：警情率 × {}", day.name, day.factor),
            format!("{}: incident rate times {}", day.name, day.factor),
            day.basis,
            &day.reason,
        ));
    }
    notes
}

/// What a planner should look at, though it does not stop the run.
#[must_use]
pub fn warnings(scenario: &Scenario) -> Vec<String> {
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
