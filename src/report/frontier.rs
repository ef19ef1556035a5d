//! Cost against what it buys, and in which order to build: a table, JSON, CSV and a chart.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::costs::wan_yuan;
use super::csv_tables::{spreadsheet_text, write};
use super::pictures::data_footnotes;
use super::terminal::{align, empty_table};
use crate::charts::{
    BuildingSequence, Caption, ChartError, Drawing, FrontierChart, FrontierPanel, FrontierPoint,
    SequenceLine, Theme,
};
use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::planning::free_choice::FreeChoice;
use crate::planning::frontier::{Reached, Step};
use crate::planning::plan::Stage;
use crate::planning::sequence::Sequence;
use crate::scenario::Scenario;
use crate::scenario::standards::Standard;

/// The frontier with what it speaks of.
#[derive(Debug)]
pub struct Prospects<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Which junctions there are.
    pub choice: &'a FreeChoice,
    /// Within what residents are counted.
    pub standard: &'a Standard,
    /// All residents.
    pub residents: f64,
    /// The best for each number of further brigades.
    pub steps: &'a [Step],
    /// The choice that was asked for.
    pub asked: Option<&'a Reached>,
    /// Orders in which its brigades can be set up.
    pub sequences: &'a [Sequence],
    /// What stands after each year that was asked about.
    pub stages: &'a [Stage],
    /// The costs of one brigade, where there are prices.
    pub each: Option<Cost>,
}

impl Prospects<'_> {
    pub(super) fn share(&self, reached: &Reached) -> f64 {
        reached.residents / self.residents
    }

    pub(super) fn cost(&self, brigades: usize) -> Option<Cost> {
        let each = self.each?;
        Some(std::iter::repeat_n(each, brigades).sum())
    }

    /// The ids of the sites at these junctions.
    pub(super) fn ids(&self, junctions: &[usize]) -> Vec<&str> {
        let id = |place: &usize| &self.choice.sites[*place].station.id[..];
        junctions.iter().map(id).collect()
    }

    /// The towns of these junctions.
    pub(super) fn towns(&self, junctions: &[usize], language: Language) -> Vec<&str> {
        let towns = &self.scenario.county.towns;
        let town = |place: &usize| {
            let town = self.choice.junctions[*place].town;
            towns[town.index()].name.in_language(language)
        };
        junctions.iter().map(town).collect()
    }

    pub(super) fn reached(&self, reached: &Reached) -> Value {
        let sites = reached.junctions.iter().map(|place| {
            let junction = &self.choice.junctions[*place];
            json!({
                "id": self.choice.sites[*place].station.id,
                "lon": junction.position.lon,
                "lat": junction.position.lat,
                "town": self.scenario.county.towns[junction.town.index()].name.local,
            })
        });
        json!({
            "mean_response_seconds": (reached.mean * 1000.0).round() / 1000.0,
            "residents_within": reached.residents,
            "share_within": (self.share(reached) * 1e6).round() / 1e6,
            "proven": reached.is_proven,
            "gap": if reached.gap.is_finite() { json!(reached.gap) } else { Value::Null },
            "sites": sites.collect::<Vec<_>>(),
        })
    }
}

/// For programs.
#[must_use]
pub fn json(prospects: &Prospects<'_>) -> Value {
    let steps = prospects.steps.iter().map(|step| {
        json!({
            "brigades": step.brigades,
            "cost": prospects.cost(step.brigades),
            "by_mean": prospects.reached(&step.by_mean),
            "by_coverage": prospects.reached(&step.by_coverage),
        })
    });
    let sequences = prospects.sequences.iter().map(|sequence| {
        let towns = sequence.towns.iter().map(|town| {
            town.map(|town| &prospects.scenario.county.towns[town.index()].name.local[..])
        });
        let steps = sequence.steps.iter().map(|step| prospects.reached(step));
        json!({ "towns": towns.collect::<Vec<_>>(), "steps": steps.collect::<Vec<_>>() })
    });
    json!({
        "standard": prospects.standard.id,
        "residents": prospects.residents,
        "steps": steps.collect::<Vec<_>>(),
        "asked": prospects.asked.map(|asked| prospects.reached(asked)),
        "sequences": sequences.collect::<Vec<_>>(),
        "phases": super::plan::json(prospects),
        "price_basis": prospects.scenario.price_basis(),
    })
}

