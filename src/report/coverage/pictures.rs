//! The maps of a coverage, with titles, clocks and footnotes.

use geo::{BooleanOps, MultiPolygon};

use super::{clock, no_road_note, stations, stretch_name};
use crate::charts::{
    BaseMap, Caption, ChartError, CoverageMap, CriticalLine, CriticalLinksMap, District,
    DistrictMap, Drawing, MapStation, Theme,
};
use crate::evaluation::coverage::critical_links::{CriticalLinks, CriticalStretch};
use crate::evaluation::coverage::{Coverage, CoverageAreas};
use crate::geography::LonLat;
use crate::language::Language;
use crate::report::base_map::base_map;
use crate::report::footnotes::data_footnotes;
use crate::report::map_roads::RoadsOfMaps;
use crate::report::words::{capitalised, clock_words, minutes, number};
use crate::scenario::Scenario;
use crate::text;

/// More stretches than this crowd a map.
const MAX_STRETCHES: usize = 20;
/// More stretches than this crowd a footnote.
const MAX_NAMED: usize = 10;

/// Draws every map: its name and, where there is anything to show, the drawing.
///
/// # Errors
/// When a map cannot be drawn.
pub fn draw_all(
    scenario: &Scenario,
    coverage: &Coverage,
    areas: &CoverageAreas,
    language: Language,
) -> Result<[(&'static str, Option<Drawing>); 3], ChartError> {
    let roads = RoadsOfMaps::of(scenario, areas.plane).of_pictures();
    let pictures = Pictures {
        scenario,
        coverage,
        areas,
        language,
        base: base_map(scenario, roads, areas.plane, language),
    };
    let critical = coverage.critical_links.as_ref();
    let critical = critical.filter(|critical| !critical.stretches.is_empty());
    let critical = critical.map(|critical| pictures.critical_links(critical));
    Ok([
        ("coverage", Some(pictures.coverage()?)),
        ("districts", Some(pictures.districts()?)),
        ("critical-links", critical.transpose()?),
    ])
}

struct Pictures<'a> {
    scenario: &'a Scenario,
    coverage: &'a Coverage,
    areas: &'a CoverageAreas,
    language: Language,
    base: BaseMap,
}

/// The rings of areas, on the plane.
pub(in crate::report) fn rings(area: &MultiPolygon) -> Vec<Vec<[f64; 2]>> {
    let polygons = area.iter();
    polygons
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| ring.coords().map(|at| [at.x, at.y]).collect())
        .collect()
}

/// The stations on a map.
fn stations_of(coverage: &Coverage, language: Language) -> impl Iterator<Item = MapStation> {
    coverage.stations.iter().map(move |station| MapStation {
        name: station.name.in_language(language).to_owned(),
        at: LonLat {
            lon: station.lon,
            lat: station.lat,
        },
        planned: !station.existing,
    })
}

/// The district of each station, named with its share of the county's residents.
pub(in crate::report) fn districts(
    coverage: &Coverage,
    areas: &CoverageAreas,
    language: Language,
) -> Vec<District> {
    let all = coverage.county.residents.max(f64::MIN_POSITIVE);
    let stations = stations_of(coverage, language).zip(&coverage.stations);
    let districts = stations.zip(&areas.districts);
    districts
        .map(|((station, figures), area)| District {
            station: MapStation {
                name: format!("{} {:.1}%", station.name, 100.0 * figures.residents / all),
                ..station
            },
            rings: rings(area),
        })
        .collect()
}

