//! `report.docx`: summary, main table and charts, to be pasted into the official proposal.

use std::io::{self, Cursor};

use docx_rs::{
    AlignmentType, Docx, LineSpacing, PageMargin, Paragraph, Pic, Run, RunFonts, Shading, Table,
    TableCell, TableRow, VAlignType, WidthType,
};

use crate::charts::Drawing;
use crate::evaluation::comparison::Evaluated;
use crate::report::publication::Publication;
use crate::report::summary::{Summary, ranked_words, run_words, short_words, standard_words};

/// Rows of the main table: what fits on a page of a proposal.
const MOST_ROWS: usize = 8;
/// A4 in twentieths of a point, and its margins.
const PAGE: [u32; 2] = [11_906, 16_838];
const MARGIN: i32 = 1_304;
/// Room for a picture, in the pixels of a screen (96 an inch): 160 by 225 mm.
const WIDEST: f64 = 605.0;
const HIGHEST: f64 = 850.0;
/// Sizes in half points: 二号 for the title, 三号 for heads, 小四 for text, 五号 small for tables.
const TITLE: usize = 44;
const HEAD: usize = 32;
const TEXT: usize = 24;
const SMALL: usize = 18;

/// The document as the bytes of its file.
///
/// # Errors
/// When it cannot be put together, which memory does not refuse.
pub fn document(
    publication: &Publication<'_>,
    charts: &[(&'static str, Drawing)],
) -> io::Result<Vec<u8>> {
    let Publication {
        comparison,
        language,
        ..
    } = *publication;
    let summary = Summary::of(publication);
    let pick = |chinese, english| language.pick(chinese, english);
    let fonts = RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia("仿宋");
    let mut docx = Docx::new()
        .page_size(PAGE[0], PAGE[1])
        .page_margin(
            PageMargin::new()
                .top(MARGIN)
                .bottom(MARGIN)
                .left(MARGIN)
                .right(MARGIN),
        )
        .default_fonts(fonts)
        .default_size(TEXT)
        .add_paragraph(
            line(comparison.scenario.name.in_language(language), TITLE)
                .align(AlignmentType::Center),
        )
        .add_paragraph(line(&run_words(comparison, language), SMALL).align(AlignmentType::Center))
        .add_paragraph(head(pick("一、结论", "1. Conclusion")))
        .add_paragraph(bold(&summary.headline, TEXT));
    for point in &summary.points {
        docx = docx.add_paragraph(spaced(line(point, TEXT)));
    }
    docx = docx
        .add_paragraph(head(pick("二、方案比较", "2. Alternatives")))
        .add_table(main_table(publication))
        .add_paragraph(line(
            &language.pick(
                format!("排序依据：{}。± 为 95% 置信区间的半宽；≈ 表示与最优方案无法区分。", ranked_words(comparison, language)),
                format!("Ranked by {}. ±: half the 95 % interval; ≈ cannot be told apart from the best.", ranked_words(comparison, language)),
            ),
            SMALL,
        ))
        .add_paragraph(head(pick("三、图", "3. Charts")).page_break_before(true));
    for (_, drawing) in charts {
        docx = docx.add_paragraph(picture(&drawing.png));
    }
    let sources = comparison.attribution.join(pick("；", "; "));
    docx = docx
        .add_paragraph(head(pick("四、数据依据", "4. Data basis")).page_break_before(true))
        .add_table(basis_table(publication))
        .add_paragraph(line(
            &format!("{}{sources}", pick("资料来源：", "Sources: ")),
            SMALL,
        ));
    let mut file = Cursor::new(Vec::new());
    docx.build().pack(&mut file).map_err(io::Error::other)?;
    Ok(file.into_inner())
}

fn line(text: &str, size: usize) -> Paragraph {
    // What XML forbids would make the file unreadable.
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    Paragraph::new().add_run(Run::new().add_text(text).size(size))
}

fn bold(text: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).size(size).bold())
}

fn head(text: &str) -> Paragraph {
    let fonts = RunFonts::new()
        .ascii("Arial")
        .hi_ansi("Arial")
        .east_asia("黑体");
    Paragraph::new()
        .add_run(Run::new().add_text(text).size(HEAD).fonts(fonts))
        .keep_next(true)
        .outline_lvl(0)
        .line_spacing(LineSpacing::new().before(240).after(120))
}

fn spaced(paragraph: Paragraph) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().after(120).line(360))
}

