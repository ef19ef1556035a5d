//! The best sites: JSON for programs, a few lines for people.

use serde_json::{Value, json as value};

use super::terminal::{align, empty_table};
use crate::planning::ready::{Decimal, Demand};
use crate::siting::answer::{Answer, Status, Why};

/// More points than this are left to the JSON.
const MOST_NAMED: usize = 20;

/// An answer with the ids of what it speaks of.
#[derive(Debug)]
pub struct Solved<'a> {
    /// The name of the model.
    pub objective: &'a str,
    /// What the solver says.
    pub answer: &'a Answer,
    /// How many digits of a value stand behind the point.
    pub places: u32,
    /// The ids of the chosen sites.
    pub sites: Vec<&'a str>,
    /// The ids of the points that the model leaves out as no site reaches them.
    pub unreached: Vec<&'a str>,
    /// The demand, for the ids of its points.
    pub demand: &'a Demand,
}

impl Solved<'_> {
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
        self.sites.iter().copied().zip(loads)
    }

    /// The points that no site reaches.
    fn lost(&self) -> Vec<&str> {
        match &self.answer.status {
            Status::Infeasible(Why::Unreached(points)) => points
                .iter()
                .map(|point| &self.demand.ids[*point][..])
                .collect(),
            _ => self.unreached.clone(),
        }
    }
}

/// A number with the digits that it has: whole where it is whole.
fn number(figure: Decimal) -> Value {
    let figure = figure.shortest();
    match u64::try_from(figure.units) {
        Ok(whole) if figure.places == 0 => value!(whole),
        _ => value!(figure.nearest()),
    }
}

/// The answer for programs.
#[must_use]
pub fn json(solved: &Solved<'_>) -> String {
    let answer = solved.answer;
    let infeasible = matches!(answer.status, Status::Infeasible(_));
    let mut object = value!({
        "status": solved.status(),
        "objective": solved.objective,
        "value": answer.value.map(|value| number(solved.figure(value))),
        "bound": (!infeasible).then(|| number(solved.figure(answer.bound))),
        "gap": answer.gap().filter(|gap| gap.is_finite()),
        "sites": solved.sites,
        "elapsed_seconds": answer.elapsed.as_secs_f64(),
    });
    if let Some(reason) = solved.reason() {
        object["reason"] = value!(reason);
    }
    if !answer.loads.is_empty() {
        let loads = solved
            .loads()
            .map(|(site, load)| (site.to_owned(), number(load)));
        object["loads"] = Value::Object(loads.collect());
    }
    let lost = solved.lost();
    if !lost.is_empty() {
        object["unreached"] = value!(lost);
    }
    format!("{object:#}")
}

/// The answer for people.
#[must_use]
pub fn text(solved: &Solved<'_>) -> String {
    let answer = solved.answer;
    let mut table = empty_table();
    table.add_row(["objective", solved.objective]);
    table.add_row(["status", solved.status()]);
    if let Some(reason) = solved.reason() {
        table.add_row(["reason", &reason]);
    }
    if let Some(value) = answer.value {
        table.add_row(["value".to_owned(), solved.figure(value).to_string()]);
    }
    if !matches!(answer.status, Status::Infeasible(_)) {
        table.add_row(["bound".to_owned(), solved.figure(answer.bound).to_string()]);
    }
    if let Some(gap) = answer.gap() {
        table.add_row(["gap".to_owned(), format!("{:.4} %", gap * 100.0)]);
    }
    if !solved.sites.is_empty() {
        table.add_row(["sites".to_owned(), solved.sites.join(", ")]);
    }
    if !answer.loads.is_empty() {
        let loads = solved.loads().map(|(site, load)| format!("{site} {load}"));
        table.add_row(["served".to_owned(), loads.collect::<Vec<_>>().join(", ")]);
    }
    let lost = solved.lost();
    if !lost.is_empty() {
        let more = if lost.len() > MOST_NAMED { ", …" } else { "" };
        let named = &lost[..lost.len().min(MOST_NAMED)];
        table.add_row(["not reached".to_owned(), named.join(", ") + more]);
    }
    table.add_row([
        "elapsed".to_owned(),
        format!("{:.3} s", answer.elapsed.as_secs_f64()),
    ]);
    align(&mut table, &[0, 1]);
    table.trim_fmt()
}
