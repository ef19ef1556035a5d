//! Charts that show more than the ranking: who cannot be told apart, the best side by side, districts,
//! what is still beyond the standard, when calls come, how busy engines are.

use geo::MultiPolygon;

use super::{ARRIVAL_BANDS, Pictures};
use crate::charts::{
    BaseMap, CallsByTime, ChartError, DistributionLine, District, DistrictMap, Drawing, Emphasis,
    EngineWorkload, ForestPlot, ForestRow, Interval, MapPlace, MapStation, PlaceMap,
    ResponseDistribution, SmallMap, SmallMultiples, WorkloadRow,
};
use crate::evaluation::comparison::{Evaluated, StandardSummary};
use crate::evaluation::coverage::cover;
use crate::evaluation::coverage::question::Question;
use crate::evaluation::estimate::Estimate;
use crate::evaluation::first_due::FirstDue;
use crate::report::fields::{Fields, mapped};
use crate::report::publication::Publication;
use crate::report::summary::{ranked_words, standard_words};
use crate::report::worklist;
use crate::scenario::standards::Clock;

/// Rows of the forest plot: what fits on a page.
const MOST_ROWS: usize = 24;
/// Limits of the classes of minutes beyond the standard.
const BEYOND: [f32; 4] = [5.0, 10.0, 20.0, 40.0];

fn interval(estimate: Option<&Estimate>, factor: f64) -> Interval {
    let end = |end: Option<f64>| end.map_or(f64::NAN, |end| end * factor);
    let [a, b] = [estimate.and_then(|e| e.low), estimate.and_then(|e| e.high)].map(end);
    Interval {
        value: end(estimate.map(|e| e.value)),
        low: a.min(b),
        high: a.max(b),
    }
}

fn rings(area: &MultiPolygon) -> Vec<Vec<[f64; 2]>> {
    let polygons = area.iter();
    polygons
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| ring.coords().map(|at| [at.x, at.y]).collect())
        .collect()
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

    pub(super) fn small_multiples(
        &self,
        base: &BaseMap,
        fields: &Fields,
    ) -> Result<Drawing, ChartError> {
        let language = self.language;
        let maps = mapped(self.comparison)
            .into_iter()
            .filter(|evaluated| !evaluated.is_baseline)
            .map(|evaluated| {
                let mean = evaluated.county.mean_response_seconds.as_ref();
                let mean = mean.map_or(f64::NAN, |mean| mean.value / 60.0);
                SmallMap {
                    title: language.pick(
                        format!(
                            "{}. {}：平均 {mean:.1} 分钟",
                            evaluated.rank,
                            evaluated.label(language)
                        ),
                        format!(
                            "{}. {}: mean {mean:.1} min",
                            evaluated.rank,
                            evaluated.label(language)
                        ),
                    ),
                    stations: self.stations(evaluated),
                    field: fields.of_alternative(evaluated),
                }
            })
            .collect();
        let title = language.pick(
            "前六名方案的预计到场时间",
            "Expected response time: the best six",
        );
        SmallMultiples {
            caption: self.caption(title.to_owned(), self.expected_clock()),
            clock: language
                .pick(
                    "到场时间（接警起算），分钟；示意图，上为北，比例尺相同",
                    "response from the call, min; schematic maps, north up, all of one scale",
                )
                .to_owned(),
            base,
            maps,
            thresholds: ARRIVAL_BANDS.to_vec(),
        }
        .draw(language)
    }

    pub(super) fn districts(
        &self,
        base: &BaseMap,
        evaluated: &Evaluated,
    ) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let alternative = &scenario.alternatives[evaluated.index];
        let question = Question {
            bases: scenario.bases_of(alternative),
            alternative: Some(evaluated.id.clone()),
            clock: Clock::Response,
            bands: vec![f64::from(ARRIVAL_BANDS[0])],
            closed: Vec::new(),
            critical: 0,
            cut_off_counts: crate::units::Millis(0),
        };
        let (coverage, areas) = cover(scenario, &question);
        let all = coverage.county.residents.max(f64::MIN_POSITIVE);
        let districts: Vec<District> = coverage
            .stations
            .iter()
            .zip(&areas.districts)
            .map(|(station, area)| District {
                station: MapStation {
                    name: format!(
                        "{} {:.1}%",
                        station.name.in_language(language),
                        100.0 * station.residents / all
                    ),
                    at: crate::geography::LonLat {
                        lon: station.lon,
                        lat: station.lat,
                    },
                    planned: !station.existing,
                },
                rings: rings(area),
            })
            .collect();
        let label = evaluated.label(language);
        DistrictMap {
            caption: self.caption(
                language.pick(
                    format!("首到责任区：{label}"),
                    format!("First-due districts: {label}"),
                ),
                self.expected_clock(),
            ),
            measure: language
                .pick(
                    "各区由所标消防站首到；百分数为居民占比",
                    "each area is reached first by the station named in it; per cent of residents",
                )
                .to_owned(),
            base,
            districts: &districts,
            unreached: areas.districts.last().map(rings).unwrap_or_default(),
        }
        .draw(language)
    }

    pub(super) fn beyond(
        &self,
        base: &BaseMap,
        publication: &Publication<'_>,
        standard: &StandardSummary,
    ) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let places: Vec<MapPlace> = worklist::places(publication)
            .iter()
            .map(|row| {
                let point = &scenario.county.demand[row.place];
                let seconds = row.best.seconds(scenario, standard.clock);
                MapPlace {
                    at: point.position,
                    beyond: (seconds - standard.threshold_seconds) / 60.0,
                    residents: point.residents,
                }
            })
            .collect();
        let late = places.iter().filter(|place| place.beyond > 0.0);
        let (count, residents) = late.fold((0, 0.0), |(count, sum), place| {
            (count + 1, sum + place.residents)
        });
        let best = self.comparison.best();
        let words = standard_words(standard, language);
        let label = best.label(language);
        PlaceMap {
            caption: self.caption(
                language.pick(
                    format!("采用“{label}”后仍超出标准的村（社区）"),
                    format!("Places still beyond the standard with {label}"),
                ),
                language.pick(
                    format!("标准：{words}；{count} 个村（社区）、{residents:.0} 人超出；车辆均在站，各阶段取均值"),
                    format!("Standard: {words}; {count} places with {residents:.0} residents are beyond; every engine at home, stages at their means"),
                ),
            ),
            measure: language
                .pick("超出标准，分钟；圆面积与居民数成正比", "beyond the standard, min; the area of a mark grows with its residents")
                .to_owned(),
            base,
            stations: &self.stations(best),
            places,
            thresholds: BEYOND.to_vec(),
        }
        .draw(language)
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
            let first = FirstDue::of(scenario, publication.times, plan);
            let mut reached: Vec<(f64, f64)> = first
                .iter()
                .zip(demand)
                .map(|(due, point)| {
                    (
                        due.seconds(scenario, Clock::Response) / 60.0,
                        point.residents,
                    )
                })
                .collect();
            reached.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut sum = 0.0;
            let points = reached.into_iter().map(|(minutes, residents)| {
                sum += residents;
                (minutes, if all > 0.0 { sum / all } else { 0.0 })
            });
            DistributionLine {
                name: evaluated.label(language),
                emphasis: match (evaluated.is_baseline, evaluated.rank) {
                    (true, _) => Emphasis::Baseline,
                    (false, 1) => Emphasis::Best,
                    (false, 2) => Emphasis::Second,
                    _ => Emphasis::Other,
                },
                points: points.collect(),
            }
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
