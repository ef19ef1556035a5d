//! Cost against what it buys, and in which order to build: a table, CSV and charts.

use std::fmt::Write as _;

use super::footnotes::data_footnotes;
use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use super::words::wan_yuan;
use crate::charts::{
    BuildingSequence, Caption, ChartError, Drawing, FrontierChart, FrontierPanel, FrontierPoint,
    SequenceLine, Theme,
};
use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::planning::optimization::{
    FurtherBrigades, JunctionSite, Optimization, Prospect, Prospects,
};
use crate::text;

/// The towns of some sites.
pub(super) fn towns(sites: &[JunctionSite], language: Language) -> Vec<&str> {
    let towns = sites
        .iter()
        .map(|site| site.town.name.in_language(language));
    towns.collect()
}

/// The ids of some sites with spaces between.
fn ids(sites: &[JunctionSite]) -> String {
    let ids: Vec<&str> = sites.iter().map(|site| &site.id[..]).collect();
    ids.join(" ")
}

/// How far it can be from the best, in per cent.
pub(super) fn gap_percent(prospect: &Prospect) -> String {
    format!("{:.4}", prospect.gap.unwrap_or(f64::INFINITY) * 100.0)
}

/// One row for each number of brigades and wish, for Excel.
///
/// # Errors
/// Never in practice: the writer is a `Vec`.
pub fn csv(prospects: &Prospects, language: Language) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "brigades",
        "chosen_for",
        "investment_yuan",
        "yuan_a_year",
        "mean_response_min",
        "residents_within",
        "share_within_percent",
        "gap_percent",
        "towns",
        "sites",
    ];
    write(header.map(str::to_owned).into(), |writer| {
        let asked = prospects.asked.as_ref().map(|asked| ("asked", asked));
        let steps = prospects.steps.iter().flat_map(|step| {
            [
                ("mean_response", &step.by_mean),
                ("coverage", &step.by_coverage),
            ]
        });
        for (wish, prospect) in steps.chain(asked) {
            let yuan = |of: fn(&Cost) -> f64| {
                let cost = prospect.cost.as_ref();
                cost.map_or_else(String::new, |cost| format!("{:.0}", of(cost)))
            };
            writer.write_record([
                prospect.sites.len().to_string(),
                wish.to_owned(),
                yuan(|cost| cost.investment_yuan),
                yuan(|cost| cost.yuan_a_year),
                format!("{:.3}", prospect.mean_response_seconds / 60.0),
                format!("{:.0}", prospect.residents_within),
                format!("{:.3}", prospect.share_within * 100.0),
                gap_percent(prospect),
                spreadsheet_text(&towns(&prospect.sites, language).join(" ")),
                spreadsheet_text(&ids(&prospect.sites)),
            ])?;
        }
        Ok(())
    })
}

/// For people, within 100 columns.
pub fn text(prospects: &Prospects, of: &Optimization, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, prospects, of, language).expect("writing to a string does not fail");
    text
}

fn lines(
    text: &mut String,
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
) -> std::fmt::Result {
    let standard = of.standard.name.in_language(language);
    writeln!(
        text,
        "{}",
        text!(language, "frontier-title", standard = standard)
    )?;
    steps(text, prospects, language)?;
    let all = prospects.steps.iter();
    let unproven = all
        .flat_map(|step| [&step.by_mean, &step.by_coverage])
        .any(|prospect| !prospect.proven);
    writeln!(
        text,
        "{}",
        if unproven {
            text!(language, "frontier-some-unproven")
        } else {
            text!(language, "frontier-all-proven")
        }
    )?;
    if prospects.cost_of_each.is_some() {
        writeln!(text, "{}", text!(language, "frontier-prices"))?;
    }
    if !prospects.sequences.is_empty() {
        writeln!(text)?;
        order(text, prospects, language)?;
    }
    if !prospects.phases.is_empty() {
        write!(
            text,
            "\n{}",
            super::plan::text(prospects, standard, language)
        )?;
    }
    Ok(())
}

