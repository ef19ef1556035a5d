use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::expected::closed_roads::travel_without;
use crate::expected::reach::Reach;
use crate::geography::LonLat;
use crate::roads::access::{Access, AccessPace};
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::lanes::Lanes;
use crate::roads::profile::{Conditions, Profile};
use crate::roads::roadway::Roadway;
use crate::roads::snapping::{Foot, Location};
use crate::roads::test_roads::{metres_east, network, plain_profile, profile_with};
use crate::scenario::Scenario;
use crate::scenario::loading::locate;
use crate::scenario::standards::Clock;
use crate::units::Metres;

/// Junctions, links between them (from, to, one way, metres), stations and points (link, share).
#[derive(Clone, Debug)]
struct Case {
    links: Vec<(usize, usize, bool, f64)>,
    stations: Vec<(usize, f64)>,
    points: Vec<(usize, f64)>,
}

const JUNCTIONS: usize = 8;

fn cases() -> impl Strategy<Value = Case> {
    let link = (0..JUNCTIONS, 0..JUNCTIONS, any::<bool>(), 1u32..9);
    let share = prop_oneof![Just(0.0), Just(1.0), Just(0.25), Just(0.5)];
    (
        prop::collection::vec(link, 1..16),
        prop::collection::vec((any::<prop::sample::Index>(), share.clone()), 1..4),
        prop::collection::vec((any::<prop::sample::Index>(), share), 1..6),
    )
        .prop_map(|(links, stations, points)| {
            let links: Vec<_> = links
                .into_iter()
                .map(|(a, b, one_way, length)| (a, b, one_way, f64::from(length) * 500.0))
                .collect();
            let on = |on_links: Vec<(prop::sample::Index, f64)>| {
                on_links
                    .into_iter()
                    .map(|(l, share)| (l.index(links.len()), share))
                    .collect()
            };
            let (stations, points) = (on(stations), on(points));
            Case {
                links,
                stations,
                points,
            }
        })
}

fn locations(on_links: &[(usize, f64)]) -> Vec<TripEnd> {
    let location = |(link, share): &(usize, f64)| {
        let foot = |link: usize| Foot {
            road: RoadId(link as u32),
            share: *share,
            point: LonLat::default(),
            access: Metres(100.0 * share),
        };
        let position = metres_east(2000.0 * share);
        let nearest = Location::beside(position, foot(*link));
        TripEnd::Beside(match *share < 0.5 {
            true => nearest,
            // Lanes are missing around it: it reaches other links too, and its neighbours directly.
            false => Location {
                by_lanes: Some(Arc::new([foot(link / 2), foot(0)])),
                ..nearest
            },
        })
    };
    on_links.iter().map(location).collect()
}

/// Stations from which engines leave at once.
fn at_once(stations: &[(usize, f64)]) -> Vec<(TripEnd, Millis)> {
    let stations = locations(stations).into_iter();
    stations.map(|station| (station, Millis(0))).collect()
}

fn roadway(case: &Case, profile: &Profile, closed: Vec<RoadId>) -> Roadway {
    let roads = Arc::new(network(JUNCTIONS, &case.links));
    let conditions = Conditions {
        closed,
        ..Conditions::default()
    };
    let access = Access {
        pace: AccessPace::ASSUMED,
        lanes: Lanes::ASSUMED,
        barriers: &AccessBarriers::default(),
    };
    Roadway::new(roads, profile, &conditions, &access).unwrap()
}

fn closes_as(
    case: &Case,
    profile: &Profile,
    oracle: impl Fn(&Roadway, RoadId) -> Vec<Millis>,
) -> Result<(), TestCaseError> {
    let open = roadway(case, profile, vec![]);
    let points = locations(&case.points);
    let forest = Forest::new(&open, &at_once(&case.stations), &points);
    let mut scratch = Scratch::default();
    for road in (0..case.links.len() as u32).map(RoadId) {
        let mut affected = Vec::new();
        forest.close(road, &mut scratch, &mut affected);
        let expected = oracle(&open, road);
        for (point, expected) in (0..).zip(expected) {
            let after = forest.after(point as usize, road, &scratch);
            prop_assert_eq!(after, expected, "point {} without link {:?}", point, road);
            if after != forest.before(point as usize) {
                prop_assert!(affected.contains(&point) && forest.matters(road));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Without delays, closing a link is the same as never having been able to drive it.
    #[test]
    fn closing_a_link_gives_the_times_of_a_network_built_without_it(case in cases()) {
        let profile = plain_profile();
        closes_as(&case, &profile, |_, road| {
            let without = roadway(&case, &profile, vec![road]);
            let points = locations(&case.points);
            let times = without.times(&locations(&case.stations), &points);
            let nearest = |point| (0..case.stations.len()).map(|s| times.get(s, point)).min();
            (0..points.len()).map(|point| nearest(point).unwrap()).collect()
        })?;
    }

    /// With turns that cost time, against a whole search that never drives the link.
    #[test]
    fn closing_a_link_among_turns_gives_the_times_of_a_whole_search(case in cases()) {
        let delays = [("left", "7 s"), ("right", "3 s"), ("u_turn", "40 s")];
        let profile = profile_with(&delays, "");
        closes_as(&case, &profile, |open, road| {
            let rows = travel_without(open, &[road], &locations(&case.stations), &locations(&case.points));
            (0..case.points.len()).map(|point| rows.iter().map(|row| row[point]).min().unwrap()).collect()
        })?;
    }
}

/// Every third link of the embedded county, with stations of whatever profile it has.
#[test]
fn links_of_the_county_give_the_changes_of_a_whole_search() {
    let scenario = Scenario::load(&locate(None)).unwrap();
    let stations: Vec<StationId> = scenario.stations.all().step_by(5).collect();
    let expected = Expected::of(&scenario);
    let fleet = Fleet::of(&expected, &stations);
    let network = Network::new(&expected, &fleet);
    let mut scratch = Vec::new();
    let mut changed = 0;
    let every_third = (0..scenario.network.roads.roads().len() as u32).step_by(3);
    for road in every_third.map(RoadId) {
        let reach = Reach::new(&expected, &stations, &[road]);
        let changes: Vec<Change> = DemandPointId::all(scenario.county.demand.len())
            .filter_map(|point| {
                let [after, _] = reach.first_two(&fleet, point);
                let after = after.map_or(Millis::NEVER, |due| due.time(Clock::Dispatch));
                let before = network.before[point.index()];
                Change::of(&scenario, &[road], point, [before, after])
            })
            .collect();
        assert_eq!(network.close(road, &mut scratch), changes, "{road:?}");
        changed += usize::from(!changes.is_empty());
    }
    assert!(changed > 100, "{changed} links change anything");
}
