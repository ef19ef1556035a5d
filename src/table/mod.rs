//! CSV tables as planners keep them, read so that every complaint names file, line and column.

mod columns;
mod error;
mod faults;
mod guard;
mod lines;
mod rows;
pub mod spreadsheet;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::str::FromStr;

use crate::basis::Basis;
use crate::characters::MAX_NAME;
use crate::files::Source;
use crate::geography::LonLat;
use crate::geography::datum::{self, Datum};
use crate::language::Name;
use crate::progress::{Unit, Work};

pub(crate) use columns::check_fields;
pub use columns::{Columns, Others};
pub use error::TableError;
pub(crate) use faults::Faults;
pub(crate) use guard::unguarded;
pub use guard::{field, guarded};
pub(crate) use lines::Lines;

use rows::Rows;

/// No number of a table is larger, be it people, yuan or square metres: sums of them stay numbers.
const LARGEST: f64 = 1e12;

/// A table in memory, with the line of every row.
#[derive(Debug)]
pub struct Table {
    file: String,
    header: Vec<String>,
    /// Columns of others, which the reader does not know.
    unused: Vec<String>,
    /// Every column that the reader said it knows, where that is checked.
    #[cfg(debug_assertions)]
    known: Vec<String>,
    rows: Rows,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    /// The line in the file, counted from 1.
    pub line: u64,
    /// Which one it is, counted from 0.
    number: usize,
}

/// Columns of a table that no reader knows, where those of others are left unused.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UnusedColumns {
    /// The table.
    pub file: String,
    pub columns: Vec<String>,
}

/// The line of the first row of a table in which each of these columns has its value; `None` where there is
/// none or the table cannot be read.
pub fn line_of(source: &Source, values: &[(&str, &str)]) -> Option<u64> {
    let required: Vec<&str> = values.iter().map(|(column, _)| *column).collect();
    let columns = Columns {
        required: &required,
        optional: &[],
        others: Others::Unused,
    };
    let table = Table::read(source, &columns).ok()?;
    let is_it =
        |row: &Row<'_>| (values.iter()).all(|(column, value)| row.optional(column) == Some(value));
    table.rows().find(is_it).map(|row| row.line)
}

/// How much of a large table is read between one word on it and the next.
const BYTES_TO_TELL: usize = 1 << 20;
const ROWS_TO_TELL: usize = 20_000;

impl Table {
    /// Reads a table with a header row, of whose columns the reader knows `columns`; blank lines are
    /// passed over.
    ///
    /// # Errors
    /// When the file cannot be read, a column is missing, not known or there twice, or rows have more or
    /// fewer fields than the header.
    pub fn read(source: &Source, columns: &Columns<'_>) -> Result<Self, TableError> {
        Self::parse(source.to_string(), &source.read_text()?, columns)
    }

    /// Reads a table from text; `file` is the name used in errors.
    ///
    /// # Errors
    /// As [`Table::read`], and when a quote is not closed.
    pub fn parse(file: String, text: &str, columns: &Columns<'_>) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut lines = Lines::of(text.as_bytes());
        let mut line_of = |position: Option<&csv::Position>| {
            let line = lines.of_record(position.map_or(0, csv::Position::byte));
            line.expect("a text in memory can be read")
        };
        let header = reader.headers();
        let header = header.map_err(|error| TableError::of_shape(&file, 1, &error))?;
        let line = line_of(header.position());
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        let unused = columns.check(&file, line, &header)?;
        let mut rows = Rows::default();
        let mut faults = Faults::default();
        let mut record = csv::StringRecord::new();
        let work = Work::new("reading a table", text.len(), Unit::Bytes);
        let mut told = 0;
        while reader
            .read_record(&mut record)
            .map_err(|error| TableError::of_shape(&file, line_of(error.position()), &error))?
        {
            // Excel leaves rows of commas where a planner has cleared the cells.
            if record.iter().all(str::is_empty) {
                continue;
            }
            let line = line_of(record.position());
            if let Err(error) = columns::check_fields(&file, line, &header, record.as_byte_record())
            {
                faults.take(error)?;
            }
            rows.add(line, record.iter().map(without_guard));
            let read = record.position().map_or(0, csv::Position::byte) as usize;
            if read >= told + BYTES_TO_TELL {
                work.add(read - told);
                told = read;
            }
        }
        faults.none(&file)?;
        Ok(Self {
            file,
            header,
            unused,
            #[cfg(debug_assertions)]
            known: columns.names().map(str::to_owned).collect(),
            rows,
        })
    }

