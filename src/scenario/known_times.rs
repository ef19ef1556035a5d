//! Times that are known better than from the roads, and what they say of places beside their demand points.

use crate::county::County;
use crate::county::demand::DemandPointId;
use crate::units::Millis;

/// A time from a station to a demand point that is known better than from the roads.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Along the roads.
    pub on_roads: Millis,
    pub time: Millis,
}

impl Known {
    /// The time to a location of the demand point, from that along the roads: longer or shorter in proportion.
    pub fn corrects(self, on_roads: Millis) -> Millis {
        if on_roads == self.on_roads {
            self.time
        } else if [on_roads, self.on_roads, self.time].contains(&Millis::NEVER) {
            on_roads
        } else if self.on_roads.0 == 0 {
            on_roads + self.time
        } else {
            on_roads.times(f64::from(self.time.0) / f64::from(self.on_roads.0))
        }
    }
}

/// Corrects the times of one station along the roads, by what is `known` of demand points: also to places of listed
/// calls, each by its nearest demand point.
pub fn correct(
    county: &County,
    to_point: &mut [Millis],
    known: impl Fn(DemandPointId) -> Option<Known>,
) {
    for (point, time) in DemandPointId::all(to_point.len()).zip(to_point) {
        if let Some(known) = known(county.demand_point_of(point)) {
            *time = known.corrects(*time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known are 10 min where the roads take 5: beside the demand point, at 150 s, it is 5 min; what starts
    /// at the demand point itself takes as much longer as is known.
    #[test]
    fn a_known_time_is_in_proportion_beside_its_demand_point() {
        let known = |on_roads, time| Known {
            on_roads: Millis(on_roads),
            time: Millis(time),
        };
        assert_eq!(
            known(300_000, 600_000).corrects(Millis(300_000)),
            Millis(600_000)
        );
        assert_eq!(
            known(300_000, 600_000).corrects(Millis(150_000)),
            Millis(300_000)
        );
        assert_eq!(known(0, 600_000).corrects(Millis(1000)), Millis(601_000));
        assert_eq!(
            known(300_000, 600_000).corrects(Millis::NEVER),
            Millis::NEVER
        );
        let from_nowhere = Known {
            on_roads: Millis::NEVER,
            time: Millis(600_000),
        };
        assert_eq!(from_nowhere.corrects(Millis::NEVER), Millis(600_000));
        assert_eq!(from_nowhere.corrects(Millis(1000)), Millis(1000));
    }
}
