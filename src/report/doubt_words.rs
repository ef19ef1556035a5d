//! What is hardly true of a scenario, in words, with what it probably is.

use crate::language::Language;
use crate::scenario::plausibility::finding::{Doubt, Finding};
use crate::text;

/// A doubt as a sentence that begins with its file and line.
pub(super) fn doubt_words(doubt: &Doubt, language: Language) -> String {
    let Doubt { file, line, .. } = doubt;
    match line {
        Some(line) => format!("{file}:{line}: {}", finding_words(doubt, language)),
        None => format!("{file}: {}", finding_words(doubt, language)),
    }
}

/// A figure with as many digits as its reader can use.
fn figure(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => trimmed(format!("{value:.1}")),
        _ => trimmed(format!("{value:.3}")),
    }
}

/// Without zeros behind the point.
fn trimmed(text: String) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn finding_words(doubt: &Doubt, language: Language) -> String {
    match &doubt.finding {
        Finding::SpreadsheetId { id, rows } => text!(
            language,
            "doubt-spreadsheet-id",
            id = id.as_str(),
            rows = *rows
        ),
        Finding::Price {
            item,
            unit,
            value,
            least,
            most,
            in_wan,
        } => text!(
            language,
            "doubt-price",
            item = *item,
            unit = *unit,
            value = figure(*value),
            least = figure(*least),
            most = figure(*most),
            cause = if *in_wan { "wan" } else { "none" }
        ),
        Finding::LongStage { key, minutes, most } => text!(
            language,
            "doubt-long-stage",
            key = key.as_str(),
            minutes = figure(*minutes),
            most = figure(*most)
        ),
        Finding::LongOnScene { id, hours, most } => text!(
            language,
            "doubt-long-on-scene",
            id = id.as_str(),
            hours = figure(*hours),
            most = figure(*most)
        ),
        Finding::ResidentsPerArea {
            per_km2,
            least,
            most,
        } => text!(
            language,
            "doubt-residents-per-area",
            density = figure(*per_km2),
            least = figure(*least),
            most = figure(*most)
        ),
        Finding::ResidentsPerTown { each, least } => text!(
            language,
            "doubt-residents-per-town",
            each = figure(*each),
            least = figure(*least)
        ),
        Finding::CallsPerResidents {
            per_10_000,
            least,
            most,
        } => text!(
            language,
            "doubt-calls-per-residents",
            rate = figure(*per_10_000),
            least = figure(*least),
            most = figure(*most)
        ),
        Finding::PostedSpeed { median, least } => text!(
            language,
            "doubt-posted-speed",
            median = figure(*median),
            least = figure(*least)
        ),
        Finding::ProfileSpeed {
            key,
            speed,
            least,
            most,
        } => text!(
            language,
            "doubt-profile-speed",
            key = key.as_str(),
            speed = figure(*speed),
            least = figure(*least),
            most = figure(*most)
        ),
        Finding::AccessSpeed { speed, least, most } => text!(
            language,
            "doubt-access-speed",
            speed = figure(*speed),
            least = figure(*least),
            most = figure(*most)
        ),
        Finding::KnownTimeSpeed {
            station,
            point,
            speed,
            most,
            rows,
        } => text!(
            language,
            "doubt-known-time-speed",
            station = station.as_str(),
            point = point.as_str(),
            speed = figure(*speed),
            most = figure(*most),
            rows = *rows
        ),
        Finding::LongLinks {
            id,
            length,
            line,
            rows,
            of,
        } => text!(
            language,
            "doubt-long-links",
            id = id.as_str(),
            length = figure(length.0),
            line = figure(line.0),
            rows = *rows,
            of = *of
        ),
        Finding::Elsewhere { id, distance, rows } => text!(
            language,
            "doubt-elsewhere",
            id = id.as_str(),
            distance = figure(distance.0 / 1000.0),
            rows = *rows
        ),
        Finding::BoundaryElsewhere { outside, of } => text!(
            language,
            "doubt-boundary-elsewhere",
            outside = *outside,
            of = *of
        ),
        Finding::FarFromTown {
            id,
            name,
            town,
            distance,
            usual,
            rows,
        } => text!(
            language,
            "doubt-far-from-town",
            id = id.as_str(),
            name = name.in_language(language),
            town = town.in_language(language),
            distance = figure(distance.0 / 1000.0),
            usual = figure(usual.0 / 1000.0),
            rows = *rows
        ),
        Finding::TownResidents {
            town,
            stated,
            of_points,
            rows,
        } => text!(
            language,
            "doubt-town-residents",
            town = town.in_language(language),
            stated = figure(*stated),
            points = figure(*of_points),
            rows = *rows
        ),
    }
}
