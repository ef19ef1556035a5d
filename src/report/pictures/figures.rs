//! Charts that are no maps and say more than the ranking: who cannot be told apart, who is reached by
//! when, when calls come, how busy engines are.

use super::Pictures;
use crate::charts::{
    CallsByTime, ChartError, DistributionLine, Drawing, Emphasis, EngineWorkload, ForestPlot,
    ForestRow, Interval, ResponseDistribution, SpreadRow, TownSpread, WorkloadRow,
};
use crate::evaluation::comparison::{Evaluated, TownFigures};
use crate::evaluation::estimate::Estimate;
use crate::messages::Key;
use crate::report::fields::mapped;
use crate::report::publication::Publication;
use crate::report::words::{
    UNKNOWN_MARK, alternative_name, rank_mark, ranked_words, ranking_standard,
};
use crate::scenario::standards::Clock;
use crate::text;

/// Rows of the forest plot: what fits on a page.
const MAX_ROWS: usize = 24;

fn interval(estimate: Option<&Estimate>, factor: f64) -> Interval {
    let end = |end: Option<f64>| end.map_or(f64::NAN, |end| end * factor);
    let [a, b] = [estimate.and_then(|e| e.low), estimate.and_then(|e| e.high)].map(end);
    Interval {
        value: end(estimate.map(|e| e.value)),
        low: a.min(b),
        high: a.max(b),
    }
}

