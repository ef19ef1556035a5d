//! An answer read back from `optimization.json`, to be shown on the map of its scenario.

use std::collections::HashMap;

use super::answer_check::check;
use super::error::RequestError;
use super::junctions::{JunctionId, JunctionName, brigades_at, main_road_junctions};
use super::optimization::{Chosen, IdAndName, JunctionSite, NearestVillage, Optimization};
use super::trial::{ranking, with_choices};
use crate::evaluation::comparison::{Comparison, ScenarioSummary};
use crate::evaluation::damage::{Damage, Flattened, fault_as, shaped};
use crate::language::Name;
use crate::scenario::Scenario;

/// Why an answer in a file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadBackError {
    /// It is no answer, or not as it was written.
    #[error("{0}\nrun `brigade optimize` again")]
    Damaged(#[from] Damage),
    /// Nothing was simulated.
    #[error(
        "nothing was simulated (--simulate 0), and a report shows what was; run `brigade optimize` again \
         with --simulate 6"
    )]
    NotSimulated,
    /// A site or alternative that the scenario does not have any more.
    #[error(
        "{scenario} has no `{id}` any more, which this answer is about; run `brigade optimize` again"
    )]
    Unknown {
        scenario: String,
        /// The site or alternative.
        id: String,
    },
    /// The simulation is missing.
    #[error(
        "it says that {count} alternatives were simulated, and the comparison.json that was written with \
         it is missing; put it back beside this file, or run `brigade optimize` again"
    )]
    NoComparison {
        /// How many.
        count: usize,
    },
    /// The simulation is of another run.
    #[error(
        "it is not of one run with the comparison.json beside it: {what}; put back the two files of one \
         run, or run `brigade optimize` again"
    )]
    OtherRun {
        /// What differs.
        what: String,
    },
    /// The scenario does not have what was asked about.
    #[error("`request` cannot be asked of the scenario: {0}")]
    Request(#[from] Box<RequestError>),
}

impl Optimization {
    /// An answer that was written to a file.
    ///
    /// # Errors
    /// When the text is no such answer, or of another version.
    pub fn read(json: &str) -> Result<Self, ReadBackError> {
        Ok(shaped(json, &FLATTENED)?)
    }

    /// Why there is nothing to be shown without the simulation beside it.
    pub fn without_comparison(&self) -> ReadBackError {
        match &self.simulated {
            Some(simulated) => ReadBackError::NoComparison {
                count: simulated.len(),
            },
            None => ReadBackError::NotSimulated,
        }
    }

    /// Whether `comparison` is the simulation of this answer. `false` where it was written into the same
    /// folder later and is one of its own: of the alternatives that the scenario itself has.
    ///
    /// # Errors
    /// When it is the simulation of another answer.
    pub fn is_compared_in(
        &self,
        comparison: &Comparison,
        scenario: &Scenario,
    ) -> Result<bool, ReadBackError> {
        let compared: Vec<&str> = comparison
            .alternatives
            .iter()
            .map(|of| &of.id[..])
            .chain(comparison.in_brief.iter().map(|of| &of.id[..]))
            .collect();
        let simulated = self.simulated.iter().flatten();
        let simulated: Vec<&str> = simulated.map(|of| &of.id[..]).collect();
        if compared == simulated && !simulated.is_empty() {
            return Ok(true);
        }
        let mut listed = scenario.alternatives.iter().map(|of| &of.id[..]);
        if compared.len() == listed.len() && listed.all(|id| compared.contains(&id)) {
            return Ok(false);
        }
        let what = format!(
            "`simulated` has {}, `alternatives` of comparison.json has {}",
            shortened(&simulated),
            shortened(&compared)
        );
        Err(ReadBackError::OtherRun { what })
    }

