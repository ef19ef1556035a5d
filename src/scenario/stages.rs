//! How long the stages of a response take.

use crate::basis::Basis;
use crate::brigades::crew::Crew;
use crate::distribution::{Distribution, Shape};
use crate::files::Source;
use crate::scenario::file::{ShiftKey, SpreadKey, StagesKey, WaterKey};
use crate::table::{Columns, Table, TableError};
use crate::units::{Metres, Millis};

/// The stages of a response.
#[derive(Clone, Debug)]
pub struct Stages {
    /// From the call to the dispatch order.
    pub call_handling: Stage,
    /// From the dispatch order to the engine's leaving in ordinary hours.
    pub turnout: Stage,
    /// The same with part-time crews and with volunteers, where the scenario has any.
    pub turnout_part_time: Option<Stage>,
    /// With volunteers.
    pub turnout_volunteer: Option<Stage>,
    /// Turnout in each hour of the day over what is drawn.
    pub turnout_by_hour: [f64; 24],
    /// Standard deviation of the factor on the travel time of each way, out and back, which is lognormal
    /// with mean 1.
    pub traffic_sd: f64,
    /// Time back over time out.
    pub return_factor: f64,
    /// From an engine's being back until it stands ready.
    pub restocking: Option<Stage>,
    /// From the first engine's arrival at a fire to first water, where the scenario says it.
    pub water: Option<Water>,
}

/// How long it takes to bring water on a fire.
#[derive(Clone, Debug)]
pub struct Water {
    /// As far as an engine's hoses reach from a hydrant.
    pub hose_reach: Metres,
    /// Where a hydrant stands within that reach.
    pub with_hydrant: Stage,
    /// Elsewhere.
    pub without_hydrant: Stage,
    /// Elsewhere with an engine that brings water: its apparatus, and how long it takes once it is there.
    pub tender: Option<(String, Stage)>,
}

/// How long one stage takes.
#[derive(Clone, Debug)]
pub struct Stage {
    pub mean: Millis,
    /// How it differs from time to time, in seconds.
    pub distribution: Distribution,
    /// The family and the standard deviation, as they were written.
    pub shape: Shape,
    pub sd: Option<Millis>,
    /// How it is known.
    pub basis: Basis,
    /// Why it is so.
    pub reason: String,
}

/// What is wrong with a stage.
#[derive(Debug)]
pub enum StageError {
    /// A key of the scenario, and the problem.
    Key(String, String),
    /// A file of observed values.
    Table(TableError),
}

impl Stages {
    /// Makes the stages of what was written; files are seen from `folder`.
    ///
    /// # Errors
    /// The key that cannot be used and why.
    pub fn new(wanted: &StagesKey, folder: &Source) -> Result<Self, StageError> {
        let key = |key: &str, problem: &str| StageError::Key(key.to_owned(), problem.to_owned());
        if !(0.0..=2.0).contains(&wanted.traffic.sd) {
            return Err(key(
                "stages.traffic.sd",
                "it should be from 0 (every trip as expected) to 2; 0.15 is a spread of 15%",
            ));
        }
        if !(0.1..=10.0).contains(&wanted.return_trip.factor) {
            return Err(key(
                "stages.return_trip.factor",
                "it should be from 0.1 to 10; 1.4 means that the way back takes 1.4 times the \
                 way out",
            ));
        }
        let optional = |wanted: &Option<SpreadKey>, key: &str| {
            wanted
                .as_ref()
                .map(|wanted| Stage::new(wanted, key, folder))
                .transpose()
        };
        let restocking = wanted.restocking.as_ref();
        Ok(Self {
            call_handling: Stage::new(&wanted.call_handling, "stages.call_handling", folder)?,
            turnout: Stage::new(&wanted.turnout, "stages.turnout", folder)?,
            turnout_part_time: optional(&wanted.turnout_part_time, "stages.turnout_part_time")?,
            turnout_volunteer: optional(&wanted.turnout_volunteer, "stages.turnout_volunteer")?,
            turnout_by_hour: by_hour(&wanted.shift)?,
            traffic_sd: wanted.traffic.sd,
            return_factor: wanted.return_trip.factor,
            restocking: restocking
                .map(|wanted| Stage::new(wanted, "stages.restocking", folder))
                .transpose()?,
            water: wanted
                .water
                .as_ref()
                .map(|wanted| Water::new(wanted, folder))
                .transpose()?,
        })
    }

    /// The turnout of a crew; `None` where the scenario does not say it.
    pub fn turnout_of(&self, crew: Crew) -> Option<&Stage> {
        match crew {
            Crew::FullTime => Some(&self.turnout),
            Crew::PartTime => self.turnout_part_time.as_ref(),
            Crew::Volunteer => self.turnout_volunteer.as_ref(),
        }
    }

    /// Mean time from an engine's being back until it stands ready.
    pub fn mean_restocking(&self) -> Millis {
        self.restocking
            .as_ref()
            .map_or(Millis(0), |stage| stage.mean)
    }
}

