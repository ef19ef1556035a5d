//! Figures with the interval in which the truth lies with 95 % confidence: one file for each kind of
//! figure, as no one method holds for all.
//!
//! Replications are independent; few of them are cut into sections
//! ([`sections`](crate::simulation::outcome::Outcome::sections)), so that an interval rests on some 60
//! values where the horizon is long enough. Where too little happened for an honest interval there is none.
//! How often each kind holds the truth is what `cargo bench --bench intervals` counts.

mod busy;
mod figure;
mod mean;
mod percentile;
mod sample;
mod share;

pub use busy::busy_share;
pub use figure::Estimate;
pub(crate) use figure::there;
pub(super) use figure::tidy;
pub use mean::{mean, mean_difference, unseen_mean};
pub use percentile::{Ranked, percentile, percentile_difference};
pub use sample::{Sample, ratio};
pub use share::{share, share_difference, unseen_share};
