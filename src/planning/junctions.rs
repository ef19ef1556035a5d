//! Candidate sites without a list: the junctions of main roads, each counted to a town.

use std::collections::HashSet;

use crate::basis::Basis;
use crate::brigades::{Site, Station};
use crate::county::demand::DemandPointId;
use crate::county::towns::TownId;
use crate::geography::{LonLat, Plane, centre};
use crate::ids::id;
use crate::language::Name;
use crate::roads::class::RoadClass;
use crate::roads::snapping::Location;
use crate::scenario::Scenario;
use crate::scenario::network::ProfileId;
use crate::units::Metres;

/// The classes of road that make a junction one of main roads, where no others are wanted.
pub const MAIN_ROADS: [RoadClass; 4] = [
    RoadClass::Trunk,
    RoadClass::Primary,
    RoadClass::Secondary,
    RoadClass::Tertiary,
];

/// Where the map has streets alone.
const STREETS: [RoadClass; 4] = [
    RoadClass::Unclassified,
    RoadClass::Residential,
    RoadClass::LivingStreet,
    RoadClass::Road,
];

/// The classes of road on which brigades are sought where nobody says: main roads, or also streets where no main roads
/// meet.
pub fn usual_roads(scenario: &Scenario) -> Vec<RoadClass> {
    let usual = scenario.stations.usual_profile().0;
    match junctions_on(scenario, usual, &MAIN_ROADS).next() {
        Some(_) => MAIN_ROADS.to_vec(),
        None => [MAIN_ROADS, STREETS].concat(),
    }
}

/// So many road ends meet at a junction, at least.
const ENDS: u32 = 3;
/// An engine can use the roads at a junction if the nearest that it can join is no farther.
const AT_THE_JUNCTION: f64 = 1.0;

/// The name of a brigade at a junction, by the junction's id and the village that is nearest: words are
/// with whoever asks.
pub type JunctionName = fn(&str, &Name) -> Name;

id!(
    /// A [`CandidateJunction`], by its index in the list of those in a county.
    JunctionId(u32),
    "Junction"
);

/// A junction where a brigade could stand.
#[derive(Clone, Debug, PartialEq)]
pub struct CandidateJunction {
    /// Its `node_id` in the source.
    pub id: String,
    /// Where it is.
    pub position: LonLat,
    /// Where an engine that stands there joins the roads.
    pub location: Location,
    pub nearest: DemandPointId,
    /// How far away that is.
    pub distance: Metres,
    /// The town: that of the nearest demand point, as towns have no outlines.
    pub town: TownId,
}

/// The junctions inside the county where three or more road ends meet, one of them at least of
/// these classes, that engines of this profile can use, and that keep the county's clearances, in the order of
/// the network.
pub fn main_road_junctions(
    scenario: &Scenario,
    profile: ProfileId,
    on: &[RoadClass],
) -> Vec<CandidateJunction> {
    junctions_on(scenario, profile, on).collect()
}

/// The same one by one, as far as they are wanted.
fn junctions_on(
    scenario: &Scenario,
    profile: ProfileId,
    on: &[RoadClass],
) -> impl Iterator<Item = CandidateJunction> {
    let roads = &scenario.network.roads;
    let mut ends = vec![0_u32; roads.graph().node_count()];
    let mut is_main = vec![false; ends.len()];
    for road in roads.roads() {
        for end in [road.from, road.to] {
            ends[end.index()] += 1;
            is_main[end.index()] |= on.contains(&road.class);
        }
    }
    let demand = scenario.county.demand_points();
    let plane = Plane::around(centre(demand.iter().map(|p| p.position)).unwrap_or_default());
    let villages: Vec<[f64; 2]> = demand.iter().map(|p| plane.project(p.position)).collect();
    let roadway = &scenario.network.profile(profile).roadway;
    (roads.junctions().zip(ends.into_iter().zip(is_main)))
        .filter(|(_, (ends, is_main))| *ends >= ENDS && *is_main)
        .filter(|(junction, _)| scenario.county.boundary.contains(junction.position))
        .filter(|(junction, _)| {
            let mut clearances = scenario.county.clearances.iter();
            clearances.all(|clearance| !clearance.forbids(junction.position))
        })
        .filter_map(move |(junction, _)| {
            let location = roadway.nearest(junction.position)?;
            let [x, y] = plane.project(junction.position);
            let squared = |village: &[f64; 2]| {
                let [east, north] = [village[0] - x, village[1] - y];
                east * east + north * north
            };
            let (village, _) = (villages.iter().map(squared).enumerate())
                .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
            (location.nearest.access.0 <= AT_THE_JUNCTION).then(|| CandidateJunction {
                id: junction.id.clone(),
                position: junction.position,
                location,
                nearest: DemandPointId::at(village),
                distance: junction.position.distance(demand[village].position),
                town: demand[village].town,
            })
        })
}

/// A brigade at each junction, in the same order; `profile` is that of its engines, where it
/// has to be named.
pub fn brigades_at(
    junctions: &[CandidateJunction],
    scenario: &Scenario,
    engines: u16,
    profile: Option<&str>,
    name: JunctionName,
) -> Vec<Site> {
    let stations = scenario.stations.all();
    let mut known: HashSet<String> = stations
        .map(|id| scenario.stations.station(id).id.clone())
        .collect();
    (junctions.iter())
        .map(|junction| {
            let village = &scenario.county.point(junction.nearest).name;
            let mut id = format!("j-{}", junction.id.replace(['+', ','], "-"));
            while !known.insert(id.clone()) {
                id.push('_');
            }
            Site {
                station: Station {
                    id,
                    // Several junctions may be nearest to one village.
                    name: name(&junction.id, village),
                    position: junction.position,
                    engines,
                    apparatus: Vec::new(),
                    crew: crate::brigades::crew::Crew::FullTime,
                    profile: profile.map(str::to_owned),
                    basis: Basis::Modelled,
                    reason: String::new(),
                },
                group: scenario.county.towns[junction.town.index()]
                    .name
                    .local
                    .clone(),
                at_junction: true,
            }
        })
        .collect()
}
