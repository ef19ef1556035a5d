//! The speed on unlisted lanes that a record of trips speaks for, and how well times agree with it.
//!
//! Past the yards a way by lanes takes the straight line times a detour over a speed: a record of times shows
//! the quotient alone. The detour stays as it is stated, and the speed is that whole number of km/h with which the
//! logarithms of modelled times are off by the least, on average: errors of times grow with them, and a few wrong times
//! hardly move absolute deviations. Figures of what was fitted are of trips that it was not fitted to: each fifth is foretold by the
//! others (cross-validation, Stone 1974). The interval is the middle 95 % of fits to trips drawn anew (bootstrap, Efron
//! 1979), as if each trip were by itself.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::paths::Kernel;
use crate::roads::roadway::Roadway;
use crate::roads::snapping::Location;
use crate::roads::travel_times::TravelTimes;
use crate::roads::trip::TripEnd;
use crate::units::KmPerHour;

/// A trip of a record.
#[derive(Clone, Debug)]
pub struct Trip {
    /// Its place in [`Record::origins`].
    pub origin: usize,
    pub destination: Location,
    /// How long it took.
    pub seconds: f64,
}

/// Trips from a few locations, mostly stations.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub origins: Vec<Location>,
    pub trips: Vec<Trip>,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Trips for which the model has a way.
    pub trips: usize,
    /// Trips for which it has none.
    pub unreached: usize,
    /// Trips whose time depends on the speed on lanes.
    pub by_lanes: usize,
    /// Before anything is fitted.
    pub stated: KmPerHour,
    pub fitted: KmPerHour,
    /// Where 95 % of fits to trips drawn anew lie.
    pub interval: [KmPerHour; 2],
    pub listed_roads: Agreement,
    pub as_stated: Agreement,
    pub as_fitted: Agreement,
    /// The straight line at one speed, which is fitted alike.
    pub ruler: Agreement,
    pub ruler_speed: KmPerHour,
    /// Mean of modelled less recorded seconds of the trips that lanes do not touch, where there are any: what is
    /// wrong there no speed on lanes mends.
    pub others_bias: Option<f64>,
}

/// How modelled times agree with recorded ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Mean of modelled less recorded seconds.
    pub bias: f64,
    /// Mean of their size.
    pub off: f64,
    /// The share of the variance of recorded times that is explained; below 0 where their mean were better, none where
    /// all are the same.
    pub r2: Option<f64>,
    /// The share of trips that began at the origin from which the model is there first; none where origins
    /// are no few stations.
    pub nearest: Option<f64>,
}

/// Why a record says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalibrationError {
    #[error(
        "{0} trips of the record depend on the speed on unlisted lanes; it takes {LEAST} to say anything of it"
    )]
    TooFew(usize),
    #[error(
        "no trip of the record goes by unlisted lanes: the network has its streets where it leads, or lanes are left \
         out (--no-lanes, `missing_below` of [roads.lanes])"
    )]
    NoLanes,
}

/// The speeds that are tried, in whole km/h.
pub const SPEEDS: std::ops::RangeInclusive<u16> = 5..=80;

/// So few trips say nothing.
pub const LEAST: usize = 20;

/// Parts of a record, each foretold by the others.
const FOLDS: usize = 5;

/// How often trips are drawn anew.
const DRAWS: u64 = 1000;

/// No more times than these are worked out to say which origin is nearest.
const MOST_TIMES: usize = 20_000_000;

