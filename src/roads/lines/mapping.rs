//! What the columns of an office's road layer mean, as a TOML file says it.
//!
//! Every key but `[class]` may be left out. `data/mappings/` has one for a Chinese road layer and one
//! for GeoJSON from OpenStreetMap.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::complaints::of_toml;
use crate::files::Source;
use crate::roads::class_mapping::ClassColumn;
use crate::roads::lines::{Layer, LinesError};
use crate::roads::surface::Surface;
use crate::units::Metres;

/// The meaning of a layer's columns, and how its lines are joined.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Points this close together are one point.
    #[serde(default = "one_metre")]
    pub tolerance: Metres,
    /// Whether lines of one level are joined where they cross without a shared point.
    #[serde(default)]
    pub join_crossings: bool,
    /// The columns that a table has to have: all that are named here, where nothing is said.
    pub required: Option<Vec<String>>,
    /// The class of road.
    pub class: ClassColumn,
    /// The posted limit.
    pub speed: Option<SpeedColumn>,
    /// Which way a road may be driven.
    pub direction: Option<DirectionColumn>,
    pub surface: Option<SurfaceColumn>,
    /// Whether a bridge carries the road.
    pub bridge: Option<YesColumn>,
    /// Whether it runs in a tunnel.
    pub tunnel: Option<YesColumn>,
    /// Columns that hold what they say.
    #[serde(default)]
    pub columns: PlainColumns,
}

fn one_metre() -> Metres {
    Metres(1.0)
}

/// `[speed]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeedColumn {
    pub column: String,
    /// The unit of values that do not carry their own.
    #[serde(default)]
    pub unit: SpeedUnit,
}

/// A unit of speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum SpeedUnit {
    /// Kilometres an hour.
    #[default]
    #[serde(rename = "km/h")]
    KmPerHour,
    /// Metres a second.
    #[serde(rename = "m/s")]
    MetresPerSecond,
    /// Miles an hour.
    #[serde(rename = "mph")]
    MilesPerHour,
}

impl SpeedUnit {
    /// Its size in km/h.
    pub fn in_km_per_hour(self) -> f64 {
        match self {
            Self::KmPerHour => 1.0,
            Self::MetresPerSecond => 3.6,
            Self::MilesPerHour => 1.609_344,
        }
    }
}

/// `[direction]`; an empty value means both ways.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectionColumn {
    pub column: String,
    /// Values for "only from the first point of the line to its last".
    #[serde(default)]
    pub forward: Vec<String>,
    /// Values for "only from the last point to the first".
    #[serde(default)]
    pub backward: Vec<String>,
    /// Values for "both ways".
    #[serde(default)]
    pub both: Vec<String>,
}

/// `[surface]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurfaceColumn {
    pub column: String,
    /// What its values mean.
    pub values: BTreeMap<String, Surface>,
}

/// `[bridge]` and `[tunnel]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesColumn {
    pub column: String,
    /// The values that mean yes; all others mean no.
    pub yes: Vec<String>,
}

/// `[columns]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainColumns {
    /// The feature's id, which may stand on several; the number in the file where it is empty.
    pub id: Option<String>,
    /// The road's name; of several columns the first that is filled in.
    #[serde(default)]
    pub name: OneOrMany,
    /// Lanes of both directions together.
    pub lanes: Option<String>,
    /// Width of the carriageway in metres.
    pub width: Option<String>,
    /// Greatest height of a vehicle in metres.
    pub max_height: Option<String>,
    /// Greatest weight of a vehicle in tonnes.
    pub max_weight: Option<String>,
    /// Greatest width of a vehicle in metres.
    pub max_width: Option<String>,
    /// Level as a whole number, 0 on the ground; where it is empty, a bridge is at 1, a tunnel at −1.
    pub layer: Option<String>,
}

/// One column or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    #[default]
    None,
    One(String),
    /// Several, the first of which counts most.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Self::None => &[],
            Self::One(column) => std::slice::from_ref(column),
            Self::Many(columns) => columns,
        }
    }
}

