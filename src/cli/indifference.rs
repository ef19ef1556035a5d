//! What does not matter in the figure that ranks, said on the command line.

use super::failure::Failure;
use crate::evaluation::metric::Metric;
use crate::scenario::file::IndifferenceKey;
use crate::units::Millis;

/// A difference that does not matter, instead of the scenario's.
#[derive(Debug, clap::Args)]
pub(super) struct IndifferenceArgs {
    /// A difference that does not matter in the figure that ranks, in seconds, of a share in percentage
    /// points, instead of the scenario's [ranking] indifference (5 s, 0.5 points)
    #[arg(long, value_name = "DIFFERENCE", value_parser = not_negative)]
    indifference: Option<f64>,
}

fn not_negative(text: &str) -> Result<f64, String> {
    let number = text
        .parse()
        .ok()
        .filter(|n: &f64| *n >= 0.0 && n.is_finite());
    number.ok_or_else(|| "it should be 0 or a positive number, such as 5".to_owned())
}

impl IndifferenceArgs {
    /// Puts it in place of the scenario's, in the unit of the metric that ranks, `ranked_by` its name.
    ///
    /// # Errors
    /// When it is more than the figure can be.
    pub(super) fn put(
        &self,
        of_scenario: &mut IndifferenceKey,
        metric: Metric,
        ranked_by: &str,
    ) -> Result<(), Failure> {
        let Some(wanted) = self.indifference else {
            return Ok(());
        };
        // Shares are written in percentage points.
        let (most, unit) = match metric.more_is_better() {
            true => (100.0, "percentage points"),
            false => (86_400.0, "seconds"),
        };
        if wanted > most {
            let problem = format!(
                "--indifference: it should be from 0 to {most} {unit} when ranking by {ranked_by}"
            );
            return Err(Failure::Input(problem.into()));
        }
        match metric.more_is_better() {
            true => of_scenario.share = wanted / 100.0,
            false => of_scenario.time = Millis::from_seconds(wanted),
        }
        Ok(())
    }
}
