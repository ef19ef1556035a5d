//! What the planner wrote, held against the tables and made into one [`Scenario`].

pub mod alternatives;
mod basis_notes;
mod dispatch_tables;
pub mod engines;
pub mod error;
mod extending;
pub mod file;
mod fleets;
pub mod loading;
pub mod stages;
pub mod standards;
pub mod travel_times;

use jiff::civil::Date;

use std::sync::Arc;

use crate::basis::Basis;
use crate::brigades::prices::Prices;
use crate::brigades::{Site, Station};
use crate::county::County;
use crate::county::incident_list::ListedIncident;
use crate::county::towns::TownId;
use crate::files::Source;
use crate::language::Name;
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::graph::RoadGraph;
use crate::roads::profile::Conditions;
use crate::roads::snapping::Location;
use crate::roads::trip::TripEnd;
use crate::units::{KmPerHour, Millis};

use alternatives::Alternative;
use engines::{Bands, EngineKind};
use file::{DispatchKey, SitingKey};
use stages::Stages;
use standards::Standard;

/// A question with all that is needed to answer it.
#[derive(Debug)]
pub struct Scenario {
    /// The file it came from.
    pub file: String,
    /// The question.
    pub name: Name,
    /// Everything random follows from it.
    pub seed: u64,
    /// Sources to be named on every map and report.
    pub attribution: Vec<String>,
    /// Review number (审图号) of the map.
    pub map_review_number: Option<String>,
    /// The county; multipliers of rates are already applied.
    pub county: County,
    /// The roads.
    pub roads: Arc<RoadGraph>,
    /// The conditions under which they are driven.
    pub conditions: Conditions,
    /// Hours of the day with another time band than theirs.
    pub bands: Bands,
    /// The speed between a place and its road.
    pub access_speed: KmPerHour,
    /// Folder of the county's own profiles.
    pub profiles: Source,
    /// What nobody crosses on the way from a place to its road.
    pub barriers: AccessBarriers,
    /// What engines are for, where that is told apart: the names of the kinds.
    pub apparatus: Vec<String>,
    /// The kinds of engine that its stations and sites have.
    pub kinds: Vec<EngineKind>,
    /// The kind of each base, as a place in `kinds`.
    pub kind_of_base: Vec<usize>,
    /// The existing stations.
    pub stations: Vec<Station>,
    /// The candidate sites.
    pub sites: Vec<Site>,
    /// Engines of neighbouring counties.
    pub aid: Vec<Aid>,
    /// For each demand point the stations and sites (as in `bases`) that are asked before all
    /// others, in their order; empty where there is no running card.
    pub running_card: Vec<Vec<usize>>,
    /// Where the existing stations, then the sites, then the engines of neighbours join the roads.
    pub bases: Vec<Location>,
    /// Thresholds with their clocks.
    pub standards: Vec<Standard>,
    /// What is compared; the first is the baseline.
    pub alternatives: Vec<Alternative>,
    /// How long the stages of a response take.
    pub stages: Stages,
    /// What brigades cost, where the county says it.
    pub prices: Option<Prices>,
    /// Where the best sites are looked for.
    pub siting: SitingKey,
    /// Who is sent, and who stands by where.
    pub dispatch: DispatchKey,
    /// Incidents that are listed one by one, by time.
    pub listed: Vec<ListedIncident>,
    /// Whether no others are drawn.
    pub is_replay: bool,
    /// Travel times that are known better than from the roads.
    pub known_times: Vec<KnownTime>,
    /// What is simulated.
    pub horizon: Horizon,
    /// Days on which incidents are more frequent.
    pub special_days: Vec<SpecialDay>,
    /// What was set by judgement or made by procedure, and why.
    pub data_basis: Vec<BasisNote>,
    /// What a planner should look at, though it does not stop the run.
    pub warnings: Vec<String>,
}

/// Engines of a neighbouring county.
#[derive(Clone, Debug, PartialEq)]
pub struct Aid {
    /// Where they enter the county, and how many there are.
    pub station: Station,
    /// From the request until they are there, besides the turnout.
    pub delay: Millis,
}

/// A travel time that is known better than from the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownTime {
    /// The station or site, as in [`Scenario::bases`].
    pub base: usize,
    /// The demand point.
    pub place: usize,
    /// The time.
    pub time: Millis,
}

/// The span that is simulated, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    /// Its first day.
    pub start: Date,
    /// Its length in years.
    pub years: u16,
    /// Its length in days.
    pub days: u32,
    /// How often it is simulated.
    pub replications: u32,
    /// The first days, which are not counted.
    pub warm_up_days: u32,
    /// In how many batches the other days of the only replication are counted; `None` where each
    /// replication is counted for itself.
    pub batches: Option<u32>,
}

impl Horizon {
    /// Days that are counted together: of a replication, or of a batch.
    #[must_use]
    pub fn counted_days(&self) -> f64 {
        f64::from(self.days - self.warm_up_days) / f64::from(self.batches.unwrap_or(1))
    }

