//! The tables of a comparison, each specified once: what stands in a column beside its head, quantity and
//! colours. A format shows some of the columns, of some of the rows.

mod alternatives;
mod columns;
mod demand_points;
mod supporting;
mod towns;

pub use alternatives::{Row, all_rows, alternatives, costs, ranked};
pub use columns::{RANKED, seen};
pub(crate) use demand_points::demand_points;
pub use supporting::{data_basis, distribution, engines, standards};
pub use towns::{towns, towns_of_all};
