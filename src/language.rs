//! The two languages in which results are written.

/// The language of charts, tables and reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// 中文
    #[default]
    #[value(name = "zh")]
    Chinese,
    /// English
    #[value(name = "en")]
    English,
}

/// A name for readers of Chinese and of English.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Name {
    /// The Chinese name; the one on the ground where the table gives none.
    #[serde(rename = "name")]
    pub local: String,
    /// The English name; the one on the ground where the table gives none.
    #[serde(rename = "name_en")]
    pub english: String,
}

impl Name {
    /// The name for readers of `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.local,
            Language::English => &self.english,
        }
    }
}

/// What the columns of names in further languages begin with: `name_zh`.
pub const NAME_IN: &str = "name_";

/// `data/language-codes.txt`: the codes of ISO 639-1, with `sh`, which maps still use.
const CODES: &str = include_str!("../data/language-codes.txt");

/// Whether a text may name a language: a code of ISO 639-1, or three letters as those of ISO 639-3, of which there are
/// thousands; perhaps with a script, region or variant after it (`zh-Hant`, `ja_rm`, `be-x-old`).
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    let code = parts.next().unwrap_or_default();
    let is_code = match code.len() {
        2 => CODES.split_ascii_whitespace().any(|known| known == code),
        length => length == 3 && code.bytes().all(|letter| letter.is_ascii_lowercase()),
    };
    let is_subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    is_code && parts.all(is_subtag)
}

/// The language in which a column of a table has names, where it is such a column.
pub fn of_column(column: &str) -> Option<&str> {
    column.strip_prefix(NAME_IN).filter(|tag| is_language(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_codes_and_other_columns_have_not() {
        for column in [
            "name_zh",
            "name_zh-Hant",
            "name_zh_pinyin",
            "name_be-tarask",
            "name_yue",
            "name_vep",
            "name_be-x-old",
            "name_id",
        ] {
            assert!(of_column(column).is_some(), "{column}");
        }
        for column in [
            "name_type",
            "name_1",
            "name_full",
            "name_",
            "name",
            "name_left",
            "name_zh-",
            "name_ZH",
            "name_cn",
        ] {
            assert_eq!(of_column(column), None, "{column}");
        }
    }
}