    /// The same in years.
    #[must_use]
    pub fn counted_years(&self) -> f64 {
        f64::from(self.years) * self.counted_days() / f64::from(self.days)
    }
}

/// Days on which incidents are more frequent.
#[derive(Clone, Debug)]
pub struct SpecialDay {
    /// What happens then.
    pub name: String,
    /// The days of the horizon, counted from 0.
    pub days: Vec<u32>,
    /// The town, or the whole county.
    pub town: Option<TownId>,
    /// Indices of the types.
    pub types: Vec<usize>,
    /// The rate of such a day over that of an ordinary one.
    pub factor: f64,
}

/// Something that rests on judgement or procedure.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BasisNote {
    /// What it is.
    #[serde(flatten)]
    pub item: Name,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so, or where it comes from.
    pub reason: String,
}

impl Scenario {
    /// Every price and class of brigade with how it is known; none where there are no prices.
    #[must_use]
    pub fn price_basis(&self) -> Vec<BasisNote> {
        let rows = self.prices.iter().flat_map(Prices::rows);
        rows.map(|(item, basis, reason)| BasisNote {
            item,
            basis,
            reason: reason.to_owned(),
        })
        .collect()
    }

    /// The kind of engine of a station that names none, and how such a station names it; where all
    /// name one, that of the first.
    #[must_use]
    pub fn usual_kind(&self) -> (usize, Option<&str>) {
        let own = 0..self.stations.len() + self.sites.len();
        let usual = own
            .into_iter()
            .find(|base| self.base(*base).profile.is_none());
        let base = usual.unwrap_or(0);
        (self.kind_of_base[base], self.base(base).profile.as_deref())
    }

    /// Adds candidate sites behind those of the tables, with where they join the roads and the kind
    /// of their engines. Alternatives stay as they are.
    pub fn add_sites(&mut self, added: Vec<(Site, Location)>, kind: usize) {
        let own = self.stations.len() + self.sites.len();
        let shift = |base: &mut usize| *base += if *base >= own { added.len() } else { 0 };
        self.known_times
            .iter_mut()
            .for_each(|known| shift(&mut known.base));
        self.running_card.iter_mut().flatten().for_each(shift);
        let kinds = std::iter::repeat_n(kind, added.len());
        self.kind_of_base.splice(own..own, kinds);
        let (sites, places): (Vec<Site>, Vec<Location>) = added.into_iter().unzip();
        self.bases.splice(own..own, places);
        self.sites.extend(sites);
    }

    /// Existing stations, sites and neighbours in one row, as in [`Scenario::bases`].
    #[must_use]
    pub fn base(&self, index: usize) -> &Station {
        let own = self.stations.len() + self.sites.len();
        if let Some(station) = self.stations.get(index) {
            station
        } else if index < own {
            &self.sites[index - self.stations.len()].station
        } else {
            &self.aid[index - own].station
        }
    }

    /// The delay of a base, besides turnout.
    #[must_use]
    pub fn delay_of(&self, index: usize) -> Millis {
        let own = self.stations.len() + self.sites.len();
        let aid = index.checked_sub(own).map(|aid| &self.aid[aid]);
        aid.map_or(Millis(0), |aid| aid.delay)
    }

    /// The indices (as in [`Scenario::bases`]) of all whose engines can come in an alternative:
    /// its stations, and then the neighbours.
    #[must_use]
    pub fn fleet_of(&self, alternative: &Alternative) -> Vec<usize> {
        let own = self.stations.len() + self.sites.len();
        let mut fleet = self.bases_of(alternative);
        fleet.extend(own..own + self.aid.len());
        fleet
    }

    /// The indices (as in [`Scenario::bases`]) of the stations that stand in an alternative.
    #[must_use]
    pub fn bases_of(&self, alternative: &Alternative) -> Vec<usize> {
        let existing = self.stations.len();
        let sites = alternative.sites.iter().map(|site| existing + site);
        (0..existing).chain(sites).collect()
    }

    /// The bases among `bases` whose engines are of a kind, as places on the network.
    pub fn places_of_kind<'s>(
        &'s self,
        kind: usize,
        bases: &'s [usize],
    ) -> impl Iterator<Item = TripEnd> + 's {
        let of_kind = bases
            .iter()
            .filter(move |base| self.kind_of_base[**base] == kind);
        of_kind.map(|base| self.bases[*base].into())
    }

    /// Incidents expected in one replication, special days apart.
    #[must_use]
    pub fn expected_incidents(&self) -> f64 {
        let a_year: f64 = self
            .county
            .demand
            .iter()
            .map(|p| p.incidents_a_year())
            .sum();
        a_year * f64::from(self.horizon.days) / DAYS_A_YEAR
    }
}

/// Mean length of a year in the Gregorian calendar.
pub const DAYS_A_YEAR: f64 = 365.2425;
