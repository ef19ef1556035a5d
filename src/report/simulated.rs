//! One alternative in every detail, in the terminal: what each town gets, what happens to it when
//! first-due engines are out, and how busy the stations are. Within 100 columns.

use std::fmt::Write as _;

use comfy_table::{Cell, Table};

use super::formats::terminal::{align, empty_table};
use super::minutes;
use crate::evaluation::estimate::Estimate;
use crate::evaluation::simulated::{MovedPart, Part, Simulated, TownPart};
use crate::language::Language;
use crate::report::words::runs_words;
use crate::text;

/// Everything a planner reads first.
pub fn tables(simulated: &Simulated, language: Language) -> String {
    let mut text = String::new();
    for table in [
        towns(simulated, language),
        types(simulated, language),
        stations(simulated, language),
    ] {
        text.push_str(&table.trim_fmt());
        text.push_str("\n\n");
    }
    legend(&mut text, simulated, language).expect("writing to a string does not fail");
    text
}

fn per_cent(estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(|| "–".to_owned(), |e| format!("{:.1}", e.value * 100.0))
}

/// Name, incidents a year, mean and 90th percentile of the response, mean full assignment.
fn first_cells(part: &Part, language: Language) -> [String; 5] {
    let figures = &part.figures;
    [
        part.name.in_language(language).to_owned(),
        format!("{:.1}", part.incidents_a_year),
        minutes(figures.mean_response_seconds.as_ref(), 1),
        minutes(figures.p90_response_seconds.as_ref(), 1),
        minutes(figures.mean_full_assignment_seconds.as_ref(), 1),
    ]
}

fn towns(simulated: &Simulated, language: Language) -> Table {
    let mut table = empty_table();
    table.set_header([
        text!(language, "town"),
        text!(language, "simulate-calls-a-year"),
        text!(language, "simulate-mean"),
        text!(language, "simulate-p90"),
        text!(language, "simulate-full"),
        text!(language, "simulate-first-due-out"),
        text!(language, "simulate-if-ready"),
        text!(language, "simulate-if-out"),
        text!(language, "simulate-relief"),
    ]);
    let relief = |town: &TownPart| -> String {
        // The others are in the file.
        town.relief.first().map_or_else(String::new, |relief| {
            let name = relief.name.in_language(language);
            format!("{name} {:.0}%", relief.share * 100.0)
        })
    };
    let row = |part: &Part, relief: String| -> Vec<Cell> {
        let [name, a_year, mean, p90, full] = first_cells(part, language);
        [
            name,
            a_year,
            mean,
            p90,
            full,
            per_cent(part.first_due_out.as_ref()),
            minutes(part.mean_response_first_due_ready_seconds.as_ref(), 1),
            minutes(part.mean_response_first_due_out_seconds.as_ref(), 1),
            relief,
        ]
        .map(Cell::new)
        .into()
    };
    for town in &simulated.towns {
        table.add_row(row(&town.part, relief(town)));
    }
    table.add_row(row(&simulated.county, String::new()));
    align(&mut table, &[0, 8]);
    table
}

fn types(simulated: &Simulated, language: Language) -> Table {
    let mut table = empty_table();
    table.set_header([
        text!(language, "simulate-type"),
        text!(language, "simulate-calls-a-year"),
        text!(language, "simulate-mean"),
        text!(language, "simulate-p90"),
        text!(language, "simulate-full-mean"),
        text!(language, "simulate-full-p90"),
        text!(language, "simulate-water-mean"),
        text!(language, "simulate-waited"),
        text!(language, "simulate-lost"),
    ]);
    for part in &simulated.types {
        let figures = &part.figures;
        let [name, a_year, mean, p90, full] = first_cells(part, language);
        let water = figures.first_water.as_ref();
        table.add_row([
            name,
            a_year,
            mean,
            p90,
            full,
            minutes(figures.p90_full_assignment_seconds.as_ref(), 1),
            minutes(water.and_then(|water| water.mean_seconds.as_ref()), 1),
            per_cent(figures.waited.as_ref()),
            per_cent(part.lost.as_ref()),
        ]);
    }
    align(&mut table, &[0]);
    table
}

fn stations(simulated: &Simulated, language: Language) -> Table {
    let mut table = empty_table();
    table.set_header([
        text!(language, "station"),
        text!(language, "simulate-engines"),
        text!(language, "simulate-busy"),
        text!(language, "simulate-first-arrivals"),
        text!(language, "simulate-station-mean"),
    ]);
    for station in &simulated.stations {
        table.add_row([
            station.name.in_language(language).to_owned(),
            station.engines.to_string(),
            station
                .busy_share
                .as_ref()
                .map_or_else(|| "–".to_owned(), |e| format!("{:.2}", e.value * 100.0)),
            per_cent(station.first_arrivals.as_ref()),
            minutes(station.mean_response_seconds.as_ref(), 1),
        ]);
    }
    align(&mut table, &[0]);
    table
}

fn legend(text: &mut String, simulated: &Simulated, language: Language) -> std::fmt::Result {
    let scenario = &simulated.scenario;
    writeln!(text, "{}", text!(language, "simulate-legend"))?;
    at_once(text, simulated, language)?;
    if let Some(moved) = simulated.moved {
        let MovedPart {
            redirected_a_year: back,
            rerouted_a_year: on,
            covering_a_year: by,
        } = moved;
        writeln!(
            text,
            "{}",
            text!(
                language,
                "simulate-moved",
                back = format!("{back:.1}"),
                on = format!("{on:.1}"),
                by = format!("{by:.1}")
            )
        )?;
    }
    if let Some(worst) = simulated.worst.first() {
        let id = format!("{}:{}", worst.replication, worst.number);
        writeln!(
            text,
            "{}",
            match worst.response_seconds {
                Some(seconds) => {
                    let minutes = format!("{:.1}", seconds / 60.0);
                    text!(language, "simulate-worst", id = id, minutes = minutes)
                }
                None => text!(language, "simulate-worst-lost", id = id),
            }
        )?;
    }
    writeln!(
        text,
        "{}",
        text!(
            language,
            "simulate-run",
            alternative = &simulated.alternative,
            runs = runs_words(scenario, language),
            incidents = simulated.incidents,
            seed = scenario.seed
        )
    )
}

/// How many incidents are attended at once, and who helps out.
fn at_once(text: &mut String, simulated: &Simulated, language: Language) -> std::fmt::Result {
    let share = |estimate: Option<&Estimate>| estimate.map_or(0.0, |e| e.value * 100.0);
    let [alone, one] = [0, 1].map(|others| share(simulated.others_at_once[others].as_ref()));
    let more: f64 = simulated.others_at_once[2..]
        .iter()
        .map(|e| share(e.as_ref()))
        .sum();
    let [second, aided] =
        [&simulated.county.second_due, &simulated.county.aided].map(|e| share(e.as_ref()));
    writeln!(
        text,
        "{}",
        text!(
            language,
            "simulate-at-once",
            alone = format!("{alone:.1}"),
            one = format!("{one:.1}"),
            more = format!("{more:.1}"),
            second = format!("{second:.1}"),
            aided = format!("{aided:.1}")
        )
    )
}
