//! The question of an answer: as much of the scenario and its standards as a reader needs.

use serde::{Deserialize, Serialize};

use crate::basis::Basis;
use crate::expected::first_due::FirstDue;
use crate::language::Name;
use crate::scenario::Scenario;
use crate::scenario::standards::{Clock, Standard};
use crate::scenario::written::{Written, differences};

/// What was asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScenarioSummary {
    /// The scenario file.
    pub file: String,
    /// The question.
    #[serde(flatten)]
    pub name: Name,
    /// Everything random follows from it.
    pub seed: u64,
    /// First day of the horizon.
    pub start: String,
    /// Years simulated in each replication.
    pub years: u16,
    pub replications: u32,
    /// Batches in which the only replication is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batches: Option<u32>,
    /// The program that answered.
    pub brigade_version: String,
    /// What the scenario file said that decides figures; the seed and replications above may be others, from the
    /// command line.
    pub written: Written,
}

impl ScenarioSummary {
    /// What a reader needs of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            file: scenario.about.file.clone(),
            name: scenario.about.name.clone(),
            seed: scenario.about.seed,
            start: scenario.incidents.horizon.start.to_string(),
            years: scenario.incidents.horizon.years,
            replications: scenario.incidents.horizon.replications,
            batches: scenario.incidents.horizon.batches,
            brigade_version: env!("CARGO_PKG_VERSION").to_owned(),
            written: scenario.about.written.clone(),
        }
    }

    /// What the scenario file says by now that it did not say then, in words; keys of `aside` decided nothing.
    pub fn changed_since(&self, scenario: &Scenario, aside: &[&str]) -> Vec<String> {
        let [then, now] = [&self.written, &scenario.about.written].map(|written| {
            let mut written = written.clone();
            written.retain(|key, _| !aside.contains(&key.as_str()));
            written
        });
        differences(&then, &now)
    }
}

/// The types of incident that no standard counts: shares within standards are of the others.
pub fn not_in_standards(scenario: &Scenario) -> Vec<Name> {
    let types = scenario.county.incident_types.iter();
    let apart = types.filter(|of_type| !of_type.in_standards);
    apart.map(|of_type| of_type.name.clone()).collect()
}

/// A standard, as far as a reader of the figures needs it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StandardSummary {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What it counts.
    pub clock: Clock,
    pub threshold_seconds: f64,
    /// The share that ought to meet it.
    pub share: Option<f64>,
    /// How the figure is known.
    pub basis: Basis,
    /// Where it stands.
    pub source: String,
}

impl StandardSummary {
    /// What a reader needs of a standard.
    pub fn of(standard: &Standard) -> Self {
        Self {
            id: standard.id.clone(),
            name: standard.name.clone(),
            clock: standard.clock,
            threshold_seconds: standard.threshold.seconds(),
            share: standard.share,
            basis: standard.basis,
            source: standard.source.clone(),
        }
    }

    /// Whether whoever is first due comes within it.
    pub fn is_met(&self, due: Option<FirstDue>) -> bool {
        due.is_some_and(|due| due.seconds(self.clock) <= self.threshold_seconds)
    }
}
