//! The road graph: where it comes from, how fast a fire engine drives on it, and how long every
//! way takes.
//!
//! [`graph::RoadGraph`] is the model that people read, check and change. Travel times are worked
//! out on [`engine_graph::EngineGraph`]: the same roads as one profile drives them, turns
//! included.

pub mod access;
pub mod access_barriers;
pub mod cache;
pub mod class;
pub mod class_mapping;
pub mod drivable;
pub mod engine_graph;
pub mod generalised;
pub mod gmns;
pub mod graph;
pub mod lanes;
mod line_of_sight;
pub mod lines;
pub mod osm;
pub mod passage;
pub mod profile;
pub mod road;
pub mod roadway;
mod route;
pub mod snapping;
pub mod surface;
#[cfg(test)]
pub mod test_roads;
pub mod too_large;
pub mod travel_times;
pub mod trip;
mod words;