fn cell(text: &str, is_head: bool, align: AlignmentType, width: usize) -> TableCell {
    let paragraph = if is_head {
        bold(text, SMALL)
    } else {
        line(text, SMALL)
    };
    let cell = TableCell::new()
        .add_paragraph(paragraph.align(align))
        .vertical_align(VAlignType::Center)
        .width(width, WidthType::Dxa);
    if is_head {
        cell.shading(Shading::new().fill("EDF1F0"))
    } else {
        cell
    }
}

fn main_table(publication: &Publication<'_>) -> Table {
    let Publication {
        comparison,
        language,
        ..
    } = *publication;
    let mut heads = vec![
        language.pick("名次", "rank").to_owned(),
        language.pick("方案", "alternative").to_owned(),
        language
            .pick("平均到场，分", "mean response, min")
            .to_owned(),
        language
            .pick("第 90 百分位，分", "90th percentile, min")
            .to_owned(),
    ];
    heads.extend(
        comparison
            .standards
            .iter()
            .map(|s| format!("{}，%", standard_words(s, language))),
    );
    let room = PAGE[0] as usize - 2 * MARGIN as usize;
    let figures = heads.len() - 2;
    let (rank, name) = (640, 2400);
    let each = (room - rank - name) / figures;
    let width = |column: usize| match column {
        0 => rank,
        1 => name,
        _ => each,
    };
    let row = |texts: Vec<String>, is_head: bool| {
        let cells = texts.iter().enumerate().map(|(column, text)| {
            let align = match (is_head, column) {
                (false, 1) => AlignmentType::Left,
                _ => AlignmentType::Center,
            };
            cell(text, is_head, align, width(column))
        });
        TableRow::new(cells.collect())
    };
    let figures_of = |evaluated: &Evaluated| {
        let alike = evaluated.rank > 1 && !evaluated.told_apart_from_best;
        let county = &evaluated.county;
        let mut texts = vec![
            format!("{}{}", evaluated.rank, if alike { " ≈" } else { "" }),
            evaluated.label(language),
            short_words(county.mean_response_seconds.as_ref(), 1.0 / 60.0),
            short_words(county.p90_response_seconds.as_ref(), 1.0 / 60.0),
        ];
        texts.extend(comparison.standards.iter().map(|standard| {
            let share = county.within.get(&standard.id).and_then(Option::as_ref);
            short_words(share, 100.0)
        }));
        texts
    };
    let shown = comparison
        .alternatives
        .iter()
        .filter(|a| a.rank <= MOST_ROWS || a.is_baseline);
    let rows = std::iter::once(row(heads.clone(), true))
        .chain(shown.map(|evaluated| row(figures_of(evaluated), false)));
    Table::new(rows.collect())
        .set_grid((0..heads.len()).map(width).collect())
        .width(room, WidthType::Dxa)
}

/// Every assumption and every procedure, with its reason.
fn basis_table(publication: &Publication<'_>) -> Table {
    let Publication {
        comparison,
        language,
        ..
    } = *publication;
    let room = PAGE[0] as usize - 2 * MARGIN as usize;
    let (item, basis) = (2800, 1300);
    let widths = [item, basis, room - item - basis];
    let row = |texts: [&str; 3], is_head: bool| {
        let align = if is_head {
            AlignmentType::Center
        } else {
            AlignmentType::Left
        };
        let cells = texts.iter().zip(widths);
        TableRow::new(
            cells
                .map(|(text, width)| cell(text, is_head, align, width))
                .collect(),
        )
    };
    let heads = language.pick(
        ["项目", "依据", "理由或出处"],
        ["item", "basis", "reason or source"],
    );
    let notes = comparison.data_basis.iter().chain(&comparison.price_basis);
    let rows = notes.map(|note| {
        let basis = language.pick(note.basis.chinese(), note.basis.word());
        row(
            [note.item.in_language(language), basis, &note.reason],
            false,
        )
    });
    Table::new(std::iter::once(row(heads, true)).chain(rows).collect())
        .set_grid(widths.to_vec())
        .width(room, WidthType::Dxa)
}

/// A chart as wide as the page allows, or as high.
fn picture(png: &[u8]) -> Paragraph {
    let [width, height] = pixels(png);
    let scale = (WIDEST / width).min(HIGHEST / height);
    let size = [width, height].map(|side| (side * scale).round() as u32);
    let picture = Pic::new_with_dimensions(png.to_vec(), size[0], size[1]);
    Paragraph::new()
        .add_run(Run::new().add_image(picture))
        .align(AlignmentType::Center)
}

/// Width and height as the header of a PNG says.
fn pixels(png: &[u8]) -> [f64; 2] {
    let number = |at: usize| {
        let bytes = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(1.0, |bytes| f64::from(u32::from_be_bytes(bytes)))
    };
    [number(16), number(20)]
}
