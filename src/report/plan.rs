//! Brigades year by year with what they cost and bring: a table, JSON, CSV.

use serde_json::{Value, json};

use super::costs::wan_yuan;
use super::csv_tables::{spreadsheet_text, write};
use super::frontier::Prospects;
use super::terminal::{align, empty_table};
use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::planning::frontier::Reached;
use crate::planning::plan::Stage;

/// A year of the plan, with its money.
struct Year<'a> {
    stage: &'a Stage,
    /// The junctions that are new.
    new: &'a [usize],
    money: Option<Money>,
}

struct Money {
    /// What has to be paid to set up the brigades of the phase.
    investment_yuan: f64,
    /// Crews and upkeep of all brigades that stand then, every year from then on.
    yearly_yuan: f64,
    /// All phases up to this, as worth at the end of the first.
    present_value_yuan: f64,
}

fn years<'a>(prospects: &Prospects<'a>) -> Vec<Year<'a>> {
    let rate = (prospects.scenario.prices.as_ref()).map_or(0.0, |prices| prices.discount_rate());
    let mut built = 0;
    let mut worth = 0.0;
    let first = prospects.stages.first().map_or(0, |stage| stage.phase.year);
    let each = |stage: &'a Stage| {
        let new = &stage.reached.junctions[built..];
        built = stage.reached.junctions.len();
        let later = i32::from(stage.phase.year - first);
        let money = prospects.cost(new.len()).map(|cost: Cost| {
            worth += cost.present_value_yuan / (1.0 + rate).powi(later);
            Money {
                investment_yuan: cost.investment_yuan,
                yearly_yuan: prospects.cost(built).unwrap_or_default().yearly_yuan,
                present_value_yuan: worth,
            }
        });
        Year { stage, new, money }
    };
    prospects.stages.iter().map(each).collect()
}

/// For programs.
#[must_use]
pub fn json(prospects: &Prospects<'_>) -> Value {
    let each = years(prospects).into_iter().map(|year| {
        json!({
            "by_end_of": year.stage.phase.year,
            "new_sites": prospects.ids(year.new),
            "investment_yuan": year.money.as_ref().map(|money| money.investment_yuan.round()),
            "yearly_yuan": year.money.as_ref().map(|money| money.yearly_yuan.round()),
            "present_value_yuan": year.money.as_ref().map(|money| money.present_value_yuan.round()),
            "then": prospects.reached(&year.stage.reached),
        })
    });
    each.collect()
}

/// One row for each phase, for Excel.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn csv(prospects: &Prospects<'_>, language: Language) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "by_end_of",
        "new_brigades",
        "new_sites",
        "new_towns",
        "brigades",
        "investment_yuan",
        "yearly_yuan",
        "present_value_yuan",
        "mean_response_min",
        "residents_within",
        "share_within_percent",
        "gap_percent",
    ];
    write(header.map(str::to_owned).into(), |writer| {
        for year in years(prospects) {
            let reached = &year.stage.reached;
            let yuan = |of: fn(&Money) -> f64| {
                let money = year.money.as_ref();
                money.map_or_else(String::new, |money| format!("{:.0}", of(money)))
            };
            writer.write_record([
                year.stage.phase.year.to_string(),
                year.new.len().to_string(),
                spreadsheet_text(&prospects.ids(year.new).join(" ")),
                spreadsheet_text(&prospects.towns(year.new, language).join(" ")),
                reached.junctions.len().to_string(),
                yuan(|money| money.investment_yuan),
                yuan(|money| money.yearly_yuan),
                yuan(|money| money.present_value_yuan),
                format!("{:.3}", reached.mean / 60.0),
                format!("{:.0}", reached.residents),
                format!("{:.3}", prospects.share(reached) * 100.0),
                format!("{:.4}", reached.gap * 100.0),
            ])?;
        }
        Ok(())
    })
}

/// For people, within 100 columns.
#[must_use]
pub fn text(prospects: &Prospects<'_>, language: Language) -> String {
    let standard = prospects.standard.name.in_language(language);
    let title = language.pick(
        format!("分年建设：每期在已建的基础上取最好的路口（覆盖按“{standard}”计居民）"),
        format!(
            "Year by year, each phase the best beside what stands (residents within \"{standard}\")"
        ),
    );
    let mut table = empty_table();
    let has_costs = prospects.each.is_some();
    let mut header = vec![
        language.pick("年底前", "by end of"),
        language.pick("新建", "new"),
        language.pick("当期投资\n万元", "to pay\n10k yuan"),
        language.pick("此后每年\n万元", "then a year\n10k yuan"),
        language.pick("累计现值\n万元", "worth so far\n10k yuan"),
        language.pick("平均到场\n分钟", "mean\nmin"),
        language.pick("覆盖\n%", "within\n%"),
    ];
    if !has_costs {
        header.drain(2..5);
    }
    table.set_header(header);
    let mark = |reached: &Reached| if reached.is_proven { "" } else { " *" };
    for year in years(prospects) {
        let reached = &year.stage.reached;
        let mut row = vec![
            year.stage.phase.year.to_string(),
            prospects
                .towns(year.new, language)
                .join(language.pick("、", ", ")),
        ];
        row.extend(year.money.iter().flat_map(|money| {
            [
                money.investment_yuan,
                money.yearly_yuan,
                money.present_value_yuan,
            ]
            .map(wan_yuan)
        }));
        row.push(format!("{:.2}{}", reached.mean / 60.0, mark(reached)));
        row.push(format!("{:.1}", prospects.share(reached) * 100.0));
        table.add_row(row);
    }
    align(&mut table, &[0, 1]);
    let unproven = prospects
        .stages
        .iter()
        .any(|stage| !stage.reached.is_proven);
    let star = language.pick(
        "* 限时已到，未证明最优。",
        "* Not proven, the time ran out.",
    );
    let note = language.pick(
        "此后每年为全部已建队的人员与维护费；累计现值折算到第一期年底。",
        "Then a year: crews and upkeep of all that stand. Worth so far: as at the end of the first phase.",
    );
    let mut text = format!("{title}\n{}\n", table.trim_fmt());
    for line in [unproven.then_some(star), has_costs.then_some(note)]
        .into_iter()
        .flatten()
    {
        text += line;
        text.push('\n');
    }
    text
}
