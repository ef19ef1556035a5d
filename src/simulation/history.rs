//! What happens in one replication: incidents with the number of engines they need and the chance
//! parts of every stage, drawn without knowing which stations there are.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Poisson};

use crate::county::demand::DemandId;
use crate::scenario::{DAYS_A_YEAR, Scenario};
use crate::simulation::spread::Lognormal;
use crate::simulation::streams::{Purpose, stream};
use crate::units::Millis;

/// A moment of the horizon, in milliseconds from its first midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
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
    /// When the call is received.
    pub received: Moment,
    /// From the call to the dispatch order.
    pub call_handling: Millis,
    /// Where it is.
    pub place: DemandId,
    /// Index of its type.
    pub kind: u16,
    /// How many engines it needs; they take the trips from `first_trip` on.
    pub engines: u16,
    /// Index of its first trip in [`History::trips`].
    pub first_trip: u32,
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
    /// From the dispatch order to the engine's leaving.
    pub turnout: Millis,
    /// Travel time over expected travel time.
    pub traffic: f64,
    /// From arrival to leaving the scene.
    pub on_scene: Millis,
}

/// All incidents of one replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// In the order in which dispatch orders are given.
    pub incidents: Vec<Incident>,
    /// The trips of all incidents.
    pub trips: Vec<Trip>,
}

/// Draws histories of a scenario.
#[derive(Debug)]
pub struct Historian<'s> {
    scenario: &'s Scenario,
    /// For each type: the running sum of rates over the demand points.
    places: Vec<Vec<f64>>,
    /// For each type: the running sum of the shares of hours.
    hours: Vec<[f64; 24]>,
    call_handling: Lognormal,
    turnout: Lognormal,
    traffic: Lognormal,
    on_scene: Vec<Lognormal>,
}

const DAY: u64 = 86_400_000;
const HOUR: u64 = 3_600_000;

impl<'s> Historian<'s> {
    /// Prepares what all replications share.
    #[must_use]
    pub fn new(scenario: &'s Scenario) -> Self {
        let county = &scenario.county;
        let stages = &scenario.stages;
        Self {
            scenario,
            places: (0..county.incident_types.len())
                .map(|kind| running_sums(county.demand.iter().map(|point| point.rates[kind])))
                .collect(),
            hours: county
                .incident_types
                .iter()
                .map(|kind| {
                    let mut sum = 0.0;
                    kind.hours.map(|share| {
                        sum += share;
                        sum
                    })
                })
                .collect(),
            call_handling: Lognormal::of_duration(
                stages.call_handling.mean,
                stages.call_handling.sd,
            ),
            turnout: Lognormal::of_duration(stages.turnout.mean, stages.turnout.sd),
            traffic: Lognormal::new(1.0, stages.traffic.sd),
            on_scene: county
                .incident_types
                .iter()
                .map(|kind| Lognormal::of_duration(kind.on_scene[0], kind.on_scene[1]))
                .collect(),
        }
    }

    /// The history of one replication.
    #[must_use]
    pub fn draw(&self, replication: u32) -> History {
        let mut calls: Vec<(Moment, DemandId, u16)> = Vec::new();
        for kind in 0..self.places.len() {
            self.ordinary_calls(replication, kind, &mut calls);
        }
        for day in 0..self.scenario.special_days.len() {
            self.special_calls(replication, day, &mut calls);
        }
        self.respond_to(replication, calls)
    }

    /// Incidents of one type: a Poisson number, each at an independent place and time, which is a
    /// Poisson process in every place and hour.
    fn ordinary_calls(
        &self,
        replication: u32,
        kind: usize,
        calls: &mut Vec<(Moment, DemandId, u16)>,
    ) {
        let places = &self.places[kind];
        let days = self.scenario.horizon.days;
        let expected = places.last().unwrap_or(&0.0) * f64::from(days) / DAYS_A_YEAR;
        let mut rng = stream(self.scenario.seed, replication, Purpose::Arrivals, kind);
        for _ in 0..poisson(expected, &mut rng) {
            let day = u64::from(rng.random_range(0..days));
            let moment = self.moment_of_day(day, kind, &mut rng);
            let place = pick(places, &mut rng);
            calls.push((moment, DemandId(place as u32), kind as u16));
        }
    }

