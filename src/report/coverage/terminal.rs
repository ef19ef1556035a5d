//! The tables of a coverage in the terminal, within 100 columns.

use std::fmt::Write as _;

use comfy_table::Cell;

use super::{clock, stations, town_name};
use crate::evaluation::coverage::closures::{ClosureFigures, Closures};
use crate::evaluation::coverage::critical_links::{CriticalLinks, CriticalStretch};
use crate::evaluation::coverage::{AreaCoverage, Coverage};
use crate::language::Language;
use crate::report::formats::terminal::{align, empty_table};
use crate::report::words::{band_words, clock_words, road_class_words};
use crate::text;

/// More rows than this are left to the files.
const MAX_ROWS: usize = 40;
/// With more bands than this, areas are left to the files.
const BANDS_WITH_AREA: usize = 7;

/// All tables, with what a reader needs to understand them.
pub fn tables(coverage: &Coverage, language: Language) -> String {
    let mut text = String::new();
    say(
        &mut text,
        text!(
            language,
            "coverage-title",
            stations = stations(coverage, language)
        ),
    );
    say(
        &mut text,
        text!(
            language,
            "coverage-clock",
            clock = clock(coverage, language)
        ),
    );
    by_town(&mut text, coverage, language);
    standards(&mut text, coverage, language);
    by_station(&mut text, coverage, language);
    if let Some(closed) = &coverage.closures {
        closures(&mut text, coverage, closed, language);
    }
    if let Some(critical) = &coverage.critical_links {
        critical_links(&mut text, coverage, critical, language);
    }
    say(&mut text, text!(language, "coverage-inputs"));
    text
}

fn say(text: &mut String, line: String) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}

/// A table with its first `left` columns set to the left.
fn table(text: &mut String, left: usize, header: Vec<String>, rows: Vec<Vec<String>>) {
    let mut table = empty_table();
    table.set_header(header);
    for row in rows {
        table.add_row(row.into_iter().map(Cell::new));
    }
    align(&mut table, &(0..left).collect::<Vec<_>>());
    say(text, table.trim_fmt());
}

fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 {
        format!("{:.0}", 100.0 * part / whole)
    } else {
        "–".to_owned()
    }
}

fn minutes(seconds: Option<f64>) -> String {
    seconds.map_or_else(
        || "–".to_owned(),
        |seconds| format!("{:.1}", seconds / 60.0),
    )
}

fn by_town(text: &mut String, coverage: &Coverage, language: Language) {
    let with_area = coverage.bands.len() <= BANDS_WITH_AREA;
    let mut header = vec![
        text!(language, "town-short"),
        text!(language, "residents"),
        text!(language, "coverage-mean"),
    ];
    // A column in which every figure is 0 says nothing.
    let shown: Vec<usize> = (0..coverage.bands.len())
        .filter(|band| {
            let figures = &coverage.county.by_band[*band];
            figures.band.from_minutes.is_some() || figures.residents > 0.0 || figures.area_km2 > 0.0
        })
        .collect();
    header.extend(shown.iter().map(|band| {
        let label = band_words(coverage.bands[*band], language);
        match coverage.bands[*band].from_minutes {
            Some(_) => text!(language, "coverage-band", label = label),
            None => text!(language, "coverage-band-not-reached"),
        }
    }));
    let row = |name: &str, figures: &AreaCoverage| {
        let mut row = vec![
            name.to_owned(),
            format!("{:.0}", figures.residents),
            minutes(figures.mean_seconds),
        ];
        row.extend(shown.iter().map(|band| {
            let band = &figures.by_band[*band];
            let residents = percent(band.residents, figures.residents);
            if with_area {
                format!("{residents}/{}", percent(band.area_km2, figures.area_km2))
            } else {
                residents
            }
        }));
        row
    };
    let mut rows = vec![row(&text!(language, "county"), &coverage.county)];
    let towns = coverage.towns.iter().take(MAX_ROWS);
    rows.extend(towns.map(|town| row(town.name.in_language(language), &town.figures)));
    table(text, 1, header, rows);
    say(
        text,
        if with_area {
            text!(
                language,
                "coverage-cells",
                step = format!("{:.0}", coverage.grid.step_metres)
            )
        } else {
            text!(language, "coverage-cells-residents")
        },
    );
    if coverage.towns.len() > MAX_ROWS {
        say(text, text!(language, "coverage-towns-more"));
    }
}

fn standards(text: &mut String, coverage: &Coverage, language: Language) {
    say(text, text!(language, "coverage-standards"));
    for standard in &coverage.standards {
        let share = coverage.county.within.get(&standard.id).copied().flatten();
        let share = share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
        let minutes = standard.threshold_seconds / 60.0;
        let clock = clock_words(standard.clock, language);
        let id = &standard.id;
        say(
            text,
            text!(
                language,
                "coverage-standard",
                share = format!("{share:>7}"),
                id = id,
                minutes = minutes,
                clock = clock
            ),
        );
    }
}

