//! Dispatching by rules that look at engines that are out: an incident is answered when its engines are
//! there, as until then one of them may be sent elsewhere.

use super::rules::{Departure, DispatchRules, seen, turnout};
use crate::brigades::apparatus::{ApparatusId, ByApparatus, MAX_APPARATUS};
use crate::expected::assignment::assign;
use crate::expected::engines::ReadyEngines;
use crate::scenario::file::Overload;
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::{Incident, StreamPiece, Trip};
use crate::simulation::policies::{Need, Proposal, View, Whereabouts};
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;
use crate::units::Millis;

/// Where every engine is, and the incidents that are not answered yet.
#[derive(Clone, Debug, Default)]
pub(super) struct ByPolicies {
    ready: ReadyEngines,
    /// Up to when everything has happened.
    now: SimulatedTime,
    /// Engines that are out.
    away: Vec<Assignment>,
    /// Engines that stand by at other stations, or are on their way there or back.
    posts: Vec<Relocation>,
    /// Incidents that wait for an engine to be ordered or to arrive: by priority, then by order.
    open: Vec<Open>,
}

/// An incident that is not answered yet.
#[derive(Clone, Debug)]
struct Open {
    incident: Incident,
    /// All its trips.
    trips: Vec<Trip>,
    /// The engines that come to it.
    coming: Vec<Coming>,
    /// What it still needs.
    left: ByApparatus,
    /// What was to be seen when the order was given.
    seen: Response,
}

/// An engine that comes to an incident.
#[derive(Clone, Debug)]
struct Coming {
    assignment: Assignment,
    /// Which of the trips it takes.
    trip: usize,
    /// The need that it meets.
    apparatus: ApparatusId,
}

impl Open {
    fn is_waiting(&self) -> bool {
        self.left.iter().any(|left| *left > 0)
    }

    /// Whether all that come are there.
    fn has_arrived(&self, now: SimulatedTime) -> bool {
        let mut coming = self.coming.iter();
        !self.is_waiting() && coming.all(|coming| coming.assignment.arrived() <= now)
    }

    /// Takes down that an engine is sent for a need, on the first trip that no other takes.
    fn send(
        &mut self,
        apparatus: ApparatusId,
        now: SimulatedTime,
        rules: &DispatchRules<'_>,
        departure: impl FnOnce(&Trip) -> Departure,
    ) -> Assignment {
        let is_free = |trip: &usize| self.coming.iter().all(|coming| coming.trip != *trip);
        let number = (0..self.trips.len()).find(is_free).unwrap_or(0);
        let trip = &self.trips[number];
        let assignment = departure(trip).assignment(now, &self.incident, trip, rules.return_factor);
        self.left[apparatus.index()] -= 1;
        self.coming.push(Coming {
            assignment,
            trip: number,
            apparatus,
        });
        assignment
    }

    fn response(&self, rules: &DispatchRules<'_>) -> Response {
        let mut response = self.seen;
        for Coming { assignment, .. } in &self.coming {
            response.add(&self.incident, assignment, rules.deployment);
        }
        response
    }
}

impl ByPolicies {
    /// With every engine of a deployment at home.
    pub(super) fn new(deployment: &Deployment) -> Self {
        Self {
            ready: deployment.fleet.all_at_home(),
            ..Self::default()
        }
    }

    /// Answers the next piece of an incident stream.
    pub(super) fn answer(
        &mut self,
        piece: &StreamPiece,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        for incident in &piece.incidents {
            self.answer_one(incident, piece.trips_of(incident), rules, observer);
        }
    }

    /// Answers the next incident.
    fn answer_one(
        &mut self,
        incident: &Incident,
        trips: &[Trip],
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        let time = incident.ordered();
        self.advance(Some(time), rules, observer);
        let mut attended: Vec<u32> = self.away.iter().map(|out| out.incident).collect();
        attended.sort_unstable();
        attended.dedup();
        let open = Open {
            incident: *incident,
            trips: trips.to_vec(),
            coming: Vec::new(),
            left: rules.deployment.can_have(incident),
            seen: seen(
                incident,
                rules,
                &self.ready,
                self.away.len(),
                attended.len(),
            ),
        };
        let before = |other: &Open| other.incident.priority <= incident.priority;
        let index = self.open.partition_point(before);
        self.open.insert(index, open);
        self.serve(rules, observer);
        self.relocate(rules, observer);
    }

