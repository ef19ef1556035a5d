//! The tables of a coverage in the terminal, within 100 columns.

use std::fmt::Write as _;

use comfy_table::Cell;

use super::{clock, stations, town_name};
use crate::evaluation::coverage::closures::{ClosureFigures, Closures};
use crate::evaluation::coverage::critical_links::{CriticalLinks, CriticalStretch};
use crate::evaluation::coverage::{AreaCoverage, Coverage};
use crate::language::Language;
use crate::report::formats::terminal::{align, empty_table};

/// More rows than this are left to the files.
const MOST_ROWS: usize = 40;
/// With more bands than this, areas are left to the files.
const BANDS_WITH_AREA: usize = 7;

/// All tables, with what a reader needs to understand them.
#[must_use]
pub fn tables(coverage: &Coverage, language: Language) -> String {
    let mut text = String::new();
    say(
        &mut text,
        language.pick(
            format!("覆盖范围：{}", stations(coverage, language)),
            format!("Coverage: {}", stations(coverage, language)),
        ),
    );
    say(
        &mut text,
        language.pick(
            format!("{}；各阶段取均值，车辆均在站。", clock(coverage, language)),
            format!(
                "Clock: {}; means, all engines at home.",
                clock(coverage, language)
            ),
        ),
    );
    by_town(&mut text, coverage, language);
    standards(&mut text, coverage, language);
    by_station(&mut text, coverage, language);
    if let Some(closed) = &coverage.closures {
        closures(&mut text, coverage, closed, language);
    }
    if let Some(critical) = &coverage.critical_links {
        critical_links(&mut text, coverage, critical, language);
    }
    say(
        &mut text,
        language.pick(
            "输入含模拟生成、假定或推算数据，见 coverage.json 的 data_basis。".to_owned(),
            "Inputs may be modelled, assumed or estimated: see data_basis in coverage.json."
                .to_owned(),
        ),
    );
    text
}

fn say(text: &mut String, line: String) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}

/// A table with its first `left` columns set to the left.
fn table(text: &mut String, left: usize, header: Vec<String>, rows: Vec<Vec<String>>) {
    let mut table = empty_table();
    table.set_header(header);
    for row in rows {
        table.add_row(row.into_iter().map(Cell::new));
    }
    align(&mut table, &(0..left).collect::<Vec<_>>());
    say(text, table.trim_fmt());
}

fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 {
        format!("{:.0}", 100.0 * part / whole)
    } else {
        "–".to_owned()
    }
}

fn minutes(seconds: Option<f64>) -> String {
    seconds.map_or_else(
        || "–".to_owned(),
        |seconds| format!("{:.1}", seconds / 60.0),
    )
}

fn by_town(text: &mut String, coverage: &Coverage, language: Language) {
    let with_area = coverage.bands.len() <= BANDS_WITH_AREA;
    let mut header = vec![
        language.pick("镇", "town").to_owned(),
        language.pick("居民", "residents").to_owned(),
        language.pick("平均\n分钟", "mean\nmin").to_owned(),
    ];
    // A column in which every figure is 0 says nothing.
    let shown: Vec<usize> = (0..coverage.bands.len())
        .filter(|band| {
            let figures = &coverage.county.by_band[*band];
            figures.band.from_minutes.is_some() || figures.residents > 0.0 || figures.area_km2 > 0.0
        })
        .collect();
    header.extend(shown.iter().map(|band| {
        let label = coverage.bands[*band].label(language);
        match coverage.bands[*band].from_minutes {
            Some(_) => language.pick(format!("{label}\n分钟"), format!("{label}\nmin")),
            None => language.pick("不可\n达", "not\nreached").to_owned(),
        }
    }));
    let row = |name: &str, figures: &AreaCoverage| {
        let mut row = vec![
            name.to_owned(),
            format!("{:.0}", figures.residents),
            minutes(figures.mean_seconds),
        ];
        row.extend(shown.iter().map(|band| {
            let band = &figures.by_band[*band];
            let residents = percent(band.residents, figures.residents);
            if with_area {
                format!("{residents}/{}", percent(band.area_km2, figures.area_km2))
            } else {
                residents
            }
        }));
        row
    };
    let mut rows = vec![row(language.pick("全县", "county"), &coverage.county)];
    let towns = coverage.towns.iter().take(MOST_ROWS);
    rows.extend(towns.map(|town| row(town.name.in_language(language), &town.figures)));
    table(text, 1, header, rows);
    say(
        text,
        if with_area {
            language.pick(
            format!(
                "每格：居民 % / 面积 %。平均按警情加权。面积按格点（{:.0} m），各镇面积为推算：格点归最近需求点\
                 所在的镇。",
                coverage.grid.step_metres
            ),
            format!(
                "Each cell: % of residents / % of area. Means are over incidents. Areas by spots every \
                 {:.0} m;\nareas of towns are estimated: a spot belongs to the town of its nearest \
                 demand point.",
                coverage.grid.step_metres
            ),
        )
        } else {
            language.pick(
                "每格：居民 %；面积见 coverage-towns.csv。".to_owned(),
                "Each cell: % of residents; areas are in coverage-towns.csv.".to_owned(),
            )
        },
    );
    if coverage.towns.len() > MOST_ROWS {
        say(
            text,
            language.pick(
                "其余各镇见 coverage-towns.csv。".to_owned(),
                "The other towns are in coverage-towns.csv.".to_owned(),
            ),
        );
    }
}

