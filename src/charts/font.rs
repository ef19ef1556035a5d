//! The embedded font: how wide a text is, which characters it lacks, where a line may break.

use std::sync::{Arc, OnceLock};

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use resvg::usvg::fontdb;
use ttf_parser::Face;

use super::ChartError;

/// The family in which every chart is set.
pub const FAMILY: &str = "Noto Sans SC";

/// What stands for a character that the font lacks.
pub const SUBSTITUTE: char = '〓';

static FONT_FILE: &[u8] = include_bytes!("../../data/fonts/NotoSansSC-GB2312.ttf");

/// The font in the three forms that measuring, drawing and outlining need.
pub(super) struct Font {
    face: Face<'static>,
    database: Arc<fontdb::Database>,
}

impl Font {
    /// The embedded font, read once.
    ///
    /// # Errors
    /// When the file in the program is damaged or carries another family's name: a chart whose
    /// labels are silently empty would be worse than none.
    pub(super) fn embedded() -> Result<&'static Self, ChartError> {
        static FONT: OnceLock<Result<Font, String>> = OnceLock::new();
        FONT.get_or_init(|| Self::load(FAMILY, FONT_FILE))
            .as_ref()
            .map_err(|reason| ChartError::Font {
                family: FAMILY,
                reason: reason.clone(),
            })
    }

    fn load(family: &'static str, file: &'static [u8]) -> Result<Self, String> {
        let face = Face::parse(file, 0).map_err(|error| error.to_string())?;
        register_font(family, FontStyle::Normal, file)
            .map_err(|_| "plotters cannot read the file".to_owned())?;
        FontDesc::new(FontFamily::Name(family), 10.0, FontStyle::Normal)
            .layout_box("水")
            .map_err(|error| error.to_string())?;
        let mut database = fontdb::Database::new();
        database.load_font_source(fontdb::Source::Binary(Arc::new(file)));
        let known = database.faces().any(|known| {
            known
                .families
                .iter()
                .any(|(name, _)| name.as_str() == family)
        });
        if !known {
            return Err("the file carries another family's name".to_owned());
        }
        Ok(Self {
            face,
            database: Arc::new(database),
        })
    }

    /// The font alone, for outlining text: no font of the machine can slip in.
    pub(super) fn database(&self) -> Arc<fontdb::Database> {
        Arc::clone(&self.database)
    }

    /// The width of `text` set at `size`. Kerning is left out: it only narrows.
    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        let units: u32 = text
            .chars()
            .map(|c| {
                self.face
                    .glyph_index(c)
                    .and_then(|glyph| self.face.glyph_hor_advance(glyph))
                    .map_or(1000, u32::from)
            })
            .sum();
        f64::from(units) * size / f64::from(self.face.units_per_em())
    }

    fn lacks(&self, c: char) -> bool {
        !c.is_control() && self.face.glyph_index(c).is_none()
    }

    /// `text` in lines no wider than `width`.
    pub(super) fn wrapped(&self, text: &str, size: f64, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for piece in pieces(paragraph) {
                let whole = format!("{line}{piece}");
                if !line.is_empty() && self.width(whole.trim_end(), size) > width {
                    lines.push(line.trim_end().to_owned());
                    piece.trim_start().clone_into(&mut line);
                } else {
                    line = whole;
                }
                // A word wider than the sheet, such as an address: it breaks anywhere.
                while self.width(line.trim_end(), size) > width && line.chars().nth(1).is_some() {
                    let mut head = String::new();
                    for c in line.chars() {
                        head.push(c);
                        if self.width(&head, size) > width {
                            head.pop();
                            break;
                        }
                    }
                    if head.is_empty() {
                        break;
                    }
                    line = line.split_off(head.len());
                    lines.push(head);
                }
            }
            if !line.trim().is_empty() {
                lines.push(line.trim_end().to_owned());
            }
        }
        lines
    }
}

/// The parts of a text between which a line may break: a Chinese character, or a word with the
/// space after it. Closing marks stay with what they close, opening marks with what they open.
fn pieces(text: &str) -> Vec<String> {
    let closes = |c: char| "，。、；：！？）》」』”’…％〕】".contains(c);
    let opens = |c: char| "（《「『“‘〔【".contains(c);
    let wide = |c: char| c >= '\u{2e80}';
    let mut pieces: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for c in text.chars() {
        let together = match previous {
            None => false,
            Some(_) if closes(c) => true,
            Some(before) if opens(before) => true,
            Some(' ') => c == ' ',
            Some(_) if opens(c) => false,
            Some(_) if c == ' ' => true,
            Some(before) => !wide(c) && !wide(before) && !closes(before),
        };
        match pieces.last_mut() {
            Some(last) if together => last.push(c),
            _ => pieces.push(c.to_string()),
        }
        previous = Some(c);
    }
    pieces
}

/// The characters of `text` that the embedded font cannot show, each once, in order.
pub fn glyph_missing(text: &str) -> Vec<char> {
    let Ok(font) = Font::embedded() else {
        return Vec::new();
    };
    let mut missing = Vec::new();
    for c in text.chars().filter(|c| font.lacks(*c)) {
        if !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// `text` as the charts show it: [`SUBSTITUTE`] for every character that the font lacks, a space
/// for every line break or other control character.
pub fn in_font(text: &str) -> String {
    let Ok(font) = Font::embedded() else {
        return text.to_owned();
    };
    text.chars()
        .map(|c| match c {
            c if c.is_control() => ' ',
            c if font.lacks(c) => SUBSTITUTE,
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_character_is_named_once_and_leaves_a_visible_mark() {
        assert_eq!(glyph_missing("𣒍塘村、𣒍树"), ['𣒍']);
        assert_eq!(in_font("𣒍塘村"), "〓塘村");
        assert!(glyph_missing("五华县水寨镇 Shuizhai ≤5 ©").is_empty());
        assert!(glyph_missing(&SUBSTITUTE.to_string()).is_empty());
    }

    #[test]
    fn a_family_that_is_not_in_the_file_is_an_error() {
        let error = Font::load("Imaginary Serif", FONT_FILE).err();
        assert_eq!(
            error.as_deref(),
            Some("the file carries another family's name")
        );
        assert!(Font::load(FAMILY, b"no font").is_err());
    }

    #[test]
    fn a_chinese_character_is_as_wide_as_it_is_high() {
        let font = Font::embedded().unwrap();
        assert!((font.width("五华县", 20.0) - 60.0).abs() < 1e-9);
        assert!(font.width("iii", 20.0) < font.width("MMM", 20.0));
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_is_too_wide() {
        let font = Font::embedded().unwrap();
        // Five characters fit; the comma would be the sixth.
        let lines = font.wrapped("五华县水寨，华城", 10.0, 50.0);
        assert_eq!(lines, ["五华县水", "寨，华城"]);
        let lines = font.wrapped("first engine at scene", 10.0, 60.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| font.width(line, 10.0) <= 60.0));
        assert_eq!(lines.join(" "), "first engine at scene");
        let lines = font.wrapped("https://www.example.org/a-long-address", 10.0, 60.0);
        assert_eq!(lines.concat(), "https://www.example.org/a-long-address");
        assert!(font.wrapped("", 10.0, 60.0).is_empty());
        assert_eq!(font.wrapped("水寨", 10.0, 5.0), ["水", "寨"]);
    }
}
