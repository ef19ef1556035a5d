//! Alternatives with their figures, and what they cost.

use std::borrow::Cow;

use super::columns::{figures, is_ranked_apart, name, rank};
use crate::evaluation::brief::Brief;
use crate::evaluation::comparison::{Comparison, Evaluated, Figures, StandardSummary};
use crate::evaluation::cost::{Cost, CostSummary};
use crate::evaluation::estimate::Estimate;
use crate::evaluation::standing::BesideBest;
use crate::language::Language;
use crate::report::model::{Column, Emphasis, Filling, Quantity, Table, Value};
use crate::report::publication::Publication;
use crate::report::words::{
    alternative_name, engines_added, rank_mark, ranked_words, ranking_standard, site_names,
    standard_words, threshold_minutes,
};
use crate::text;

/// The best `most` alternatives, and the baseline wherever it is.
pub fn ranked(comparison: &Comparison, most: usize) -> impl Iterator<Item = &Evaluated> {
    let all = comparison.alternatives.iter();
    all.filter(move |a| a.rank <= most || a.is_baseline)
}

/// What a row shows of an alternative; of one in brief not all is known.
#[derive(Clone, Debug)]
pub struct Row<'c> {
    rank: usize,
    beside_best: BesideBest,
    is_baseline: bool,
    id: &'c str,
    name: String,
    engines_added: u32,
    probability_best: Option<f64>,
    told_apart_from_best: Option<bool>,
    county: Cow<'c, Figures>,
    replications: u32,
    mean_less_baseline: Option<Estimate>,
    mean_less_best: Option<Estimate>,
    /// The figure by which alternatives are ranked.
    ranked_less_baseline: Option<Estimate>,
    ranked_less_best: Option<Estimate>,
    cost: Option<&'c Cost>,
    gained: Option<&'c CostSummary>,
}

impl<'c> Row<'c> {
    /// The row of an alternative in detail.
    pub fn of(evaluated: &'c Evaluated, comparison: &Comparison, language: Language) -> Self {
        let ranked_by = &comparison.ranked_by;
        Self {
            rank: evaluated.rank,
            beside_best: evaluated.beside_best(),
            is_baseline: evaluated.is_baseline,
            id: &evaluated.id,
            name: alternative_name(evaluated, language),
            engines_added: engines_added(evaluated),
            probability_best: evaluated.probability_best,
            told_apart_from_best: evaluated.told_apart_from_best,
            county: Cow::Borrowed(&evaluated.county),
            mean_less_baseline: evaluated.difference_from_baseline.mean_response_seconds,
            mean_less_best: evaluated.difference_from_best.mean_response_seconds,
            ranked_less_baseline: evaluated.difference_from_baseline.named(ranked_by).copied(),
            ranked_less_best: evaluated.difference_from_best.named(ranked_by).copied(),
            replications: evaluated.replications,
            cost: evaluated.cost.as_ref().map(|of| &of.cost),
            gained: evaluated.cost.as_ref(),
        }
    }

    /// That of one in brief, whose sites the scenario knows.
    fn in_brief(publication: &Publication<'c>, brief: &'c Brief) -> Self {
        let Publication {
            scenario,
            comparison,
            language,
            ..
        } = *publication;
        let ranked_by = &comparison.ranked_by;
        let by_mean = |difference: Option<Estimate>| difference.filter(|_| ranked_by == "mean");
        let sites = scenario.alternatives[brief.index].sites.iter();
        let stations = sites.map(|site| &scenario.stations.site(*site).station);
        Self {
            rank: brief.rank,
            beside_best: brief.beside_best(),
            is_baseline: false,
            id: &brief.id,
            name: site_names(stations.clone().map(|of| &of.name), language),
            engines_added: stations.map(|station| u32::from(station.engines)).sum(),
            probability_best: brief.probability_best,
            told_apart_from_best: brief.told_apart_from_best,
            county: Cow::Owned(Figures::of_ranking(ranked_by, brief.figure, brief.lost)),
            mean_less_baseline: by_mean(brief.difference_from_baseline),
            mean_less_best: by_mean(brief.difference_from_best),
            ranked_less_baseline: brief.difference_from_baseline,
            ranked_less_best: brief.difference_from_best,
            replications: brief.replications,
            cost: brief.cost.as_ref(),
            gained: None,
        }
    }
}

/// Every alternative, those in brief too, the best first.
pub fn all_rows<'c>(publication: &Publication<'c>) -> Vec<Row<'c>> {
    let comparison = publication.comparison;
    let in_detail = comparison.alternatives.iter();
    let in_detail = in_detail.map(|of| Row::of(of, comparison, publication.language));
    let in_brief = comparison.in_brief.iter();
    let in_brief = in_brief.map(|of| Row::in_brief(publication, of));
    let mut rows: Vec<Row<'_>> = in_detail.chain(in_brief).collect();
    rows.sort_by_key(|row| row.rank);
    rows
}

