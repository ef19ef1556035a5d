//! Charts for the budget: what less money would buy, in which order to build, and how far the choice
//! hangs on what was assumed.

use super::Pictures;
use crate::charts::{
    BuildingSequence, ChartError, Drawing, FrontierChart, FrontierPanel, FrontierPoint,
    SequenceLine, Tornado, TornadoEnd, TornadoRow,
};
use crate::evaluation::phases::{Partial, Phases};
use crate::evaluation::sensitivity::SensitivityStudy;

/// Rows of the tornado: those with the widest effect.
const MOST_ROWS: usize = 10;

impl Pictures<'_> {
    /// The short name of a site: of its town where that tells it apart.
    fn site_name(&self, id: &str) -> String {
        let sites = &self.scenario.stations.sites;
        let site = sites.iter().find(|site| site.station.id == id);
        site.map_or_else(
            || id.to_owned(),
            |site| site.station.name.in_language(self.language).to_owned(),
        )
    }

    /// Where the sites of a choice are: their groups.
    fn groups(&self, partial: &Partial) -> String {
        if partial.sites.is_empty() {
            return self.language.pick("现状", "today").to_owned();
        }
        let groups = partial.sites.iter().map(|id| {
            let site = (self.scenario.stations.sites.iter()).find(|site| site.station.id == *id);
            site.map_or_else(|| id.clone(), |site| self.group_name(&site.group))
        });
        groups
            .collect::<Vec<_>>()
            .join(self.language.pick("、", ", "))
    }

    /// A group is most often a town.
    fn group_name(&self, group: &str) -> String {
        let towns = &self.scenario.county.towns;
        let town = towns.iter().find(|town| town.name.local == group);
        town.map_or_else(
            || group.to_owned(),
            |town| town.name.in_language(self.language).to_owned(),
        )
    }

    pub(super) fn cost_against_coverage(&self, phases: &Phases) -> Result<Drawing, ChartError> {
        let language = self.language;
        let has_prices = phases.fastest.iter().all(|p| p.yuan_a_year.is_some());
        let cost = |partial: &Partial| match partial.yuan_a_year {
            Some(yuan) => yuan / 10_000.0,
            None => partial.sites.len() as f64,
        };
        let panel = |title: String, parts: &[Partial], value: &dyn Fn(&Partial) -> f64| {
            let point = |partial: &Partial| {
                let value = value(partial);
                FrontierPoint {
                    cost: cost(partial),
                    value,
                    label: format!("{} {value:.1}", self.groups(partial)),
                }
            };
            FrontierPanel {
                title,
                points: parts.iter().map(point).collect(),
                asked: None,
            }
        };
        let standard = self
            .comparison
            .standards
            .iter()
            .find(|standard| standard.id == phases.standard)
            .map_or(&phases.standard[..], |standard| {
                standard.name.in_language(language)
            });
        let share = |partial: &Partial| partial.residents_within / phases.residents * 100.0;
        let title = language.pick("花多少、得到什么", "Cost against what it buys");
        let subtitle = language.pick(
            "所比较方案的所有子集中，同样花费没有更好的；期望到场时间，各队车均在位",
            "Of all parts of the alternatives, those that no cheaper one equals; every engine at home",
        );
        FrontierChart {
            caption: self.caption(title.to_owned(), subtitle.to_owned()),
            cost: match has_prices {
                true => language.pick(
                    "年均成本，万元（假定价格）",
                    "10,000 yuan a year (assumed prices)",
                ),
                false => language.pick("新建支数", "new brigades"),
            }
            .to_owned(),
            panels: vec![
                panel(
                    language
                        .pick("平均到场时间，分钟", "mean response, min")
                        .to_owned(),
                    &phases.fastest,
                    &|partial| partial.mean_response_seconds / 60.0,
                ),
                panel(
                    language.pick(
                        format!("居民达标比例，%：{standard}"),
                        format!("residents within, %: {standard}"),
                    ),
                    &phases.widest,
                    &share,
                ),
            ],
        }
        .draw(language)
    }

    pub(super) fn building_sequence(&self, phases: &Phases) -> Result<Drawing, ChartError> {
        let language = self.language;
        let orders = phases.orders.iter().map(|order| SequenceLine {
            steps: order
                .iter()
                .map(|partial| {
                    let added = partial.sites.last().map(|id| self.site_name(id));
                    (
                        added.unwrap_or_default(),
                        partial.mean_response_seconds / 60.0,
                    )
                })
                .collect(),
        });
        let title = BuildingSequence::title(language);
        let subtitle = language.pick(
            "最优方案的站址按不同次序建成后的平均到场时间；实线次序全程最快；各队车均在位",
            "Mean response after each step of the best alternative; the solid order is fastest along \
             the way; every engine at home",
        );
        BuildingSequence {
            caption: self.caption(title.to_owned(), subtitle.to_owned()),
            orders: orders.collect(),
        }
        .draw(language)
    }

    pub(super) fn tornado(&self, study: &SensitivityStudy) -> Result<Drawing, ChartError> {
        let language = self.language;
        let by_share = self.comparison.ranked_by != "mean";
        let unit = if by_share { 100.0 } else { 1.0 / 60.0 };
        let rows = study.items.iter().take(MOST_ROWS).map(|item| TornadoRow {
            name: item.item.in_language(language).to_owned(),
            ends: item.changed.each_ref().map(|changed| TornadoEnd {
                words: format!("× {}", changed.factor),
                value: changed.gain * unit,
                overturns: changed.best != study.recommended,
            }),
        });
        let all = study.items.iter().flat_map(|item| &item.changed);
        let changes = all.clone().count();
        let overturned = all.filter(|c| c.best != study.recommended);
        let count = overturned.clone().count();
        let worst = overturned.map(|c| c.behind * unit).fold(0.0, f64::max);
        let measure = match by_share {
            true => language.pick(
                "最优方案比现状多达标的警情，百分点",
                "incidents within the standard gained by the best, percentage points",
            ),
            false => language.pick(
                "最优方案比现状缩短的平均到场时间，分钟",
                "mean response time gained by the best alternative, min",
            ),
        };
        let title = language.pick(
            "假定变了，结论变不变",
            "Does the answer change with the assumptions",
        );
        let amount = match by_share {
            true => language.pick(format!("{worst:.1} 个百分点"), format!("{worst:.1} points")),
            false => language.pick(format!("{worst:.2} 分钟"), format!("{worst:.2} min")),
        };
        let subtitle = match count {
            0 => language.pick(
                format!("每次改一项；{changes} 次改动中最优方案都不变"),
                format!("One at a time; the best stays the best in all {changes} changes"),
            ),
            _ => language.pick(
                format!("每次改一项；* 为最优方案会变的 {count} 次，所失至多 {amount}"),
                format!(
                    "One at a time; *: another would be best ({count} times), by at most {amount}"
                ),
            ),
        };
        Tornado {
            caption: self.caption(title.to_owned(), subtitle),
            measure: measure.to_owned(),
            value: study.gain * unit,
            rows: rows.collect(),
        }
        .draw(language)
    }
}
