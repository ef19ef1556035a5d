//! What an import read, kept, dropped and assumed: `import.json`, and the same as text.

mod lists;
pub(super) mod people;
pub(super) mod roads;
pub(super) mod text;
pub(super) mod words;

use std::collections::BTreeMap;

use crate::files::Source;
use crate::format::Format;
use crate::format::indented_json;
use crate::roads::class::RoadClass;
use crate::roads::drivable::LeftOut;
use crate::roads::graph::RoadGraph;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::network::NetworkCounts;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::outline::{OutlineAccount, OutlineRule};
use crate::roads::osm::people::People;
use crate::roads::osm::restrictions::RestrictionCounts;
use crate::roads::osm::settlements::Settlements;
use crate::roads::osm::sides::SideCounts;
use crate::roads::osm::sites::ProposedSite;
use crate::roads::osm::stations::FireStations;
use crate::roads::osm::waters::WaterCounts;
use crate::roads::osm::{ATTRIBUTION, ReadCounts};
use crate::roads::passage::{Barrier, Control, DrivingSide, Passage};
use crate::roads::surface::Surface;
use crate::units::Metres;

use people::PeopleFound;
use roads::{LeftOutRoads, TooLargeFor, km};

/// The account of one import.
#[derive(Debug, serde::Serialize)]
pub(super) struct Report {
    format: Format<3>,
    attribution: &'static str,
    file: String,
    boundary: Option<String>,
    buffer_m: Option<f64>,
    read: ReadCounts,
    ways: Ways,
    restrictions: Restrictions,
    not_understood: NotUnderstood,
    driving_side: DrivingSides,
    network: Lengths,
    dropped: LeftOutRoads,
    too_large_for: Vec<TooLargeFor>,
    stations: Stations,
    people: PeopleFound,
    outline: Option<OutlineSource>,
    access_barriers: WaterCounts,
}

#[derive(Debug, serde::Serialize)]
struct Restrictions {
    applied: BTreeMap<String, u64>,
    left_out: BTreeMap<&'static str, u64>,
}

/// On which side traffic keeps.
#[derive(Debug, serde::Serialize)]
struct DrivingSides {
    /// Of kept ways, the most frequent first.
    ways: Vec<DrivingSideOf>,
    areas_not_used: Vec<String>,
    contradictions: Vec<String>,
}

#[derive(Debug, serde::Serialize)]
struct DrivingSideOf {
    side: DrivingSide,
    source: String,
    ways: u64,
}

impl DrivingSides {
    fn of(counts: &SideCounts) -> Self {
        let ways = counts.ways.iter();
        let mut ways: Vec<DrivingSideOf> = ways
            .map(|((side, source), ways)| DrivingSideOf {
                side: *side,
                source: words::side(*source),
                ways: *ways,
            })
            .collect();
        ways.sort_by_key(|of| std::cmp::Reverse(of.ways));
        Self {
            ways,
            areas_not_used: counts.incomplete.iter().map(words::side_not_used).collect(),
            contradictions: counts
                .contradicted
                .iter()
                .map(words::side_contradicted)
                .collect(),
        }
    }
}

#[derive(Debug, serde::Serialize)]
struct OutlineSource {
    rule: &'static str,
    source: String,
    road_share: f64,
    taken_in: usize,
    not_used: Vec<String>,
}

#[derive(Debug, serde::Serialize)]
struct Ways {
    with_highway: u64,
    kept: u64,
    dropped: BTreeMap<&'static str, u64>,
    ferries_left_out: u64,
    points_missing: u64,
    limits_at_junctions_left_out: u64,
}

/// What the road graph came to, and how much of it is connected.
#[derive(Debug, serde::Serialize)]
pub(super) struct Lengths {
    drivable_km: f64,
    connected_km: f64,
    connected_share: f64,
    nodes: usize,
    links: usize,
    links_one_way: usize,
    with_posted_limit_share: f64,
    km_by_class: BTreeMap<&'static str, f64>,
    km_by_surface: BTreeMap<&'static str, f64>,
    km_by_passage: BTreeMap<&'static str, f64>,
    barriers: BTreeMap<&'static str, u64>,
    junctions_with_control: BTreeMap<&'static str, u64>,
    signals_and_crossings_between_junctions: u64,
    forbidden_paths: usize,
}

#[derive(Debug, serde::Serialize)]
struct Stations {
    written: usize,
    merged_with_a_station_nearby: u64,
    without_position: u64,
    named_after_a_settlement: usize,
    engines_assumed_each: u32,
    crews_called_by_name_or_operator: usize,
    engines_assumed_of_each_of_these: u32,
    sites_proposed: usize,
}

