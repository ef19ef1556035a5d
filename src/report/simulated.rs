//! One alternative in every detail, in the terminal: what each town gets, what happens to it when
//! first-due engines are out, and how busy the stations are. Within 100 columns.

use std::fmt::Write as _;

use comfy_table::{Cell, Table};

use super::formats::terminal::{align, empty_table};
use super::minutes;
use crate::evaluation::estimate::Estimate;
use crate::evaluation::simulated::{MovedPart, Part, Simulated, TownPart};
use crate::language::Language;

/// Everything a planner reads first.
#[must_use]
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
        language.pick("乡镇", "town"),
        language.pick("每年\n警情", "calls\na year"),
        language.pick("平均\n分钟", "mean\nmin"),
        language.pick("90%\n分钟", "p90\nmin"),
        language.pick("到齐\n分钟", "full\nmin"),
        language.pick("首责队\n车在外%", "first due\nout, %"),
        language.pick("车在队\n平均", "if\nready"),
        language.pick("车在外\n平均", "if\nout"),
        language.pick("车在外时由谁先到", "who comes first instead"),
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
        language.pick("警情类型", "type"),
        language.pick("每年\n警情", "calls\na year"),
        language.pick("平均\n分钟", "mean\nmin"),
        language.pick("90%\n分钟", "p90\nmin"),
        language.pick("到齐平均\n分钟", "full, mean\nmin"),
        language.pick("到齐90%\n分钟", "full, p90\nmin"),
        language.pick("出水平均\n分钟", "water, mean\nmin"),
        language.pick("等车\n%", "waited\n%"),
        language.pick("无车可派\n%", "lost\n%"),
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
        language.pick("消防站（队）", "station"),
        language.pick("消防车", "engines"),
        language.pick("在外时间\n%", "busy\n%"),
        language.pick("首先到场\n%", "first at\nscene, %"),
        language.pick("平均到场\n分钟", "mean response\nmin"),
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
    writeln!(
        text,
        "{}",
        language.pick(
            "时间自接警起算至首车到场；“到齐”至最后一辆所需消防车到场。\n“首责队”是该处车辆均在站时最先到场的消防站（队）；“车在队”“车在外”指其有车、无车可派时的平均到场分钟。",
            "Times run from the call to the first engine; \"full\" to the last engine required.\n\
             \"First due\" is the station that is there first when all engines are at home; \"if ready\",\n\
             \"if out\": mean response when it has an engine to send, and when it has none.",
        )
    )?;
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
            language.pick(
                format!(
                    "每年改派：归队途中 {back:.1} 辆次，赴较轻警情途中 {on:.1} 辆次；调往他队备勤 {by:.1} 辆次。"
                ),
                format!(
                    "A year {back:.1} engines are sent on from their way back, {on:.1} on their way to \
                     a lesser\nincident; {by:.1} times one stands by at another station."
                ),
            )
        )?;
    }
    if let Some(worst) = simulated.worst.first() {
        let id = format!("{}:{}", worst.replication, worst.number);
        writeln!(
            text,
            "{}",
            match (worst.response_seconds, language) {
                (Some(seconds), Language::Chinese) => format!(
                    "到场最慢的警情 {id}：{:.1} 分钟；用 brigade explain {id} 看经过。",
                    seconds / 60.0
                ),
                (Some(seconds), Language::English) => format!(
                    "Longest response {:.1} min: incident {id}; brigade explain {id} tells it.",
                    seconds / 60.0
                ),
                (None, Language::Chinese) => format!("无车可派的警情，例如 {id}。"),
                (None, Language::English) => format!("Lost: incident {id} among others."),
            }
        )?;
    }
    writeln!(
        text,
        "{}",
        language.pick(
            format!(
                "方案 {}，{}，共 {} 起警情，种子 {}。\n输入含模拟生成和假定数据，见 simulation.json 的 data_basis。",
                simulated.alternative,
                scenario.runs(language),
                simulated.incidents,
                scenario.seed
            ),
            format!(
                "Alternative {}: {}, {} incidents, seed {}.\nSome inputs \
                 are modelled or assumed: see data_basis in simulation.json.",
                simulated.alternative,
                scenario.runs(language),
                simulated.incidents,
                scenario.seed
            ),
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
        language.pick(
            format!(
                "下达出动指令时，另有车辆在外的警情：0 起 {alone:.1}%，1 起 {one:.1}%，2 起及以上 \
                 {more:.1}%。\n第二顺位的队先到 {second:.1}%，有邻县增援 {aided:.1}%。"
            ),
            format!(
                "Other incidents with engines out when the order is given: none {alone:.1} %, one \
                 {one:.1} %,\ntwo or more {more:.1} %. The second due is there first in \
                 {second:.1} %, neighbours help in {aided:.1} %."
            ),
        )
    )
}
