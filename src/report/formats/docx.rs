//! Paragraphs, tables and pictures of a Word document, as a Chinese office sets them: A4, 仿宋 with 黑体
//! heads, 二号 for the title, 三号 for heads, 小四 for text, 小五 in tables.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, PageMargin, Paragraph, Pic, Run, RunFonts, Shading,
    TableCell, TableRow, VAlignType, WidthType,
};

use crate::characters::is_of_text;
use crate::language::Language;
use crate::report::model::Table;

/// A4 in twentieths of a point, and its margins.
const PAGE: [u32; 2] = [11_906, 16_838];
const MARGIN: i32 = 1_304;
/// Room between the margins.
const ROOM: usize = PAGE[0] as usize - 2 * MARGIN as usize;
/// Room for a picture, in the pixels of a screen (96 an inch): 160 by 225 mm.
const WIDEST: f64 = 605.0;
const HIGHEST: f64 = 850.0;
/// Sizes in half points.
pub const TITLE: usize = 44;
const HEAD: usize = 32;
pub const TEXT: usize = 24;
pub const SMALL: usize = 18;

/// An empty document.
pub fn empty() -> Docx {
    let fonts = RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia("仿宋");
    let margin = PageMargin::new()
        .top(MARGIN)
        .bottom(MARGIN)
        .left(MARGIN)
        .right(MARGIN);
    Docx::new()
        .page_size(PAGE[0], PAGE[1])
        .page_margin(margin)
        .default_fonts(fonts)
        .default_size(TEXT)
}

/// A text without what XML forbids: it would make the file unreadable.
fn run(text: &str, size: usize) -> Run {
    let text: String = text
        .chars()
        .map(|c| {
            if c.is_control() || !is_of_text(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    Run::new().add_text(text).size(size)
}

/// A paragraph.
pub fn line(text: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(run(text, size))
}

pub fn bold(text: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(run(text, size).bold())
}

/// The head of a section.
pub fn head(text: &str) -> Paragraph {
    let fonts = RunFonts::new()
        .ascii("Arial")
        .hi_ansi("Arial")
        .east_asia("黑体");
    Paragraph::new()
        .add_run(run(text, HEAD).fonts(fonts))
        .keep_next(true)
        .outline_lvl(0)
        .line_spacing(LineSpacing::new().before(240).after(120))
}

/// With lines far enough apart to be read.
pub fn spaced(paragraph: Paragraph) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().after(120).line(360))
}

/// A table as wide as the page; the first columns as wide as said, the others share the rest.
pub fn table(of: &Table, first: &[usize], language: Language) -> docx_rs::Table {
    let others = of.columns.len().saturating_sub(first.len()).max(1);
    let each = (ROOM - first.iter().sum::<usize>()) / others;
    let width = |column: usize| first.get(column).copied().unwrap_or(each);
    let heads = of.columns.iter().enumerate().map(|(index, column)| {
        let head = column.head_with(column.quantity.unit(language), language);
        cell(bold(&head, SMALL), AlignmentType::Center, width(index))
            .shading(Shading::new().fill("EDF1F0"))
    });
    let rows = of.rows.iter().map(|row| {
        let cells = of.columns.iter().zip(&row.values).enumerate();
        let cells = cells.map(|(index, (column, value))| {
            let align = match column.quantity.is_text() {
                true => AlignmentType::Left,
                false => AlignmentType::Center,
            };
            let words = column.words_with_interval(value, language);
            cell(line(&words, SMALL), align, width(index))
        });
        TableRow::new(cells.collect())
    });
    let rows = std::iter::once(TableRow::new(heads.collect())).chain(rows);
    docx_rs::Table::new(rows.collect())
        .set_grid((0..of.columns.len()).map(width).collect())
        .width(ROOM, WidthType::Dxa)
}

fn cell(paragraph: Paragraph, align: AlignmentType, width: usize) -> TableCell {
    TableCell::new()
        .add_paragraph(paragraph.align(align))
        .vertical_align(VAlignType::Center)
        .width(width, WidthType::Dxa)
}

/// A picture as wide as the page allows, or as high.
pub fn picture(png: &[u8]) -> Paragraph {
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