impl Pictures<'_> {
    pub(super) fn forest(&self) -> Result<Drawing, ChartError> {
        let (comparison, language) = (self.comparison, self.language);
        let by_share = ranking_standard(comparison).is_some();
        // Where more is better, what lies behind is negative: turned, so that more is worse.
        let factor = if by_share { -100.0 } else { 1.0 / 60.0 };
        let named = comparison.ranked_by.as_str();
        // With one alternative besides the baseline, the baseline is what it is compared with.
        let others = comparison.alternatives[1..].iter();
        let is_shown = |of: &&Evaluated| !of.is_baseline || comparison.compared() == 2;
        let rows = others
            .filter(is_shown)
            .take(MAX_ROWS)
            .map(|evaluated| ForestRow {
                name: format!(
                    "{}. {}",
                    evaluated.rank,
                    alternative_name(evaluated, language)
                ),
                difference: interval(evaluated.difference_from_best.named(named), factor),
                mark: rank_mark(evaluated.beside_best()),
            });
        let measure = match by_share {
            true => text!(language, "chart-forest-measure-points"),
            false => text!(language, "chart-forest-measure-minutes"),
        };
        let ranked = ranked_words(comparison, language);
        let how = text!(language, "chart-forest-how", ranked = ranked);
        let how = match rows.clone().any(|row| row.mark == UNKNOWN_MARK) {
            false => how,
            true => text!(language, "chart-forest-too-few", how = how),
        };
        ForestPlot {
            caption: self.caption(
                text!(language, "chart-forest"),
                match by_share {
                    true => how,
                    false => self.of_answered(how),
                },
            ),
            measure,
            best: alternative_name(comparison.best(), language),
            rows: rows.collect(),
        }
        .draw(language)
    }

    /// How response times spread in each town.
    pub(super) fn town_spread(&self) -> Result<Drawing, ChartError> {
        let (comparison, language) = (self.comparison, self.language);
        let (best, baseline) = (comparison.best(), comparison.baseline());
        let spread = |town: &TownFigures| {
            let seconds = town.response_spread_seconds?;
            Some(seconds.map(|seconds| f64::from(seconds) / 60.0))
        };
        let towns = baseline.towns.iter().zip(&best.towns);
        let rows = towns.map(|(before, after)| SpreadRow {
            name: before.name.in_language(language).to_owned(),
            baseline: spread(before),
            best: spread(after),
        });
        TownSpread {
            caption: self.caption(
                text!(language, "chart-town-spread"),
                self.of_answered(text!(language, "chart-town-spread-how")),
            ),
            clock: text!(language, "chart-clock-response"),
            baseline: alternative_name(baseline, language),
            best: alternative_name(best, language),
            rows: rows.collect(),
        }
        .draw(language)
    }

    /// When water is brought on fires, with hydrants and without.
    pub(super) fn first_water(&self) -> Result<Drawing, ChartError> {
        let (comparison, language) = (self.comparison, self.language);
        let (best, baseline) = (comparison.best(), comparison.baseline());
        let both = [
            Key("chart-water-with-hydrants"),
            Key("chart-water-without-hydrants"),
        ];
        let mut lines = Vec::new();
        let mut add = |of: &Evaluated, emphasis: [Emphasis; 2]| {
            let distributions = of.first_water_distributions.iter().flatten();
            for ((distribution, key), emphasis) in distributions.zip(both).zip(emphasis) {
                lines.push(DistributionLine {
                    name: text!(language, key, alternative = alternative_name(of, language)),
                    emphasis,
                    points: distribution.minutes(),
                });
            }
        };
        if !best.is_baseline {
            add(best, [Emphasis::Best, Emphasis::Second]);
        }
        add(baseline, [Emphasis::Baseline, Emphasis::Other]);
        let reached = best.county.first_water.as_ref();
        let at_hydrant = reached
            .and_then(|water| water.at_hydrant)
            .map_or(0.0, |share| share.value * 100.0);
        ResponseDistribution {
            caption: self.caption(
                text!(language, "chart-water"),
                text!(
                    language,
                    "chart-water-how",
                    at_hydrant = format!("{at_hydrant:.0}"),
                ),
            ),
            clock: text!(language, "chart-clock-water"),
            lines,
            thresholds: Vec::new(),
            longest: None,
        }
        .draw_as(language, &text!(language, "chart-water-share"))
    }

    /// Residents reached within each minute, every engine at home.
    pub(super) fn coverage_by_minutes(
        &self,
        publication: &Publication<'_>,
    ) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let demand = &scenario.county.demand;
        let all: f64 = demand.iter().map(|point| point.residents).sum();
        let lines = mapped(self.comparison).into_iter().map(|evaluated| {
            let first = &publication.first_due[&evaluated.index];
            let mut reached: Vec<(f64, f64)> = first
                .iter()
                .zip(demand)
                .filter_map(|(due, point)| {
                    let minutes = (*due)?.seconds(Clock::Response) / 60.0;
                    Some((minutes, point.residents))
                })
                .collect();
            reached.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut sum = 0.0;
            let points = reached.into_iter().map(|(minutes, residents)| {
                sum += residents;
                (minutes, if all > 0.0 { sum / all } else { 0.0 })
            });
            self.line_of(evaluated, points.collect())
        });
        ResponseDistribution {
            caption: self.caption(text!(language, "chart-coverage"), self.expected_clock()),
            clock: text!(language, "chart-clock-expected"),
            lines: lines.collect(),
            thresholds: self.thresholds(),
            longest: None,
        }
        .draw_as(language, &text!(language, "chart-coverage-share"))
    }

    pub(super) fn calls_by_time(&self) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let county = &scenario.county;
        let mut hours = [0.0; 24];
        let mut months = [0.0; 12];
        const DAYS: [f64; 12] = [
            31.0, 28.2425, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0,
        ];
        for (index, of_type) in county.incident_types.iter().enumerate() {
            let a_year: f64 = county.demand.iter().map(|point| point.rates[index]).sum();
            for (sum, share) in hours.iter_mut().zip(of_type.hours) {
                *sum += a_year * share;
            }
            let whole: f64 = of_type
                .months
                .iter()
                .zip(DAYS)
                .map(|(rate, days)| rate * days)
                .sum();
            for ((sum, rate), days) in months.iter_mut().zip(of_type.months).zip(DAYS) {
                *sum += a_year * rate * days / whole;
            }
        }
        CallsByTime {
            caption: self.caption(
                text!(language, "chart-calls"),
                text!(language, "chart-calls-how"),
            ),
            hours,
            months,
        }
        .draw(language)
    }

    pub(super) fn workload(&self) -> Result<Drawing, ChartError> {
        let (comparison, language) = (self.comparison, self.language);
        let (today, best) = (comparison.baseline(), comparison.best());
        let rows = best
            .stations
            .iter()
            .map(|station| {
                let before = today.stations.iter().find(|s| s.id == station.id);
                WorkloadRow {
                    name: text!(
                        language,
                        "chart-workload-station",
                        station = station.name.in_language(language),
                        engines = station.engines,
                    ),
                    today: interval(before.and_then(|s| s.busy_share.as_ref()), 100.0),
                    best: interval(station.busy_share.as_ref(), 100.0),
                }
            })
            .collect();
        EngineWorkload {
            caption: self.caption(
                text!(language, "chart-workload"),
                text!(language, "chart-workload-how"),
            ),
            measure: text!(language, "chart-workload-measure"),
            best: alternative_name(best, language),
            rows,
        }
        .draw(language)
    }
}
