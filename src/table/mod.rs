//! CSV tables as planners keep them, read so that every complaint names file, line and column.

mod error;

use std::collections::HashMap;
use std::str::FromStr;

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::datum::{self, Datum};
use crate::language::Name;

pub use error::TableError;

/// A table in memory, with the line of every row.
#[derive(Debug)]
pub struct Table {
    file: String,
    header: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    /// The line in the file, counted from 1.
    pub line: u64,
    record: &'t csv::StringRecord,
}

impl Table {
    /// Reads a table with a header row; blank lines are passed over.
    ///
    /// # Errors
    /// When the file cannot be read, or a row has more or fewer fields than the header.
    pub fn read(source: &Source) -> Result<Self, TableError> {
        Self::parse(source.to_string(), &source.read_text()?)
    }

    /// Reads a table from text; `file` is the name used in errors.
    ///
    /// # Errors
    /// When a row has more or fewer fields than the header, or a quote is not closed.
    pub fn parse(file: String, text: &str) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let shape = |error: csv::Error| TableError::of_shape(&file, &error);
        let header: Vec<String> = reader
            .headers()
            .map_err(shape)?
            .iter()
            .map(str::to_owned)
            .collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(shape)?;
            let line = record.position().map_or(0, csv::Position::line);
            // Excel leaves rows of commas where a planner has cleared the cells.
            if record.iter().any(|field| !field.is_empty()) {
                rows.push((line, record));
            }
        }
        Ok(Self { file, header, rows })
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row {
            table: self,
            line: *line,
            record,
        })
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The name of the file, for errors.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whether the column is there.
    pub fn has_column(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// What the column `name` is called here, which older files call `former`.
    ///
    /// # Errors
    /// When both are there.
    pub fn renamed(
        &self,
        name: &'static str,
        former: &'static str,
    ) -> Result<&'static str, TableError> {
        match (self.has_column(name), self.has_column(former)) {
            (true, true) => Err(TableError::Shape {
                file: self.file.clone(),
                line: 1,
                problem: format!(
                    "`{former}` is the former name of the column `{name}`; leave one of them out"
                ),
            }),
            (false, true) => Ok(former),
            _ => Ok(name),
        }
    }

    /// Complains unless every one of `columns` is there.
    ///
    /// # Errors
    /// Names the first that is missing and those that are there.
    pub fn require_columns(&self, columns: &[&str]) -> Result<(), TableError> {
        match columns.iter().find(|column| !self.has_column(column)) {
            None => Ok(()),
            Some(column) => Err(TableError::NoColumn {
                file: self.file.clone(),
                column: (*column).to_owned(),
                header: self.header.join(", "),
            }),
        }
    }

    /// Complains when the table has no rows; `hint` says what a row would be.
    ///
    /// # Errors
    /// When there are no rows.
    pub fn require_rows(&self, hint: &str) -> Result<(), TableError> {
        if self.rows.is_empty() {
            return Err(TableError::NoRows {
                file: self.file.clone(),
                hint: hint.to_owned(),
            });
        }
        Ok(())
    }

    /// Complains when a value of `column` is empty or stands on two rows.
    ///
    /// # Errors
    /// Names both lines.
    pub fn require_unique(&self, column: &str) -> Result<(), TableError> {
        let mut first_line: HashMap<&str, u64> = HashMap::with_capacity(self.rows.len());
        for row in self.rows() {
            let id = row.text(column)?;
            if let Some(first) = first_line.insert(id, row.line) {
                return Err(TableError::Duplicate {
                    file: self.file.clone(),
                    line: row.line,
                    id: id.to_owned(),
                    first,
                });
            }
        }
        Ok(())
    }
}

