//! One alternative in every detail, in the terminal: what each town gets, what happens to it when
//! first-due engines are out, and how busy the stations are.

use super::formats::terminal;
use crate::evaluation::estimate::Estimate;
use crate::evaluation::simulated::{Part, Relief, Simulated};
use crate::language::Language;
use crate::messages::Key;
use crate::report::model::Quantity::{Count, Minutes, Number, Share, Text, Word};
use crate::report::model::{Column, Filling, Table};
use crate::report::words::{minutes, runs_words};
use crate::text;

/// Everything a planner reads first.
pub fn text(simulated: &Simulated, language: Language) -> String {
    let tables = [
        towns(simulated, language),
        types(simulated, language),
        stations(simulated, language),
    ];
    let tables = tables.map(|table| terminal::table(&table) + "\n");
    let lines = tables.into_iter().chain(legend(simulated, language));
    let text: String = lines.map(|line| line + "\n").collect();
    terminal::folded(&text)
}

fn towns(simulated: &Simulated, language: Language) -> Table {
    let towns = simulated.towns.iter();
    let towns = towns.map(|town| {
        let name = town.name.in_language(language).to_owned();
        (name, &town.part, town.relief.first())
    });
    let county = (text!(language, "county"), &simulated.county, None);
    let mut table: Filling<(String, &Part, Option<&Relief>)> = Filling::of(towns.chain([county]));
    table.column(
        Column::new("name", Word).head(text!(language, "town")),
        |(name, ..)| name.clone(),
    );
    parts(&mut table, |(_, part, _)| part, language);
    let lost = simulated.county.figures.lost;
    if lost.is_some_and(|lost| lost.value > 0.0) {
        table.column(lost_share(language), |(_, part, _)| part.figures.lost);
    }
    table.column(
        Column::new("full", Minutes).short(text!(language, "column-mean-full-assignment-short")),
        |(_, part, _)| part.figures.mean_full_assignment_seconds,
    );
    table.column(
        Column::new("first_due_out", Share).short(text!(language, "simulate-first-due-out")),
        |(_, part, _)| part.first_due_out,
    );
    table.column(
        Column::new("if_ready", Minutes).short(text!(language, "simulate-if-ready")),
        |(_, part, _)| part.mean_response_first_due_ready_seconds,
    );
    table.column(
        Column::new("if_out", Minutes).short(text!(language, "simulate-if-out")),
        |(_, part, _)| part.mean_response_first_due_out_seconds,
    );
    // The others are in the file.
    table.column(
        Column::new("relief", Text).head(text!(language, "simulate-relief")),
        |(.., relief)| {
            relief.map_or_else(String::new, |relief| {
                let name = relief.name.in_language(language);
                format!("{name} {:.0}%", relief.share * 100.0)
            })
        },
    );
    table.table()
}

/// Incidents a year, mean and 90th percentile of the response.
fn parts<R>(table: &mut Filling<R>, part: impl Fn(&R) -> &Part, language: Language) {
    table.column(
        Column::new("incidents_a_year", Number).short(text!(language, "simulate-calls-a-year")),
        |row| part(row).incidents_a_year,
    );
    table.column(
        Column::new("mean", Minutes).short(text!(language, "mean-minutes")),
        |row| part(row).figures.mean_response_seconds,
    );
    table.column(
        Column::new("p90", Minutes).short(text!(language, "column-p90-response-short")),
        |row| part(row).figures.p90_response_seconds,
    );
}

fn types(simulated: &Simulated, language: Language) -> Table {
    let mut table = Filling::of(&simulated.types);
    table.column(
        Column::new("name", Word).head(text!(language, "simulate-type")),
        |of| of.name.in_language(language),
    );
    parts(&mut table, |of| &of.part, language);
    let minutes = |id, key| Column::new(id, Minutes).short(text!(language, key));
    table.column(minutes("full", Key("simulate-full-mean")), |of| {
        of.part.figures.mean_full_assignment_seconds
    });
    table.column(minutes("full_p90", Key("simulate-full-p90")), |of| {
        of.part.figures.p90_full_assignment_seconds
    });
    table.column(minutes("water", Key("simulate-water-mean")), |of| {
        of.part
            .figures
            .first_water
            .as_ref()
            .and_then(|water| water.mean_seconds)
    });
    let share = |id, key| Column::new(id, Share).short(text!(language, key));
    table.column(share("waited", Key("simulate-waited")), |of| {
        of.part.figures.waited
    });
    table.column(lost_share(language), |of| of.part.figures.lost);
    table.table()
}

