//! Alternatives with their figures, and what they cost.

use super::columns::{figures, name, rank};
use crate::evaluation::comparison::{Comparison, Evaluated, StandardSummary};
use crate::language::Language;
use crate::report::model::{Column, Emphasis, Filling, Quantity, Table, Value};
use crate::report::words::{
    alternative_name, engines_added, rank_mark, standard_words, threshold_minutes,
};
use crate::text;

/// The best `most` alternatives, and the baseline wherever it is.
pub fn ranked(comparison: &Comparison, most: usize) -> impl Iterator<Item = &Evaluated> {
    let all = comparison.alternatives.iter();
    all.filter(move |a| a.rank <= most || a.is_baseline)
}

/// Alternatives with all their figures, and with their costs where there are prices.
pub fn alternatives<'c>(
    comparison: &Comparison,
    rows: impl IntoIterator<Item = &'c Evaluated>,
    standards: &[StandardSummary],
    language: Language,
) -> Table {
    let mut table = Filling::of(rows);
    table.emphasise(|row| match (row.is_baseline, row.rank) {
        (true, _) => Some(Emphasis::Baseline),
        (false, 1) => Some(Emphasis::Best),
        _ => None,
    });
    table.column(rank(language), |row| Value::Marked {
        value: row.rank as f64,
        mark: rank_mark(row),
    });
    table.column(Column::new("id", Quantity::Text), |row| row.id.as_str());
    table.column(name(language), |row| alternative_name(row, language));
    table.column(
        Column::new("engines_added", Quantity::Count)
            .head(text!(language, "column-engines-added"))
            .width(9.0),
        |row| engines_added(row),
    );
    table.column(
        Column::new("probability_best", Quantity::Probability)
            .head(text!(language, "column-probability-best"))
            .short(text!(language, "column-probability-best-short"))
            .width(10.0),
        |row| row.probability_best,
    );
    table.column(
        Column::new("told_apart_from_best", Quantity::Word)
            .head(text!(language, "column-told-apart")),
        |row| Value::Term {
            code: (row.told_apart_from_best).map_or_else(String::new, |is| is.to_string()),
            words: match (row.rank, row.ties_with_best, row.told_apart_from_best) {
                (1, _, _) => "–".to_owned(),
                (_, true, _) => text!(language, "told-apart-tie"),
                (_, false, Some(true)) => text!(language, "told-apart-yes"),
                (_, false, Some(false)) => text!(language, "told-apart-no"),
                (_, false, None) => text!(language, "too-few"),
            },
        },
    );
    // For programs: people read it in the words of the column before.
    table.column(Column::new("ties_with_best", Quantity::Word), |row| {
        row.ties_with_best.to_string()
    });
    figures(&mut table, comparison, standards, language, |row| {
        &row.county
    });
    let difference = |id| Column::new(id, Quantity::Minutes).estimated();
    table.column(
        difference("mean_response_less_baseline").head(text!(language, "column-less-baseline")),
        |row| row.difference_from_baseline.mean_response_seconds,
    );
    table.column(
        difference("mean_response_less_best").head(text!(language, "column-less-best")),
        |row| row.difference_from_best.mean_response_seconds,
    );
    costs_of(&mut table, comparison, standards, language);
    table.table()
}

/// What alternatives cost and what is got for it; empty without prices.
pub fn costs<'c>(
    comparison: &Comparison,
    rows: impl IntoIterator<Item = &'c Evaluated>,
    standards: &[StandardSummary],
    language: Language,
) -> Table {
    let rows = rows.into_iter().filter(|row| row.cost.is_some());
    let mut table = Filling::of(rows);
    table.emphasise(|row| (row.rank == 1).then_some(Emphasis::Best));
    table.column(rank(language), |row| row.rank);
    table.column(name(language).width(40.0), |row| {
        alternative_name(row, language)
    });
    costs_of(&mut table, comparison, standards, language);
    let table = table.table();
    let mut costs = (comparison.alternatives.iter()).filter_map(|of| of.cost.as_ref());
    let has_price = costs.any(|cost| cost.yuan_a_year_per_minute.is_some());
    match comparison.best().cost.is_some() && !has_price {
        // Calls are lost: it would be empty.
        true => table.without(&["yuan_a_year_per_minute"]),
        false => table,
    }
}

/// The columns of money; none where the scenario has no prices.
fn costs_of(
    table: &mut Filling<&Evaluated>,
    comparison: &Comparison,
    standards: &[StandardSummary],
    language: Language,
) {
    if comparison.best().cost.is_none() {
        return;
    }
    let money = |id| Column::new(id, Quantity::WanYuan).width(13.0);
    table.column(
        money("investment_yuan")
            .head(text!(language, "column-investment"))
            .short(text!(language, "column-investment-short")),
        |row| row.cost.as_ref().map(|of| of.cost.investment_yuan),
    );
    table.column(
        money("yearly_yuan")
            .head(text!(language, "column-yearly"))
            .short(text!(language, "column-yearly-short")),
        |row| row.cost.as_ref().map(|of| of.cost.yearly_yuan),
    );
    table.column(
        money("yuan_a_year")
            .head(text!(language, "column-all-in"))
            .short(text!(language, "column-all-in-short")),
        |row| row.cost.as_ref().map(|of| of.cost.yuan_a_year),
    );
    table.column(
        money("present_value_yuan").head(text!(language, "column-present-value")),
        |row| row.cost.as_ref().map(|of| of.cost.present_value_yuan),
    );
    table.column(
        money("yuan_a_year_per_minute")
            .head(text!(language, "column-per-minute"))
            .short(text!(language, "column-per-minute-short"))
            .width(16.0),
        |row| row.cost.as_ref()?.yuan_a_year_per_minute,
    );
    for standard in standards {
        let words = standard_words(standard, language);
        let of_standard = |id, quantity| Column::new(id, quantity).of(&*standard.id).width(14.0);
        table.column(
            of_standard("residents_newly_covered", Quantity::Count).head(text!(
                language,
                "column-newly-covered",
                standard = &*words
            )),
            |row| {
                row.cost
                    .as_ref()?
                    .residents_newly_covered
                    .get(&standard.id)
                    .copied()
            },
        );
        table.column(
            of_standard("yuan_a_year_per_resident", Quantity::Yuan)
                .head(text!(language, "column-per-resident", standard = &*words))
                .short(text!(
                    language,
                    "column-per-resident-short",
                    minutes = threshold_minutes(standard)
                )),
            |row| {
                row.cost
                    .as_ref()?
                    .yuan_a_year_per_resident
                    .get(&standard.id)
                    .copied()?
            },
        );
    }
}
