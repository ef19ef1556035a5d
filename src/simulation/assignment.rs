//! An engine's assignment to an incident, and its way to stand by elsewhere.

use crate::county::demand::DemandPointId;
use crate::expected::engines::{EngineId, FleetStation};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// An engine sent to an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Number of the incident.
    pub incident: u32,
    /// Where that is.
    pub point: DemandPointId,
    pub engine: EngineId,
    /// How grave that is, the gravest having the lowest number.
    pub priority: u8,
    /// The station that it leaves, `None` where it is on the road
    /// already.
    pub from: Option<FleetStation>,
    /// When it is ordered out.
    pub ordered: SimulatedTime,
    /// From then until it leaves.
    pub turnout: Millis,
    /// From then until it arrives.
    pub travel: Millis,
    /// From then until it leaves the scene.
    pub on_scene: Millis,
    /// From then until it is back at its station.
    pub way_back: Millis,
    /// From then until it stands ready.
    pub restocking: Millis,
    /// When it was sent elsewhere, on its way there or on its way back.
    pub redirected: Option<SimulatedTime>,
}

/// A ready engine on its way to a station to stand by there, or back home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    pub engine: EngineId,
    /// The station that it comes from.
    pub from: FleetStation,
    /// The station that it goes to.
    pub to: FleetStation,
    /// When it is ordered there.
    pub ordered: SimulatedTime,
    /// When it left `from`, or would have where it turned round on its way there.
    pub left: SimulatedTime,
    /// When it is there.
    pub arrives: SimulatedTime,
}

impl Assignment {
    /// When it leaves.
    pub fn left(&self) -> SimulatedTime {
        self.ordered.after(self.turnout)
    }

    /// When it arrives at the scene.
    pub fn arrived(&self) -> SimulatedTime {
        self.left().after(self.travel)
    }

    /// When it leaves the scene.
    pub fn cleared(&self) -> SimulatedTime {
        self.arrived().after(self.on_scene)
    }

    /// When it is back at its station.
    pub fn back(&self) -> SimulatedTime {
        self.cleared().after(self.way_back)
    }

    /// When it stands ready again, or is sent elsewhere.
    pub fn ready(&self) -> SimulatedTime {
        self.redirected
            .unwrap_or_else(|| self.back().after(self.restocking))
    }

    /// For how many milliseconds the engine is out between two times.
    #[inline]
    pub fn out_between(&self, [from, until]: [SimulatedTime; 2]) -> u64 {
        let until = self.ready().min(until).0;
        until.saturating_sub(self.ordered.max(from).0)
    }
}
