//! Engines that are ordered to an incident and not there yet are sent on to a graver one, where they are
//! expected earlier than any other (reroute-enabled dispatch: Lim, Mamat and Bräunl 2011). The incident
//! that loses its engine gets another as if it had just been called.

use super::{Choice, Need, Policy, Source, View, on_the_road};
use crate::simulation::sending::Sending;
use crate::units::Millis;

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Reroute;

impl Policy for Reroute {
    fn candidate(&self, view: &View<'_>, need: &Need) -> Option<Choice> {
        let numbered = view.away.iter().enumerate();
        let able = numbered.filter(|(_, sending)| {
            sending.priority > need.priority && view.does_for(sending.engine, need)
        });
        let on_their_way = able.filter_map(|(place, sending)| choice(view, place, sending, need));
        on_their_way.reduce(Choice::earlier)
    }
}

/// An engine that is under way; `None` where it has arrived, where no road leads, or where it was on the
/// road already when it was ordered: an engine is sent on once.
fn choice(view: &View<'_>, place: usize, sending: &Sending, need: &Need) -> Option<Choice> {
    let (deployment, moment) = (view.deployment, view.moment);
    let from = sending.from?;
    if moment >= sending.arrived() {
        return None;
    }
    let from_station = deployment.expected(from, need.place, moment)?;
    let choice = Choice {
        engine: sending.engine,
        source: Source::Away(place),
        from: Some(from),
        before: Millis(0),
        travel: from_station,
    };
    let left = sending.left();
    if moment <= left {
        return Some(Choice {
            before: left.since(moment),
            ..choice
        });
    }
    let from_scene = deployment.between(sending.place, need.place)?;
    let whole = deployment.expected(from, sending.place, moment)?;
    let ends = [from_station, from_scene];
    Some(Choice {
        from: None,
        travel: on_the_road(whole, [left, moment, sending.arrived()], ends),
        ..choice
    })
}
