//! The keys of a profile file (TOML), each figure with its basis and its reason.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::basis::Basis;
use crate::roads::class::RoadClass;
use crate::roads::surface::{Smoothness, Surface};
use crate::units::{KmPerHour, Metres, Millis, Tonnes};

/// Everything a profile can say; a key that is not here is refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileKeys {
    /// What engine it describes.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// How large the engine is.
    pub size: SizeKeys,
    /// Speed on a free, dry, paved road, by class.
    pub class: BTreeMap<RoadClass, SpeedKey>,
    /// How far the posted limit is kept.
    pub posted_limit: FactorKey,
    /// What other surfaces than `paved` allow.
    #[serde(default)]
    pub surface: BTreeMap<Surface, SurfaceKey>,
    /// What a worse state of the surface than `good` allows.
    #[serde(default)]
    pub smoothness: BTreeMap<Smoothness, SurfaceKey>,
    /// Speed by time of day, times that of a free road.
    #[serde(default)]
    pub band: BTreeMap<String, FactorKey>,
    /// Speed by weather, times that of a dry road.
    #[serde(default)]
    pub weather: BTreeMap<String, FactorKey>,
    /// Time lost at lights, crossings, gates and turns.
    pub delay: DelayKeys,
    /// What the engine may do that the public may not.
    #[serde(default)]
    pub exemption: ExemptionKeys,
}

/// The engine, loaded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeKeys {
    pub height: Metres,
    pub width: Metres,
    /// Its gross weight.
    pub weight: Tonnes,
    /// The load of its heaviest axle; without it, no limit on axles holds it.
    pub axle_load: Option<Tonnes>,
    /// Without it, no limit on length holds it.
    pub length: Option<Metres>,
    /// The narrowest carriageway that it drives on.
    pub carriageway: Metres,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A speed with its reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeedKey {
    pub speed: KmPerHour,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// What a surface allows: a speed at most, or nothing at all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurfaceKey {
    /// The speed at most; none where the surface is not driven on.
    pub speed: Option<KmPerHour>,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A factor with its reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorKey {
    pub factor: f64,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// A delay with its reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayKey {
    /// The time lost.
    pub time: Millis,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// Time lost on the way, beyond driving.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayKeys {
    /// At traffic lights.
    pub signal: DelayKey,
    /// At a marked crossing.
    pub crossing: DelayKey,
    /// At a gate that anybody opens, or a barrier arm.
    pub gate: DelayKey,
    /// At a gate of which the owner has the key; as `gate` where it is not said.
    pub private_gate: Option<DelayKey>,
    /// At a gate of which nobody at hand has the key; as `private_gate` where it is not said.
    pub locked_gate: Option<DelayKey>,
    /// Turning left at a junction of three roads or more; where traffic keeps left, turning right.
    pub left: DelayKey,
    /// Turning to the side on which traffic keeps.
    pub right: DelayKey,
    /// Turning round, at a junction or a dead end.
    pub u_turn: DelayKey,
}

impl DelayKeys {
    pub fn private_gate(&self) -> &DelayKey {
        self.private_gate.as_ref().unwrap_or(&self.gate)
    }

    pub fn locked_gate(&self) -> &DelayKey {
        self.locked_gate
            .as_ref()
            .unwrap_or_else(|| self.private_gate())
    }
}

/// What an engine on a call may do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionKeys {
    /// One-way streets the wrong way, at this speed at most.
    pub against_one_way: Option<SpeedKey>,
    /// Whether it turns where turning is forbidden.
    pub forbidden_turns: Option<AllowedKey>,
    /// Whether it passes gates that open for emergency vehicles only, and the time that costs.
    pub emergency_gates: Option<DelayKey>,
}

/// Something allowed, with its reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowedKey {
    /// Whether it is done.
    pub allowed: bool,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}
