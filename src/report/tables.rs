//! The tables of a comparison, each specified once: what stands in a column beside its head, quantity and
//! colours. A format shows some of the columns, of some of the rows.

use crate::evaluation::comparison::{
    Comparison, Evaluated, Figures, StandardSummary, StationFigures, TownFigures,
};
use crate::evaluation::estimate::Estimate;
use crate::expected::first_due::FirstDue;
use crate::language::{Key, Language};
use crate::report::model::{Column, Emphasis, Filling, Quantity, Shade, Table, Value};
use crate::report::publication::Publication;
use crate::report::words::{
    alternative_name, basis_term, clock_words, engines_added, rank_mark, standard_words,
};
use crate::report::worklist::PlaceRow;
use crate::scenario::about::BasisNote;
use crate::scenario::standards::Clock;
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
    table.column(rank(language), |row| row.rank);
    let place = Column::new("place", Quantity::Count).head(text!(language, "column-rank"));
    table.column(place, |row| format!("{}{}", row.rank, rank_mark(row)));
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
            code: if row.told_apart_from_best {
                "true"
            } else {
                "false"
            },
            words: match (row.rank, row.told_apart_from_best) {
                (1, _) => "–".to_owned(),
                (_, true) => text!(language, "told-apart-yes"),
                (_, false) => text!(language, "told-apart-no"),
            },
        },
    );
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
    table.table()
}

fn rank(language: Language) -> Column {
    Column::new("rank", Quantity::Count)
        .head(text!(language, "column-rank"))
        .short("#")
        .width(7.0)
}

fn name(language: Language) -> Column {
    Column::new("name", Quantity::Text)
        .head(text!(language, "column-alternative"))
        .width(44.0)
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
        let minutes = (standard.threshold_seconds / 60.0).to_string();
        let of_standard = |id, quantity| Column::new(id, quantity).of(&standard.id).width(14.0);
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
                    minutes = minutes
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

/// The columns of an area's figures.
fn figures<R>(
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
            .short(text!(language, "column-mean-response-short"))
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
                .of(&standard.id)
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

fn within(figures: &Figures, standard: &StandardSummary) -> Option<Estimate> {
    figures.within.get(&standard.id).copied()?
}

/// A standard in the head of a narrow column.
fn short_standard(standard: &StandardSummary, language: Language) -> String {
    let minutes = (standard.threshold_seconds / 60.0).to_string();
    let key = match standard.clock {
        Clock::Response => Key("column-within-response-short"),
        Clock::Dispatch => Key("column-within-dispatch-short"),
        Clock::Travel => Key("column-within-travel-short"),
    };
    text!(language, key, minutes = minutes)
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
            Column::new(id, quantity)
                .head(&*head)
                .part(part)
                .width(width)
        };
        let value = |town| figure(town).map(|estimate| estimate.value);
        table.column(column(today, text!(language, "part-today")), |(town, _)| {
            value(town)
        });
        table.column(column(best, text!(language, "part-best")), |(_, town)| {
            value(town)
        });
        table.column(
            column(change, text!(language, "part-change")).shade(shade),
            |(before, after)| Some(value(after)? - value(before)?),
        );
    };
    compare(
        ["mean_today", "mean_best", "mean_change"],
        text!(language, "column-mean-response"),
        Quantity::Minutes,
        Shade::FallIsBetter,
        &|town| town.figures.mean_response_seconds,
    );
    compare(
        ["p90_today", "p90_best", "p90_change"],
        text!(language, "column-p90-response"),
        Quantity::Minutes,
        Shade::FallIsBetter,
        &|town| town.figures.p90_response_seconds,
    );
    for standard in &comparison.standards {
        compare(
            ["within_today", "within_best", "within_change"],
            standard_words(standard, language),
            Quantity::Share,
            Shade::RiseIsBetter,
            &|town| within(&town.figures, standard),
        );
    }
    table.table()
}

fn town(language: Language) -> Column {
    Column::new("town", Quantity::Text)
        .head(text!(language, "column-town"))
        .width(12.0)
}

