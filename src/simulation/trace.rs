//! Everything that happens in one replication, event by event.

use crate::expected::engines::{EngineId, FleetStation};
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::incident::Incident;
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;

/// Takes down one replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Every incident with its answer, in the order in which they were answered.
    pub answered: Vec<(Incident, Response)>,
    /// Every engine that was sent, in the order in which they were.
    pub sent: Vec<Assignment>,
    /// Every engine that went to stand by elsewhere or came home from there, in order.
    pub relocated: Vec<Relocation>,
}

impl Observer for Trace {
    fn sent(&mut self, assignment: &Assignment) {
        self.sent.push(*assignment);
    }

    fn redirected(&mut self, assignment: &Assignment) {
        let sent = self.sent.iter_mut().rev();
        let mut sent = sent.filter(|other| other.engine == assignment.engine);
        *sent.next().expect("it was sent") = *assignment;
    }

    fn relocated(&mut self, relocation: &Relocation) {
        self.relocated.push(*relocation);
    }

    fn answered(&mut self, incident: &Incident, response: &Response) {
        self.answered.push((*incident, *response));
    }
}

/// Something that happens at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// An engine stands ready at its station again.
    Ready(EngineId),
    /// A call is received.
    Call,
    /// The dispatch order is given.
    Order,
    /// An engine is ordered out.
    Dispatched(EngineId),
    /// It leaves its station.
    Left(EngineId),
    /// It arrives at the scene.
    Arrived(EngineId),
    /// It leaves the scene.
    Cleared(EngineId),
    /// It is back at its station, where that is not when it stands ready.
    Back(EngineId),
    /// On its way there or back it is sent elsewhere.
    Redirected(EngineId),
    /// It goes to stand by at a station, or home from there.
    Relocated(EngineId, FleetStation),
    /// The incident is lost: no engine comes.
    Lost,
}

impl Event {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready(_) => "ready",
            Self::Call => "call",
            Self::Order => "order",
            Self::Dispatched(_) => "dispatched",
            Self::Left(_) => "left",
            Self::Arrived(_) => "arrived",
            Self::Cleared(_) => "cleared",
            Self::Back(_) => "back",
            Self::Redirected(_) => "redirected",
            Self::Relocated(..) => "relocated",
            Self::Lost => "lost",
        }
    }

    /// The engine that it is about.
    pub fn engine(self) -> Option<EngineId> {
        match self {
            Self::Call | Self::Order | Self::Lost => None,
            Self::Ready(engine)
            | Self::Dispatched(engine)
            | Self::Left(engine)
            | Self::Arrived(engine)
            | Self::Cleared(engine)
            | Self::Back(engine)
            | Self::Redirected(engine)
            | Self::Relocated(engine, _) => Some(engine),
        }
    }
}

impl Trace {
    /// All events by time, incident and event; an engine that goes to stand by has no incident.
    pub fn events(&self) -> Vec<(SimulatedTime, Option<u32>, Event)> {
        let mut events = Vec::with_capacity(self.answered.len() * 2 + self.sent.len() * 5);
        for (incident, response) in &self.answered {
            let number = Some(incident.number);
            events.push((incident.received, number, Event::Call));
            events.push((incident.ordered(), number, Event::Order));
            if response.is_lost() {
                events.push((incident.ordered(), number, Event::Lost));
            }
        }
        for assignment in &self.sent {
            let engine = assignment.engine;
            let ended = match assignment.redirected {
                None => Event::Ready(engine),
                Some(_) => Event::Redirected(engine),
            };
            let stages = [
                (assignment.left(), Event::Left(engine)),
                (assignment.arrived(), Event::Arrived(engine)),
                (assignment.cleared(), Event::Cleared(engine)),
                (assignment.back(), Event::Back(engine)),
            ];
            let until = assignment.redirected.unwrap_or(SimulatedTime(u64::MAX));
            let happened = |(time, event): &(SimulatedTime, Event)| {
                // What was not reached before it was sent elsewhere did not happen, and being back is
                // an event beside standing ready where something lies between.
                let lies_between = assignment.restocking.0 > 0;
                *time <= until && (lies_between || !matches!(event, Event::Back(_)))
            };
            let of_engine = [(assignment.ordered, Event::Dispatched(engine))]
                .into_iter()
                .chain(stages.into_iter().filter(happened))
                .chain([(assignment.ready(), ended)]);
            events.extend(of_engine.map(|(time, event)| (time, Some(assignment.incident), event)));
        }
        events.extend(self.relocated.iter().map(|relocation| {
            let event = Event::Relocated(relocation.engine, relocation.to);
            (relocation.ordered, None, event)
        }));
        events.sort_unstable();
        events
    }

    /// An incident and its answer.
    pub fn incident(&self, number: u32) -> Option<&(Incident, Response)> {
        let found = self.answered.iter();
        found
            .into_iter()
            .find(|(incident, _)| incident.number == number)
    }

    /// What was sent to an incident, in order.
    pub fn sent_to(&self, number: u32) -> impl Iterator<Item = &Assignment> {
        let sent = self.sent.iter();
        sent.filter(move |assignment| assignment.incident == number)
    }

    /// Where engines stand by just before the orders of a time, or are on their way to, if not at their
    /// station or out.
    pub fn posted_at(&self, time: SimulatedTime) -> impl Iterator<Item = &Relocation> {
        self.relocated.iter().filter(move |relocation| {
            let engine = relocation.engine;
            let ordered_since = |other: EngineId, ordered: SimulatedTime| {
                other == engine && relocation.ordered <= ordered && ordered < time
            };
            let mut sent = self.sent.iter();
            let mut others = self.relocated.iter().filter(|other| other != relocation);
            let is_home = relocation.to == engine.station && relocation.arrives <= time;
            relocation.ordered < time
                && !is_home
                && !sent.any(|assignment| ordered_since(assignment.engine, assignment.ordered))
                && !others.any(|other| ordered_since(other.engine, other.ordered))
        })
    }

    /// What was out just before the orders of a time, other than to `number`.
    pub fn out_at(&self, time: SimulatedTime, number: u32) -> impl Iterator<Item = &Assignment> {
        self.sent.iter().filter(move |assignment| {
            assignment.ordered <= time && time < assignment.ready() && assignment.incident != number
        })
    }
}