/// The greatest tolerance: beyond it the two sides of a wide street would be one point.
const MAX_TOLERANCE: Metres = Metres(50.0);

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When it is missing, not TOML, or has an unknown key or an impossible value.
    pub fn read(source: &Source) -> Result<Self, LinesError> {
        Self::parse(source.to_string(), &source.read_text()?)
    }

    /// Reads a mapping from text; `file` is the name used in errors.
    ///
    /// # Errors
    /// As [`Mapping::read`].
    pub fn parse(file: String, text: &str) -> Result<Self, LinesError> {
        let bad = |problem: String| LinesError::Mapping {
            file: file.clone(),
            problem,
        };
        let mapping: Self = toml::from_str(text).map_err(|error| bad(of_toml(&error)))?;
        if mapping.tolerance > MAX_TOLERANCE {
            return Err(bad(format!(
                "`tolerance` is {}; it should be at most {MAX_TOLERANCE}, or roads side by side \
                 become one",
                mapping.tolerance
            )));
        }
        if let Some(direction) = &mapping.direction {
            let DirectionColumn {
                forward,
                backward,
                both,
                ..
            } = direction;
            for (values, others) in [(forward, backward), (forward, both), (backward, both)] {
                if let Some(value) = values.iter().find(|value| others.contains(value)) {
                    return Err(bad(format!(
                        "`direction` gives `{value}` two meanings; it should have one of forward, \
                         backward, both"
                    )));
                }
            }
        }
        Ok(mapping)
    }

    /// The keys of this mapping and the columns that they name.
    pub fn named_columns(&self) -> Vec<(&'static str, &str)> {
        let plain = &self.columns;
        let optional = [
            ("class.column", self.class.column.as_deref()),
            (
                "speed.column",
                self.speed.as_ref().map(|s| s.column.as_str()),
            ),
            (
                "direction.column",
                self.direction.as_ref().map(|d| d.column.as_str()),
            ),
            (
                "surface.column",
                self.surface.as_ref().map(|s| s.column.as_str()),
            ),
            (
                "bridge.column",
                self.bridge.as_ref().map(|b| b.column.as_str()),
            ),
            (
                "tunnel.column",
                self.tunnel.as_ref().map(|t| t.column.as_str()),
            ),
            ("columns.id", plain.id.as_deref()),
            ("columns.lanes", plain.lanes.as_deref()),
            ("columns.width", plain.width.as_deref()),
            ("columns.max_height", plain.max_height.as_deref()),
            ("columns.max_weight", plain.max_weight.as_deref()),
            ("columns.max_width", plain.max_width.as_deref()),
            ("columns.layer", plain.layer.as_deref()),
        ];
        let names = plain
            .name
            .all()
            .iter()
            .map(|name| ("columns.name", name.as_str()));
        optional
            .into_iter()
            .filter_map(|(key, column)| Some((key, column?)))
            .chain(names)
            .collect()
    }

    /// The columns that this mapping names and no feature of a layer has.
    ///
    /// # Errors
    /// When the column of the class is missing, or one of a table that is required: a road layer without its
    /// columns is another layer.
    pub fn absent_columns(
        &self,
        mapping: &Source,
        file: &Source,
        layer: &Layer,
    ) -> Result<Vec<String>, LinesError> {
        let mut absent = Vec::new();
        for (key, column) in self.named_columns() {
            if layer.columns.iter().any(|name| name == column) {
                continue;
            }
            let is_required = self.required.as_ref().map_or(layer.is_table, |required| {
                required.iter().any(|name| name == column)
            });
            if is_required || key == "class.column" {
                return Err(LinesError::NoColumn {
                    mapping: mapping.to_string(),
                    key,
                    column: column.to_owned(),
                    file: file.to_string(),
                    columns: if layer.columns.is_empty() {
                        "no columns".to_owned()
                    } else {
                        layer.columns.join(", ")
                    },
                });
            }
            absent.push(column.to_owned());
        }
        absent.sort();
        absent.dedup();
        Ok(absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let error = Mapping::parse("roads.toml".to_owned(), text).unwrap_err();
        error.to_string()
    }

    #[test]
    fn an_unknown_key_a_false_class_and_a_wide_tolerance_are_refused() {
        assert!(
            problem("[klass]\n").contains("no key `klass` is known here; did you mean `class`?")
        );
        let class = problem("[class]\ndefault = \"motorweg\"\n");
        assert!(class.contains("drop or one of motorway"), "{class}");
        let wide = problem("tolerance = \"80 m\"\n[class]\ndefault = \"road\"\n");
        assert!(wide.contains("at most 50 m"), "{wide}");
        let twice = problem(
            "[class]\ndefault = \"road\"\n[direction]\ncolumn = \"d\"\nforward = [\"1\"]\n\
             both = [\"1\"]\n",
        );
        assert!(twice.contains("gives `1` two meanings"), "{twice}");
    }
}
