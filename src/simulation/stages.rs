//! What each call and each of its trips takes, drawn from streams of its own: the same whatever was
//! drawn before, alone or with others. What nobody can need is not drawn.

use rand::Rng;

use crate::brigades::apparatus::ByApparatus;
use crate::brigades::crew::Crew;
use crate::county::demand::DemandPointId;
use crate::county::incident_types::IncidentTypeId;
use crate::distribution::{Distribution, uniform};
use crate::simulation::incident::{Incident, StreamPiece, Trip, Water};
use crate::simulation::model::{Model, SeverityModel, WaterSupply};
use crate::simulation::streams::{CallName, Name, Purpose, Stream};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// A call as it arose, and when the dispatch order is given.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) name: CallName,
    pub(super) received: SimulatedTime,
    pub(super) ordered: SimulatedTime,
    pub(super) point: DemandPointId,
    pub(super) incident_type: IncidentTypeId,
    /// How many engines it needs, where that is not drawn.
    pub(super) engines: Option<u16>,
}

/// Draws the stages of the calls of a replication, those of a piece together.
#[derive(Debug)]
pub(super) struct Stages<'m> {
    pub(super) model: &'m Model,
    replication: u32,
    /// By crew.
    turnout: [Batch<'m>; 3],
    /// Turnout over what is drawn, for each trip.
    slower: Vec<f64>,
    traffic: Batch<'m>,
    traffic_back: Batch<'m>,
    /// By type and severity.
    on_scene: Vec<Vec<Batch<'m>>>,
    restocking: Batch<'m>,
    water: Option<WaterBatches<'m>>,
}

#[derive(Debug)]
struct WaterBatches<'m> {
    supply: &'m WaterSupply,
    with_hydrant: Batch<'m>,
    without_hydrant: Batch<'m>,
    with_tender: Option<Batch<'m>>,
}

/// Draws from one distribution that are begun, and finished together.
#[derive(Debug)]
struct Batch<'m> {
    distribution: &'m Distribution,
    draws: Vec<f64>,
    /// For which trip or incident of the piece each is.
    of: Vec<u32>,
}

