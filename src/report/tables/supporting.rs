//! What supports the answer: engines, standards, data basis, the distribution of response times.

use super::columns::{basis, name};
use crate::evaluation::comparison::{Comparison, Evaluated, StationFigures};
use crate::language::Language;
use crate::report::basis_words::{input_words, reason_words};
use crate::report::model::{Column, Filling, Quantity, Shade, Table};
use crate::report::words::{alternative_name, basis_term, clock_words};
use crate::scenario::inputs::BasisNote;
use crate::text;

/// How busy the engines of each station are, today and with the best alternative.
pub fn engines(comparison: &Comparison, language: Language) -> Table {
    let (today, best) = (comparison.baseline(), comparison.best());
    let shown = std::iter::once(today).chain((!best.is_baseline).then_some(best));
    let rows = shown.flat_map(|of| of.stations.iter().map(move |station| (of, station)));
    let mut table: Filling<(&Evaluated, &StationFigures)> = Filling::of(rows);
    table.column(name(language).width(40.0), |(of, _)| {
        alternative_name(of, language)
    });
    table.column(
        Column::new("station", Quantity::Text)
            .head(text!(language, "station"))
            .width(26.0),
        |(_, station)| station.name.in_language(language),
    );
    table.column(
        Column::new("existing", Quantity::Text)
            .head(text!(language, "column-existing"))
            .width(12.0),
        |(_, station)| match station.existing {
            true => text!(language, "station-existing"),
            false => text!(language, "station-planned"),
        },
    );
    table.column(
        Column::new("engines", Quantity::Count)
            .head(text!(language, "engines"))
            .width(9.0),
        |(_, station)| station.engines,
    );
    table.column(
        Column::new("busy", Quantity::Share)
            .head(text!(language, "column-busy"))
            .estimated()
            .shade(Shade::MoreIsBetter),
        |(_, station)| station.busy_share,
    );
    table.table()
}

/// The standards with their clocks and sources.
pub fn standards(comparison: &Comparison, language: Language) -> Table {
    let mut table = Filling::of(&comparison.standards);
    table.column(
        Column::new("standard", Quantity::Text)
            .head(text!(language, "column-standard"))
            .width(20.0),
        |standard| standard.name.in_language(language),
    );
    table.column(
        Column::new("threshold", Quantity::Minutes)
            .head(text!(language, "column-threshold"))
            .width(10.0),
        |standard| standard.threshold_seconds,
    );
    table.column(
        Column::new("clock", Quantity::Text)
            .head(text!(language, "column-clock"))
            .width(16.0),
        |standard| clock_words(standard.clock, language),
    );
    table.column(
        Column::new("share", Quantity::Share)
            .head(text!(language, "column-share-required"))
            .width(10.0),
        |standard| standard.share,
    );
    table.column(basis(language).width(14.0), |standard| {
        basis_term(standard.basis, language)
    });
    table.column(
        Column::new("source", Quantity::Prose)
            .head(text!(language, "column-source"))
            .width(90.0),
        |standard| standard.source.as_str(),
    );
    table.table()
}

/// Every assumption and every procedure, with its reason.
pub fn data_basis(comparison: &Comparison, language: Language) -> Table {
    let notes = comparison.data_basis.iter().chain(&comparison.price_basis);
    let mut table: Filling<&BasisNote> = Filling::of(notes);
    table.column(
        Column::new("item", Quantity::Prose)
            .head(text!(language, "column-item"))
            .width(46.0),
        |note| input_words(&note.input, language),
    );
    table.column(basis(language).width(16.0), |note| {
        basis_term(note.basis, language)
    });
    table.column(
        Column::new("reason", Quantity::Prose)
            .head(text!(language, "column-reason"))
            .width(90.0),
        |note| reason_words(note, language),
    );
    table.table()
}

/// Share of calls reached by each step of time with each alternative, until nearly all are.
pub fn distribution(shown: &[&Evaluated], language: Language) -> Table {
    let steps = shown.iter().map(|evaluated| {
        let shares = &evaluated.response_distribution.shares;
        let nearly_all = shares.iter().position(|share| *share >= 0.999);
        nearly_all.map_or(shares.len(), |step| step + 1)
    });
    let mut table = Filling::of(0..steps.max().unwrap_or(0));
    table.column(
        Column::new("time", Quantity::Minutes)
            .head(text!(language, "column-time-from-call"))
            .places(2)
            .width(12.0),
        |step| f64::from(shown[0].response_distribution.step_seconds) * *step as f64,
    );
    for evaluated in shown {
        let shares = &evaluated.response_distribution.shares;
        let column = Column::new("share", Quantity::Share).of(&*evaluated.id);
        table.column(
            column
                .head(alternative_name(evaluated, language))
                .width(24.0),
            |step| shares.get(*step).or(shares.last()).copied(),
        );
    }
    table.table()
}