/// One row for each number of brigades and wish, for Excel.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn csv(prospects: &Prospects<'_>, language: Language) -> Result<Vec<u8>, csv::Error> {
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
        let asked = prospects.asked.map(|asked| ("asked", asked));
        let steps = prospects.steps.iter().flat_map(|step| {
            [
                ("mean_response", &step.by_mean),
                ("coverage", &step.by_coverage),
            ]
        });
        for (wish, reached) in steps.chain(asked) {
            let brigades = reached.junctions.len();
            let cost = prospects.cost(brigades);
            let yuan = |of: fn(&Cost) -> f64| {
                cost.as_ref()
                    .map_or_else(String::new, |cost| format!("{:.0}", of(cost)))
            };
            writer.write_record([
                brigades.to_string(),
                wish.to_owned(),
                yuan(|cost| cost.investment_yuan),
                yuan(|cost| cost.yuan_a_year),
                format!("{:.3}", reached.mean / 60.0),
                format!("{:.0}", reached.residents),
                format!("{:.3}", prospects.share(reached) * 100.0),
                format!("{:.4}", reached.gap * 100.0),
                spreadsheet_text(&prospects.towns(&reached.junctions, language).join(" ")),
                spreadsheet_text(&prospects.ids(&reached.junctions).join(" ")),
            ])?;
        }
        Ok(())
    })
}

/// For people, within 100 columns.
#[must_use]
pub fn text(prospects: &Prospects<'_>, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, prospects, language).expect("writing to a string does not fail");
    text
}

fn lines(text: &mut String, prospects: &Prospects<'_>, language: Language) -> std::fmt::Result {
    let standard = prospects.standard.name.in_language(language);
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
    let mut table = empty_table();
    let has_costs = prospects.each.is_some();
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
    let mut add = |count: String, brigades: usize, by_mean: &Reached, by_coverage: &Reached| {
        let mark = |reached: &Reached, figure: String| {
            if reached.is_proven {
                figure
            } else {
                format!("{figure} *")
            }
        };
        let between = language.pick("、", ", ");
        let mut row = vec![count];
        if has_costs {
            let cost = prospects.cost(brigades).unwrap_or_default();
            row.push(wan_yuan(cost.yuan_a_year));
        }
        row.extend([
            mark(by_mean, format!("{:.2}", by_mean.mean / 60.0)),
            prospects.towns(&by_mean.junctions, language).join(between),
            mark(
                by_coverage,
                format!("{:.1}", prospects.share(by_coverage) * 100.0),
            ),
            prospects
                .towns(&by_coverage.junctions, language)
                .join(between),
        ]);
        table.add_row(row);
    };
    for step in prospects.steps {
        let count = step.brigades.to_string();
        add(count, step.brigades, &step.by_mean, &step.by_coverage);
    }
    if let Some(asked) = prospects.asked {
        let count = language.pick("所问", "asked").to_owned();
        add(count, asked.junctions.len(), asked, asked);
    }
    let towns = if has_costs { [3, 5] } else { [2, 4] };
    align(&mut table, &towns);
    writeln!(text, "{}", table.trim_fmt())?;
    let all = prospects.steps.iter();
    let unproven = all
        .flat_map(|step| [&step.by_mean, &step.by_coverage])
        .any(|reached| !reached.is_proven);
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
    if has_costs {
        writeln!(
            text,
            "{}",
            language.pick(
                "价格多为假定，见 frontier.json 的 price_basis。",
                "Prices are mostly assumed: see price_basis in frontier.json.",
            )
        )?;
    }
    if !prospects.sequences.is_empty() {
        writeln!(text)?;
        order(text, prospects, language)?;
    }
    if !prospects.stages.is_empty() {
        write!(text, "\n{}", super::plan::text(prospects, language))?;
    }
    Ok(())
}

