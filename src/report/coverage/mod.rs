//! The answer of a coverage: its tables, one file a format, and the words that these share.

pub mod closed_roads;
pub mod files;
pub mod geojson;
pub mod pictures;
pub mod tables;
pub mod terminal;

use crate::evaluation::coverage::critical_links::CriticalStretch;
use crate::evaluation::coverage::{Coverage, StationCoverage};
use crate::language::Language;
use crate::messages::Key;
use crate::report::words::{no_road_words, number, road_class_words};
use crate::scenario::standards::Clock;
use crate::text;
use crate::units::Metres;

/// The clock of a coverage in words, with what it counts.
pub fn clock(coverage: &Coverage, language: Language) -> String {
    let Some(before) = coverage.before_travel_seconds else {
        return each_turnout(coverage, language);
    };
    match coverage.clock {
        Clock::Response => text!(language, "coverage-clock-response", before = number(before)),
        Clock::Dispatch => text!(language, "coverage-clock-dispatch", before = number(before)),
        Clock::Travel => text!(language, "coverage-clock-travel"),
    }
}

/// The clock in words where crews leave differently: the shortest and the longest turnout.
fn each_turnout(coverage: &Coverage, language: Language) -> String {
    let turnout = coverage.turnout.iter();
    let seconds = turnout.map(|turnout| turnout.seconds);
    let low = seconds.clone().fold(f64::INFINITY, f64::min);
    let high = seconds.fold(0.0, f64::max);
    let key = match coverage.clock {
        Clock::Response => Key("coverage-clock-response-by-crew"),
        _ => Key("coverage-clock-dispatch-by-crew"),
    };
    text!(language, key, low = number(low), high = number(high))
}

/// What "no road" means, where there is such an area.
fn no_road_note(coverage: &Coverage, language: Language) -> Option<String> {
    let last = coverage.county.by_band.last();
    let is_shown = last.is_some_and(|last| last.area_km2 > 0.0);
    let limit = Metres(coverage.grid.road_limit_metres);
    let without_lanes = coverage.grid.road_limit_without_lanes_metres.map(Metres);
    is_shown.then(|| no_road_words(limit, without_lanes, language))
}

/// The stations that were chosen: those that stand today, the sites of an alternative, or names.
pub fn stations(coverage: &Coverage, language: Language) -> String {
    let name = |station: &'_ StationCoverage| station.name.in_language(language).to_owned();
    let stations = coverage.stations.iter();
    let names: Vec<String> = if coverage.scenario.alternative.is_some() {
        stations.filter(|s| !s.existing).map(name).collect()
    } else {
        stations.map(name).collect()
    };
    match names.len() {
        0 => text!(language, "existing-stations"),
        1..=4 => names.join(" + "),
        more => text!(language, "coverage-stations", more = more),
    }
}

/// The name of a station by its id.
fn station_name<'c>(coverage: &'c Coverage, id: &'c str, language: Language) -> &'c str {
    let station = coverage.stations.iter().find(|station| station.id == id);
    station.map_or(id, |station| station.name.in_language(language))
}

/// The name of a town by its id.
fn town_name<'c>(coverage: &'c Coverage, id: &'c str, language: Language) -> &'c str {
    let town = coverage.towns.iter().find(|town| town.id == id);
    town.map_or(id, |town| town.name.in_language(language))
}

/// Name and class of a stretch, and the town by which to find it: `G205 [366, first of 5] (trunk,
/// Huacheng)`.
pub fn stretch_name(coverage: &Coverage, stretch: &CriticalStretch, language: Language) -> String {
    let more = match stretch.links.len() {
        1 => String::new(),
        links => text!(language, "critical-name-more", links = links),
    };
    let id = &stretch.links[0].id;
    let what = match stretch.name(language) {
        "" => format!("{id}{more}"),
        name => format!("{name} [{id}{more}]"),
    };
    let class = road_class_words(stretch.class(), language);
    let town = town_name(coverage, &stretch.near_town, language);
    text!(
        language,
        "critical-name",
        what = what,
        class = class,
        town = town
    )
}
