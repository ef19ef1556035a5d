//! Travel times of an instance: a long table, read row by row as it may have millions.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use super::decimal::Decimal;
use super::demand::Demand;
use crate::files::{FileError, Source};
use crate::siting::problem::{NEVER, Times};
use crate::table::{Columns, Faults, Lines, TableError, check_fields, unguarded};

/// No row has said anything yet.
const UNSAID: u32 = NEVER;
/// A row says that no road leads there.
const NO_ROAD: u32 = NEVER - 1;
/// The line of a row before somebody wants to know it.
const UNKNOWN: u64 = u64::MAX;
const COLUMNS: [&str; 3] = ["origin", "destination", "seconds"];

/// Times from sites to demand points, with the ids of the sites.
#[derive(Debug)]
pub struct TravelTimeTable {
    /// In milliseconds, sites in the order in which the table names them first.
    pub times: Times,
    /// The id of each site.
    pub sites: Vec<String>,
}

impl TravelTimeTable {
    /// Reads a table `origin,destination,seconds`, as `brigade matrix` writes it: origins are sites,
    /// destinations the points of `demand`. Seconds are kept to the millisecond; a pair without
    /// seconds, or without a row, has no road.
    ///
    /// # Errors
    /// When the table cannot be read, a pair stands in it twice, a time is no number of at least
    /// 0, or its destinations are not those of `demand`.
    pub fn read(path: &Path, demand: &Demand) -> Result<Self, TableError> {
        let file = path.display().to_string();
        let failed = |source: io::Error| {
            TableError::File(FileError::Io {
                path: path.display().to_string(),
                source,
            })
        };
        if !path.is_file() {
            // Says what stands beside it.
            Source::Disk(path.to_owned()).read()?;
        }
        let open = || -> io::Result<BufReader<File>> {
            let mut input = BufReader::with_capacity(1 << 20, File::open(path)?);
            if input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
                input.consume(3);
            }
            Ok(input)
        };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(open().map_err(failed)?);
        // Only faulty rows need their lines: the table is gone through again for them.
        let mut lines: Option<Lines<_>> = None;
        let mut line_of = |position: Option<&csv::Position>| -> Result<u64, TableError> {
            let start = position.map_or(0, csv::Position::byte);
            let lines = match &mut lines {
                Some(lines) => lines,
                None => lines.insert(Lines::of(open().map_err(failed)?)),
            };
            lines.of_record(start).map_err(failed)
        };
        let first = reader.byte_headers();
        let first = first.map_err(|error| TableError::of_shape(&file, 1, &error))?;
        let line = line_of(first.position())?;
        let header = first
            .iter()
            .map(|name| text(name.trim_ascii()).into_owned());
        let header: Vec<String> = header.collect();
        Columns::of(&COLUMNS).check(&file, line, &header)?;
        let columns = COLUMNS.map(|column| header.iter().position(|name| name == column));
        let columns = columns.map(Option::unwrap_or_default);
        let mut rows = Rows {
            file: &file,
            demand,
            millis: Vec::new(),
            sites: Vec::new(),
            by_id: HashMap::new(),
            last: None,
        };
        let mut faults = Faults::default();
        let mut record = csv::ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    let line = line_of(error.position())?;
                    return Err(TableError::of_shape(&file, line, &error));
                }
            }
            if record.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            let taken = check_fields(&file, UNKNOWN, &header, &record).and_then(|()| {
                let fields = columns.map(|column| unguarded(record[column].trim_ascii()));
                rows.take(fields)
            });
            if let Err(error) = taken {
                let line = if faults.names_more() {
                    line_of(record.position())?
                } else {
                    UNKNOWN
                };
                faults.take(error.on_line(line))?;
            }
        }
        faults.none(&file)?;
        rows.finish()
    }
}

/// What the rows have said so far.
struct Rows<'a> {
    file: &'a str,
    demand: &'a Demand,
    millis: Vec<u32>,
    sites: Vec<String>,
    by_id: HashMap<Vec<u8>, usize>,
    /// Site and point of the last row.
    last: Option<(usize, usize)>,
}

