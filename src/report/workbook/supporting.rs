//! The sheets that support the answer, one function each: worklist, engines, standards, data basis.

use rust_xlsxwriter::{ConditionalFormat2ColorScale, Workbook, XlsxError};

use super::sheets::{MINUTE, Names, cells, shade, with_interval};
use super::table::{self, Cell, Column, Kind};
use crate::expected::first_due::FirstDue;
use crate::report::publication::Publication;
use crate::report::summary::standard_words;
use crate::report::worklist;

pub(super) fn worklist(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let scenario = publication.scenario;
    let Some(standard) = worklist::standard(publication.comparison) else {
        return Ok(());
    };
    let column = Column::in_language(language);
    let columns = [
        column("乡镇", "town", 12.0, Kind::Text),
        column("村（社区）", "place", 22.0, Kind::Text),
        column("编码", "id", 15.0, Kind::Text),
        column("居民", "residents", 9.0, Kind::Count),
        column("年警情数", "calls a year", 9.0, Kind::Hundredths),
        column("现状：首到消防站", "first due today", 20.0, Kind::Text),
        column("现状（分）", "today (min)", 9.0, Kind::Tenths),
        column("最优方案：首到消防站", "first due, best", 22.0, Kind::Text),
        column("最优方案（分）", "best (min)", 9.0, Kind::Tenths),
        column("超出（分）", "beyond by (min)", 9.0, Kind::Tenths),
        column("数据依据", "basis", 12.0, Kind::Text),
        column("经度", "lon", 11.0, Kind::Degrees),
        column("纬度", "lat", 11.0, Kind::Degrees),
        column("网格员", "grid staff", 12.0, Kind::ToFill),
        column("位置核实", "position checked", 12.0, Kind::ToFill),
        column("微型消防站、水源等措施", "measures", 24.0, Kind::ToFill),
        column("完成日期", "done on", 12.0, Kind::ToFill),
    ];
    let places = worklist::places(publication);
    let late = worklist::beyond(publication, standard, &places);
    let base = |due: Option<FirstDue>| {
        let name = due.map(|due| {
            scenario
                .stations
                .station(due.station)
                .name
                .in_language(language)
        });
        name.map_or(Cell::Empty, Cell::from)
    };
    let rows = late
        .iter()
        .map(|row| {
            let point = &scenario.county.demand[row.place];
            let town = &scenario.county.towns[point.town.index()];
            let [today, best] = [row.today, row.best]
                .map(|due| due.map(|due| due.seconds(standard.clock) * MINUTE));
            vec![
                town.name.in_language(language).into(),
                point.name.in_language(language).into(),
                point.id.as_str().into(),
                point.residents.into(),
                point.incidents_a_year().into(),
                base(row.today),
                today.into(),
                base(row.best),
                best.into(),
                best.map(|best| best - standard.threshold_seconds * MINUTE)
                    .into(),
                language
                    .pick(point.basis.chinese(), point.basis.word())
                    .into(),
                point.position.lon.into(),
                point.position.lat.into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ]
        })
        .collect();
    let words = standard_words(standard, language);
    let remark = language.pick(
        format!(
            "采用最优方案后，预计仍超出“{words}”的村（社区），供各镇网格员逐项核实、落实措施。时间为车辆均在站、各阶段取均值时的预计值；数据依据为“模拟生成”的，先核实位置。"
        ),
        format!(
            "Places that the best alternative is expected to reach beyond \"{words}\", for the grid staff of each town. Every engine at home, every stage at its mean. Where the basis is \"modelled\", check the position first."
        ),
    );
    let sheet = workbook.add_worksheet().set_name(names.worklist)?;
    let placed = table::write(sheet, names.worklist, &remark, &columns, rows, 2)?;
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color("#FFFFFF")
        .set_maximum_color("#E9A58F");
    sheet.add_conditional_format(placed.first, 9, placed.last, 9, &scale)?;
    Ok(())
}

pub(super) fn engines(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let comparison = publication.comparison;
    let column = Column::in_language(language);
    let mut columns = vec![
        column("方案", "alternative", 40.0, Kind::Text),
        column("消防站", "station", 26.0, Kind::Text),
        column("现有或拟建", "existing or planned", 12.0, Kind::Text),
        column("消防车", "engines", 9.0, Kind::Count),
    ];
    let busy = language.pick("在外时间比例", "share of time out");
    with_interval(&mut columns, busy.to_owned(), Kind::Share);
    let mut shown = vec![comparison.baseline()];
    if !comparison.best().is_baseline {
        shown.push(comparison.best());
    }
    let rows = shown
        .iter()
        .flat_map(|evaluated| {
            evaluated
                .stations
                .iter()
                .map(move |station| (evaluated, station))
        })
        .map(|(evaluated, station)| {
            let existing = if station.existing {
                language.pick("现有", "existing")
            } else {
                language.pick("拟建或邻县", "planned, or a neighbour's")
            };
            let mut row: Vec<Cell> = vec![
                evaluated.label(language).into(),
                station.name.in_language(language).into(),
                existing.into(),
                f64::from(station.engines).into(),
            ];
            row.extend(cells(station.busy_share.as_ref(), 1.0));
            row
        })
        .collect();
    let remark = language.pick(
        "仿真中每辆消防车平均在外（出动至归队）的时间比例；± 为 95% 置信区间的半宽。",
        "Share of the simulated time that an engine is out, from turnout to return, on average; ± is half the 95 % interval.",
    );
    let sheet = workbook.add_worksheet().set_name(names.engines)?;
    let placed = table::write(sheet, names.engines, remark, &columns, rows, 2)?;
    shade(sheet, placed, 4, true)
}

