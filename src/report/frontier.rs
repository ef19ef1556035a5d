//! Cost against what it buys, and in which order to build: a table, CSV and charts.

use std::fmt::Write as _;

use super::costs::wan_yuan;
use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use super::pictures::data_footnotes;
use crate::charts::{
    BuildingSequence, Caption, ChartError, Drawing, FrontierChart, FrontierPanel, FrontierPoint,
    SequenceLine, Theme,
};
use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::planning::optimization::{
    FurtherBrigades, JunctionSite, Optimization, Prospect, Prospects,
};

/// The towns of some sites.
pub(super) fn towns(sites: &[JunctionSite], language: Language) -> Vec<&str> {
    let towns = sites
        .iter()
        .map(|site| site.town.name.in_language(language));
    towns.collect()
}

/// The ids of some sites with spaces between.
fn ids(sites: &[JunctionSite]) -> String {
    let ids: Vec<&str> = sites.iter().map(|site| &site.id[..]).collect();
    ids.join(" ")
}

/// How far it can be from the best, in per cent.
pub(super) fn gap_percent(prospect: &Prospect) -> String {
    format!("{:.4}", prospect.gap.unwrap_or(f64::INFINITY) * 100.0)
}

/// One row for each number of brigades and wish, for Excel.
///
/// # Errors
/// Never in practice: the writer is a `Vec`.
pub fn csv(prospects: &Prospects, language: Language) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "brigades",
        "chosen_for",
        "investment_yuan",
        "yuan_a_year",
        "mean_response_min",
        "residents_within",
        "share_within_percent",
        "gap_percent",
        "towns",
        "sites",
    ];
    write(header.map(str::to_owned).into(), |writer| {
        let asked = prospects.asked.as_ref().map(|asked| ("asked", asked));
        let steps = prospects.steps.iter().flat_map(|step| {
            [
                ("mean_response", &step.by_mean),
                ("coverage", &step.by_coverage),
            ]
        });
        for (wish, prospect) in steps.chain(asked) {
            let yuan = |of: fn(&Cost) -> f64| {
                let cost = prospect.cost.as_ref();
                cost.map_or_else(String::new, |cost| format!("{:.0}", of(cost)))
            };
            writer.write_record([
                prospect.sites.len().to_string(),
                wish.to_owned(),
                yuan(|cost| cost.investment_yuan),
                yuan(|cost| cost.yuan_a_year),
                format!("{:.3}", prospect.mean_response_seconds / 60.0),
                format!("{:.0}", prospect.residents_within),
                format!("{:.3}", prospect.share_within * 100.0),
                gap_percent(prospect),
                spreadsheet_text(&towns(&prospect.sites, language).join(" ")),
                spreadsheet_text(&ids(&prospect.sites)),
            ])?;
        }
        Ok(())
    })
}

/// For people, within 100 columns.
#[must_use]
pub fn text(prospects: &Prospects, of: &Optimization, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, prospects, of, language).expect("writing to a string does not fail");
    text
}

fn lines(
    text: &mut String,
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
) -> std::fmt::Result {
    let standard = of.standard.name.in_language(language);
    writeln!(
        text,
        "{}",
        language.pick(
            format!("再建几支、花多少、得到什么：全县干道路口任选（覆盖按“{standard}”计居民）"),
            format!(
                "What further brigades bring, anywhere on main roads (residents within \"{standard}\")"
            ),
        )
    )?;
    steps(text, prospects, language)?;
    let all = prospects.steps.iter();
    let unproven = all
        .flat_map(|step| [&step.by_mean, &step.by_coverage])
        .any(|prospect| !prospect.proven);
    writeln!(
        text,
        "{}",
        if unproven {
            language.pick(
                "* 限时已到，未证明最优；其余每格都已证明：同样支数没有更好的选法。",
                "* Not proven, the time ran out. All others are proven: no choice of as many is better.",
            )
        } else {
            language.pick(
                "每格都已证明：同样支数没有更好的选法。",
                "Every figure is proven: no choice of as many brigades does better.",
            )
        }
    )?;
    if prospects.cost_of_each.is_some() {
        writeln!(
            text,
            "{}",
            language.pick(
                "价格多为假定，见 optimization.json 的 price_basis。",
                "Prices are mostly assumed: see price_basis in optimization.json.",
            )
        )?;
    }
    if !prospects.sequences.is_empty() {
        writeln!(text)?;
        order(text, prospects, language)?;
    }
    if !prospects.phases.is_empty() {
        write!(
            text,
            "\n{}",
            super::plan::text(prospects, standard, language)
        )?;
    }
    Ok(())
}

