//! The roads of a scenario, and how each profile drives them.

use std::sync::Arc;

use crate::county::demand::DemandPointId;
use crate::files::Source;
use crate::ids::id;
use crate::roads::access::AccessPace;
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::cache::Key;
use crate::roads::gmns::Account;
use crate::roads::graph::RoadGraph;
use crate::roads::lanes::Lanes;
use crate::roads::profile::{Conditions, Profile};
use crate::roads::roadway::Roadway;
use crate::roads::snapping::Location;
use crate::scenario::file::RoadsKey;
use crate::scenario::stages::fill_hours;
use crate::units::Metres;

/// The roads under the conditions of a scenario.
#[derive(Clone, Debug)]
pub struct RoadNetwork {
    pub roads: Arc<RoadGraph>,
    /// What its tables hash to; none for those inside the program.
    pub tables: Option<Key>,
    /// How they were read.
    pub account: Account,
    /// The conditions under which they are driven.
    pub conditions: Conditions,
    /// Hours of the day with another time band than theirs.
    pub bands: Bands,
    /// How fast crews are between a location and its road.
    pub pace: AccessPace,
    /// Ways by lanes that the network does not list.
    pub lanes: Lanes,
    /// What nobody crosses on the way from a location to its road.
    pub barriers: AccessBarriers,
    /// Folder of the county's profiles.
    pub profile_folder: Source,
    /// The profiles that stations and sites name, as they drive the roads.
    pub profiles: Arc<Vec<DrivenProfile>>,
}

id!(
    /// A [`DrivenProfile`], by its index in [`RoadNetwork::profiles`].
    ProfileId(u32),
    "Profile"
);

impl RoadNetwork {
    /// How far a place may be from its road, before it has none, where lanes are missing from the network; `None` where
    /// that is as elsewhere, or they are missing around no demand point.
    pub fn road_limit_without_lanes(&self) -> Option<Metres> {
        let mut lacking = (self.profiles.iter()).flat_map(|driven| &driven.demand_points);
        let is_lacking = lacking.any(|location| location.by_lanes.is_some());
        (is_lacking && self.lanes.reach > self.pace.limit).then_some(self.lanes.reach)
    }

    pub fn profile(&self, id: ProfileId) -> &DrivenProfile {
        &self.profiles[id.index()]
    }
}

/// A profile, the roads as it drives them, and where it finds the demand points.
#[derive(Debug)]
pub struct DrivenProfile {
    /// What it can and may do.
    pub profile: Profile,
    /// The roads as it drives them.
    pub roadway: Roadway,
    /// The same in the other time bands of the day, as in [`Bands`].
    pub in_bands: Vec<Roadway>,
    /// Where each demand point joins the roads that it can use.
    pub demand_points: Vec<Location>,
}

impl DrivenProfile {
    /// Whether a demand point lies where lanes are missing from the network, so that ways there are estimated.
    pub fn lacks_lanes(&self, point: DemandPointId) -> bool {
        self.demand_points[point.index()].by_lanes.is_some()
    }

    /// The roads in a time band.
    pub fn in_band(&self, band: TimeBandId) -> &Roadway {
        let other = band.index().checked_sub(1);
        other.map_or(&self.roadway, |other| &self.in_bands[other])
    }
}

id!(
    /// A time band: that of the scenario, or one of [`Bands::others`].
    #[derive(Default)]
    TimeBandId(u8),
    "Time band"
);

impl TimeBandId {
    /// That of the scenario.
    pub const USUAL: Self = Self(0);
}

/// The time bands of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands {
    /// Those besides the scenario's.
    pub others: Vec<String>,
    pub of_hour: [TimeBandId; 24],
}

impl Bands {
    /// The scenario's, then the others.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = TimeBandId> + Clone + use<> {
        TimeBandId::all(1 + self.others.len())
    }

    /// The bands that a scenario names.
    ///
    /// # Errors
    /// The key that cannot be used and why.
    pub(super) fn new(wanted: &RoadsKey) -> Result<Self, (String, &'static str)> {
        let mut others: Vec<String> = Vec::new();
        let mut hours = [None; 24];
        for (number, key) in wanted.hours.iter().enumerate() {
            let index = others.iter().position(|band| *band == key.band);
            let index = index.unwrap_or_else(|| {
                others.push(key.band.clone());
                others.len() - 1
            });
            fill_hours(&mut hours, [key.from, key.to], TimeBandId::at(index + 1))
                .map_err(|(part, problem)| (format!("roads.hours[{number}].{part}"), problem))?;
        }
        Ok(Self {
            others,
            of_hour: hours.map(Option::unwrap_or_default),
        })
    }
}
