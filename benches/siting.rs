//! The exact solvers on made-up problems: how long until it is proven, or how far it came in a
//! minute; each with its value as a checksum.
//!
//! `cargo bench --bench siting`; words after `--` choose groups by name: `graphs`, `plane`, `large`,
//! `pairs`. `benches/peers/run_siting.py` measures other programs.

use std::time::Duration;

use brigade::siting::answer::{Answer, Effort};
use brigade::siting::maximum_coverage::{Fleet, most_expected, most_reached};
use brigade::siting::median::p_median;
use brigade::siting::p_center::p_center;
use brigade::siting::pairs::{Pairs, best_pair};
use brigade::siting::problem::{Constraints, Times};
use brigade::siting::set_cover::fewest_sites;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const LIMIT: Duration = Duration::from_mins(1);

/// Shortest ways between all nodes of a random graph with `n` nodes, n²/50 edges and lengths of
/// 1 to 100, as Beasley (1985) made those of the OR-Library; every node is a site and a point.
fn graph(n: usize) -> Times {
    const FAR: u32 = u32::MAX / 4;
    let mut draw = ChaCha8Rng::seed_from_u64(n as u64);
    let mut way = vec![FAR; n * n];
    // A ring through all nodes, so that each is reached.
    let mut edges: Vec<_> = (0..n).map(|node| (node, (node + 1) % n)).collect();
    while edges.len() < n * n / 50 {
        let (a, b) = (draw.random_range(0..n), draw.random_range(0..n));
        if a != b {
            edges.push((a, b));
        }
    }
    for (a, b) in edges {
        let length = draw.random_range(1..=100).min(way[a * n + b]);
        way[a * n + b] = length;
        way[b * n + a] = length;
    }
    (0..n).for_each(|node| way[node * n + node] = 0);
    for over in 0..n {
        let from_over = way[over * n..][..n].to_vec();
        for row in way.chunks_mut(n).filter(|row| row[over] < FAR) {
            let to_over = row[over];
            for (way, rest) in row.iter_mut().zip(&from_over) {
                *way = (*way).min(to_over + rest);
            }
        }
    }
    Times::new(n, way)
}

/// Sites and points anywhere on a square of 40 minutes, weights of 1 to 100.
fn plane(sites: usize, points: usize) -> (Times, Vec<u64>) {
    let mut draw = ChaCha8Rng::seed_from_u64((sites * points) as u64);
    let mut position = || [draw.random_range(0.0..2.4e6), draw.random_range(0.0..2.4e6)];
    let from: Vec<[f64; 2]> = (0..sites).map(|_| position()).collect();
    let to: Vec<[f64; 2]> = (0..points).map(|_| position()).collect();
    let apart = |a: [f64; 2], b: [f64; 2]| libm::hypot(a[0] - b[0], a[1] - b[1]) as u32;
    let times = from.iter().flat_map(|a| to.iter().map(|b| apart(*a, *b)));
    let times = Times::new(points, times.collect());
    (
        times,
        (0..points).map(|_| draw.random_range(1..=100)).collect(),
    )
}

fn print(name: &str, answer: &Answer) {
    let value = answer
        .value
        .map_or_else(|| "–".to_owned(), |value| value.to_string());
    let gap = answer.gap().unwrap_or(f64::NAN) * 100.0;
    let seconds = answer.elapsed.as_secs_f64();
    println!("{name:44}{seconds:9.3} s   gap {gap:7.4} %   value {value}");
}

fn graphs(effort: &Effort) {
    for n in (100..=900).step_by(100) {
        let times = graph(n);
        let weight = vec![1; n];
        let mut choices = vec![5, 10, n / 10, n / 5, n / 3];
        choices.dedup();
        for p in choices {
            let constraints = Constraints::most(p);
            let median = p_median(times.clone(), &weight, &constraints, effort).unwrap();
            print(&format!("p-median, graph of {n}, p = {p}"), &median);
            let center = p_center(&times, &weight, 0, &constraints, effort).unwrap();
            print(&format!("p-center, graph of {n}, p = {p}"), &center);
        }
    }
}

fn on_plane(sites: usize, points: usize, choices: &[usize], effort: &Effort) {
    let (times, weight) = plane(sites, points);
    for p in choices {
        let constraints = Constraints::most(*p);
        let name = |model: &str| format!("{model}, {sites} × {points}, p = {p}");
        let median = p_median(times.clone(), &weight, &constraints, effort).unwrap();
        print(&name("p-median"), &median);
        for minutes in [4, 6, 8] {
            let within = minutes * 60_000;
            let most = most_reached(&times, &weight, within, &constraints, effort).unwrap();
            print(&name(&format!("mclp {minutes} min")), &most);
        }
        let center = p_center(&times, &weight, 0, &constraints, effort).unwrap();
        print(&name("p-center"), &center);
        let aside = weight.iter().sum::<u64>() / 20;
        let most = p_center(&times, &weight, aside, &constraints, effort).unwrap();
        print(&name("p-center, 5 % aside"), &most);
    }
}

fn others_on_plane(effort: &Effort) {
    let (times, weight) = plane(300, 5000);
    for minutes in [4, 6, 8] {
        let within = minutes * 60_000;
        let (fewest, _) =
            fewest_sites(&times, &weight, within, &Constraints::default(), effort).unwrap();
        print(&format!("lscp {minutes} min, 300 × 5000"), &fewest);
    }
    let fleet = Fleet {
        engines: 5,
        at_a_site: 5,
        busy: 0.3,
        adjusted: false,
    };
    let given = (&times, &weight[..], 480_000);
    let expected = most_expected(given, &fleet, &Constraints::default(), effort).unwrap();
    print("mexclp 8 min, 300 × 5000, 5 engines", &expected);
}

fn pairs(effort: &Effort) {
    let (times, weight) = plane(3000, 10_000);
    let sites: Vec<usize> = (0..3000).collect();
    let answer = best_pair(
        &Pairs {
            times: &times,
            weight: &weight,
            standing: &[],
            lists: [&sites[..1500], &sites[1500..]],
        },
        effort,
    );
    print("pairs, 1500 × 1500 sites, 10000 points", &answer.unwrap());
}

fn main() {
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let effort = Effort::within(Some(LIMIT));
    let asked = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    if asked("graphs") {
        graphs(&effort);
    }
    if asked("plane") {
        on_plane(100, 1000, &[5, 10], &effort);
        on_plane(300, 5000, &[5, 10], &effort);
        others_on_plane(&effort);
    }
    if asked("large") {
        on_plane(1000, 20_000, &[10], &effort);
    }
    if asked("pairs") {
        pairs(&effort);
    }
}
