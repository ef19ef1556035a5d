//! The charts of a comparison: what each shows, with titles, clocks and footnotes.

mod figures;
mod maps;
mod prospects;

use rayon::prelude::*;

use crate::brigades::SiteId;
use crate::charts::{
    ArrivalField, ArrivalMap, BaseMap, Caption, ChartError, DistributionLine, Drawing, Emphasis,
    GainMap, Interval, MapStation, ResponseDistribution, Ring, Theme, ThresholdMark,
    TownPercentiles, TownRow,
};
use crate::evaluation::comparison::{Comparison, Evaluated, TownFigures};
use crate::geography::LonLat;
use crate::language::Language;
use crate::progress::{Unit, Work};
use crate::report::base_map::base_map;
use crate::report::expected_words::ExpectedClock;
use crate::report::fields::{ARRIVAL_BANDS, Fields};
use crate::report::footnotes::data_footnotes;
use crate::report::map_roads::RoadsOfMaps;
use crate::report::publication::Publication;
use crate::report::words::{
    alternative_name, capitalised, no_road_words, of_answered, runs_words, threshold_minutes,
};
use crate::scenario::Scenario;
use crate::scenario::standards::Clock;
use crate::text;

/// Every chart that a comparison can have, by the name of its file without its ending.
pub const CHARTS: [&str; 17] = [
    "arrival-baseline",
    "arrival-best",
    "minutes-gained",
    "town-p90",
    "best-six",
    "districts-best",
    "difference-to-best",
    "town-spread",
    "cost-coverage",
    "building-sequence",
    "sensitivity",
    "beyond-standard",
    "coverage-by-minutes",
    "calls-by-time",
    "engine-workload",
    "response-distribution",
    "first-water",
];

/// Limits of the bands of minutes gained.
const GAIN_BANDS: [f32; 5] = [1.0, 5.0, 10.0, 20.0, 30.0];

/// Draws every chart: name of the file without its ending, and the drawing. Without an alternative
/// that beats the baseline there is nothing to compare it with, and only its own charts are drawn.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn draw_all(
    publication: &Publication<'_>,
    fields: &Fields,
    roads: &RoadsOfMaps<'_>,
) -> Result<Vec<(&'static str, Drawing)>, ChartError> {
    let Publication {
        scenario,
        comparison,
        language,
        theme,
        ..
    } = *publication;
    let pictures = Pictures {
        scenario,
        comparison,
        language,
        theme,
        no_road: &fields.no_road,
    };
    let plane = fields.grid.lattice.plane;
    let base = base_map(scenario, roads.of_pictures(), plane, language);
    let small_base = base_map(scenario, roads.of_small_pictures(), plane, language);
    let baseline = comparison.baseline();
    let best = comparison.best();
    let before = fields.of_alternative(baseline);
    let after = fields.of_alternative(best);
    let mut charts: Vec<Chart<'_>> = vec![(
        "arrival-baseline",
        Box::new(|| pictures.arrival_map(&base, baseline, before)),
    )];
    if !best.is_baseline {
        charts.push((
            "arrival-best",
            Box::new(|| pictures.arrival_map(&base, best, after)),
        ));
        charts.push((
            "minutes-gained",
            Box::new(|| pictures.gain_map(&base, before, after)),
        ));
        charts.push(("town-p90", Box::new(|| pictures.town_percentiles())));
        charts.push((
            "best-six",
            Box::new(|| pictures.small_multiples(&small_base, fields)),
        ));
        charts.push((
            "districts-best",
            Box::new(|| pictures.districts(&base, best)),
        ));
        charts.push(("difference-to-best", Box::new(|| pictures.forest())));
        charts.push(("town-spread", Box::new(|| pictures.town_spread())));
    }
    if let Some(phases) = &comparison.phases {
        charts.push((
            "cost-coverage",
            Box::new(|| pictures.cost_against_coverage(phases)),
        ));
        // Where nobody comes today, there is nothing from which the lines could fall.
        let mut steps = phases.orders.iter().flatten();
        let are_all_timed = steps.all(|step| step.mean_response_seconds.is_some());
        if phases.orders.len() > 1 && are_all_timed {
            charts.push((
                "building-sequence",
                Box::new(|| pictures.building_sequence(phases)),
            ));
        }
    }
    if let Some(study) = &comparison.sensitivity {
        charts.push(("sensitivity", Box::new(|| pictures.tornado(study))));
    }
    if let Some(worklist) = &publication.worklist {
        charts.push((
            "beyond-standard",
            Box::new(|| pictures.beyond(&base, publication, worklist)),
        ));
    }
    charts.push((
        "coverage-by-minutes",
        Box::new(|| pictures.coverage_by_minutes(publication)),
    ));
    // Calls of record have no rates.
    if !scenario.incidents.is_replay && scenario.expected_incidents() > 0.0 {
        charts.push(("calls-by-time", Box::new(|| pictures.calls_by_time())));
    }
    if best
        .stations
        .iter()
        .any(|s| s.busy_share.is_some_and(|b| b.value > 0.0))
    {
        charts.push(("engine-workload", Box::new(|| pictures.workload())));
    }
    charts.push((
        "response-distribution",
        Box::new(|| pictures.distribution()),
    ));
    if best.first_water_distributions.is_some() {
        charts.push(("first-water", Box::new(|| pictures.first_water())));
    }
    let work = Work::new("drawing", charts.len(), Unit::Count("charts"));
    charts
        .par_iter()
        .filter_map(|(name, draw)| {
            let drawing = draw();
            work.add(1);
            match drawing {
                Ok(drawing) => Some(Ok((*name, drawing))),
                // No call was answered, or no fire: the tables say so.
                Err(ChartError::Empty { .. }) => None,
                Err(error) => Some(Err(error)),
            }
        })
        .collect()
}

