//! Which columns a reader knows, and what is said of a header with others.

use super::error::TableError;
use crate::characters::{is_of_text, slips};
use crate::files::FileError;
use crate::language;

/// The columns that a reader knows. A table says them before it is read, so that no reader can pass
/// over a misspelt one in silence.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'c> {
    /// Each has to be there.
    pub required: &'c [&'c str],
    /// Each may be missing; one that ends in `_` begins the names of any number of columns.
    pub optional: &'c [&'c str],
    /// What becomes of columns that are neither.
    pub others: Others,
}

/// What becomes of columns that the reader does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They are an error: a table of ours has no other columns, so that one is a slip.
    Refused,
    /// They are left unused, since the format is also written by others with columns of their own. One
    /// that is a letter away from a known column which is missing is still a slip.
    Unused,
}

/// Any table may say in these how its rows are known.
const REMARKS: [&str; 5] = ["basis", "reason", "source", "note", "notes"];

/// Where the first is known, so is the second, as whoever reads the one reads the other.
const COMPANIONS: [(&str, &str); 5] = [
    ("name", "name_en"),
    ("name", "name_zh"),
    ("lon", "coordinates"),
    ("x_coord", "coordinates"),
    ("geometry", "coordinates"),
];

/// Names that are read, each with what else its language is called in names of columns.
const LANGUAGES: [(&str, &[&str]); 2] = [
    (
        "name_zh",
        &[
            "cn", "chi", "chn", "chs", "cht", "cmn", "zho", "zh_cn", "zh-cn", "chinese", "hans",
            "hant",
        ],
    ),
    (
        "name_en",
        &["eng", "en_us", "en-us", "en_gb", "en-gb", "english"],
    ),
];

/// Other languages of ISO 639-1 that are a letter away from these.
const NEAR_LANGUAGES: [&str; 20] = [
    "an", "bn", "ch", "ee", "el", "eo", "es", "et", "eu", "gn", "hz", "kn", "ln", "mn", "ne", "sn",
    "th", "tn", "za", "zu",
];

