//! Engines that are ordered to an incident and not there yet are sent on to a graver one, where they are
//! expected earlier than any other (reroute-enabled dispatch: Lim, Mamat and Bräunl 2011). The incident
//! that loses its engine gets another as if it had just been called.

use super::{Need, Policy, Proposal, View, Whereabouts, on_the_road};
use crate::simulation::assignment::Assignment;
use crate::units::Millis;

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Reroute;

impl Policy for Reroute {
    fn proposal(&self, view: &View<'_>, need: &Need) -> Option<Proposal> {
        let numbered = view.away.iter().enumerate();
        let able = numbered.filter(|(_, assignment)| {
            assignment.priority > need.priority && view.does_for(assignment.engine, need)
        });
        let on_their_way =
            able.filter_map(|(index, assignment)| proposal(view, index, assignment, need));
        on_their_way.reduce(Proposal::earlier)
    }
}

/// An engine that is under way; `None` where it has arrived, where no road leads, or where it was on the
/// road already when it was ordered: an engine is sent on once.
fn proposal(
    view: &View<'_>,
    index: usize,
    assignment: &Assignment,
    need: &Need,
) -> Option<Proposal> {
    let (deployment, now) = (view.deployment, view.now);
    let from = assignment.from?;
    if now >= assignment.arrived() {
        return None;
    }
    let from_station = deployment.expected(from, need.point, now)?;
    let proposal = Proposal {
        engine: assignment.engine,
        whereabouts: Whereabouts::Away(index),
        from: Some(from),
        before: Millis(0),
        travel: from_station,
    };
    let left = assignment.left();
    if now <= left {
        return Some(Proposal {
            before: left.since(now),
            ..proposal
        });
    }
    let from_scene = deployment.between(assignment.point, need.point)?;
    let whole = deployment.expected(from, assignment.point, now)?;
    let ends = [from_station, from_scene];
    Some(Proposal {
        from: None,
        travel: on_the_road(whole, [left, now, assignment.arrived()], ends),
        ..proposal
    })
}
