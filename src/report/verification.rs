//! The simulator against theory, for people.

use super::formats::terminal;
use crate::evaluation::verification::Check;
use crate::report::model::Quantity::{Number, Text, Word};
use crate::report::model::{Column, Filling, Value};

/// A row: a model as a heading, or one of its figures.
enum Line<'c> {
    Model(&'c Check),
    Figure(&'c Check),
}

/// Models as headings, figures below them.
pub fn table(checks: &[Check]) -> String {
    let models = checks.chunk_by(|a, b| a.case == b.case);
    let lines = models.flat_map(|of_model| {
        let figures = of_model.iter().map(Line::Figure);
        std::iter::once(Line::Model(&of_model[0])).chain(figures)
    });
    let mut table = Filling::of(lines);
    table.column(
        Column::new("figure", Text).head("figure"),
        |line| match line {
            Line::Model(check) => format!("{}: {}", check.theory, check.case),
            Line::Figure(check) => format!("  {}", check.figure),
        },
    );
    let mut figure = |id, head: &str, value: fn(&Check) -> Value| {
        let column = Column::new(id, Number).places(5).head(head);
        table.column(column, |line| match line {
            Line::Model(_) => "".into(),
            Line::Figure(check) => value(check),
        });
    };
    figure("simulated", "simulated", |check| check.simulated.into());
    figure("error", "± 1 s.e.", |check| check.standard_error.into());
    figure("theory", "theory", |check| check.expected.into());
    figure("z", "z", |check| format!("{:+.2}", check.z()).into());
    table.column(Column::new("off", Word), |line| match line {
        Line::Figure(check) if !check.holds() => "OFF",
        _ => "",
    });
    terminal::table(&table.table())
}
