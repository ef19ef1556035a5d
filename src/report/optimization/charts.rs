//! Charts of what further brigades cost and bring, and in which order to build.

use super::tables::last_town;
use crate::charts::{
    BuildingSequence, Caption, ChartError, Drawing, FrontierChart, FrontierPanel, FrontierPoint,
    SequenceLine, Theme,
};
use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::planning::optimization::{FurtherBrigades, Optimization, Prospect, Prospects};
use crate::report::footnotes::data_footnotes;
use crate::report::words::with_orders_as_good;
use crate::text;

/// The chart: both wishes against cost, or against the number of brigades without prices.
///
/// # Errors
/// When it cannot be drawn.
pub(super) fn frontier(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
    theme: Theme,
) -> Result<Drawing, ChartError> {
    let standard = of.standard.name.in_language(language);
    let cost = |cost: Option<Cost>, brigades: usize| {
        cost.map_or(brigades as f64, |cost| cost.yuan_a_year / 10_000.0)
    };
    let requested_words = text!(language, "frontier-requested");
    let panel = |title: String,
                 value: fn(&Prospect) -> f64,
                 wish: fn(&FurtherBrigades) -> &Prospect| FrontierPanel {
        title,
        points: (prospects.steps.iter())
            .map(|step| FrontierPoint {
                cost: cost(step.cost, step.brigades),
                value: value(wish(step)),
                label: if step.brigades == 0 {
                    text!(language, "today")
                } else {
                    format!("+{}", step.brigades)
                },
            })
            .collect(),
        requested: prospects.requested.as_ref().map(|requested| FrontierPoint {
            cost: cost(requested.cost, requested.sites.len()),
            value: value(requested),
            label: requested_words.clone(),
        }),
    };
    let footnotes = footnotes(
        prospects,
        of,
        &text!(language, "frontier-chart-how"),
        language,
    );
    let most = prospects.steps.last().map_or(0, |step| step.brigades);
    FrontierChart {
        caption: Caption {
            title: text!(language, "frontier-chart-title"),
            subtitle: text!(language, "frontier-chart-subtitle", most = most),
            footnotes,
            theme,
        },
        cost: if prospects.cost_of_each.is_some() {
            text!(language, "frontier-chart-cost")
        } else {
            text!(language, "frontier-chart-brigades")
        },
        panels: vec![
            panel(
                text!(language, "frontier-chart-within", standard = standard),
                |prospect| prospect.share_within * 100.0,
                |step| &step.by_coverage,
            ),
            panel(
                text!(language, "chart-mean-response"),
                |prospect| prospect.mean_response_seconds / 60.0,
                |step| &step.by_mean,
            ),
        ],
    }
    .draw(language)
}

/// What is written under a chart: how its figures came about, and what they rest on.
fn footnotes(
    prospects: &Prospects,
    of: &Optimization,
    how: &str,
    language: Language,
) -> Vec<String> {
    let basis = [&of.data_basis[..], &prospects.price_basis].concat();
    let mut footnotes = vec![how.to_owned()];
    footnotes.extend(data_footnotes(&basis, &of.attribution, language));
    footnotes
}

/// The chart of the orders of building; `None` where there is no choice of one.
///
/// # Errors
/// When it cannot be drawn.
pub(super) fn building_sequence(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
    theme: Theme,
) -> Result<Option<Drawing>, ChartError> {
    if prospects.sequences.is_empty() {
        return Ok(None);
    }
    let today = prospects
        .steps
        .first()
        .map_or(0.0, |step| step.by_mean.mean_response_seconds)
        / 60.0;
    let orders = prospects.sequences.iter().map(|sequence| {
        let steps = sequence.steps.iter().map(|step| {
            let town = last_town(step, language).to_owned();
            (town, step.mean_response_seconds / 60.0)
        });
        SequenceLine {
            steps: std::iter::once((String::new(), today))
                .chain(steps)
                .collect(),
        }
    });
    let means = prospects.sequences.iter().map(|order| {
        let steps = order.steps.iter();
        steps.map(|step| step.mean_response_seconds).collect()
    });
    let chart = BuildingSequence {
        caption: Caption {
            title: BuildingSequence::title(language),
            subtitle: with_orders_as_good(
                text!(language, "sequence-chart-subtitle"),
                &means.collect::<Vec<_>>(),
                of.indifference_seconds,
                language,
            ),
            footnotes: footnotes(
                prospects,
                of,
                &text!(language, "sequence-chart-how"),
                language,
            ),
            theme,
        },
        orders: orders.collect(),
    };
    chart.draw(language).map(Some)
}
