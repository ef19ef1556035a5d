//! Engines on their way back are sent from where they are, where they are expected earlier than the
//! first that stands ready.

use super::{Choice, Policy, View};
use crate::county::demand::DemandId;
use crate::simulation::deployment::Deployment;
use crate::simulation::history::Moment;
use crate::simulation::sending::Sending;
use crate::units::Millis;

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Redirect;

impl Policy for Redirect {
    fn choose(&self, view: &View<'_>, kind: usize) -> Option<Choice> {
        let ready = view.first_ready(kind);
        let deployment = view.deployment;
        let before = |station| deployment.delay(station) + deployment.mean_turnout(station);
        let ready_by = ready.map_or(Millis::NEVER, |choice| {
            choice.expected + before(choice.engine.station)
        });
        let numbered = view.away.iter().enumerate();
        let returning = numbered.filter_map(|(place, sending)| {
            let does = deployment.does_for(sending.engine.station, sending.engine.number, kind);
            let expected = does
                .then(|| on_the_way_back(deployment, sending, view.moment, view.place))
                .flatten()?;
            Some(Choice {
                engine: sending.engine,
                expected,
                away: Some(place),
            })
        });
        let first = returning.min_by_key(|choice| (choice.expected, choice.engine));
        first.filter(|choice| choice.expected < ready_by).or(ready)
    }
}

/// Expected travel time of an engine on its way back to another place; `None` where it is not on its
/// way back, or no road leads there.
///
/// Where on its way an engine is, is known in time, not on the map. From there to the place it takes at
/// least the time from the scene less what it has done, and the time from the station less what it has
/// left to do; the longer of the two is exact where roads branch and do not come together again, and
/// taken for the time.
fn on_the_way_back(
    deployment: &Deployment,
    sending: &Sending,
    moment: Moment,
    place: DemandId,
) -> Option<Millis> {
    let (cleared, back) = (sending.cleared(), sending.back());
    if moment < cleared || moment >= back {
        return None;
    }
    let from_scene = deployment.between(sending.place, place)?;
    let station = sending.engine.station;
    let from_station = deployment.expected(station, place, moment)?;
    let whole = deployment.expected(station, sending.place, moment)?;
    let done = moment.since(cleared).seconds() / back.since(cleared).seconds();
    let done = whole.times(done);
    let left = Millis(whole.0.saturating_sub(done.0));
    let least = |time: Millis, less: Millis| Millis(time.0.saturating_sub(less.0));
    Some(least(from_scene, done).max(least(from_station, left)))
}
