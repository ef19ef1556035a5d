//! The sheets of the answer, one function each: summary, alternatives, towns, distribution.

use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatCell, ConditionalFormatCellRule, Format,
    Workbook, XlsxError,
};

use super::table::{self, Cell, Column, Kind};
use crate::evaluation::comparison::{Evaluated, Figures, TownFigures};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::report::publication::Publication;
use crate::report::summary::{Summary, engines_added, run_words, standard_words};

/// The names of the sheets.
pub(super) struct Names {
    pub(super) summary: &'static str,
    pub(super) alternatives: &'static str,
    pub(super) costs: &'static str,
    pub(super) towns: &'static str,
    pub(super) distribution: &'static str,
    pub(super) worklist: &'static str,
    pub(super) engines: &'static str,
    pub(super) standards: &'static str,
    pub(super) assumptions: &'static str,
}

impl Names {
    pub(super) fn of(language: Language) -> Self {
        let pick = |chinese, english| language.pick(chinese, english);
        Self {
            summary: pick("摘要", "Summary"),
            alternatives: pick("方案", "Alternatives"),
            costs: pick("费用", "Costs"),
            towns: pick("乡镇", "Towns"),
            distribution: pick("到场时间分布", "Distribution"),
            worklist: pick("超标村清单", "Worklist"),
            engines: pick("消防车", "Engines"),
            standards: pick("标准", "Standards"),
            assumptions: pick("数据依据", "Data basis"),
        }
    }
}

/// Near is deep green on every map: here the smaller number is.
pub(super) fn shade(
    sheet: &mut rust_xlsxwriter::Worksheet,
    placed: table::Placed,
    column: u16,
    more_is_better: bool,
) -> Result<(), XlsxError> {
    let (low, high) = if more_is_better {
        ("#FFFFFF", "#86B8AC")
    } else {
        ("#86B8AC", "#FFFFFF")
    };
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color(low)
        .set_maximum_color(high);
    sheet
        .add_conditional_format(placed.first, column, placed.last, column, &scale)
        .map(|_| ())
}

fn value(estimate: Option<&Estimate>, factor: f64) -> Option<f64> {
    estimate.map(|estimate| estimate.value * factor + 0.0)
}

pub(super) const MINUTE: f64 = 1.0 / 60.0;

/// The row of the summary's first point.
const POINTS: u32 = 3;

/// The first row that the text of the summary leaves free, an empty one being between.
pub(super) fn below(summary: &Summary) -> u32 {
    POINTS + summary.points.len() as u32 + 1
}

pub(super) fn summary(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    summary: &Summary,
    names: &Names,
) -> Result<(), XlsxError> {
    let scenario = &publication.comparison.scenario;
    let language = publication.language;
    let sheet = workbook.add_worksheet().set_name(names.summary)?;
    let wrapped = Format::new().set_text_wrap();
    let strong = Format::new().set_text_wrap().set_bold().set_font_size(12);
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, scenario.name.in_language(language), &table::title())?;
    let run = run_words(publication.comparison, language);
    sheet.write_string_with_format(1, 0, run, &table::note())?;
    // As high as its lines, of which the column holds so many halves of a character.
    let height = |text: &str, line: f64, holds: f64| {
        let wide: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        line * (wide as f64 / holds).ceil().max(1.0)
    };
    sheet.set_row_height(2, height(&summary.headline, 21.0, 84.0))?;
    sheet.write_string_with_format(2, 0, &summary.headline, &strong)?;
    for (row, point) in (POINTS..).zip(&summary.points) {
        sheet.set_row_height(row, height(point, 17.0, 100.0))?;
        sheet.write_string_with_format(row, 0, format!("• {point}"), &wrapped)?;
    }
    table::print_on_a4(sheet);
    sheet.set_portrait();
    Ok(())
}

/// The columns of a value and half the width of its interval.
pub(super) fn with_interval(columns: &mut Vec<Column>, head: String, kind: Kind) {
    columns.push(Column::new(head, 11.0, kind));
    columns.push(Column::new("±", 7.0, kind));
}

pub(super) fn cells(estimate: Option<&Estimate>, factor: f64) -> [Cell; 2] {
    let half = estimate.and_then(|e| e.high.map(|high| (high - e.value) * factor));
    [value(estimate, factor).into(), half.into()]
}

