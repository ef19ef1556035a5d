//! The best sites among all junctions: a few lines for people, JSON for programs, and a table of
//! candidates for the next run.

use std::fmt::Write as _;

use serde_json::{Value, json as value};

use super::csv_tables::{spreadsheet_text, write};
use super::terminal::{align, empty_table};
use crate::evaluation::comparison::Comparison;
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::planning::free_choice::{Choice, FreeChoice, Question};
use crate::scenario::Scenario;
use crate::siting::answer::Status;

/// An answer with what it speaks of.
#[derive(Debug)]
pub struct Answered<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What was asked.
    pub question: &'a Question,
    /// The answer.
    pub choice: &'a FreeChoice,
    /// The best choices, simulated.
    pub comparison: Option<&'a Comparison>,
    /// By how many seconds one more brigade changes the mean response time in the simulation.
    pub another: Option<&'a Estimate>,
}

impl Answered<'_> {
    fn status(&self) -> &'static str {
        match self.choice.answer.status {
            Status::Optimal => "optimal",
            Status::Feasible => "feasible",
            Status::Infeasible(_) => "infeasible",
            Status::Unknown => "unknown",
        }
    }

    fn listed(&self) -> Option<(&str, f64)> {
        let listed = self.choice.listed.as_ref()?;
        Some((
            &self.scenario.alternatives[listed.alternative].id,
            listed.mean,
        ))
    }

    /// A junction with all that tells where it is.
    fn site(&self, place: usize) -> Value {
        let (junction, site) = (&self.choice.junctions[place], &self.choice.sites[place]);
        let county = &self.scenario.county;
        let town = &county.towns[junction.town.index()];
        let village = &county.demand[junction.village];
        value!({
            "id": site.station.id,
            "lon": junction.position.lon,
            "lat": junction.position.lat,
            "town": { "id": town.id, "name": town.name.local, "name_en": town.name.english },
            "nearest_village": {
                "id": village.id,
                "name": village.name.local,
                "name_en": village.name.english,
                "distance_metres": junction.distance.0.round(),
            },
        })
    }

    fn choice(&self, choice: &Choice) -> Value {
        let sites: Vec<Value> = choice
            .junctions
            .iter()
            .map(|place| self.site(*place))
            .collect();
        value!({ "mean_response_seconds": seconds(choice.mean), "sites": sites })
    }
}

/// To the millisecond.
fn seconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

/// The answer for programs.
#[must_use]
pub fn json(answered: &Answered<'_>) -> Value {
    let choice = answered.choice;
    let best = choice.best.first();
    let towns = answered.question.towns.iter().zip(&choice.of_town);
    let towns: Vec<Value> = towns
        .map(|((town, chosen), candidates)| {
            let town = &answered.scenario.county.towns[town.index()];
            value!({ "id": town.id, "name": town.name.local, "chosen": chosen, "candidates": candidates })
        })
        .collect();
    let sites = best
        .map_or(&[][..], |best| &best.junctions)
        .iter()
        .zip(&choice.town_means);
    let sites: Vec<Value> = sites
        .map(|(place, mean)| {
            let mut site = answered.site(*place);
            site["town_mean_response_seconds"] = value!(seconds(*mean));
            site
        })
        .collect();
    let mut object = value!({
        "status": answered.status(),
        "objective": "mean-response-seconds",
        "value": best.map(|best| seconds(best.mean)),
        "bound": seconds(choice.bound),
        "gap": choice.answer.gap().filter(|gap| gap.is_finite()),
        "sites": sites,
        "towns": towns,
        "choices": choice.choices,
        "best": choice.best.iter().map(|choice| answered.choice(choice)).collect::<Vec<_>>(),
        "baseline_mean_response_seconds": seconds(choice.baseline),
        "listed": answered.listed().map(|(id, mean)| value!({
            "id": id,
            "mean_response_seconds": seconds(mean),
        })),
        "another": choice.another.as_ref().map(|another| answered.choice(another)),
        "another_simulated_difference_seconds": answered.another,
        "together": choice.together.as_ref().map(|(together, proven)| {
            let mut together = answered.choice(together);
            together["proven"] = value!(proven);
            together
        }),
        "main_road_junctions": choice.junctions.len(),
        "elapsed_seconds": choice.answer.elapsed.as_secs_f64(),
    });
    if let Some(comparison) = answered.comparison {
        let alternatives = comparison.alternatives.iter().map(|alternative| {
            value!({
                "id": alternative.id,
                "rank": alternative.rank,
                "mean_response_seconds": alternative.county.mean_response_seconds,
                "p90_response_seconds": alternative.county.p90_response_seconds,
                "difference_from_best_seconds":
                    alternative.difference_from_best.mean_response_seconds,
                "probability_best": alternative.probability_best,
            })
        });
        object["simulated"] = alternatives.collect();
    }
    object
}

