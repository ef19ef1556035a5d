//! The best sites for an instance that is given as tables: travel times, demand, and what is known of the sites.
//!
//! [`InstanceQuestion`] is what is asked, [`locate()`] answers it.

mod constraints;
mod decimal;
mod demand;
mod error;
mod locate;
mod question;
mod sites;
mod travel_times;

pub use decimal::Decimal;
pub use demand::Demand;
pub use error::InstanceError;
pub use locate::{Located, locate};
pub use question::{InstanceQuestion, Objective};
pub use sites::SiteTable;
pub use travel_times::TravelTimeTable;
