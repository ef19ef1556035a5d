//! Who is sent. A rule is one file behind [`Policy`]; where none is asked for, the dispatcher sends the
//! first engine that stands ready in the order of the place.

pub mod redirect;

use std::fmt::Debug;

use crate::county::demand::DemandId;
use crate::simulation::deployment::Deployment;
use crate::simulation::history::Moment;
use crate::simulation::sending::{EngineId, Sending};
use crate::units::Millis;

/// What a rule sees where one engine is needed.
#[derive(Clone, Copy, Debug)]
pub struct View<'v> {
    /// When.
    pub moment: Moment,
    /// Where.
    pub place: DemandId,
    /// One bit for each engine of a station that stands ready.
    pub ready: &'v [u64],
    /// Engines that are out.
    pub away: &'v [Sending],
    /// The stations and their order.
    pub deployment: &'v Deployment,
}

/// Which engine is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The engine.
    pub engine: EngineId,
    /// Expected travel time from where it is.
    pub expected: Millis,
    /// Its place in [`View::away`], where it does not stand at its station.
    pub away: Option<usize>,
}

/// A rule by which engines are sent.
pub trait Policy: Debug + Sync {
    /// The engine that is sent where one of a kind (as in [`Deployment::sent_for`]) is needed; `None`
    /// where there is none to be sent.
    fn choose(&self, view: &View<'_>, kind: usize) -> Option<Choice>;
}

impl View<'_> {
    /// The first engine that stands ready in the order of the place.
    #[must_use]
    pub fn first_ready(&self, kind: usize) -> Option<Choice> {
        let preferences = self.deployment.preferences(self.place, self.moment).iter();
        preferences
            .filter_map(|preference| {
                let station = preference.station;
                let ready = self.ready[usize::from(station)];
                let number = self.deployment.sent_for(station, ready, kind)?;
                Some(Choice {
                    engine: EngineId {
                        station,
                        number: number as u16,
                    },
                    expected: preference.expected,
                    away: None,
                })
            })
            .next()
    }
}
