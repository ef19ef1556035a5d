//! Everything that happens in one replication, event by event.

use crate::simulation::history::{Incident, Moment};
use crate::simulation::sending::{EngineId, Observer, Response, Sending};

/// Takes down one replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Every incident with its answer, in the order in which they were answered.
    pub answered: Vec<(Incident, Response)>,
    /// Every engine that was sent, in the order in which they were.
    pub sent: Vec<Sending>,
}

impl Observer for Trace {
    fn sent(&mut self, sending: &Sending) {
        self.sent.push(*sending);
    }

    fn redirected(&mut self, sending: &Sending) {
        let told = self.sent.iter_mut().rev();
        let mut told = told.filter(|other| other.engine == sending.engine);
        *told.next().expect("it was sent") = *sending;
    }

    fn answered(&mut self, incident: &Incident, response: &Response) {
        self.answered.push((*incident, *response));
    }
}

/// Something that happens at one moment.
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
    /// On its way back it is sent elsewhere.
    Redirected(EngineId),
    /// The incident is lost: no engine comes.
    Lost,
}

impl Event {
    /// Its name in files.
    #[must_use]
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
            Self::Lost => "lost",
        }
    }

    /// The engine that it is about.
    #[must_use]
    pub fn engine(self) -> Option<EngineId> {
        match self {
            Self::Call | Self::Order | Self::Lost => None,
            Self::Ready(engine)
            | Self::Dispatched(engine)
            | Self::Left(engine)
            | Self::Arrived(engine)
            | Self::Cleared(engine)
            | Self::Back(engine)
            | Self::Redirected(engine) => Some(engine),
        }
    }
}

impl Trace {
    /// All events by moment, incident and kind.
    #[must_use]
    pub fn events(&self) -> Vec<(Moment, u32, Event)> {
        let mut events = Vec::with_capacity(self.answered.len() * 2 + self.sent.len() * 5);
        for (incident, response) in &self.answered {
            events.push((incident.received, incident.number, Event::Call));
            events.push((incident.ordered(), incident.number, Event::Order));
            if response.is_lost() {
                events.push((incident.ordered(), incident.number, Event::Lost));
            }
        }
        for sending in &self.sent {
            let left = sending.ordered.after(sending.turnout);
            let ended = match sending.redirected {
                None => Event::Ready(sending.engine),
                Some(_) => Event::Redirected(sending.engine),
            };
            let of_engine = [
                (sending.ordered, Event::Dispatched(sending.engine)),
                (left, Event::Left(sending.engine)),
                (sending.arrived(), Event::Arrived(sending.engine)),
                (sending.cleared(), Event::Cleared(sending.engine)),
                (sending.ready(), ended),
            ];
            let of_engine = of_engine.map(|(moment, event)| (moment, sending.incident, event));
            events.extend(of_engine);
            if sending.restocking.0 > 0 && sending.redirected.is_none() {
                events.push((
                    sending.back(),
                    sending.incident,
                    Event::Back(sending.engine),
                ));
            }
        }
        events.sort_unstable();
        events
    }

    /// An incident and its answer.
    #[must_use]
    pub fn incident(&self, number: u32) -> Option<&(Incident, Response)> {
        let found = self.answered.iter();
        found
            .into_iter()
            .find(|(incident, _)| incident.number == number)
    }

    /// What was sent to an incident, in order.
    pub fn sent_to(&self, number: u32) -> impl Iterator<Item = &Sending> {
        let sent = self.sent.iter();
        sent.filter(move |sending| sending.incident == number)
    }

    /// What was out just before a moment's own orders, other than to `number`.
    pub fn out_at(&self, moment: Moment, number: u32) -> impl Iterator<Item = &Sending> {
        self.sent.iter().filter(move |sending| {
            sending.ordered <= moment && moment < sending.ready() && sending.incident != number
        })
    }
}
