//! How far off is further than chance explains: many figures are looked at, and their standard errors are
//! estimated.

use crate::distribution::special::students_t_quantile;

/// A right simulator is found wrong in fewer runs than this, if figures were normal over replications.
///
/// They nearly are: most are means of thousands of calls, the rarest of hundreds. What is missing is allowed
/// for by the factor between this and [`FALSE_ALARMS`].
pub const NOMINAL: f64 = 1e-5;

/// A right simulator is found wrong in fewer runs than this.
pub const FALSE_ALARMS: f64 = 1e-4;

/// How many standard errors a figure may be off: the quantile of Student's t, at a rate that is divided
/// among all figures looked at (Bonferroni); `replications`, at least two, tell the standard error.
pub(super) fn limit(figures: usize, replications: u32) -> f64 {
    let tail = NOMINAL / 2.0 / figures.max(1) as f64;
    // The lower tail, as a share next to 1 has lost its last places.
    -students_t_quantile(tail, f64::from(replications) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By numerical integration of the density: 4.9250 leaves 5 in a million above with 49 degrees of freedom and
    /// 4.6149 with 119; 500 figures 1 in 10⁸ each, which is 6.6907 with 49 and 9.1945 with 19.
    #[test]
    fn the_limit_is_a_quantile_of_students_t() {
        for (figures, replications, expected) in LIMITS {
            let limit = limit(figures, replications);
            assert!((limit - expected).abs() < 2e-3, "{figures}: {limit}");
        }
    }

    const LIMITS: [(usize, u32, f64); 4] = [
        (1, 50, 4.9250),
        (1, 120, 4.6149),
        (500, 50, 6.6907),
        (500, 20, 9.1945),
    ];
}