fn standards(text: &mut String, coverage: &Coverage, language: Language) {
    say(
        text,
        language.pick(
            "\n标准（各按自己的起算点，取期望时间）：".to_owned(),
            "\nStandards, each on its own clock, at expected times:".to_owned(),
        ),
    );
    for standard in &coverage.standards {
        let share = coverage.county.within.get(&standard.id).copied().flatten();
        let share = share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
        let minutes = standard.threshold_seconds / 60.0;
        let clock = standard.clock.in_language(language);
        let id = &standard.id;
        say(
            text,
            language.pick(
                format!("  {share:>7} 的居民  {id}：{minutes} 分钟内（{clock}）"),
                format!("  {share:>7} of residents  {id}: within {minutes} min ({clock})"),
            ),
        );
    }
}

fn by_station(text: &mut String, coverage: &Coverage, language: Language) {
    let header = [
        ["首到消防站", "first-due station"],
        ["车辆", "engines"],
        ["居民", "residents"],
        ["%", "%"],
        ["警情/年", "incidents/yr"],
        ["km²", "km²"],
    ];
    let all = coverage.county.residents;
    let rows = coverage.stations.iter().take(MOST_ROWS).map(|station| {
        vec![
            station.name.in_language(language).to_owned(),
            station.engines.to_string(),
            format!("{:.0}", station.residents),
            percent(station.residents, all),
            format!("{:.1}", station.incidents_a_year),
            format!("{:.1}", station.area_km2),
        ]
    });
    say(text, String::new());
    table(text, 1, in_language(header, language), rows.collect());
}

fn in_language<const N: usize>(header: [[&str; 2]; N], language: Language) -> Vec<String> {
    header
        .map(|[chinese, english]| language.pick(chinese, english).to_owned())
        .to_vec()
}

fn closures(text: &mut String, coverage: &Coverage, closed: &Closures, language: Language) {
    let links: Vec<String> = closed
        .links
        .iter()
        .map(|link| match link.name.as_str() {
            "" => format!("{} ({})", link.id, link.class.in_language(language)),
            name => format!("{} ({name}, {})", link.id, link.class.in_language(language)),
        })
        .collect();
    let links = links.join(language.pick("、", ", "));
    say(
        text,
        language.pick(
            format!("\n封闭 {links}："),
            format!("\nWith {links} closed:"),
        ),
    );
    let header = [
        ["镇", "town"],
        ["居民", "residents"],
        ["变慢居民", "later"],
        ["平均慢\n分钟", "mean\nmin"],
        ["最多慢\n分钟", "longest\nmin"],
        ["不可达\n居民", "cut off"],
        ["封闭路段上\n居民", "on the\nlink"],
    ];
    let row = |name: &str, residents: f64, figures: &ClosureFigures| {
        vec![
            name.to_owned(),
            format!("{residents:.0}"),
            format!("{:.0}", figures.residents_later),
            minutes(figures.mean_added_seconds),
            minutes(
                figures
                    .mean_added_seconds
                    .map(|_| figures.longest_added_seconds),
            ),
            format!("{:.0}", figures.residents_cut_off),
            format!("{:.0}", figures.residents_on_link),
        ]
    };
    let county = language.pick("全县", "county");
    let mut rows = vec![row(county, coverage.county.residents, &closed.county)];
    let worse = closed.towns.iter().filter(|town| {
        let figures = &town.figures;
        figures.residents_later + figures.residents_cut_off + figures.residents_on_link > 0.0
    });
    rows.extend(worse.take(MOST_ROWS).map(|town| {
        row(
            town.name.in_language(language),
            town.residents,
            &town.figures,
        )
    }));
    table(text, 1, in_language(header, language), rows);
    say(text, language.pick(
        "只列受影响的镇；各需求点见 closure-points.csv。其余各表均为未封闭时的情况。".to_owned(),
        "Only towns that are worse off; by demand point in closure-points.csv. The other tables show \
         the\nroads before the closure."
            .to_owned(),
    ));
}

