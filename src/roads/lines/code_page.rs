//! In which code page the table of a shapefile is written: as its `.cpg` names it, in whatever spelling, as the
//! byte of the driver in its header says, or else by its text.

use encoding_rs::{Encoding, GB18030, UTF_8, WINDOWS_1252};

use crate::files::is_chinese;

/// A code page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CodePage {
    /// One of the web, which Windows has too.
    Web(&'static Encoding),
    /// One of DOS: its number, and its upper half.
    Dos(u16, &'static str),
}

/// The upper halves of the two code pages of DOS that road layers are still written in.
const DOS_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                       αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const DOS_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
                       ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// What a `.cpg` should say.
pub(super) const KNOWN: &str = "UTF-8, GBK (936), Big5 (950), Shift_JIS (932), EUC-KR (949), 1250 to 1258, ISO \
                                8859-1 to -16, OEM 437 or OEM 850";

impl CodePage {
    /// The code page that a label means: `UTF-8`, `65001`, `ANSI 936`, `1252`, `ISO 88591`, `OEM 437`,
    /// `LDID/87`.
    pub(super) fn of_label(label: &str) -> Option<Self> {
        let plain = label.trim().trim_start_matches('\u{feff}').to_lowercase();
        if let Some(byte) = plain.strip_prefix("ldid/") {
            return Self::of_driver(byte.parse().ok()?);
        }
        if let Some(encoding) = Encoding::for_label(plain.as_bytes()) {
            return Some(Self::Web(widest(encoding)));
        }
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let parts: Vec<&str> = plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect();
        let number: String = parts.iter().copied().filter(|part| digits(part)).collect();
        let words: Vec<&str> = parts.iter().copied().filter(|part| !digits(part)).collect();
        let (words, number) = match words.as_slice() {
            // A word and its number in one, such as cp936 or iso88591.
            [word] if number.is_empty() => {
                let end = word.find(|c: char| c.is_ascii_digit())?;
                (vec![&word[..end]], word[end..].to_owned())
            }
            _ => (words, number),
        };
        const PREFIXES: [&str; 10] = [
            "ansi", "oem", "cp", "iso", "windows", "win", "ms", "ibm", "dos", "codepage",
        ];
        if !words.iter().all(|word| PREFIXES.contains(word)) {
            return match plain.as_str() {
                "gb 2312" => Some(Self::Web(GB18030)),
                "utf 8" => Some(Self::Web(UTF_8)),
                _ => None,
            };
        }
        match number.strip_prefix("8859") {
            Some(part) if !part.is_empty() => Self::web(&format!("iso-8859-{part}")),
            _ => Self::of_number(number.parse().ok()?),
        }
    }

    /// The code page of a number of Windows.
    fn of_number(number: u32) -> Option<Self> {
        match number {
            437 => Some(Self::Dos(437, DOS_437)),
            850 => Some(Self::Dos(850, DOS_850)),
            936 | 54_936 | 20_936 => Some(Self::Web(GB18030)),
            65_001 => Some(Self::Web(UTF_8)),
            932 => Self::web("shift_jis"),
            949 | 51_949 => Self::web("euc-kr"),
            950 => Self::web("big5"),
            51_932 => Self::web("euc-jp"),
            866 => Self::web("ibm866"),
            10_000 => Self::web("macintosh"),
            10_007 => Self::web("x-mac-cyrillic"),
            20_866 => Self::web("koi8-r"),
            21_866 => Self::web("koi8-u"),
            28_591..=28_606 => Self::web(&format!("iso-8859-{}", number - 28_590)),
            874 | 1250..=1258 => Self::web(&format!("windows-{number}")),
            _ => None,
        }
    }

    fn web(label: &str) -> Option<Self> {
        Encoding::for_label(label.as_bytes()).map(|encoding| Self::Web(widest(encoding)))
    }

    /// The code page of the byte of the language driver (LDID) in the header of a table, where it says one that
    /// is known: `0x57`, "ANSI", is written by programs whatever their text is in.
    pub(super) fn of_driver(byte: u8) -> Option<Self> {
        match byte {
            0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => {
                Self::of_number(437)
            }
            0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => {
                Self::of_number(850)
            }
            0x03 | 0x58 | 0x59 => Self::of_number(1252),
            0x04 => Self::of_number(10_000),
            0x13 | 0x7b => Self::of_number(932),
            0x26 | 0x65 => Self::of_number(866),
            0x4d | 0x7a => Self::of_number(936),
            0x4e | 0x79 => Self::of_number(949),
            0x4f | 0x78 => Self::of_number(950),
            0x50 | 0x7c => Self::of_number(874),
            0x7d => Self::of_number(1255),
            0x7e => Self::of_number(1256),
            0xc8 => Self::of_number(1250),
            0xc9 => Self::of_number(1251),
            0xca => Self::of_number(1254),
            0xcb => Self::of_number(1253),
            0xcc => Self::of_number(1257),
            _ => None,
        }
    }

    /// The code page of texts of which nothing says it: UTF-8 if all of them are that. Of the others they are
    /// Chinese or western.
    pub(super) fn of_texts<'t>(texts: impl Iterator<Item = &'t [u8]> + Clone) -> Self {
        // The width of a column may have cut the last character in two.
        let is_text = |page: Self, text: &[u8]| {
            let cut = &text[..text.len().saturating_sub(1)];
            page.decode(text).or_else(|| page.decode(cut)).is_some()
        };
        let is_in = |page: Self| texts.clone().all(|text| is_text(page, text));
        if is_in(Self::Web(UTF_8)) {
            return Self::Web(UTF_8);
        }
        if is_chinese(texts.clone()) && is_in(Self::Web(GB18030)) {
            Self::Web(GB18030)
        } else {
            Self::Web(WINDOWS_1252)
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> String {
        match self {
            Self::Web(encoding) => encoding.name().to_owned(),
            Self::Dos(number, _) => format!("OEM {number}"),
        }
    }

    /// A text, or `None` where it is in another code page.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Web(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(std::borrow::Cow::into_owned),
            Self::Dos(_, upper) => bytes
                .iter()
                .map(|byte| match byte.checked_sub(0x80) {
                    None => Some(char::from(*byte)),
                    Some(above) => upper.chars().nth(usize::from(above)),
                })
                .collect(),
        }
    }
}

