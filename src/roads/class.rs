//! Classes of road, in the words of OpenStreetMap's `highway` key and GMNS's `facility_type`.

use crate::language::Language;
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

impl RoadClass {
    /// The class for readers of `language`: the word that tables use, or its Chinese name.
    #[must_use]
    pub fn in_language(self, language: Language) -> &'static str {
        language.pick(self.chinese(), self.word())
    }

    fn chinese(self) -> &'static str {
        match self {
            Self::Motorway => "高速公路",
            Self::MotorwayLink => "高速匝道",
            Self::Trunk => "干线公路",
            Self::TrunkLink => "干线匝道",
            Self::Primary => "国省道",
            Self::PrimaryLink => "国省道连接线",
            Self::Secondary => "省县道",
            Self::SecondaryLink => "省县道连接线",
            Self::Tertiary => "县乡道",
            Self::TertiaryLink => "县乡道连接线",
            Self::Unclassified => "乡村公路",
            Self::Residential => "居民区道路",
            Self::LivingStreet => "生活街道",
            Self::Service => "内部道路",
            Self::Road => "等级不明",
            Self::Track => "机耕道、林道",
        }
    }

    /// Whether the road is entered and left at interchanges only.
    #[must_use]
    pub fn is_expressway(self) -> bool {
        matches!(self, Self::Motorway | Self::MotorwayLink)
    }
}
