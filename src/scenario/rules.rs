//! The rules by which calls are answered, judged and paid for.

use crate::brigades::prices::Prices;
use crate::scenario::about::BasisNote;
use crate::scenario::file::{DispatchKey, SitingKey};
use crate::scenario::stages::Stages;
use crate::scenario::standards::Standard;

/// How calls are answered, and what is thought of the answer.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Who is sent, and who stands by where.
    pub dispatch: DispatchKey,
    /// How long the stages of a response take.
    pub stages: Stages,
    /// Thresholds with their clocks.
    pub standards: Vec<Standard>,
    /// What brigades cost, where the county says it.
    pub prices: Option<Prices>,
    /// Where the best sites are looked for.
    pub siting: SitingKey,
}

impl Rules {
    /// Every price and class of brigade with how it is known; none where there are no prices.
    pub fn price_basis(&self) -> Vec<BasisNote> {
        let rows = self.prices.iter().flat_map(Prices::rows);
        rows.map(|(item, basis, reason)| BasisNote {
            item,
            basis,
            reason: reason.to_owned(),
        })
        .collect()
    }
}