/// The answer for people, within 100 columns.
#[must_use]
pub fn text(answered: &Answered<'_>, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, answered, language).expect("writing to a string does not fail");
    text
}

fn lines(text: &mut String, answered: &Answered<'_>, language: Language) -> std::fmt::Result {
    let choice = answered.choice;
    let towns = &answered.scenario.county.towns;
    let minutes = |seconds: f64| format!("{:.2}", seconds / 60.0);
    let asked = answered.question.towns.iter().zip(&choice.of_town);
    let asked: Vec<String> = asked
        .map(|((town, count), junctions)| {
            let name = towns[town.index()].name.in_language(language);
            language.pick(
                format!("{name} {junctions} 选 {count}"),
                format!("{count} of {junctions} in {name}"),
            )
        })
        .collect();
    writeln!(
        text,
        "{}",
        language.pick(
            format!(
                "干道路口：{}，共 {} 种组合",
                asked.join("、"),
                choice.choices
            ),
            format!(
                "Main-road junctions: {}: {} choices",
                asked.join(", "),
                choice.choices
            ),
        )
    )?;
    let Some(best) = choice.best.first() else {
        return writeln!(
            text,
            "{}",
            language.pick(
                "限时内没有找到方案",
                "No choice was found within the time limit"
            )
        );
    };
    let gap = choice.answer.gap().unwrap_or(f64::INFINITY) * 100.0;
    let proven = match choice.answer.status {
        Status::Optimal => language.pick(
            "已证明最优：没有其他组合更快".to_owned(),
            "Proven: no other choice is faster".to_owned(),
        ),
        _ => language.pick(
            format!("限时已到，差距不超过 {gap:.2}%"),
            format!("The time ran out; the gap is at most {gap:.2} %"),
        ),
    };
    writeln!(
        text,
        "{proven}{}",
        language.pick(
            format!(
                "。平均到场 {} 分钟，下界 {}，差距 {gap:.4}%",
                minutes(best.mean),
                minutes(choice.bound)
            ),
            format!(
                ". Mean response {} min, bound {}, gap {gap:.4} %",
                minutes(best.mean),
                minutes(choice.bound)
            ),
        )
    )?;
    writeln!(text)?;
    sites(text, answered, best, language)?;
    writeln!(text)?;
    let faster = |from: f64| {
        let seconds = from - best.mean;
        let (chinese, english) = if seconds < 0.0 {
            ("慢", "slower")
        } else {
            ("快", "faster")
        };
        let seconds = seconds.abs();
        language.pick(
            format!("{chinese} {seconds:.1} 秒"),
            format!("{seconds:.1} s {english}"),
        )
    };
    writeln!(
        text,
        "{}",
        language.pick(
            format!(
                "现状 {} 分钟：{}",
                minutes(choice.baseline),
                faster(choice.baseline)
            ),
            format!(
                "Existing stations {} min: {}",
                minutes(choice.baseline),
                faster(choice.baseline)
            ),
        )
    )?;
    if let Some((id, mean)) = answered.listed() {
        writeln!(
            text,
            "{}",
            language.pick(
                format!(
                    "候选表中最好的 {id} {} 分钟：{}",
                    minutes(mean),
                    faster(mean)
                ),
                format!(
                    "Best of the listed candidates, {id}, {} min: {}",
                    minutes(mean),
                    faster(mean)
                ),
            )
        )?;
    }
    if let Some(another) = &choice.another {
        writeln!(
            text,
            "{}",
            language.pick(
                format!(
                    "再加一支，全县 {} 个干道路口中最好的一处：{} 分钟，再快 {:.1} 秒",
                    choice.junctions.len(),
                    minutes(another.mean),
                    best.mean - another.mean
                ),
                format!(
                    "One more brigade, at the best of all {} main-road junctions: {} min, {:.1} s \
                     faster still",
                    choice.junctions.len(),
                    minutes(another.mean),
                    best.mean - another.mean
                ),
            )
        )?;
        if let Some(Estimate { value, low, high }) = answered.another {
            let [low, high] =
                [high, low].map(|end| end.map_or("–".to_owned(), |s| format!("{:.1}", -s)));
            writeln!(
                text,
                "{}",
                language.pick(
                    format!(
                        "仿真检验：再快 {:.1} 秒（95% 置信区间 {low} 至 {high}）",
                        -value
                    ),
                    format!(
                        "Simulated: {:.1} s faster (95 % interval {low} to {high})",
                        -value
                    ),
                )
            )?;
        }
        writeln!(text)?;
        sites(text, answered, another, language)?;
        writeln!(text)?;
    }
    if let Some((together, proven)) = &choice.together {
        let (chinese, english) = if *proven {
            ("已证明最优", "proven")
        } else {
            ("限时已到，未证明", "not proven: the time ran out")
        };
        let mean = minutes(together.mean);
        writeln!(
            text,
            "{}",
            language.pick(
                format!("连同再加的一支一起选：{mean} 分钟（{chinese}）"),
                format!("Chosen together with one more: {mean} min ({english})"),
            )
        )?;
        writeln!(text)?;
        sites(text, answered, together, language)?;
        writeln!(text)?;
    }
    writeln!(
        text,
        "{}",
        language.pick(
            "以上为期望值：各车在位，由最近的队出动，各环节取平均。路口属于最近的村所在的镇。",
            "Expected, every engine at home, the nearest brigade answering, every stage at its \
             mean.\nA junction belongs to the town of the nearest demand point.",
        )
    )
}