fn calls(language: Language) -> Column {
    Column::new("incidents_a_year", Quantity::Number)
        .head(text!(language, "column-calls"))
        .width(9.0)
}

fn basis(language: Language) -> Column {
    Column::new("basis", Quantity::Word)
        .head(text!(language, "column-basis"))
        .width(12.0)
}

/// Demand points with who is first due, when on `clock`, and how far beyond `standard` that is; and what
/// the grid staff have to note there.
pub fn places(
    publication: &Publication<'_>,
    rows: &[PlaceRow],
    clock: Clock,
    standard: Option<&StandardSummary>,
) -> Table {
    let (scenario, language) = (publication.scenario, publication.language);
    let point = |row: &PlaceRow| &scenario.county.demand[row.place];
    let station = |due: Option<FirstDue>| {
        due.map(|due| {
            scenario
                .stations
                .station(due.station)
                .name
                .in_language(language)
        })
    };
    let seconds = |due: Option<FirstDue>| due.map(|due| due.seconds(clock));
    let mut table = Filling::of(rows);
    table.emphasise(|row| {
        let late = standard.is_some_and(|standard| !standard.is_met(row.best));
        late.then_some(Emphasis::Late)
    });
    table.column(town(language), |row| {
        let town = point(row).town.index();
        scenario.county.towns[town].name.in_language(language)
    });
    let text = |id, head: String, width| Column::new(id, Quantity::Text).head(head).width(width);
    table.column(
        text("place", text!(language, "column-place"), 22.0),
        |row| point(row).name.in_language(language),
    );
    table.column(text("id", text!(language, "column-id"), 15.0), |row| {
        point(row).id.as_str()
    });
    table.column(
        Column::new("residents", Quantity::Count)
            .head(text!(language, "column-residents"))
            .width(9.0),
        |row| point(row).residents,
    );
    table.column(calls(language).places(2), |row| {
        point(row).incidents_a_year()
    });
    let minutes = |id, head: String| Column::new(id, Quantity::Minutes).head(head).width(9.0);
    table.column(
        text("first_today", text!(language, "column-first-today"), 20.0),
        |row| station(row.today),
    );
    table.column(minutes("today", text!(language, "part-today")), |row| {
        seconds(row.today)
    });
    table.column(
        text("first_best", text!(language, "column-first-best"), 22.0),
        |row| station(row.best),
    );
    table.column(minutes("best", text!(language, "part-best")), |row| {
        seconds(row.best)
    });
    table.column(
        minutes("beyond", text!(language, "column-beyond")).shade(Shade::Urgent),
        |row| Some(seconds(row.best)? - standard?.threshold_seconds),
    );
    table.column(basis(language), |row| {
        basis_term(point(row).basis, language)
    });
    let degrees = |id, head: String| Column::new(id, Quantity::Degrees).head(head);
    table.column(degrees("lon", text!(language, "column-lon")), |row| {
        point(row).position.lon
    });
    table.column(degrees("lat", text!(language, "column-lat")), |row| {
        point(row).position.lat
    });
    for (id, head, width) in [
        ("staff", text!(language, "column-staff"), 12.0),
        ("checked", text!(language, "column-checked"), 12.0),
        ("measures", text!(language, "column-measures"), 24.0),
        ("done", text!(language, "column-done"), 12.0),
    ] {
        let to_fill = Column::new(id, Quantity::ToFill).head(head).width(width);
        table.column(to_fill, |_| Value::Missing);
    }
    table.table()
}

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
            .head(text!(language, "column-station"))
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
            .head(text!(language, "column-engines"))
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
            .head(text!(language, "column-share-asked"))
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
        |note| note.item.in_language(language),
    );
    table.column(basis(language).width(16.0), |note| {
        basis_term(note.basis, language)
    });
    table.column(
        Column::new("reason", Quantity::Prose)
            .head(text!(language, "column-reason"))
            .width(90.0),
        |note| note.reason.as_str(),
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
        let column = Column::new("share", Quantity::Share);
        table.column(
            column
                .head(alternative_name(evaluated, language))
                .width(24.0),
            |step| shares.get(*step).or(shares.last()).copied(),
        );
    }
    table.table()
}