fn by_station(text: &mut String, coverage: &Coverage, language: Language) {
    let header = [
        "district-station",
        "district-engines",
        "residents",
        "per-cent",
        "district-incidents",
        "square-kilometres",
    ];
    let all = coverage.county.residents;
    let rows = coverage.stations.iter().take(MAX_ROWS).map(|station| {
        vec![
            station.name.in_language(language).to_owned(),
            station.engines.to_string(),
            format!("{:.0}", station.residents),
            percent(station.residents, all),
            format!("{:.1}", station.incidents_a_year),
            format!("{:.1}", station.area_km2),
        ]
    });
    say(text, String::new());
    table(text, 1, heads(header, language), rows.collect());
}

fn heads<const N: usize>(keys: [&'static str; N], language: Language) -> Vec<String> {
    keys.map(|key| text!(language, key)).to_vec()
}

fn closures(text: &mut String, coverage: &Coverage, closed: &Closures, language: Language) {
    let links: Vec<String> = closed
        .links
        .iter()
        .map(|link| {
            let class = road_class_words(link.class, language);
            match link.name.as_str() {
                "" => format!("{} ({class})", link.id),
                name => format!("{} ({name}, {class})", link.id),
            }
        })
        .collect();
    let links = language.list(&links);
    say(text, text!(language, "closure-title", links = links));
    let header = [
        "town-short",
        "residents",
        "closure-residents-later",
        "closure-mean-added",
        "closure-longest-added",
        "closure-residents-cut-off",
        "closure-residents-on-link",
    ];
    let row = |name: &str, residents: f64, figures: &ClosureFigures| {
        vec![
            name.to_owned(),
            format!("{residents:.0}"),
            format!("{:.0}", figures.residents_later),
            minutes(figures.mean_added_seconds),
            minutes(
                figures
                    .mean_added_seconds
                    .map(|_| figures.longest_added_seconds),
            ),
            format!("{:.0}", figures.residents_cut_off),
            format!("{:.0}", figures.residents_on_link),
        ]
    };
    let county = text!(language, "county");
    let mut rows = vec![row(&county, coverage.county.residents, &closed.county)];
    let worse = closed.towns.iter().filter(|town| {
        let figures = &town.figures;
        figures.residents_later + figures.residents_cut_off + figures.residents_on_link > 0.0
    });
    rows.extend(worse.take(MAX_ROWS).map(|town| {
        row(
            town.name.in_language(language),
            town.residents,
            &town.figures,
        )
    }));
    table(text, 1, heads(header, language), rows);
    say(text, text!(language, "closure-note"));
}

/// Name and class of a stretch, and the town by which to find it: `G205 [366 and 4 more] (trunk,
/// Huacheng)`.
pub fn stretch_name(coverage: &Coverage, stretch: &CriticalStretch, language: Language) -> String {
    let more = match stretch.links.len() {
        1 => String::new(),
        links => text!(language, "critical-name-more", more = links - 1),
    };
    let id = &stretch.links[0].id;
    let what = match stretch.name() {
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

fn critical_links(
    text: &mut String,
    coverage: &Coverage,
    critical: &CriticalLinks,
    language: Language,
) {
    if critical.stretches.is_empty() {
        say(text, text!(language, "critical-none"));
        return;
    }
    let header = [
        "number",
        "critical-link",
        "kilometres",
        "critical-loss",
        "critical-residents-cut-off",
        "critical-residents-later",
        "closure-longest-added",
        "critical-residents-on-link",
    ];
    let rows = critical.stretches.iter().take(MAX_ROWS).map(|stretch| {
        let figures = &stretch.figures;
        vec![
            stretch.rank.to_string(),
            stretch_name(coverage, stretch, language),
            format!("{:.1}", stretch.length_metres() / 1000.0),
            format!("{:.0}", stretch.loss_minutes_a_year),
            format!("{:.0}", figures.residents_cut_off),
            format!("{:.0}", figures.residents_later),
            minutes(
                figures
                    .mean_added_seconds
                    .map(|_| figures.longest_added_seconds),
            ),
            format!("{:.0}", figures.residents_on_link),
        ]
    });
    say(text, String::new());
    table(text, 2, heads(header, language), rows.collect());
    let counts = critical.cut_off_counts_minutes;
    let (shown, all) = (critical.stretches.len(), critical.stretches_that_matter);
    say(
        text,
        text!(
            language,
            "critical-note",
            all = all,
            shown = shown,
            counts = counts,
            not_ranked = critical.not_ranked.len()
        ),
    );
}
