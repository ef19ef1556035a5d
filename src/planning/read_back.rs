//! An answer read back from `optimization.json`, to be shown on the map of its scenario.

use std::collections::HashMap;

use super::junctions::{brigades_at, main_road_junctions};
use super::optimization::{FORMAT, Optimization};
use super::request::RequestError;
use super::trial::add_choices;
use crate::scenario::Scenario;

/// Why an answer in a file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadBackError {
    /// It is no answer.
    #[error("this is not an answer that `brigade optimize` wrote ({0}); run it again")]
    Shape(#[from] serde_json::Error),
    /// It is of a version that wrote it otherwise.
    #[error(
        "this answer has format {found}, and this version reads {FORMAT}; run `brigade optimize` again"
    )]
    Format {
        /// What it has.
        found: u32,
    },
    /// Nothing was simulated.
    #[error(
        "nothing was simulated (--play 0), and a report shows what was; run `brigade optimize` again \
         with --play 6"
    )]
    NotSimulated,
    /// A site or alternative that the scenario does not have any more.
    #[error(
        "{scenario} has no `{id}` any more, which this answer is about; run `brigade optimize` again"
    )]
    Unknown {
        /// The scenario.
        scenario: String,
        /// The site or alternative.
        id: String,
    },
    /// The scenario does not have what was asked about.
    #[error(transparent)]
    Request(#[from] Box<RequestError>),
}

impl Optimization {
    /// An answer that was written to a file.
    ///
    /// # Errors
    /// When the text is no such answer, or of another version.
    pub fn read(json: &str) -> Result<Self, ReadBackError> {
        let format = serde_json::from_str::<serde_json::Value>(json)?["format"].as_u64();
        match format.map(u32::try_from) {
            Some(Ok(found)) if found != FORMAT => Err(ReadBackError::Format { found }),
            _ => Ok(serde_json::from_str(json)?),
        }
    }

    /// Adds the sites that were simulated to the scenario, and makes what was simulated its
    /// alternatives: as `brigade optimize` did before.
    ///
    /// # Errors
    /// When nothing was simulated, or the scenario does not have the same junctions or sites.
    pub fn add_simulated(&self, scenario: &mut Scenario) -> Result<(), ReadBackError> {
        if self.request.play == 0 || self.simulated.is_none() {
            return Err(ReadBackError::NotSimulated);
        }
        let file = scenario.file.clone();
        let unknown = |id: &str| ReadBackError::Unknown {
            scenario: file.clone(),
            id: id.to_owned(),
        };
        let question = self.request.question(scenario).map_err(Box::new)?;
        let (kind, profile) = scenario.usual_kind();
        let junctions = main_road_junctions(scenario, kind, &question.on);
        let sites = brigades_at(&junctions, scenario, question.engines, profile);
        let places: HashMap<String, usize> = (sites.iter())
            .map(|site| site.station.id.clone())
            .zip(0..)
            .collect();
        let best = self.best.iter().take(self.request.play).map(|chosen| {
            let of_sites = chosen.sites.iter().map(|site| {
                let place = places.get(&site.id).copied();
                place.ok_or_else(|| unknown(&site.id))
            });
            of_sites.collect::<Result<Vec<usize>, _>>()
        });
        let best = best.collect::<Result<Vec<_>, _>>()?;
        let listed = self.listed.as_ref().map(|listed| {
            let mut alternatives = scenario.alternatives.iter();
            let found = alternatives.find(|alternative| alternative.id == listed.id);
            found.cloned().ok_or_else(|| unknown(&listed.id))
        });
        let listed = listed.transpose()?;
        let places = junctions.iter().map(|junction| junction.place);
        let brigades: Vec<_> = sites.into_iter().zip(places).collect();
        add_choices(scenario, &question.fixed, listed, &brigades, &best);
        Ok(())
    }
}
