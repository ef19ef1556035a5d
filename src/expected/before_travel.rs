//! What lies between a call and the travel of the engines.

use crate::brigades::StationId;
use crate::brigades::crew::Crew;
use crate::expected::Expected;
use crate::expected::engines::FleetStation;
use crate::expected::fleet::Fleet;
use crate::units::Millis;

/// Call handling, and the turnout of a fleet.
#[derive(Clone, Debug, PartialEq)]
pub struct BeforeTravel {
    /// From the call to the order.
    pub handling: Millis,
    /// From the order until engines leave, where all of the county's leave alike at every hour.
    pub alike: Option<Millis>,
    /// The same of each station of the fleet, on average over the hours of all incidents.
    pub turnout: Vec<MeanTurnout>,
}

/// How long a station's engines take to leave, a neighbour's delay included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanTurnout {
    pub station: StationId,
    /// Who mans its engines.
    pub crew: Crew,
    /// The mean over the hours of all incidents.
    pub mean: Millis,
}

impl BeforeTravel {
    /// What a fleet takes.
    pub fn of(expected: &Expected<'_>, fleet: &Fleet) -> Self {
        let turnout = (0..)
            .map(FleetStation)
            .zip(fleet.stations())
            .map(|(in_fleet, station)| MeanTurnout {
                station: *station,
                crew: fleet.crew(in_fleet),
                mean: expected.mean_turnout(fleet, in_fleet),
            });
        Self {
            handling: expected.call_handling,
            alike: expected.turnout_of_all(fleet),
            turnout: turnout.collect(),
        }
    }
}
