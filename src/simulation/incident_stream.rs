//! The incident stream of one replication, drawn without knowing which stations there are.
//!
//! It is drawn piece by piece, so that its length takes no memory.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::Exp1;

use crate::brigades::apparatus::ByApparatus;
use crate::brigades::crew::Crew;
use crate::county::demand::DemandPointId;
use crate::county::incident_types::IncidentTypeId;
use crate::distribution::Distribution;
use crate::simulation::arrivals::ArrivalProcess;
use crate::simulation::incident::{Incident, StreamPiece, Trip, Water};
use crate::simulation::model::{Model, SeverityModel, TypeModel};
use crate::simulation::streams::{Purpose, stream};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// Draws the incident stream of one replication.
#[derive(Debug)]
pub struct IncidentStream<'m> {
    model: &'m Model,
    /// The next call of each process that has any left.
    next: Vec<Next<'m>>,
    /// The next of the incidents that are listed.
    next_listed: usize,
    streams: Vec<Streams>,
    /// Calls being handled, the one that is ordered last first.
    handled: Vec<Handled>,
    begun: Begun,
    /// How many incidents there have been.
    number: u32,
}

/// A process with its next call.
#[derive(Debug)]
struct Next<'m> {
    process: &'m ArrivalProcess,
    rng: ChaCha8Rng,
    received: SimulatedTime,
    /// Calls expected up to the next one.
    expected: f64,
    day: usize,
}

/// The streams from which the incidents of one type draw.
#[derive(Debug)]
struct Streams {
    severity: ChaCha8Rng,
    call_handling: ChaCha8Rng,
    turnout: [ChaCha8Rng; 3],
    traffic: ChaCha8Rng,
    on_scene: ChaCha8Rng,
    restocking: ChaCha8Rng,
    water: [ChaCha8Rng; 2],
    tender: ChaCha8Rng,
}

/// The draws for the trips of a piece that are finished together.
#[derive(Debug, Default)]
struct Begun {
    traffic: Vec<f64>,
    /// By crew.
    turnout: [Vec<f64>; 3],
    /// Turnout over what is drawn.
    slower: Vec<f64>,
}

/// A call that is being handled: when the order is given, and to what.
#[derive(Debug)]
struct Handled {
    received: SimulatedTime,
    ordered: SimulatedTime,
    point: DemandPointId,
    incident_type: IncidentTypeId,
    /// How many engines it needs, where that is not drawn.
    engines: Option<u16>,
}

impl<'m> IncidentStream<'m> {
    /// Before the first incident of a replication.
    pub fn new(model: &'m Model, replication: u32) -> Self {
        let named = |purpose, index| stream(model.seed, replication, purpose, index);
        let next = model.arrivals.iter().filter_map(|process| {
            let mut next = Next {
                process,
                rng: named(process.purpose, process.index),
                received: SimulatedTime(0),
                expected: 0.0,
                day: 0,
            };
            next.advance().then_some(next)
        });
        Self {
            model,
            next: next.collect(),
            next_listed: 0,
            streams: (0..model.types.len())
                .map(|index| Streams {
                    severity: named(Purpose::Severity, index),
                    call_handling: named(Purpose::CallHandling, index),
                    turnout: Crew::ALL.map(|crew| {
                        named(Purpose::Turnout, model.types.len() * crew.index() + index)
                    }),
                    traffic: named(Purpose::Traffic, index),
                    on_scene: named(Purpose::OnScene, index),
                    restocking: named(Purpose::Restocking, index),
                    water: [0, 1].map(|way| named(Purpose::Water, 2 * index + way)),
                    tender: named(Purpose::Tender, index),
                })
                .collect(),
            handled: Vec::new(),
            begun: Begun::default(),
            number: 0,
        }
    }

    /// Puts the next incidents, at most so many, in place of those in `piece`. None are left when
    /// it stays empty.
    pub fn draw(&mut self, piece: &mut StreamPiece, at_most: usize) {
        piece.incidents.clear();
        piece.trips.clear();
        self.take_calls(piece, at_most);
        self.begun.finish(self.model, &mut piece.trips);
    }

    /// Adds incidents whose trips are begun.
    fn take_calls(&mut self, piece: &mut StreamPiece, at_most: usize) {
        while piece.incidents.len() < at_most {
            let first = (0..self.next.len()).min_by_key(|index| self.next[*index].received);
            let drawn = first.map(|index| self.next[index].received);
            let listed = self.model.listed.get(self.next_listed);
            let listed = listed
                .filter(|listed| drawn.is_none_or(|drawn| SimulatedTime(listed.received) <= drawn));
            let received = listed.map_or(drawn, |listed| Some(SimulatedTime(listed.received)));
            // Whose order is not after the next call comes before all calls to come.
            if let Some(call) = self.handled.last()
                && received.is_none_or(|received| call.ordered <= received)
            {
                let call = self.handled.pop().expect("it was there just now");
                self.order(&call, piece);
            } else if let Some(listed) = listed {
                self.next_listed += 1;
                let received = SimulatedTime(listed.received);
                let (point, incident_type) = (listed.point, listed.incident_type);
                self.handle(received, point, incident_type, listed.engines);
            } else if let Some(index) = first {
                let next = &mut self.next[index];
                let incident_type = next.process.incident_type;
                let point = DemandPointId(next.process.point(&mut next.rng));
                let received = next.received;
                if !next.advance() {
                    self.next.swap_remove(index);
                }
                self.handle(received, point, incident_type, None);
            } else {
                return;
            }
        }
    }