/// Name and class of a stretch, and the town by which to find it: `G205 [366 and 4 more] (trunk,
/// Huacheng)`.
#[must_use]
pub fn stretch_name(coverage: &Coverage, stretch: &CriticalStretch, language: Language) -> String {
    let more = match stretch.links.len() {
        1 => String::new(),
        links => language.pick(
            format!(" 等 {links} 段"),
            format!(" and {} more", links - 1),
        ),
    };
    let id = &stretch.links[0].id;
    let what = match stretch.name() {
        "" => format!("{id}{more}"),
        name => format!("{name} [{id}{more}]"),
    };
    let class = stretch.class().in_language(language);
    let town = town_name(coverage, &stretch.near_town, language);
    language.pick(
        format!("{what}（{class}，{town}）"),
        format!("{what} ({class}, {town})"),
    )
}

fn critical_links(
    text: &mut String,
    coverage: &Coverage,
    critical: &CriticalLinks,
    language: Language,
) {
    if critical.stretches.is_empty() {
        say(
            text,
            language.pick(
                "\n封闭任何单个路段都不影响首车到达。".to_owned(),
                "\nClosing any single link changes no time to a first engine.".to_owned(),
            ),
        );
        return;
    }
    let header = [
        ["#", "#"],
        ["关键路段", "critical link"],
        ["km", "km"],
        ["损失\n警情·分钟/年", "loss, incident-\nminutes/yr"],
        ["不可达\n居民", "cut\noff"],
        ["变慢\n居民", "later"],
        ["最多慢\n分钟", "longest\nmin"],
        ["路段上\n居民", "on the\nlink"],
    ];
    let rows = critical.stretches.iter().take(MOST_ROWS).map(|stretch| {
        let figures = &stretch.figures;
        vec![
            stretch.rank.to_string(),
            stretch_name(coverage, stretch, language),
            format!("{:.1}", stretch.length_metres() / 1000.0),
            format!("{:.0}", stretch.loss_minutes_a_year),
            format!("{:.0}", figures.residents_cut_off),
            format!("{:.0}", figures.residents_later),
            minutes(
                figures
                    .mean_added_seconds
                    .map(|_| figures.longest_added_seconds),
            ),
            format!("{:.0}", figures.residents_on_link),
        ]
    });
    say(text, String::new());
    table(text, 2, in_language(header, language), rows.collect());
    let counts = critical.cut_off_counts_minutes;
    let (shown, all) = (critical.stretches.len(), critical.stretches_that_matter);
    say(text, language.pick(
        format!(
            "单独封闭影响首车的路段共 {all} 处，列出 {shown} 处。损失 = 增加的分钟 × 警情，不可达的警情每起计 \
             {counts} 分钟。\n路段本身上的居民只另列，不计入损失；消防站所在路段（{} 条）不排序。",
            critical.not_ranked.len()
        ),
        format!(
            "{shown} of {all} stretches that matter when closed alone. Loss: added minutes × incidents; \
             an\nincident cut off counts {counts} min. People on the link itself are not in the loss, and \
             the links\non which a station stands ({}) are not ranked.",
            critical.not_ranked.len()
        ),
    ));
}
