//! What happens in one replication: incidents with the number of engines they need and the chance
//! parts of every stage, drawn without knowing which stations there are.
//!
//! A history is drawn piece by piece, so that its length takes no memory.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::Exp1;

use crate::brigades::apparatus::ByKind;
use crate::brigades::crew::Crew;
use crate::county::demand::DemandPointId;
use crate::distribution::Distribution;
use crate::simulation::model::{Kind, Model, Severity, Source};
use crate::simulation::streams::{Purpose, stream};
use crate::units::Millis;

/// A moment of the horizon, in milliseconds from its first midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
    /// The midnight after so many days.
    #[must_use]
    pub fn midnight(days: u32) -> Self {
        Self(u64::from(days) * 86_400_000)
    }

    /// Its day, the first being 0.
    #[must_use]
    pub fn day(self) -> usize {
        (self.0 / 86_400_000) as usize
    }

    /// Its hour of the day.
    #[must_use]
    pub fn hour(self) -> usize {
        (self.0 / 3_600_000 % 24) as usize
    }

    /// The moment so much later.
    #[must_use]
    pub fn after(self, span: Millis) -> Self {
        Self(self.0 + u64::from(span.0))
    }

    /// The span from an earlier moment; at most 49 days.
    #[must_use]
    pub fn since(self, earlier: Self) -> Millis {
        Millis(u32::try_from(self.0 - earlier.0).unwrap_or(u32::MAX - 1))
    }
}

/// A call for help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incident {
    /// Its number in the replication, by the time of the dispatch order, from 0.
    pub number: u32,
    /// When the call is received.
    pub received: Moment,
    /// From the call to the dispatch order.
    pub call_handling: Millis,
    /// Where it is.
    pub place: DemandPointId,
    /// Index of its type.
    pub kind: u16,
    /// Of incidents that wait, those of a lower number are served first.
    pub priority: u8,
    /// How many engines it needs; they take the trips from `first_trip` on.
    pub engines: u16,
    /// How many of each kind, the first being those of any.
    pub needs: ByKind,
    /// Index of its first trip in [`History::trips`].
    pub first_trip: u32,
    /// For a fire, how long it takes to bring water on it.
    pub water: Option<Water>,
}

/// How long it takes to bring water on a fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Water {
    /// From the first engine's arrival, with a hydrant.
    pub with_hydrant: Millis,
    /// From the first engine's arrival, by a relay or to and fro.
    pub without_hydrant: Millis,
    /// From the arrival of an engine that brings water; [`Millis::NEVER`] where none does.
    pub with_tender: Millis,
    /// Whether a hydrant is within reach.
    pub has_hydrant: bool,
}

impl Incident {
    /// When the dispatch order is given.
    #[must_use]
    pub fn ordered(&self) -> Moment {
        self.received.after(self.call_handling)
    }
}

/// The chance parts of one engine's trip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trip {
    /// Travel time over expected travel time.
    pub traffic: f64,
    /// From the dispatch order to the engine's leaving, by crew.
    pub turnout: [Millis; 3],
    /// From arrival to leaving the scene.
    pub on_scene: Millis,
    /// From its being back until it stands ready.
    pub restocking: Millis,
}

/// A piece of a replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// In the order in which dispatch orders are given.
    pub incidents: Vec<Incident>,
    /// The trips of all incidents.
    pub trips: Vec<Trip>,
}

/// Draws the history of one replication.
#[derive(Debug)]
pub struct Historian<'m> {
    model: &'m Model,
    /// The next call of each source that has any left.
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

/// A source with its next call.
#[derive(Debug)]
struct Next<'m> {
    source: &'m Source,
    rng: ChaCha8Rng,
    received: Moment,
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
    received: Moment,
    ordered: Moment,
    place: DemandPointId,
    kind: u16,
    /// How many engines it needs, where that is not drawn.
    engines: Option<u16>,
}