/// The table: one row for each number of brigades, and one for the choice that was asked for.
fn steps(text: &mut String, prospects: &Prospects, language: Language) -> std::fmt::Result {
    let mut table = empty_table();
    let has_costs = prospects.cost_of_each.is_some();
    let mut header = vec![language.pick("支数", "brigades")];
    if has_costs {
        header.push(language.pick("年均成本\n万元", "10k yuan\na year"));
    }
    header.extend([
        language.pick("平均到场\n最少，分钟", "least mean\nmin"),
        language.pick("所在镇", "towns"),
        language.pick("覆盖最多\n%", "most\nwithin, %"),
        language.pick("所在镇", "towns"),
    ]);
    table.set_header(header);
    let mut add =
        |count: String, cost: Option<Cost>, by_mean: &Prospect, by_coverage: &Prospect| {
            let mark = |prospect: &Prospect, figure: String| {
                if prospect.proven {
                    figure
                } else {
                    format!("{figure} *")
                }
            };
            let between = language.pick("、", ", ");
            let mut row = vec![count];
            if has_costs {
                row.push(wan_yuan(cost.unwrap_or_default().yuan_a_year));
            }
            let minutes = format!("{:.2}", by_mean.mean_response_seconds / 60.0);
            let percent = format!("{:.1}", by_coverage.share_within * 100.0);
            row.extend([
                mark(by_mean, minutes),
                towns(&by_mean.sites, language).join(between),
                mark(by_coverage, percent),
                towns(&by_coverage.sites, language).join(between),
            ]);
            table.add_row(row);
        };
    for step in &prospects.steps {
        let count = step.brigades.to_string();
        add(count, step.cost, &step.by_mean, &step.by_coverage);
    }
    if let Some(asked) = &prospects.asked {
        let count = language.pick("所问", "asked").to_owned();
        add(count, asked.cost, asked, asked);
    }
    let columns_of_towns = if has_costs { [3, 5] } else { [2, 4] };
    align(&mut table, &columns_of_towns);
    writeln!(text, "{}", table.trim_fmt())
}

/// In which order to build.
fn order(text: &mut String, prospects: &Prospects, language: Language) -> std::fmt::Result {
    writeln!(
        text,
        "{}",
        language.pick(
            "建设次序：每一步都在已建的基础上取最好的路口；数字为该步之后的平均到场分钟",
            "Order of building: each step at the best junction beside those before; mean response, min",
        )
    )?;
    let mut table = empty_table();
    let steps = prospects.sequences[0].steps.len();
    let header = (1..=steps).map(|step| match language {
        Language::Chinese => format!("第 {step} 步"),
        Language::English => format!("step {step}"),
    });
    table.set_header(header.collect::<Vec<_>>());
    for sequence in &prospects.sequences {
        let cells = sequence.steps.iter().map(|step| {
            let town = last_town(step, language);
            format!("{town} {:.2}", step.mean_response_seconds / 60.0)
        });
        table.add_row(cells.collect::<Vec<_>>());
    }
    align(&mut table, &(0..steps).collect::<Vec<_>>());
    writeln!(text, "{}", table.trim_fmt())?;
    if let (Some(asked), Some(best)) = (&prospects.asked, prospects.sequences.first()) {
        let at_once = asked.mean_response_seconds / 60.0;
        let apart = (best.steps[steps - 2].mean_response_seconds / 60.0 - at_once) * 60.0;
        writeln!(
            text,
            "{}",
            language.pick(
                format!("一次选定 {at_once:.2} 分钟；先后选定最好的次序只差 {apart:.1} 秒。"),
                format!(
                    "Chosen at once: {at_once:.2} min; the best order comes within {apart:.1} s of it."
                ),
            )
        )?;
    }
    Ok(())
}

/// The town in which a step builds.
fn last_town(step: &Prospect, language: Language) -> &str {
    let last = step.sites.last();
    last.map_or("", |site| site.town.name.in_language(language))
}

