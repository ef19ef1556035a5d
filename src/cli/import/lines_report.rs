//! What an import of lines read, kept, dropped and joined: `import.json`, and the same as text.

use std::collections::BTreeMap;
use std::fmt;

use super::report::Lengths;
use super::report::roads::LeftOutRoads;
use super::report::text::most_frequent;
use super::report::words::{in_words, no_road};
use crate::cli::console::{counted, number_of};
use crate::cli::data_words;
use crate::files::Source;
use crate::format::Format;
use crate::format::indented_json;
use crate::geography::LonLat;
use crate::roads::drivable::LeftOut;
use crate::roads::graph::RoadGraph;
use crate::roads::lines::Layer;
use crate::roads::lines::mapping::Mapping;
use crate::roads::lines::network::LinesNetwork;
use crate::roads::lines::noding::NodingCounts;
use crate::roads::lines::understanding::Misunderstood;
use crate::units::Metres;

/// The account of one import.
#[derive(Debug, serde::Serialize)]
pub(super) struct Report {
    format: Format<1>,
    file: String,
    mapping: String,
    coordinates: String,
    /// South-west and north-east.
    span: Option<[LonLat; 2]>,
    /// Whether degrees with the latitude first would be some too.
    #[serde(skip)]
    latitude_may_be_first: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_page: Option<String>,
    boundary: Option<String>,
    buffer_m: Option<f64>,
    features: Features,
    columns_that_no_feature_has: Vec<String>,
    values: Misunderstood,
    joining: Joining,
    network: Lengths,
    dropped: LeftOutRoads,
}

#[derive(Debug, serde::Serialize)]
struct Features {
    read: usize,
    kept: usize,
    dropped: BTreeMap<&'static str, u64>,
    lines_dropped_from_kept_features: BTreeMap<&'static str, u64>,
}

#[derive(Debug, serde::Serialize)]
struct Joining {
    tolerance_m: f64,
    #[serde(flatten)]
    counts: NodingCounts,
    /// Ends within five tolerances of a line that they do not join.
    dangling_ends: usize,
    dangling_ends_at: Vec<LonLat>,
}

impl Report {
    /// The account of what the parts of the import have found.
    pub(super) fn of(
        [file, mapping_file]: [&Source; 2],
        boundary: Option<(&Source, Metres)>,
        layer: &Layer,
        mapping: &Mapping,
        absent_columns: Vec<String>,
        network: &LinesNetwork,
        (connected, left_out): (&RoadGraph, &[LeftOut]),
    ) -> Self {
        let counts = &network.counts;
        let span = layer.span();
        let mut corners = span.iter().flatten();
        Self {
            format: Format,
            file: file.to_string(),
            mapping: mapping_file.to_string(),
            coordinates: data_words::positions(&layer.coordinates),
            span,
            latitude_may_be_first: layer.coordinates.projected.is_none()
                && corners.all(|corner| corner.lon.abs() <= 90.0),
            code_page: layer.text.as_ref().map(data_words::code_page),
            boundary: boundary.map(|(boundary, _)| boundary.to_string()),
            buffer_m: boundary.map(|(_, buffer)| buffer.0),
            features: Features {
                read: counts.features,
                kept: counts.kept,
                dropped: in_words(&counts.dropped, no_road),
                lines_dropped_from_kept_features: in_words(&counts.lines_dropped, no_road),
            },
            columns_that_no_feature_has: absent_columns,
            values: counts.odd.clone(),
            joining: Joining {
                tolerance_m: mapping.tolerance.0,
                counts: network.noding,
                dangling_ends: network.dangling.len(),
                dangling_ends_at: network.dangling.clone(),
            },
            network: Lengths::of(network.roads.total_length(), connected),
            dropped: LeftOutRoads::of(left_out),
        }
    }

    /// The content of `import.json`.
    pub(super) fn json(&self) -> String {
        let text = indented_json(self);
        text.expect("counts and names are always JSON") + "\n"
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            features,
            values,
            joining,
            network,
            ..
        } = self;
        writeln!(f, "positions   {}", self.coordinates)?;
        if let Some([least, most]) = self.span {
            let hint = if self.latitude_may_be_first {
                ": elsewhere, if the latitude stands first in the file"
            } else {
                ""
            };
            writeln!(
                f,
                "            from {least} to {most} (longitude, latitude){hint}"
            )?;
        }
        if let Some(page) = &self.code_page {
            writeln!(f, "text        {page}")?;
        }
        writeln!(
            f,
            "roads       {} of {}",
            features.kept,
            counted(features.read, "feature")
        )?;
        for (reason, count) in &features.dropped {
            writeln!(f, "            {count} dropped: {reason}")?;
        }
        for (reason, count) in &features.lines_dropped_from_kept_features {
            writeln!(
                f,
                "            {} dropped: {reason}",
                number_of(*count, ["line of a kept feature", "lines of kept features"])
            )?;
        }
        if !self.columns_that_no_feature_has.is_empty() {
            writeln!(
                f,
                "            no feature has: {}",
                self.columns_that_no_feature_has.join(", ")
            )?;
        }
        if !values.class_by_default.is_empty() {
            writeln!(
                f,
                "values      class by the mapping's default: {}",
                most_frequent(&values.class_by_default, SHOWN)
            )?;
        }
        for (column, odd) in &values.not_understood {
            writeln!(
                f,
                "values      {column} not understood: {}",
                most_frequent(odd, SHOWN)
            )?;
        }
        let counts = joining.counts;
        writeln!(
            f,
            "joined      {} by the tolerance of {} m, {} on another line; {} within the tolerance left out",
            counted(counts.nodes_joined_by_tolerance, "node"),
            joining.tolerance_m,
            counted(counts.ends_on_another_line, "end"),
            counted(counts.pieces_within_tolerance, "piece")
        )?;
        let crossings = if counts.crossings_joined {
            "joined"
        } else {
            "not joined (`join_crossings` of the mapping)"
        };
        writeln!(
            f,
            "            {} without a shared point {crossings}",
            counted(counts.crossings, "crossing")
        )?;
        if joining.dangling_ends > 0 {
            writeln!(
                f,
                "            {} free within {} m of another line: the tolerance may be too small (points in \
                 import.json)",
                number_of(joining.dangling_ends as u64, ["end hangs", "ends hang"]),
                5.0 * joining.tolerance_m
            )?;
        }
        for (number, line) in network.lines().iter().enumerate() {
            let head = if number == 0 { "network" } else { "" };
            writeln!(f, "{head:<11} {line}")?;
        }
        for (number, line) in self.dropped.lines().iter().enumerate() {
            let head = if number == 0 { "dropped" } else { "" };
            writeln!(f, "{head:<11} {line}")?;
        }
        Ok(())
    }
}

/// How many values of one column the text shows; `import.json` has all.
const SHOWN: usize = 12;