/// What a record says of the speed on the unlisted lanes of a roadway.
///
/// # Errors
/// When it says nothing.
pub fn calibrate(roadway: Roadway, record: &Record) -> Result<Calibration, CalibrationError> {
    let stated = roadway.lanes().speed;
    let tried: Vec<KmPerHour> = SPEEDS.map(|speed| KmPerHour(f64::from(speed))).collect();
    let mut model = Model { roadway };
    let all = record.trips.len();
    let record = model.reached(record);
    let rows: Vec<Vec<f64>> = tried
        .iter()
        .map(|speed| model.seconds(&record, Some(*speed)))
        .collect();
    let recorded: Vec<f64> = record.trips.iter().map(|trip| trip.seconds).collect();

    let depends = |trip: &usize| rows.iter().any(|row| row[*trip] != rows[0][*trip]);
    let (by_lanes, others): (Vec<usize>, Vec<usize>) = (0..recorded.len()).partition(depends);
    match by_lanes.len() {
        0 => return Err(CalibrationError::NoLanes),
        few @ 1..LEAST => return Err(CalibrationError::TooFew(few)),
        _ => {}
    }
    // Trip by trip, how far off the logarithm of the time is at each speed.
    let off = |trip: &usize| -> Vec<f64> {
        let rows = rows.iter();
        rows.map(|row| logarithm(row[*trip]) - logarithm(recorded[*trip]))
            .map(f64::abs)
            .collect()
    };
    let off: Vec<Vec<f64>> = by_lanes.iter().map(off).collect();
    let best = least_off(off.iter());
    let best_without: [usize; FOLDS] = std::array::from_fn(|fold| {
        let kept = by_lanes
            .iter()
            .zip(&off)
            .filter(|(trip, _)| *trip % FOLDS != fold);
        least_off(kept.map(|(_, off)| off))
    });
    let as_fitted = Foretold {
        seconds: (0..recorded.len())
            .map(|trip| rows[best_without[trip % FOLDS]][trip])
            .collect(),
        nearest: model.nearest(&record, |fold| Some(tried[best_without[fold]])),
    };
    let as_stated = Foretold {
        seconds: model.seconds(&record, Some(stated)),
        nearest: model.nearest(&record, |_| Some(stated)),
    };
    let listed_roads = Foretold {
        seconds: model.seconds(&record, None),
        nearest: model.nearest(&record, |_| None),
    };
    let straight = record.straight();
    let pairs = || straight.iter().copied().zip(recorded.iter().copied());
    let pace_without: [f64; FOLDS] = std::array::from_fn(|fold| {
        pace(
            pairs()
                .enumerate()
                .filter(|(trip, _)| trip % FOLDS != fold)
                .map(|(_, pair)| pair),
        )
    });
    let ruler = Foretold {
        seconds: (straight.iter().enumerate())
            .map(|(trip, metres)| metres * pace_without[trip % FOLDS])
            .collect(),
        nearest: record.nearest_straight(),
    };
    Ok(Calibration {
        trips: recorded.len(),
        unreached: all - recorded.len(),
        by_lanes: by_lanes.len(),
        stated,
        fitted: tried[best],
        interval: interval(&off).map(|speed| tried[speed]),
        listed_roads: listed_roads.against(&recorded),
        as_stated: as_stated.against(&recorded),
        as_fitted: as_fitted.against(&recorded),
        ruler: ruler.against(&recorded),
        ruler_speed: KmPerHour(3.6 / pace(pairs())),
        others_bias: (!others.is_empty()).then(|| {
            let sum: f64 = others
                .iter()
                .map(|trip| rows[0][*trip] - recorded[*trip])
                .sum();
            sum / others.len() as f64
        }),
    })
}

/// Times of all trips of a record by one model, and for what share of them it says that the nearest origin was the one.
struct Foretold {
    seconds: Vec<f64>,
    nearest: Option<f64>,
}

impl Foretold {
    fn against(&self, recorded: &[f64]) -> Agreement {
        let count = recorded.len() as f64;
        let mean = recorded.iter().sum::<f64>() / count;
        let errors = self
            .seconds
            .iter()
            .zip(recorded)
            .map(|(seconds, recorded)| seconds - recorded);
        let total = |of: &dyn Fn(f64) -> f64| errors.clone().map(of).sum::<f64>();
        let variance: f64 = recorded
            .iter()
            .map(|seconds| (seconds - mean) * (seconds - mean))
            .sum();
        Agreement {
            bias: total(&|error| error) / count,
            off: total(&f64::abs) / count,
            r2: (variance > 0.0).then(|| 1.0 - total(&|error| error * error) / variance),
            nearest: self.nearest,
        }
    }
}

/// Of a time; no trip is so short that a second less matters.
fn logarithm(seconds: f64) -> f64 {
    libm::log(seconds.max(1.0))
}

/// The speed, by its place, with which trips are off by the least together; the lowest of equal ones.
fn least_off<'o>(trips: impl Iterator<Item = &'o Vec<f64>>) -> usize {
    let mut sums: Vec<f64> = Vec::new();
    for off in trips {
        sums.resize(off.len(), 0.0);
        for (sum, off) in sums.iter_mut().zip(off) {
            *sum += off;
        }
    }
    let order = |a: &usize, b: &usize| sums[*a].total_cmp(&sums[*b]);
    (0..sums.len()).min_by(order).unwrap_or(0)
}

/// Where the middle 95 % of fits to trips drawn anew lie.
fn interval(off: &[Vec<f64>]) -> [usize; 2] {
    let drawn = (0..DRAWS).into_par_iter().map(|number| {
        let mut draw = ChaCha8Rng::seed_from_u64(number);
        least_off((0..off.len()).map(|_| &off[draw.random_range(0..off.len())]))
    });
    let mut drawn: Vec<usize> = drawn.collect();
    drawn.sort_unstable();
    [25, 975].map(|per_mille| drawn[(drawn.len() - 1) * per_mille / 1000])
}

/// The seconds for a metre of straight line with which the logarithms of times are off by the least: the median.
fn pace(trips: impl Iterator<Item = (f64, f64)>) -> f64 {
    let trips = trips.filter(|(metres, _)| *metres > 0.0);
    let mut paces: Vec<f64> = trips.map(|(metres, seconds)| seconds / metres).collect();
    paces.sort_by(f64::total_cmp);
    paces.get(paces.len() / 2).copied().unwrap_or(0.0)
}