pub(super) fn alternatives(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let comparison = publication.comparison;
    let language = publication.language;
    let mut columns = vec![
        Column::new(language.pick("名次", "rank"), 7.0, Kind::Count),
        Column::new(language.pick("方案", "alternative"), 44.0, Kind::Text),
        Column::new(
            language.pick("新增消防车", "engines added"),
            9.0,
            Kind::Count,
        ),
        Column::new(
            language.pick("最优概率", "probability best"),
            10.0,
            Kind::Share,
        ),
        Column::new(
            language.pick("能否与最优区分", "told apart from best"),
            11.0,
            Kind::Text,
        ),
    ];
    let mut shaded = Vec::new();
    let minutes = [
        language.pick("平均到场时间（分）", "mean response (min)"),
        language.pick("到场时间中位数（分）", "median response (min)"),
        language.pick(
            "到场时间第 90 百分位（分）",
            "90th percentile of response (min)",
        ),
    ];
    for head in minutes {
        shaded.push((columns.len() as u16, false));
        with_interval(&mut columns, head.to_owned(), Kind::Hundredths);
    }
    for standard in &comparison.standards {
        shaded.push((columns.len() as u16, true));
        let head = standard_words(standard, language);
        with_interval(&mut columns, head, Kind::Share);
    }
    for head in [
        language.pick("力量到齐平均（分）", "mean full assignment (min)"),
        language.pick(
            "平均到场：与现状之差（分）",
            "mean response less today's (min)",
        ),
        language.pick(
            "平均到场：与最优之差（分）",
            "mean response less the best's (min)",
        ),
    ] {
        with_interval(&mut columns, head.to_owned(), Kind::Hundredths);
    }
    with_interval(
        &mut columns,
        language
            .pick("等车警情比例", "calls that waited")
            .to_owned(),
        Kind::Share,
    );
    let row = |evaluated: &Evaluated| {
        let told_apart = match (evaluated.rank, evaluated.told_apart_from_best) {
            (1, _) => "–",
            (_, true) => language.pick("能", "yes"),
            (_, false) => language.pick("不能", "no"),
        };
        let mut row: Vec<Cell> = vec![
            (evaluated.rank as f64).into(),
            evaluated.label(language).into(),
            f64::from(engines_added(evaluated)).into(),
            evaluated.probability_best.into(),
            told_apart.into(),
        ];
        let Figures {
            mean_response_seconds: mean,
            median_response_seconds: median,
            p90_response_seconds: p90,
            within,
            mean_full_assignment_seconds: full,
            waited,
            ..
        } = &evaluated.county;
        for time in [mean, median, p90] {
            row.extend(cells(time.as_ref(), MINUTE));
        }
        for standard in &comparison.standards {
            let share = within.get(&standard.id).and_then(Option::as_ref);
            row.extend(cells(share, 1.0));
        }
        let from_today = &evaluated.difference_from_baseline.mean_response_seconds;
        let from_best = &evaluated.difference_from_best.mean_response_seconds;
        for time in [full, from_today, from_best] {
            row.extend(cells(time.as_ref(), MINUTE));
        }
        row.extend(cells(waited.as_ref(), 1.0));
        row
    };
    let remark = language.pick(
        "时间自接警起算至首车到场；± 为 95% 置信区间的半宽；与现状、与最优之差为同一批警情的配对差。",
        "Times run from the call to the first engine; ± is half the 95 % interval; differences are paired over the same calls.",
    );
    let sheet = workbook.add_worksheet().set_name(names.alternatives)?;
    let rows = comparison.alternatives.iter().map(row).collect();
    let placed = table::write(sheet, names.alternatives, remark, &columns, rows, 2)?;
    const A3: u8 = 8;
    sheet.set_paper_size(A3);
    for (column, more_is_better) in shaded {
        shade(sheet, placed, column, more_is_better)?;
    }
    Ok(())
}