    /// Goes on until every engine is home. An incident that no engine can ever serve is answered as it
    /// stands.
    pub(super) fn finish(&mut self, rules: &DispatchRules<'_>, observer: &mut impl Observer) {
        self.advance(None, rules, observer);
        for open in std::mem::take(&mut self.open) {
            observer.answered(&open.incident, &open.response(rules));
        }
    }

    /// Lets happen what does until a time, or to the end: engines come back, arrive where they stand by,
    /// or leave a scene, and each of it may help an incident that waits.
    fn advance(
        &mut self,
        until: Option<SimulatedTime>,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        loop {
            let Self {
                now, away, posts, ..
            } = &*self;
            let out = away.iter().flat_map(|out| [out.cleared(), out.ready()]);
            let events = out.chain(posts.iter().map(|post| post.arrives));
            let next = events.filter(|time| time > now).min();
            match next.filter(|next| until.is_none_or(|until| *next <= until)) {
                Some(next) => self.now = next,
                None => break,
            }
            self.settle(rules, observer);
            self.serve(rules, observer);
            self.relocate(rules, observer);
        }
        if let Some(until) = until {
            self.now = until;
            self.settle(rules, observer);
        }
    }

    /// Engines that have come home stand ready, and incidents whose engines are there are answered.
    fn settle(&mut self, rules: &DispatchRules<'_>, observer: &mut impl Observer) {
        let now = self.now;
        for out in self.away.extract_if(.., |out| out.ready() <= now) {
            self.ready.put_back(out.engine);
        }
        let back = |post: &mut Relocation| post.to == post.engine.station && post.arrives <= now;
        for post in self.posts.extract_if(.., back) {
            self.ready.put_back(post.engine);
        }
        for open in (self.open).extract_if(.., |open| open.has_arrived(now)) {
            observer.answered(&open.incident, &open.response(rules));
        }
    }

    /// Sends engines to all that wait, as many as they need or as there are.
    fn serve(&mut self, rules: &DispatchRules<'_>, observer: &mut impl Observer) {
        // An incident loses an engine only to a graver one, so that it comes later in the row.
        for index in 0..self.open.len() {
            while let Some((apparatus, proposal)) = self.sooner(index, rules) {
                self.send_from_elsewhere(index, apparatus, &proposal, rules, observer);
            }
            self.send_ready(index, rules, observer);
            if rules.overload == Overload::Loss {
                self.open[index].left = ByApparatus::default();
            }
        }
    }

    /// A need of an incident, and an engine that the policies would send for it, expected to be there
    /// sooner than one of those that stand ready and would go, or while there are too few of them.
    fn sooner(&self, index: usize, rules: &DispatchRules<'_>) -> Option<(ApparatusId, Proposal)> {
        let open = &self.open[index];
        if !open.is_waiting() {
            return None;
        }
        let Incident {
            point, priority, ..
        } = open.incident;
        let deployment = rules.deployment;
        let view = self.view(rules);
        // As among those that stand ready, needs for an apparatus go before those for any.
        let all = deployment.fleet.apparatus().rev();
        let needed = all.filter(|apparatus| open.left[apparatus.index()] > 0);
        let proposals = needed.filter_map(|apparatus| {
            let need = Need {
                point,
                priority,
                apparatus,
            };
            let proposed = rules.policies.iter();
            let proposed = proposed.filter_map(|policy| policy.proposal(&view, &need));
            Some((apparatus, proposed.min_by_key(Proposal::expected)?))
        });
        let mut proposals = proposals.peekable();
        // Mostly nobody is proposed: then nothing has to be known of those that stand ready.
        proposals.peek()?;
        let (mut ready, mut left) = (self.ready.clone(), open.left);
        // For each apparatus, when the last of those that stand ready would be there.
        let mut last = [Millis(0); MAX_APPARATUS];
        let order = deployment.preferences(point, self.now);
        assign(
            &deployment.fleet,
            order,
            &mut ready,
            &mut left,
            |_, preference, apparatus| {
                let turnout = deployment.turnout(preference.station, self.now);
                let last = &mut last[apparatus.index()];
                *last = (turnout + preference.expected).max(*last);
            },
        );
        proposals.find(|(apparatus, soonest)| {
            left[apparatus.index()] > 0 || soonest.expected() < last[apparatus.index()]
        })
    }