impl<'t> Row<'t> {
    /// The field of `column`, or `None` when the column is absent or the field empty.
    pub fn optional(&self, column: &str) -> Option<&'t str> {
        let index = self.table.header.iter().position(|name| name == column)?;
        self.record.get(index).filter(|field| !field.is_empty())
    }

    /// Whether the table has the column.
    pub fn has_column(&self, column: &str) -> bool {
        self.table.has_column(column)
    }

    /// The field of `column`.
    ///
    /// # Errors
    /// When the column is absent or the field empty.
    pub fn text(&self, column: &str) -> Result<&'t str, TableError> {
        match self.optional(column) {
            Some(text) => Ok(text),
            None => {
                self.table.require_columns(&[column])?;
                Err(self.bad_value(column, "filled in"))
            }
        }
    }

    /// The field of `column`, understood as a `T`; `expected` says what would be right.
    ///
    /// # Errors
    /// When the field is absent, empty or not a `T`.
    pub fn parse<T: FromStr>(&self, column: &str, expected: &str) -> Result<T, TableError> {
        self.text(column)?
            .parse()
            .map_err(|_| self.bad_value(column, expected))
    }

    /// As [`Row::parse`], with `None` for an absent or empty field.
    ///
    /// # Errors
    /// When the field is not a `T`.
    pub fn parse_optional<T: FromStr>(
        &self,
        column: &str,
        expected: &str,
    ) -> Result<Option<T>, TableError> {
        self.optional(column)
            .map(|_| self.parse(column, expected))
            .transpose()
    }

    /// The field of `column` as a number of at least zero.
    ///
    /// # Errors
    /// When it is absent, not a number, negative or not finite.
    pub fn non_negative(&self, column: &str) -> Result<f64, TableError> {
        let number: f64 = self.parse(column, "a number")?;
        if number.is_finite() && number >= 0.0 {
            Ok(number)
        } else {
            Err(self.bad_value(column, "a number of at least 0"))
        }
    }

    /// The columns `lon` and `lat`, converted to WGS 84 where the column `coordinates` says that
    /// they are something else ([`Row::datum`]).
    ///
    /// # Errors
    /// When either is absent, not a number or not on the earth, or the datum is not known.
    pub fn position(&self) -> Result<LonLat, TableError> {
        self.position_in("lon", "lat")
    }

    /// As [`Row::position`], from other columns.
    ///
    /// # Errors
    /// When either is absent, not a number or not on the earth, or the datum is not known.
    pub fn position_in(&self, lon: &str, lat: &str) -> Result<LonLat, TableError> {
        let position = LonLat {
            lon: self.parse(lon, "degrees east as a number, such as 115.76499")?,
            lat: self.parse(lat, "degrees north as a number, such as 23.92961")?,
        };
        if position.is_valid() {
            Ok(self.datum()?.to_wgs84(position))
        } else if (LonLat {
            lon: position.lat,
            lat: position.lon,
        })
        .is_valid()
        {
            Err(self.bad_value(lat, "degrees north; longitude and latitude seem exchanged"))
        } else {
            Err(self.bad_value(lon, "a position on the earth: degrees east and north"))
        }
    }

    /// The column `coordinates`: what the degrees of this row are; WGS 84 where it is absent or empty.
    ///
    /// # Errors
    /// When it names no system that is known.
    pub fn datum(&self) -> Result<Datum, TableError> {
        let datum = self.parse_optional("coordinates", datum::KNOWN)?;
        Ok(datum.unwrap_or_default())
    }

    /// The columns `name` and `name_en`, the second of which may be absent or empty.
    ///
    /// # Errors
    /// When there is no name.
    pub fn name(&self) -> Result<Name, TableError> {
        let local = self.text("name")?.to_owned();
        let english = self.optional("name_en").unwrap_or(&local).to_owned();
        Ok(Name { local, english })
    }

    /// The column `basis`.
    ///
    /// # Errors
    /// When it is absent or not one of the four words.
    pub fn basis(&self) -> Result<Basis, TableError> {
        self.parse("basis", Basis::WORDS)
    }

    /// The error for a value of this row that cannot be used.
    pub fn bad_value(&self, column: &str, expected: &str) -> TableError {
        TableError::Value {
            file: self.table.file.clone(),
            line: self.line,
            column: column.to_owned(),
            value: self.optional(column).unwrap_or_default().to_owned(),
            expected: expected.to_owned(),
        }
    }
}

/// A text as a CSV field, in quotes where it needs them.
pub fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table, TableError> {
        Table::parse("sites.csv".to_owned(), text)
    }

    #[test]
    fn an_error_names_file_line_column_and_what_would_be_right() {
        let table = table("id,lon,lat\na,115.1,23.2\nb,east,23.2\n").unwrap();
        let error = table.rows().nth(1).unwrap().position().unwrap_err();
        assert_eq!(
            error.to_string(),
            "sites.csv:3: column `lon`: `east` is not usable; it should be degrees east as a \
             number, such as 115.76499"
        );
    }

    #[test]
    fn exchanged_degrees_are_recognised() {
        let table = table("id,lon,lat\na,23.2,115.1\n").unwrap();
        let error = table.rows().next().unwrap().position().unwrap_err();
        assert!(error.to_string().contains("exchanged"), "{error}");
    }

    /// The GCJ-02 position is that of 水寨 (115.77, 23.93), worked out in `geography::datum`.
    #[test]
    fn each_row_may_say_what_its_degrees_are() {
        let table = table(
            "id,lon,lat,coordinates\na,115.77,23.93,\nb,115.774747722,23.927331784,gcj02\n\
             c,115.77,23.93,xian80\n",
        )
        .unwrap();
        let mut positions = table.rows().map(|row| row.position());
        let [a, b] = [(); 2].map(|()| positions.next().unwrap().unwrap());
        assert!(a.distance(b).0 < 0.01, "{a} {b}");
        let error = positions.next().unwrap().unwrap_err().to_string();
        assert!(
            error.starts_with("sites.csv:4: column `coordinates`: `xian80`"),
            "{error}"
        );
        assert!(error.contains("gcj02 (Amap, Tencent)"), "{error}");
    }

    #[test]
    fn a_second_row_with_the_same_id_names_the_first() {
        let error = table("id\na\nb\na\n")
            .unwrap()
            .require_unique("id")
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "sites.csv:4: the id `a` is already on line 2; give each row its own"
        );
    }

    #[test]
    fn a_short_row_is_counted() {
        let error = table("id,lon\na,1\nb\n").unwrap_err();
        assert!(
            error.to_string().starts_with("sites.csv:3: 1 fields"),
            "{error}"
        );
    }

    #[test]
    fn rows_of_commas_are_no_rows() {
        assert_eq!(table("id,lon\na,1\n,\n").unwrap().rows().count(), 1);
    }
}