impl<'c> Columns<'c> {
    /// Columns that all have to be there, and no others.
    pub const fn of(required: &'c [&'c str]) -> Self {
        Self {
            required,
            optional: &[],
            others: Others::Refused,
        }
    }

    /// And columns that may be there.
    pub const fn and(self, optional: &'c [&'c str]) -> Self {
        Self { optional, ..self }
    }

    /// What it has of its own, for a table that may be given in its place with columns beside.
    pub fn own(&self) -> impl Iterator<Item = &'c str> + Clone + use<'c> {
        self.required.iter().chain(self.optional).copied()
    }

    /// Every column by its name.
    pub(super) fn names(&self) -> impl Iterator<Item = &'c str> + use<'c> {
        let named = self.own();
        let companions = COMPANIONS.iter().map(|(_, companion)| *companion);
        let knows = named.clone();
        let companions = companions.filter(move |companion| {
            let of = COMPANIONS.iter().filter(|(_, with)| with == companion);
            let mut of = of.map(|(of, _)| *of);
            of.any(|of| knows.clone().any(|name| name == of))
        });
        named.chain(companions)
    }

    /// Whether the reader knows the column.
    fn knows(&self, column: &str) -> bool {
        is_remark(column) || self.names().any(|name| is_of(column, name))
    }

    /// The name in a language that is read, where a column seems to be meant for it and nothing else is. Names in
    /// other languages are kept and not read.
    fn language_meant(&self, column: &str, header: &[String]) -> Option<&'static str> {
        let lower = column.to_lowercase();
        let language = lower.strip_prefix("name_")?;
        let (meant, _) = LANGUAGES.into_iter().find(|(read, others)| {
            let code = &read["name_".len()..];
            let is_near = language.len() <= 3
                && slips(language, code) <= 1
                && !NEAR_LANGUAGES.contains(&language);
            column != *read && (is_near || others.contains(&language))
        })?;
        let is_read = self.names().any(|name| name == meant);
        (is_read && !header.iter().any(|there| there == meant)).then_some(meant)
    }

    /// The columns of a header that the reader leaves unused.
    ///
    /// # Errors
    /// Every column that stands twice, that is not known and not left unused, or that is missing.
    pub(crate) fn check(
        &self,
        file: &str,
        line: u64,
        header: &[String],
    ) -> Result<Vec<String>, TableError> {
        // Large tables are read as bytes, in which nobody has looked for one.
        if header
            .first()
            .is_some_and(|first| first.starts_with("PK\u{3}\u{4}"))
        {
            return Err(FileError::Workbook {
                path: file.to_owned(),
            }
            .into());
        }
        if let Some(problem) = self.other_separator(header) {
            return Err(TableError::Shape {
                file: file.to_owned(),
                line,
                problem,
            });
        }
        let mut problems = Vec::new();
        let mut unused = Vec::new();
        let mut strange = Vec::new();
        for (index, column) in header.iter().enumerate() {
            if column.is_empty() {
                continue;
            }
            let before = &header[..index];
            if let Some(first) = before.iter().position(|earlier| earlier == column) {
                // Thrice is no news.
                if !before[first + 1..].contains(column) {
                    problems.push(format!(
                        "the column `{column}` stands twice (columns {} and {}); leave one of \
                         them out",
                        first + 1,
                        index + 1
                    ));
                }
            } else if let Some(meant) = self.language_meant(column, header) {
                problems.push(format!(
                    "no such column as `{column}` is known here; did you mean `{meant}`?"
                ));
            } else if !self.knows(column) {
                let meant = self.meant(column, header);
                match (self.others, meant) {
                    (Others::Unused, meant) if meant.is_none_or(|(_, slips)| slips > 1) => {
                        unused.push(column.clone());
                    }
                    (_, Some((meant, _))) => problems.push(format!(
                        "no such column as `{column}` is known here; did you mean `{meant}`?"
                    )),
                    (_, None) => strange.push(format!("`{column}`")),
                }
            }
        }
        if !strange.is_empty() {
            problems.push(format!(
                "no such column as {} is known here; leave it out, or call it `note`. Known are {}",
                strange.join(" or "),
                self.listed()
            ));
        }
        if !problems.is_empty() {
            return Err(TableError::Shape {
                file: file.to_owned(),
                line,
                problem: problems.join("; "),
            });
        }
        require(self.required, file, header)?;
        Ok(unused)
    }

    /// What is said of a header whose columns are parted by something else than commas: then they are one column.
    fn other_separator(&self, header: &[String]) -> Option<String> {
        let [all] = header else { return None };
        let separators = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
        let (_, words) = separators.into_iter().find(|(separator, _)| {
            let mut parts = all.split(*separator);
            all.contains(*separator) && parts.any(|part| self.knows(part.trim()))
        })?;
        Some(format!(
            "the columns are parted by {words}; they should be by commas, and decimals written with a point: save the              table again as CSV with commas (in LibreOffice choose the separator, in Excel set the list separator of the              system to a comma)"
        ))
    }

    fn listed(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for name in self.names() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    /// The known column that is probably meant, and by how many slips it differs: one that the header
    /// lacks before one that it has, then the nearest. None is within reach of more slips than one in
    /// three letters.
    fn meant(&self, column: &str, header: &[String]) -> Option<(&'c str, usize)> {
        // Others may remark what they like in their own tables.
        let remarks = REMARKS
            .into_iter()
            .filter(|_| self.others == Others::Refused);
        let known = self.names().chain(remarks);
        let known = known.map(|name| (name, slips(&column.to_lowercase(), name)));
        let near = known.filter(|(name, slips)| *slips <= (name.chars().count() / 3).max(1));
        near.min_by_key(|(name, slips)| (header.iter().any(|there| there == name), *slips))
            .filter(|(name, _)| {
                // What is left unused is a slip only where it leaves something missing.
                self.others == Others::Refused || !header.iter().any(|there| there == name)
            })
    }
}

/// Whether a known name is that of the column, or begins it.
pub(super) fn is_of(column: &str, known: &str) -> bool {
    column == known
        || known.ends_with('_') && column.starts_with(known)
        // An import keeps names in every language of the map.
        || known == "name" && language::of_column(column).is_some()
}

/// Whether any table may have the column.
pub(super) fn is_remark(column: &str) -> bool {
    REMARKS.contains(&column)
}

/// Complains unless every one of `columns` is in the header.
pub(super) fn require(columns: &[&str], file: &str, header: &[String]) -> Result<(), TableError> {
    let is_there = |column: &str| header.iter().any(|name| name == column);
    match columns.iter().find(|column| !is_there(column)) {
        None => Ok(()),
        Some(column) => Err(TableError::NoColumn {
            file: file.to_owned(),
            column: (*column).to_owned(),
            header: header.join(", "),
        }),
    }
}

