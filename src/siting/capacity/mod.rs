//! The median core where a site serves only so much: a point may be served by several sites, each a
//! part of it, and the sum of amount times cost is to be as small as it can be (capacitated p-median
//! with shared demand).
//!
//! Who serves whom in a given choice is a transportation problem, solved exactly. What no choice falls
//! below comes from prices that points pay for being served (Lagrangian relaxation of "all of a point
//! is served", as in `median`): at given prices each site is filled with those who save most, and the
//! sites that save most are taken. Branches on sites close what is left between the two.

mod instance;
mod search;
#[cfg(test)]
mod tests;
mod transport;

use instance::Instance;
pub(super) use search::search;
