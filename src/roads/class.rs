//! Classes of road, in the words of OpenStreetMap's `highway` key and GMNS's `facility_type`.

use crate::roads::words::word_enum;

word_enum! {
    /// The class of a road, from the fastest to the slowest.
    pub enum RoadClass {
        /// Expressway: entered and left at interchanges only.
        Motorway = "motorway",
        /// Ramp of an expressway.
        MotorwayLink = "motorway_link",
        /// National road of the first order.
        Trunk = "trunk",
        /// Slip road of a trunk road.
        TrunkLink = "trunk_link",
        /// National or provincial road.
        Primary = "primary",
        /// Slip road of a primary road.
        PrimaryLink = "primary_link",
        /// Provincial or county road.
        Secondary = "secondary",
        /// Slip road of a secondary road.
        SecondaryLink = "secondary_link",
        /// Road between towns and large villages.
        Tertiary = "tertiary",
        /// Slip road of a tertiary road.
        TertiaryLink = "tertiary_link",
        /// Minor public road.
        Unclassified = "unclassified",
        /// Road in a built-up area.
        Residential = "residential",
        /// Street shared with people on foot.
        LivingStreet = "living_street",
        /// Access road, yard or driveway.
        Service = "service",
        /// Road of which the class is not known.
        Road = "road",
        /// Farm or forest track.
        Track = "track",
    }
}

/// How much a road matters on a map, which decides how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Importance {
    Expressway,
    Main,
    Minor,
}

impl RoadClass {
    /// How much it matters on a map.
    pub fn importance(self) -> Importance {
        match self {
            Self::Motorway | Self::MotorwayLink => Importance::Expressway,
            Self::Trunk
            | Self::TrunkLink
            | Self::Primary
            | Self::PrimaryLink
            | Self::Secondary
            | Self::SecondaryLink => Importance::Main,
            _ => Importance::Minor,
        }
    }

    /// Whether it is a street or lane that leads to the doors of people, of which a complete network has many
    /// around every place, and one of main roads none.
    pub fn is_local(self) -> bool {
        matches!(
            self,
            Self::Residential | Self::LivingStreet | Self::Service | Self::Road | Self::Track
        )
    }

    /// Whether the road is entered and left at interchanges only.
    pub fn is_expressway(self) -> bool {
        matches!(self, Self::Motorway | Self::MotorwayLink)
    }
}