impl<'m> Historian<'m> {
    /// Before the first incident of a replication.
    #[must_use]
    pub fn new(model: &'m Model, replication: u32) -> Self {
        let named = |purpose, index| stream(model.seed, replication, purpose, index);
        let next = model.sources.iter().filter_map(|source| {
            let mut next = Next {
                source,
                rng: named(source.purpose, source.index),
                received: Moment(0),
                expected: 0.0,
                day: 0,
            };
            next.advance().then_some(next)
        });
        Self {
            model,
            next: next.collect(),
            next_listed: 0,
            streams: (0..model.kinds.len())
                .map(|kind| Streams {
                    severity: named(Purpose::Severity, kind),
                    call_handling: named(Purpose::CallHandling, kind),
                    turnout: Crew::ALL.map(|crew| {
                        named(Purpose::Turnout, model.kinds.len() * crew.index() + kind)
                    }),
                    traffic: named(Purpose::Traffic, kind),
                    on_scene: named(Purpose::OnScene, kind),
                    restocking: named(Purpose::Restocking, kind),
                    water: [0, 1].map(|way| named(Purpose::Water, 2 * kind + way)),
                    tender: named(Purpose::Tender, kind),
                })
                .collect(),
            handled: Vec::new(),
            begun: Begun::default(),
            number: 0,
        }
    }

    /// Puts the next incidents, at most so many, in place of those in `piece`. None are left when
    /// it stays empty.
    pub fn draw(&mut self, piece: &mut History, at_most: usize) {
        piece.incidents.clear();
        piece.trips.clear();
        self.take_calls(piece, at_most);
        self.begun.finish(self.model, &mut piece.trips);
    }

    /// Adds incidents whose trips are begun.
    fn take_calls(&mut self, piece: &mut History, at_most: usize) {
        while piece.incidents.len() < at_most {
            let source = (0..self.next.len()).min_by_key(|source| self.next[*source].received);
            let drawn = source.map(|source| self.next[source].received);
            let listed = self.model.listed.get(self.next_listed);
            let listed =
                listed.filter(|listed| drawn.is_none_or(|drawn| Moment(listed.received) <= drawn));
            let received = listed.map_or(drawn, |listed| Some(Moment(listed.received)));
            // Whose order is not after the next call comes before all calls to come.
            if let Some(first) = self.handled.last()
                && received.is_none_or(|received| first.ordered <= received)
            {
                let first = self.handled.pop().expect("it was there just now");
                self.order(&first, piece);
            } else if let Some(listed) = listed {
                self.next_listed += 1;
                let received = Moment(listed.received);
                self.handle(received, listed.place, listed.kind, listed.engines);
            } else if let Some(source) = source {
                let next = &mut self.next[source];
                let kind = next.source.kind;
                let place = DemandPointId(next.source.place(&mut next.rng));
                let received = next.received;
                if !next.advance() {
                    self.next.swap_remove(source);
                }
                self.handle(received, place, kind, None);
            } else {
                return;
            }
        }
    }

    /// Takes a call.
    fn handle(
        &mut self,
        received: Moment,
        place: DemandPointId,
        kind: usize,
        engines: Option<u16>,
    ) {
        let rng = &mut self.streams[kind].call_handling;
        let call_handling = Millis::from_seconds(self.model.call_handling.draw(rng));
        let ordered = received.after(call_handling);
        // Of orders of the same millisecond, the earlier call comes first.
        let place_in_row = self
            .handled
            .partition_point(|other| other.ordered > ordered);
        self.handled.insert(
            place_in_row,
            Handled {
                received,
                ordered,
                place,
                kind: kind as u16,
                engines,
            },
        );
    }

    /// Gives an incident its severity and the chance parts of its stages.
    fn order(&mut self, call: &Handled, piece: &mut History) {
        let Kind {
            severities,
            priority,
            needs_water,
        } = &self.model.kinds[usize::from(call.kind)];
        let streams = &mut self.streams[usize::from(call.kind)];
        let severity = match call.engines {
            // Where it is only known how many came, they were of any kind.
            Some(engines) => severities.iter().find(|s| s.engines() == engines),
            None => Some(draw_severity(severities, &mut streams.severity)),
        };
        let severity = severity.unwrap_or(&severities[severities.len() - 1]);
        let needs = match call.engines {
            Some(engines) => {
                let mut needs = ByKind::default();
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
                has_hydrant: supply.has_hydrant[call.place.index()],
            }
        });
        piece.incidents.push(Incident {
            water,
            number: self.number,
            received: call.received,
            call_handling: call.ordered.since(call.received),
            place: call.place,
            kind: call.kind,
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
        match self.source.moment(self.expected, &mut self.day) {
            Some(moment) => {
                self.received = Moment(moment as u64);
                true
            }
            None => false,
        }
    }
}

fn draw_severity<'s>(severities: &'s [Severity], rng: &mut ChaCha8Rng) -> &'s Severity {
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