/// A chart that is still to be drawn, by the name of its file.
type Chart<'a> = (
    &'static str,
    Box<dyn Fn() -> Result<Drawing, ChartError> + Send + Sync + 'a>,
);

/// How strongly the line of an alternative is drawn.
fn emphasis_of(evaluated: &Evaluated) -> Emphasis {
    match (evaluated.is_baseline, evaluated.rank) {
        (true, _) => Emphasis::Baseline,
        (false, 1) => Emphasis::Best,
        (false, 2) => Emphasis::Second,
        _ => Emphasis::Other,
    }
}

struct Pictures<'a> {
    scenario: &'a Scenario,
    comparison: &'a Comparison,
    language: Language,
    theme: Theme,
    /// The rings of where there is no road.
    no_road: &'a [Ring],
}

impl Pictures<'_> {
    fn stations(&self, evaluated: &Evaluated) -> Vec<MapStation> {
        let existing = self
            .scenario
            .stations
            .existing
            .iter()
            .map(|station| (station, false));
        let planned = self.scenario.alternatives[evaluated.index]
            .sites
            .iter()
            .map(|site| (&self.scenario.stations.site(*site).station, true));
        existing
            .chain(planned)
            .map(|(station, planned)| MapStation {
                name: station.name.in_language(self.language).to_owned(),
                at: station.position,
                planned,
            })
            .collect()
    }

    /// Candidate sites that do not stand in the alternative shown.
    fn other_sites(&self, evaluated: &Evaluated) -> Vec<LonLat> {
        let chosen = &self.scenario.alternatives[evaluated.index].sites;
        SiteId::all(self.scenario.stations.sites.len())
            .filter(|site| !chosen.contains(site))
            .map(|site| self.scenario.stations.site(site).station.position)
            .collect()
    }

    fn arrival_map(
        &self,
        base: &BaseMap,
        evaluated: &Evaluated,
        field: &ArrivalField,
    ) -> Result<Drawing, ChartError> {
        let label = alternative_name(evaluated, self.language);
        let title = text!(self.language, "chart-arrival", alternative = label);
        ArrivalMap {
            caption: self.field_caption(base, title, self.expected_clock()),
            clock: text!(self.language, "chart-clock-response"),
            base,
            stations: &self.stations(evaluated),
            sites: &self.other_sites(evaluated),
            field,
            no_road: self.no_road,
            thresholds: ARRIVAL_BANDS.to_vec(),
        }
        .draw(self.language)
    }

    fn gain_map(
        &self,
        base: &BaseMap,
        before: &ArrivalField,
        after: &ArrivalField,
    ) -> Result<Drawing, ChartError> {
        let best = self.comparison.best();
        let label = alternative_name(best, self.language);
        let title = text!(self.language, "chart-gain", alternative = label);
        let gain = ArrivalField {
            minutes: before
                .minutes
                .iter()
                .zip(&after.minutes)
                .map(|(before, after)| before - after)
                .collect(),
            ..after.clone()
        };
        GainMap {
            caption: self.field_caption(base, title, self.expected_clock()),
            clock: text!(self.language, "chart-clock-gain"),
            base,
            stations: &self.stations(best),
            sites: &self.other_sites(best),
            gain: &gain,
            no_road: self.no_road,
            thresholds: GAIN_BANDS.to_vec(),
        }
        .draw(self.language)
    }

    fn line_of(&self, evaluated: &Evaluated, points: Vec<(f64, f64)>) -> DistributionLine {
        DistributionLine {
            name: alternative_name(evaluated, self.language),
            emphasis: emphasis_of(evaluated),
            points,
        }
    }

    fn distribution(&self) -> Result<Drawing, ChartError> {
        let comparison = self.comparison;
        let language = self.language;
        let lines = comparison
            .alternatives
            .iter()
            .map(|evaluated| self.line_of(evaluated, evaluated.response_distribution.minutes()))
            .collect();
        let thresholds = self.thresholds();
        let title = text!(language, "chart-distribution");
        let subtitle = text!(language, "chart-distribution-how");
        ResponseDistribution {
            caption: self.caption(title, subtitle),
            clock: text!(language, "chart-clock-response"),
            lines,
            thresholds,
            longest: None,
        }
        .draw(language)
    }

    /// Limits on the clock of the axis: from the call.
    fn thresholds(&self) -> Vec<ThresholdMark> {
        let language = self.language;
        let standards = self.comparison.standards.iter();
        standards
            .filter(|standard| standard.clock == Clock::Response)
            .map(|standard| ThresholdMark {
                minutes: standard.threshold_seconds / 60.0,
                label: text!(
                    language,
                    "chart-threshold",
                    minutes = threshold_minutes(standard)
                ),
            })
            .collect()
    }

    fn town_percentiles(&self) -> Result<Drawing, ChartError> {
        let language = self.language;
        let (baseline, best) = (self.comparison.baseline(), self.comparison.best());
        let interval = |town: &TownFigures| {
            let minutes = |seconds: Option<f64>| seconds.map_or(f64::NAN, |s| s / 60.0);
            let p90 = town.figures.p90_response_seconds.as_ref();
            let value = minutes(p90.map(|p90| p90.value));
            Interval {
                value,
                low: p90.and_then(|p90| p90.low).map_or(value, |low| low / 60.0),
                high: p90
                    .and_then(|p90| p90.high)
                    .map_or(value, |high| high / 60.0),
            }
        };
        let rows = baseline
            .towns
            .iter()
            .zip(&best.towns)
            .map(|(before, after)| TownRow {
                name: before.name.in_language(language).to_owned(),
                baseline: interval(before),
                best: interval(after),
            })
            .collect();
        let title = text!(language, "chart-town-p90");
        let label = alternative_name(best, language);
        let subtitle = self.of_answered(text!(language, "chart-town-p90-how", best = label));
        TownPercentiles {
            caption: self.caption(title, subtitle),
            clock: text!(language, "chart-clock-response"),
            baseline: text!(language, "today"),
            best: text!(language, "best-alternative"),
            rows,
        }
        .draw(language)
    }

    fn expected_clock(&self) -> String {
        ExpectedClock::of(self.scenario).words(self.language)
    }

    /// What is said of times of answered calls.
    fn of_answered(&self, how: String) -> String {
        of_answered(how, self.comparison, self.language)
    }

    /// The caption of a map.
    fn map_caption(&self, base: &BaseMap, title: String, subtitle: String) -> Caption {
        let mut caption = self.caption(title, subtitle);
        // After the run.
        (caption.footnotes).splice(1..1, base.roads_left_out.clone());
        caption
    }

    /// The caption of a map on which areas without a road are a class.
    fn field_caption(&self, base: &BaseMap, title: String, subtitle: String) -> Caption {
        let mut caption = self.map_caption(base, title, subtitle);
        if !self.no_road.is_empty() {
            let network = &self.scenario.network;
            let without_lanes = network.road_limit_without_lanes();
            let note = no_road_words(network.pace.limit, without_lanes, self.language);
            caption.footnotes.insert(1, note);
        }
        caption
    }

    fn caption(&self, title: String, subtitle: String) -> Caption {
        let language = self.language;
        let scenario = &self.comparison.scenario;
        let mut footnotes = vec![text!(
            language,
            "chart-run",
            scenario = scenario.name.in_language(language),
            runs = capitalised(&runs_words(scenario, language)),
            start = &*scenario.start,
            seed = scenario.seed.to_string(),
            version = &*scenario.brigade_version,
        )];
        let comparison = self.comparison;
        footnotes.extend(data_footnotes(
            &comparison.data_basis,
            &comparison.attribution,
            language,
        ));
        Caption {
            title,
            subtitle,
            footnotes,
            theme: self.theme,
        }
    }
}
