//! What the words of others for classes of road mean, as a mapping (TOML) says it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::roads::class::RoadClass;

/// `[class]` of a mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassColumn {
    /// The column; without one, every road has the default.
    pub column: Option<String>,
    /// What its values mean.
    #[serde(default)]
    pub values: BTreeMap<String, ClassOrDrop>,
    /// What other values mean, and empty ones.
    pub default: ClassOrDrop,
}

/// A class of road, or `drop` for what is no road for engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassOrDrop(pub Option<RoadClass>);

impl<'de> Deserialize<'de> for ClassOrDrop {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "drop" {
            return Ok(Self(None));
        }
        let class = text.parse().map_err(|_| {
            serde::de::Error::custom(format!(
                "`{text}` is no class of road; it should be drop or one of {}",
                RoadClass::known()
            ))
        })?;
        Ok(Self(Some(class)))
    }
}