/// In which order to build.
fn order(text: &mut String, prospects: &Prospects<'_>, language: Language) -> std::fmt::Result {
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
    for sequence in prospects.sequences {
        let cells = sequence.steps.iter().map(|step| {
            let town = *prospects
                .towns(&step.junctions, language)
                .last()
                .unwrap_or(&"");
            format!("{town} {:.2}", step.mean / 60.0)
        });
        table.add_row(cells.collect::<Vec<_>>());
    }
    align(&mut table, &(0..steps).collect::<Vec<_>>());
    writeln!(text, "{}", table.trim_fmt())?;
    let at_once = prospects.asked.map(|asked| asked.mean / 60.0);
    if let (Some(at_once), Some(best)) = (at_once, prospects.sequences.first()) {
        let apart = (best.steps[steps - 2].mean / 60.0 - at_once) * 60.0;
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

/// The chart: both wishes against cost, or against the number of brigades without prices.
///
/// # Errors
/// When it cannot be drawn.
pub fn chart(prospects: &Prospects<'_>, language: Language) -> Result<Drawing, ChartError> {
    let standard = prospects.standard.name.in_language(language);
    let cost = |brigades: usize| {
        prospects
            .cost(brigades)
            .map_or(brigades as f64, |cost| cost.yuan_a_year / 10_000.0)
    };
    let asked_words = language.pick("所问方案", "asked");
    let panel =
        |title: String, value: &dyn Fn(&Reached) -> f64, of: fn(&Step) -> &Reached| FrontierPanel {
            title,
            points: (prospects.steps.iter())
                .map(|step| FrontierPoint {
                    cost: cost(step.brigades),
                    value: value(of(step)),
                    label: if step.brigades == 0 {
                        language.pick("现状", "today").to_owned()
                    } else {
                        format!("+{}", step.brigades)
                    },
                })
                .collect(),
            asked: prospects.asked.map(|asked| FrontierPoint {
                cost: cost(asked.junctions.len()),
                value: value(asked),
                label: asked_words.to_owned(),
            }),
        };
    let share = |reached: &Reached| prospects.share(reached) * 100.0;
    let footnotes = footnotes(
        prospects.scenario,
        language.pick(
            "期望值：各队车辆均在位，由最早到达的队出动，各环节取平均；每个点都是同样支数中的最优。",
            "Expected: every engine at home, the soonest station answering, stages at their mean; each \
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
        cost: if prospects.each.is_some() {
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
                &share,
                |step| &step.by_coverage,
            ),
            panel(
                language.pick(
                    "平均到场时间（接警起算），分钟".to_owned(),
                    "mean response time from the call, min".to_owned(),
                ),
                &|reached| reached.mean / 60.0,
                |step| &step.by_mean,
            ),
        ],
    }
    .draw(language)
}

/// What is written under a chart: how its figures came about, and what they rest on.
fn footnotes(scenario: &Scenario, how: &str, language: Language) -> Vec<String> {
    let mut footnotes = vec![how.to_owned()];
    let mut basis = scenario.data_basis.clone();
    basis.extend(scenario.price_basis());
    footnotes.extend(data_footnotes(&basis, &scenario.attribution, language));
    footnotes
}

/// The chart of the orders of building; `None` where there is no choice of one.
///
/// # Errors
/// When it cannot be drawn.
pub fn sequence_chart(
    prospects: &Prospects<'_>,
    language: Language,
) -> Result<Option<Drawing>, ChartError> {
    if prospects.sequences.is_empty() {
        return Ok(None);
    }
    let today = prospects
        .steps
        .first()
        .map_or(0.0, |step| step.by_mean.mean)
        / 60.0;
    let orders = prospects.sequences.iter().map(|sequence| {
        let steps = sequence.steps.iter().map(|step| {
            let town = prospects.towns(&step.junctions, language).last().copied();
            (town.unwrap_or_default().to_owned(), step.mean / 60.0)
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
                prospects.scenario,
                language.pick(
                    "期望值：各队车辆均在位，由最早到达的队出动，各环节取平均。",
                    "Expected: every engine at home, the soonest station answering, stages at their mean.",
                ),
                language,
            ),
            theme: Theme::default(),
        },
        orders: orders.collect(),
    };
    chart.draw(language).map(Some)
}
