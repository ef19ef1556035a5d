//! How a location is reached from the road it joins: driven near the road, on foot beyond.

use crate::roads::access_barriers::AccessBarriers;
use crate::units::{KmPerHour, Metres, Millis};

/// How locations join the roads.
#[derive(Clone, Debug)]
pub struct Access<'b> {
    pub pace: AccessPace,
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
}
