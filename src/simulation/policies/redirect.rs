//! Engines on their way back are sent from where they are, where they are expected earlier than the
//! first that stands ready.

use super::{Need, Policy, Proposal, View, Whereabouts, on_the_road};
use crate::simulation::assignment::Assignment;
use crate::units::Millis;

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Redirect;

impl Policy for Redirect {
    fn proposal(&self, view: &View<'_>, need: &Need) -> Option<Proposal> {
        let numbered = view.away.iter().enumerate();
        let able = numbered.filter(|(_, assignment)| view.does_for(assignment.engine, need));
        let returning = able.filter_map(|(index, assignment)| {
            Some(Proposal {
                engine: assignment.engine,
                whereabouts: Whereabouts::Away(index),
                from: None,
                before: Millis(0),
                travel: on_the_way_back(view, assignment, need)?,
            })
        });
        returning.reduce(Proposal::earlier)
    }
}

/// Expected travel time of an engine on its way back to another demand point; `None` where it is not
/// on its way back, or no road leads there.
fn on_the_way_back(view: &View<'_>, assignment: &Assignment, need: &Need) -> Option<Millis> {
    let (deployment, now) = (view.deployment, view.now);
    let (cleared, back) = (assignment.cleared(), assignment.back());
    if now < cleared || now >= back {
        return None;
    }
    let station = assignment.engine.station;
    let from_scene = deployment.between(assignment.point, need.point)?;
    let from_station = deployment.expected(station, need.point, now)?;
    let whole = deployment.expected(station, assignment.point, now)?;
    let ends = [from_scene, from_station];
    Some(on_the_road(whole, [cleared, now, back], ends))
}