/// The sites of a choice; those of the best with the mean of their town.
fn sites(
    text: &mut String,
    answered: &Answered<'_>,
    choice: &Choice,
    language: Language,
) -> std::fmt::Result {
    let of_best = answered.choice.best.first() == Some(choice);
    let county = &answered.scenario.county;
    let mut table = empty_table();
    let mut header = vec![
        language.pick("站址", "site"),
        language.pick("镇", "town"),
        language.pick("最近的村", "nearest village"),
        language.pick("距村 km", "km away"),
        language.pick("经度", "lon"),
        language.pick("纬度", "lat"),
    ];
    if of_best {
        header.push(language.pick("本镇平均\n到场，分钟", "town mean\nmin"));
    }
    table.set_header(header);
    for (number, place) in choice.junctions.iter().enumerate() {
        let junction = &answered.choice.junctions[*place];
        let mut row = vec![
            answered.choice.sites[*place].station.id.clone(),
            county.towns[junction.town.index()]
                .name
                .in_language(language)
                .to_owned(),
            county.demand[junction.village]
                .name
                .in_language(language)
                .to_owned(),
            format!("{:.2}", junction.distance.0 / 1000.0),
            format!("{:.5}", junction.position.lon),
            format!("{:.5}", junction.position.lat),
        ];
        if of_best {
            let mean = answered.choice.town_means[number];
            row.push(if mean.is_finite() {
                format!("{:.2}", mean / 60.0)
            } else {
                "–".to_owned()
            });
        }
        table.add_row(row);
    }
    align(&mut table, &[0, 1, 2]);
    writeln!(text, "{}", table.trim_fmt())
}

/// The sites of the best choices as a table of candidates, each once, the best choice first.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn candidates(choice: &FreeChoice) -> Result<Vec<u8>, csv::Error> {
    let mut places: Vec<usize> = Vec::new();
    for place in choice.best.iter().flat_map(|choice| &choice.junctions) {
        if !places.contains(place) {
            places.push(*place);
        }
    }
    let names_kind = choice
        .sites
        .iter()
        .any(|site| site.station.profile.is_some());
    let columns = [
        "id", "name", "name_en", "lon", "lat", "group", "engines", "basis", "reason",
    ];
    let kind = names_kind.then_some("profile");
    let header = columns.into_iter().chain(kind).map(str::to_owned);
    write(header.collect(), |writer| {
        for place in places {
            let site = &choice.sites[place];
            let station = &site.station;
            let row = [
                station.id.clone(),
                spreadsheet_text(&station.name.local),
                spreadsheet_text(&station.name.english),
                station.position.lon.to_string(),
                station.position.lat.to_string(),
                site.group.clone(),
                station.engines.to_string(),
                station.basis.to_string(),
                station.reason.clone(),
            ];
            writer.write_record(row.into_iter().chain(station.profile.clone()))?;
        }
        Ok(())
    })
}
