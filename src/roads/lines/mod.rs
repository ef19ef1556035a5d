//! Roads from a layer of lines, as planning and transport offices keep them: GeoJSON or a
//! shapefile, with columns of the office's own.
//!
//! [`geojson`] and [`shapefile`] read the [`Layer`], a [`mapping`] says what its columns mean,
//! [`noding`] finds where the lines meet, and [`network`] makes the road graph of it all.

pub mod anchors;
mod code_page;
mod dbf;
pub mod geojson;
pub mod mapping;
pub mod network;
pub mod noding;
#[cfg(test)]
mod noding_tests;
pub mod segments;
pub mod shapefile;
pub mod understanding;

use std::collections::BTreeMap;

use crate::files::FileError;
use crate::geography::LonLat;
use crate::geography::crs::meaning::Meaning;
use crate::geography::crs::{Crs, NoPosition};

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its features, in the order of the file.
    pub features: Vec<LineFeature>,
    /// The columns that it has.
    pub columns: Vec<String>,
    /// Whether every feature has every column, so that a missing one is a slip of the mapping.
    pub is_table: bool,
    /// What its coordinates are.
    pub coordinates: Meaning,
    /// The code page of its texts, where a file may have any.
    pub text: Option<TextPage>,
}

impl Layer {
    /// Its south-western and north-eastern corner; `None` without any line.
    pub fn span(&self) -> Option<[LonLat; 2]> {
        let lines = self.features.iter().flat_map(|feature| &feature.lines);
        let mut points = lines.flatten().flatten();
        let first = *points.next()?;
        Some(points.fold([first; 2], |[least, most], point| {
            [
                LonLat {
                    lon: least.lon.min(point.lon),
                    lat: least.lat.min(point.lat),
                },
                LonLat {
                    lon: most.lon.max(point.lon),
                    lat: most.lat.max(point.lat),
                },
            ]
        }))
    }

    /// How many features would have a point that is `near` with their degrees the other way round.
    pub fn exchanged_within(&self, near: impl Fn(LonLat) -> bool) -> usize {
        let exchanged = |point: &LonLat| LonLat {
            lon: point.lat,
            lat: point.lon,
        };
        let is_near = |feature: &&LineFeature| {
            let lines = feature.lines.iter().flatten();
            lines.flatten().any(|point| near(exchanged(point)))
        };
        self.features.iter().filter(is_near).count()
    }
}

/// The code page of a table's texts, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextPage {
    pub name: String,
    pub by: PageBy,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageBy {
    /// The file beside it.
    Cpg,
    /// The language driver of its header.
    Header,
    /// Nobody; it is what its texts look like.
    #[default]
    Look,
}

/// One feature: a road, or several stretches of it.
#[derive(Clone, Debug, PartialEq)]
pub struct LineFeature {
    /// Its number in the file, counted from 1.
    pub number: usize,
    /// Its lines in WGS 84, or why it has none.
    pub lines: Result<Vec<Vec<LonLat>>, NoLine>,
    /// Its values by column, as text; empty ones are left out.
    pub values: BTreeMap<String, String>,
}

/// The position of a point of feature `number` of `file`.
///
/// # Errors
/// When it is none.
fn position(crs: &Crs, file: &str, number: usize, [x, y]: [f64; 2]) -> Result<LonLat, LinesError> {
    crs.position(x, y)
        .map_err(|problem| LinesError::NoPosition {
            file: file.to_owned(),
            feature: number,
            problem,
        })
}

/// Why a feature is no road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoLine {
    /// It has no geometry at all.
    NoGeometry,
    /// It is a point or several.
    Points,
    Area,
    /// It was deleted in its table, though not in its file of shapes.
    Deleted,
}

/// What can be wrong with a layer of lines or its mapping.
#[derive(Debug, thiserror::Error)]
pub enum LinesError {
    /// A file as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// The name of the file does not say what it is.
    #[error(
        "{file}: this is neither GeoJSON nor a shapefile by its name; name a file that ends in \
         .geojson, .json or .shp"
    )]
    Format { file: String },
    /// A part of a shapefile is not there.
    #[error("{file}: a shapefile needs this file beside its .shp; {remedy}")]
    NoCompanion {
        /// The file that is missing.
        file: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The file cannot be understood.
    #[error("{file}: {problem}")]
    Damaged {
        file: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The coordinates are in a system that is not converted here.
    #[error("{file}: {problem}")]
    Coordinates {
        /// The file that says so.
        file: String,
        /// What it says and what to do.
        problem: String,
    },
    /// A feature lies off the earth, or far off its map.
    #[error("{file}: feature {feature}: {problem}")]
    NoPosition {
        file: String,
        /// The number of the feature, counted from 1.
        feature: usize,
        problem: NoPosition,
    },
    /// The mapping cannot be used.
    #[error("{file}: {problem}")]
    Mapping {
        /// The mapping.
        file: String,
        /// The key, what is wrong and what would be right.
        problem: String,
    },
    /// The mapping names a column that is not there.
    #[error("{mapping}: `{key}` names the column `{column}`, but {file} has {columns}")]
    NoColumn {
        mapping: String,
        /// The key of the mapping.
        key: &'static str,
        column: String,
        /// The layer.
        file: String,
        /// The columns that are there.
        columns: String,
    },
    /// There is nothing in the layer.
    #[error(
        "{file}: the layer is empty: it has no features; export it again, without a filter or a \
         selection"
    )]
    Empty {
        /// The layer.
        file: String,
    },
    /// No feature became a road.
    #[error("{file}: none of its {features} features became a road ({reasons}); {hint}")]
    NoRoads {
        /// The layer.
        file: String,
        /// How many features it has.
        features: usize,
        /// Why, with counts.
        reasons: String,
        /// What to look at.
        hint: String,
    },
    /// Roads on both sides of 180°.
    #[error(
        "{file}: the roads lie on both sides of the meridian of 180°, across which nothing is measured here; cut \
         the layer to one side, or give a --boundary that lies on one"
    )]
    AcrossAntimeridian {
        /// The layer.
        file: String,
    },
    /// No two points can be driven between there and back.
    #[error(
        "{file}: the roads of this file lead nowhere and back: no two junctions are connected in \
         both directions; a larger `tolerance`, `join_crossings = true` or the `direction` of the \
         mapping may be at fault"
    )]
    NotConnected {
        /// The layer.
        file: String,
    },
}
