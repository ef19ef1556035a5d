//! Ready problems on disk: a table of travel times and one of demand.

mod decimal;
mod demand;
mod sites;
mod travel_times;

pub use decimal::Decimal;
pub use demand::Demand;
pub use sites::SiteTable;
pub use travel_times::ReadyTimes;
