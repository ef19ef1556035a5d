//! What a road is made of, as far as the speed of a heavy vehicle depends on it.

use crate::roads::words::word_enum;

word_enum! {
    /// The surface of a road, from the firmest to the softest.
    pub enum Surface {
        /// Asphalt, concrete, smooth paving; `tracktype=grade1`.
        Paved = "paved",
        /// Setts, cobbles, concrete lanes and plates: firm, but rough.
        Rough = "rough",
        /// Compacted gravel or earth; `tracktype=grade2`.
        Compacted = "compacted",
        /// Loose gravel, unpaved without saying more; `tracktype=grade3`.
        Gravel = "gravel",
        /// Soil, grass; `tracktype=grade4`.
        Earth = "earth",
        /// Sand, mud; `tracktype=grade5`.
        Soft = "soft",
    }
}

word_enum! {
    /// The state of a surface, in the words of OpenStreetMap's `smoothness`, from the best to the worst.
    pub enum Smoothness {
        /// For roller skates.
        Excellent = "excellent",
        /// For racing bicycles.
        Good = "good",
        /// For city bicycles and cars.
        Intermediate = "intermediate",
        /// For robust wheels: potholes and ruts.
        Bad = "bad",
        /// For high clearance.
        VeryBad = "very_bad",
        /// For off-road vehicles.
        Horrible = "horrible",
        /// For heavy off-road vehicles.
        VeryHorrible = "very_horrible",
        /// For nothing on wheels: never driven.
        Impassable = "impassable",
    }
}
