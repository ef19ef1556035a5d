//! One incident told stage by stage: who was asked, who was out where, who came when.

use crate::expected::engines::{EngineId, FleetStation};
use crate::language::Language;
use crate::messages::Key;
use crate::report::event_log::clock_time;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::simulation::assignment::Assignment;
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::Incident;
use crate::simulation::response::Response;
use crate::simulation::time::SimulatedTime;
use crate::simulation::trace::Trace;
use crate::text;
use crate::units::Millis;

/// What a story is told from.
#[derive(Clone, Copy, Debug)]
pub struct Story<'s> {
    /// The question.
    pub scenario: &'s Scenario,
    /// Who stands where.
    pub alternative: &'s Alternative,
    /// In which order they are asked.
    pub deployment: &'s Deployment,
    /// The replication.
    pub trace: &'s Trace,
    /// For whom it is told.
    pub language: Language,
}

impl Story<'_> {
    /// The story of an incident, `None` when there is no such incident.
    pub fn tell(&self, number: u32) -> Option<String> {
        let (incident, response) = self.trace.incident(number)?;
        let mut lines = self.call(incident);
        lines.extend(self.asked(incident));
        for assignment in self.trace.sent_to(incident.number) {
            lines.extend(self.sent(incident, assignment));
        }
        lines.extend(self.outcome(incident, response));
        Some(lines.join("\n") + "\n")
    }

    /// A line that begins with the time of day.
    fn at(&self, moment: SimulatedTime, words: String) -> String {
        format!("{}  {words}", self.clock(moment))
    }

    /// The call and the order that follows it.
    fn call(&self, incident: &Incident) -> Vec<String> {
        let language = self.language;
        let county = &self.scenario.county;
        let point = county.point(incident.point);
        let kind = &county.incident_types[usize::from(incident.kind)];
        let town = &county.towns[point.town.index()];
        let [kind, point, town] =
            [&kind.name, &point.name, &town.name].map(|name| name.in_language(language));
        let call = text!(
            language,
            "story-call",
            kind = kind,
            town = town,
            point = point,
            engines = u32::from(incident.engines),
            needs = self.needs(incident),
        );
        let handling = span(incident.call_handling);
        let ordered = text!(language, "story-ordered", handling = handling);
        vec![
            self.at(incident.received, call),
            self.at(incident.ordered(), ordered),
        ]
    }

    /// When the first engine came, all, and water; or that none came.
    fn outcome(&self, incident: &Incident, response: &Response) -> Vec<String> {
        let language = self.language;
        if response.is_lost() {
            return vec![text!(language, "story-lost")];
        }
        let [first, full] = [response.response, response.full_assignment].map(span);
        let mut lines = vec![text!(
            language,
            "story-response",
            first = first,
            full = full
        )];
        if let Some(water) = incident.water {
            let first_water = response.first_water(&water, true);
            let by_relay = first_water == response.response + water.without_hydrant;
            let by = match (water.has_hydrant, by_relay) {
                (true, _) => Key("story-by-hydrant"),
                (false, true) => Key("story-by-relay"),
                (false, false) => Key("story-by-tender"),
            };
            lines.push(text!(
                language,
                "story-first-water",
                time = span(first_water),
                by = text!(language, by),
                setup = span(Millis(first_water.0 - response.response.0)),
            ));
        }
        lines
    }

    /// Every station in the order in which it is asked, and where its engines are.
    fn asked(&self, incident: &Incident) -> Vec<String> {
        let language = self.language;
        let moment = incident.ordered();
        let out: Vec<&Assignment> = self.trace.out_at(moment, incident.number).collect();
        let mut lines = Vec::new();
        for preference in self.deployment.preferences(incident.point, moment) {
            let station = preference.station;
            let engines = self.deployment.fleet.engines()[station.index()];
            let of_station = out.iter().filter(|s| s.engine.station == station);
            let out_now = of_station.map(|assignment| {
                text!(
                    language,
                    "story-engine-out",
                    number = number(assignment.engine),
                    scene = self.place_of(assignment.incident),
                    incident = assignment.incident,
                    ready = self.clock(assignment.ready()),
                )
            });
            let posted = self.trace.posted_at(moment);
            let posted = posted.filter(|post| post.engine.station == station);
            let posted = posted.map(|post| {
                let (number, to) = (number(post.engine), self.station(post.to));
                text!(language, "story-engine-posted", number = number, to = to)
            });
            let away: Vec<String> = out_now.chain(posted).collect();
            let asked = text!(
                language,
                "story-asked",
                station = self.station(station),
                travel = span(preference.expected),
                ready = usize::from(engines) - away.len(),
                engines = engines,
            );
            lines.push(format!("    {asked}"));
            lines.extend(away.iter().map(|engine| format!("        {engine}")));
        }
        lines
    }

    /// An engine that was sent, and its stages.
    fn sent(&self, incident: &Incident, assignment: &Assignment) -> Vec<String> {
        let language = self.language;
        let engine = |key: Key| {
            text!(
                language,
                key,
                station = self.station(assignment.engine.station),
                number = number(assignment.engine),
                kind = self.kind_of(assignment.engine),
            )
        };
        if let Some(moment) = assignment.redirected.filter(|m| *m < assignment.arrived()) {
            return vec![self.at(moment, engine(Key("story-sent-on")))];
        }
        let unless_none = |key: Key, time: Millis| match time.0 {
            0 => String::new(),
            _ => text!(language, key, time = span(time)),
        };
        let wait = assignment.ordered.since(incident.ordered());
        let came_from = self.trace.sent.iter().find(|other| {
            other.engine == assignment.engine && other.redirected == Some(assignment.ordered)
        });
        let turnout = match came_from {
            Some(other) if assignment.ordered < other.arrived() => {
                text!(language, "story-from-lesser-incident")
            }
            Some(_) => text!(language, "story-from-way-back"),
            None => text!(language, "story-turnout", time = span(assignment.turnout)),
        };
        let back = match assignment.redirected {
            Some(moment) => text!(language, "story-redirected", time = self.clock(moment)),
            None => text!(
                language,
                "story-way-back",
                time = span(assignment.way_back),
                restocking = unless_none(Key("story-restocking"), assignment.restocking),
            ),
        };
        let stages = text!(
            language,
            "story-stages",
            waited = unless_none(Key("story-waited"), wait),
            turnout = turnout,
            travel = span(assignment.travel),
            on_scene = span(assignment.on_scene),
            back = back,
        );
        vec![
            self.at(assignment.arrived(), engine(Key("story-arrives"))),
            format!("        {stages}"),
        ]
    }

    /// The kinds of engine that are needed, where they are told apart.
    fn needs(&self, incident: &Incident) -> String {
        let apparatus = &self.scenario.stations.apparatus;
        let named = incident.needs[1..].iter().zip(apparatus);
        let named = named.filter(|(count, _)| **count > 0);
        let words: Vec<String> = named
            .map(|(count, kind)| format!("{kind} {count}"))
            .collect();
        if words.is_empty() {
            return String::new();
        }
        let words = crate::messages::list(self.language, &words);
        text!(self.language, "story-needs", words = words)
    }

    /// What an engine is for, where that is told apart.
    fn kind_of(&self, engine: EngineId) -> String {
        let fleet = &self.deployment.fleet;
        let kind = fleet.apparatus_of(engine).index();
        let Some(kind) = kind.checked_sub(1) else {
            return String::new();
        };
        let kind = self.scenario.stations.apparatus[kind].as_str();
        text!(self.language, "story-kind", kind = kind)
    }

    fn clock(&self, moment: SimulatedTime) -> String {
        clock_time(self.scenario.incidents.horizon.start, moment)
    }

    fn station(&self, station: FleetStation) -> &str {
        let fleet = self.scenario.stations.fleet(self.alternative);
        let station = self.scenario.stations.station(fleet[station.index()]);
        station.name.in_language(self.language)
    }

    fn place_of(&self, incident: u32) -> &str {
        let Some((incident, _)) = self.trace.incident(incident) else {
            return "–";
        };
        let point = self.scenario.county.point(incident.point);
        point.name.in_language(self.language)
    }
}

/// Engines of a station count from 1.
fn number(engine: EngineId) -> u32 {
    u32::from(engine.number) + 1
}

/// Minutes and seconds.
fn span(span: Millis) -> String {
    let seconds = (span.0 + 500) / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
