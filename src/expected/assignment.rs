//! Which engines are sent to an incident, and when they arrive.

use crate::brigades::apparatus::{ApparatusId, ByApparatus};
use crate::expected::day::PeriodId;
use crate::expected::engines::{EngineId, FleetStation, ReadyEngines};
use crate::expected::fleet::{Fleet, Preference};
use crate::units::Millis;

/// Sends engines of those that are `ready`, station by station in their `order`, until nothing of what is
/// needed is `left`: `send` takes the engine, its station's preference and the apparatus for which it is
/// sent.
///
/// The rule of dispatch, whoever is at home. Where policies also send engines that are on the road, these
/// go for needs that they meet sooner, and the rest is sent by this rule.
#[inline]
pub fn assign(
    fleet: &Fleet,
    order: &[Preference],
    ready: &mut ReadyEngines,
    left: &mut ByApparatus,
    mut send: impl FnMut(EngineId, &Preference, ApparatusId),
) {
    let mut needed: u16 = left.iter().map(|count| u16::from(*count)).sum();
    for preference in order {
        if needed == 0 {
            return;
        }
        let station = preference.station;
        // Engines of an apparatus go to the needs for it, before those for any take them.
        for apparatus in fleet.apparatus().rev() {
            while left[apparatus.index()] > 0 {
                let Some(number) = fleet.sent_for(station, ready.at(station), apparatus) else {
                    break;
                };
                let engine = EngineId { station, number };
                ready.remove(engine);
                left[apparatus.index()] -= 1;
                needed -= 1;
                send(engine, preference, apparatus);
            }
        }
    }
}

/// An engine that is expected to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub engine: EngineId,
    /// From the order until it leaves.
    pub turnout: Millis,
    /// From then until it arrives.
    pub travel: Millis,
}

impl Sent {
    /// From the order until it arrives.
    pub fn arrival(&self) -> Millis {
        self.turnout + self.travel
    }
}

/// The engines that are sent to an incident with every engine at home, in the order in which they are
/// sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullAssignment {
    /// The engines.
    pub sent: Vec<Sent>,
    /// Whether they are all that is needed.
    pub is_whole: bool,
}

impl FullAssignment {
    /// Who is sent in a period of the day; `out` is a station whose engines are not at home.
    pub fn new(
        fleet: &Fleet,
        order: &[Preference],
        period: PeriodId,
        needs: ByApparatus,
        out: Option<FleetStation>,
    ) -> Self {
        let mut ready = fleet.all_at_home();
        if let Some(out) = out {
            ready.clear(out);
        }
        let mut left = needs;
        let mut sent = Vec::new();
        assign(
            fleet,
            order,
            &mut ready,
            &mut left,
            |engine, preference, _| {
                sent.push(Sent {
                    engine,
                    turnout: fleet.turnout(engine.station, period),
                    travel: preference.expected,
                });
            },
        );
        Self {
            sent,
            is_whole: left == ByApparatus::default(),
        }
    }

    /// The first to arrive; of equals the one that is sent first.
    pub fn first(&self) -> Option<Sent> {
        self.sent.iter().copied().min_by_key(Sent::arrival)
    }

    /// From the order until the last is there; [`Millis::NEVER`] where too few come.
    pub fn last(&self) -> Millis {
        let last = self.sent.iter().map(Sent::arrival).max();
        last.filter(|_| self.is_whole).unwrap_or(Millis::NEVER)
    }
}
