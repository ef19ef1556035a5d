//! How a location is reached from the road it joins: driven near the road, on foot beyond.

use crate::roads::access_barriers::AccessBarriers;
use crate::roads::lanes::Lanes;
use crate::units::{KmPerHour, Metres, Millis};

/// How locations join the roads.
#[derive(Clone, Debug)]
pub struct Access<'b> {
    pub pace: AccessPace,
    /// Ways beside the listed roads, where lanes are missing from the network.
    pub lanes: Lanes,
    /// What nobody crosses between a location and its road.
    pub barriers: &'b AccessBarriers,
}

/// How fast crews are between a location and the road it joins.
///
/// Yards and lanes that no table lists lead some way from a road; there an engine drives. Farther off
/// there is no road: maps and areas show that as a class of its own, and a crew goes on foot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccessPace {
    /// The speed up to `limit` from the road.
    pub driven: KmPerHour,
    /// A location farther than this from every road that it can join has none.
    pub limit: Metres,
    /// The speed past it.
    pub on_foot: KmPerHour,
}

impl AccessPace {
    /// Where nothing else is said. On foot: a hiker's pace of 5 km/h, slowed by what a crew carries.
    pub const ASSUMED: Self = Self {
        driven: KmPerHour(15.0),
        limit: Metres(500.0),
        on_foot: KmPerHour(4.0),
    };

    /// The time between a location and its road, so far apart.
    pub fn time(self, distance: Metres) -> Millis {
        let driven = Metres(distance.0.min(self.limit.0));
        let walked = Metres(distance.0 - driven.0);
        if walked.0 > 0.0 {
            self.driven.time_for(driven) + self.on_foot.time_for(walked)
        } else {
            self.driven.time_for(driven)
        }
    }
}

impl AccessPace {
    /// The time between a location and a road so far from it where lanes are missing: by a lane as far as lanes reach,
    /// or the limit where that is more, and on foot past it.
    pub fn time_by_lanes(self, lanes: &Lanes, distance: Metres) -> Millis {
        let driven = Metres(distance.0.min(lanes.reach.0.max(self.limit.0)));
        let walked = Metres(distance.0 - driven.0);
        let time = lanes.time_from_door(self.driven, driven);
        if walked.0 > 0.0 {
            time + self.on_foot.time_for(walked)
        } else {
            time
        }
    }

    /// The time of a trip by lanes alone.
    pub fn time_off_roads(self, lanes: &Lanes, straight: Metres) -> Millis {
        lanes.time_door_to_door(self.driven, straight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At 15 km/h 500 m take 120 s; 200 m more on foot at 4 km/h take 180 s.
    #[test]
    fn a_crew_walks_past_the_last_lane() {
        let time = |metres| AccessPace::ASSUMED.time(Metres(metres));
        assert_eq!(time(0.0), Millis(0));
        assert_eq!(time(250.0), Millis(60_000));
        assert_eq!(time(500.0), Millis(120_000));
        assert_eq!(time(700.0), Millis(300_000));
    }

    /// At 15 km/h 200 m take 48 s; 1.3 × 800 m at 30 km/h take 124.8 s; 100 m more on foot at 4 km/h take 90 s. From
    /// door to door 400 m take 96 s and 1.3 × 600 m at 30 km/h 93.6 s.
    #[test]
    fn a_way_by_lanes_is_slow_at_the_doors_and_longer_than_the_straight_line() {
        let (pace, lanes) = (AccessPace::ASSUMED, Lanes::ASSUMED);
        let time = |metres| pace.time_by_lanes(&lanes, Metres(metres));
        assert_eq!(time(0.0), Millis(0));
        assert_eq!(time(100.0), Millis(24_000));
        assert_eq!(time(200.0), Millis(48_000));
        assert_eq!(time(1000.0), Millis(172_800));
        assert_eq!(time(1100.0), Millis(262_800));
        let far = AccessPace {
            limit: Metres(3000.0),
            ..pace
        };
        let to_the_limit = far.time_by_lanes(&lanes, Metres(3000.0));
        assert_eq!(to_the_limit, Millis(48_000 + 436_800));
        assert_eq!(
            pace.time_off_roads(&lanes, Metres(1000.0)),
            Millis(96_000 + 93_600)
        );
    }
}
