//! The maps of a coverage, with titles, clocks and footnotes.

use geo::{BooleanOps, MultiPolygon};

use super::{clock, stations};
use crate::charts::{
    BaseMap, Caption, ChartError, CoverageMap, CriticalLine, CriticalLinksMap, District,
    DistrictMap, Drawing, MapStation, Theme,
};
use crate::evaluation::coverage::critical_links::{CriticalLinks, CriticalStretch};
use crate::evaluation::coverage::{Areas, Coverage};
use crate::geography::LonLat;
use crate::language::Language;
use crate::report::capitalised;
use crate::report::pictures::{base_map, data_footnotes};
use crate::scenario::Scenario;

/// More stretches than this crowd a map.
const MOST_STRETCHES: usize = 20;
/// More stretches than this crowd a footnote.
const MOST_NAMED: usize = 10;

/// Draws every map: name of the file without its ending, and the drawing.
///
/// # Errors
/// When a map cannot be drawn.
pub fn draw_all(
    scenario: &Scenario,
    coverage: &Coverage,
    areas: &Areas,
    language: Language,
) -> Result<Vec<(&'static str, Drawing)>, ChartError> {
    let pictures = Pictures {
        scenario,
        coverage,
        areas,
        language,
        base: base_map(scenario, areas.plane, language),
    };
    let mut drawings = vec![
        ("coverage", pictures.coverage()?),
        ("districts", pictures.districts()?),
    ];
    if let Some(critical) = coverage
        .critical_links
        .as_ref()
        .filter(|c| !c.stretches.is_empty())
    {
        drawings.push(("critical-links", pictures.critical_links(critical)?));
    }
    Ok(drawings)
}

struct Pictures<'a> {
    scenario: &'a Scenario,
    coverage: &'a Coverage,
    areas: &'a Areas,
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

