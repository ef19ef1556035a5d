//! The best sites among all junctions: a few lines for people, and a table of candidates for the next
//! run.

use std::fmt::Write as _;

use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::planning::optimization::{JunctionSite, ListedChoice, Optimization, Proof};

/// The answer for people, within 100 columns.
#[must_use]
pub fn text(optimization: &Optimization, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, optimization, language).expect("writing to a string does not fail");
    text
}

fn lines(text: &mut String, optimization: &Optimization, language: Language) -> std::fmt::Result {
    let minutes = |seconds: f64| format!("{:.2}", seconds / 60.0);
    let asked: Vec<String> = (optimization.towns.iter())
        .map(|asked| {
            let name = asked.town.name.in_language(language);
            let (count, junctions) = (asked.chosen, asked.candidates);
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
                optimization.choices
            ),
            format!(
                "Main-road junctions: {}: {} choices",
                asked.join(", "),
                optimization.choices
            ),
        )
    )?;
    let Some(best) = optimization.best.first() else {
        return writeln!(
            text,
            "{}",
            language.pick(
                "限时内没有找到方案",
                "No choice was found within the time limit"
            )
        );
    };
    let mean = best.mean_response_seconds;
    let gap = optimization.gap.unwrap_or(f64::INFINITY) * 100.0;
    let proven = match optimization.status {
        Proof::Optimal => language.pick(
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
                minutes(mean),
                minutes(optimization.bound)
            ),
            format!(
                ". Mean response {} min, bound {}, gap {gap:.4} %",
                minutes(mean),
                minutes(optimization.bound)
            ),
        )
    )?;
    writeln!(text)?;
    sites(text, &best.sites, Some(optimization), language)?;
    writeln!(text)?;
    let faster = |from: f64| {
        let seconds = from - mean;
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
                minutes(optimization.baseline_mean_response_seconds),
                faster(optimization.baseline_mean_response_seconds)
            ),
            format!(
                "Existing stations {} min: {}",
                minutes(optimization.baseline_mean_response_seconds),
                faster(optimization.baseline_mean_response_seconds)
            ),
        )
    )?;
    if let Some(ListedChoice {
        id,
        mean_response_seconds: listed,
    }) = &optimization.listed
    {
        writeln!(
            text,
            "{}",
            language.pick(
                format!(
                    "候选表中最好的 {id} {} 分钟：{}",
                    minutes(*listed),
                    faster(*listed)
                ),
                format!(
                    "Best of the listed candidates, {id}, {} min: {}",
                    minutes(*listed),
                    faster(*listed)
                ),
            )
        )?;
    }
    if let Some(another) = &optimization.another {
        writeln!(
            text,
            "{}",
            language.pick(
                format!(
                    "再加一支，全县 {} 个干道路口中最好的一处：{} 分钟，再快 {:.1} 秒",
                    optimization.main_road_junctions,
                    minutes(another.mean_response_seconds),
                    mean - another.mean_response_seconds
                ),
                format!(
                    "One more brigade, at the best of all {} main-road junctions: {} min, {:.1} s \
                     faster still",
                    optimization.main_road_junctions,
                    minutes(another.mean_response_seconds),
                    mean - another.mean_response_seconds
                ),
            )
        )?;
        if let Some(Estimate { value, low, high }) =
            optimization.another_simulated_difference_seconds
        {
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
        sites(text, &another.sites, None, language)?;
        writeln!(text)?;
    } else if optimization.status == Proof::Optimal {
        writeln!(
            text,
            "{}\n",
            language.pick(
                "再加一支，设在全县任何干道路口都不能再缩短平均到场时间。",
                "One more brigade, at whichever main-road junction, makes the mean no shorter.",
            )
        )?;
    }
    if let Some(together) = &optimization.together {
        let (chinese, english) = if together.proven {
            ("已证明最优", "proven")
        } else {
            ("限时已到，未证明", "not proven: the time ran out")
        };
        let mean = minutes(together.choice.mean_response_seconds);
        writeln!(
            text,
            "{}",
            language.pick(
                format!("连同再加的一支一起选：{mean} 分钟（{chinese}）"),
                format!("Chosen together with one more: {mean} min ({english})"),
            )
        )?;
        writeln!(text)?;
        sites(text, &together.choice.sites, None, language)?;
        writeln!(text)?;
    }
    writeln!(
        text,
        "{}",
        language.pick(
            "以上为期望值：各车在位，最先到场的队计时，各环节取平均。路口属于最近的村所在的镇。",
            "Expected, every engine at home, the first to arrive counting, every stage at its \
             mean.\nA junction belongs to the town of the nearest demand point.",
        )
    )
}

/// The sites of a choice; those of the best with the mean of their town.
fn sites(
    text: &mut String,
    sites: &[JunctionSite],
    best_of: Option<&Optimization>,
    language: Language,
) -> std::fmt::Result {
    let mut table = empty_table();
    let mut header = vec![
        language.pick("站址", "site"),
        language.pick("镇", "town"),
        language.pick("最近的村", "nearest village"),
        language.pick("距村 km", "km away"),
        language.pick("经度", "lon"),
        language.pick("纬度", "lat"),
    ];
    if best_of.is_some() {
        header.push(language.pick("本镇平均\n到场，分钟", "town mean\nmin"));
    }
    table.set_header(header);
    for (number, site) in sites.iter().enumerate() {
        let village = &site.nearest_village;
        let mut row = vec![
            site.id.clone(),
            site.town.name.in_language(language).to_owned(),
            village.point.name.in_language(language).to_owned(),
            format!("{:.2}", village.distance_metres / 1000.0),
            format!("{:.5}", site.lon),
            format!("{:.5}", site.lat),
        ];
        if let Some(best) = best_of {
            let mean = best.sites[number].town_mean_response_seconds;
            row.push(mean.map_or_else(|| "–".to_owned(), |mean| format!("{:.2}", mean / 60.0)));
        }
        table.add_row(row);
    }
    align(&mut table, &[0, 1, 2]);
    writeln!(text, "{}", table.trim_fmt())
}

/// The sites of the best choices as a table of candidates, each once, the best choice first.
///
/// # Errors
/// Never in practice: the writer is a `Vec`.
pub fn candidates(optimization: &Optimization) -> Result<Vec<u8>, csv::Error> {
    let mut sites: Vec<&JunctionSite> = Vec::new();
    for site in optimization.best.iter().flat_map(|choice| &choice.sites) {
        if !sites.iter().any(|known| known.id == site.id) {
            sites.push(site);
        }
    }
    let columns = [
        "id", "name", "name_en", "lon", "lat", "group", "engines", "basis", "reason",
    ];
    let brigade = optimization.brigade.as_ref();
    let profile = brigade.and_then(|brigade| brigade.profile.as_ref());
    let header = columns.into_iter().chain(profile.map(|_| "profile"));
    write(header.map(str::to_owned).collect(), |writer| {
        for (site, brigade) in sites.into_iter().zip(brigade.into_iter().cycle()) {
            let row = [
                site.id.clone(),
                spreadsheet_text(&site.name.local),
                spreadsheet_text(&site.name.english),
                site.lon.to_string(),
                site.lat.to_string(),
                site.town.name.local.clone(),
                brigade.engines.to_string(),
                brigade.basis.to_string(),
                brigade.reason.clone(),
            ];
            writer.write_record(row.into_iter().chain(profile.cloned()))?;
        }
        Ok(())
    })
}
