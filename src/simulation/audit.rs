//! Conservation: an engine is in one place at a time, stages follow each other, nobody arrives before
//! the dispatch, every incident is answered once with no more engines than it needs. Looked at in every
//! replication of a debug build.

use std::collections::HashMap;

use crate::expected::engines::EngineId;
use crate::simulation::assignment::{Assignment, Relocation};
use crate::simulation::incident::Incident;
use crate::simulation::response::{Observer, Response};
use crate::simulation::time::SimulatedTime;

/// What has been seen so far.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// When each engine that was sent stands ready again.
    ready: HashMap<EngineId, SimulatedTime>,
    /// Engines that were sent to each incident that is not answered yet.
    sent: HashMap<u32, u16>,
    answered: Vec<bool>,
}

/// An observer that is looked over the shoulder.
#[derive(Debug)]
pub struct Audited<'a, O> {
    audit: &'a mut Audit,
    observer: &'a mut O,
}

impl Audit {
    /// Hands everything on to `observer`, after having checked it.
    pub fn over<'a, O: Observer>(&'a mut self, observer: &'a mut O) -> Audited<'a, O> {
        Audited {
            audit: self,
            observer,
        }
    }

    /// After the last incident.
    ///
    /// # Panics
    /// When one of them was not answered.
    pub fn close(&self) {
        let open = self.answered.iter().position(|answered| !answered);
        assert_eq!(open, None, "an incident is never answered");
        assert!(self.sent.is_empty(), "engines went to no incident");
    }
}

impl<O: Observer> Observer for Audited<'_, O> {
    fn sent(&mut self, assignment: &Assignment) {
        let audit = &mut *self.audit;
        let before = audit.ready.insert(assignment.engine, assignment.ready());
        assert!(
            before.is_none_or(|ready| ready <= assignment.ordered),
            "an engine is in two places: {assignment:?}"
        );
        let on_its_way = assignment.ordered <= assignment.arrived();
        assert!(on_its_way && assignment.arrived() <= assignment.ready());
        *audit.sent.entry(assignment.incident).or_default() += 1;
        self.observer.sent(assignment);
    }

    fn redirected(&mut self, assignment: &Assignment) {
        let time = assignment.redirected.expect("it is said when");
        let on_its_way = assignment.ordered <= time && time < assignment.arrived();
        assert!(
            on_its_way || assignment.cleared() <= time && time < assignment.back(),
            "it is neither on its way there nor back: {assignment:?}"
        );
        if on_its_way {
            let sent = self.audit.sent.get_mut(&assignment.incident);
            *sent.expect("the incident is not answered yet") -= 1;
        }
        self.audit.ready.insert(assignment.engine, time);
        self.observer.redirected(assignment);
    }

    fn relocated(&mut self, relocation: &Relocation) {
        let ready = self.audit.ready.get(&relocation.engine);
        assert!(
            ready.is_none_or(|ready| *ready <= relocation.ordered),
            "who stands by elsewhere is not ready: {relocation:?}"
        );
        assert!(relocation.left <= relocation.ordered && relocation.ordered <= relocation.arrives);
        self.observer.relocated(relocation);
    }

    fn answered(&mut self, incident: &Incident, response: &Response) {
        let audit = &mut *self.audit;
        let number = incident.number as usize;
        if audit.answered.len() <= number {
            audit.answered.resize(number + 1, false);
        }
        let twice = std::mem::replace(&mut audit.answered[number], true);
        assert!(!twice, "an incident is answered twice");
        let sent = audit.sent.remove(&incident.number).unwrap_or(0);
        assert!(sent <= incident.engines, "more engines than are needed");
        assert_eq!(sent == 0, response.is_lost(), "lost is who gets none");
        if !response.is_lost() {
            let stages = incident.call_handling + response.wait + response.travel;
            assert!(stages <= response.response, "{incident:?} {response:?}");
            assert!(response.response <= response.full_assignment);
        }
        self.observer.answered(incident, response);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::demand::DemandPointId;
    use crate::expected::engines::FleetStation;
    use crate::simulation::trace::Trace;
    use crate::units::Millis;

    fn assignment(ordered: u64) -> Assignment {
        Assignment {
            incident: 0,
            priority: 0,
            from: Some(FleetStation(0)),
            engine: EngineId::default(),
            ordered: SimulatedTime(ordered),
            turnout: Millis(1),
            travel: Millis(2),
            on_scene: Millis(3),
            way_back: Millis(2),
            restocking: Millis(0),
            point: DemandPointId(0),
            redirected: None,
        }
    }

    /// Ordered at 10 it is ready at 18.
    #[test]
    fn an_engine_is_not_sent_while_it_is_out() {
        let (mut audit, mut trace) = (Audit::default(), Trace::default());
        audit.over(&mut trace).sent(&assignment(10));
        audit.over(&mut trace).sent(&assignment(18));
        assert_eq!(trace.sent.len(), 2);
        let caught = std::panic::catch_unwind(move || {
            audit.over(&mut trace).sent(&assignment(25));
        });
        assert!(caught.is_err());
    }

    #[test]
    #[should_panic(expected = "engines went to no incident")]
    fn an_engine_goes_to_an_incident_that_is_answered() {
        let (mut audit, mut trace) = (Audit::default(), Trace::default());
        audit.over(&mut trace).sent(&assignment(10));
        audit.close();
    }
}
