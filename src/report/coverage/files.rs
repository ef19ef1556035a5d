//! The files of a coverage.

use std::error::Error;

use super::{closed_roads, geojson, pictures, tables};
use crate::evaluation::coverage::{Coverage, CoverageAreas};
use crate::format::{indented_json, json};
use crate::language::Language;
use crate::report::formats::csv::csv;
use crate::report::formats::{File, are_among, chart, chart_paths, file};
use crate::scenario::Scenario;

const CRITICAL_LINKS: [&str; 16] = [
    "rank",
    "links",
    "name",
    "class",
    "near_town",
    "near_town_name",
    "length_km",
    "loss_incident_minutes_a_year",
    "added_incident_minutes_a_year",
    "incidents_cut_off_a_year",
    "cut_off_counts",
    "residents_cut_off",
    "residents_later",
    "mean_added",
    "longest_added",
    "residents_on_link",
];

/// Every file that an answer can have.
///
/// # Errors
/// When a map cannot be drawn.
pub fn files(
    scenario: &Scenario,
    coverage: &Coverage,
    areas: &CoverageAreas,
    language: Language,
) -> Result<Vec<File>, Box<dyn Error + Send + Sync>> {
    let closures = coverage.closures.as_ref();
    let critical = coverage.critical_links.as_ref();
    let isochrones = geojson::isochrones(coverage, areas, language);
    let districts = geojson::districts(coverage, areas, language);
    let links = critical.map(|critical| {
        let links = geojson::critical_links(scenario, coverage, critical, language);
        json(&links).map(String::into_bytes)
    });
    let mut files = vec![
        file("coverage.json", indented_json(coverage)?.into_bytes()),
        file(
            "coverage-points.csv",
            csv(&tables::points(coverage, language)),
        ),
        file(
            "coverage-towns.csv",
            csv(&tables::bands(coverage, language)),
        ),
        file("isochrones.geojson", json(&isochrones)?.into_bytes()),
        file("districts.geojson", json(&districts)?.into_bytes()),
        file(
            "closures.csv",
            closures
                .map(|closures| csv(&closed_roads::closures(coverage, closures, false, language))),
        ),
        file(
            "closure-points.csv",
            closures.map(|c| csv(&closed_roads::closure_points(coverage, c, language))),
        ),
        file(
            "critical-links.csv",
            critical.map(|critical| {
                let links = closed_roads::critical_links(coverage, critical, language);
                csv(&links.select(&CRITICAL_LINKS))
            }),
        ),
        file("critical-links.geojson", links.transpose()?),
    ];
    for (name, drawing) in pictures::draw_all(scenario, coverage, areas, language)? {
        files.extend(chart(name, drawing));
    }
    debug_assert!(are_among(&files, &paths()));
    Ok(files)
}

/// The paths of all files that an answer can have, known before there is one.
pub fn paths() -> Vec<String> {
    let files = [
        "coverage.json",
        "coverage-points.csv",
        "coverage-towns.csv",
        "isochrones.geojson",
        "districts.geojson",
        "closures.csv",
        "closure-points.csv",
        "critical-links.csv",
        "critical-links.geojson",
    ];
    let charts = ["coverage", "districts", "critical-links"];
    let charts = charts.into_iter().flat_map(chart_paths);
    files.into_iter().map(str::to_owned).chain(charts).collect()
}