/// Complains of a row with more or fewer fields than the header, a value below an empty name, or characters that are no
/// text: on a terminal they are orders to it.
pub(crate) fn check_fields(
    file: &str,
    line: u64,
    header: &[String],
    row: &csv::ByteRecord,
) -> Result<(), TableError> {
    if row.len() != header.len() {
        return Err(TableError::of_fields(file, line, row.len(), header.len()));
    }
    let mut fields = header.iter().zip(row.iter());
    let is_no_text = |field: &[u8]| {
        // Quick for the many that are: what is no text is below the space, or the last byte of ASCII, or begins so.
        let may_be = |byte: &u8| *byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef);
        field.iter().any(may_be) && !String::from_utf8_lossy(field).chars().all(is_of_text)
    };
    if let Some((column, field)) = fields.clone().find(|(_, field)| is_no_text(field)) {
        return Err(TableError::Value {
            file: file.to_owned(),
            line,
            column: column.clone(),
            value: String::from_utf8_lossy(field).escape_debug().to_string(),
            expected: "text without control characters and codes that stand for none".to_owned(),
        });
    }
    match fields.find(|(name, field)| name.is_empty() && !field.is_empty()) {
        None => Ok(()),
        Some((_, field)) => Err(TableError::Shape {
            file: file.to_owned(),
            line,
            problem: format!(
                "`{}` stands in a column without a name; name it in the first row",
                String::from_utf8_lossy(field)
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns<'_> = Columns::of(&["id", "lon", "lat"]).and(&["crew", "name"]);

    fn check(columns: Columns<'_>, header: &str) -> Result<Vec<String>, String> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let checked = columns.check("t.csv", 1, &header);
        checked.map_err(|error| error.to_string())
    }

    #[test]
    fn the_nearest_column_that_is_missing_is_meant() {
        // `lan` is one letter from `lon` and from `lat`.
        assert_eq!(
            check(COLUMNS, "id,lan,lat").unwrap_err(),
            "t.csv:1: no such column as `lan` is known here; did you mean `lon`?"
        );
        assert_eq!(
            check(COLUMNS, "id,lon,lat,Crew").unwrap_err(),
            "t.csv:1: no such column as `Crew` is known here; did you mean `crew`?"
        );
        assert_eq!(
            check(COLUMNS, "id,lon,lat,telephone").unwrap_err(),
            "t.csv:1: no such column as `telephone` is known here; leave it out, or call it `note`. \
             Known are id, lon, lat, crew, name, name_en, name_zh, coordinates"
        );
    }

    #[test]
    fn columns_that_are_not_parted_by_commas_are_recognised() {
        for (header, words) in [
            ("id;lon;lat", "semicolons"),
            ("id\tlon\tlat\tcrew", "tabs"),
            ("id|lon|lat", "bars"),
        ] {
            let error = check(COLUMNS, header).unwrap_err();
            let said = format!("t.csv:1: the columns are parted by {words}");
            assert!(error.starts_with(&said), "{error}");
        }
    }

    #[test]
    fn a_column_twice_and_a_misspelt_one_are_said_together() {
        assert_eq!(
            check(COLUMNS, "id,lon,lat,lon,crews").unwrap_err(),
            "t.csv:1: the column `lon` stands twice (columns 2 and 4); leave one of them out; no \
             such column as `crews` is known here; did you mean `crew`?"
        );
    }

    #[test]
    fn remarks_and_companions_are_known_everywhere() {
        let header = "id,lon,lat,name,name_en,coordinates,basis,reason,source,note,notes";
        assert_eq!(check(COLUMNS, header), Ok(Vec::new()));
        assert!(check(Columns::of(&["id"]), "id,coordinates").is_err());
    }

    /// Of `cn` the next letters are those of `en`: it is meant for Chinese all the same.
    #[test]
    fn a_name_in_a_language_that_is_read_has_its_own_column() {
        for (column, meant) in [
            ("name_cn", "name_zh"),
            ("name_chs", "name_zh"),
            ("name_zn", "name_zh"),
            ("name_ZH", "name_zh"),
            ("name_eng", "name_en"),
            ("name_e", "name_en"),
            ("name_een", "name_en"),
            ("name_eyn", "name_en"),
            ("name_zah", "name_zh"),
            ("name_EN", "name_en"),
        ] {
            let error = check(COLUMNS, &format!("id,lon,lat,name,{column}")).unwrap_err();
            assert!(
                error.ends_with(&format!("did you mean `{meant}`?")),
                "{error}"
            );
            // Beside the names that are read an import keeps those of a map, as far as they are of a language.
            let beside = format!("id,lon,lat,name,{column},{meant}");
            let is_kept = language::of_column(column).is_some();
            assert_eq!(check(COLUMNS, &beside).is_ok(), is_kept, "{column}");
        }
        for letter in 'a'..='z' {
            for slip in [
                format!("{letter}en"),
                format!("e{letter}n"),
                format!("en{letter}"),
            ] {
                let header = format!("id,lon,lat,name,name_{slip}");
                assert!(check(COLUMNS, &header).is_err(), "{slip}");
            }
        }
        let others = "id,lon,lat,name,name_es,name_th,name_bn,name_hak,name_zh-Hant,name_ja";
        assert_eq!(check(COLUMNS, others), Ok(Vec::new()));
    }

    #[test]
    fn columns_of_others_are_unused_unless_they_are_slips() {
        let columns = Columns {
            others: Others::Unused,
            ..COLUMNS
        };
        let unused = check(columns, "id,lon,lat,crew,crews,zone_id").unwrap();
        assert_eq!(unused, ["crews", "zone_id"]);
        assert!(
            check(columns, "id,lon,lat,crews")
                .unwrap_err()
                .contains("`crew`")
        );
        assert_eq!(check(columns, "id,lon,lat,crewed").unwrap(), ["crewed"]);
    }
}
