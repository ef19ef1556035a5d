//! The answer to where brigades should stand, complete in itself: what `optimization.json` holds, and
//! what every sentence, table and chart of `brigade optimize` is made from.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::other_states::Circumstances;
use super::request::Request;
use crate::basis::Basis;
use crate::evaluation::comparison::{Comparison, ScenarioSummary, StandardSummary};
use crate::evaluation::cost::Cost;
use crate::evaluation::estimate::{Estimate, there};
use crate::format::Format;
use crate::language::Name;
use crate::scenario::inputs::BasisNote;

/// Where brigades should stand, and how that stands to all other choices.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Optimization {
    /// The version of this file.
    pub format: Format<4>,
    /// The scenario, with its file and seed.
    pub scenario: ScenarioSummary,
    /// What was asked of it.
    pub request: Request,
    /// How the best choice stands to all others.
    pub status: Proof,
    /// What the best choice is best at.
    pub objective: String,
    /// A difference in mean response time that does not matter, in seconds.
    pub indifference_seconds: f64,
    /// Mean response time with the best choice, in seconds.
    pub value: Option<f64>,
    /// Mean response time in seconds that no choice can beat.
    pub bound: f64,
    /// The distance of value and bound, as a share of the value.
    pub gap: Option<f64>,
    /// The sites of the best choice.
    pub sites: Vec<TownSite>,
    /// Where brigades were wanted.
    pub towns: Vec<TownChoice>,
    /// How many choices there are, as far as they can be counted.
    pub choices: f64,
    /// Diverse best choices, the best first; they were simulated unless [`Request::simulated_choices`]
    /// is 0, at junctions that the scenario and the request give again by these ids.
    pub best: Vec<Chosen>,
    /// What every brigade at a junction has in common; `None` where there is no junction.
    pub brigade: Option<NewBrigade>,
    /// Mean response time with the stations that stand now; `None` where none stands.
    #[serde(deserialize_with = "there")]
    pub baseline_mean_response_seconds: Option<f64>,
    /// The best of the listed alternatives in the same towns.
    pub listed: Option<ListedChoice>,
    /// Where one more brigade anywhere in the county helps most beside the best choice.
    pub another: Option<Chosen>,
    /// By how much that one changes the mean response time in the simulation.
    pub another_simulated_difference_seconds: Option<Estimate>,
    /// The sites of the towns and one more anywhere, chosen together where that was asked for.
    pub together: Option<ChosenTogether>,
    /// Junctions of main roads in the county.
    pub main_road_junctions: usize,
    /// The best choices beside what stands and what is listed, simulated: the ranking alone. All of it
    /// is in `comparison.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simulated: Option<Vec<SimulatedRank>>,
    /// How the choices do in other states of the world, where some were asked about.
    pub robust: Option<Robustness>,
    /// What further brigades cost and bring, where that was asked.
    pub frontier: Option<Prospects>,
    /// The standard within which residents are counted.
    pub standard: StandardSummary,
    /// What the answer rests on.
    pub data_basis: Vec<BasisNote>,
    /// Sources to be named wherever the answer is shown.
    pub attribution: Vec<String>,
    /// The simulation as a whole; a file of its own.
    #[serde(skip)]
    pub comparison: Option<Comparison>,
    /// How long the search took; in no file, as it is never the same twice.
    #[serde(skip)]
    pub elapsed: Duration,
}

/// How a choice stands to the best there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Proof {
    /// No other choice is better.
    Optimal,
    /// The time ran out: no choice is better than the bound.
    Feasible,
    /// No choice keeps the constraints.
    Infeasible,
    /// The time ran out before any choice was found.
    Unknown,
}

/// A junction where a brigade could stand, with all that tells where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JunctionSite {
    /// Its id as a candidate.
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// The town of the nearest demand point.
    pub town: IdAndName,
    /// The nearest demand point.
    pub nearest_village: NearestVillage,
}

/// Something of the county by id and name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdAndName {
    pub id: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
}

/// A demand point and how far away it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearestVillage {
    /// The demand point.
    #[serde(flatten)]
    pub point: IdAndName,
    /// How far it is from the junction, in a straight line.
    pub distance_metres: f64,
}

/// A site of the best choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TownSite {
    /// The site.
    #[serde(flatten)]
    pub site: JunctionSite,
    /// Mean response time to the incidents of its town; `None` where none are expected.
    pub town_mean_response_seconds: Option<f64>,
}

/// Where brigades are wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Within {
    /// In a town.
    Town(IdAndName),
    /// Wherever it is best.
    Anywhere { anywhere: True },
}

/// `true`, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "bool", into = "bool")]
pub struct True;

impl From<True> for bool {
    fn from(True: True) -> Self {
        true
    }
}

impl TryFrom<bool> for True {
    type Error = &'static str;

    fn try_from(is: bool) -> Result<Self, Self::Error> {
        is.then_some(Self).ok_or("it should be true")
    }
}

/// A town in which brigades are wanted, or the county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TownChoice {
    /// The town.
    #[serde(flatten)]
    pub within: Within,
    /// How many brigades.
    pub chosen: usize,
    /// At how many junctions they can stand.
    pub candidates: usize,
}