    /// Holds the ranking to that of the simulation, whose alternatives are the same.
    ///
    /// # Errors
    /// When they are not of one run.
    pub fn agrees_with(&self, comparison: &Comparison) -> Result<(), ReadBackError> {
        let other = |what: String| Err(ReadBackError::OtherRun { what });
        let [here, there] = [&self.scenario, &comparison.scenario];
        let run = |of: &ScenarioSummary| (of.seed, of.start.clone(), of.years, of.written.clone());
        if run(here) != run(there) {
            return other(
                "`scenario` has another seed, start or years, or was `written` otherwise"
                    .to_owned(),
            );
        }
        let ranking = ranking(comparison);
        let mut pairs = self.simulated.iter().flatten().zip(&ranking);
        match pairs.position(|(here, there)| here != there) {
            Some(index) => other(format!(
                "`simulated[{index}]` has other figures than `alternatives[{index}]` there"
            )),
            None => Ok(()),
        }
    }

    /// The scenario with the sites that were simulated, and with what was simulated as alternatives: as
    /// `brigade optimize` had it. `name` is what a brigade at a junction is called.
    ///
    /// # Errors
    /// When nothing was simulated, or the scenario does not have the same junctions or sites.
    pub fn simulated_scenario(
        &self,
        scenario: &Scenario,
        name: JunctionName,
    ) -> Result<Scenario, ReadBackError> {
        if self.request.simulated_choices == 0 && self.simulated.is_none() {
            return Err(ReadBackError::NotSimulated);
        }
        let unknown = |id: &str| ReadBackError::Unknown {
            scenario: scenario.about.file.clone(),
            id: id.to_owned(),
        };
        let question = self.request.question(scenario, name).map_err(Box::new)?;
        let (usual, named) = scenario.stations.usual_profile();
        let junctions = main_road_junctions(scenario, usual, &question.on);
        let sites = brigades_at(&junctions, scenario, question.engines, named, name);
        check(self, scenario, &sites)?;
        let by_id: HashMap<String, JunctionId> = (sites.iter())
            .map(|site| site.station.id.clone())
            .zip((0..).map(JunctionId))
            .collect();
        let best = self
            .best
            .iter()
            .take(self.request.simulated_choices)
            .map(|chosen| {
                let of_sites = chosen.sites.iter().map(|site| {
                    let junction = by_id.get(&site.id).copied();
                    junction.ok_or_else(|| unknown(&site.id))
                });
                of_sites.collect::<Result<Vec<JunctionId>, _>>()
            });
        let best = best.collect::<Result<Vec<_>, _>>()?;
        let listed = self.listed.as_ref().map(|listed| {
            let mut alternatives = scenario.alternatives.iter();
            let found = alternatives.find(|alternative| alternative.id == listed.id);
            found.cloned().ok_or_else(|| unknown(&listed.id))
        });
        let listed = listed.transpose()?;
        let locations = junctions.iter().map(|junction| junction.location.clone());
        let brigades: Vec<_> = sites.into_iter().zip(locations).collect();
        let simulated = with_choices(scenario, &question.fixed, listed, &brigades, &best);
        self.check_ranking(&simulated)?;
        Ok(simulated)
    }

    /// What was simulated is what stands, what is listed and the best choices.
    fn check_ranking(&self, scenario: &Scenario) -> Result<(), Damage> {
        let mut damage = Damage::default();
        let simulated = self.simulated.iter().flatten();
        let mut found: Vec<&str> = simulated.map(|of| &of.id[..]).collect();
        let mut wanted: Vec<&str> = scenario.alternatives.iter().map(|of| &of.id[..]).collect();
        found.sort_unstable();
        wanted.sort_unstable();
        damage.ids(
            "simulated",
            found,
            wanted,
            "`best`, `listed` and the baseline",
        );
        damage.into_result()
    }
}

/// Parts of an answer that stand flattened in others.
const FLATTENED: [Flattened; 5] = [
    fault_as::<JunctionSite>,
    fault_as::<Chosen>,
    fault_as::<IdAndName>,
    fault_as::<Name>,
    fault_as::<NearestVillage>,
];

/// Ids in a row, as many as one reads.
fn shortened(ids: &[&str]) -> String {
    match ids {
        [] => "nothing".to_owned(),
        [first @ .., _] if ids.len() > 8 => format!("{}, …", first[..8].join(", ")),
        ids => ids.join(", "),
    }
}
