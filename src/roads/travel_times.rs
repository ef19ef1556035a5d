//! Travel times of fire engines from place to place: access to the road, the road, access to the
//! scene.

use petgraph::graph::NodeIndex;
use rayon::prelude::*;

use crate::roads::compact::{CompactGraph, Search};
use crate::roads::graph::RoadGraph;
use crate::roads::snapping::SnappedPlace;
use crate::units::{KmPerHour, Millis};

/// What is needed to time a trip.
#[derive(Clone, Copy, Debug)]
pub struct Roadway<'r> {
    /// The roads.
    pub roads: &'r RoadGraph,
    /// The same roads with times.
    pub compact: &'r CompactGraph,
    /// The speed between a place and the road it joins.
    pub access_speed: KmPerHour,
}

/// Times from every origin to every destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelTimes {
    destinations: usize,
    /// Row by row: `millis[origin * destinations + destination]`.
    millis: Vec<Millis>,
}

impl TravelTimes {
    /// Searches from every origin, in parallel.
    #[must_use]
    pub fn between(
        roadway: Roadway<'_>,
        origins: &[SnappedPlace],
        destinations: &[SnappedPlace],
    ) -> Self {
        let millis = origins
            .par_iter()
            .map_init(Search::default, |search, origin| {
                roadway.search_from(search, &[*origin]);
                destinations
                    .iter()
                    .map(|destination| roadway.trip(search, origin, destination))
                    .collect::<Vec<_>>()
            })
            .flatten_iter()
            .collect();
        Self {
            destinations: destinations.len(),
            millis,
        }
    }

    /// Times that were worked out elsewhere, row by row.
    ///
    /// # Panics
    /// When the rows are not all `destinations` long.
    #[must_use]
    pub fn from_rows(destinations: usize, millis: Vec<Millis>) -> Self {
        assert!(destinations == 0 || millis.len().is_multiple_of(destinations));
        Self {
            destinations,
            millis,
        }
    }

    /// From one origin to one destination, `NEVER` where no road leads.
    #[must_use]
    pub fn get(&self, origin: usize, destination: usize) -> Millis {
        self.from(origin)[destination]
    }

    /// From one origin to every destination.
    #[must_use]
    pub fn from(&self, origin: usize) -> &[Millis] {
        &self.millis[origin * self.destinations..(origin + 1) * self.destinations]
    }

    /// The number of destinations.
    #[must_use]
    pub fn destinations(&self) -> usize {
        self.destinations
    }
}

impl Roadway<'_> {
    /// Searches from all `origins` at once; each junction gets the time from the nearest.
    pub fn search_from(&self, search: &mut Search, origins: &[SnappedPlace]) {
        let starts: Vec<(NodeIndex, Millis)> = origins
            .iter()
            .flat_map(|origin| self.departures(origin))
            .collect();
        search.run(self.compact, &starts);
    }

    /// The time of a trip to `destination` after [`Roadway::search_from`] the one `origin`.
    #[must_use]
    pub fn trip(
        &self,
        search: &Search,
        origin: &SnappedPlace,
        destination: &SnappedPlace,
    ) -> Millis {
        let along_one_road = self.without_junction(origin, destination);
        self.arrival(search, destination).min(along_one_road)
    }

    /// The time at which `destination` is reached over a junction after [`Roadway::search_from`].
    #[must_use]
    pub fn arrival(&self, search: &Search, destination: &SnappedPlace) -> Millis {
        let road = self.roads.road(destination.road);
        let time_to = |junction| search.time_to(self.compact, junction);
        let mut best = time_to(road.from) + self.part(destination, destination.share);
        if !road.is_one_way() || destination.share == 1.0 {
            let from_far_end = self.part(destination, 1.0 - destination.share);
            best = best.min(time_to(road.to) + from_far_end);
        }
        best + self.access(destination)
    }

    /// The junctions that an engine can drive to first, and when it is there.
    fn departures(&self, origin: &SnappedPlace) -> impl Iterator<Item = (NodeIndex, Millis)> {
        let road = self.roads.road(origin.road);
        let access = self.access(origin);
        let onwards = self.part(origin, 1.0 - origin.share);
        // At its very beginning a one-way road can be left: the place stands on the junction.
        let back = (!road.is_one_way() || origin.share == 0.0)
            .then(|| (road.from, access + self.part(origin, origin.share)));
        std::iter::once((road.to, access + onwards)).chain(back)
    }

    /// The trip between two places on one road that passes no junction, or `NEVER`.
    fn without_junction(&self, origin: &SnappedPlace, destination: &SnappedPlace) -> Millis {
        let share = destination.share - origin.share;
        let same_road = origin.road == destination.road;
        if !same_road || (share < 0.0 && self.roads.road(origin.road).is_one_way()) {
            return Millis::NEVER;
        }
        self.access(origin) + self.part(origin, share.abs()) + self.access(destination)
    }

    /// The time along a share of the road that a place joins.
    fn part(&self, place: &SnappedPlace, share: f64) -> Millis {
        let whole = self.compact.road_time(place.road);
        if whole.is_finite() {
            Millis::from_seconds(whole.seconds() * share)
        } else {
            Millis::NEVER
        }
    }

    fn access(&self, place: &SnappedPlace) -> Millis {
        self.access_speed.time_for(place.access)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::LonLat;
    use crate::roads::snapping::Snapper;
    use crate::roads::test_roads::{class_speeds, metres_east, network};

    /// A place on the road line, `north` metres beside it.
    fn beside(east: f64, north: f64) -> LonLat {
        LonLat {
            lat: north / 111_195.08,
            ..metres_east(east)
        }
    }

    fn time(one_way: bool, from: LonLat, to: LonLat) -> Millis {
        let roads = network(3, &[(0, 1, one_way, 1000.0), (1, 2, false, 1000.0)]);
        let compact = CompactGraph::new(&roads, &class_speeds());
        let roadway = Roadway {
            roads: &roads,
            compact: &compact,
            access_speed: KmPerHour(6.0),
        };
        let snapper = Snapper::new(&roads);
        let [from, to] = [from, to].map(|place| snapper.nearest(place).unwrap());
        TravelTimes::between(roadway, &[from], &[to]).get(0, 0)
    }

    /// ```text
    ///      o  100 m                x  50 m        access at 6 km/h: 36 s per 60 m
    /// 0 ---+---------- 1 ----------+---- 2        1000 m each at 60 km/h: 60 s
    ///     250                     1750
    /// ```
    /// 100 m = 60 s, then 750 m = 45 s and 750 m = 45 s, then 50 m = 30 s: 180 s.
    #[test]
    fn both_access_legs_and_parts_of_two_roads_are_counted() {
        let whole = time(false, beside(250.0, 100.0), beside(1750.0, 50.0));
        assert!(whole.0.abs_diff(180_000) <= 3, "{whole:?}");
    }

    /// 500 m on one road at 60 km/h: 30 s, without a detour over a junction.
    #[test]
    fn two_places_on_one_road_need_no_junction() {
        let whole = time(false, beside(250.0, 0.0), beside(750.0, 0.0));
        assert!(whole.0.abs_diff(30_000) <= 3, "{whole:?}");
    }

    #[test]
    fn a_one_way_road_is_not_driven_backwards() {
        assert_eq!(
            time(true, beside(750.0, 0.0), beside(250.0, 0.0)),
            Millis::NEVER
        );
        assert_eq!(
            time(true, beside(1500.0, 0.0), beside(250.0, 0.0)),
            Millis::NEVER
        );
        assert!(time(true, beside(250.0, 0.0), beside(750.0, 0.0)).is_finite());
    }
}
