//! What is said of a position that joins no road.

use std::fmt;

use crate::geography::LonLat;
use crate::roads::access_barriers::SEARCH;
use crate::roads::roadway::Roadway;
use crate::roads::snapping::{Foot, Location};
use crate::units::Metres;

/// A position that no road is near enough to, or none at all.
#[derive(Debug)]
pub(super) struct OffTheRoad {
    /// The road that it can join.
    joined: Option<Foot>,
    /// The nearest whatever lies between.
    straight: Option<Foot>,
    limit: Option<Metres>,
}

/// The road that a position joins, no farther than the limit.
pub(super) fn joined(
    roadway: &Roadway,
    position: LonLat,
    limit: Option<Metres>,
) -> Result<Location, OffTheRoad> {
    let joined = roadway.nearest(position);
    let is_near = |location: &Location| limit.is_none_or(|limit| location.nearest.access <= limit);
    let foot = joined.as_ref().map(|location| location.nearest);
    joined.filter(is_near).ok_or_else(|| OffTheRoad {
        joined: foot,
        straight: roadway.nearest_over_barriers(position),
        limit,
    })
}

impl fmt::Display for OffTheRoad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(straight) = self.straight else {
            return f.write_str(
                "the network has no road that this profile can use and a position can join",
            );
        };
        write!(f, "{} from the nearest usable road", straight.access)?;
        if self.joined != self.straight {
            f.write_str(", but behind a barrier; on its own side ")?;
            match self.joined {
                Some(joined) => write!(f, "the nearest is {} away", joined.access)?,
                None => write!(f, "there is none within {SEARCH}")?,
            }
        }
        match self.limit {
            Some(limit) => write!(f, ", and --limit is {limit}"),
            None => Ok(()),
        }
    }
}