impl Pictures<'_> {
    fn stations(&self) -> Vec<MapStation> {
        stations_of(self.coverage, self.language).collect()
    }

    fn coverage(&self) -> Result<Drawing, ChartError> {
        let language = self.language;
        let stations = stations(self.coverage, language);
        let title = text!(language, "coverage-map-title", stations = stations);
        let clock_words = clock_words(self.coverage.clock, language);
        let bands = self
            .coverage
            .bands
            .iter()
            .filter_map(|band| band.to_minutes);
        CoverageMap {
            caption: self.caption(title, vec![self.shares()]),
            clock: text!(language, "coverage-map-measure", clock_words = clock_words),
            base: &self.base,
            stations: &self.stations(),
            thresholds: bands.map(|minutes| minutes as f32).collect(),
            within: self.within(),
            unreached: rings(&self.areas.not_reached),
            no_road: rings(&self.areas.no_road),
        }
        .draw(language)
    }

    /// What is reached within each limit: the bands up to it, joined.
    fn within(&self) -> Vec<Vec<Vec<[f64; 2]>>> {
        let limits = self.areas.bands.len().saturating_sub(1);
        let mut joined = MultiPolygon(Vec::new());
        let bands = self.areas.bands.iter().take(limits);
        bands
            .map(|band| {
                joined = joined.union(band);
                rings(&joined)
            })
            .collect()
    }

    /// What share of residents is reached within each limit.
    fn shares(&self) -> String {
        let language = self.language;
        let county = &self.coverage.county;
        let mut sum = 0.0;
        let mut parts = Vec::new();
        for band in &county.by_band {
            sum += band.residents;
            if let Some(to) = band.band.to_minutes {
                let percent = 100.0 * sum / county.residents.max(f64::MIN_POSITIVE);
                parts.push(text!(
                    language,
                    "coverage-map-share",
                    to = number(to),
                    percent = format!("{percent:.1}")
                ));
            }
        }
        text!(
            language,
            "coverage-map-shares",
            residents = format!("{:.0}", county.residents),
            shares = parts.join(&text!(language, "between-clauses"))
        )
    }

    fn districts(&self) -> Result<Drawing, ChartError> {
        let language = self.language;
        let stations_named = stations(self.coverage, language);
        let title = text!(
            language,
            "districts-map-title",
            stations_named = stations_named
        );
        let note = text!(language, "districts-map-note");
        DistrictMap {
            caption: self.caption(title, vec![note.clone()]),
            measure: text!(language, "districts-map-measure"),
            base: &self.base,
            districts: &districts(self.coverage, self.areas, language),
            unreached: rings(&self.areas.not_reached),
            no_road: rings(&self.areas.no_road),
        }
        .draw(language)
    }

    fn critical_links(&self, critical: &CriticalLinks) -> Result<Drawing, ChartError> {
        let language = self.language;
        let stations = stations(self.coverage, language);
        let shown = &critical.stretches[..critical.stretches.len().min(MAX_STRETCHES)];
        let title = text!(language, "critical-map-title", stations = stations);
        let counts = critical.cut_off_counts_minutes;
        let lines: Vec<CriticalLine> = shown
            .iter()
            .map(|stretch| CriticalLine {
                lines: stretch
                    .roads
                    .iter()
                    .map(|road| {
                        self.scenario
                            .network
                            .roads
                            .line(self.scenario.network.roads.road(*road))
                    })
                    .collect(),
                cuts_off: stretch.figures.residents_cut_off > 0.0,
            })
            .collect();
        let named: Vec<String> = shown
            .iter()
            .take(MAX_NAMED)
            .map(|s| self.named(s))
            .collect();
        let notes = vec![
            named.join(&text!(language, "between-sentences")),
            text!(language, "critical-map-note", counts = number(counts)),
        ];
        CriticalLinksMap {
            caption: self.caption(title, notes),
            measure: text!(language, "critical-map-measure"),
            base: &self.base,
            stations: &self.stations(),
            stretches: &lines,
        }
        .draw(language)
    }

    /// `1 G205 (trunk): 12 340 residents cut off, 5 000 later by 12 min at most`.
    fn named(&self, stretch: &CriticalStretch) -> String {
        let language = self.language;
        let figures = &stretch.figures;
        let name = stretch_name(self.coverage, stretch, language);
        let mut parts = Vec::new();
        if figures.residents_cut_off > 0.0 {
            parts.push(text!(
                language,
                "critical-cut-off",
                residents = figures.residents_cut_off.round() as u64
            ));
        }
        if figures.residents_later > 0.0 {
            parts.push(text!(
                language,
                "critical-later",
                residents = figures.residents_later.round() as u64,
                longest = minutes(figures.longest_added_seconds)
            ));
        }
        let figures = parts.join(&text!(language, "between-clauses"));
        text!(
            language,
            "critical-named",
            rank = stretch.rank,
            name = name,
            figures = figures
        )
    }

    fn caption(&self, title: String, notes: Vec<String>) -> Caption {
        let language = self.language;
        let coverage = self.coverage;
        let clock = clock(coverage, language);
        let step = coverage.grid.step_metres;
        let mut footnotes = notes;
        footnotes.extend(no_road_note(coverage, language));
        footnotes.extend(self.base.roads_left_out.clone());
        footnotes.push(text!(
            language,
            "coverage-map-run",
            scenario = coverage.scenario.name.in_language(language),
            step = format!("{step:.0}"),
            version = coverage.scenario.brigade_version
        ));
        let basis = &coverage.data_basis;
        footnotes.extend(data_footnotes(basis, &coverage.attribution, language));
        Caption {
            title,
            subtitle: text!(language, "coverage-map-clock", clock = capitalised(&clock)),
            footnotes,
            theme: Theme::default(),
        }
    }
}
