//! The best sites: JSON for programs, a few lines for people.

use serde::{Serialize, Serializer};

use super::formats::terminal::pairs;
use crate::format::{Format, indented_json};
use crate::language::Language;
use crate::messages::{Key, list};
use crate::planning::instance::{Decimal, Located, Objective};
use crate::siting::answer::{Status, Why};
use crate::text;

/// More points than this are left to the JSON.
const MAX_NAMED: usize = 20;

impl Located {
    fn figure(&self, units: u64) -> Decimal {
        Decimal {
            units: u128::from(units),
            places: self.places,
        }
    }

    /// The status: for programs, and as a message.
    fn status(&self) -> (&'static str, Key) {
        match self.answer.status {
            Status::Optimal => ("optimal", Key("siting-optimal")),
            Status::Feasible => ("feasible", Key("siting-feasible")),
            Status::Infeasible(_) => ("infeasible", Key("siting-infeasible")),
            Status::Unknown => ("unknown", Key("siting-unknown")),
        }
    }

    /// Why there is no choice, in words.
    fn reason(&self, language: Language) -> Option<String> {
        let key = match &self.answer.status {
            Status::Infeasible(Why::Unreached(points)) => {
                let first = points.first().map_or("–", |point| &self.demand.ids[*point]);
                return Some(text!(
                    language,
                    "siting-reason-unreached",
                    points = points.len(),
                    first = first
                ));
            }
            Status::Infeasible(Why::TooFewSites) => Key("siting-reason-too-few-sites"),
            Status::Infeasible(Why::NoRoom) => Key("siting-reason-no-room"),
            Status::Infeasible(Why::Constraints) => Key("siting-reason-constraints"),
            Status::Unknown => Key("siting-reason-time"),
            Status::Optimal | Status::Feasible => return None,
        };
        Some(text!(language, key))
    }

    /// Each chosen site and how much it serves, where sites have capacities.
    fn loads(&self) -> impl Iterator<Item = (&str, Decimal)> {
        let places = self.demand.places;
        let loads = self.answer.loads.iter().map(move |load| Decimal {
            units: u128::from(*load),
            places,
        });
        self.sites.iter().map(String::as_str).zip(loads)
    }

    /// The points that no site reaches.
    fn lost(&self) -> Vec<&str> {
        match &self.answer.status {
            Status::Infeasible(Why::Unreached(points)) => points
                .iter()
                .map(|point| &self.demand.ids[*point][..])
                .collect(),
            _ => self.unreached.iter().map(String::as_str).collect(),
        }
    }
}

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'a> {
    format: Format<1>,
    status: &'static str,
    objective: &'static str,
    value: Option<Decimal>,
    bound: Option<Decimal>,
    gap: Option<f64>,
    sites: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    loads: Vec<(&'a str, Decimal)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreached: Vec<&'a str>,
}

fn as_map<S: Serializer>(loads: &[(&str, Decimal)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(loads.iter().copied())
}

/// The answer for programs.
///
/// # Errors
/// Never in practice: every key is a text.
pub fn json(located: &Located) -> Result<String, serde_json::Error> {
    let answer = &located.answer;
    let infeasible = matches!(answer.status, Status::Infeasible(_));
    indented_json(&Answer {
        format: Format,
        status: located.status().0,
        objective: located.objective.name(),
        value: answer.value.map(|value| located.figure(value)),
        bound: (!infeasible).then(|| located.figure(answer.bound)),
        gap: answer.gap().filter(|gap| gap.is_finite()),
        sites: &located.sites,
        reason: located.reason(Language::English),
        loads: located.loads().collect(),
        unreached: located.lost(),
    })
}

fn objective_key(objective: Objective) -> Key {
    match objective {
        Objective::PMedian => Key("siting-p-median"),
        Objective::PCenter => Key("siting-p-center"),
        Objective::Mclp => Key("siting-mclp"),
        Objective::Lscp => Key("siting-lscp"),
        Objective::Mexclp => Key("siting-mexclp"),
    }
}

/// The answer for people.
pub fn text(located: &Located, language: Language) -> String {
    let answer = &located.answer;
    let mut says = Vec::new();
    let mut say = |name: Key, what: String| says.push((text!(language, name), what));
    let figure = |units| located.figure(units).to_string();
    let objective = text!(language, objective_key(located.objective));
    say(Key("siting-objective"), objective);
    say(Key("siting-status"), text!(language, located.status().1));
    if let Some(reason) = located.reason(language) {
        say(Key("siting-reason"), reason);
    }
    if let Some(value) = answer.value {
        say(Key("siting-value"), figure(value));
    }
    if !matches!(answer.status, Status::Infeasible(_)) {
        say(Key("siting-bound"), figure(answer.bound));
    }
    if let Some(gap) = answer.gap() {
        say(Key("siting-gap"), format!("{:.4}%", gap * 100.0));
    }
    if !located.sites.is_empty() {
        say(Key("siting-sites"), list(language, &located.sites));
    }
    if !answer.loads.is_empty() {
        let loads = located.loads().map(|(site, load)| format!("{site} {load}"));
        say(
            Key("siting-served"),
            list(language, &loads.collect::<Vec<_>>()),
        );
    }
    let lost = located.lost();
    if !lost.is_empty() {
        let named = list(language, &lost[..lost.len().min(MAX_NAMED)]);
        let more = if lost.len() > MAX_NAMED { " …" } else { "" };
        say(Key("not-reached"), named + more);
    }
    let elapsed = answer.elapsed.as_secs_f64();
    let elapsed = text!(language, "span-seconds", seconds = format!("{elapsed:.3}"));
    say(Key("siting-elapsed"), elapsed);
    pairs(says)
}
