//! The checks of `brigade verify` without the rooms above the simulation: prints those that are off, the
//! furthest first, and ends with code 1 when there are any. First with few calls, as most faults show at once, and
//! some let queues grow for ever.

use std::process::ExitCode;

use brigade::evaluation::verification::{CALLS, Check, Verification};

fn main() -> ExitCode {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    for calls in [2000.0, CALLS] {
        let verification = Verification::of_calls(seed, 50, calls).expect("nobody stops it");
        let off = |check: &&Check| !verification.holds(check);
        let mut off: Vec<&Check> = verification.checks.iter().filter(off).collect();
        let distance = |check: &Check| check.z().map_or(f64::INFINITY, f64::abs);
        off.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
        for Check { subject, figure, simulated, expected, .. } in &off {
            println!("{subject:?} {figure:?}: {simulated:.5}, not {expected:.5}");
        }
        if !off.is_empty() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
