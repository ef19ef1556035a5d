//! The best sites: JSON for programs, a few lines for people.

use serde::{Serialize, Serializer};

use super::formats::terminal::pairs;
use crate::format::Format;
use crate::planning::instance::{Decimal, Located};
use crate::siting::answer::{Status, Why};

/// More points than this are left to the JSON.
const MAX_NAMED: usize = 20;

impl Located {
    fn figure(&self, units: u64) -> Decimal {
        Decimal {
            units: u128::from(units),
            places: self.places,
        }
    }

    fn status(&self) -> &'static str {
        match self.answer.status {
            Status::Optimal => "optimal",
            Status::Feasible => "feasible",
            Status::Infeasible(_) => "infeasible",
            Status::Unknown => "unknown",
        }
    }

    /// Why there is no choice, in words.
    fn reason(&self) -> Option<String> {
        match &self.answer.status {
            Status::Infeasible(Why::Unreached(points)) => Some(format!(
                "no site that may be chosen reaches {} demand points; the first is {}",
                points.len(),
                points.first().map_or("–", |point| &self.demand.ids[*point])
            )),
            Status::Infeasible(Why::TooFewSites) => Some(
                "every point is reached by some site, but so few sites do not reach all".to_owned(),
            ),
            Status::Infeasible(Why::NoRoom) => Some(
                "every point is reached by some site, but no choice that keeps the rules has room for all"
                    .to_owned(),
            ),
            Status::Infeasible(Why::Rules) => Some("no choice keeps all the rules".to_owned()),
            Status::Unknown => Some("the time ran out before a choice was found".to_owned()),
            Status::Optimal | Status::Feasible => None,
        }
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
    elapsed_seconds: f64,
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
    serde_json::to_string_pretty(&Answer {
        format: Format,
        status: located.status(),
        objective: located.objective.name(),
        value: answer.value.map(|value| located.figure(value)),
        bound: (!infeasible).then(|| located.figure(answer.bound)),
        gap: answer.gap().filter(|gap| gap.is_finite()),
        sites: &located.sites,
        elapsed_seconds: answer.elapsed.as_secs_f64(),
        reason: located.reason(),
        loads: located.loads().collect(),
        unreached: located.lost(),
    })
}

/// The answer for people.
pub fn text(located: &Located) -> String {
    let answer = &located.answer;
    let mut says = vec![
        ("objective", located.objective.name().to_owned()),
        ("status", located.status().to_owned()),
    ];
    says.extend(located.reason().map(|reason| ("reason", reason)));
    let figure = |units| located.figure(units).to_string();
    says.extend(answer.value.map(|value| ("value", figure(value))));
    if !matches!(answer.status, Status::Infeasible(_)) {
        says.push(("bound", figure(answer.bound)));
    }
    let gap = answer.gap();
    says.extend(gap.map(|gap| ("gap", format!("{:.4} %", gap * 100.0))));
    if !located.sites.is_empty() {
        says.push(("sites", located.sites.join(", ")));
    }
    if !answer.loads.is_empty() {
        let loads = located.loads().map(|(site, load)| format!("{site} {load}"));
        says.push(("served", loads.collect::<Vec<_>>().join(", ")));
    }
    let lost = located.lost();
    if !lost.is_empty() {
        let more = if lost.len() > MAX_NAMED { ", …" } else { "" };
        let named = &lost[..lost.len().min(MAX_NAMED)];
        says.push(("not reached", named.join(", ") + more));
    }
    says.push(("elapsed", format!("{:.3} s", answer.elapsed.as_secs_f64())));
    pairs(says)
}
