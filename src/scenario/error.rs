//! What can be wrong with a scenario.

use std::fmt;

use crate::county::boundary::BoundaryError;
use crate::files::FileError;
use crate::geography::LonLat;
use crate::roads::access_barriers::{BarrierError, SEARCH};
use crate::roads::profile::ProfileError;
use crate::table::TableError;
use crate::units::Metres;

/// What can be wrong with a scenario and the tables it names.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The scenario file cannot be read, or a file it names.
    #[error(transparent)]
    File(#[from] FileError),
    /// A table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The boundary.
    #[error(transparent)]
    Boundary(#[from] BoundaryError),
    /// The barriers between locations and roads.
    #[error(transparent)]
    Barrier(#[from] BarrierError),
    /// The file is not TOML, has an unknown key, lacks one, or a value does not fit.
    #[error("{file}: {problem}")]
    Toml {
        /// The scenario file.
        file: String,
        /// What the reader says, with the line.
        problem: String,
    },
    /// A key has a value that the tables do not bear out.
    #[error("{file}: `{key}`: {problem}")]
    Key {
        /// The scenario file.
        file: String,
        key: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A station names a profile that is not there.
    #[error(
        "{table}: the engines of `{station}` have the profile `{profile}`, and there is no {file}; \
         write it, or name `pumper` or `light`"
    )]
    NoProfile {
        /// The table of the station.
        table: String,
        /// Its id.
        station: String,
        /// The profile it names.
        profile: String,
        /// Where it should be.
        file: String,
    },
    /// A link to be closed is not in the network.
    #[error("{network}: there is no link `{link}` to close; name a link_id of link.csv")]
    NoSuchLink {
        link: String,
        /// The folder of the network.
        network: String,
    },
    /// A location is too far from any road.
    #[error(
        "{table}: {what} `{id}` at {position} is {distance} from the nearest road that its engines can \
         use there and back{}, and `{limit_key}` allows {limit}; check its degrees (WGS 84, longitude first), or raise the limit",
        barrier.as_ref().map(ToString::to_string).unwrap_or_default()
    )]
    OffTheRoad {
        table: String,
        /// Station, site or demand point.
        what: &'static str,
        id: String,
        /// Where it is.
        position: LonLat,
        /// Its distance from the nearest road, as the crow flies.
        distance: Metres,
        /// What lies between the two.
        barrier: Option<Box<BehindBarrier>>,
        limit_key: &'static str,
        limit: Metres,
    },
    /// The network has no road that a location can join.
    #[error("{network}: no road can be joined: there are only expressways, or none at all")]
    NoRoads {
        /// The folder of the network.
        network: String,
    },
    /// No station reaches a demand point.
    #[error(
        "{file}: the demand point `{point}` ({name}, {position}) cannot be reached by road from any \
         station of the alternative `{alternative}`; its road may be cut off or one-way: check the \
         network around it, or remove it from the table of demand"
    )]
    Unreachable {
        /// The scenario file.
        file: String,
        /// The id of the demand point.
        point: String,
        name: String,
        alternative: String,
        /// Where it is.
        position: LonLat,
    },
}

/// A barrier between a location and the road nearest to it.
#[derive(Debug)]
pub struct BehindBarrier {
    /// The table of barriers.
    pub file: String,
    /// The distance of the nearest road that no barrier hides, where one was found.
    pub around: Option<Metres>,
}

impl fmt::Display for BehindBarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            " but behind a barrier of {}; on its own side ",
            self.file
        )?;
        match self.around {
            Some(distance) => write!(f, "the nearest is {distance} away"),
            None => write!(f, "there is none within {SEARCH}"),
        }
    }
}

impl ScenarioError {
    /// Whether the person who wrote the input can mend it.
    pub fn is_input(&self) -> bool {
        match self {
            Self::File(error)
            | Self::Table(TableError::File(error))
            | Self::Boundary(BoundaryError::File(error))
            | Self::Barrier(BarrierError::File(error))
            | Self::Profile(ProfileError::File(error)) => error.is_input(),
            _ => true,
        }
    }
}