impl Record {
    fn straight(&self) -> Vec<f64> {
        let origin = |trip: &Trip| self.origins[trip.origin].position;
        self.trips
            .iter()
            .map(|trip| origin(trip).distance(trip.destination.position).0)
            .collect()
    }

    /// Whether trips begin at a few stations, of which one may be nearest.
    fn has_stations(&self) -> bool {
        let [origins, trips] = [self.origins.len(), self.trips.len()];
        origins > 1 && 2 * origins <= trips && origins.saturating_mul(trips) <= MOST_TIMES
    }

    /// The share of trips that began at the origin that is nearest on a straight line.
    fn nearest_straight(&self) -> Option<f64> {
        let is_nearest = |trip: &&Trip| {
            let to = trip.destination.position;
            let straight = |origin: &Location| origin.position.distance(to).0;
            let least = self
                .origins
                .iter()
                .map(straight)
                .fold(f64::INFINITY, f64::min);
            straight(&self.origins[trip.origin]) <= least
        };
        let count = self.trips.iter().filter(is_nearest).count();
        self.has_stations()
            .then(|| count as f64 / self.trips.len() as f64)
    }
}

/// Times by a roadway, whose speed on lanes is what is tried.
struct Model {
    roadway: Roadway,
}

impl Model {
    /// Ends of trips as they are at a speed on lanes, or without any.
    fn ends<'l>(
        &mut self,
        speed: Option<KmPerHour>,
        locations: impl Iterator<Item = &'l Location>,
    ) -> Vec<TripEnd> {
        match speed {
            Some(speed) => {
                self.roadway.set_lane_speed(speed);
                locations.map(TripEnd::from).collect()
            }
            None => locations
                .map(|location| Location::beside(location.position, location.nearest).into())
                .collect(),
        }
    }

    /// The trips that the model has a way for.
    fn reached(&mut self, record: &Record) -> Record {
        let speed = self.roadway.lanes().speed;
        let seconds = self.seconds(record, Some(speed)).into_iter();
        let trips = record
            .trips
            .iter()
            .zip(seconds)
            .filter(|(_, seconds)| seconds.is_finite());
        Record {
            origins: record.origins.clone(),
            trips: trips.map(|(trip, _)| trip.clone()).collect(),
        }
    }

    /// How long each trip takes at a speed on lanes, or on listed roads alone.
    fn seconds(&mut self, record: &Record, speed: Option<KmPerHour>) -> Vec<f64> {
        let origins = self.ends(speed, record.origins.iter());
        let destinations = self.ends(speed, record.trips.iter().map(|trip| &trip.destination));
        let mut from: Vec<Vec<usize>> = vec![Vec::new(); origins.len()];
        for (number, trip) in record.trips.iter().enumerate() {
            from[trip.origin].push(number);
        }
        // Made once, before threads ask for it.
        self.roadway.times_by(Kernel::Hierarchy, &[], &[]);
        let rows: Vec<TravelTimes> = (origins.par_iter().zip(&from))
            .map(|(origin, trips)| {
                let to: Vec<TripEnd> = trips
                    .iter()
                    .map(|trip| destinations[*trip].clone())
                    .collect();
                (self.roadway).times_by(Kernel::Hierarchy, std::slice::from_ref(origin), &to)
            })
            .collect();
        let mut seconds = vec![f64::INFINITY; record.trips.len()];
        for (trips, row) in from.iter().zip(&rows) {
            for (trip, time) in trips.iter().zip(row.from(0)) {
                if time.is_finite() {
                    seconds[*trip] = time.seconds();
                }
            }
        }
        seconds
    }

    /// The share of trips that began at the origin from which the model is there first, each part of the record at
    /// a speed of its own.
    fn nearest(
        &mut self,
        record: &Record,
        speed_of: impl Fn(usize) -> Option<KmPerHour>,
    ) -> Option<f64> {
        let of_fold = |fold: usize| record.trips.iter().skip(fold).step_by(FOLDS);
        let count = |fold| {
            let speed = speed_of(fold);
            let origins = self.ends(speed, record.origins.iter());
            let destinations = self.ends(speed, of_fold(fold).map(|trip| &trip.destination));
            let times = self
                .roadway
                .times_by(Kernel::Hierarchy, &origins, &destinations);
            let is_nearest = |(number, trip): &(usize, &Trip)| {
                let least = (0..origins.len())
                    .map(|origin| times.get(origin, *number))
                    .min();
                Some(times.get(trip.origin, *number)) == least
            };
            of_fold(fold).enumerate().filter(is_nearest).count()
        };
        if !record.has_stations() {
            return None;
        }
        let right: usize = (0..FOLDS).map(count).sum();
        Some(right as f64 / record.trips.len() as f64)
    }
}

#[cfg(test)]
#[path = "calibration_tests.rs"]
mod tests;
