//! The incident stream of one replication, drawn without knowing which stations there are.
//!
//! It is drawn piece by piece, so that its length takes no memory.

use crate::county::demand::DemandPointId;
use crate::distribution::standard_exponential;
use crate::simulation::arrivals::ArrivalProcess;
use crate::simulation::incident::StreamPiece;
use crate::simulation::model::Model;
use crate::simulation::stages::{Call, Stages};
use crate::simulation::streams::{CallName, Purpose, Stream};
use crate::simulation::time::SimulatedTime;

/// Draws the incident stream of one replication.
#[derive(Debug)]
pub struct IncidentStream<'m> {
    /// The next call of each process that has any left.
    next: Vec<Next<'m>>,
    /// The next of the incidents that are listed.
    next_listed: u32,
    stages: Stages<'m>,
    /// Calls being handled, the one that is ordered last first.
    handled: Vec<Call>,
    /// How many incidents there have been.
    number: u32,
}

/// A process with its next call.
#[derive(Debug)]
struct Next<'m> {
    process: &'m ArrivalProcess,
    /// The stream of its next call, which has drawn when that comes.
    stream: Stream,
    /// How many calls came before.
    number: u32,
    received: SimulatedTime,
    /// Calls expected up to the next one.
    expected: f64,
    day: usize,
}

impl<'m> IncidentStream<'m> {
    /// Before the first incident of a replication.
    pub fn new(model: &'m Model, replication: u32) -> Self {
        let stages = Stages::new(model, replication);
        let next = model.arrivals.iter().filter_map(|process| {
            let call = CallName {
                source: process.source,
                number: 0,
            };
            let mut next = Next {
                process,
                stream: stages.stream(Purpose::Arrivals, call),
                number: 0,
                received: SimulatedTime(0),
                expected: 0.0,
                day: 0,
            };
            next.take_gap().then_some(next)
        });
        Self {
            next: next.collect(),
            next_listed: 0,
            stages,
            handled: Vec::new(),
            number: 0,
        }
    }

    /// Puts the next incidents, at most so many, in place of those in `piece`. None are left when
    /// it stays empty.
    pub fn draw(&mut self, piece: &mut StreamPiece, at_most: usize) {
        piece.incidents.clear();
        piece.trips.clear();
        self.take_calls(piece, at_most);
        self.stages.finish(piece);
    }

    /// Adds incidents whose trips are begun.
    fn take_calls(&mut self, piece: &mut StreamPiece, at_most: usize) {
        while piece.incidents.len() < at_most {
            let first = (0..self.next.len()).min_by_key(|index| self.next[*index].received);
            let drawn = first.map(|index| self.next[index].received);
            let listed = self.stages.model.listed.get(self.next_listed as usize);
            let listed = listed
                .filter(|listed| drawn.is_none_or(|drawn| SimulatedTime(listed.received) <= drawn));
            let received = listed.map_or(drawn, |listed| Some(SimulatedTime(listed.received)));
            // Whose order is not after the next call comes before all calls to come.
            if let Some(call) = self.handled.last()
                && received.is_none_or(|received| call.ordered <= received)
            {
                let call = self.handled.pop().expect("it was there just now");
                self.stages.begin(&call, self.number, piece);
                self.number += 1;
            } else if let Some(listed) = listed {
                let name = CallName {
                    source: CallName::LISTED,
                    number: self.next_listed,
                };
                self.next_listed += 1;
                self.handle(Call {
                    name,
                    received: SimulatedTime(listed.received),
                    ordered: SimulatedTime(listed.received),
                    point: listed.point,
                    incident_type: listed.incident_type,
                    engines: listed.engines,
                });
            } else if let Some(index) = first {
                let next = &mut self.next[index];
                let call = Call {
                    name: next.name(),
                    received: next.received,
                    ordered: next.received,
                    point: DemandPointId(next.process.point(&mut next.stream)),
                    incident_type: next.process.incident_type,
                    engines: None,
                };
                next.number += 1;
                next.stream = self.stages.stream(Purpose::Arrivals, next.name());
                if !next.take_gap() {
                    self.next.swap_remove(index);
                }
                self.handle(call);
            } else {
                return;
            }
        }
    }

    /// Takes a call.
    fn handle(&mut self, mut call: Call) {
        call.ordered = call.received.after(self.stages.call_handling(call.name));
        // Of orders of the same millisecond, the earlier call comes first.
        let row = self
            .handled
            .partition_point(|other| other.ordered > call.ordered);
        self.handled.insert(row, call);
    }
}

impl Next<'_> {
    /// The name of the next call.
    fn name(&self) -> CallName {
        CallName {
            source: self.process.source,
            number: self.number,
        }
    }

    /// Takes the gap before the next call; `false` when there is none.
    fn take_gap(&mut self) -> bool {
        // Counted in calls expected, the gaps of any Poisson process are those of rate 1.
        self.expected += standard_exponential(&mut self.stream);
        match self.process.time(self.expected, &mut self.day) {
            Some(time) => {
                self.received = SimulatedTime(time as u64);
                true
            }
            None => false,
        }
    }
}
