//! Customizable contraction hierarchies (Dibbelt, Strasser and Wagner 2016): what can be known
//! about a graph before its times are known, and what has to be worked out for each set of times.
//!
//! Nodes are contracted one by one; whatever a node's neighbours could reach through it becomes
//! an arc between them. Every shortest path then exists as one that first climbs and then
//! descends.
//!
//! ```text
//! last contracted            z
//!                          /   \
//! in between      y - - -/- - - \- - -       - - -  arcs that contraction adds
//!                  \   /        
//! first contracted   x
//! ```

mod contraction;
mod customization;
mod upward_arcs;

pub use contraction::Preparation;
pub use customization::Hierarchy;
pub(super) use upward_arcs::UpwardArcs;
