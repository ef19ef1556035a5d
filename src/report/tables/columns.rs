//! Columns that several tables of a comparison have.

use crate::evaluation::comparison::{Comparison, Figures, StandardSummary};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::messages::Key;
use crate::report::model::{Column, Filling, Quantity, Shade};
use crate::report::words::{standard_words, threshold_minutes};
use crate::scenario::standards::Clock;
use crate::text;

pub(super) fn rank(language: Language) -> Column {
    Column::new("rank", Quantity::Count)
        .head(text!(language, "column-rank"))
        .short("#")
        .width(7.0)
}

pub(super) fn name(language: Language) -> Column {
    Column::new("name", Quantity::Text)
        .head(text!(language, "column-alternative"))
        .width(44.0)
}

pub(super) fn town(language: Language) -> Column {
    Column::new("town", Quantity::Text)
        .head(text!(language, "town"))
        .width(12.0)
}

pub(super) fn calls(language: Language) -> Column {
    Column::new("incidents_a_year", Quantity::Number)
        .head(text!(language, "column-calls"))
        .width(9.0)
}

pub(super) fn basis(language: Language) -> Column {
    Column::new("basis", Quantity::Word)
        .head(text!(language, "column-basis"))
        .width(12.0)
}

/// The columns of an area's figures.
pub(super) fn figures<R>(
    table: &mut Filling<R>,
    comparison: &Comparison,
    standards: &[StandardSummary],
    language: Language,
    of: impl Fn(&R) -> &Figures,
) {
    let time = |id| Column::new(id, Quantity::Minutes).estimated();
    table.column(
        time("mean_response")
            .head(text!(language, "column-mean-response"))
            .short(text!(language, "mean-minutes"))
            .shade(Shade::LessIsBetter),
        |row| of(row).mean_response_seconds,
    );
    table.column(
        time("median_response")
            .head(text!(language, "column-median-response"))
            .shade(Shade::LessIsBetter),
        |row| of(row).median_response_seconds,
    );
    table.column(
        time("p90_response")
            .head(text!(language, "column-p90-response"))
            .short(text!(language, "column-p90-response-short"))
            .shade(Shade::LessIsBetter),
        |row| of(row).p90_response_seconds,
    );
    for standard in standards {
        table.column(
            Column::new("within", Quantity::Share)
                .of(&*standard.id)
                .head(standard_words(standard, language))
                .short(short_standard(standard, language))
                .estimated()
                .shade(Shade::MoreIsBetter),
            |row| within(of(row), standard),
        );
    }
    table.column(
        time("mean_full_assignment")
            .head(text!(language, "column-mean-full-assignment"))
            .short(text!(language, "column-mean-full-assignment-short")),
        |row| of(row).mean_full_assignment_seconds,
    );
    table.column(time("p90_full_assignment"), |row| {
        of(row).p90_full_assignment_seconds
    });
    table.column(
        Column::new("waited", Quantity::Share)
            .head(text!(language, "column-waited"))
            .estimated(),
        |row| of(row).waited,
    );
    table.column(
        Column::new("lost", Quantity::Share)
            .head(text!(language, "column-lost"))
            .short(text!(language, "column-lost-short"))
            .estimated()
            .shade(Shade::LessIsBetter),
        |row| of(row).lost,
    );
    table.column(
        Column::new("aided", Quantity::Share)
            .head(text!(language, "column-aided"))
            .short(text!(language, "column-aided-short"))
            .estimated(),
        |row| of(row).aided,
    );
    table.column(
        Column::new("short_handed", Quantity::Share)
            .head(text!(language, "column-short-handed"))
            .estimated(),
        |row| of(row).short_handed,
    );
    if comparison.best().county.first_water.is_none() {
        return;
    }
    table.column(time("mean_first_water"), |row| {
        of(row).first_water.as_ref()?.mean_seconds
    });
    table.column(time("p90_first_water"), |row| {
        of(row).first_water.as_ref()?.p90_seconds
    });
    table.column(time("mean_first_water_without_hydrants"), |row| {
        of(row).first_water.as_ref()?.mean_without_hydrants_seconds
    });
    table.column(
        Column::new("fires_at_hydrant", Quantity::Share).estimated(),
        |row| of(row).first_water.as_ref()?.at_hydrant,
    );
}

/// What a ranking shows first, on whatever it is read.
pub const RANKED: [&str; 6] = [
    "rank",
    "name",
    "mean_response",
    "p90_response",
    "lost",
    "within",
];

/// The columns of these ids that people are shown: where no call is lost, none is aided by a neighbour and none has
/// too few engines, they need not read so in every row. A file of data has every column, whatever was drawn.
pub fn seen<'i>(comparison: &Comparison, ids: &[&'i str]) -> Vec<&'i str> {
    let any = |figure: fn(&Figures) -> Option<Estimate>| {
        let mut counties = comparison.alternatives.iter().map(|of| figure(&of.county));
        counties.any(|share| share.is_some_and(|share| share.value > 0.0))
    };
    let is_seen = |id: &&&str| match **id {
        "lost" => comparison.loses_calls(),
        "aided" => any(|county| county.aided),
        "short_handed" => any(|county| county.short_handed),
        "ranked_less_baseline" | "ranked_less_best" => is_ranked_apart(comparison),
        "replications" => comparison.choice.is_some(),
        _ => true,
    };
    ids.iter().filter(is_seen).copied().collect()
}

/// Whether alternatives are ranked by another figure than the mean, whose differences every table shows.
pub(super) fn is_ranked_apart(comparison: &Comparison) -> bool {
    comparison.ranked_by != "mean"
}

pub(super) fn within(figures: &Figures, standard: &StandardSummary) -> Option<Estimate> {
    figures.within.get(&standard.id).copied()?
}

/// A standard in the head of a narrow column.
fn short_standard(standard: &StandardSummary, language: Language) -> String {
    let minutes = threshold_minutes(standard);
    let key = match standard.clock {
        Clock::Response => Key("column-within-response-short"),
        Clock::Dispatch => Key("column-within-dispatch-short"),
        Clock::Travel => Key("column-within-travel-short"),
    };
    text!(language, key, minutes = minutes)
}
