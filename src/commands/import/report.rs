//! What an import read, kept, dropped and assumed: `import.json`, and the same as text.

use std::collections::BTreeMap;
use std::fmt;

use crate::basis::Basis;
use crate::files::Source;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::network::Network;
use crate::roads::osm::places::{PlaceKind, Places};
use crate::roads::osm::stations::FireStations;
use crate::roads::osm::{ATTRIBUTION, OsmExtract, ReadCounts};
use crate::units::Metres;

/// The account of one import.
#[derive(Debug, serde::Serialize)]
pub struct Report {
    attribution: &'static str,
    file: String,
    boundary: Option<String>,
    buffer_m: Option<f64>,
    read: ReadCounts,
    ways: Ways,
    network: Lengths,
    stations: Stations,
    places: PlaceCounts,
}

#[derive(Debug, serde::Serialize)]
struct Ways {
    with_highway: u64,
    kept: u64,
    dropped: BTreeMap<String, u64>,
    points_missing: u64,
    maxspeed_not_understood: BTreeMap<String, u64>,
}

/// What the road graph came to, and how much of it is connected.
#[derive(Debug, serde::Serialize)]
pub struct Lengths {
    drivable_km: f64,
    connected_km: f64,
    connected_share: f64,
    nodes: usize,
    links: usize,
    links_one_way: usize,
    with_posted_limit_share: f64,
    km_by_class: BTreeMap<&'static str, f64>,
}

#[derive(Debug, serde::Serialize)]
struct Stations {
    written: usize,
    merged_with_a_station_nearby: u64,
    without_position: u64,
    named_after_a_place: usize,
    engines_assumed_each: u32,
}

#[derive(Debug, serde::Serialize)]
struct PlaceCounts {
    settlements: usize,
    towns: Vec<String>,
    towns_stand_in: bool,
    by_kind: BTreeMap<&'static str, usize>,
    unnamed_dropped: u64,
    residents_from_the_map: usize,
    residents_assumed: usize,
    residents_not_understood: u64,
    assumed_residents_by_kind: BTreeMap<&'static str, u64>,
}

impl Report {
    /// The account of what the parts of the import have found.
    #[allow(
        clippy::too_many_arguments,
        reason = "it is the account of all of them"
    )]
    pub fn of(
        file: &Source,
        boundary: Option<(&Source, Metres)>,
        engines: u32,
        extract: &OsmExtract,
        network: &Network,
        connected: &RoadGraph,
        places: &Places,
        stations: &FireStations,
    ) -> Self {
        Self {
            attribution: ATTRIBUTION,
            file: file.to_string(),
            boundary: boundary.map(|(boundary, _)| boundary.to_string()),
            buffer_m: boundary.map(|(_, buffer)| buffer.0),
            read: extract.read,
            ways: Ways::of(network, boundary.is_some()),
            network: Lengths::of(&network.roads, connected),
            stations: Stations {
                written: stations.stations.len(),
                merged_with_a_station_nearby: stations.merged,
                without_position: stations.without_position,
                named_after_a_place: stations.stations.iter().filter(|s| !s.is_named).count(),
                engines_assumed_each: engines,
            },
            places: PlaceCounts::of(places),
        }
    }

    /// The content of `import.json`.
    pub fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("counts and names are always JSON") + "\n"
    }
}

impl Ways {
    fn of(network: &Network, has_boundary: bool) -> Self {
        let counts = &network.counts;
        let mut dropped: BTreeMap<String, u64> = counts
            .unusable
            .iter()
            .map(|(reason, count)| (reason.words().to_owned(), *count))
            .collect();
        dropped.insert(
            "fewer than two of its points in the file".to_owned(),
            counts.without_line,
        );
        if has_boundary {
            dropped.insert(
                "outside the boundary and its buffer".to_owned(),
                counts.outside,
            );
        }
        Self {
            with_highway: counts.highways,
            kept: counts.kept,
            dropped,
            points_missing: counts.points_missing,
            maxspeed_not_understood: counts.speeds_not_understood.clone(),
        }
    }
}