/// The table: one row for each number of brigades, and one for the choice that was asked for.
fn steps(text: &mut String, prospects: &Prospects, language: Language) -> std::fmt::Result {
    let mut table = empty_table();
    let has_costs = prospects.cost_of_each.is_some();
    let mut header = vec![text!(language, "frontier-brigades")];
    if has_costs {
        header.push(text!(language, "frontier-cost"));
    }
    header.extend([
        text!(language, "frontier-least-mean"),
        text!(language, "frontier-towns"),
        text!(language, "frontier-most-within"),
        text!(language, "frontier-towns"),
    ]);
    table.set_header(header);
    let mut add =
        |count: String, cost: Option<Cost>, by_mean: &Prospect, by_coverage: &Prospect| {
            let mark = |prospect: &Prospect, figure: String| {
                if prospect.proven {
                    figure
                } else {
                    format!("{figure} *")
                }
            };
            let mut row = vec![count];
            if has_costs {
                row.push(wan_yuan(cost.unwrap_or_default().yuan_a_year));
            }
            let minutes = format!("{:.2}", by_mean.mean_response_seconds / 60.0);
            let percent = format!("{:.1}", by_coverage.share_within * 100.0);
            row.extend([
                mark(by_mean, minutes),
                language.list(&towns(&by_mean.sites, language)),
                mark(by_coverage, percent),
                language.list(&towns(&by_coverage.sites, language)),
            ]);
            table.add_row(row);
        };
    for step in &prospects.steps {
        let count = step.brigades.to_string();
        add(count, step.cost, &step.by_mean, &step.by_coverage);
    }
    if let Some(asked) = &prospects.asked {
        let count = text!(language, "frontier-asked");
        add(count, asked.cost, asked, asked);
    }
    let columns_of_towns = if has_costs { [3, 5] } else { [2, 4] };
    align(&mut table, &columns_of_towns);
    writeln!(text, "{}", table.trim_fmt())
}

/// In which order to build.
fn order(text: &mut String, prospects: &Prospects, language: Language) -> std::fmt::Result {
    writeln!(text, "{}", text!(language, "sequence-title"))?;
    let mut table = empty_table();
    let steps = prospects.sequences[0].steps.len();
    let header = (1..=steps).map(|step| text!(language, "sequence-step", step = step));
    table.set_header(header.collect::<Vec<_>>());
    for sequence in &prospects.sequences {
        let cells = sequence.steps.iter().map(|step| {
            let town = last_town(step, language);
            format!("{town} {:.2}", step.mean_response_seconds / 60.0)
        });
        table.add_row(cells.collect::<Vec<_>>());
    }
    align(&mut table, &(0..steps).collect::<Vec<_>>());
    writeln!(text, "{}", table.trim_fmt())?;
    if let (Some(asked), Some(best)) = (&prospects.asked, prospects.sequences.first()) {
        let at_once = asked.mean_response_seconds / 60.0;
        let apart = (best.steps[steps - 2].mean_response_seconds / 60.0 - at_once) * 60.0;
        writeln!(
            text,
            "{}",
            text!(
                language,
                "sequence-at-once",
                at_once = format!("{at_once:.2}"),
                apart = format!("{apart:.1}")
            )
        )?;
    }
    Ok(())
}

/// The town in which a step builds.
fn last_town(step: &Prospect, language: Language) -> &str {
    let last = step.sites.last();
    last.map_or("", |site| site.town.name.in_language(language))
}

/// The chart: both wishes against cost, or against the number of brigades without prices.
///
/// # Errors
/// When it cannot be drawn.
pub fn chart(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
) -> Result<Drawing, ChartError> {
    let standard = of.standard.name.in_language(language);
    let cost = |cost: Option<Cost>, brigades: usize| {
        cost.map_or(brigades as f64, |cost| cost.yuan_a_year / 10_000.0)
    };
    let asked_words = text!(language, "frontier-chart-asked");
    let panel = |title: String,
                 value: fn(&Prospect) -> f64,
                 wish: fn(&FurtherBrigades) -> &Prospect| FrontierPanel {
        title,
        points: (prospects.steps.iter())
            .map(|step| FrontierPoint {
                cost: cost(step.cost, step.brigades),
                value: value(wish(step)),
                label: if step.brigades == 0 {
                    text!(language, "frontier-chart-today")
                } else {
                    format!("+{}", step.brigades)
                },
            })
            .collect(),
        asked: prospects.asked.as_ref().map(|asked| FrontierPoint {
            cost: cost(asked.cost, asked.sites.len()),
            value: value(asked),
            label: asked_words.clone(),
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
            theme: Theme::default(),
        },
        cost: if prospects.cost_of_each.is_some() {
            text!(language, "frontier-chart-cost")
        } else {
            text!(language, "frontier-chart-brigades")
        }
        .clone(),
        panels: vec![
            panel(
                text!(language, "frontier-chart-within", standard = standard),
                |prospect| prospect.share_within * 100.0,
                |step| &step.by_coverage,
            ),
            panel(
                text!(language, "frontier-chart-mean"),
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
pub fn sequence_chart(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
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
    let chart = BuildingSequence {
        caption: Caption {
            title: BuildingSequence::title(language),
            subtitle: text!(language, "sequence-chart-subtitle"),
            footnotes: footnotes(
                prospects,
                of,
                &text!(language, "sequence-chart-how"),
                language,
            ),
            theme: Theme::default(),
        },
        orders: orders.collect(),
    };
    chart.draw(language).map(Some)
}
