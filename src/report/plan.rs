//! Brigades year by year with what they cost and bring: a table, CSV.

use super::costs::wan_yuan;
use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use super::frontier::{gap_percent, towns};
use crate::language::Language;
use crate::planning::optimization::{Prospect, Prospects};

/// One row for each phase, for Excel.
///
/// # Errors
/// Never in practice: the writer is a `Vec`.
pub fn csv(prospects: &Prospects, language: Language) -> Result<Vec<u8>, csv::Error> {
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
        for phase in &prospects.phases {
            let then = &phase.then;
            let yuan = |yuan: Option<f64>| yuan.map_or_else(String::new, |y| format!("{y:.0}"));
            writer.write_record([
                phase.by_end_of.to_string(),
                phase.new_sites.len().to_string(),
                spreadsheet_text(&phase.new_sites.join(" ")),
                spreadsheet_text(&towns(phase.built(), language).join(" ")),
                then.sites.len().to_string(),
                yuan(phase.investment_yuan),
                yuan(phase.yearly_yuan),
                yuan(phase.present_value_yuan),
                format!("{:.3}", then.mean_response_seconds / 60.0),
                format!("{:.0}", then.residents_within),
                format!("{:.3}", then.share_within * 100.0),
                gap_percent(then),
            ])?;
        }
        Ok(())
    })
}

/// For people, within 100 columns; `standard` is the name of that within which residents are counted.
#[must_use]
pub fn text(prospects: &Prospects, standard: &str, language: Language) -> String {
    let title = language.pick(
        format!("分年建设：每期在已建的基础上取最好的路口（覆盖按“{standard}”计居民）"),
        format!(
            "Year by year, each phase the best beside what stands (residents within \"{standard}\")"
        ),
    );
    let mut table = empty_table();
    let has_costs = prospects.cost_of_each.is_some();
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
    let mark = |prospect: &Prospect| if prospect.proven { "" } else { " *" };
    for phase in &prospects.phases {
        let then = &phase.then;
        let mut row = vec![
            phase.by_end_of.to_string(),
            towns(phase.built(), language).join(language.pick("、", ", ")),
        ];
        let money = [
            phase.investment_yuan,
            phase.yearly_yuan,
            phase.present_value_yuan,
        ];
        row.extend(money.into_iter().flatten().map(wan_yuan));
        row.push(format!(
            "{:.2}{}",
            then.mean_response_seconds / 60.0,
            mark(then)
        ));
        row.push(format!("{:.1}", then.share_within * 100.0));
        table.add_row(row);
    }
    align(&mut table, &[0, 1]);
    let unproven = prospects.phases.iter().any(|phase| !phase.then.proven);
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
