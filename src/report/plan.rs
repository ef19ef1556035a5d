//! Brigades year by year with what they cost and bring: a table, CSV.

use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use super::frontier::{gap_percent, towns};
use super::words::wan_yuan;
use crate::language::Language;
use crate::planning::optimization::{Prospect, Prospects};
use crate::text;

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
pub fn text(prospects: &Prospects, standard: &str, language: Language) -> String {
    let title = text!(language, "phases-title", standard = standard);
    let mut table = empty_table();
    let has_costs = prospects.cost_of_each.is_some();
    let mut header = vec![
        text!(language, "phases-by-end-of"),
        text!(language, "phases-new"),
        text!(language, "phases-investment"),
        text!(language, "phases-yearly"),
        text!(language, "phases-present-value"),
        text!(language, "phases-mean"),
        text!(language, "phases-within"),
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
            language.list(&towns(phase.built(), language)),
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
    let star = text!(language, "phases-unproven");
    let note = text!(language, "phases-note");
    let mut text = format!("{title}\n{}\n", table.trim_fmt());
    for line in [unproven.then_some(star), has_costs.then_some(note)]
        .into_iter()
        .flatten()
    {
        text += &line;
        text.push('\n');
    }
    text
}
