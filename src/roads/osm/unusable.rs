//! Why a way of the map is no road for a fire engine.

/// Why a way with a `highway` is no road for a fire engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unusable {
    /// Footway, cycleway, steps, … that no motor vehicle is said to use.
    Kind,
    /// Under construction, planned, or gone.
    NotThere,
    /// A track or an access road of sand, mud or grade 5.
    Soft,
    /// `smoothness=impassable`: nothing on wheels gets through.
    Impassable,
    /// A square, not a line to drive along.
    Area,
    /// Closed to all vehicles.
    Closed,
    /// On military ground.
    Military,
    /// `emergency=no`.
    ClosedToEngines,
}
