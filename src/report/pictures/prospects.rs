//! Charts for the budget: what less money would buy, in which order to build, and how far the choice
//! hangs on what was assumed.

use super::Pictures;
use crate::charts::{
    BuildingSequence, ChartError, Drawing, FrontierChart, FrontierPanel, FrontierPoint,
    SequenceLine, Tornado, TornadoEnd, TornadoRow,
};
use crate::evaluation::phases::{Partial, Phases};
use crate::evaluation::sensitivity::{Assumption, SensitivityStudy};
use crate::language::Language;
use crate::report::words::{at_most, indifference_words, number, with_orders_as_good};
use crate::text;

/// Rows of the tornado: those with the widest effect.
const MAX_ROWS: usize = 10;

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
            return text!(self.language, "today");
        }
        let groups = partial.sites.iter().map(|id| {
            let site = (self.scenario.stations.sites.iter()).find(|site| site.station.id == *id);
            site.map_or_else(|| id.clone(), |site| self.group_name(&site.group))
        });
        crate::messages::list(self.language, &groups.collect::<Vec<_>>())
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
        let panel = |title: String, parts: &[Partial], value: &dyn Fn(&Partial) -> Option<f64>| {
            let point = |partial: &Partial| {
                let value = value(partial)?;
                Some(FrontierPoint {
                    cost: cost(partial),
                    value,
                    label: format!("{} {value:.1}", self.groups(partial)),
                })
            };
            FrontierPanel {
                title,
                points: parts.iter().filter_map(point).collect(),
                requested: None,
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
        let share = |partial: &Partial| Some(partial.residents_within / phases.residents * 100.0);
        let title = text!(language, "chart-cost");
        let subtitle = text!(language, "chart-cost-how");
        FrontierChart {
            caption: self.caption(title, subtitle),
            cost: match has_prices {
                true => text!(language, "chart-cost-yuan"),
                false => text!(language, "chart-cost-brigades"),
            },
            panels: vec![
                panel(
                    text!(language, "chart-cost-mean"),
                    &phases.fastest,
                    &|partial| Some(partial.mean_response_seconds? / 60.0),
                ),
                panel(
                    text!(language, "chart-cost-within", standard = standard),
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
                .filter_map(|partial| {
                    let added = partial.sites.last().map(|id| self.site_name(id));
                    let mean = partial.mean_response_seconds? / 60.0;
                    Some((added.unwrap_or_default(), mean))
                })
                .collect(),
        });
        let title = BuildingSequence::title(language);
        let means = phases.orders.iter().map(|order| {
            let steps = order.iter();
            steps
                .filter_map(|partial| partial.mean_response_seconds)
                .collect()
        });
        let subtitle = with_orders_as_good(
            text!(language, "chart-sequence-how"),
            &means.collect::<Vec<_>>(),
            self.comparison.indifference.seconds,
            language,
        );
        BuildingSequence {
            caption: self.caption(title, subtitle),
            orders: orders.collect(),
        }
        .draw(language)
    }

    pub(super) fn tornado(&self, study: &SensitivityStudy) -> Result<Drawing, ChartError> {
        let language = self.language;
        let by_share = self.comparison.ranked_by != "mean";
        let unit = if by_share { 100.0 } else { 1.0 / 60.0 };
        let rows = study.items.iter().take(MAX_ROWS).map(|item| TornadoRow {
            name: assumption_words(&item.assumption, language),
            ends: item.changed.each_ref().map(|changed| TornadoEnd {
                words: format!("× {}", number(changed.factor)),
                value: changed.gain * unit,
                overturns: changed.overturns,
            }),
        });
        let (count, worst) = study.overturned();
        let worst = worst * unit;
        let indifference = indifference_words(self.comparison, language);
        let measure = match by_share {
            true => text!(language, "chart-tornado-measure-share"),
            false => text!(language, "chart-tornado-measure-mean"),
        };
        let subtitle = match (count, by_share) {
            (0, _) => text!(
                language,
                "chart-tornado-holds",
                changes = study.changes().count(),
                indifference = indifference,
            ),
            (_, true) => text!(
                language,
                "chart-tornado-overturned-points",
                count = count,
                worst = at_most(worst, 1),
                indifference = indifference,
            ),
            (_, false) => text!(
                language,
                "chart-tornado-overturned-minutes",
                count = count,
                worst = at_most(worst, 2),
                indifference = indifference,
            ),
        };
        let title = text!(language, "chart-tornado");
        Tornado {
            caption: self.caption(title, subtitle),
            measure,
            value: study.gain * unit,
            rows: rows.collect(),
        }
        .draw(language)
    }
}

fn assumption_words(assumption: &Assumption, language: Language) -> String {
    match assumption {
        Assumption::TravelTimes => text!(language, "changed-travel"),
        Assumption::Turnout => text!(language, "changed-turnout"),
        Assumption::Incidents { town } => {
            let town = town.in_language(language);
            text!(language, "changed-incidents", town = town)
        }
    }
}
