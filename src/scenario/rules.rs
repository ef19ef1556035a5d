//! The rules by which calls are answered, judged and paid for.

use crate::brigades::prices::Prices;
use crate::scenario::file::{DispatchKey, IndifferenceKey, SitingKey};
use crate::scenario::inputs::{BasisNote, Input};
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
    /// Differences between alternatives that do not matter.
    pub indifference: IndifferenceKey,
    /// What brigades cost, where the county says it.
    pub prices: Option<Prices>,
    /// Where the best sites are looked for.
    pub siting: SitingKey,
}

impl Rules {
    /// Every price and class of brigade with how it is known; none where there are no prices.
    pub fn price_basis(&self) -> Vec<BasisNote> {
        let Some(prices) = &self.prices else {
            return Vec::new();
        };
        let items = prices.items().map(|(item, price)| BasisNote {
            input: Input::Price {
                item,
                value: price.value,
                range: price.range,
            },
            basis: price.basis,
            reason: price.reason.clone(),
        });
        let classes = prices.classes.iter().map(|class| BasisNote {
            input: Input::BrigadeClass {
                name: class.name.clone(),
                people: class.people,
                land_m2: class.land,
                building_m2: class.building,
            },
            basis: class.basis,
            reason: class.reason.clone(),
        });
        items.chain(classes).collect()
    }
}
