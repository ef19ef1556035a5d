//! How often the alternative that ranks first is the best, or as good, by what was said of it.
//!
//! Invented alternatives: their true figures are drawn anew for each seed, spread by three standard errors that
//! a difference has after ten replications, so that neither all nor none can be told; what the replications add is normal or skewed, in
//! part common to all. The alternatives of a county: each seed simulates it anew, and the truth is the figure
//! over all seeds together.
//!
//! What is called sure by 95 % has to be right in 93 % of the cases in which it is said, luck aside. Where true
//! differences are small beside the error, no method can promise that of what it says; but of all runs,
//! those that call a wrong choice sure stay under 5 %, which is what Student's t promises of any two.

use std::time::Instant;

use brigade::evaluation::best::{Distance, LEAST, distances, probabilities};
use brigade::evaluation::metric::Metric;
use brigade::evaluation::score::Score;
use brigade::evaluation::standing::{Indifference, Standing, each_as_good_as_the_best, order};
use brigade::scenario::Scenario;
use brigade::simulation::replications::{Experiment, simulate};
use rayon::prelude::*;

const REPLICATIONS: [usize; 6] = [2, 3, 5, 10, 30, 100];
/// What is said, from which on.
const SAID: [f64; 3] = [0.95, 0.8, 0.5];
const RIGHT: f64 = 0.93;
const WRONG: f64 = 0.05;

/// Choices by what was said of them: how many, and how many were right.
#[derive(Clone, Copy, Default)]
struct Said {
    counts: [[u32; 2]; SAID.len()],
    seeds: u32,
}

impl Said {
    fn add(mut self, probability: f64, is_right: bool) -> Self {
        self.seeds += 1;
        if let Some(bin) = SAID.iter().position(|least| probability >= *least) {
            self.counts[bin][0] += 1;
            self.counts[bin][1] += u32::from(is_right);
        }
        self
    }

    fn with(mut self, other: Self) -> Self {
        self.seeds += other.seeds;
        for (counts, more) in self.counts.iter_mut().zip(other.counts) {
            for (count, more) in counts.iter_mut().zip(more) {
                *count += more;
            }
        }
        self
    }

    /// Prints the line of so many replications, and says whether it is as it should be.
    fn is_good(&self, replications: usize) -> bool {
        let share = |[said, right]: [u32; 2]| match said {
            0 => format!("{:>16}", "–"),
            _ => {
                let share = f64::from(right) / f64::from(said);
                format!("{:>8.1}% of {said:<4}", share * 100.0)
            }
        };
        let shares: String = self.counts.iter().map(|counts| share(*counts)).collect();
        let [said, right] = self.counts[0].map(f64::from);
        let wrong = (said - right) / f64::from(self.seeds);
        // Three standard errors of luck: one of some 20 lines in a run of 50 runs.
        let luck = |share: f64, of: f64| 3.0 * (share * (1.0 - share) / of.max(1.0)).sqrt();
        let is_right = said == 0.0 || right / said >= RIGHT - luck(RIGHT, said);
        let is_good = is_right && wrong <= WRONG + luck(WRONG, f64::from(self.seeds));
        let verdict = match (replications < LEAST, is_good) {
            (true, _) => "not said",
            (false, true) => "",
            (false, false) => "FAILS",
        };
        let wrong = wrong * 100.0;
        println!("{replications:>6}{shares}{wrong:>10.1}%  {verdict}");
        is_good || replications < LEAST
    }
}

fn head(title: &str) {
    println!(
        "{title}\n     n   said ≥ 0.95       0.8–0.95         0.5–0.8    sure but wrong, of all"
    );
}

/// SplitMix64 (Steele, Lea and Flood 2014): another generator than that whose draws are tried.
struct Rng(u64);

impl Rng {
    /// From 0 to below 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Twelve uniform numbers less their mean: variance 1, and tails that are as good as a normal's here.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Exponential less its mean, or normal; both have variance 1.
    fn noise(&mut self, is_skewed: bool) -> f64 {
        match is_skewed {
            true => -libm::log(1.0 - self.uniform()) - 1.0,
            false => self.normal(),
        }
    }
}