/// The chart: both wishes against cost, or against the number of brigades without prices.
///
/// # Errors
/// When it cannot be drawn.
pub fn chart(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
) -> Result<Drawing, ChartError> {
    let standard = of.standard.name.in_language(language);
    let cost = |cost: Option<Cost>, brigades: usize| {
        cost.map_or(brigades as f64, |cost| cost.yuan_a_year / 10_000.0)
    };
    let asked_words = language.pick("所问方案", "asked");
    let panel = |title: String,
                 value: fn(&Prospect) -> f64,
                 wish: fn(&FurtherBrigades) -> &Prospect| FrontierPanel {
        title,
        points: (prospects.steps.iter())
            .map(|step| FrontierPoint {
                cost: cost(step.cost, step.brigades),
                value: value(wish(step)),
                label: if step.brigades == 0 {
                    language.pick("现状", "today").to_owned()
                } else {
                    format!("+{}", step.brigades)
                },
            })
            .collect(),
        asked: prospects.asked.as_ref().map(|asked| FrontierPoint {
            cost: cost(asked.cost, asked.sites.len()),
            value: value(asked),
            label: asked_words.to_owned(),
        }),
    };
    let footnotes = footnotes(
        prospects,
        of,
        language.pick(
            "期望值：各队车辆均在位，最先到场的队计时，各环节取平均；每个点都是同样支数中的最优。",
            "Expected: every engine at home, the first to arrive counting, stages at their mean; each \
             point is the best of as many brigades.",
        ),
        language,
    );
    let most = prospects.steps.last().map_or(0, |step| step.brigades);
    FrontierChart {
        caption: Caption {
            title: language.pick(
                "再建几支队：花多少，得到什么".to_owned(),
                "Further brigades: what they cost and what they bring".to_owned(),
            ),
            subtitle: language.pick(
                format!("干道路口任选，再建 0 至 {most} 支；红点为所问方案"),
                format!(
                    "Anywhere on main roads, 0 to {most} more; red: the choice that was asked for"
                ),
            ),
            footnotes,
            theme: Theme::default(),
        },
        cost: if prospects.cost_of_each.is_some() {
            language.pick("年均成本，万元", "cost a year, 10,000 yuan")
        } else {
            language.pick("再建支数", "further brigades")
        }
        .to_owned(),
        panels: vec![
            panel(
                language.pick(
                    format!("“{standard}”内的居民，%"),
                    format!("residents within \"{standard}\", %"),
                ),
                |prospect| prospect.share_within * 100.0,
                |step| &step.by_coverage,
            ),
            panel(
                language.pick(
                    "平均到场时间（接警起算），分钟".to_owned(),
                    "mean response time from the call, min".to_owned(),
                ),
                |prospect| prospect.mean_response_seconds / 60.0,
                |step| &step.by_mean,
            ),
        ],
    }
    .draw(language)
}

/// What is written under a chart: how its figures came about, and what they rest on.
fn footnotes(
    prospects: &Prospects,
    of: &Optimization,
    how: &str,
    language: Language,
) -> Vec<String> {
    let basis = [&of.data_basis[..], &prospects.price_basis].concat();
    let mut footnotes = vec![how.to_owned()];
    footnotes.extend(data_footnotes(&basis, &of.attribution, language));
    footnotes
}

/// The chart of the orders of building; `None` where there is no choice of one.
///
/// # Errors
/// When it cannot be drawn.
pub fn sequence_chart(
    prospects: &Prospects,
    of: &Optimization,
    language: Language,
) -> Result<Option<Drawing>, ChartError> {
    if prospects.sequences.is_empty() {
        return Ok(None);
    }
    let today = prospects
        .steps
        .first()
        .map_or(0.0, |step| step.by_mean.mean_response_seconds)
        / 60.0;
    let orders = prospects.sequences.iter().map(|sequence| {
        let steps = sequence.steps.iter().map(|step| {
            let town = last_town(step, language).to_owned();
            (town, step.mean_response_seconds / 60.0)
        });
        SequenceLine {
            steps: std::iter::once((String::new(), today))
                .chain(steps)
                .collect(),
        }
    });
    let chart = BuildingSequence {
        caption: Caption {
            title: BuildingSequence::title(language).to_owned(),
            subtitle: language
                .pick(
                    "每一步在已建的基础上取最好的路口；实线次序全程最快；最后一步为再加一支",
                    "Each step at the best junction beside those before; the solid order is fastest \
                     along the way; the last step is one more brigade",
                )
                .to_owned(),
            footnotes: footnotes(
                prospects,
                of,
                language.pick(
                    "期望值：各队车辆均在位，最先到场的队计时，各环节取平均。",
                    "Expected: every engine at home, the first to arrive counting, stages at their mean.",
                ),
                language,
            ),
            theme: Theme::default(),
        },
        orders: orders.collect(),
    };
    chart.draw(language).map(Some)
}
