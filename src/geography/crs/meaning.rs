//! What the numbers of a position are taken for, and who says so: for reports, which word it.

use serde::{Deserialize, Serialize};

use crate::geography::datum::Datum;

/// How numbers became positions in WGS 84.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meaning {
    /// The projected system whose numbers were converted to degrees, by its name.
    pub projected: Option<String>,
    pub degrees: Degrees,
}

/// What the degrees are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Degrees {
    /// WGS 84, since the format has it so unless it says otherwise.
    Usual,
    /// Whoever calls says so.
    Stated(Datum),
    /// A system that is taken as WGS 84, from which it is so many metres away at most, says EPSG.
    Near {
        name: String,
        metres: f64,
        by: SaidBy,
    },
    /// Only the ellipsoid is said, which is that of WGS 84 or GRS 80; taken as WGS 84.
    OfEllipsoid { by: SaidBy },
}

/// Where a system is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SaidBy {
    /// The `.prj` of a shapefile.
    Prj,
    /// The member `crs` of GeoJSON.
    GeoJsonCrs,
    /// The table `config.csv` of a network.
    Config,
}

impl Meaning {
    /// Whether the numbers are degrees of WGS 84 itself.
    pub fn is_wgs84(&self) -> bool {
        let is_same = match &self.degrees {
            Degrees::Usual => true,
            Degrees::Stated(datum) => *datum == Datum::Wgs84,
            Degrees::Near { metres, .. } => *metres == 0.0,
            Degrees::OfEllipsoid { .. } => false,
        };
        is_same && self.projected.is_none()
    }

    /// The name of the system alone, as complaints give it.
    pub fn name(&self) -> &str {
        match (&self.projected, &self.degrees) {
            (Some(projected), _) => projected,
            (None, Degrees::Near { name, .. }) => name,
            (None, Degrees::Stated(datum)) => datum.word(),
            (None, Degrees::Usual | Degrees::OfEllipsoid { .. }) => "WGS 84",
        }
    }
}