impl<'m> Stages<'m> {
    pub(super) fn new(model: &'m Model, replication: u32) -> Self {
        let on_scene = |severities: &'m [SeverityModel]| {
            let each = severities.iter().map(|severity| &severity.on_scene);
            each.map(Batch::new).collect()
        };
        let water = model.water.as_ref().map(|supply| WaterBatches {
            supply,
            with_hydrant: Batch::new(&supply.with_hydrant),
            without_hydrant: Batch::new(&supply.without_hydrant),
            with_tender: supply.with_tender.as_ref().map(Batch::new),
        });
        Self {
            model,
            replication,
            turnout: Crew::ALL.map(|crew| Batch::new(&model.turnout[crew.index()])),
            slower: Vec::new(),
            traffic: Batch::new(&model.traffic),
            traffic_back: Batch::new(&model.traffic),
            on_scene: (model.types.iter())
                .map(|of_type| on_scene(&of_type.severities))
                .collect(),
            restocking: Batch::new(&model.restocking),
            water,
        }
    }

    /// The stream of a call as a whole.
    #[inline]
    pub(super) fn stream(&self, purpose: Purpose, call: CallName) -> Stream {
        let name = Name {
            replication: self.replication,
            purpose,
            index: 0,
            call,
            trip: 0,
        };
        Stream::new(self.model.seed, name)
    }

    /// How long a call is handled.
    pub(super) fn call_handling(&self, call: CallName) -> Millis {
        let mut stream = self.stream(Purpose::CallHandling, call);
        Millis::from_seconds(self.model.call_handling.draw(&mut stream))
    }

    /// Adds an incident with what it needs, and begins its stages.
    pub(super) fn begin(&mut self, call: &Call, number: u32, piece: &mut StreamPiece) {
        let of_type = &self.model.types[call.incident_type.index()];
        let severities = &of_type.severities;
        let index = match call.engines {
            // Where it is only known how many came, they were of any apparatus.
            Some(engines) => severities.iter().position(|s| s.engines() == engines),
            None => self.severity(call),
        };
        let index = index.unwrap_or(severities.len() - 1);
        let severity = &severities[index];
        let mut needs = severity.needs;
        if let Some(engines) = call.engines {
            needs = ByApparatus::default();
            needs[0] = engines as u8;
        }
        let engines = call.engines.unwrap_or_else(|| severity.engines());
        let first_trip = piece.trips.len() as u32;
        for trip in 0..engines {
            self.begin_trip(call, trip, index, piece);
        }
        let water = match of_type.needs_water {
            true => self.begin_water(call, piece.incidents.len() as u32),
            false => None,
        };
        piece.incidents.push(Incident {
            number,
            received: call.received,
            call_handling: call.ordered.since(call.received),
            point: call.point,
            incident_type: call.incident_type,
            priority: of_type.priority,
            in_standards: of_type.in_standards,
            engines,
            needs,
            first_trip,
            water,
        });
    }

    /// The index of the severity of a call; `None` stands for the last.
    fn severity(&self, call: &Call) -> Option<usize> {
        let severities = &self.model.types[call.incident_type.index()].severities;
        if severities.len() == 1 {
            return None;
        }
        let mut left = uniform(&mut self.stream(Purpose::Severity, call.name));
        severities.iter().position(|severity| {
            let is_this = left < severity.share;
            left -= severity.share;
            is_this
        })
    }

    fn begin_trip(&mut self, call: &Call, trip: u16, severity: usize, piece: &mut StreamPiece) {
        let name = Name {
            replication: self.replication,
            purpose: Purpose::Turnout,
            index: 0,
            call: call.name,
            trip,
        };
        let stream = |purpose, index| {
            let name = Name {
                purpose,
                index,
                ..name
            };
            Stream::new(self.model.seed, name)
        };
        let row = piece.trips.len() as u32;
        for (turnout, crew) in self.turnout.iter_mut().zip(0..) {
            turnout.begin(row, &mut stream(Purpose::Turnout, crew));
        }
        self.slower
            .push(self.model.turnout_by_hour[call.ordered.hour()]);
        let mut both_ways = stream(Purpose::Traffic, 0);
        self.traffic.begin(row, &mut both_ways);
        self.traffic_back.begin(row, &mut both_ways);
        self.on_scene[call.incident_type.index()][severity]
            .begin(row, &mut stream(Purpose::OnScene, 0));
        self.restocking
            .begin(row, &mut stream(Purpose::Restocking, 0));
        piece.trips.push(Trip {
            traffic: 1.0,
            traffic_back: 1.0,
            turnout: [Millis(0); 3],
            on_scene: Millis(0),
            restocking: Millis(0),
        });
    }

    fn begin_water(&mut self, call: &Call, row: u32) -> Option<Water> {
        // Not by a method, which would keep the batches from being changed.
        let name = Name {
            replication: self.replication,
            purpose: Purpose::WithHydrant,
            index: 0,
            call: call.name,
            trip: 0,
        };
        let stream = |purpose| Stream::new(self.model.seed, Name { purpose, ..name });
        let water = self.water.as_mut()?;
        let has_hydrant = water.supply.has_hydrant[call.point.index()];
        if has_hydrant {
            (water.with_hydrant).begin(row, &mut stream(Purpose::WithHydrant));
        }
        (water.without_hydrant).begin(row, &mut stream(Purpose::WithoutHydrant));
        if let Some(tender) = &mut water.with_tender {
            tender.begin(row, &mut stream(Purpose::WithTender));
        }
        Some(Water {
            with_hydrant: Millis::NEVER,
            without_hydrant: Millis::NEVER,
            with_tender: Millis::NEVER,
            has_hydrant,
        })
    }

    /// Gives each trip and incident of a piece what was begun for it.
    pub(super) fn finish(&mut self, piece: &mut StreamPiece) {
        let StreamPiece { incidents, trips } = piece;
        for (crew, turnout) in self.turnout.iter_mut().enumerate() {
            let slower = &self.slower;
            turnout.finish(|row, drawn| {
                trips[row].turnout[crew] = Millis::from_seconds(drawn * slower[row]);
            });
        }
        self.slower.clear();
        self.traffic.finish(|row, drawn| trips[row].traffic = drawn);
        self.traffic_back
            .finish(|row, drawn| trips[row].traffic_back = drawn);
        for on_scene in self.on_scene.iter_mut().flatten() {
            on_scene.finish(|row, drawn| trips[row].on_scene = Millis::from_seconds(drawn));
        }
        self.restocking
            .finish(|row, drawn| trips[row].restocking = Millis::from_seconds(drawn));
        let Some(water) = &mut self.water else {
            return;
        };
        let mut give = |batch: &mut Batch<'_>, to: fn(&mut Water) -> &mut Millis| {
            batch.finish(|row, drawn| {
                if let Some(water) = &mut incidents[row].water {
                    *to(water) = Millis::from_seconds(drawn);
                }
            });
        };
        give(&mut water.with_hydrant, |water| &mut water.with_hydrant);
        give(&mut water.without_hydrant, |water| {
            &mut water.without_hydrant
        });
        if let Some(tender) = &mut water.with_tender {
            give(tender, |water| &mut water.with_tender);
        }
    }
}

