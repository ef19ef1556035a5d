//! The tables of a coverage in the terminal.

use super::{clock, closed_roads, no_road_note, stations, tables};
use crate::evaluation::comparison::StandardSummary;
use crate::evaluation::coverage::Coverage;
use crate::evaluation::coverage::closures::Closures;
use crate::evaluation::coverage::critical_links::CriticalLinks;
use crate::language::Language;
use crate::report::formats::terminal::{folded, table};
use crate::report::words::{clock_words, number, road_class_words, threshold_minutes};
use crate::text;

/// More rows than this are left to the files.
const MAX_ROWS: usize = 40;
/// With more bands than this, areas are left to the files.
const BANDS_WITH_AREA: usize = 8;

/// All tables, with what a reader needs to understand them.
pub fn text(coverage: &Coverage, language: Language) -> String {
    let (stations, clock) = (stations(coverage, language), clock(coverage, language));
    let mut lines = vec![
        text!(language, "coverage-title", stations = stations),
        text!(language, "coverage-clock", clock = clock),
    ];
    lines.extend(by_town(coverage, language));
    lines.push(String::new());
    lines.extend(standards(coverage, language));
    lines.push(String::new());
    let stations = tables::stations(coverage, language).first(MAX_ROWS);
    lines.push(table(&stations.select(&[
        "name",
        "engines",
        "residents",
        "of_residents",
        "incidents_a_year",
        "area_km2",
    ])));
    if let Some(closed) = &coverage.closures {
        lines.push(String::new());
        lines.extend(closures(coverage, closed, language));
    }
    if let Some(critical) = &coverage.critical_links {
        lines.push(String::new());
        lines.extend(critical_links(coverage, critical, language));
    }
    lines.push(text!(language, "coverage-inputs"));
    folded(&lines.join("\n"))
}

fn by_town(coverage: &Coverage, language: Language) -> Vec<String> {
    let with_area = coverage.bands.len() <= BANDS_WITH_AREA;
    let towns = tables::towns(coverage, with_area, language);
    let mut lines = vec![table(&towns.first(1 + MAX_ROWS))];
    lines.push(if with_area {
        let step = format!("{:.0}", coverage.grid.step_metres);
        text!(language, "coverage-cells", step = step)
    } else {
        text!(language, "coverage-cells-residents")
    });
    lines.extend(no_road_note(coverage, language));
    if coverage.towns.len() > MAX_ROWS {
        lines.push(text!(language, "coverage-towns-more"));
    }
    lines
}

fn standards(coverage: &Coverage, language: Language) -> Vec<String> {
    let standard = |standard: &StandardSummary| {
        let share = coverage.county.within.get(&standard.id).copied().flatten();
        let share = share.map_or_else(|| "–".to_owned(), |share| format!("{:.1}%", 100.0 * share));
        text!(
            language,
            "coverage-standard",
            share = format!("{share:>6}"),
            id = &standard.id,
            minutes = threshold_minutes(standard),
            clock = clock_words(standard.clock, language)
        )
    };
    let title = text!(language, "coverage-standards");
    let lines = coverage.standards.iter().map(standard);
    std::iter::once(title).chain(lines).collect()
}

fn closures(coverage: &Coverage, closed: &Closures, language: Language) -> [String; 3] {
    let links = closed.links.iter().map(|link| {
        let class = road_class_words(link.class, language);
        match link.name.in_language(language) {
            "" => format!("{} ({class})", link.id),
            name => format!("{} ({name}, {class})", link.id),
        }
    });
    let links = crate::messages::list(language, &links.collect::<Vec<_>>());
    let towns = closed_roads::closures(coverage, closed, true, language).first(1 + MAX_ROWS);
    let towns = towns.select(&[
        "town_name",
        "residents",
        "residents_later",
        "mean_added",
        "longest_added",
        "residents_cut_off",
        "residents_on_closed_link",
    ]);
    [
        text!(language, "closure-title", links = links),
        table(&towns),
        text!(language, "closure-note"),
    ]
}

fn critical_links(
    coverage: &Coverage,
    critical: &CriticalLinks,
    language: Language,
) -> Vec<String> {
    if critical.stretches.is_empty() {
        return vec![text!(language, "critical-none")];
    }
    let stretches = closed_roads::critical_links(coverage, critical, language).first(MAX_ROWS);
    let stretches = stretches.select(&[
        "rank",
        "stretch",
        "length_km",
        "loss_incident_minutes_a_year",
        "residents_cut_off",
        "residents_later",
        "longest_added",
        "residents_on_link",
    ]);
    let note = text!(
        language,
        "critical-note",
        all = critical.stretches_that_matter,
        shown = critical.stretches.len(),
        counts = number(critical.cut_off_counts_minutes),
        not_ranked = critical.not_ranked.len()
    );
    vec![table(&stretches), note]
}
