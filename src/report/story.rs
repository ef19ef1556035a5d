//! One incident told stage by stage: who was asked, who was out where, who came when.

use std::fmt::Write as _;

use crate::language::Language;
use crate::report::event_log::clock_time;
use crate::scenario::Scenario;
use crate::scenario::alternatives::Alternative;
use crate::simulation::assignment::{Assignment, EngineId};
use crate::simulation::deployment::Deployment;
use crate::simulation::incident::Incident;
use crate::simulation::response::Response;
use crate::simulation::time::SimulatedTime;
use crate::simulation::trace::Trace;
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
    #[must_use]
    pub fn tell(&self, number: u32) -> Option<String> {
        let (incident, response) = self.trace.incident(number)?;
        let mut text = String::new();
        self.write(&mut text, incident, response)
            .expect("writing to a string does not fail");
        Some(text)
    }

    fn write(
        &self,
        text: &mut String,
        incident: &Incident,
        response: &Response,
    ) -> std::fmt::Result {
        let language = self.language;
        let county = &self.scenario.county;
        let point = county.point(incident.point);
        let kind = &county.incident_types[usize::from(incident.kind)];
        let town = &county.towns[point.town.index()];
        let [kind, point, town] =
            [&kind.name, &point.name, &town.name].map(|name| name.in_language(language));
        let needs = self.needs(incident);
        writeln!(
            text,
            "{}  {}",
            self.clock(incident.received),
            language.pick(
                format!(
                    "接警：{kind}，{town}{point}，需消防车 {} 辆{needs}",
                    incident.engines
                ),
                format!(
                    "call: {kind} at {point}, {town}; engines needed: {}{needs}",
                    incident.engines
                ),
            )
        )?;
        writeln!(
            text,
            "{}  {}",
            self.clock(incident.ordered()),
            language.pick(
                format!("下达出动指令（受理 {}）", span(incident.call_handling)),
                format!(
                    "dispatch order (call handling {})",
                    span(incident.call_handling)
                ),
            )
        )?;
        self.asked(text, incident)?;
        for assignment in self.trace.sent_to(incident.number) {
            self.sent(text, incident, assignment)?;
        }
        if response.is_lost() {
            return writeln!(
                text,
                "{}",
                language.pick(
                    "无车可派：本县没有消防车前往。",
                    "Lost: no engine of the county came."
                )
            );
        }
        let [first, full] = [response.response, response.full_assignment].map(span);
        writeln!(
            text,
            "{}",
            language.pick(
                format!("首车到场 {first}，力量到齐 {full}（均自接警起算）。"),
                format!("First engine after {first}, full assignment after {full} from the call."),
            )
        )?;
        let Some(water) = incident.water else {
            return Ok(());
        };
        let first_water = response.first_water(&water, true);
        let by_relay = first_water == response.response + water.without_hydrant;
        let by = match (water.has_hydrant, by_relay) {
            (true, _) => language.pick("水带能接到消火栓", "a hydrant is within reach"),
            (false, true) => language.pick(
                "无消火栓可用，接力或运水",
                "no hydrant is within reach: relay or tenders",
            ),
            (false, false) => language.pick(
                "无消火栓可用，水罐车供水",
                "no hydrant is within reach: from a tender",
            ),
        };
        let setup = span(Millis(first_water.0 - response.response.0));
        let first_water = span(first_water);
        writeln!(
            text,
            "{}",
            language.pick(
                format!("出水 {first_water}（自接警起算；{by}，到场后 {setup}）。"),
                format!(
                    "First water after {first_water} from the call ({by}; {setup} after arrival)."
                ),
            )
        )
    }

    /// Every station in the order in which it is asked, and where its engines are.
    fn asked(&self, text: &mut String, incident: &Incident) -> std::fmt::Result {
        let language = self.language;
        let moment = incident.ordered();
        let out: Vec<&Assignment> = self.trace.out_at(moment, incident.number).collect();
        for preference in self.deployment.preferences(incident.point, moment) {
            let station = preference.station;
            let engines = self.deployment.fleet.engines()[usize::from(station)];
            let of_station = out.iter().filter(|s| s.engine.station == station);
            let out_now: Vec<String> = of_station
                .map(|assignment| {
                    let number = assignment.engine.number + 1;
                    let scene = self.place_of(assignment.incident);
                    let ready = self.clock(assignment.ready());
                    language.pick(
                        format!(
                            "{number} 号车在 {scene}（警情 {}），{ready} 归队",
                            assignment.incident
                        ),
                        format!(
                            "engine {number} is at {scene} (incident {}) until {ready}",
                            assignment.incident
                        ),
                    )
                })
                .collect();
            let posted: Vec<String> = (self.trace.posted_at(moment))
                .filter(|post| post.engine.station == station)
                .map(|post| {
                    let (number, to) = (post.engine.number + 1, self.station(post.to));
                    language.pick(
                        format!("{number} 号车调往 {to} 备勤"),
                        format!("engine {number} stands by at {to} or is on its way there"),
                    )
                })
                .collect();
            let ready = usize::from(engines) - out_now.len() - posted.len();
            writeln!(
                text,
                "    {}",
                language.pick(
                    format!(
                        "{}：预计行车 {}，在队 {ready} 辆，共 {engines} 辆",
                        self.station(station),
                        span(preference.expected)
                    ),
                    format!(
                        "{}: expected travel {}, {ready} of {engines} engines ready",
                        self.station(station),
                        span(preference.expected)
                    ),
                )
            )?;
            for engine in out_now.iter().chain(&posted) {
                writeln!(text, "        {engine}")?;
            }
        }
        Ok(())
    }

    fn sent(
        &self,
        text: &mut String,
        incident: &Incident,
        assignment: &Assignment,
    ) -> std::fmt::Result {
        let language = self.language;
        let wait = assignment.ordered.since(incident.ordered());
        let station = self.station(assignment.engine.station);
        let number = assignment.engine.number + 1;
        let kind = self.kind_of(assignment.engine);
        let waited = if wait.0 == 0 {
            String::new()
        } else {
            language.pick(
                format!("等车 {}，", span(wait)),
                format!("after waiting {}, ", span(wait)),
            )
        };
        let restocking = if assignment.restocking.0 == 0 {
            String::new()
        } else {
            let restocking = span(assignment.restocking);
            language.pick(
                format!("，恢复 {restocking}"),
                format!(", restocking {restocking}"),
            )
        };
        let [turnout, travel, on_scene, back] = [
            assignment.turnout,
            assignment.travel,
            assignment.on_scene,
            assignment.way_back,
        ]
        .map(span);
        let came_from = self.trace.sent.iter().find(|other| {
            other.engine == assignment.engine && other.redirected == Some(assignment.ordered)
        });
        let turnout = match came_from {
            Some(other) if assignment.ordered < other.arrived() => language
                .pick("赴较轻警情途中改派", "sent on from a lesser incident")
                .to_owned(),
            Some(_) => language
                .pick("归队途中改派", "sent from its way back")
                .to_owned(),
            None => language.pick(format!("出动 {turnout}"), format!("turnout {turnout}")),
        };
        if let Some(moment) = assignment.redirected.filter(|m| *m < assignment.arrived()) {
            return writeln!(
                text,
                "{}  {}",
                self.clock(moment),
                language.pick(
                    format!("{station} {number} 号车{kind}未到场，改派更重的警情"),
                    format!("engine {number}{kind} of {station} is sent on to a graver incident"),
                )
            );
        }
        let back = match assignment.redirected {
            Some(moment) => {
                let moment = self.clock(moment);
                language.pick(
                    format!("归队途中 {moment} 改派"),
                    format!("on its way back sent elsewhere at {moment}"),
                )
            }
            None => language.pick(
                format!("归队 {back}{restocking}"),
                format!("way back {back}{restocking}"),
            ),
        };
        writeln!(
            text,
            "{}  {}",
            self.clock(assignment.arrived()),
            language.pick(
                format!(
                    "{station} {number} 号车{kind}到场\n        {waited}{turnout}，行车 {travel}；处置 \
                     {on_scene}，{back}"
                ),
                format!(
                    "engine {number}{kind} of {station} arrives\n        {waited}{turnout}, travel \
                     {travel}; at the scene {on_scene}, {back}"
                ),
            )
        )
    }

    /// The kinds of engine that are needed, where they are told apart.
    fn needs(&self, incident: &Incident) -> String {
        let named = incident.needs[1..]
            .iter()
            .zip(&self.scenario.stations.apparatus);
        let named = named.filter(|(count, _)| **count > 0);
        let words: Vec<String> = named
            .map(|(count, kind)| format!("{kind} {count}"))
            .collect();
        if words.is_empty() {
            return String::new();
        }
        let words = words.join(self.language.pick("、", ", "));
        self.language
            .pick(format!("（其中 {words}）"), format!(" (of them {words})"))
    }

    /// What an engine is for, where that is told apart.
    fn kind_of(&self, engine: EngineId) -> String {
        let kind = self
            .deployment
            .fleet
            .apparatus_of(engine.station, engine.number);
        let name = kind
            .checked_sub(1)
            .map(|kind| &self.scenario.stations.apparatus[kind]);
        name.map_or_else(String::new, |name| {
            self.language
                .pick(format!("（{name}）"), format!(" ({name})"))
        })
    }

    fn clock(&self, moment: SimulatedTime) -> String {
        clock_time(self.scenario.incidents.horizon.start, moment)
    }

    fn station(&self, station: u16) -> &str {
        let fleet = self.scenario.stations.fleet(self.alternative);
        let station = self.scenario.stations.station(fleet[usize::from(station)]);
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

/// Minutes and seconds.
fn span(span: Millis) -> String {
    let seconds = (span.0 + 500) / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
