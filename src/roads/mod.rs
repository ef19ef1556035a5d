//! The road graph: where it comes from, how fast a fire engine drives on it, and how long every
//! way takes.
//!
//! [`graph::RoadGraph`] is the model that people read, check and change. Travel times are worked
//! out on [`compact::CompactGraph`], a compact copy of it for one table of speeds.

pub mod class;
pub mod compact;
pub mod gmns;
pub mod graph;
pub mod lines;
pub mod osm;
pub mod passage;
pub mod road;
pub mod snapping;
pub mod speeds;
pub mod surface;
#[cfg(test)]
pub mod test_roads;
pub mod travel_times;
mod words;