/// GB 18030 holds all of GBK and GB 2312.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK {
        GB18030
    } else {
        encoding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(label: &str) -> Option<String> {
        CodePage::of_label(label).map(CodePage::name)
    }

    #[test]
    fn the_spellings_of_arcgis_and_others_are_understood() {
        for (labels, means) in [
            ("UTF-8|65001|utf8|UTF 8", "UTF-8"),
            ("GBK|936|cp936|ANSI 936|GB2312|GB18030|gb 2312", "gb18030"),
            (
                "1252|ANSI 1252|88591|ISO 88591|ISO-8859-1|8859-1|LDID/3",
                "windows-1252",
            ),
            ("ISO 885915|8859-15", "ISO-8859-15"),
            ("950|Big5|ANSI 950", "Big5"),
            ("932|Shift_JIS|cp932", "Shift_JIS"),
            ("949", "EUC-KR"),
            ("OEM 437|437|cp437", "OEM 437"),
            ("OEM850", "OEM 850"),
            ("ANSI 1251|windows-1251", "windows-1251"),
        ] {
            for label in labels.split('|') {
                assert_eq!(name(label).as_deref(), Some(means), "{label}");
            }
        }
        for label in ["Klingon", "", "OEM 999", "8859", "1252 or so"] {
            assert_eq!(name(label), None, "{label}");
        }
    }

    /// é is 0x82 in both code pages of DOS; 0xb5 is a corner of a box in one and Á in the other.
    #[test]
    fn code_pages_of_dos_have_their_own_letters() {
        for (number, letters) in [(437, "é╡"), (850, "éÁ")] {
            let page = CodePage::of_number(number).unwrap();
            assert_eq!(page.decode(&[0x82, 0xb5]).as_deref(), Some(letters));
            let CodePage::Dos(_, upper) = page else {
                panic!("of DOS")
            };
            assert_eq!(upper.chars().count(), 128);
        }
    }

    #[test]
    fn a_text_shows_whether_it_is_chinese_or_western() {
        let (chinese, _, _) = GB18030.encode("二级公路");
        let (western, _, _) = WINDOWS_1252.encode("Route départementale");
        let of = |text: &[u8]| CodePage::of_texts([text, b"plain"].into_iter()).name();
        assert_eq!(of(&chinese), "gb18030");
        assert_eq!(of(&western), "windows-1252");
        assert_eq!(of("二级".as_bytes()), "UTF-8");
    }
}
