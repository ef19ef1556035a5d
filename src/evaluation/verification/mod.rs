//! The simulator against theory: models of which the long run is known, simulated by the same engine as a
//! county. What theory says stands in [`theory`](crate::simulation::theory).
//!
//! | file | what is simulated |
//! | --- | --- |
//! | `queues` | one station: calls lost and waiting, with and without priorities |
//! | `hypercube` | engines each alone at its station |
//! | `stages` | every stage with every distribution, with engines to spare and with one; calls by the hour |
//! | `several_engines` | several engines a call |
//! | `diversions` | redirect, reroute and move-up |
//! | `calendar` | calls by weekday, month and special day, of a scenario that is read |
//! | `history` | calls of a scenario in which nothing happens by chance, counted as of a county |

mod calendar;
mod check;
mod diversions;
mod history;
mod hypercube;
mod limit;
mod queues;
mod runs;
mod several_engines;
mod stages;

use crate::simulation::replications::Stopped;
pub use check::{
    Check, Counted, Dispatching, EngineStage, Figure, Service, Span, Spread, Subject, Theory,
    Variation,
};
pub use limit::{FALSE_ALARMS, NOMINAL};
use runs::Runs;

/// About how many calls are counted in one replication of a model.
pub const CALLS: f64 = 20_000.0;

/// Every figure that was held against theory.
#[derive(Clone, Debug)]
pub struct Verification {
    pub checks: Vec<Check>,
    /// Of what is drawn by chance: how many figures were looked at, those that another was further off
    /// than among them.
    pub figures: usize,
    /// How many standard errors those may be off.
    pub limit: f64,
}

impl Verification {
    /// Holds the simulator against theory, each model with so many replications, at least two.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn new(seed: u64, replications: u32) -> Result<Self, Stopped> {
        Self::of_calls(seed, replications, CALLS)
    }

    /// The same with about so many calls in a replication.
    ///
    /// # Errors
    /// When it was asked to stop.
    pub fn of_calls(seed: u64, replications: u32, calls: f64) -> Result<Self, Stopped> {
        Self::of(&Runs {
            seed,
            replications,
            calls,
        })
    }

    fn of(runs: &Runs) -> Result<Self, Stopped> {
        let families = [
            queues::checks,
            hypercube::checks,
            stages::checks,
            several_engines::checks,
            diversions::checks,
            calendar::checks,
        ];
        let mut checks: Vec<Check> = families.iter().flat_map(|family| family(runs)).collect();
        checks.extend(history::checks()?);
        let drawn = checks.iter().filter(|check| check.z().is_some());
        let figures = drawn.map(|check| check.furthest_of).sum();
        Ok(Self {
            limit: limit::limit(figures, runs.replications),
            figures,
            checks,
        })
    }

    /// Whether a figure is as theory says, but for chance.
    pub fn holds(&self, check: &Check) -> bool {
        check.holds(self.limit)
    }

    /// How many are further off than chance explains.
    pub fn off(&self) -> usize {
        self.checks
            .iter()
            .filter(|check| !self.holds(check))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;
    use crate::distribution::special::students_t_cdf;

    /// Few calls, so that it is quick.
    fn verification(seed: u64) -> Verification {
        let runs = Runs {
            seed,
            replications: 20,
            calls: 3000.0,
        };
        Verification::of(&runs).unwrap()
    }

    /// Fixed seeds: every figure within its limit, those among them that an uncorrected limit of four
    /// standard errors found wrong.
    #[test]
    fn the_simulator_agrees_with_theory() {
        for seed in [2, 9] {
            let verification = verification(seed);
            let is_off = |check: &&Check| !verification.holds(check);
            let off: Vec<&Check> = verification.checks.iter().filter(is_off).collect();
            assert!(off.is_empty(), "{off:#?}");
            assert_eq!(verification.off(), 0);
            assert!(verification.checks.len() > 150 && verification.figures > 200);
        }
    }

    /// Figures that are missed by a twentieth are found out; one that is no number, and an exact one that is missed
    /// at all, too.
    #[test]
    fn a_wrong_figure_does_not_hold() {
        let mut verification = verification(1);
        for check in &mut verification.checks {
            let is_hit = |figure| {
                matches!(
                    figure,
                    Figure::Mean(Span::Travel) | Figure::MeanAt(_) | Figure::Lost
                )
            };
            if is_hit(check.figure) && !matches!(check.subject, Subject::ManyStations { .. }) {
                check.expected *= 1.05;
            }
        }
        let limit = verification.limit;
        let missed: Vec<&Check> = (verification.checks.iter())
            .filter(|check| !check.holds(limit))
            .collect();
        assert!(missed.len() > 4, "{}", missed.len());
        assert_eq!(verification.off(), missed.len());
        let of = |simulated, spread| Check {
            simulated,
            spread,
            expected: 1.0,
            ..verification.checks[0]
        };
        assert!(!of(f64::NAN, Spread::StandardError(f64::NAN)).holds(limit));
        assert!(!of(2.0, Spread::StandardError(0.0)).holds(limit));
        assert!(of(1.0, Spread::StandardError(0.0)).holds(limit));
        assert!(!of(1.0 + 1e-15, Spread::None).holds(limit));
        assert!(of(1.0, Spread::None).holds(limit));
    }

    /// The limit rests on z-scores having Student's t distribution. Over 300 seeds those of each figure, put through
    /// its distribution function, are uniform: Kolmogorov's distance is above √(−ln(α/2) / 2n) in a share α of such
    /// tests; here 1 in 1,000 is divided among all figures. Standard errors that are too small by a third are found out.
    #[test]
    fn z_scores_have_students_distribution() {
        const SEEDS: u64 = 300;
        const REPLICATIONS: u32 = 10;
        let scores: Vec<Vec<f64>> = (0..SEEDS)
            .into_par_iter()
            .map(|seed| {
                let runs = Runs {
                    seed,
                    replications: REPLICATIONS,
                    calls: 500.0,
                };
                let mut checks = several_engines::checks(&runs);
                checks.extend(diversions::checks(&runs));
                // What cannot differ has no score.
                let drawn = checks.iter().filter(
                    |check| matches!(check.spread, Spread::StandardError(error) if error > 0.0),
                );
                drawn.filter_map(Check::z).collect()
            })
            .collect();
        let figures = scores[0].len();
        assert!(figures > 15);
        let degrees = f64::from(REPLICATIONS) - 1.0;
        let n = SEEDS as f64;
        let distance = |factor: f64, figure: usize| {
            let mut shares: Vec<f64> = scores
                .iter()
                .map(|scores| students_t_cdf(scores[figure] * factor, degrees))
                .collect();
            shares.sort_by(f64::total_cmp);
            let steps = shares.iter().zip(0..);
            steps.fold(0.0, |most: f64, (share, before)| {
                let before = f64::from(before);
                most.max((share - before / n).abs().max((before + 1.0) / n - share))
            })
        };
        let limit = (-libm::log(1e-3 / figures as f64 / 2.0) / (2.0 * n)).sqrt();
        let distances = |factor| (0..figures).map(move |figure| distance(factor, figure));
        for (figure, distance) in distances(1.0).enumerate() {
            assert!(distance < limit, "{figure}: {distance}");
        }
        assert!(distances(1.5).any(|distance| distance > limit));
    }
}
