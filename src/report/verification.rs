//! The simulator against theory, for people.

use super::formats::terminal;
use crate::distribution::Shape;
use crate::evaluation::verification::{
    Check, Counted, Dispatching, EngineStage, FALSE_ALARMS, Figure, NOMINAL, Service, Span, Spread,
    Subject, Theory, Variation, Verification,
};
use crate::language::Language;
use crate::messages::Key;
use crate::report::basis_words::shape_key;
use crate::report::model::Quantity::{Number, Text, Word};
use crate::report::model::{Column, Filling, Value};
use crate::report::words::crew_words;
use crate::scenario::file::Overload;
use crate::text;

/// A row: a model as a heading, or one of its figures.
enum Line<'c> {
    Model(&'c Check),
    Figure(&'c Check),
}

/// Models as headings, figures below them; at the end how many agree, and how sure that is.
pub fn text(
    verification: &Verification,
    replications: u32,
    seed: u64,
    language: Language,
) -> String {
    let figures = verification.checks.len();
    let summary = text!(
        language,
        "verify-summary",
        agree = figures - verification.off(),
        figures = figures,
        replications = replications,
        seed = seed.to_string()
    );
    let runs = |rate: f64| (1.0 / rate).round().to_string();
    let limit = text!(
        language,
        "verify-limit",
        limit = format!("{:.2}", verification.limit),
        looked_at = verification.figures,
        nominal = runs(NOMINAL),
        runs = runs(FALSE_ALARMS)
    );
    let below = terminal::folded(&format!("{summary}\n{limit}"));
    format!("{}\n{}", table(verification, language), below.trim_end())
}

fn table(verification: &Verification, language: Language) -> String {
    let models =
        (verification.checks).chunk_by(|a, b| (a.theory, a.subject) == (b.theory, b.subject));
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
            model = model_words(check.subject, language)
        ),
        Line::Figure(check) => format!("  {}", of_check(check, language)),
    });
    let mut figure = |id, head: Key, value: &dyn Fn(&Check) -> Value| {
        let column = Column::new(id, Number).places(5);
        table.column(column.head(text!(language, head)), |line| match line {
            Line::Model(_) => "".into(),
            Line::Figure(check) => value(check),
        });
    };
    figure("simulated", Key("verify-simulated"), &|check| {
        check.simulated.into()
    });
    figure("error", Key("verify-error"), &|check| match check.spread {
        Spread::None => "".into(),
        Spread::StandardError(error) => error.into(),
    });
    figure("theory", Key("verify-theory"), &|check| {
        check.expected.into()
    });
    figure("z", Key("verify-z"), &|check| match check.z() {
        None => text!(language, "verify-exact").into(),
        Some(z) => format!("{z:+.2}").into(),
    });
    let off = text!(language, "verify-off");
    let head = text!(language, "verify-judged");
    table.column(Column::new("off", Word).head(head), |line| match line {
        Line::Figure(check) if !verification.holds(check) => &off[..],
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
        Theory::Priorities => Key("verify-priorities"),
        Theory::Stages => Key("verify-stages"),
        Theory::OrderStatistics => Key("verify-order-statistics"),
        Theory::Renewal => Key("verify-renewal"),
        Theory::Thinning => Key("verify-thinning"),
        Theory::History => Key("verify-history"),
    }
}

