//! How often the interval of a figure holds the truth.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use brigade::distribution::special::normal_quantile;
use brigade::evaluation::comparison::differences;
use brigade::evaluation::simulated::Simulated;
use brigade::scenario::Scenario;
use brigade::scenario::travel_times::ScenarioTimes;
use brigade::simulation::outcome::Outcome;
use brigade::simulation::replications::{Experiment, simulate};
use rayon::prelude::*;
use serde_json::Value;

use crate::counties::County;

const REPLICATIONS: [u32; 5] = [2, 5, 10, 30, 100];
/// What an interval has to hold, and what it should not.
const LEAST: f64 = 0.93;
const MOST: f64 = 0.97;
/// Of fewer replications intervals may hold more: their variance is held to be no less than that of independent
/// incidents, and where it comes out less by luck alone is where a t interval of one degree would miss.
const FEW: u32 = 5;
/// The chance that the bench fails though every kind of figure holds the truth in 93 %: shared among all that
/// are looked at (Bonferroni).
const LUCK: f64 = 0.01;

/// A figure by its path in `simulation.json` or `comparison.json`.
type Figures = Vec<(String, [Option<f64>; 3])>;

/// Intervals of one kind.
#[derive(Clone, Default)]
struct Kind {
    figures: BTreeMap<String, [u64; 2]>,
    /// Of those that end within the range of a share: intervals, and how many hold the truth.
    inner: [u64; 2],
    /// Those that are wider than their figure: of some fifteen incidents or fewer.
    wide: u64,
    none: u64,
    /// Sums over seeds: of intervals, of those that hold the truth, and of squares and products.
    moments: [f64; 5],
}

impl Kind {
    fn add(&mut self, seed: [u64; 2]) {
        let [count, held] = seed.map(|of| of as f64);
        let more = [count, held, count * count, held * count, held * held];
        for (sum, more) in self.moments.iter_mut().zip(more) {
            *sum += more;
        }
    }

    /// The share that holds the truth, and its standard error over the seeds: no less than that of as many intervals
    /// that hold it in `expected` of the cases, as a few that all do have none.
    fn share(&self, expected: f64) -> (f64, f64) {
        let [count, held, squares, products, of_held] = self.moments;
        let share = held / count;
        let variance = of_held - 2.0 * share * products + share * share * squares;
        let least = expected * (1.0 - expected) / count;
        (share, (variance / (count * count)).max(least).sqrt())
    }

    /// The figures with enough intervals to tell: their names, how many intervals there are, and the share that
    /// holds the truth.
    fn told(&self) -> impl Iterator<Item = (&str, f64, f64)> {
        let enough = self.figures.iter().filter(|(_, [count, _])| *count >= 500);
        enough.map(|(name, [count, held])| {
            let count = *count as f64;
            (&**name, count, *held as f64 / count)
        })
    }

