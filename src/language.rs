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
