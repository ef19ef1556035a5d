//! Engines of a fleet by station and number, and sets of them.

use std::ops::{BitAnd, Range};

use crate::ids::id;

id!(
    /// A station of a fleet, by its position there.
    #[derive(Default)]
    FleetStation(u32),
    "Fleet station"
);

/// An engine of a fleet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EngineId {
    pub station: FleetStation,
    /// Its number there, from 0.
    pub number: u16,
}

/// Engines of one station: one bit for each number below
/// [`MAX_ENGINES`](crate::brigades::MAX_ENGINES).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EngineSet(u64);

impl EngineSet {
    pub const EMPTY: Self = Self(0);
    pub const ALL: Self = Self(u64::MAX);

    /// The engines with these numbers.
    pub fn numbered(numbers: Range<u16>) -> Self {
        let below = |end: u16| u64::MAX.checked_shr(64 - u32::from(end)).unwrap_or(0);
        Self(below(numbers.end) & !below(numbers.start))
    }

    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    #[inline]
    pub fn contains(self, number: u16) -> bool {
        self.0 >> number & 1 == 1
    }

    /// The lowest number.
    #[inline]
    pub fn first(self) -> Option<u16> {
        (self.0 != 0).then(|| self.0.trailing_zeros() as u16)
    }
}

impl BitAnd for EngineSet {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// The engines that stand ready at their stations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadyEngines(Vec<EngineSet>);

impl ReadyEngines {
    /// All of so many engines at each station.
    pub fn all(engines: &[u16]) -> Self {
        let all = engines.iter().map(|count| EngineSet::numbered(0..*count));
        Self(all.collect())
    }

    /// Those of one station.
    #[inline]
    pub fn at(&self, station: FleetStation) -> EngineSet {
        self.0[station.index()]
    }

    /// An engine stands ready no longer.
    #[inline]
    pub fn remove(&mut self, engine: EngineId) {
        self.0[engine.station.index()].0 &= !(1 << engine.number);
    }

    /// An engine that was out stands ready again.
    #[inline]
    pub fn put_back(&mut self, engine: EngineId) {
        let of_station = &mut self.0[engine.station.index()];
        debug_assert!(
            !of_station.contains(engine.number),
            "an engine is in one place"
        );
        of_station.0 |= 1 << engine.number;
    }

    /// No engine of a station stands ready.
    pub fn clear(&mut self, station: FleetStation) {
        self.0[station.index()] = EngineSet::EMPTY;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brigades::MAX_ENGINES;

    #[test]
    fn a_station_can_have_as_many_engines_as_a_set_holds() {
        let all = EngineSet::numbered(0..MAX_ENGINES);
        assert_eq!((all.count(), all), (64, EngineSet::ALL));
        assert_eq!(EngineSet::numbered(0..0), EngineSet::EMPTY);
        let upper = EngineSet::numbered(62..MAX_ENGINES);
        assert_eq!((upper.first(), upper.count()), (Some(62), 2));
        assert!(upper.contains(63) && !upper.contains(61));
    }

    /// Junctions of a large county are stations that may be built: more than 65,536.
    #[test]
    fn a_fleet_may_have_more_stations_than_16_bits_count() {
        let engine = EngineId {
            station: FleetStation::at(70_000),
            number: 1,
        };
        let mut ready = ReadyEngines::all(&vec![2; 70_001]);
        ready.remove(engine);
        assert_eq!(ready.at(engine.station).first(), Some(0));
        assert_eq!(ready.at(FleetStation::at(70_000 - (1 << 16))).count(), 2);
        ready.put_back(engine);
        assert_eq!(ready, ReadyEngines::all(&vec![2; 70_001]));
    }
}