    /// The incidents by which a special day exceeds an ordinary one.
    fn special_calls(
        &self,
        replication: u32,
        index: usize,
        calls: &mut Vec<(Moment, DemandId, u16)>,
    ) {
        let special = &self.scenario.special_days[index];
        let demand = &self.scenario.county.demand;
        let mut rng = stream(self.scenario.seed, replication, Purpose::SpecialDays, index);
        for kind in &special.types {
            let places = running_sums(demand.iter().map(|point| {
                let concerned = special.town.is_none_or(|town| town == point.town);
                if concerned { point.rates[*kind] } else { 0.0 }
            }));
            let a_day = places.last().unwrap_or(&0.0) / DAYS_A_YEAR;
            for day in &special.days {
                for _ in 0..poisson(a_day * (special.factor - 1.0), &mut rng) {
                    let moment = self.moment_of_day(u64::from(*day), *kind, &mut rng);
                    let place = pick(&places, &mut rng);
                    calls.push((moment, DemandId(place as u32), *kind as u16));
                }
            }
        }
    }

    fn moment_of_day(&self, day: u64, kind: usize, rng: &mut impl Rng) -> Moment {
        let hour = pick(&self.hours[kind], rng) as u64;
        Moment(day * DAY + hour * HOUR + rng.random_range(0..HOUR))
    }

    /// Gives every call its severity and the chance parts of its stages, type by type in the
    /// order of the calls, and puts all into the order of their dispatch.
    fn respond_to(&self, replication: u32, mut calls: Vec<(Moment, DemandId, u16)>) -> History {
        calls.sort_unstable_by_key(|(moment, place, kind)| (*moment, *kind, *place));
        let seed = self.scenario.seed;
        let types = &self.scenario.county.incident_types;
        let streams = |purpose| -> Vec<_> {
            (0..types.len())
                .map(|kind| stream(seed, replication, purpose, kind))
                .collect()
        };
        let (mut severity, mut stages) = (streams(Purpose::Severity), streams(Purpose::Stages));
        let mut history = History {
            incidents: Vec::with_capacity(calls.len()),
            trips: Vec::with_capacity(calls.len() * 2),
        };
        for (received, place, kind) in calls {
            let index = usize::from(kind);
            let engines = draw_engines(&types[index].engines, &mut severity[index]);
            let rng = &mut stages[index];
            let first_trip = history.trips.len() as u32;
            let call_handling = Millis::from_seconds(self.call_handling.draw(rng));
            for _ in 0..engines {
                history.trips.push(Trip {
                    turnout: Millis::from_seconds(self.turnout.draw(rng)),
                    traffic: self.traffic.draw(rng),
                    on_scene: Millis::from_seconds(self.on_scene[index].draw(rng)),
                });
            }
            history.incidents.push(Incident {
                received,
                call_handling,
                place,
                kind,
                engines,
                first_trip,
            });
        }
        // Stable: orders of the same millisecond stay in the order of the calls.
        history.incidents.sort_by_key(Incident::ordered);
        history
    }
}

fn running_sums(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    weights
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}

/// An index, each as likely as its weight; `sums` are the running sums of the weights.
fn pick(sums: &[f64], rng: &mut impl Rng) -> usize {
    let drawn: f64 = rng.random::<f64>() * sums.last().copied().unwrap_or(0.0);
    // Rounding may carry the draw to the very end; the last of positive weight is meant then.
    let place = sums.partition_point(|sum| *sum <= drawn);
    place.min(sums.len() - 1)
}

fn poisson(expected: f64, rng: &mut impl Rng) -> u64 {
    // No incidents are expected, or far too many: the scenario has been held against both.
    Poisson::new(expected).map_or(0, |number| number.sample(rng) as u64)
}

fn draw_engines(engines: &[(u16, f64)], rng: &mut impl Rng) -> u16 {
    let mut left: f64 = rng.random();
    for (number, share) in engines {
        if left < *share {
            return *number;
        }
        left -= share;
    }
    engines.last().map_or(1, |(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_weight_is_never_picked() {
        let sums = running_sums([0.0, 1.0, 0.0, 3.0].into_iter());
        let mut rng = stream(5, 0, Purpose::Arrivals, 0);
        let mut counts = [0; 4];
        for _ in 0..40_000 {
            counts[pick(&sums, &mut rng)] += 1;
        }
        assert_eq!([counts[0], counts[2]], [0, 0]);
        // A binomial of 40,000 and 1/4 has a standard deviation of 87.
        assert!((9_600..10_400).contains(&counts[1]), "{counts:?}");
    }
}