/// A choice of junctions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    /// Mean response time of all incidents.
    pub mean_response_seconds: f64,
    /// The junctions, town by town.
    pub sites: Vec<JunctionSite>,
}

/// A choice of junctions of some towns and one more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChosenTogether {
    /// The choice.
    #[serde(flatten)]
    pub choice: Chosen,
    /// Whether no other choice is better.
    pub proven: bool,
}

/// What every brigade at a junction has in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewBrigade {
    pub engines: u16,
    /// Their profile, where it has to be named.
    pub profile: Option<String>,
    /// How its position is known.
    pub basis: Basis,
}

/// One of the listed alternatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedChoice {
    pub id: String,
    /// Mean response time of all incidents.
    pub mean_response_seconds: f64,
}

/// What the simulation says of an alternative, in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatedRank {
    pub id: String,
    /// In the ranking, from 1.
    pub rank: usize,
    /// Mean response time.
    pub mean_response_seconds: Option<Estimate>,
    /// 90th percentile of the response time.
    pub p90_response_seconds: Option<Estimate>,
    /// The mean less that of the best, paired.
    pub difference_from_best_seconds: Option<Estimate>,
    /// Whether it is as good as the best.
    pub ties_with_best: bool,
    /// The probability that no other is better by more than what does not matter, as far as chance goes;
    /// `None` from too few replications.
    pub probability_best: Option<f64>,
}

/// How choices do in several states of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// The states, the first being the scenario as it was asked about.
    pub states: Vec<Circumstances>,
    /// In what share of all time each is so; `None` where each counts the same.
    pub shares: Option<Vec<f64>>,
    pub best_of_each_state: Vec<JudgedChoice>,
    /// The choice that is best on average over the states.
    pub least_average: JudgedChoice,
    /// The choice whose worst regret is least.
    pub least_regret: JudgedChoice,
    /// How many other choices are as good on average: behind by no more than what does not matter.
    pub as_good_on_average: usize,
    /// How many others have a worst regret that is as good.
    pub as_good_by_regret: usize,
}

/// A choice held against several states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgedChoice {
    /// Ids of its sites.
    pub sites: Vec<String>,
    /// Mean response time in each state.
    pub mean_response_seconds: Vec<f64>,
    /// How far that is behind the best choice of the state.
    pub regret_seconds: Vec<f64>,
    /// The largest of these.
    pub worst_regret_seconds: f64,
    /// The mean over the states.
    pub average_mean_response_seconds: f64,
}

/// What further brigades cost and bring, and in which order to build.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prospects {
    /// Id of the standard within which residents are counted.
    pub standard: String,
    /// All residents.
    pub residents: f64,
    /// The costs of one brigade, where there are prices.
    pub cost_of_each: Option<Cost>,
    /// The best for each number of further brigades.
    pub steps: Vec<FurtherBrigades>,
    /// The choice that was asked for.
    pub requested: Option<Prospect>,
    /// Orders in which its brigades can be set up, the one that is fastest along the way first.
    pub sequences: Vec<BuildingOrder>,
    /// What is built by which year.
    pub phases: Vec<BuildingPhase>,
    /// What the costs rest on.
    pub price_basis: Vec<BasisNote>,
}

/// The best that so many further brigades can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FurtherBrigades {
    /// How many.
    pub brigades: usize,
    /// What they cost.
    pub cost: Option<Cost>,
    /// With the least mean response time.
    pub by_mean: Prospect,
    /// With most residents within the standard.
    pub by_coverage: Prospect,
}

/// What a choice of junctions comes to, every engine at home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prospect {
    /// Mean response time of all incidents.
    pub mean_response_seconds: f64,
    /// Residents within the standard.
    pub residents_within: f64,
    /// The same as a share of all residents.
    pub share_within: f64,
    /// Whether no other choice of as many does better by what it was chosen for.
    pub proven: bool,
    /// How far it can be from the best, as a share; `None` where nothing is known of that.
    pub gap: Option<f64>,
    /// What its sites cost.
    pub cost: Option<Cost>,
    pub sites: Vec<JunctionSite>,
}

/// One order of setting brigades up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuildingOrder {
    /// The town of each step; `None` for one more brigade, wherever it helps most.
    pub towns: Vec<Option<String>>,
    /// What stands after each step.
    pub steps: Vec<Prospect>,
}

/// What is built by the end of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuildingPhase {
    /// The year.
    pub by_end_of: u16,
    /// Ids of the sites that are new; they are the last of those that stand then.
    pub new_sites: Vec<String>,
    /// What has to be paid to set them up, where there are prices.
    pub investment_yuan: Option<f64>,
    /// Crews and upkeep of all brigades that stand then, every year from then on.
    pub yearly_yuan: Option<f64>,
    /// All phases up to this, as worth at the end of the first.
    pub present_value_yuan: Option<f64>,
    /// What stands then.
    pub then: Prospect,
}

impl BuildingPhase {
    /// The sites that are new, in full.
    pub fn built(&self) -> &[JunctionSite] {
        let all = &self.then.sites;
        &all[all.len().saturating_sub(self.new_sites.len())..]
    }
}
