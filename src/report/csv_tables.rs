//! Tables for Excel: UTF-8 with a byte-order mark, times in minutes, shares in per cent.

use crate::evaluation::comparison::{Comparison, Evaluated, Figures};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::report::formats::csv::{spreadsheet_text, write};

/// One row an alternative, the best first.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn alternatives(comparison: &Comparison, language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut header = vec![
        "rank",
        "id",
        "name",
        "engines_added",
        "told_apart_from_best",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect::<Vec<_>>();
    header.extend(figure_columns(comparison));
    header.extend(with_interval("mean_response_less_baseline_min"));
    header.extend(with_interval("mean_response_less_best_min"));
    header.extend(cost_columns(comparison));
    write(header, |writer| {
        for alternative in &comparison.alternatives {
            let mut row = vec![
                alternative.rank.to_string(),
                spreadsheet_text(&alternative.id),
                spreadsheet_text(&alternative.label(language)),
                engines_added(alternative).to_string(),
                alternative.told_apart_from_best.to_string(),
            ];
            row.extend(figure_fields(comparison, &alternative.county));
            for difference in [
                &alternative.difference_from_baseline,
                &alternative.difference_from_best,
            ] {
                row.extend(fields(
                    difference.mean_response_seconds.as_ref(),
                    1.0 / 60.0,
                ));
            }
            row.extend(cost_fields(comparison, alternative));
            writer.write_record(&row)?;
        }
        Ok(())
    })
}

/// Columns of money; none where the scenario has no prices.
fn cost_columns(comparison: &Comparison) -> Vec<String> {
    if comparison.best().cost.is_none() {
        return Vec::new();
    }
    let fixed = [
        "investment_yuan",
        "yearly_yuan",
        "yuan_a_year",
        "present_value_yuan",
        "yuan_a_year_per_minute",
    ];
    let by_standard = comparison.standards.iter().flat_map(|standard| {
        ["residents_newly_covered", "yuan_a_year_per_resident"]
            .map(|column| format!("{column}_{}", standard.id))
    });
    fixed
        .into_iter()
        .map(str::to_owned)
        .chain(by_standard)
        .collect()
}

fn cost_fields(comparison: &Comparison, alternative: &Evaluated) -> Vec<String> {
    let Some(summary) = &alternative.cost else {
        return Vec::new();
    };
    let yuan = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.0}"));
    let cost = &summary.cost;
    let mut row: Vec<String> = [
        Some(cost.investment_yuan),
        Some(cost.yearly_yuan),
        Some(cost.yuan_a_year),
        Some(cost.present_value_yuan),
        summary.yuan_a_year_per_minute,
    ]
    .map(yuan)
    .into();
    for standard in &comparison.standards {
        let newly = summary.residents_newly_covered.get(&standard.id).copied();
        let each = summary.yuan_a_year_per_resident.get(&standard.id).copied();
        row.extend([newly, each.flatten()].map(yuan));
    }
    row
}

/// One row for each alternative and town.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn towns(comparison: &Comparison, language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut header: Vec<String> = ["rank", "id", "town", "town_name", "incidents_a_year"]
        .map(str::to_owned)
        .to_vec();
    header.extend(figure_columns(comparison));
    write(header, |writer| {
        for alternative in &comparison.alternatives {
            for town in &alternative.towns {
                let mut row = vec![
                    alternative.rank.to_string(),
                    spreadsheet_text(&alternative.id),
                    spreadsheet_text(&town.id),
                    spreadsheet_text(town.name.in_language(language)),
                    format!("{:.2}", town.incidents_a_year),
                ];
                row.extend(figure_fields(comparison, &town.figures));
                writer.write_record(&row)?;
            }
        }
        Ok(())
    })
}

fn engines_added(alternative: &Evaluated) -> u32 {
    let engines = alternative.sites.iter().map(|site| u32::from(site.engines));
    engines.sum()
}

fn with_interval(column: &str) -> [String; 3] {
    [
        column.to_owned(),
        format!("{column}_low"),
        format!("{column}_high"),
    ]
}

fn figure_columns(comparison: &Comparison) -> Vec<String> {
    let mut columns = Vec::new();
    columns.extend(with_interval("mean_response_min"));
    columns.extend(with_interval("median_response_min"));
    columns.extend(with_interval("p90_response_min"));
    for standard in &comparison.standards {
        columns.extend(with_interval(&format!("within_{}_percent", standard.id)));
    }
    columns.extend(with_interval("mean_full_assignment_min"));
    columns.extend(with_interval("p90_full_assignment_min"));
    columns.extend(with_interval("waited_percent"));
    if comparison.best().county.first_water.is_some() {
        columns.extend(with_interval("mean_first_water_min"));
        columns.extend(with_interval("p90_first_water_min"));
        columns.extend(with_interval("mean_first_water_without_hydrants_min"));
        columns.extend(with_interval("fires_at_hydrant_percent"));
    }
    columns
}

fn figure_fields(comparison: &Comparison, figures: &Figures) -> Vec<String> {
    let mut row = Vec::new();
    for time in [
        &figures.mean_response_seconds,
        &figures.median_response_seconds,
        &figures.p90_response_seconds,
    ] {
        row.extend(fields(time.as_ref(), 1.0 / 60.0));
    }
    for standard in &comparison.standards {
        let share = figures.within.get(&standard.id).and_then(Option::as_ref);
        row.extend(fields(share, 100.0));
    }
    for time in [
        &figures.mean_full_assignment_seconds,
        &figures.p90_full_assignment_seconds,
    ] {
        row.extend(fields(time.as_ref(), 1.0 / 60.0));
    }
    row.extend(fields(figures.waited.as_ref(), 100.0));
    if let Some(water) = &figures.first_water {
        for time in [
            &water.mean_seconds,
            &water.p90_seconds,
            &water.mean_without_hydrants_seconds,
        ] {
            row.extend(fields(time.as_ref(), 1.0 / 60.0));
        }
        row.extend(fields(water.at_hydrant.as_ref(), 100.0));
    }
    row
}

fn fields(estimate: Option<&Estimate>, factor: f64) -> [String; 3] {
    let number = |value: Option<f64>| {
        value.map_or_else(String::new, |value| format!("{:.3}", value * factor + 0.0))
    };
    [
        number(estimate.map(|estimate| estimate.value)),
        number(estimate.and_then(|estimate| estimate.low)),
        number(estimate.and_then(|estimate| estimate.high)),
    ]
}