    /// Takes a call.
    fn handle(
        &mut self,
        received: SimulatedTime,
        point: DemandPointId,
        incident_type: IncidentTypeId,
        engines: Option<u16>,
    ) {
        let rng = &mut self.streams[incident_type.index()].call_handling;
        let call_handling = Millis::from_seconds(self.model.call_handling.draw(rng));
        let ordered = received.after(call_handling);
        // Of orders of the same millisecond, the earlier call comes first.
        let row = self
            .handled
            .partition_point(|other| other.ordered > ordered);
        self.handled.insert(
            row,
            Handled {
                received,
                ordered,
                point,
                incident_type,
                engines,
            },
        );
    }

    /// Gives an incident its severity and the chance parts of its stages.
    fn order(&mut self, call: &Handled, piece: &mut StreamPiece) {
        let TypeModel {
            severities,
            priority,
            needs_water,
        } = &self.model.types[call.incident_type.index()];
        let streams = &mut self.streams[call.incident_type.index()];
        let severity = match call.engines {
            // Where it is only known how many came, they were of any apparatus.
            Some(engines) => severities.iter().find(|s| s.engines() == engines),
            None => Some(draw_severity(severities, &mut streams.severity)),
        };
        let severity = severity.unwrap_or(&severities[severities.len() - 1]);
        let needs = match call.engines {
            Some(engines) => {
                let mut needs = ByApparatus::default();
                needs[0] = engines as u8;
                needs
            }
            None => severity.needs,
        };
        let engines = call.engines.unwrap_or_else(|| severity.engines());
        let on_scene = &severity.on_scene;
        let first_trip = piece.trips.len() as u32;
        let slower = self.model.turnout_by_hour[call.ordered.hour()];
        for _ in 0..engines {
            let begun = &mut self.begun;
            begun
                .traffic
                .push(self.model.traffic.begin(&mut streams.traffic));
            for (crew, turnout) in begun.turnout.iter_mut().enumerate() {
                turnout.push(self.model.turnout[crew].begin(&mut streams.turnout[crew]));
            }
            begun.slower.push(slower);
            piece.trips.push(Trip {
                traffic: 1.0,
                turnout: [Millis(0); 3],
                on_scene: Millis::from_seconds(on_scene.draw(&mut streams.on_scene)),
                restocking: Millis::from_seconds(
                    self.model.restocking.draw(&mut streams.restocking),
                ),
            });
        }
        let water = self.model.water.as_ref().filter(|_| *needs_water);
        let water = water.map(|supply| {
            let [with, without] = &mut streams.water;
            let drawn = |of: &Distribution, rng: &mut _| Millis::from_seconds(of.draw(rng));
            Water {
                with_hydrant: drawn(&supply.with_hydrant, with),
                without_hydrant: drawn(&supply.without_hydrant, without),
                with_tender: (supply.with_tender.as_ref())
                    .map_or(Millis::NEVER, |tender| drawn(tender, &mut streams.tender)),
                has_hydrant: supply.has_hydrant[call.point.index()],
            }
        });
        piece.incidents.push(Incident {
            water,
            number: self.number,
            received: call.received,
            call_handling: call.ordered.since(call.received),
            point: call.point,
            incident_type: call.incident_type,
            priority: *priority,
            engines,
            needs,
            first_trip,
        });
        self.number += 1;
    }
}

impl Begun {
    /// Gives each trip what was begun for it, and begins anew.
    fn finish(&mut self, model: &Model, trips: &mut [Trip]) {
        model.traffic.finish(&mut self.traffic);
        for (trip, traffic) in trips.iter_mut().zip(self.traffic.drain(..)) {
            trip.traffic = traffic;
        }
        for (crew, begun) in self.turnout.iter_mut().enumerate() {
            model.turnout[crew].finish(begun);
            let slower = self.slower.iter();
            for ((trip, turnout), slower) in trips.iter_mut().zip(begun.drain(..)).zip(slower) {
                trip.turnout[crew] = Millis::from_seconds(turnout * slower);
            }
        }
        self.slower.clear();
    }
}

impl Next<'_> {
    /// To the call after this one; `false` when there is none.
    fn advance(&mut self) -> bool {
        // Counted in calls expected, the gaps of any Poisson process are those of rate 1.
        let gap: f64 = self.rng.sample(Exp1);
        self.expected += gap;
        match self.process.time(self.expected, &mut self.day) {
            Some(time) => {
                self.received = SimulatedTime(time as u64);
                true
            }
            None => false,
        }
    }
}

fn draw_severity<'s>(severities: &'s [SeverityModel], rng: &mut ChaCha8Rng) -> &'s SeverityModel {
    let last = &severities[severities.len() - 1];
    if severities.len() == 1 {
        return last;
    }
    let mut left: f64 = rng.random();
    for severity in severities {
        if left < severity.share {
            return severity;
        }
        left -= severity.share;
    }
    last
}
