//! How often what is said to be sure by 95 % is so, for every kind of published figure.
//!
//! A county is simulated with 2,000 seeds, each with 2, 5, 10, 30 and 100 replications. The truth is the figure
//! over all of them together. A kind of figure (the mean response time of a town, say) passes while its
//! intervals hold the truth in 93 % of the cases at least, luck aside, and so does each of its figures; and in 97 %
//! at most, unless counts and ranks are so few whole numbers that nothing less wide is honest, or there are 2 replications. Then how often the
//! probability of being best is right, by what it says: of invented alternatives with as many seeds, and of a
//! county's with a fifth of them, as each simulates 4,300 years.
//!
//! `cargo bench --bench intervals -- [SEEDS] [COUNTY | best]` takes other seeds than 2,000, or one part.

mod best;
mod counties;
mod coverage;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seeds = arguments.iter().find_map(|word| word.parse().ok());
    let counties = counties::all();
    let named = |name: &str| arguments.iter().any(|word| word == name);
    let is_all = !named("best") && !counties.iter().any(|county| named(county.name));
    let seeds = seeds.unwrap_or(2000);
    let mut good = true;
    for county in &counties {
        if is_all || named(county.name) {
            good &= coverage::run(county, seeds);
        }
    }
    if is_all || named("best") {
        good &= best::run(&counties[0].scenario, seeds);
    }
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
