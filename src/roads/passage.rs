//! Who may pass: along a road in one direction, and through a junction.

use crate::roads::words::word_enum;

word_enum! {
    /// Who may drive along a road in one direction.
    pub enum Passage {
        /// Everybody.
        Open = "open",
        /// Engines, though not the public: a private road, a bus lane, a closed one that says
        /// `emergency=yes`, a one-way street that says `oneway:emergency=no`.
        Emergency = "emergency",
        /// Against the direction of a one-way street: engines whose profile dares it.
        AgainstOneWay = "against_one_way",
        /// Nobody: against the traffic of an expressway or a roundabout.
        Closed = "closed",
    }
}

impl Passage {
    /// Whether an engine may drive here without a special exemption.
    pub fn is_regular(self) -> bool {
        matches!(self, Self::Open | Self::Emergency)
    }
}

word_enum! {
    /// What makes an engine slow down or wait where it passes a junction.
    pub enum Control {
        /// Traffic lights.
        Signals = "signal",
        /// A marked crossing for people on foot.
        Crossing = "crossing",
    }
}

word_enum! {
    /// What stands across the road at a junction.
    pub enum Barrier {
        /// A gate that anybody can open, or a barrier arm: costs time.
        Gate = "gate",
        /// A gate to which its owner has the key.
        PrivateGate = "private_gate",
        /// A gate to which nobody at hand has the key.
        LockedGate = "locked_gate",
        /// A gate or removable bollard that is opened for emergency vehicles only.
        EmergencyGate = "emergency_gate",
        /// Fixed bollards, blocks, a closed fence: nothing wide passes.
        Blocked = "blocked",
    }
}

word_enum! {
    /// What carries a road where it does not lie on the ground.
    pub enum Structure {
        /// A bridge.
        Bridge = "bridge",
        /// A tunnel.
        Tunnel = "tunnel",
    }
}

word_enum! {
    /// The side of the road on which traffic keeps.
    pub enum DrivingSide {
        Right = "right",
        Left = "left",
    }
}