impl Water {
    fn new(wanted: &WaterKey, folder: &Source) -> Result<Self, StageError> {
        let [with, without] = ["stages.water.with_hydrant", "stages.water.without_hydrant"];
        let tender = match (&wanted.tender, &wanted.with_tender) {
            (None, None) => None,
            (Some(apparatus), Some(stage)) => {
                let stage = Stage::new(stage, "stages.water.with_tender", folder)?;
                Some((apparatus.clone(), stage))
            }
            (apparatus, _) => {
                let [key, other] = match apparatus {
                    None => ["tender", "with_tender"],
                    Some(_) => ["with_tender", "tender"],
                };
                let problem = format!(
                    "it is missing, and `{other}` is given: the apparatus that brings water, and \
                     how long it takes from its arrival"
                );
                return Err(StageError::Key(format!("stages.water.{key}"), problem));
            }
        };
        Ok(Self {
            tender,
            hose_reach: wanted.hose_reach,
            with_hydrant: Stage::new(&wanted.with_hydrant, with, folder)?,
            without_hydrant: Stage::new(&wanted.without_hydrant, without, folder)?,
        })
    }
}

/// Turnout in each hour over that of ordinary hours.
fn by_hour(shifts: &[ShiftKey]) -> Result<[f64; 24], StageError> {
    let mut factors = [None; 24];
    for (number, shift) in shifts.iter().enumerate() {
        let wrong = |part: &str, problem: &str| {
            StageError::Key(format!("stages.shift[{number}].{part}"), problem.to_owned())
        };
        if !(0.1..=100.0).contains(&shift.turnout_factor) {
            let problem = "it should be from 0.1 to 100; 1.5 means half as long again";
            return Err(wrong("turnout_factor", problem));
        }
        fill_hours(&mut factors, [shift.from, shift.to], shift.turnout_factor)
            .map_err(|(part, problem)| wrong(part, problem))?;
    }
    Ok(factors.map(|factor| factor.unwrap_or(1.0)))
}

/// Sets the hours from the first to before the second, which may go past midnight.
///
/// # Errors
/// The end that is wrong, and how; an hour is set once.
pub(super) fn fill_hours<T: Copy>(
    hours: &mut [Option<T>; 24],
    [from, to]: [u8; 2],
    value: T,
) -> Result<(), (&'static str, &'static str)> {
    if from > 23 {
        return Err(("from", "it should be an hour from 0 to 23"));
    }
    if to > 24 || to % 24 == from {
        let problem = "it should be another hour than `from`, from 0 to 24";
        return Err(("to", problem));
    }
    let mut hour = usize::from(from);
    while hour != usize::from(to) % 24 {
        if hours[hour].replace(value).is_some() {
            return Err(("from", "no hour should be named twice"));
        }
        hour = (hour + 1) % 24;
    }
    Ok(())
}

impl Stage {
    fn new(wanted: &SpreadKey, key: &str, folder: &Source) -> Result<Self, StageError> {
        let wrong = |part: &str, problem: String| StageError::Key(format!("{key}.{part}"), problem);
        let shape = wanted.distribution;
        // The keys that each shape has, with what was written.
        let span = |part: &'static str| {
            let written = wanted.span(part);
            written.map(Millis::seconds).ok_or_else(|| {
                wrong(
                    part,
                    format!("it is missing; a {} stage needs it", shape.word()),
                )
            })
        };
        let known: &[&str] = match shape {
            Shape::Constant
            | Shape::Exponential
            | Shape::Lognormal
            | Shape::Gamma
            | Shape::Uniform => &["mean", "sd"],
            Shape::Triangular => &["low", "mode", "high"],
            Shape::Empirical => &[],
        };
        for part in ["mean", "sd", "low", "mode", "high"] {
            if wanted.span(part).is_some() && !known.contains(&part) {
                let has = known.join(", ");
                let problem = format!("a {} stage has no such key; it has {has}", shape.word());
                return Err(wrong(part, problem));
            }
        }
        let distribution = match shape {
            Shape::Triangular => {
                let [low, mode, high] = [span("low")?, span("mode")?, span("high")?];
                if !(low <= mode && mode <= high) {
                    return Err(wrong(
                        "mode",
                        "it should lie between low and high".to_owned(),
                    ));
                }
                if low == high {
                    Distribution::Constant(low)
                } else {
                    Distribution::Triangular { low, mode, high }
                }
            }
            Shape::Empirical => observed(wanted, key, folder)?,
            Shape::Constant | Shape::Exponential => {
                let sd = wanted.sd.map_or(0.0, Millis::seconds);
                Distribution::of(shape, span("mean")?, sd)
                    .map_err(|problem| wrong("sd", problem.to_owned()))?
            }
            _ => Distribution::of(shape, span("mean")?, span("sd")?)
                .map_err(|problem| wrong("sd", problem.to_owned()))?,
        };
        let mean = Millis::from_seconds(distribution.mean());
        Ok(Self {
            mean,
            distribution,
            shape,
            sd: wanted.sd,
            basis: wanted.basis,
            reason: wanted.reason.clone(),
        })
    }
}

/// The observed values of a stage: a table with a column `seconds`.
fn observed(wanted: &SpreadKey, key: &str, folder: &Source) -> Result<Distribution, StageError> {
    let Some(file) = &wanted.file else {
        let problem = "it is missing; an empirical stage needs a table with a column `seconds`";
        return Err(StageError::Key(format!("{key}.file"), problem.to_owned()));
    };
    let values = || -> Result<Vec<f64>, TableError> {
        let table = Table::read(&folder.join(file), &Columns::of(&["seconds"]))?;
        table.require_rows("each row is a duration that was observed")?;
        table.each(&[], |row| row.non_negative("seconds"))
    };
    let values = values().map_err(StageError::Table)?;
    Ok(Distribution::Empirical(values.into()))
}
