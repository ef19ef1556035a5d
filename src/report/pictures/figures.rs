//! Charts that are no maps and say more than the ranking: who cannot be told apart, who is reached by
//! when, when calls come, how busy engines are.

use super::Pictures;
use crate::charts::{
    CallsByTime, ChartError, DistributionLine, Drawing, Emphasis, EngineWorkload, ForestPlot,
    ForestRow, Interval, ResponseDistribution, SpreadRow, TownSpread, WorkloadRow,
};
use crate::evaluation::comparison::{Evaluated, TownFigures};
use crate::evaluation::estimate::Estimate;
use crate::expected::Expected;
use crate::report::fields::mapped;
use crate::report::publication::Publication;
use crate::report::words::ranked_words;
use crate::scenario::standards::Clock;

/// Rows of the forest plot: what fits on a page.
const MOST_ROWS: usize = 24;

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
        let by_share = comparison
            .standards
            .iter()
            .any(|standard| standard.id == comparison.ranked_by);
        // Where more is better, what lies behind is negative: turned, so that more is worse.
        let factor = if by_share { -100.0 } else { 1.0 / 60.0 };
        let others = comparison
            .alternatives
            .iter()
            .filter(|a| a.rank > 1 && !a.is_baseline);
        let rows = others
            .take(MOST_ROWS)
            .map(|evaluated| ForestRow {
                name: format!("{}. {}", evaluated.rank, evaluated.label(language)),
                difference: interval(
                    evaluated.difference_from_best.named(&comparison.ranked_by),
                    factor,
                ),
                told_apart: evaluated.told_apart_from_best,
            })
            .collect::<Vec<_>>();
        if rows.is_empty() {
            return self.only_two();
        }
        let ranked = ranked_words(comparison, language);
        let unit = if by_share {
            language.pick("百分点", "percentage points")
        } else {
            language.pick("分钟", "min")
        };
        let title = language.pick(
            "各方案与最优方案的差距",
            "Difference to the best alternative",
        );
        let subtitle = language.pick(
            format!("{ranked}；同一批警情的配对差及 95% 置信区间；空心（≈）者与最优无法区分"),
            format!("{ranked}; paired differences over the same calls with 95 % intervals; hollow (≈) cannot be told apart"),
        );
        ForestPlot {
            caption: self.caption(title.to_owned(), subtitle),
            measure: language.pick(
                format!("落后于最优方案，{unit}"),
                format!("behind the best, {unit}"),
            ),
            best: comparison.best().label(language),
            rows,
        }
        .draw(language)
    }

    /// With one alternative besides the baseline, the baseline is what it is compared with.
    fn only_two(&self) -> Result<Drawing, ChartError> {
        let (comparison, language) = (self.comparison, self.language);
        let rows = comparison.alternatives[1..]
            .iter()
            .map(|evaluated| ForestRow {
                name: evaluated.label(language),
                difference: interval(
                    evaluated
                        .difference_from_best
                        .mean_response_seconds
                        .as_ref(),
                    1.0 / 60.0,
                ),
                told_apart: evaluated.told_apart_from_best,
            });
        ForestPlot {
            caption: self.caption(
                language
                    .pick("与最优方案的差距", "Difference to the best alternative")
                    .to_owned(),
                language
                    .pick("平均到场时间，配对差", "mean response time, paired")
                    .to_owned(),
            ),
            measure: language.pick("分钟", "min").to_owned(),
            best: comparison.best().label(language),
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
        let title = language.pick(
            "各镇到场时间的分布",
            "Spread of response times in each town",
        );
        let subtitle = language.pick(
            "箱：第 25 至 75 百分位，中线为中位数；须：第 10 至 90 百分位；仿真的全部警情",
            "Box: 25th to 75th percentile with the median; whiskers: 10th to 90th; all simulated calls",
        );
        TownSpread {
            caption: self.caption(title.to_owned(), subtitle.to_owned()),
            clock: language
                .pick(
                    "到场时间（接警起算），分钟",
                    "response time from the call, min",
                )
                .to_owned(),
            baseline: baseline.label(language),
            best: best.label(language),
            rows: rows.collect(),
        }
        .draw(language)
    }

    /// When water is brought on fires, with hydrants and without.
    pub(super) fn first_water(&self) -> Result<Drawing, ChartError> {
        let (comparison, language) = (self.comparison, self.language);
        let (best, baseline) = (comparison.best(), comparison.baseline());
        let both = language.pick(
            ["有消火栓", "无消火栓"],
            ["with hydrants", "without hydrants"],
        );
        let mut lines = Vec::new();
        let mut add = |of: &Evaluated, emphasis: [Emphasis; 2]| {
            let distributions = of.first_water_distributions.iter().flatten();
            for ((distribution, words), emphasis) in distributions.zip(both).zip(emphasis) {
                let label = of.label(language);
                lines.push(DistributionLine {
                    name: language.pick(format!("{label}，{words}"), format!("{label}, {words}")),
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
        let title = language.pick(
            "出水时间累计分布",
            "Cumulative distribution of first-water time",
        );
        let subtitle = language.pick(
            format!(
                "仿真火灾警情中，在该时间内出水的比例；{at_hydrant:.0}% 的火灾在水带可及的消火栓旁，\
                 其余靠接力或运水"
            ),
            format!(
                "Share of simulated fires with water by then; {at_hydrant:.0} % have a hydrant within \
                 reach of hoses, the others a relay or tenders"
            ),
        );
        ResponseDistribution {
            caption: self.caption(title.to_owned(), subtitle),
            clock: language
                .pick(
                    "出水时间（接警起算），分钟",
                    "first-water time from the call, min",
                )
                .to_owned(),
            lines,
            thresholds: Vec::new(),
            longest: None,
        }
        .draw_as(
            language,
            language.pick("已出水火灾的累计占比", "share of fires with water"),
        )
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
            let plan = &scenario.alternatives[evaluated.index];
            let first = Expected::of(scenario).first_due(publication.times, plan);
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
            caption: self.caption(
                language
                    .pick(
                        "几分钟内能到达多少居民",
                        "Residents reached within each minute",
                    )
                    .to_owned(),
                self.expected_clock(),
            ),
            clock: language
                .pick(
                    "预计到场时间（接警起算），分钟",
                    "expected response from the call, min",
                )
                .to_owned(),
            lines: lines.collect(),
            thresholds: self.thresholds(),
            longest: None,
        }
        .draw_as(
            language,
            language.pick("可到达居民的累计占比", "share of residents reached"),
        )
    }

    pub(super) fn calls_by_time(&self) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let county = &scenario.county;
        let mut hours = [0.0; 24];
        let mut months = [0.0; 12];
        const DAYS: [f64; 12] = [
            31.0, 28.2425, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0,
        ];
        for (number, kind) in county.incident_types.iter().enumerate() {
            let a_year: f64 = county.demand.iter().map(|point| point.rates[number]).sum();
            for (sum, share) in hours.iter_mut().zip(kind.hours) {
                *sum += a_year * share;
            }
            let whole: f64 = kind
                .months
                .iter()
                .zip(DAYS)
                .map(|(rate, days)| rate * days)
                .sum();
            for ((sum, rate), days) in months.iter_mut().zip(kind.months).zip(DAYS) {
                *sum += a_year * rate * days / whole;
            }
        }
        CallsByTime {
            caption: self.caption(
                language.pick("警情的时间分布", "When calls come").to_owned(),
                language
                    .pick(
                        "全县各类警情的年均数，由各类警情率及其时段、月份权重得出；不含特殊日期",
                        "Calls a year of all types, from their rates and weights by hour and month; special days apart",
                    )
                    .to_owned(),
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
                    name: language.pick(
                        format!("{}（{} 辆）", station.name.local, station.engines),
                        format!("{} ({})", station.name.english, station.engines),
                    ),
                    today: interval(before.and_then(|s| s.busy_share.as_ref()), 100.0),
                    best: interval(station.busy_share.as_ref(), 100.0),
                }
            })
            .collect();
        EngineWorkload {
            caption: self.caption(
                language.pick("消防车在外时间比例", "Workload of the engines").to_owned(),
                language
                    .pick(
                        "仿真中每辆消防车自出动至归队的时间占比（各车平均）；短线为 95% 置信区间",
                        "Share of simulated time from turnout to return, on average over a station's engines; short lines are 95 % intervals",
                    )
                    .to_owned(),
            ),
            measure: language.pick("在外时间，%", "share of time out, %").to_owned(),
            best: best.label(language),
            rows,
        }
        .draw(language)
    }
}
