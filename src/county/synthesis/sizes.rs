//! How many people live in each village, of which only the town's number is known.

use super::draw::{Draws, Purpose};
use super::parameters::Villages;
use super::sources::Sources;
use crate::distribution::special::normal_quantile;
use crate::shares;

/// Weights are whole thousandths of a village.
const PARTS: f64 = 1000.0;

/// The residents of every village, in the order of [`Sources::villages`].
///
/// Each village is drawn from a lognormal distribution of median 1 without its ends; an urban community, of
/// which no spread is known, is so many median villages. What they come to is scaled to the town's residents.
pub fn residents(sources: &Sources) -> Vec<u64> {
    let figures = &sources.parameters.villages;
    let weights: Vec<u64> = (sources.villages.iter().enumerate())
        .map(|(index, village)| {
            let mut draws = Draws::new(sources.parameters.seed, Purpose::Residents, index as u64);
            let villages = match village.is_community() {
                true => figures.community_weight as f64,
                false => size(figures, draws.share()),
            };
            (villages * PARTS).round() as u64
        })
        .collect();
    let mut residents = vec![0; sources.villages.len()];
    for (town, facts) in sources.towns.iter().enumerate() {
        let here: Vec<usize> = (0..sources.villages.len())
            .filter(|village| sources.villages[*village].town == town)
            .collect();
        let weights: Vec<u64> = here.iter().map(|village| weights[*village]).collect();
        let shared = shares::shared_out(facts.residents, &weights);
        for (village, share) in here.iter().zip(shared) {
            residents[*village] = share;
        }
    }
    residents
}

/// The size of a village over the median, at this share of what is left between the ends.
fn size(figures: &Villages, share: f64) -> f64 {
    let tail = figures.size_tail;
    libm::exp(figures.size_sd * normal_quantile(tail + share * (1.0 - 2.0 * tail)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Source;

    /// A standard deviation of 0.6 without 2.5 % at each end: from exp(-0.6 × 1.95996) = 0.3085 to
    /// exp(0.6 × 1.95996) = 3.2412 times the median.
    #[test]
    fn a_village_is_from_a_third_to_three_times_the_median() {
        let folder = Source::Embedded("data/wuhua/source".into());
        let figures = Sources::read(&folder).unwrap().parameters.villages;
        let found = [0.0, 0.5, 1.0].map(|share| (size(&figures, share) * 1e4).round() / 1e4);
        assert_eq!(found, [0.3085, 1.0, 3.2413]);
    }
}