fn model_words(subject: Subject, language: Language) -> String {
    match subject {
        Subject::OneStation {
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
        Subject::QueueByPolicies { engines, erlangs } => text!(
            language,
            "verify-queue-by-policies",
            engines = engines,
            erlangs = erlangs.to_string()
        ),
        Subject::EnginesToSpare { erlangs, service } => text!(
            language,
            "verify-engines-to-spare",
            erlangs = erlangs.to_string(),
            service = service_words(service, language)
        ),
        Subject::ManyStations {
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
        Subject::Priorities {
            engines,
            erlangs,
            dispatching,
        } => text!(
            language,
            "verify-with-priorities",
            engines = engines,
            erlangs = erlangs.to_string(),
            dispatching = text!(language, dispatching_key(dispatching))
        ),
        Subject::Stages => text!(language, "verify-every-stage"),
        Subject::Hours => text!(language, "verify-hours"),
        Subject::SeveralEngines { engines, turnout } => text!(
            language,
            "verify-several-engines",
            engines = engines,
            shape = text!(language, shape_key(turnout))
        ),
        Subject::TwoStations => text!(language, "verify-two-stations"),
        Subject::OneEngine { dispatching } => text!(
            language,
            "verify-one-engine",
            dispatching = text!(language, dispatching_key(dispatching))
        ),
        Subject::Redirect => text!(language, "verify-redirect"),
        Subject::Reroute => text!(language, "verify-reroute"),
        Subject::MoveUp => text!(language, "verify-move-up"),
        Subject::Calendar => text!(language, "verify-calendar"),
        Subject::History(variation) => text!(language, variation_key(variation)),
    }
}

fn variation_key(variation: Variation) -> Key {
    match variation {
        Variation::Queue => Key("verify-history-queue"),
        Variation::ByPolicies => Key("verify-by-policies"),
        Variation::StartedSeconds => Key("verify-history-started-seconds"),
        Variation::Loss => Key("verify-history-loss"),
        Variation::Batches => Key("verify-history-batches"),
    }
}

fn dispatching_key(dispatching: Dispatching) -> Key {
    match dispatching {
        Dispatching::FirstReady => Key("verify-first-ready"),
        Dispatching::ByPolicies => Key("verify-by-policies"),
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

/// The figure of a check, and of how many it is the furthest off.
fn of_check(check: &Check, language: Language) -> String {
    let figure = figure_words(check.figure, language);
    match check.furthest_of {
        1 => figure,
        of => text!(language, "verify-furthest", figure = figure, of = of),
    }
}

fn figure_words(figure: Figure, language: Language) -> String {
    match figure {
        Figure::Lost => text!(language, "verify-lost"),
        Figure::LostOf(priority) => text!(language, "verify-lost-of", priority = priority),
        Figure::Waits => text!(language, "verify-waits"),
        Figure::WaitsOf(priority) => text!(language, "verify-waits-of", priority = priority),
        Figure::MeanWait => text!(language, "verify-mean-wait"),
        Figure::WaitsOver(services) => {
            let services = format!("{services:.2}");
            text!(language, "verify-waits-over", services = services)
        }
        Figure::FindOut(engines) => text!(language, "verify-find-out", engines = engines),
        Figure::MeanOut => text!(language, "verify-mean-out"),
        Figure::MeanAt(stage) => {
            let stage = text!(language, stage_key(stage));
            text!(language, "verify-mean-at", stage = stage)
        }
        Figure::Workload { engine } => text!(language, "verify-workload", engine = engine),
        Figure::AnsweredBy { point, engine } => text!(
            language,
            "verify-answered-by",
            point = point,
            engine = engine
        ),
        Figure::Mean(span) => {
            text!(language, "verify-mean", span = span_words(span, language))
        }
        Figure::Variance(span) => {
            let span = span_words(span, language);
            text!(language, "verify-variance", span = span)
        }
        Figure::Covariance(one, other) => text!(
            language,
            "verify-covariance",
            one = span_words(one, language),
            other = span_words(other, language)
        ),
        Figure::Over(span, minutes) => text!(
            language,
            "verify-over",
            span = span_words(span, language),
            minutes = format!("{minutes:.2}")
        ),
        Figure::CallsADay => text!(language, "verify-calls-a-day"),
        Figure::AnsweredADay => text!(language, "verify-answered-a-day"),
        Figure::CallsInHour { of_type, hour } => {
            text!(language, "verify-calls-in-hour", type = of_type, hour = hour)
        }
        Figure::AtPoint(point) => text!(language, "verify-at-point", point = point),
        Figure::Needs(engines) => text!(language, "verify-needs", engines = engines),
        Figure::Diverted => text!(language, "verify-diverted"),
        Figure::MoveUps => text!(language, "verify-move-ups"),
        Figure::CallsOnWeekday { of_type, weekday } => text!(
            language,
            "verify-calls-on-weekday",
            type = of_type,
            weekday = weekday
        ),
        Figure::CallsInMonth { of_type, month } => {
            text!(language, "verify-calls-in-month", type = of_type, month = month)
        }
        Figure::CallsOfPoint { of_type, point } => {
            text!(language, "verify-calls-of-point", type = of_type, point = point)
        }
        Figure::CallsAtFestival => text!(language, "verify-calls-at-festival"),
        Figure::Counted(counted) => counted_words(counted, language),
    }
}

fn stage_key(stage: EngineStage) -> Key {
    match stage {
        EngineStage::Turnout => Key("verify-turnout"),
        EngineStage::Travel => Key("verify-travel"),
        EngineStage::OnScene => Key("verify-on-scene"),
        EngineStage::WayBack => Key("verify-way-back"),
        EngineStage::Restocking => Key("verify-restocking"),
    }
}

fn span_words(span: Span, language: Language) -> String {
    let key = match span {
        Span::Turnout(crew) => {
            let crew = crew_words(crew, language);
            return text!(language, "verify-turnout-of", crew = crew);
        }
        Span::WaitOf(priority) => return text!(language, "verify-wait-of", priority = priority),
        Span::ResponseOf(priority) => {
            return text!(language, "verify-response-of", priority = priority);
        }
        Span::ResponseAt(point) => return text!(language, "verify-response-at", point = point),
        Span::CallHandling => Key("verify-call-handling"),
        Span::TurnoutAtNight => Key("verify-turnout-at-night"),
        Span::Travel => Key("verify-travel"),
        Span::OnScene => Key("verify-on-scene"),
        Span::WayBack => Key("verify-way-back"),
        Span::Restocking => Key("verify-restocking"),
        Span::Response => Key("verify-response"),
        Span::FullAssignment => Key("verify-full-assignment"),
    };
    text!(language, key)
}

/// What is counted of a history; what is of a station, a point, a batch and the like by its number.
fn counted_words(counted: Counted, language: Language) -> String {
    let (key, number) = match counted {
        Counted::Calls => (Key("verify-counted-calls"), 0),
        Counted::CallsInHour(hour) => (Key("verify-counted-in-hour"), hour),
        Counted::CallsInMonth(month) => (Key("verify-counted-in-month"), month),
        Counted::CallsAt(point) => (Key("verify-counted-at"), point),
        Counted::CallsOfType(of_type) => (Key("verify-counted-of-type"), of_type),
        Counted::CallsInBatch(batch) => (Key("verify-counted-in-batch"), batch),
        Counted::Batches => (Key("verify-counted-batches"), 0),
        Counted::Lost => (Key("verify-counted-lost"), 0),
        Counted::Waited => (Key("verify-counted-waited"), 0),
        Counted::FirstDueOut => (Key("verify-counted-first-due-out"), 0),
        Counted::SecondDue => (Key("verify-counted-second-due"), 0),
        Counted::Aided => (Key("verify-counted-aided"), 0),
        Counted::Within(standard) => (Key("verify-counted-within"), standard),
        Counted::FirstBy(station) => (Key("verify-counted-first-by"), station),
        Counted::Relieved => (Key("verify-counted-relieved"), 0),
        Counted::Others(others) => (Key("verify-counted-others"), others),
        Counted::ResponseSum => (Key("verify-counted-response"), 0),
        Counted::ResponseSumFirstDueOut => (Key("verify-counted-response-out"), 0),
        Counted::FullAssignmentSum => (Key("verify-counted-full"), 0),
        Counted::Median => (Key("verify-counted-median"), 0),
        Counted::Percentile90 => (Key("verify-counted-p90"), 0),
        Counted::FullAssignmentPercentile90 => (Key("verify-counted-full-p90"), 0),
        Counted::Longest => (Key("verify-counted-longest"), 0),
        Counted::Fires => (Key("verify-counted-fires"), 0),
        Counted::FiresAtHydrant => (Key("verify-counted-at-hydrant"), 0),
        Counted::FirstWaterSum => (Key("verify-counted-water"), 0),
        Counted::FirstWaterSumWithoutHydrants => (Key("verify-counted-water-dry"), 0),
        Counted::FirstWaterPercentile90 => (Key("verify-counted-water-p90"), 0),
        Counted::Out(station) => (Key("verify-counted-out"), station),
    };
    text!(language, key, number = number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_ends_on_a_sunday_in_both_languages() {
        let said = |weekday, language| {
            let of_type = 2;
            figure_words(Figure::CallsOnWeekday { of_type, weekday }, language)
        };
        assert_eq!(said(7, Language::Chinese), "第 2 类警情周日的日均数");
        assert_eq!(said(1, Language::Chinese), "第 2 类警情周一的日均数");
        assert_eq!(
            said(7, Language::English),
            "calls of type 2 a day, on Sundays"
        );
    }
}