impl Pictures<'_> {
    fn stations(&self) -> Vec<MapStation> {
        let stations = self.coverage.stations.iter();
        stations
            .map(|station| MapStation {
                name: station.name.in_language(self.language).to_owned(),
                at: LonLat {
                    lon: station.lon,
                    lat: station.lat,
                },
                planned: !station.existing,
            })
            .collect()
    }

    fn coverage(&self) -> Result<Drawing, ChartError> {
        let language = self.language;
        let stations = stations(self.coverage, language);
        let title = language.pick(
            format!("首车到达范围：{stations}"),
            format!("Coverage by the first engine: {stations}"),
        );
        let clock_words = self.coverage.clock.in_language(language);
        let bands = self
            .coverage
            .bands
            .iter()
            .filter_map(|band| band.to_minutes);
        CoverageMap {
            caption: self.caption(title, vec![self.shares()]),
            clock: language.pick(
                format!("首车到达时间（{clock_words}），分钟"),
                format!("Time to the first engine ({clock_words}), min"),
            ),
            base: &self.base,
            stations: &self.stations(),
            thresholds: bands.map(|minutes| minutes as f32).collect(),
            within: self.within(),
            unreached: self.areas.bands.last().map(rings).unwrap_or_default(),
        }
        .draw(language)
    }

    /// What is reached within each limit: the bands up to it, joined.
    fn within(&self) -> Vec<Vec<Vec<[f64; 2]>>> {
        let limits = self.areas.bands.len().saturating_sub(2);
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
                parts.push(language.pick(
                    format!("{to} 分钟内 {percent:.1}%"),
                    format!("{percent:.1} % within {to} min"),
                ));
            }
        }
        language.pick(
            format!("居民（{:.0} 人）：{}。", county.residents, parts.join("，")),
            format!("Residents ({:.0}): {}.", county.residents, parts.join(", ")),
        )
    }

    fn districts(&self) -> Result<Drawing, ChartError> {
        let language = self.language;
        let stations_named = stations(self.coverage, language);
        let title = language.pick(
            format!("首到责任区：{stations_named}"),
            format!("First-due districts: {stations_named}"),
        );
        let all = self.coverage.county.residents.max(f64::MIN_POSITIVE);
        let districts: Vec<District> = self
            .stations()
            .into_iter()
            .zip(&self.coverage.stations)
            .zip(&self.areas.districts)
            .map(|((station, figures), area)| District {
                station: MapStation {
                    name: format!("{} {:.1}%", station.name, 100.0 * figures.residents / all),
                    ..station
                },
                rings: rings(area),
            })
            .collect();
        let note = language.pick(
            "站名后为该区居民占全县的比例。",
            "After each name: the share of the county's residents in its district.",
        );
        DistrictMap {
            caption: self.caption(title, vec![note.to_owned()]),
            measure: language
                .pick(
                    "各色块：该消防站首先到达的范围",
                    "Each area: where its station is first",
                )
                .to_owned(),
            base: &self.base,
            districts: &districts,
            unreached: self.areas.districts.last().map(rings).unwrap_or_default(),
        }
        .draw(language)
    }

    fn critical_links(&self, critical: &CriticalLinks) -> Result<Drawing, ChartError> {
        let language = self.language;
        let stations = stations(self.coverage, language);
        let shown = &critical.stretches[..critical.stretches.len().min(MOST_STRETCHES)];
        let title = language.pick(
            format!("关键路段：{stations}"),
            format!("Critical links: {stations}"),
        );
        let counts = critical.cut_off_counts_minutes;
        let lines: Vec<CriticalLine> = shown
            .iter()
            .map(|stretch| CriticalLine {
                lines: stretch
                    .roads
                    .iter()
                    .map(|road| self.scenario.roads.line(self.scenario.roads.road(*road)))
                    .collect(),
                cuts_off: stretch.figures.residents_cut_off > 0.0,
            })
            .collect();
        let named: Vec<String> = shown
            .iter()
            .take(MOST_NAMED)
            .map(|s| self.named(s))
            .collect();
        let notes = vec![
            named.join(language.pick("；", "; ")),
            language.pick(
                format!(
                    "序号按单独封闭该路段每年损失的警情·分钟排序，不可达的警情每起计 {counts} 分钟；路段本身\
                     上的居民不计入。"
                ),
                format!(
                    "Numbered by the incident-minutes a year lost while the link alone is closed; an \
                     incident cut off counts {counts} min; people on the link itself do not count."
                ),
            ),
        ];
        CriticalLinksMap {
            caption: self.caption(title, notes),
            measure: language
                .pick(
                    "单独封闭后影响最大的路段",
                    "Links that hurt most when closed alone",
                )
                .to_owned(),
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
        let name = super::terminal::stretch_name(self.coverage, stretch, language);
        let mut parts = Vec::new();
        if figures.residents_cut_off > 0.0 {
            parts.push(language.pick(
                format!("{:.0} 人不可达", figures.residents_cut_off),
                format!("{:.0} cut off", figures.residents_cut_off),
            ));
        }
        if figures.residents_later > 0.0 {
            let longest = figures.longest_added_seconds / 60.0;
            parts.push(language.pick(
                format!("{:.0} 人最多慢 {longest:.1} 分钟", figures.residents_later),
                format!(
                    "{:.0} later by up to {longest:.1} min",
                    figures.residents_later
                ),
            ));
        }
        let figures = parts.join(language.pick("，", ", "));
        language.pick(
            format!("{} {name}：{figures}", stretch.rank),
            format!("{} {name}: {figures}", stretch.rank),
        )
    }

    fn caption(&self, title: String, notes: Vec<String>) -> Caption {
        let language = self.language;
        let coverage = self.coverage;
        let clock = clock(coverage, language);
        let step = coverage.grid.step_metres;
        let mut footnotes = notes;
        footnotes.push(language.pick(
            format!(
                "{}。格点间距 {step:.0} m；brigade {}。",
                coverage.scenario.name.local, coverage.scenario.brigade_version
            ),
            format!(
                "{}. Spots every {step:.0} m; brigade {}.",
                coverage.scenario.name.english, coverage.scenario.brigade_version
            ),
        ));
        let basis = &coverage.data_basis;
        footnotes.extend(data_footnotes(basis, &coverage.attribution, language));
        Caption {
            title,
            subtitle: language.pick(
                format!("{clock}；各阶段取均值，车辆均在站"),
                format!("{}; means, all engines at home", capitalised(&clock)),
            ),
            footnotes,
            theme: Theme::default(),
        }
    }
}
