//! The simulator against theory, for people.

use super::formats::terminal;
use crate::distribution::Shape;
use crate::evaluation::verification::{Check, Figure, LIMIT, Model, Service, Theory};
use crate::language::Language;
use crate::messages::Key;
use crate::report::basis_words::shape_key;
use crate::report::model::Quantity::{Number, Text, Word};
use crate::report::model::{Column, Filling, Value};
use crate::scenario::file::Overload;
use crate::text;

/// A row: a model as a heading, or one of its figures.
enum Line<'c> {
    Model(&'c Check),
    Figure(&'c Check),
}

/// Models as headings, figures below them; at the end how many agree.
pub fn text(checks: &[Check], replications: u32, seed: u64, language: Language) -> String {
    let off = checks.iter().filter(|check| !check.holds()).count();
    let summary = text!(
        language,
        "verify-summary",
        agree = checks.len() - off,
        figures = checks.len(),
        limit = LIMIT.to_string(),
        replications = replications,
        seed = seed.to_string()
    );
    format!("{}\n{summary}", table(checks, language))
}

fn table(checks: &[Check], language: Language) -> String {
    let models = checks.chunk_by(|a, b| (a.theory, a.model) == (b.theory, b.model));
    let lines = models.flat_map(|of_model| {
        let figures = of_model.iter().map(Line::Figure);
        std::iter::once(Line::Model(&of_model[0])).chain(figures)
    });
    let mut table = Filling::of(lines);
    let head = text!(language, "verify-figure");
    table.column(Column::new("figure", Text).head(head), |line| match line {
        Line::Model(check) => text!(
            language,
            "verify-model",
            theory = text!(language, theory_key(check.theory)),
            model = model_words(check.model, language)
        ),
        Line::Figure(check) => format!("  {}", figure_words(check.figure, language)),
    });
    let mut figure = |id, head: Key, value: fn(&Check) -> Value| {
        let column = Column::new(id, Number).places(5);
        table.column(column.head(text!(language, head)), |line| match line {
            Line::Model(_) => "".into(),
            Line::Figure(check) => value(check),
        });
    };
    figure("simulated", Key("verify-simulated"), |check| {
        check.simulated.into()
    });
    figure("error", Key("verify-error"), |check| {
        check.standard_error.into()
    });
    figure("theory", Key("verify-theory"), |check| {
        check.expected.into()
    });
    figure("z", Key("verify-z"), |check| {
        format!("{:+.2}", check.z()).into()
    });
    let off = text!(language, "verify-off");
    let head = text!(language, "verify-judged");
    table.column(Column::new("off", Word).head(head), |line| match line {
        Line::Figure(check) if !check.holds() => &off[..],
        _ => "",
    });
    terminal::table(&table.table())
}

fn theory_key(theory: Theory) -> Key {
    match theory {
        Theory::ErlangB => Key("verify-erlang-b"),
        Theory::ErlangC => Key("verify-erlang-c"),
        Theory::Insensitivity => Key("verify-insensitivity"),
        Theory::InfiniteServers => Key("verify-infinite-servers"),
        Theory::Hypercube => Key("verify-hypercube"),
    }
}

fn model_words(model: Model, language: Language) -> String {
    match model {
        Model::OneStation {
            engines,
            erlangs,
            service,
        } => text!(
            language,
            "verify-one-station",
            engines = engines,
            erlangs = erlangs.to_string(),
            service = service_words(service, language)
        ),
        Model::EnginesToSpare { erlangs, service } => text!(
            language,
            "verify-engines-to-spare",
            erlangs = erlangs.to_string(),
            service = service_words(service, language)
        ),
        Model::ManyStations {
            engines,
            points,
            erlangs_each,
            overload,
        } => {
            let key = match overload {
                Overload::Loss => Key("verify-many-stations-loss"),
                Overload::Queue => Key("verify-many-stations-queue"),
            };
            text!(
                language,
                key,
                engines = engines,
                points = points,
                erlangs = erlangs_each.to_string()
            )
        }
    }
}

fn service_words(service: Service, language: Language) -> String {
    let shape = text!(language, shape_key(service.shape));
    match service.shape {
        // Their spread follows from their mean.
        Shape::Constant | Shape::Exponential => text!(language, "verify-service", shape = shape),
        _ => text!(
            language,
            "verify-service-spread",
            shape = shape,
            spread = service.sd_over_mean.to_string()
        ),
    }
}

fn figure_words(figure: Figure, language: Language) -> String {
    match figure {
        Figure::Lost => text!(language, "verify-lost"),
        Figure::Waits => text!(language, "verify-waits"),
        Figure::MeanWait => text!(language, "verify-mean-wait"),
        Figure::FindBusy(engines) => text!(language, "verify-find-busy", engines = engines),
        Figure::MeanBusy => text!(language, "verify-mean-busy"),
        Figure::Workload { engine } => text!(language, "verify-workload", engine = engine),
        Figure::AnsweredBy { point, engine } => text!(
            language,
            "verify-answered-by",
            point = point,
            engine = engine
        ),
    }
}
