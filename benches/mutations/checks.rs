//! The checks of `brigade verify` without the rooms above the simulation: prints those that are off, the
//! furthest first, and ends with code 1 when there are any.

use std::process::ExitCode;

use brigade::evaluation::verification::{Check, Verification};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let verification = Verification::new(seed, 50).expect("nobody stops it");
    if arguments.next().is_some() {
        for check in &verification.checks {
            eprintln!("{:?} {:?} {:?} {} {:?} {} {:?}", check.theory, check.subject, check.figure, check.simulated, check.spread, check.expected, check.z());
        }
        eprintln!("{} {}", verification.figures, verification.limit);
    }
    let off = |check: &&Check| !verification.holds(check);
    let mut off: Vec<&Check> = verification.checks.iter().filter(off).collect();
    let distance = |check: &Check| check.z().map_or(f64::INFINITY, f64::abs);
    off.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    for Check { subject, figure, simulated, expected, .. } in &off {
        println!("{subject:?} {figure:?}: {simulated:.5}, not {expected:.5}");
    }
    ExitCode::from(u8::from(!off.is_empty()))
}
