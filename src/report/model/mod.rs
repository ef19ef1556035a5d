//! What a report shows before it is a file: tables of typed columns, filled once from an answer.
//!
//! Values stand as the answer has them: seconds, shares of one, yuan. Unit and decimals follow from the
//! [`Quantity`] of a column and from the format, one file each in [`formats`](super::formats).

mod column;
mod quantity;
mod table;
mod value;

pub use column::{Column, Shade};
pub use quantity::Quantity;
pub use table::{Emphasis, Filling, Row, Table};
pub use value::Value;
