//! Where engines stand or may stand: existing stations, candidate sites, neighbours.

use crate::brigades::{Site, SiteId, Station, StationId};
use crate::county::demand::DemandPointId;
use crate::ids::id;
use crate::roads::snapping::Location;
use crate::scenario::alternatives::Alternative;
use crate::scenario::network::ProfileId;
use crate::units::Millis;

id!(
    /// A [`Neighbour`], by its index in the scenario's list.
    NeighbourId(u32),
    "Neighbour"
);

/// All stations, one after the other: those that exist, then the sites, then the neighbours.
#[derive(Clone, Debug)]
pub struct Stations {
    /// What engines are for, where that is told apart: the names.
    pub apparatus: Vec<String>,
    pub existing: Vec<Station>,
    /// The candidate sites.
    pub sites: Vec<Site>,
    /// Engines of neighbouring counties.
    pub neighbours: Vec<Neighbour>,
    /// How each drives, by [`StationId`].
    pub driving: Vec<Driving>,
    /// For each demand point the stations and sites that are called before all others, in their order;
    /// empty where there is no running card.
    pub running_cards: Vec<Vec<StationId>>,
    /// Travel times that are known better than from the roads.
    pub known_times: Vec<KnownTime>,
}

/// How the engines of a station drive, and from where.
#[derive(Clone, Debug, PartialEq)]
pub struct Driving {
    pub profile: ProfileId,
    /// Where the station joins the roads.
    pub location: Location,
}

/// What a station is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A station that stands today; its id is its index in [`Stations::existing`] too.
    Existing,
    Candidate(SiteId),
    Neighbour(NeighbourId),
}

/// Engines of a neighbouring county.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Where they enter the county, and how many there are.
    pub station: Station,
    /// From the request until they are there, besides the turnout.
    pub delay: Millis,
}

/// A travel time that is known better than from the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownTime {
    /// The station or site.
    pub station: StationId,
    pub point: DemandPointId,
    pub time: Millis,
}

impl Stations {
    /// What a station is: the one rule by which ids are numbered.
    pub fn role(&self, id: StationId) -> Role {
        let (existing, of_county) = (self.existing.len(), self.of_county().len());
        match id.index() {
            index if index < existing => Role::Existing,
            index if index < of_county => Role::Candidate(SiteId::at(index - existing)),
            index => Role::Neighbour(NeighbourId::at(index - of_county)),
        }
    }

    /// The station that would stand at a site.
    pub fn of_site(&self, site: SiteId) -> StationId {
        StationId::at(self.existing.len() + site.index())
    }

    /// All of them.
    pub fn all(&self) -> impl ExactSizeIterator<Item = StationId> + Clone + use<> {
        StationId::all(self.driving.len())
    }

    /// Those of the county: existing stations and sites.
    pub fn of_county(&self) -> impl ExactSizeIterator<Item = StationId> + Clone + use<> {
        StationId::all(self.existing.len() + self.sites.len())
    }

    /// The stations that stand today.
    pub fn standing_today(&self) -> impl ExactSizeIterator<Item = StationId> + Clone + use<> {
        StationId::all(self.existing.len())
    }

    /// The neighbours.
    pub fn neighbouring(&self) -> impl Iterator<Item = StationId> + Clone + use<> {
        self.all().skip(self.of_county().len())
    }

    /// The stations that stand in an alternative.
    pub fn standing(&self, alternative: &Alternative) -> Vec<StationId> {
        let sites = alternative.sites.iter().map(|site| self.of_site(*site));
        self.standing_today().chain(sites).collect()
    }

    /// All whose engines can come in an alternative: its stations, and then the neighbours.
    pub fn fleet(&self, alternative: &Alternative) -> Vec<StationId> {
        let standing = self.standing(alternative).into_iter();
        standing.chain(self.neighbouring()).collect()
    }

    /// A station; of a site the one that would stand there.
    pub fn station(&self, id: StationId) -> &Station {
        match self.role(id) {
            Role::Existing => &self.existing[id.index()],
            Role::Candidate(site) => &self.site(site).station,
            Role::Neighbour(neighbour) => &self.neighbour(neighbour).station,
        }
    }

    /// A candidate.
    pub fn site(&self, id: SiteId) -> &Site {
        &self.sites[id.index()]
    }

    fn neighbour(&self, id: NeighbourId) -> &Neighbour {
        &self.neighbours[id.index()]
    }

    /// Whether a station stands today.
    pub fn is_existing(&self, id: StationId) -> bool {
        self.role(id) == Role::Existing
    }

    /// How much later than by their turnout the engines of a station leave.
    pub fn delay(&self, id: StationId) -> Millis {
        match self.role(id) {
            Role::Neighbour(neighbour) => self.neighbour(neighbour).delay,
            Role::Existing | Role::Candidate(_) => Millis(0),
        }
    }

    /// The profile of a station's engines.
    pub fn profile(&self, id: StationId) -> ProfileId {
        self.driving[id.index()].profile
    }

    /// Where a station joins the roads.
    pub fn location(&self, id: StationId) -> &Location {
        &self.driving[id.index()].location
    }

    /// The stations and sites that are called before all others for a demand point.
    pub fn running_card(&self, point: DemandPointId) -> &[StationId] {
        &self.running_cards[point.index()]
    }

    /// The profile of a station that names none, and how such a station names it; where all name one,
    /// that of the first.
    pub fn usual_profile(&self) -> (ProfileId, Option<&str>) {
        let usual = self
            .of_county()
            .find(|id| self.station(*id).profile.is_none());
        let usual = usual.unwrap_or(StationId(0));
        (self.profile(usual), self.station(usual).profile.as_deref())
    }

    /// The same with more candidate sites behind the others, each with where it joins the roads, whose
    /// engines are of one profile.
    pub fn with_sites(&self, added: Vec<(Site, Location)>, profile: ProfileId) -> Self {
        let (sites, locations): (Vec<Site>, Vec<Location>) = added.into_iter().unzip();
        let driving = locations.into_iter();
        let driving = driving.map(|location| Driving { profile, location });
        // Running cards and known times are of stations and sites, which keep their ids.
        let mut stations = self.clone();
        let first_neighbour = self.of_county().len();
        stations
            .driving
            .splice(first_neighbour..first_neighbour, driving);
        stations.sites.extend(sites);
        stations
    }
}