impl Lengths {
    /// Of the whole graph and its connected part.
    pub fn of(all: &RoadGraph, connected: &RoadGraph) -> Self {
        let (drivable, within) = (all.total_length().0, connected.total_length().0);
        let mut by_class: BTreeMap<RoadClass, f64> = BTreeMap::new();
        let mut limited = 0.0;
        for road in connected.roads() {
            *by_class.entry(road.class).or_default() += road.length.0;
            if road.free_speed.forwards.is_some() {
                limited += road.length.0;
            }
        }
        Self {
            drivable_km: km(drivable),
            connected_km: km(within),
            connected_share: share(within, drivable),
            nodes: connected.graph().node_count(),
            links: connected.roads().len(),
            links_one_way: connected.roads().iter().filter(|r| r.is_one_way()).count(),
            with_posted_limit_share: share(limited, within),
            km_by_class: by_class
                .into_iter()
                .map(|(class, metres)| (class.word(), km(metres)))
                .collect(),
        }
    }
}

impl PlaceCounts {
    fn of(places: &Places) -> Self {
        let mut by_kind: BTreeMap<&'static str, usize> = BTreeMap::new();
        for settlement in &places.settlements {
            *by_kind.entry(settlement.kind.word()).or_default() += 1;
        }
        let town = |index: &usize| &places.settlements[*index];
        let counted = places
            .settlements
            .iter()
            .filter(|settlement| settlement.basis == Basis::Observed)
            .count();
        Self {
            settlements: places.settlements.len(),
            towns: places.towns.iter().map(|t| town(t).name.clone()).collect(),
            towns_stand_in: places.towns.iter().any(|t| town(t).kind > PlaceKind::Town),
            by_kind,
            unnamed_dropped: places.unnamed,
            residents_from_the_map: counted,
            residents_assumed: places.settlements.len() - counted,
            residents_not_understood: places.populations_not_understood,
            assumed_residents_by_kind: PlaceKind::ALL
                .into_iter()
                .map(|kind| (kind.word(), kind.assumed_residents()))
                .collect(),
        }
    }
}

/// Kilometres to the metre, so that the file does not change with the last bit of a sum.
fn km(metres: f64) -> f64 {
    metres.round() / 1000.0
}

fn share(part: f64, whole: f64) -> f64 {
    (part / whole * 1e6).round() / 1e6
}

impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "network    {:.1} km drivable, {:.1} km connected in both directions ({:.2} %)",
            self.drivable_km,
            self.connected_km,
            self.connected_share * 100.0
        )?;
        writeln!(
            f,
            "           {} nodes, {} links, {} of them one way; {:.0} % of the length has a posted \
             limit",
            self.nodes,
            self.links,
            self.links_one_way,
            self.with_posted_limit_share * 100.0
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            read,
            ways,
            network,
            stations,
            places,
            ..
        } = self;
        writeln!(
            f,
            "read       {} nodes ({} without a position), {} ways, {} relations",
            read.nodes, read.nodes_without_position, read.ways, read.relations
        )?;
        writeln!(
            f,
            "roads      {} of {} ways with a highway",
            ways.kept, ways.with_highway
        )?;
        for (reason, count) in &ways.dropped {
            writeln!(f, "           {count} dropped: {reason}")?;
        }
        if ways.points_missing > 0 {
            writeln!(
                f,
                "           {} points of roads are not in the file; the roads end there",
                ways.points_missing
            )?;
        }
        if !ways.maxspeed_not_understood.is_empty() {
            let values: Vec<String> = ways
                .maxspeed_not_understood
                .iter()
                .map(|(value, count)| format!("`{value}` ×{count}"))
                .collect();
            writeln!(
                f,
                "           maxspeed not understood: {}",
                values.join(", ")
            )?;
        }
        network.fmt(f)?;
        writeln!(
            f,
            "stations   {}, each assumed to have {} engines; {} named after the nearest place, {} \
             counted with a station within 150 m, {} without a position",
            stations.written,
            stations.engines_assumed_each,
            stations.named_after_a_place,
            stations.merged_with_a_station_nearby,
            stations.without_position
        )?;
        let kinds: Vec<String> = PlaceKind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind.word(), places.by_kind.get(kind.word())?)))
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        writeln!(
            f,
            "places     {} ({}); {} without a name dropped",
            places.settlements,
            kinds.join(", "),
            places.unnamed_dropped
        )?;
        writeln!(
            f,
            "           residents from the map for {}, assumed for {} ({} not understood)",
            places.residents_from_the_map,
            places.residents_assumed,
            places.residents_not_understood
        )?;
        let towns = if places.towns.is_empty() {
            "none: towns.csv and demand.csv have no rows, write your own".to_owned()
        } else {
            let note = if places.towns_stand_in {
                " (largest settlements; the map has no town)"
            } else {
                ""
            };
            format!("{}{note}", places.towns.join(", "))
        };
        writeln!(f, "towns      {towns}")?;
        writeln!(f, "source     {}", self.attribution)
    }
}
