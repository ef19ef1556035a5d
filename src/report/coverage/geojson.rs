//! Areas and links of a coverage for the office's map.

use serde::Serialize;

use crate::evaluation::coverage::critical_links::CriticalLinks;
use crate::evaluation::coverage::{Band, BandReach, Coverage, CoverageAreas};
use crate::language::Language;
use crate::report::formats::geojson::{
    Feature, FeatureCollection, Geometry, polygons, position, thousandths,
};
use crate::report::words::band_words;
use crate::roads::class::RoadClass;
use crate::scenario::Scenario;
use crate::scenario::standards::Clock;

/// What is said of every layer.
#[derive(Serialize)]
pub struct Members<'a> {
    attribution: &'a [String],
    scenario: &'a str,
    stations: String,
    clock: String,
    grid_step_metres: f64,
}

/// Features of a coverage, as a file has them.
pub type Layer<'a, P> = FeatureCollection<Members<'a>, P>;

#[derive(Serialize)]
pub struct BandProperties {
    band: String,
    from_minutes: Option<f64>,
    to_minutes: Option<f64>,
    reach: BandReach,
    clock: Clock,
    area_km2: f64,
    residents: f64,
    residents_share: f64,
    incidents_a_year: f64,
}

#[derive(Serialize)]
#[serde(untagged)]
pub enum DistrictProperties<'a> {
    Of {
        station: &'a str,
        name: &'a str,
        existing: bool,
        engines: u16,
        area_km2: f64,
        residents: f64,
        incidents_a_year: f64,
    },
    Nobody {
        station: (),
        name: String,
        reach: BandReach,
    },
}

#[derive(Serialize)]
pub struct LinkProperties<'a> {
    rank: usize,
    links: String,
    name: &'a str,
    class: RoadClass,
    near_town: &'a str,
    length_km: f64,
    loss_minutes_a_year: f64,
    added_minutes_a_year: f64,
    residents_cut_off: f64,
    residents_later: f64,
    residents_on_link: f64,
    longest_added_minutes: f64,
}

/// The area of each band; what is later than the last limit, what no engine reaches, and where there is
/// no road, come last, where there is any.
pub fn isochrones<'a>(
    coverage: &'a Coverage,
    areas: &CoverageAreas,
    language: Language,
) -> Layer<'a, BandProperties> {
    let features = coverage.county.by_band.iter().zip(areas.of_all_bands());
    let features = features.filter_map(|(band, area)| {
        // Bands that the planner asked for are there even when they are empty.
        let is_asked_for = band.band.to_minutes.is_some();
        let is_empty = area.0.is_empty() && band.residents == 0.0;
        let share = band.residents / coverage.county.residents.max(f64::MIN_POSITIVE);
        (is_asked_for || !is_empty).then(|| Feature {
            geometry: polygons(&areas.plane, area),
            properties: BandProperties {
                band: band_words(band.band, language),
                from_minutes: band.band.from_minutes,
                to_minutes: band.band.to_minutes,
                reach: band.band.reach,
                clock: coverage.clock,
                area_km2: thousandths(band.area_km2),
                residents: thousandths(band.residents),
                residents_share: thousandths(share),
                incidents_a_year: thousandths(band.incidents_a_year),
            },
        })
    });
    collection(coverage, features.collect(), language)
}

/// The district of each station, and the areas that no engine reaches and without a road, where there
/// are any.
pub fn districts<'a>(
    coverage: &'a Coverage,
    areas: &CoverageAreas,
    language: Language,
) -> Layer<'a, DistrictProperties<'a>> {
    let mut features: Vec<_> = coverage
        .stations
        .iter()
        .zip(&areas.districts)
        .map(|(station, area)| Feature {
            geometry: polygons(&areas.plane, area),
            properties: DistrictProperties::Of {
                station: &station.id,
                name: station.name.in_language(language),
                existing: station.existing,
                engines: station.engines,
                area_km2: thousandths(station.area_km2),
                residents: thousandths(station.residents),
                incidents_a_year: thousandths(station.incidents_a_year),
            },
        })
        .collect();
    for (area, band) in [
        (&areas.not_reached, Band::NOT_REACHED),
        (&areas.no_road, Band::NO_ROAD),
    ] {
        if !area.0.is_empty() {
            let nobody = DistrictProperties::Nobody {
                station: (),
                name: band_words(band, language),
                reach: band.reach,
            };
            features.push(Feature {
                geometry: polygons(&areas.plane, area),
                properties: nobody,
            });
        }
    }
    collection(coverage, features, language)
}

/// The stretches of critical links, the worst first.
pub fn critical_links<'a>(
    scenario: &Scenario,
    coverage: &'a Coverage,
    critical: &'a CriticalLinks,
    language: Language,
) -> Layer<'a, LinkProperties<'a>> {
    let features = critical.stretches.iter().map(|stretch| {
        let roads = stretch.roads.iter().map(|road| {
            let line = scenario
                .network
                .roads
                .line(scenario.network.roads.road(*road));
            line.into_iter().map(position).collect()
        });
        let links: Vec<&str> = stretch.links.iter().map(|link| link.id.as_str()).collect();
        Feature {
            geometry: Some(Geometry::MultiLineString(roads.collect())),
            properties: LinkProperties {
                rank: stretch.rank,
                links: links.join(" "),
                name: stretch.name(language),
                class: stretch.class(),
                near_town: &stretch.near_town,
                length_km: thousandths(stretch.length_metres() / 1000.0),
                loss_minutes_a_year: thousandths(stretch.loss_minutes_a_year),
                added_minutes_a_year: thousandths(stretch.figures.added_minutes_a_year),
                residents_cut_off: thousandths(stretch.figures.residents_cut_off),
                residents_later: thousandths(stretch.figures.residents_later),
                residents_on_link: thousandths(stretch.figures.residents_on_link),
                longest_added_minutes: thousandths(stretch.figures.longest_added_seconds / 60.0),
            },
        }
    });
    collection(coverage, features.collect(), language)
}

fn collection<P>(
    coverage: &Coverage,
    features: Vec<Feature<P>>,
    language: Language,
) -> Layer<'_, P> {
    FeatureCollection {
        members: Members {
            attribution: &coverage.attribution,
            scenario: coverage.scenario.name.in_language(language),
            stations: super::stations(coverage, language),
            clock: super::clock(coverage, language),
            grid_step_metres: thousandths(coverage.grid.step_metres),
        },
        features,
    }
}