    /// Sends an engine that does not stand ready at its station.
    fn send_from_elsewhere(
        &mut self,
        index: usize,
        apparatus: ApparatusId,
        proposal: &Proposal,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        match proposal.whereabouts {
            Whereabouts::Away(out) => self.take_away(out, observer),
            Whereabouts::Post(post) => {
                self.posts.swap_remove(post);
            }
        }
        let (engine, deployment) = (proposal.engine, rules.deployment);
        let open = &mut self.open[index];
        let home = deployment.expected(engine.station, open.incident.point, self.now);
        let assignment = open.send(apparatus, self.now, rules, |trip| Departure {
            engine,
            from: proposal.from,
            turnout: match (proposal.whereabouts, proposal.from) {
                (Whereabouts::Post(_), Some(_)) => turnout(deployment, engine.station, trip),
                _ => proposal.before,
            },
            expected: proposal.travel,
            home: home.unwrap_or(proposal.travel),
        });
        self.away.push(assignment);
        observer.sent(&assignment);
    }

    /// Sends the engines that stand ready to what an incident still needs.
    fn send_ready(
        &mut self,
        index: usize,
        rules: &DispatchRules<'_>,
        observer: &mut impl Observer,
    ) {
        let (now, deployment) = (self.now, rules.deployment);
        let Self {
            ready, away, open, ..
        } = self;
        let open = &mut open[index];
        let order = deployment.preferences(open.incident.point, now);
        let mut left = open.left;
        assign(
            &deployment.fleet,
            order,
            ready,
            &mut left,
            |engine, preference, apparatus| {
                let assignment = open.send(apparatus, now, rules, |trip| {
                    Departure::of_ready(deployment, engine, preference, trip)
                });
                away.push(assignment);
                observer.sent(&assignment);
            },
        );
    }

    /// Takes an engine from where it goes: from its way back, or from an incident that it has not
    /// reached.
    fn take_away(&mut self, out: usize, observer: &mut impl Observer) {
        let mut assignment = self.away.swap_remove(out);
        assignment.redirected = Some(self.now);
        observer.redirected(&assignment);
        let open = self.open.iter_mut();
        let concerned = open
            .filter(|open| open.incident.number == assignment.incident)
            .filter(|_| assignment.arrived() > self.now);
        for open in concerned {
            let is_it = |coming: &mut Coming| coming.assignment.engine == assignment.engine;
            for coming in open.coming.extract_if(.., is_it) {
                open.left[coming.apparatus.index()] += 1;
            }
        }
    }

    /// Lets engines stand by where the rules want them.
    fn relocate(&mut self, rules: &DispatchRules<'_>, observer: &mut impl Observer) {
        loop {
            let view = self.view(rules);
            let policies = rules.policies.iter();
            let Some(relocation) = policies.filter_map(|p| p.relocation(&view)).next() else {
                return;
            };
            let engine = relocation.engine;
            self.ready.remove(engine);
            self.posts.retain(|post| post.engine != engine);
            self.posts.push(relocation);
            observer.relocated(&relocation);
        }
    }

    fn view<'v>(&'v self, rules: &'v DispatchRules<'_>) -> View<'v> {
        View {
            now: self.now,
            ready: &self.ready,
            away: &self.away,
            posts: &self.posts,
            deployment: rules.deployment,
        }
    }
}
