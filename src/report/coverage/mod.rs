//! The answer of a coverage, one file a format.

pub mod csv;
pub mod geojson;
pub mod pictures;
pub mod terminal;

use crate::evaluation::coverage::{Coverage, StationCoverage};
use crate::language::Language;
use crate::scenario::standards::Clock;

/// The clock of a coverage in words, with what it counts.
#[must_use]
pub fn clock(coverage: &Coverage, language: Language) -> String {
    let Some(before) = coverage.before_travel.alike else {
        return each_turnout(coverage, language);
    };
    match coverage.clock {
        Clock::Response => language.pick(
            format!("接警起算：受理调度和出动 {before} s + 行车"),
            format!("from the call: {before} s of call handling and turnout, then travel"),
        ),
        Clock::Dispatch => language.pick(
            format!("出动指令起算：出动 {before} s + 行车"),
            format!("from the dispatch order: {before} s of turnout, then travel"),
        ),
        Clock::Travel => language.pick("仅行车时间".to_owned(), "travel alone".to_owned()),
    }
}

/// The clock in words where crews leave differently: the shortest and the longest turnout.
fn each_turnout(coverage: &Coverage, language: Language) -> String {
    let turnout = coverage.before_travel.turnout.iter();
    let seconds = turnout.map(|turnout| (turnout.seconds * 10.0).round() / 10.0);
    let low = seconds.clone().fold(f64::INFINITY, f64::min);
    let high = seconds.fold(0.0, f64::max);
    let from = match coverage.clock {
        Clock::Response => language.pick("接警起算：受理调度、", "from the call: handling, "),
        _ => language.pick("出动指令起算：", "from the dispatch order: "),
    };
    language.pick(
        format!("{from}出动（各队平均 {low}–{high} s）+ 行车"),
        format!("{from}turnout of {low}–{high} s, then travel"),
    )
}

/// The stations that were chosen: those that stand today, the sites of an alternative, or names.
#[must_use]
pub fn stations(coverage: &Coverage, language: Language) -> String {
    let name = |station: &'_ StationCoverage| station.name.in_language(language).to_owned();
    let stations = coverage.stations.iter();
    let names: Vec<String> = if coverage.scenario.alternative.is_some() {
        stations.filter(|s| !s.existing).map(name).collect()
    } else {
        stations.map(name).collect()
    };
    match names.len() {
        0 => language.pick("现状", "existing stations").to_owned(),
        1..=4 => names.join(" + "),
        more => language.pick(format!("{more} 处消防站"), format!("{more} stations")),
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
