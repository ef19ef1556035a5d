//! What each town gets.

use super::columns::{calls, figures, rank, town, within};
use crate::evaluation::comparison::{Comparison, TownFigures};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::report::model::{Column, Filling, Quantity, Shade, Table};
use crate::report::words::standard_words;
use crate::text;

/// Every town with every alternative.
pub fn towns_of_all(comparison: &Comparison, language: Language) -> Table {
    let rows = comparison.alternatives.iter();
    let rows = rows.flat_map(|of| of.towns.iter().map(move |town| (of, town)));
    let mut table = Filling::of(rows);
    table.column(rank(language), |(of, _)| of.rank);
    table.column(Column::new("id", Quantity::Text), |(of, _)| of.id.as_str());
    table.column(Column::new("town", Quantity::Text), |(_, town)| {
        town.id.as_str()
    });
    table.column(Column::new("town_name", Quantity::Text), |(_, town)| {
        town.name.in_language(language)
    });
    table.column(
        Column::new("incidents_a_year", Quantity::Number).csv_places(2),
        |(_, town)| town.incidents_a_year,
    );
    figures(
        &mut table,
        comparison,
        &comparison.standards,
        language,
        |(_, town)| &town.figures,
    );
    table.table()
}

/// Each town today and with the best alternative.
pub fn towns(comparison: &Comparison, language: Language) -> Table {
    let (today, best) = (comparison.baseline(), comparison.best());
    let mut table = Filling::of(today.towns.iter().zip(&best.towns));
    table.column(town(language).width(16.0), |(today, _)| {
        today.name.in_language(language)
    });
    table.column(calls(language), |(today, _)| today.incidents_a_year);
    let mut compare = |[today, best, change]: [&'static str; 3],
                       of: Option<&str>,
                       head: String,
                       quantity,
                       shade,
                       figure: &dyn Fn(&TownFigures) -> Option<Estimate>| {
        let width = if quantity == Quantity::Share {
            12.0
        } else {
            11.0
        };
        let column = |id, part| {
            let column = Column::new(id, quantity).head(&*head).part(part);
            Column {
                of: of.map(str::to_owned),
                ..column.width(width)
            }
        };
        let value = |town| figure(town).map(|estimate| estimate.value);
        table.column(column(today, text!(language, "today")), |(town, _)| {
            value(town)
        });
        table.column(column(best, text!(language, "part-best")), |(_, town)| {
            value(town)
        });
        table.column(
            column(change, text!(language, "change")).shade(shade),
            |(before, after)| Some(value(after)? - value(before)?),
        );
    };
    compare(
        ["mean_today", "mean_best", "mean_change"],
        None,
        text!(language, "column-mean-response"),
        Quantity::Minutes,
        Shade::FallIsBetter,
        &|town| town.figures.mean_response_seconds,
    );
    compare(
        ["p90_today", "p90_best", "p90_change"],
        None,
        text!(language, "column-p90-response"),
        Quantity::Minutes,
        Shade::FallIsBetter,
        &|town| town.figures.p90_response_seconds,
    );
    if comparison.loses_calls() {
        compare(
            ["lost_today", "lost_best", "lost_change"],
            None,
            text!(language, "column-lost"),
            Quantity::Share,
            Shade::FallIsBetter,
            &|town| town.figures.lost,
        );
    }
    for standard in &comparison.standards {
        compare(
            ["within_today", "within_best", "within_change"],
            Some(&standard.id),
            standard_words(standard, language),
            Quantity::Share,
            Shade::RiseIsBetter,
            &|town| within(&town.figures, standard),
        );
    }
    table.table()
}