/// One choice among invented alternatives: what was said of it, and whether it was right.
fn invented(seed: u64, replications: usize, alternatives: usize, is_skewed: bool) -> (f64, bool) {
    let mut rng = Rng(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let n = replications as f64;
    // Own errors of variance 1 give a difference of two a standard error of √(2/10) after ten replications.
    let error = 0.2_f64.sqrt();
    let truth: Vec<f64> = (0..alternatives)
        .map(|_| 3.0 * error / 2_f64.sqrt() * rng.normal())
        .collect();
    let common: Vec<f64> = (0..replications)
        .map(|_| 2.0 * rng.noise(is_skewed))
        .collect();
    let figures: Vec<Vec<f64>> = (truth.iter())
        .map(|truth| {
            let own = common
                .iter()
                .map(|common| truth + common + rng.noise(is_skewed));
            own.collect()
        })
        .collect();
    let means: Vec<f64> = (figures.iter())
        .map(|of| of.iter().sum::<f64>() / n)
        .collect();
    let none = Distance::new(0.0, Vec::new());
    let indifference = Indifference {
        figure: 0.3 * error,
        seconds: 0.0,
        lost: 0.0,
    };
    let standing = |figure: f64| Standing { lost: 0.0, figure };
    let best = order(
        &means.iter().map(|of| standing(*of)).collect::<Vec<_>>(),
        indifference,
    )[0];
    let root = (n * (n - 1.0)).sqrt();
    let distances: Vec<[Distance; 2]> = (0..alternatives)
        .map(|index| {
            let value = means[index] - means[best];
            let pairs = figures[index].iter().zip(&figures[best]);
            let errors = pairs.map(|(of, best)| (of - best - value) / root).collect();
            [none.clone(), Distance::new(value, errors)]
        })
        .collect();
    let said = probabilities(&distances, replications, indifference, seed)[best];
    let least = truth.iter().copied().fold(f64::INFINITY, f64::min);
    (said, truth[best] <= least + indifference.figure)
}

/// Tries invented alternatives, prints what was found, and says whether all is well.
fn run_invented(seeds: u64) -> bool {
    let mut good = true;
    for (is_skewed, law) in [(false, "normal"), (true, "skewed")] {
        for alternatives in [2, 8] {
            let begin = Instant::now();
            head(&format!(
                "\nbest of {alternatives} invented alternatives, {law} errors"
            ));
            for replications in REPLICATIONS {
                let said = (0..seeds).into_par_iter().map(|seed| {
                    let (said, right) = invented(seed, replications, alternatives, is_skewed);
                    Said::default().add(said, right)
                });
                good &= said.reduce(Said::default, Said::with).is_good(replications);
            }
            println!("{:.1?}", begin.elapsed());
        }
    }
    good
}

/// Differences that do not matter, in seconds: the program's own, and one that is often hard to tell.
const FIGURES: [f64; 2] = [5.0, 1.0];

fn indifference(figure: f64) -> Indifference {
    Indifference {
        figure,
        seconds: figure,
        lost: 0.001,
    }
}

/// What one seed says: for each indifference and number of replications the alternative that ranks first and its
/// probability; and the parts of the truth.
struct Seed {
    said: [Vec<(usize, f64)>; FIGURES.len()],
    parts: Vec<[[f64; 2]; 2]>,
}

fn seed(experiment: &Experiment<'_>, seed: u64) -> Seed {
    let outcomes = simulate(experiment).expect("nobody asks it to stop");
    let mut said = FIGURES.map(|_| Vec::new());
    for replications in REPLICATIONS {
        let first: Vec<Score> = (outcomes.iter())
            .map(|outcome| {
                let mut first = outcome.clone();
                first.tallies.truncate(replications);
                Score::of(Metric::MeanResponse, &first)
            })
            .collect();
        let standings: Vec<Standing> = (first.iter())
            .map(|of| Standing::of(Metric::MeanResponse, of))
            .collect();
        for (said, figure) in said.iter_mut().zip(FIGURES) {
            let indifference = indifference(figure);
            let best = order(&standings, indifference)[0];
            let distances = distances(&first, Metric::MeanResponse, best);
            let all = probabilities(&distances, replications, indifference, seed);
            said.push((best, all[best]));
        }
    }
    let parts = outcomes.iter().map(|outcome| {
        [Metric::Lost, Metric::MeanResponse].map(|metric| {
            let sample = metric.by_replication(outcome, 0);
            [sample.sums, sample.counts].map(|of| of.iter().sum())
        })
    });
    Seed {
        said,
        parts: parts.collect(),
    }
}

/// Tries the alternatives of the embedded county, prints what was found, and says whether all is well.
fn run_county(scenario: &Scenario, seeds: u64) -> bool {
    let begin = Instant::now();
    let times = scenario.travel_times().expect("every village is reached");
    let most = REPLICATIONS.into_iter().max().unwrap_or_default() as u32;
    let all: Vec<Seed> = (0..seeds)
        .map(|index| {
            let mut of_seed = scenario.clone();
            of_seed.about.seed = index;
            of_seed.incidents.horizon.replications = most;
            seed(&Experiment::of(&of_seed, &times), index)
        })
        .collect();
    let truth: Vec<Standing> = (0..scenario.alternatives.len())
        .map(|index| {
            let ratio = |which: usize| {
                let sum = |part: usize| -> f64 {
                    all.iter().map(|seed| seed.parts[index][which][part]).sum()
                };
                sum(0) / sum(1)
            };
            Standing {
                lost: ratio(0),
                figure: ratio(1),
            }
        })
        .collect();
    let mut good = true;
    for (place, figure) in FIGURES.into_iter().enumerate() {
        let mut is_right = vec![false; truth.len()];
        each_as_good_as_the_best(&truth, indifference(figure), |index| is_right[index] = true);
        head(&format!(
            "\nbest of the {} alternatives of the embedded county, {seeds} seeds, {figure} s not mattering; {} are as \
             good",
            truth.len(),
            is_right.iter().filter(|is| **is).count(),
        ));
        for (column, replications) in REPLICATIONS.into_iter().enumerate() {
            let said = all.iter().fold(Said::default(), |said, seed| {
                let (best, probability) = seed.said[place][column];
                said.add(probability, is_right[best])
            });
            good &= said.is_good(replications);
        }
    }
    println!("{:.1?}", begin.elapsed());
    good
}

/// Tries invented alternatives and those of a county, with a fifth of the seeds, as each of them simulates
/// 4,300 years.
pub fn run(county: &Scenario, seeds: u64) -> bool {
    run_invented(seeds) & run_county(county, seeds.div_ceil(5))
}
