//! One incident stage by stage: which stations were due, which engines were out, which came when.

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

/// What a story rests on.
#[derive(Clone, Copy, Debug)]
pub struct Story<'s> {
    /// The question.
    pub scenario: &'s Scenario,
    /// Who stands where.
    pub alternative: &'s Alternative,
    /// In which order they are due.
    pub deployment: &'s Deployment,
    /// The replication.
    pub trace: &'s Trace,
    /// For whom it is written.
    pub language: Language,
}

impl Story<'_> {
    /// The story of an incident, `None` when there is no such incident.
    pub fn tell(&self, number: u32) -> Option<String> {
        let (incident, response) = self.trace.incident(number)?;
        let mut lines = self.call(incident);
        lines.extend(self.stations(incident));
        for assignment in self.trace.sent_to(incident.number) {
            lines.extend(self.sent(incident, assignment));
        }
        lines.extend(self.outcome(incident, response));
        Some(lines.join("\n") + "\n")
    }

    /// A line that begins with the time of day.
    fn at(&self, time: SimulatedTime, words: String) -> String {
        format!("{}  {words}", self.clock(time))
    }

    /// The call and the order that follows it.
    fn call(&self, incident: &Incident) -> Vec<String> {
        let language = self.language;
        let county = &self.scenario.county;
        let point = county.point(incident.point);
        let incident_type = &county.incident_types[incident.incident_type.index()];
        let town = &county.towns[point.town.index()];
        let [incident_type, point, town] =
            [&incident_type.name, &point.name, &town.name].map(|name| name.in_language(language));
        let engines = u32::from(incident.engines);
        let call = match self.apparatus_needed(incident) {
            None => text!(
                language,
                "story-call",
                type = incident_type,
                town = town,
                point = point,
                engines = engines,
            ),
            Some(apparatus) => text!(
                language,
                "story-call-with-apparatus",
                type = incident_type,
                town = town,
                point = point,
                engines = engines,
                apparatus = apparatus,
            ),
        };
        let handling = Watch(incident.received).lap(incident.call_handling);
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
        let from_call = |span: Millis| Watch(incident.received).lap(span);
        let [first, full] = [response.response, response.full_assignment].map(from_call);
        let mut lines = vec![match response.is_short_handed(incident) {
            false => text!(language, "story-response", first = first, full = full),
            true => text!(
                language,
                "story-short-handed",
                first = first,
                last = full,
                sent = response.sent,
                engines = incident.engines
            ),
        }];
        if let Some(water) = incident.water {
            let first_water = response.first_water(&water, true);
            let by_relay = first_water == response.response + water.without_hydrant;
            let key = match (water.has_hydrant, by_relay) {
                (true, _) => Key("story-water-by-hydrant"),
                (false, true) => Key("story-water-by-relay"),
                (false, false) => Key("story-water-by-tender"),
            };
            lines.push(text!(
                language,
                key,
                time = from_call(first_water),
                setup = Watch(incident.received.after(response.response))
                    .lap(Millis(first_water.0 - response.response.0)),
            ));
        }
        lines
    }

    /// Every station in the order of dispatch, and where its engines are.
    fn stations(&self, incident: &Incident) -> Vec<String> {
        let language = self.language;
        let time = incident.ordered();
        let out: Vec<&Assignment> = self.trace.out_at(time, incident.number).collect();
        let mut lines = Vec::new();
        for preference in self.deployment.preferences(incident.point, time) {
            let station = preference.station;
            let engines = self.deployment.fleet.engines()[station.index()];
            let of_station = out.iter().filter(|s| s.engine.station == station);
            let out_now = of_station.map(|assignment| {
                text!(
                    language,
                    "story-engine-out",
                    number = number(assignment.engine),
                    point = self.point_of(assignment.incident),
                    incident = assignment.incident,
                    ready = self.clock(assignment.ready()),
                )
            });
            let posted = self.trace.posted_at(time);
            let posted = posted.filter(|post| post.engine.station == station);
            let posted = posted.map(|post| {
                let (number, to) = (number(post.engine), self.station(post.to));
                text!(language, "story-engine-posted", number = number, to = to)
            });
            let away: Vec<String> = out_now.chain(posted).collect();
            let line = text!(
                language,
                "story-station",
                station = self.station(station),
                // Half a second ahead: to the nearest second.
                travel = Watch(SimulatedTime(500)).lap(preference.expected),
                ready = usize::from(engines) - away.len(),
                engines = engines,
            );
            lines.push(format!("    {line}"));
            lines.extend(away.iter().map(|engine| format!("        {engine}")));
        }
        lines
    }

    /// An engine that was sent, and its stages.
    fn sent(&self, incident: &Incident, assignment: &Assignment) -> Vec<String> {
        let language = self.language;
        let engine = self.engine(assignment.engine);
        if let Some(time) = assignment.redirected.filter(|m| *m < assignment.arrived()) {
            return vec![self.at(time, text!(language, "story-sent-on", engine = engine))];
        }
        let mut watch = Watch(incident.ordered());
        let mut stage = |key: Key, time: Millis| text!(language, key, time = watch.lap(time));
        let wait = assignment.ordered.since(incident.ordered());
        let came_from = self.trace.sent.iter().find(|other| {
            other.engine == assignment.engine && other.redirected == Some(assignment.ordered)
        });
        let waited = (wait.0 > 0).then(|| stage(Key("story-waited"), wait));
        let turnout = match came_from {
            Some(other) if assignment.ordered < other.arrived() => {
                text!(language, "story-from-lesser-incident")
            }
            Some(_) => text!(language, "story-from-way-back"),
            None => stage(Key("story-turnout"), assignment.turnout),
        };
        let mut stages: Vec<String> = waited.into_iter().collect();
        stages.extend([
            turnout,
            stage(Key("story-travel"), assignment.travel),
            stage(Key("story-on-scene"), assignment.on_scene),
        ]);
        match assignment.redirected {
            Some(time) => {
                let time = self.clock(time);
                stages.push(text!(language, "story-redirected", time = time));
            }
            None => {
                stages.push(stage(Key("story-way-back"), assignment.way_back));
                if assignment.restocking.0 > 0 {
                    stages.push(stage(Key("story-restocking"), assignment.restocking));
                }
            }
        }
        let stages = stages.join(&text!(language, "between-clauses"));
        vec![
            self.at(
                assignment.arrived(),
                text!(language, "story-arrives", engine = engine),
            ),
            format!("        {stages}"),
        ]
    }

    /// What the engines that are needed are for, where that matters.
    fn apparatus_needed(&self, incident: &Incident) -> Option<String> {
        let apparatus = &self.scenario.stations.apparatus;
        let named = incident.needs[1..].iter().zip(apparatus);
        let named = named.filter(|(count, _)| **count > 0);
        let words: Vec<String> = named
            .map(|(count, apparatus)| format!("{apparatus} {count}"))
            .collect();
        (!words.is_empty()).then(|| crate::messages::list(self.language, &words))
    }

    /// An engine, with what it is for where that matters.
    fn engine(&self, engine: EngineId) -> String {
        let language = self.language;
        let apparatus = self.deployment.fleet.apparatus_of(engine).index();
        let (station, number) = (self.station(engine.station), number(engine));
        match apparatus.checked_sub(1) {
            None => text!(language, "story-engine", station = station, number = number),
            Some(apparatus) => text!(
                language,
                "story-engine-of-apparatus",
                station = station,
                number = number,
                apparatus = self.scenario.stations.apparatus[apparatus].as_str(),
            ),
        }
    }

    fn clock(&self, time: SimulatedTime) -> String {
        clock_time(self.scenario.incidents.horizon.start, time)
    }

    fn station(&self, station: FleetStation) -> &str {
        let fleet = self.scenario.stations.fleet(self.alternative);
        let station = self.scenario.stations.station(fleet[station.index()]);
        station.name.in_language(self.language)
    }

    fn point_of(&self, incident: u32) -> &str {
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

/// Tells one span after the other in minutes and seconds, each from one second of the clock to another: so
/// they add up to what is told of all of them, and to the times of day beside them.
struct Watch(SimulatedTime);

impl Watch {
    fn lap(&mut self, span: Millis) -> String {
        let begin = self.0;
        self.0 = begin.after(span);
        let seconds = self.0.0 / 1000 - begin.0 / 1000;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three spans of 0.6 s: from 0.0 s they end at 0.6, 1.2 and 1.8 s, from 0.5 s at 1.1, 1.7 and 2.3 s.
    /// Each rounded for itself would be a second.
    #[test]
    fn the_spans_of_a_story_add_up_to_the_whole() {
        for (begin, laps, whole) in [
            (0, ["0:00", "0:01", "0:00"], "0:01"),
            (500, ["0:01", "0:00", "0:01"], "0:02"),
        ] {
            let mut watch = Watch(SimulatedTime(begin));
            assert_eq!([600, 600, 600].map(|ms| watch.lap(Millis(ms))), laps);
            assert_eq!(Watch(SimulatedTime(begin)).lap(Millis(1800)), whole);
        }
    }
}