impl Report {
    /// The account of what the parts of the import have found.
    #[allow(
        clippy::too_many_arguments,
        reason = "it is the account of all of them"
    )]
    pub(super) fn of(
        file: &Source,
        boundary: Option<(&Source, Metres)>,
        engines: u32,
        read: ReadCounts,
        counts: &NetworkCounts,
        drivable: Metres,
        connected: &RoadGraph,
        left_out: &[LeftOut],
        too_large_for: Vec<TooLargeFor>,
        settlements: &Settlements,
        people: &People,
        stations: &FireStations,
        sites: &[ProposedSite],
        outline: Option<&OutlineAccount>,
        waters: WaterCounts,
    ) -> Self {
        Self {
            format: Format,
            attribution: ATTRIBUTION,
            file: file.to_string(),
            boundary: boundary.map(|(boundary, _)| boundary.to_string()),
            buffer_m: boundary.map(|(_, buffer)| buffer.0),
            read,
            ways: Ways::of(counts, boundary.is_some()),
            restrictions: Restrictions::of(&counts.restrictions),
            not_understood: counts.not_understood.clone(),
            driving_side: DrivingSides::of(&counts.sides),
            network: Lengths::of(drivable, connected),
            dropped: LeftOutRoads::of(left_out),
            too_large_for,
            stations: Stations {
                written: stations.stations.len(),
                merged_with_a_station_nearby: stations.merged,
                without_position: stations.without_position,
                named_after_a_settlement: stations.stations.iter().filter(|s| !s.is_named).count(),
                engines_assumed_each: engines,
                crews_called_by_name_or_operator: stations.called(),
                engines_assumed_of_each_of_these: engines.min(ASSUMED.stations.called_engines),
                sites_proposed: sites.len(),
            },
            people: PeopleFound::of(settlements, people, connected.total_length().0 / 1000.0),
            outline: outline.map(OutlineSource::of),
            access_barriers: waters,
        }
    }

    /// What cannot be right about the people.
    pub(super) fn warnings(&self) -> &[String] {
        self.people.warnings()
    }

    /// The content of `import.json`.
    pub(super) fn json(&self) -> String {
        let text = indented_json(self);
        text.expect("counts and names are always JSON") + "\n"
    }
}

impl Restrictions {
    fn of(counts: &RestrictionCounts) -> Self {
        Self {
            applied: counts.applied.clone(),
            left_out: words::in_words(&counts.left_out, words::not_applied),
        }
    }
}

impl OutlineSource {
    fn of(account: &OutlineAccount) -> Self {
        Self {
            rule: match account.rule {
                OutlineRule::Given => "given",
                OutlineRule::AdministrativeRelation { .. } => "administrative_relation",
                OutlineRule::Coastline => "coastline",
                OutlineRule::AroundTheRoads => "around_the_roads",
            },
            source: words::outline(&account.rule),
            road_share: account.road_share,
            taken_in: account.taken_in,
            not_used: account.not_used.iter().map(words::not_used).collect(),
        }
    }
}

impl Ways {
    fn of(counts: &NetworkCounts, has_boundary: bool) -> Self {
        let mut dropped = words::in_words(&counts.unusable, words::unusable);
        dropped.insert(
            "fewer than two of its points in the file",
            counts.without_line,
        );
        if has_boundary {
            dropped.insert("outside the boundary and its buffer", counts.outside);
        }
        Self {
            with_highway: counts.highways,
            kept: counts.kept,
            dropped,
            points_missing: counts.points_missing,
            ferries_left_out: counts.ferries,
            limits_at_junctions_left_out: counts.limits_at_junctions,
        }
    }
}

impl Lengths {
    /// Of the connected part of a graph; the whole has this much `drivable` road.
    pub(super) fn of(Metres(drivable): Metres, connected: &RoadGraph) -> Self {
        let within = connected.total_length().0;
        let mut by_class: BTreeMap<RoadClass, f64> = BTreeMap::new();
        let mut by_surface: BTreeMap<&'static str, f64> = BTreeMap::new();
        let mut by_passage: BTreeMap<&'static str, f64> = BTreeMap::new();
        let mut between = 0;
        let mut limited = 0.0;
        for road in connected.roads() {
            *by_class.entry(road.class).or_default() += road.length.0;
            let surface = road.surface.map_or("not known", Surface::word);
            *by_surface.entry(surface).or_default() += road.length.0;
            // A road is as open as its opener direction.
            let opener = road.passage.forwards.min(road.passage.backwards);
            *by_passage.entry(opener.word()).or_default() += road.length.0;
            if road.passage.forwards.max(road.passage.backwards) > Passage::Emergency {
                *by_passage.entry("one way").or_default() += road.length.0;
            }
            between += [&road.signals, &road.crossings]
                .map(|places| places.forwards.len().max(places.backwards.len()) as u64)
                .iter()
                .sum::<u64>();
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
            km_by_surface: kilometres(by_surface),
            km_by_passage: kilometres(by_passage),
            barriers: counted(
                connected
                    .junctions()
                    .filter_map(|j| j.barrier)
                    .map(Barrier::word),
            ),
            junctions_with_control: counted(
                connected
                    .junctions()
                    .filter_map(|j| j.control)
                    .map(Control::word),
            ),
            signals_and_crossings_between_junctions: between,
            forbidden_paths: connected.restrictions().len(),
        }
    }
}

fn kilometres(lengths: BTreeMap<&'static str, f64>) -> BTreeMap<&'static str, f64> {
    let rounded = lengths.into_iter().map(|(word, metres)| (word, km(metres)));
    rounded.collect()
}

fn counted(words: impl Iterator<Item = &'static str>) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// Of nothing, none.
fn share(part: f64, whole: f64) -> f64 {
    let share = if whole > 0.0 { part / whole } else { 0.0 };
    (share * 1e6).round() / 1e6
}
