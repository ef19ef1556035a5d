//! What further brigades cost and bring, and in which order to build.

use super::super::{Failure, failed};
use super::Args;
use crate::evaluation::cost::Cost;
use crate::files::Staging;
use crate::language::Language;
use crate::planning::free_choice::{FreeChoice, Question};
use crate::planning::frontier::{Frontier, Reached, Step};
use crate::planning::plan::{Phase, Stage};
use crate::planning::sequence::{Sequence, sequences};
use crate::report::{frontier, plan};
use crate::scenario::Scenario;
use crate::scenario::standards::Standard;
use crate::siting::answer::Effort;

/// All that is worked out about further brigades.
pub(super) struct Prospects<'s> {
    scenario: &'s Scenario,
    choice: &'s FreeChoice,
    standard: Standard,
    residents: f64,
    steps: Vec<Step>,
    asked: Option<Reached>,
    sequences: Vec<Sequence>,
    stages: Vec<Stage>,
    each: Option<Cost>,
}

/// The files that are written.
const FILES: [&str; 4] = [
    "frontier.json",
    "frontier.csv",
    "charts/frontier.svg",
    "charts/frontier.png",
];
/// Those that are written where there is an order to choose.
const SEQUENCE: [&str; 2] = [
    "charts/building-sequence.svg",
    "charts/building-sequence.png",
];

/// The file that is written where years are asked about.
const PHASES: &str = "phases.csv";

/// Takes away the files of an earlier run.
pub(super) fn leave_out(staging: &Staging) {
    let all = FILES.into_iter().chain(SEQUENCE).chain([PHASES]);
    all.for_each(|file| staging.leave_out(file));
}

/// The costs of one brigade at a junction; `None` without prices.
pub(super) fn cost_of_each(scenario: &Scenario, question: &Question) -> Option<Cost> {
    let prices = scenario.prices.as_ref()?;
    let existing = scenario.stations.first()?;
    // Every brigade at a junction is alike.
    let new = crate::brigades::Station {
        engines: question.engines,
        apparatus: Vec::new(),
        crew: crate::brigades::crew::Crew::FullTime,
        ..existing.clone()
    };
    Some(Cost::of(&new, prices))
}

impl Args {
    /// `None` where nothing is asked about further brigades.
    pub(super) fn prospects<'s>(
        &self,
        scenario: &'s Scenario,
        question: &Question,
        choice: &'s FreeChoice,
        (standard, most, phases): (Standard, usize, &[Phase]),
        effort: &Effort<'_>,
    ) -> Result<Option<Prospects<'s>>, Failure> {
        if most == 0 && phases.is_empty() {
            return Ok(None);
        }
        let input = |error| Failure::Input(Box::new(error));
        let frontier = Frontier::new(scenario, choice, &standard).map_err(input)?;
        let steps = frontier.steps(most.max(1), effort).map_err(input)?;
        // Listed sites that are fixed are no part of it: a frontier begins with what stands.
        let best = choice.best.first().filter(|_| question.fixed.is_empty());
        let asked = best.map(|best| frontier.reached(&best.junctions));
        let sequences = if asked.is_some() {
            sequences(&frontier, choice, question)
        } else {
            Vec::new()
        };
        let stages = match best {
            Some(best) if !phases.is_empty() => frontier
                .stages(&best.junctions, phases, effort)
                .map_err(input)?,
            _ => Vec::new(),
        };
        Ok(Some(Prospects {
            residents: frontier.all_residents(),
            each: cost_of_each(scenario, question),
            scenario,
            choice,
            standard,
            steps,
            asked,
            sequences,
            stages,
        }))
    }
}

impl Prospects<'_> {
    fn shown(&self) -> frontier::Prospects<'_> {
        frontier::Prospects {
            scenario: self.scenario,
            choice: self.choice,
            standard: &self.standard,
            residents: self.residents,
            steps: &self.steps,
            asked: self.asked.as_ref(),
            sequences: &self.sequences,
            stages: &self.stages,
            each: self.each,
        }
    }

    pub(super) fn json(&self) -> serde_json::Value {
        frontier::json(&self.shown())
    }

    pub(super) fn text(&self, language: Language) -> String {
        frontier::text(&self.shown(), language)
    }

    pub(super) fn write(&self, staging: &Staging, language: Language) -> Result<(), Failure> {
        let shown = self.shown();
        let json = serde_json::to_vec_pretty(&frontier::json(&shown)).map_err(failed)?;
        let csv = frontier::csv(&shown, language).map_err(failed)?;
        let drawing = frontier::chart(&shown, language).map_err(failed)?;
        let contents = [&json[..], &csv, drawing.svg.as_bytes(), &drawing.png];
        FILES
            .into_iter()
            .zip(contents)
            .try_for_each(|(file, content)| staging.write(file, content))?;
        if self.stages.is_empty() {
            staging.leave_out(PHASES);
        } else {
            staging.write(PHASES, &plan::csv(&shown, language).map_err(failed)?)?;
        }
        match frontier::sequence_chart(&shown, language).map_err(failed)? {
            None => SEQUENCE
                .into_iter()
                .for_each(|file| staging.leave_out(file)),
            Some(drawing) => {
                let [svg, png] = SEQUENCE;
                staging.write(svg, drawing.svg.as_bytes())?;
                staging.write(png, &drawing.png)?;
            }
        }
        Ok(())
    }
}