/// What times of answered calls are read beside.
fn lost_share(language: Language) -> Column {
    Column::new("lost", Share).short(text!(language, "column-lost-short"))
}

fn stations(simulated: &Simulated, language: Language) -> Table {
    let mut table = Filling::of(&simulated.stations);
    table.column(
        Column::new("name", Word).head(text!(language, "station")),
        |station| station.name.in_language(language),
    );
    table.column(
        Column::new("engines", Count).head(text!(language, "engines")),
        |station| station.engines,
    );
    table.column(
        Column::new("busy", Share)
            .places(2)
            .short(text!(language, "simulate-busy")),
        |station| station.busy_share,
    );
    table.column(
        Column::new("first_arrivals", Share).short(text!(language, "simulate-first-arrivals")),
        |station| station.first_arrivals,
    );
    table.column(
        Column::new("mean", Minutes).short(text!(language, "mean-response-minutes")),
        |station| station.mean_response_seconds,
    );
    table.table()
}

/// The command that tells of an incident of this simulation.
fn explain_command(simulated: &Simulated, id: &str) -> String {
    let file = simulated.scenario.file.as_str();
    let embedded = file.strip_prefix("embedded:scenarios/");
    let scenario = embedded.and_then(|name| name.strip_suffix(".toml"));
    let scenario = match scenario.unwrap_or(file) {
        "wuhua" => String::new(),
        other => format!(" {other}"),
    };
    let (alternative, seed) = (&simulated.alternative, simulated.scenario.seed);
    format!("brigade explain {id}{scenario} --alternative {alternative} --seed {seed}")
}

/// What a reader needs to understand the tables.
fn legend(simulated: &Simulated, language: Language) -> Vec<String> {
    let scenario = &simulated.scenario;
    let mut lines = vec![text!(language, "simulate-legend")];
    lines.extend(at_once(simulated, language));
    if let Some(moved) = simulated.moved {
        lines.push(text!(
            language,
            "simulate-moved",
            back = format!("{:.1}", moved.redirected_a_year),
            on = format!("{:.1}", moved.rerouted_a_year),
            by = format!("{:.1}", moved.moved_up_a_year)
        ));
    }
    if let Some(worst) = simulated.worst.first() {
        let id = format!("{}:{}", worst.replication, worst.number);
        lines.push(match worst.response_seconds {
            Some(seconds) => {
                text!(
                    language,
                    "simulate-worst",
                    command = explain_command(simulated, &id),
                    id = id,
                    minutes = minutes(seconds)
                )
            }
            None => text!(language, "simulate-worst-lost", id = id),
        });
    }
    lines.push(text!(
        language,
        "simulate-run",
        alternative = &simulated.alternative,
        runs = runs_words(scenario, language),
        incidents = simulated.incidents,
        seed = scenario.seed.to_string()
    ));
    lines
}

/// How many incidents are attended at once, and who helps out; nothing where there were none.
fn at_once(simulated: &Simulated, language: Language) -> Option<String> {
    let others = &simulated.others_at_once;
    others.iter().flatten().next()?;
    let share = |of: &[Option<Estimate>]| {
        let percents = of.iter().flatten().map(|estimate| estimate.value * 100.0);
        // An empty sum is -0.
        format!("{:.1}", percents.fold(0.0, |sum, percent| sum + percent))
    };
    Some(text!(
        language,
        "simulate-at-once",
        alone = share(&others[..1]),
        one = share(&others[1..2]),
        more = share(&others[2..]),
        second = share(&[simulated.county.second_due]),
        aided = share(&[simulated.county.figures.aided])
    ))
}
