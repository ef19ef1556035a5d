//! Engines on their way back are sent from where they are, where they are expected earlier than the
//! first that stands ready.

use super::{Choice, Need, Policy, Source, View, on_the_road};
use crate::simulation::sending::Sending;
use crate::units::Millis;

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Redirect;

impl Policy for Redirect {
    fn candidate(&self, view: &View<'_>, need: &Need) -> Option<Choice> {
        let numbered = view.away.iter().enumerate();
        let able = numbered.filter(|(_, sending)| view.does_for(sending.engine, need));
        let returning = able.filter_map(|(place, sending)| {
            Some(Choice {
                engine: sending.engine,
                source: Source::Away(place),
                from: None,
                before: Millis(0),
                travel: on_the_way_back(view, sending, need)?,
            })
        });
        returning.reduce(Choice::earlier)
    }
}

/// Expected travel time of an engine on its way back to another place; `None` where it is not on its
/// way back, or no road leads there.
fn on_the_way_back(view: &View<'_>, sending: &Sending, need: &Need) -> Option<Millis> {
    let (deployment, moment) = (view.deployment, view.moment);
    let (cleared, back) = (sending.cleared(), sending.back());
    if moment < cleared || moment >= back {
        return None;
    }
    let station = sending.engine.station;
    let from_scene = deployment.between(sending.place, need.place)?;
    let from_station = deployment.expected(station, need.place, moment)?;
    let whole = deployment.expected(station, sending.place, moment)?;
    let ends = [from_scene, from_station];
    Some(on_the_road(whole, [cleared, moment, back], ends))
}
