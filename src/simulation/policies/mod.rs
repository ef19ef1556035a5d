//! Who is sent and who stands by where. A rule is one file behind [`Policy`]; where none proposes an engine
//! that is sooner, those that stand ready go, as [`assign`](crate::expected::assignment::assign) says.

pub mod move_up;
pub mod redirect;
pub mod reroute;

use std::fmt::Debug;

use crate::brigades::apparatus::ApparatusId;
use crate::county::demand::DemandPointId;
use crate::expected::engines::{EngineId, FleetStation, ReadyEngines};
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::deployment::Deployment;
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// What a rule sees.
#[derive(Clone, Copy, Debug)]
pub struct View<'v> {
    /// When.
    pub now: SimulatedTime,
    /// Engines that stand ready at their stations.
    pub ready: &'v ReadyEngines,
    /// Engines that are out.
    pub away: &'v [Assignment],
    /// Engines that can be sent though they are not at their station.
    pub posts: &'v [Relocation],
    /// The stations and their order.
    pub deployment: &'v Deployment,
}

/// What is needed.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Where.
    pub point: DemandPointId,
    /// How grave it is, the gravest having the lowest number.
    pub priority: u8,
    pub apparatus: ApparatusId,
}

/// Where an engine is that can be sent though it does not stand ready at its station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// Out: its index in [`View::away`].
    Away(usize),
    /// At another station or on its way there: its index in [`View::posts`].
    Post(usize),
}

/// An engine that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub engine: EngineId,
    /// Where it is.
    pub whereabouts: Whereabouts,
    /// The station that it leaves, `None` where it is on the road.
    pub from: Option<FleetStation>,
    /// Expected time until it drives.
    pub before: Millis,
    /// Expected travel time from then on.
    pub travel: Millis,
}

/// A rule by which engines are sent or stand by.
pub trait Policy: Debug + Send + Sync {
    /// The engine that the rule would send, of those that do not stand ready; the dispatcher sends it
    /// where it is expected sooner than one that stands ready and would go for the same need.
    fn proposal(&self, view: &View<'_>, need: &Need) -> Option<Proposal>;

    /// A ready engine that is to stand by elsewhere from now on, one after the other until there is none.
    fn relocation(&self, _: &View<'_>) -> Option<Relocation> {
        None
    }
}

impl Proposal {
    /// Expected time until it is there.
    pub fn expected(&self) -> Millis {
        self.before + self.travel
    }

    /// The earlier of two, by their engines where they are equal.
    fn earlier(self, other: Self) -> Self {
        let order = |proposal: &Self| (proposal.expected(), proposal.engine);
        if order(&other) < order(&self) {
            other
        } else {
            self
        }
    }
}

impl View<'_> {
    /// Whether an engine does for a need.
    fn does_for(&self, engine: EngineId, need: &Need) -> bool {
        self.deployment.fleet.does_for(engine, need.apparatus)
    }
}

/// Expected time to a demand point of an engine on its way from one end to another.
///
/// Where on its way an engine is, is known in time, not on the map. From there to the demand point it
/// takes at least the time from the end that it comes from less what it has done, and the time from
/// the end that it goes to less what it has left to do; the longer of the two is exact where roads
/// branch and do not come together again, and taken for the time.
fn on_the_road(
    whole: Millis,
    [begin, now, end]: [SimulatedTime; 3],
    [from_begin, from_end]: [Millis; 2],
) -> Millis {
    let share = now.since(begin).seconds() / end.since(begin).seconds();
    let done = whole.times(share);
    let left = Millis(whole.0.saturating_sub(done.0));
    let less = |time: Millis, less: Millis| Millis(time.0.saturating_sub(less.0));
    less(from_begin, done).max(less(from_end, left))
}