/// Alternatives with all their figures, and with their costs where there are prices.
pub fn alternatives<'c>(
    comparison: &Comparison,
    rows: impl IntoIterator<Item = Row<'c>>,
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
        mark: rank_mark(row.beside_best),
    });
    table.column(Column::new("id", Quantity::Text), |row| row.id);
    table.column(name(language), |row| row.name.clone());
    table.column(
        Column::new("engines_added", Quantity::Count)
            .head(text!(language, "column-engines-added"))
            .width(9.0),
        |row| row.engines_added,
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
            words: match row.beside_best {
                BesideBest::Itself => "–".to_owned(),
                BesideBest::AsGood => text!(language, "told-apart-tie"),
                BesideBest::Worse => text!(language, "told-apart-yes"),
                BesideBest::NotToldApart => text!(language, "told-apart-no"),
                BesideBest::Unknown => text!(language, "too-few"),
            },
        },
    );
    // For programs: people read it in the words of the column before.
    table.column(Column::new("ties_with_best", Quantity::Word), |row| {
        (row.beside_best == BesideBest::AsGood).to_string()
    });
    figures(&mut table, comparison, standards, language, |row| {
        &row.county
    });
    differences(
        &mut table,
        Quantity::Minutes,
        [
            (
                "mean_response_less_baseline",
                text!(language, "column-less-baseline"),
                |row| row.mean_less_baseline,
            ),
            (
                "mean_response_less_best",
                text!(language, "column-less-best"),
                |row| row.mean_less_best,
            ),
        ],
    );
    // Ranked by the mean, these are the columns before.
    if is_ranked_apart(comparison) {
        let figure = &*ranked_words(comparison, language);
        let quantity = match ranking_standard(comparison) {
            Some(_) => Quantity::Share,
            None => Quantity::Minutes,
        };
        differences(
            &mut table,
            quantity,
            [
                (
                    "ranked_less_baseline",
                    text!(language, "column-ranked-less-baseline", figure = figure),
                    |row| row.ranked_less_baseline,
                ),
                (
                    "ranked_less_best",
                    text!(language, "column-ranked-less-best", figure = figure),
                    |row| row.ranked_less_best,
                ),
            ],
        );
    }
    // Where some alternatives were simulated no further.
    if comparison.choice.is_some() {
        table.column(
            Column::new("replications", Quantity::Count)
                .head(text!(language, "column-replications")),
            |row| row.replications,
        );
    }
    costs_of(&mut table, comparison, standards, language);
    table.table()
}

/// A column of differences: its id, its head and what it shows of a row.
type Difference<'c> = (&'static str, String, fn(&Row<'c>) -> Option<Estimate>);

/// How a figure differs from that of the baseline, and from that of the best.
fn differences<'c>(
    table: &mut Filling<Row<'c>>,
    quantity: Quantity,
    [baseline, best]: [Difference<'c>; 2],
) {
    for (id, head, of) in [baseline, best] {
        table.column(Column::new(id, quantity).estimated().head(head), of);
    }
}

/// What alternatives cost and what is got for it; empty without prices.
pub fn costs<'c>(
    comparison: &Comparison,
    rows: impl IntoIterator<Item = Row<'c>>,
    standards: &[StandardSummary],
    language: Language,
) -> Table {
    let rows = rows.into_iter().filter(|row| row.cost.is_some());
    let mut table = Filling::of(rows);
    table.emphasise(|row| (row.rank == 1).then_some(Emphasis::Best));
    table.column(rank(language), |row| row.rank);
    table.column(name(language).width(40.0), |row| row.name.clone());
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
    table: &mut Filling<Row<'_>>,
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
        |row| row.cost.map(|cost| cost.investment_yuan),
    );
    table.column(
        money("yearly_yuan")
            .head(text!(language, "column-yearly"))
            .short(text!(language, "column-yearly-short")),
        |row| row.cost.map(|cost| cost.yearly_yuan),
    );
    table.column(
        money("yuan_a_year")
            .head(text!(language, "column-all-in"))
            .short(text!(language, "column-all-in-short")),
        |row| row.cost.map(|cost| cost.yuan_a_year),
    );
    if comparison
        .best()
        .cost
        .as_ref()
        .is_some_and(|of| of.cost.range.is_some())
    {
        let annual = |end: usize| move |row: &Row<'_>| Some(row.cost?.range?.yuan_a_year[end]);
        table.column(
            money("yuan_a_year_low").head(text!(language, "column-all-in-low")),
            annual(0),
        );
        table.column(
            money("yuan_a_year_high").head(text!(language, "column-all-in-high")),
            annual(1),
        );
    }
    table.column(
        money("present_value_yuan").head(text!(language, "column-present-value")),
        |row| row.cost.map(|cost| cost.present_value_yuan),
    );
    table.column(
        money("yuan_a_year_per_minute")
            .head(text!(language, "column-per-minute"))
            .short(text!(language, "column-per-minute-short"))
            .width(16.0),
        |row| row.gained?.yuan_a_year_per_minute,
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
                row.gained?
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
                row.gained?
                    .yuan_a_year_per_resident
                    .get(&standard.id)
                    .copied()?
            },
        );
    }
}
