//! What the lists of calls hold: how many, when, of which type, in which town, and how far from a road.

use jiff::civil::DateTime;

use crate::basis::Basis;
use crate::county::incident_list::{IncidentList, ListedIncident};
use crate::county::incident_types::IncidentTypeId;
use crate::county::towns::TownId;
use crate::scenario::Scenario;
use crate::scenario::inputs::Input;
use crate::scenario::warnings::Warning;
use crate::units::Metres;

/// The calls of one list.
#[derive(Clone, Debug)]
pub struct ListedCalls {
    /// Its file, without the folders above it.
    pub file: String,
    pub basis: Basis,
    pub calls: usize,
    pub first: DateTime,
    pub last: DateTime,
    /// Types that have any.
    pub by_type: Vec<(IncidentTypeId, usize)>,
    /// Towns that have any.
    pub by_town: Vec<(TownId, usize)>,
    /// Calls at the first second of a day.
    pub at_midnight: usize,
    /// Calls with a position of their own, which joins a road.
    pub at_positions: usize,
    /// From such a position to its road, on average over the calls.
    pub mean_access: Metres,
    /// The same at most.
    pub most_access: Metres,
}

impl ListedCalls {
    /// As an input, with distances to 0.1 m.
    pub fn input(&self) -> Input {
        let rounded = |metres: Metres| (metres.0 * 10.0).round() / 10.0;
        Input::ListedCalls {
            file: self.file.clone(),
            calls: self.calls,
            at_positions: self.at_positions,
            mean_access_metres: rounded(self.mean_access),
            most_access_metres: rounded(self.most_access),
        }
    }

    /// Complains where the list seems to have days alone: of two calls or more, most are at the first second of
    /// a day.
    pub(super) fn warning(&self) -> Option<Warning> {
        (self.calls >= 2 && 2 * self.at_midnight > self.calls).then(|| Warning::ListAtMidnight {
            file: self.file.clone(),
            midnight: self.at_midnight,
            calls: self.calls,
        })
    }
}

impl Scenario {
    /// The calls of each list, in the order of the scenario's keys.
    pub fn listed_calls(&self) -> Vec<ListedCalls> {
        let lists = self.incidents.lists.iter();
        lists.filter_map(|list| self.calls_of(list)).collect()
    }

    fn calls_of(&self, list: &IncidentList) -> Option<ListedCalls> {
        let incidents = &list.incidents;
        let time = |incident: &ListedIncident| {
            let since = jiff::Span::new().milliseconds(i64::try_from(incident.received).ok()?);
            let start = self.incidents.horizon.start.at(0, 0, 0, 0);
            start.checked_add(since).ok()
        };
        let counted = |count: usize, of: &dyn Fn(&ListedIncident) -> usize| {
            let mut counts = vec![0; count];
            for incident in incidents {
                counts[of(incident)] += 1;
            }
            counts
        };
        let by_type = counted(self.county.incident_types.len(), &|incident| {
            incident.incident_type.index()
        });
        let by_town = counted(self.county.towns.len(), &|incident| {
            self.county.point(incident.point).town.index()
        });
        let usual = self.network.profile(self.stations.usual_profile().0);
        let access: Vec<f64> = incidents
            .iter()
            .filter(|incident| self.county.is_of_a_list(incident.point))
            .map(|incident| usual.demand_points[incident.point.index()].nearest.access.0)
            .collect();
        let positions = access.len();
        const A_DAY: u64 = 86_400_000;
        Some(ListedCalls {
            file: list.name().to_owned(),
            basis: list.basis,
            calls: incidents.len(),
            first: time(incidents.first()?)?,
            last: time(incidents.last()?)?,
            by_type: IncidentTypeId::all(by_type.len())
                .zip(by_type)
                .filter(|(_, count)| *count > 0)
                .collect(),
            by_town: TownId::all(by_town.len())
                .zip(by_town)
                .filter(|(_, count)| *count > 0)
                .collect(),
            at_midnight: incidents
                .iter()
                .filter(|incident| incident.received.is_multiple_of(A_DAY))
                .count(),
            at_positions: positions,
            mean_access: Metres(access.iter().sum::<f64>() / positions.max(1) as f64),
            most_access: Metres(access.iter().copied().fold(0.0, f64::max)),
        })
    }
}
