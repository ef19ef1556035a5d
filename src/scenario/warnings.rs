//! What a planner should look at, though it does not stop the run.

use crate::county::incident_list::OutOfOrder;
use crate::language::Name;
use crate::roads::gmns::NetworkNote;
use crate::scenario::plausibility::finding::Doubt;
use crate::units::Metres;

/// One such thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Demand points outside the boundary: so many of so many, and the id of the first.
    DemandOutside {
        outside: usize,
        all: usize,
        first: String,
    },
    /// A station outside the boundary.
    StationOutside { id: String, name: Name },
    /// A site too near to what is kept clear of stations.
    TooNear {
        id: String,
        name: Name,
        distance: Metres,
        /// Name and id of what is kept clear.
        of: String,
        of_id: String,
        /// Which rule asks for more, and for how much.
        source: String,
        asked: Metres,
    },
    /// A type of incident that can need more engines than some alternatives have: what it needs, in how many of all
    /// alternatives there is less, and what the first of them has.
    NeverComplete {
        id: String,
        name: Name,
        needs: String,
        alternatives: usize,
        all: usize,
        first: String,
        has: String,
    },
    /// No station stands today, so that the baseline has none.
    NoStationToday,
    /// Engines are sent on from their way back though the scenario has a restocking at the station.
    SentOnUnrestocked,
    /// A list whose calls are mostly at midnight.
    ListAtMidnight {
        file: String,
        midnight: usize,
        calls: usize,
    },
    /// What the network leaves open, and how it is taken.
    Network(NetworkNote),
    /// Something well-formed that is hardly true.
    Doubt(Doubt),
    /// A file in the folder of the county that is not read, though its name is nearly that of a table.
    NotRead { file: String, meant: String },
    /// Candidates of a group from which no alternative chooses; and the group that is probably meant.
    NeverChosen {
        group: String,
        candidates: usize,
        meant: Option<String>,
    },
    /// A list of incidents that was not sorted by time.
    ListSorted(OutOfOrder),
    /// The network could not be kept for the next run; the error says why.
    NotKept(String),
}