    /// The figure with the fewest.
    fn worst(&self) -> Option<(&str, f64)> {
        let shares = self.told().map(|(name, _, share)| (name, share));
        shares.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How many figures hold the truth in less than they have to, by more than `limit` standard errors.
    fn fails(&self, limit: f64) -> usize {
        let error = |count: f64| (LEAST * (1.0 - LEAST) / count).sqrt();
        let fails = self
            .told()
            .filter(|(_, count, share)| share + limit * error(*count) < LEAST);
        fails.count()
    }
}

/// Every figure that has an interval.
fn collect(path: &str, value: &Value, found: &mut Figures) {
    match value {
        Value::Object(map) if map.contains_key("low") && map.contains_key("value") => {
            let number = |key| map.get(key).and_then(Value::as_f64);
            found.push((path.to_owned(), ["value", "low", "high"].map(number)));
        }
        Value::Object(map) => {
            for (key, value) in map {
                collect(&format!("{path}.{key}"), value, found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect(&format!("{path}[{index}]"), value, found);
            }
        }
        _ => {}
    }
}

/// What is alike whatever the town, the hour or the station.
fn kind_of(path: &str) -> String {
    let mut kind = String::new();
    let mut is_index = false;
    for letter in path.chars() {
        is_index |= letter == '[';
        if !is_index {
            kind.push(letter);
        }
        is_index &= letter != ']';
    }
    kind.trim_start_matches('.').to_owned()
}

/// One seed: what `simulate` says of today, and `compare` of how an alternative differs.
fn figures(county: &County, experiments: &[Experiment<'_>], outcomes: &[Outcome]) -> Figures {
    let scenario = &county.scenario;
    let alternative = &scenario.alternatives[0];
    let simulated = Simulated::new(scenario, &experiments[0], alternative, &outcomes[0]);
    let mut found = Vec::new();
    let value = serde_json::to_value(simulated).expect("figures are JSON");
    collect("", &value, &mut found);
    let differences = differences(scenario, &outcomes[1], &outcomes[0]);
    let value = serde_json::to_value(differences).expect("figures are JSON");
    collect("difference", &value, &mut found);
    found
}

/// The scenario with the alternative that is compared with today.
fn of_other(scenario: &Scenario) -> Scenario {
    let other = scenario.alternatives.len().min(4) - 1;
    Scenario {
        alternatives: vec![scenario.alternatives[other].clone()],
        ..scenario.clone()
    }
}

/// Today in every detail, and the other alternative by towns alone.
fn both<'s>(
    scenario: &'s Scenario,
    other: &'s Scenario,
    times: &ScenarioTimes,
) -> [Experiment<'s>; 2] {
    [
        Experiment::in_detail(scenario, times, &scenario.alternatives[0], 0),
        Experiment::of(other, times),
    ]
}

/// Tries every kind of figure in a county, prints what was found, and says whether all is well.
pub fn run(county: &County, seeds: u64) -> bool {
    let begin = Instant::now();
    let scenario = &county.scenario;
    let times = scenario.travel_times().expect("every village is reached");
    let with_seed = |seed: u64, replications: u32| {
        let mut scenario = scenario.clone();
        scenario.about.seed = seed;
        scenario.incidents.horizon.replications = replications;
        scenario
    };
    // All replications are added up into one.
    let one = with_seed(0, 1);
    let other_one = of_other(&one);
    let details = both(&one, &other_one, &times);
    let first = details
        .each_ref()
        .map(|experiment| simulate(experiment).expect("nobody stops it").remove(0));
    let together = Mutex::new(first);
    let all: Vec<Vec<Figures>> = REPLICATIONS
        .iter()
        .map(|replications| {
            let seeds = (0..seeds).into_par_iter();
            let figures = seeds.map(|seed| {
                let scenario = with_seed(1 + seed * 1000 + u64::from(*replications), *replications);
                let other = of_other(&scenario);
                let experiments = both(&scenario, &other, &times);
                let outcomes = experiments
                    .each_ref()
                    .map(|experiment| simulate(experiment).expect("nobody stops it").remove(0));
                let figures = figures(county, &experiments, &outcomes);
                let mut together = together.lock().expect("no thread panics");
                for (sum, outcome) in together.iter_mut().zip(&outcomes) {
                    sum.pool(outcome);
                }
                figures
            });
            figures.collect()
        })
        .collect();
    let together = together.into_inner().expect("no thread panics");
    let spans = REPLICATIONS
        .iter()
        .map(|r| f64::from(*r) * seeds as f64)
        .sum::<f64>()
        + 1.0;
    let truth: BTreeMap<String, f64> = figures(county, &details, &together)
        .into_iter()
        .filter_map(|(path, [value, ..])| {
            let over = if path.ends_with("busy_share") {
                spans
            } else {
                1.0
            };
            Some((path, value? / over))
        })
        .collect();
    report(county, &all, &truth, begin)
}

fn report(
    county: &County,
    all: &[Vec<Figures>],
    truth: &BTreeMap<String, f64>,
    begin: Instant,
) -> bool {
    let mut kinds: BTreeMap<String, [Kind; REPLICATIONS.len()]> = BTreeMap::new();
    for (column, seeds) in all.iter().enumerate() {
        for figures in seeds {
            let mut of_seed: BTreeMap<String, [u64; 2]> = BTreeMap::new();
            for (path, [value, low, high]) in figures {
                let Some(truth) = truth.get(path) else {
                    continue;
                };
                let name = kind_of(path);
                let kind = &mut kinds.entry(name.clone()).or_default()[column];
                let (Some(low), Some(high)) = (low, high) else {
                    kind.none += 1;
                    continue;
                };
                let holds = u64::from((low - 1e-6..=high + 1e-6).contains(truth));
                let inner = u64::from(*low > 0.0 && *high < 1.0);
                kind.wide += u64::from(value.is_some_and(|value| high - low > value.abs()));
                kind.inner[0] += inner;
                kind.inner[1] += inner * holds;
                for sums in [
                    kind.figures.entry(path.clone()).or_default(),
                    of_seed.entry(name).or_default(),
                ] {
                    sums[0] += 1;
                    sums[1] += holds;
                }
            }
            for (name, sums) in of_seed {
                if let Some(kinds) = kinds.get_mut(&name) {
                    kinds[column].add(sums);
                }
            }
        }
    }
    // Four counties, each with a half for kinds and a half for single figures.
    let limit = |of: usize| normal_quantile(1.0 - LUCK / (8 * of.max(1)) as f64);
    let figures = kinds
        .values()
        .flatten()
        .map(|kind| kind.told().count())
        .sum();
    let (limit, of_figure) = (limit(kinds.len() * REPLICATIONS.len()), limit(figures));
    println!(
        "\n{}: {} seeds each, {} kinds of figure; of 100 intervals so many hold the truth (so many figures in \
         100 have none); truly {:.3} waited, {:.3} lost, engines {:.3} of the time out",
        county.name,
        all[0].len(),
        kinds.len(),
        truth[".county.waited"],
        truth[".county.lost"],
        truth[".stations[0].busy_share"],
    );
    println!(
        "{:60} {}",
        "replications",
        REPLICATIONS.map(|r| format!("{r:>15}")).concat()
    );
    let mut good = true;
    let mut failing = 0;
    for (name, columns) in &kinds {
        let mut line = format!("{name:60} ");
        let mut worst: Option<(&str, f64)> = None;
        for (kind, replications) in columns.iter().zip(REPLICATIONS) {
            let count = kind.moments[0];
            let none = kind.none as f64 / (kind.none as f64 + count).max(1.0) * 100.0;
            if count == 0.0 {
                line += &format!("{:>15}", format!("– ({none:.0})"));
                continue;
            }
            let (share, error) = kind.share(LEAST);
            let fails = share + limit * error < LEAST;
            let is_above = share - limit * kind.share(MOST).1 > MOST;
            failing += kind.fails(of_figure);
            let inner = kind.inner[1] as f64 / (kind.inner[0] as f64).max(1.0);
            // Ranks are whole numbers; shares of few incidents are 0 or 1.
            let is_discrete = match name.ends_with("_seconds") {
                true => name.contains("p90") || name.contains("median"),
                false => {
                    kind.inner[0] as f64 * 1.02 < count
                        || inner <= MOST
                        || kind.wide as f64 > count / 2.0
                }
            };
            let is_few = replications < FEW;
            let is_wide = is_above && !is_discrete && !is_few;
            good &= !fails && !is_wide;
            let mark = match (fails, share > MOST) {
                (true, _) => "!",
                (_, true) if is_discrete => "d",
                (_, true) if is_few => "f",
                (_, true) => "w",
                _ => " ",
            };
            line += &format!("{:>15}", format!("{:.1}{mark}({none:.0})", share * 100.0));
            worst = [worst, kind.worst()]
                .into_iter()
                .flatten()
                .min_by(|a, b| a.1.total_cmp(&b.1));
        }
        if let Some((name, share)) = worst {
            line += &format!("  least {:.1} {name}", share * 100.0);
        }
        println!("{line}");
    }
    good &= failing == 0;
    println!(
        "Single figures with 500 intervals or more: {figures}, of which {failing} hold the truth in less than 93 of 100 \
         by more than luck"
    );
    let sum: f64 = truth.values().sum();
    println!(
        "! below 93 by more than luck; d above 97 as counts or ranks are few whole numbers; f above 97 as the replications are few; w above 97 otherwise, which fails beyond luck. \
         Checksum {sum:.3}, {:.0} s",
        begin.elapsed().as_secs_f64()
    );
    good
}
