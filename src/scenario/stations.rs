//! Where engines stand or may stand: existing stations, candidate sites, neighbours.

use crate::brigades::{Site, Station};
use crate::roads::snapping::Location;
use crate::scenario::alternatives::Alternative;
use crate::units::Millis;

/// All places where engines stand or may stand, one after the other: the existing stations, then the
/// sites, then the neighbours.
#[derive(Clone, Debug)]
pub struct Stations {
    /// What engines are for, where that is told apart: the names.
    pub apparatus: Vec<String>,
    /// The existing stations.
    pub existing: Vec<Station>,
    /// The candidate sites.
    pub sites: Vec<Site>,
    /// Engines of neighbouring counties.
    pub neighbours: Vec<Neighbour>,
    /// Where each joins the roads.
    pub locations: Vec<Location>,
    /// The profile of each, as a place in the network's list.
    pub profile_of: Vec<usize>,
    /// For each demand point the stations and sites that are asked before all others, in their order;
    /// empty where there is no running card.
    pub running_cards: Vec<Vec<usize>>,
    /// Travel times that are known better than from the roads.
    pub known_times: Vec<KnownTime>,
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
    pub station: usize,
    /// The demand point.
    pub point: usize,
    /// The time.
    pub time: Millis,
}

impl Stations {
    /// The number of existing stations and sites.
    #[must_use]
    pub fn own(&self) -> usize {
        self.existing.len() + self.sites.len()
    }

    /// The station of this number; of a site the one that would stand there.
    #[must_use]
    pub fn station(&self, index: usize) -> &Station {
        if let Some(station) = self.existing.get(index) {
            station
        } else if index < self.own() {
            &self.sites[index - self.existing.len()].station
        } else {
            &self.neighbours[index - self.own()].station
        }
    }

    /// The delay of a station, besides turnout.
    #[must_use]
    pub fn delay(&self, index: usize) -> Millis {
        let neighbour = index.checked_sub(self.own());
        neighbour.map_or(Millis(0), |neighbour| self.neighbours[neighbour].delay)
    }

    /// The stations that stand in an alternative.
    #[must_use]
    pub fn standing(&self, alternative: &Alternative) -> Vec<usize> {
        let existing = self.existing.len();
        let sites = alternative.sites.iter().map(|site| existing + site);
        (0..existing).chain(sites).collect()
    }

    /// All whose engines can come in an alternative: its stations, and then the neighbours.
    #[must_use]
    pub fn fleet(&self, alternative: &Alternative) -> Vec<usize> {
        let mut fleet = self.standing(alternative);
        fleet.extend(self.own()..self.own() + self.neighbours.len());
        fleet
    }

    /// The profile of a station that names none, and how such a station names it; where all name one,
    /// that of the first.
    #[must_use]
    pub fn usual_profile(&self) -> (usize, Option<&str>) {
        let usual = (0..self.own()).find(|index| self.station(*index).profile.is_none());
        let usual = usual.unwrap_or(0);
        (
            self.profile_of[usual],
            self.station(usual).profile.as_deref(),
        )
    }

    /// The same with more candidate sites behind the others, each with where it joins the roads, whose
    /// engines are of one profile.
    #[must_use]
    pub fn with_sites(&self, added: Vec<(Site, Location)>, profile: usize) -> Self {
        let (own, more) = (self.own(), added.len());
        let mut stations = self.clone();
        let shift = |station: &mut usize| *station += if *station >= own { more } else { 0 };
        (stations.known_times.iter_mut()).for_each(|known| shift(&mut known.station));
        stations.running_cards.iter_mut().flatten().for_each(shift);
        let profiles = std::iter::repeat_n(profile, more);
        stations.profile_of.splice(own..own, profiles);
        let (sites, locations): (Vec<Site>, Vec<Location>) = added.into_iter().unzip();
        stations.locations.splice(own..own, locations);
        stations.sites.extend(sites);
        stations
    }
}