/// UTF-8, or GB 18030 as Excel saves plain CSV on a Chinese Windows.
fn text(field: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(field).0,
    }
}

impl Rows<'_> {
    fn bad(&self, column: &str, value: &[u8], expected: &str) -> TableError {
        TableError::Value {
            file: self.file.to_owned(),
            line: UNKNOWN,
            column: column.to_owned(),
            value: text(value).into_owned(),
            expected: expected.to_owned(),
        }
    }

    fn take(&mut self, fields: [&[u8]; 3]) -> Result<(), TableError> {
        let [origin, destination, seconds] = fields;
        let site = self.site(origin)?;
        let point = self.point(destination)?;
        let time = if seconds.is_empty() {
            NO_ROAD
        } else {
            let time = Decimal::read(seconds).map(|seconds| seconds.in_units_of(3));
            let time = time.and_then(|time| u32::try_from(time).ok());
            time.filter(|time| *time < NO_ROAD).ok_or_else(|| {
                let expected = "seconds of at least 0 and less than 49 days, or empty where no \
                                road leads";
                self.bad("seconds", seconds, expected)
            })?
        };
        let entry = &mut self.millis[site * self.demand.ids.len() + point];
        if *entry != UNSAID {
            return Err(TableError::Shape {
                file: self.file.to_owned(),
                line: UNKNOWN,
                problem: format!(
                    "the pair {},{} is already on an earlier line; give each pair one row",
                    text(origin),
                    text(destination)
                ),
            });
        }
        *entry = time;
        self.last = Some((site, point));
        Ok(())
    }

    /// The site of an id: most often that of the row before.
    fn site(&mut self, id: &[u8]) -> Result<usize, TableError> {
        if let Some((site, _)) = self.last
            && self.sites[site].as_bytes() == id
        {
            return Ok(site);
        }
        if let Some(site) = self.by_id.get(id) {
            return Ok(*site);
        }
        if id.is_empty() {
            return Err(self.bad("origin", id, "the id of a site"));
        }
        let site = self.sites.len();
        self.sites.push(text(id).into_owned());
        self.by_id.insert(id.to_owned(), site);
        let longer = self.millis.len() + self.demand.ids.len();
        self.millis.resize(longer, UNSAID);
        Ok(site)
    }

    /// The point of an id: most often the next one.
    fn point(&self, id: &[u8]) -> Result<usize, TableError> {
        let next = self.last.map_or(0, |(_, point)| point + 1) % self.demand.ids.len();
        if self.demand.ids[next].as_bytes() == id {
            return Ok(next);
        }
        self.demand.index_of(&text(id)).ok_or_else(|| {
            let expected = format!("an id of {}", self.demand.file);
            self.bad("destination", id, &expected)
        })
    }

    fn finish(mut self) -> Result<TravelTimeTable, TableError> {
        let points = self.demand.ids.len();
        if self.sites.is_empty() {
            return Err(TableError::NoRows {
                file: self.file.to_owned(),
                hint: "each row is a pair: origin,destination,seconds".to_owned(),
            });
        }
        let mut named = vec![false; points];
        for row in self.millis.chunks(points) {
            named
                .iter_mut()
                .zip(row)
                .for_each(|(named, time)| *named |= *time != UNSAID);
        }
        if let Some(point) = named.iter().position(|named| !named) {
            return Err(TableError::Value {
                file: self.demand.file.clone(),
                line: self.demand.lines[point],
                column: "id".to_owned(),
                value: self.demand.ids[point].clone(),
                expected: format!("a destination of {}, where it is in no row", self.file),
            });
        }
        for time in &mut self.millis {
            *time = if *time >= NO_ROAD { NEVER } else { *time };
        }
        Ok(TravelTimeTable {
            times: Times::new(points, self.millis),
            sites: self.sites,
        })
    }
}
