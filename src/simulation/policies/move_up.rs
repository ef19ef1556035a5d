//! Move-ups: where a station has no engine ready, the nearest that can spare one sends it there to
//! stand by, until one of that station's engines is back (move-up of engines: Kolesar and Walker 1974).
//! An engine that stands by can be sent, also on its way.

use super::{Need, Policy, Proposal, View, Whereabouts, on_the_road};
use crate::brigades::apparatus::ApparatusId;
use crate::expected::engines::{EngineId, FleetStation};
use crate::simulation::assignment::Relocation;
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct MoveUp {
    /// A station can spare an engine where at least so many of its engines stand ready.
    pub from: u32,
}

impl Policy for MoveUp {
    fn proposal(&self, view: &View<'_>, need: &Need) -> Option<Proposal> {
        let numbered = view.posts.iter().enumerate();
        let able = numbered.filter(|(_, post)| view.does_for(post.engine, need));
        let standing_by = able.filter_map(|(index, post)| proposal(view, index, post, need));
        standing_by.reduce(Proposal::earlier)
    }

    fn relocation(&self, view: &View<'_>) -> Option<Relocation> {
        self.home_again(view).or_else(|| self.to_a_bare_one(view))
    }
}

impl MoveUp {
    /// An engine that stands by where another is back.
    fn home_again(self, view: &View<'_>) -> Option<Relocation> {
        let relieved = view.posts.iter().find(|post| {
            let is_home = post.to == post.engine.station;
            !is_home && !view.ready.at(post.to).is_empty()
        })?;
        let home = relieved.engine.station;
        let whole = view.deployment.between_stations(relieved.to, home)?;
        // Who is still on the way there turns round.
        let drive = match view.now < relieved.arrives {
            true => view.now.since(relieved.left).min(whole),
            false => whole,
        };
        let arrives = view.now.after(drive);
        Some(Relocation {
            engine: relieved.engine,
            from: relieved.to,
            to: home,
            ordered: view.now,
            left: SimulatedTime(arrives.0.saturating_sub(u64::from(whole.0))),
            arrives,
        })
    }

    /// An engine for a station that has none.
    fn to_a_bare_one(self, view: &View<'_>) -> Option<Relocation> {
        let deployment = view.deployment;
        let of_county = || {
            let all = FleetStation::all(deployment.fleet.engines().len());
            all.filter(|station| !deployment.fleet.is_neighbour(*station))
        };
        let is_bare = |station: &FleetStation| {
            let is_covered = view.posts.iter().any(|post| post.to == *station);
            view.ready.at(*station).is_empty()
                && !is_covered
                && deployment.fleet.engines()[station.index()] > 0
        };
        let moves = of_county().filter(is_bare).filter_map(|to| {
            let spare = of_county().filter(|from| view.ready.at(*from).count() >= self.from);
            let nearest = spare.filter_map(|from| {
                let drive = deployment.between_stations(from, to)?;
                let number =
                    deployment
                        .fleet
                        .sent_for(from, view.ready.at(from), ApparatusId::ANY)?;
                Some((drive, from, number))
            });
            let (drive, station, number) = nearest.min()?;
            Some(Relocation {
                engine: EngineId { station, number },
                from: station,
                to,
                ordered: view.now,
                left: view.now,
                arrives: view.now.after(drive),
            })
        });
        moves.into_iter().next()
    }
}

fn proposal(view: &View<'_>, index: usize, post: &Relocation, need: &Need) -> Option<Proposal> {
    let (deployment, now) = (view.deployment, view.now);
    let at_its_end = deployment.expected(post.to, need.point, now)?;
    let proposal = Proposal {
        engine: post.engine,
        whereabouts: Whereabouts::Post(index),
        from: Some(post.to),
        before: deployment.turnout(post.engine.station, view.now),
        travel: at_its_end,
    };
    if now >= post.arrives {
        return Some(proposal);
    }
    let whole = deployment.between_stations(post.from, post.to)?;
    let at_its_begin = deployment.expected(post.from, need.point, now)?;
    Some(Proposal {
        from: None,
        before: Millis(0),
        travel: on_the_road(
            whole,
            [post.left, now, post.arrives],
            [at_its_begin, at_its_end],
        ),
        ..proposal
    })
}