pub(super) fn towns(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let comparison = publication.comparison;
    let language = publication.language;
    let mut columns = vec![
        Column::new(language.pick("乡镇", "town"), 16.0, Kind::Text),
        Column::new(language.pick("年警情数", "calls a year"), 9.0, Kind::Tenths),
    ];
    let [today, best, change] =
        language.pick(["现状", "最优方案", "变化"], ["today", "best", "change"]);
    let heads = [
        language.pick("平均到场（分）", "mean response (min)"),
        language.pick("第 90 百分位（分）", "90th percentile (min)"),
    ];
    let mut changes = Vec::new();
    for head in heads {
        for part in [today, best, change] {
            columns.push(Column::new(format!("{head} {part}"), 11.0, Kind::Tenths));
        }
        changes.push((columns.len() as u16 - 1, false));
    }
    for standard in &comparison.standards {
        let head = standard_words(standard, language);
        for part in [today, best, change] {
            columns.push(Column::new(format!("{head} {part}"), 12.0, Kind::Share));
        }
        changes.push((columns.len() as u16 - 1, true));
    }
    let pairs = |before: Option<f64>, after: Option<f64>| -> [Cell; 3] {
        let change = before.zip(after).map(|(before, after)| after - before);
        [before.into(), after.into(), change.into()]
    };
    let row = |(before, after): (&TownFigures, &TownFigures)| {
        let mut row: Vec<Cell> = vec![
            before.name.in_language(language).into(),
            before.incidents_a_year.into(),
        ];
        let time = |of: &dyn Fn(&Figures) -> Option<Estimate>| {
            pairs(
                value(of(&before.figures).as_ref(), MINUTE),
                value(of(&after.figures).as_ref(), MINUTE),
            )
        };
        row.extend(time(&|figures| figures.mean_response_seconds));
        row.extend(time(&|figures| figures.p90_response_seconds));
        for standard in &comparison.standards {
            let share = |town: &TownFigures| {
                let share = town.figures.within.get(&standard.id);
                value(share.and_then(Option::as_ref), 1.0)
            };
            row.extend(pairs(share(before), share(after)));
        }
        row
    };
    let (before, after) = (comparison.baseline(), comparison.best());
    let rows = before.towns.iter().zip(&after.towns).map(row).collect();
    let remark = language.pick(
        format!(
            "最优方案：{}。时间自接警起算至首车到场。",
            after.label(language)
        ),
        format!(
            "Best: {}. Times run from the call to the first engine.",
            after.label(language)
        ),
    );
    let sheet = workbook.add_worksheet().set_name(names.towns)?;
    let placed = table::write(sheet, names.towns, &remark, &columns, rows, 1)?;
    let better = Format::new()
        .set_font_color("#0B5A45")
        .set_background_color("#DCEFE7");
    let worse = Format::new()
        .set_font_color("#8A2B0E")
        .set_background_color("#F9E3DC");
    for (column, more_is_better) in changes {
        let (above, below) = if more_is_better {
            (&better, &worse)
        } else {
            (&worse, &better)
        };
        for (rule, format) in [
            (ConditionalFormatCellRule::GreaterThan(0.0005), above),
            (ConditionalFormatCellRule::LessThan(-0.0005), below),
        ] {
            let change = ConditionalFormatCell::new()
                .set_rule(rule)
                .set_format(format);
            sheet.add_conditional_format(placed.first, column, placed.last, column, &change)?;
        }
    }
    Ok(())
}

pub(super) fn distribution(
    workbook: &mut Workbook,
    publication: &Publication<'_>,
    names: &Names,
) -> Result<(), XlsxError> {
    let language = publication.language;
    let shown = shown(publication);
    let mut columns = vec![Column::new(
        language.pick("分钟（接警起算）", "minutes from the call"),
        12.0,
        Kind::Hundredths,
    )];
    for evaluated in &shown {
        columns.push(Column::new(evaluated.label(language), 24.0, Kind::Share));
    }
    let rows = (0..distribution_rows(publication))
        .map(|step| {
            let seconds = shown[0].response_distribution.step_seconds as usize * step;
            let mut row: Vec<Cell> = vec![(seconds as f64 * MINUTE).into()];
            row.extend(shown.iter().map(|evaluated| {
                let shares = &evaluated.response_distribution.shares;
                Cell::from(shares.get(step).or(shares.last()).copied())
            }));
            row
        })
        .collect();
    let remark = language.pick(
        "首车在该时间内到场的警情比例（仿真）。",
        "Share of simulated calls whose first engine had arrived by then.",
    );
    let sheet = workbook.add_worksheet().set_name(names.distribution)?;
    table::write(sheet, names.distribution, remark, &columns, rows, 1).map(|_| ())
}

/// Steps of the distribution until nearly all calls of every line are reached.
pub(super) fn distribution_rows(publication: &Publication<'_>) -> usize {
    let until = shown(publication).into_iter().map(|evaluated| {
        let shares = &evaluated.response_distribution.shares;
        let nearly_all = shares.iter().position(|share| *share >= 0.999);
        nearly_all.map_or(shares.len(), |step| step + 1)
    });
    until.max().unwrap_or(0)
}

/// Today, the best, and the next best.
pub(super) fn shown<'a>(publication: &Publication<'a>) -> Vec<&'a Evaluated> {
    let comparison = publication.comparison;
    let next = comparison.alternatives.iter().filter(|a| !a.is_baseline);
    std::iter::once(comparison.baseline())
        .chain(next.take(2))
        .collect()
}