pub(super) fn standards(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let column = Column::in_language(language);
    let columns = [
        column("标准", "standard", 20.0, Kind::Text),
        column("阈值（分）", "threshold (min)", 10.0, Kind::Tenths),
        column("起算", "clock", 16.0, Kind::Text),
        column("要求比例", "share asked for", 10.0, Kind::Share),
        column("数据依据", "basis", 14.0, Kind::Text),
        column("出处", "source", 90.0, Kind::Prose),
    ];
    let rows = publication
        .comparison
        .standards
        .iter()
        .map(|standard| {
            vec![
                standard.name.in_language(language).into(),
                (standard.threshold_seconds * MINUTE).into(),
                standard.clock.in_language(language).into(),
                standard.share.into(),
                language
                    .pick(standard.basis.chinese(), standard.basis.word())
                    .into(),
                standard.source.as_str().into(),
            ]
        })
        .collect();
    let remark = language.pick("数字以正式文本为准。", "The official texts govern.");
    let sheet = workbook.add_worksheet().set_name(names.standards)?;
    table::write(sheet, names.standards, remark, &columns, rows, 1).map(|_| ())
}

/// What each alternative costs and what is got for it; no sheet without prices.
pub(super) fn costs(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let comparison = publication.comparison;
    if comparison.best().cost.is_none() {
        return Ok(());
    }
    let column = Column::in_language(language);
    let mut columns = vec![
        column("名次", "rank", 7.0, Kind::Count),
        column("方案", "alternative", 40.0, Kind::Text),
        column("投资（元）", "investment (yuan)", 13.0, Kind::Count),
        column(
            "年运行（元）",
            "running costs a year (yuan)",
            13.0,
            Kind::Count,
        ),
        column("年均成本（元）", "all in, a year (yuan)", 13.0, Kind::Count),
        column("现值（元）", "present value (yuan)", 13.0, Kind::Count),
        column(
            "平均到场每缩短 1 分钟（元/年）",
            "a year for each minute of mean response (yuan)",
            16.0,
            Kind::Count,
        ),
    ];
    for standard in &comparison.standards {
        let words = standard_words(standard, language);
        let newly = language.pick(
            format!("新增达标居民：{words}"),
            format!("residents newly within: {words}"),
        );
        let each = language.pick(
            format!("每人（元/年）：{words}"),
            format!("a year for each (yuan): {words}"),
        );
        columns.push(Column::new(newly, 14.0, Kind::Count));
        columns.push(Column::new(each, 14.0, Kind::Hundredths));
    }
    let rows = comparison.alternatives.iter().filter_map(|evaluated| {
        let summary = evaluated.cost.as_ref()?;
        let cost = &summary.cost;
        let mut row: Vec<Cell> = vec![
            (evaluated.rank as f64).into(),
            evaluated.label(language).into(),
            cost.investment_yuan.into(),
            cost.yearly_yuan.into(),
            cost.yuan_a_year.into(),
            cost.present_value_yuan.into(),
            summary.yuan_a_year_per_minute.into(),
        ];
        for standard in &comparison.standards {
            let newly = summary.residents_newly_covered.get(&standard.id);
            let each = summary.yuan_a_year_per_resident.get(&standard.id);
            row.push(newly.copied().into());
            row.push(each.copied().flatten().into());
        }
        Some(row)
    });
    let remark = language.pick(
        "价格和编配多为假定，依据见“数据依据”表；居民按期望到场时间、各队车均在位计。",
        "Prices and staffing are mostly assumed: see the sheet on the data basis. Residents by \
         expected times, every engine at home.",
    );
    let sheet = workbook.add_worksheet().set_name(names.costs)?;
    table::write(sheet, names.costs, remark, &columns, rows.collect(), 2).map(|_| ())
}

pub(super) fn assumptions(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let comparison = publication.comparison;
    let columns = [
        Column::new(language.pick("项目", "item"), 46.0, Kind::Prose),
        Column::new(language.pick("依据", "basis"), 16.0, Kind::Text),
        Column::new(
            language.pick("理由或出处", "reason or source"),
            90.0,
            Kind::Prose,
        ),
    ];
    let rows = comparison
        .data_basis
        .iter()
        .chain(&comparison.price_basis)
        .map(|note| {
            vec![
                note.item.in_language(language).into(),
                language
                    .pick(note.basis.chinese(), note.basis.word())
                    .into(),
                note.reason.as_str().into(),
            ]
        })
        .collect();
    let sources = comparison.attribution.join(language.pick("；", "; "));
    let remark = language.pick(
        format!("资料来源：{sources}"),
        format!("Sources: {sources}"),
    );
    let sheet = workbook.add_worksheet().set_name(names.assumptions)?;
    table::write(sheet, names.assumptions, &remark, &columns, rows, 1).map(|_| ())
}
