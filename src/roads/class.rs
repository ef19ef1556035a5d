//! Classes of road, in the words of OpenStreetMap's `highway` key and GMNS's `facility_type`.

use std::fmt;
use std::str::FromStr;

macro_rules! road_classes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)?) => {
        /// The class of a road, from the fastest to the slowest.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RoadClass {
            $($(#[$doc])* $variant,)*
        }

        impl RoadClass {
            /// Every class, in order.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$variant),*];

            /// The word in `link.csv` and `speeds.csv`.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

road_classes! {
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

impl RoadClass {
    /// Whether the road is entered and left at interchanges only.
    #[must_use]
    pub fn is_expressway(self) -> bool {
        matches!(self, Self::Motorway | Self::MotorwayLink)
    }
}

impl fmt::Display for RoadClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for RoadClass {
    type Err = UnknownClass;

    fn from_str(text: &str) -> Result<Self, UnknownClass> {
        Self::ALL
            .into_iter()
            .find(|class| class.word() == text)
            .ok_or(UnknownClass)
    }
}

/// The text names no class of road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a class of road")]
pub struct UnknownClass;

/// The classes as a list for error messages.
#[must_use]
pub fn known_classes() -> String {
    RoadClass::ALL.map(RoadClass::word).join(", ")
}
