//! What exchanges of one site for another need to know.

use super::instance::Instance;
use super::lists::Lists;
use crate::siting::feasibility::Feasibility;

/// What exchanges need to know.
#[derive(Clone, Copy)]
pub(super) struct Exchanges<'a> {
    pub(super) instance: &'a Instance,
    pub(super) lists: &'a Lists,
    pub(super) feasibility: &'a Feasibility,
    /// Whether a site may be brought in.
    pub(super) usable: &'a [bool],
    /// Whether a site has to stay.
    pub(super) kept: &'a [bool],
}