    /// Reads every row with `read`; the values of each of the columns `unique` stand once.
    ///
    /// # Errors
    /// Every row that cannot be used.
    pub fn each<'t, T>(
        &'t self,
        unique: &[&str],
        mut read: impl FnMut(&Row<'t>) -> Result<T, TableError>,
    ) -> Result<Vec<T>, TableError> {
        let mut values = Vec::with_capacity(self.rows.lines().len());
        let mut faults = Faults::default();
        let mut firsts: Vec<HashMap<&str, u64>> = vec![HashMap::new(); unique.len()];
        let work = Work::new("reading rows", self.rows.lines().len(), Unit::Count("rows"));
        for row in self.rows() {
            if (row.number + 1).is_multiple_of(ROWS_TO_TELL) {
                work.add(ROWS_TO_TELL);
            }
            let is_first = (unique.iter().zip(&mut firsts))
                .try_for_each(|(column, firsts)| row.is_first(column, firsts));
            // Read all the same: others may refer to it.
            match is_first.and(read(&row)) {
                Ok(value) => values.push(value),
                Err(error) => faults.take(error)?,
            }
        }
        faults.none(&self.file)?;
        Ok(values)
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        let lines = self.rows.lines().iter().enumerate();
        lines.map(|(number, line)| Row {
            table: self,
            line: *line,
            number,
        })
    }

    /// The columns that the reader does not know, where it leaves those of others unused.
    pub fn unused(&self) -> Option<UnusedColumns> {
        (!self.unused.is_empty()).then(|| UnusedColumns {
            file: self.file.clone(),
            columns: self.unused.clone(),
        })
    }

    /// The name of the file, for errors.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The columns, in their order.
    pub fn header(&self) -> &[String] {
        &self.header
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

    /// Complains unless every one of `columns` is there: columns that one row needs, or that a table needs
    /// where it lacks others.
    ///
    /// # Errors
    /// Names the first that is missing and those that are there.
    pub fn require_columns(&self, required: &[&str]) -> Result<(), TableError> {
        columns::require(required, &self.file, &self.header)
    }

    /// Complains when the table has no rows; `hint` says what a row would be.
    ///
    /// # Errors
    /// When there are no rows.
    pub fn require_rows(&self, hint: &str) -> Result<(), TableError> {
        if self.rows.lines().is_empty() {
            return Err(TableError::NoRows {
                file: self.file.clone(),
                hint: hint.to_owned(),
            });
        }
        Ok(())
    }
}

impl<'t> Row<'t> {
    /// The field of `column`, or `None` when the column is absent or the field empty.
    pub fn optional(&self, column: &str) -> Option<&'t str> {
        #[cfg(debug_assertions)]
        assert!(
            columns::is_remark(column)
                || self
                    .table
                    .known
                    .iter()
                    .any(|known| columns::is_of(column, known)),
            "{}: a reader has to say that it knows the column `{column}`",
            self.table.file
        );
        let index = self.table.header.iter().position(|name| name == column)?;
        let field = self.table.rows.field(self.number, index);
        field.filter(|field| !field.is_empty())
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
        if (0.0..=LARGEST).contains(&number) {
            Ok(number)
        } else {
            let expected = format!("a number of at least 0 and at most {LARGEST}");
            Err(self.bad_value(column, &expected))
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
        let is_on_earth = |degrees: f64, most: f64| degrees.abs() <= most;
        if position.is_valid() {
            Ok(self.datum()?.to_wgs84(position))
        } else if (LonLat {
            lon: position.lat,
            lat: position.lon,
        })
        .is_valid()
        {
            Err(self.bad_value(lat, "degrees north; longitude and latitude seem exchanged"))
        } else if is_on_earth(position.lon, 180.0) {
            Err(self.bad_value(lat, "degrees north, from -90 to 90"))
        } else {
            Err(self.bad_value(lon, "degrees east, from -180 to 180"))
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

    /// The columns `name`, `name_zh` and `name_en`, of which the second and third may be absent or empty: then
    /// the name stands for them.
    ///
    /// # Errors
    /// When there is no name.
    pub fn name(&self) -> Result<Name, TableError> {
        let name = self.text("name")?;
        for column in ["name", "name_zh", "name_en"] {
            self.not_too_long(column)?;
        }
        let or_name = |column| self.optional(column).unwrap_or(name).to_owned();
        Ok(Name {
            local: or_name("name_zh"),
            english: or_name("name_en"),
        })
    }

    /// The column `basis`.
    ///
    /// # Errors
    /// When it is absent or not one of the four words.
    pub fn basis(&self) -> Result<Basis, TableError> {
        self.parse("basis", Basis::WORDS)
    }

    /// Complains of a name or code that no chart could show.
    fn not_too_long(&self, column: &str) -> Result<(), TableError> {
        let is_too_long = |text: &str| text.chars().nth(MAX_NAME).is_some();
        match self.optional(column) {
            Some(text) if is_too_long(text) => {
                Err(self.bad_value(column, &format!("{MAX_NAME} characters at most")))
            }
            _ => Ok(()),
        }
    }

    /// Complains when a value of `column` is empty, too long or in `firsts`, which has the lines of those before.
    fn is_first(&self, column: &str, firsts: &mut HashMap<&'t str, u64>) -> Result<(), TableError> {
        let id = self.text(column)?;
        self.not_too_long(column)?;
        match firsts.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(self.line);
                Ok(())
            }
            Entry::Occupied(first) => Err(TableError::Duplicate {
                file: self.table.file.clone(),
                line: self.line,
                id: id.to_owned(),
                first: *first.get(),
            }),
        }
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

/// The field as whoever wrote it meant it.
fn without_guard(field: &str) -> &str {
    &field[field.len() - unguarded(field.as_bytes()).len()..]
}

#[cfg(test)]
mod tests;
