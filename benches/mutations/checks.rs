//! The checks of `brigade verify` without the rooms above the simulation: prints those that are off, the
//! furthest first, and ends with code 1 when there are any. Without a second argument with as many calls as a user's
//! `verify` has: a fault that only fewer would show is none that is found.

use std::process::ExitCode;

use brigade::evaluation::verification::{CALLS, Check, Verification};

fn main() -> ExitCode {
    let argument = |number: usize| std::env::args().nth(number);
    let seed = argument(1).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let calls = argument(2).and_then(|calls| calls.parse().ok()).unwrap_or(CALLS);
    let verification = Verification::of_calls(seed, 50, calls).expect("nobody stops it");
    let off = |check: &&Check| !verification.holds(check);
    let mut off: Vec<&Check> = verification.checks.iter().filter(off).collect();
    let distance = |check: &Check| check.z().map_or(f64::INFINITY, f64::abs);
    off.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    for Check { subject, figure, simulated, expected, .. } in &off {
        println!("{subject:?} {figure:?}: {simulated:.5}, not {expected:.5}");
    }
    match off.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
