//! Questions of siting on a scenario: which junctions of main roads are best, what more brigades would
//! bring, in which order and by which year, and how a choice does in other states of the world.
//!
//! A [`Request`] held against its scenario is an [`Inquiry`], whose answer is one [`Optimization`]. The
//! solvers are in [`crate::siting`], which knows numbers alone.

mod answer_check;
mod answering;
mod choosing;
mod describing;
pub mod error;
pub mod free_choice;
pub mod frontier;
mod inquiry;
pub mod instance;
pub mod junctions;
pub mod optimization;
pub mod other_states;
pub mod phasing;
mod prospects;
mod prospects_check;
pub mod question;
pub mod read_back;
pub mod request;
pub mod robust;
mod robustness;
pub mod sequence;
mod siting_table;
pub mod trial;

pub use error::RequestError;
pub use inquiry::Inquiry;
pub use optimization::Optimization;
pub use request::Request;
