//! Why a way of the map is no road for a fire engine.

/// Why a way with a `highway` is no road for a fire engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unusable {
    /// Footway, cycleway, steps, … that no motor vehicle is said to use.
    Kind,
    /// Under construction, planned, or gone.
    NotThere,
    /// A track of sand, mud or grade 5.
    Soft,
    /// A square, not a line to drive along.
    Area,
    /// Closed to all vehicles.
    Closed,
    /// On military ground.
    Military,
    /// `emergency=no`.
    ClosedToEngines,
}

impl Unusable {
    /// The reason in the words of the report.
    pub fn words(self) -> &'static str {
        match self {
            Self::Kind => "not a road for engines (footway, path, steps, …)",
            Self::NotThere => "under construction, planned or gone",
            Self::Soft => "track too soft for an engine (sand, mud, grade 5)",
            Self::Area => "an area, not a line",
            Self::Closed => "closed to vehicles",
            Self::Military => "military",
            Self::ClosedToEngines => "closed to emergency vehicles (emergency=no)",
        }
    }
}
