//! The version of its format that each JSON file begins with.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Version `VERSION`; it grows when what was written before can no longer be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format<const VERSION: u32>;

impl<const VERSION: u32> Serialize for Format<VERSION> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(VERSION)
    }
}

impl<'de, const VERSION: u32> Deserialize<'de> for Format<VERSION> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            found if found == VERSION => Ok(Self),
            found => Err(D::Error::custom(format_args!(
                "this is format {found}, and this version of `brigade` reads format {VERSION}"
            ))),
        }
    }
}