impl<'m> Batch<'m> {
    fn new(distribution: &'m Distribution) -> Self {
        Self {
            distribution,
            draws: Vec::new(),
            of: Vec::new(),
        }
    }

    #[inline]
    fn begin(&mut self, of: u32, rng: &mut impl Rng) {
        self.draws.push(self.distribution.begin(rng));
        self.of.push(of);
    }

    /// Hands over each draw and for what it is.
    fn finish(&mut self, mut give: impl FnMut(usize, f64)) {
        self.distribution.finish(&mut self.draws);
        for (row, draw) in self.of.drain(..).zip(self.draws.drain(..)) {
            give(row as usize, draw);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::file::Overload;
    use crate::simulation::arrivals::ArrivalProcess;
    use crate::simulation::incident_stream::IncidentStream;
    use crate::simulation::model::TypeModel;

    /// Some ten calls a day for a hundred days at two points, of which one has a hydrant.
    fn model() -> Model {
        let severity = |share, engines, on_scene| SeverityModel {
            share,
            needs: [engines, 0, 0, 0, 0, 0],
            on_scene,
        };
        let days = (0..100).map(|_| 1.0);
        let process = ArrivalProcess::new(IncidentTypeId(0), 0, &[6.0, 4.0], &[1.0; 24], days);
        Model {
            seed: 1,
            days: 100,
            warm_up_days: 0,
            arrivals: process.into_iter().collect(),
            listed: Vec::new(),
            types: vec![TypeModel {
                severities: vec![
                    severity(0.6, 1, Distribution::lognormal(2000.0, 1000.0)),
                    severity(0.4, 3, Distribution::gamma(3000.0, 4000.0)),
                ],
                priority: 1,
                needs_water: true,
                in_standards: true,
            }],
            call_handling: Distribution::gamma(60.0, 20.0),
            turnout: [
                Distribution::lognormal(60.0, 15.0),
                Distribution::Constant(90.0),
                Distribution::gamma(300.0, 200.0),
            ],
            turnout_by_hour: [1.0; 24],
            traffic: Distribution::lognormal(1.0, 0.15),
            return_factor: 1.0,
            restocking: Distribution::Exponential(600.0),
            water: Some(WaterSupply {
                with_hydrant: Distribution::lognormal(200.0, 60.0),
                without_hydrant: Distribution::gamma(500.0, 200.0),
                with_tender: Some(Distribution::uniform(300.0, 60.0).unwrap()),
                has_hydrant: vec![true, false],
            }),
            overload: Overload::Queue,
            policies: Vec::new(),
        }
    }

    /// All incidents of a replication, each with its trips, drawn so many at once.
    fn drawn(model: &Model, replication: u32, at_once: usize) -> Vec<(Incident, Vec<Trip>)> {
        let mut stream = IncidentStream::new(model, replication);
        let mut piece = StreamPiece::default();
        let mut all = Vec::new();
        loop {
            stream.draw(&mut piece, at_once);
            if piece.incidents.is_empty() {
                return all;
            }
            all.extend(piece.incidents.iter().map(|incident| {
                let first_trip = Incident {
                    first_trip: 0,
                    ..*incident
                };
                (first_trip, piece.trips_of(incident).to_vec())
            }));
        }
    }

    #[test]
    fn a_call_draws_the_same_alone_as_among_others() {
        let model = model();
        let mut among_others = drawn(&model, 3, 256);
        assert_eq!(among_others, drawn(&model, 3, 7));
        assert_ne!(among_others[0].1, drawn(&model, 4, 256)[0].1);
        // The calls of a process are numbered as they arise.
        among_others.sort_by_key(|(incident, _)| incident.received);
        for number in [0, 7, 500, 900] {
            let (incident, trips) = &among_others[number as usize];
            let name = CallName { source: 0, number };
            let mut stages = Stages::new(&model, 3);
            let call = Call {
                name,
                received: incident.received,
                ordered: incident.received.after(stages.call_handling(name)),
                point: incident.point,
                incident_type: incident.incident_type,
                engines: None,
            };
            let mut alone = StreamPiece::default();
            stages.begin(&call, incident.number, &mut alone);
            stages.finish(&mut alone);
            assert_eq!((&alone.incidents[0], &alone.trips), (incident, trips));
        }
    }

    /// Every trip has its own chance out, back and at the scene.
    #[test]
    fn the_ways_out_and_back_differ_by_chances_of_their_own() {
        let all = drawn(&model(), 0, 256);
        let trips: Vec<&Trip> = all.iter().flat_map(|(_, trips)| trips).collect();
        let count = trips.len() as f64;
        let mean =
            |of: &dyn Fn(&Trip) -> f64| trips.iter().map(|trip| of(trip)).sum::<f64>() / count;
        let [out, back] = [mean(&|trip| trip.traffic), mean(&|trip| trip.traffic_back)];
        let covariance = mean(&|trip| (trip.traffic - out) * (trip.traffic_back - back));
        // Of some 1800 trips with a deviation of 0.15, the standard errors are 0.0035 and 0.0005.
        assert!(
            (out - 1.0).abs() < 0.014 && (back - 1.0).abs() < 0.014,
            "{out} {back}"
        );
        assert!(covariance.abs() < 0.002, "{covariance}");
    }

    #[test]
    fn first_water_from_a_hydrant_is_drawn_only_where_one_is_in_reach() {
        for (incident, _) in drawn(&model(), 0, 256) {
            let water = incident.water.unwrap();
            assert_eq!(water.has_hydrant, incident.point.0 == 0);
            assert_eq!(water.with_hydrant == Millis::NEVER, !water.has_hydrant);
        }
    }

    /// The second crew always takes 90 s; of the others no two trips are alike, but by chance.
    #[test]
    fn each_crew_has_a_turnout_of_its_own() {
        let all = drawn(&model(), 0, 256);
        let trips = || all.iter().flat_map(|(_, trips)| trips);
        let of_crew =
            |crew: usize| -> BTreeSet<Millis> { trips().map(|trip| trip.turnout[crew]).collect() };
        assert_eq!(of_crew(1), BTreeSet::from([Millis(90_000)]));
        for crew in [0, 2] {
            assert!(of_crew(crew).len() * 10 > trips().count() * 9);
        }
    }
}
