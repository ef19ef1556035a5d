//! The best sites of a scenario, from all junctions of main roads in some towns.

use std::path::PathBuf;

use super::super::simulating::{Asked, watched};
use super::super::{Failure, failed, manners};
use super::frontier::{self, Prospects, cost_of_each};
use super::{Args, Format, robust};
use crate::basis::Basis;
use crate::brigades::MOST_ENGINES;
use crate::county::towns::{self, TownId};
use crate::evaluation::comparison::Comparison;
use crate::evaluation::estimate::Estimate;
use crate::evaluation::metric::Metric;
use crate::files::Staging;
use crate::language::{Language, Name};
use crate::planning::free_choice::{Choice, FreeChoice, Question, QuestionError, answer};
use crate::planning::junctions::MAIN_ROADS;
use crate::planning::plan::Phase;
use crate::report::free_choice::{Answered, candidates, json, text};
use crate::report::{self, terminal};
use crate::roads::class::RoadClass;
use crate::scenario::alternatives::Alternative;
use crate::scenario::standards::Standard;
use crate::scenario::{BasisNote, Scenario};
use crate::simulation::replications::{Experiment, simulate};
use crate::siting::answer::{Effort, Progress};
use crate::units::Metres;

#[derive(Debug, clap::Args)]
pub(super) struct FreeArgs {
    #[command(flatten)]
    pub(super) asked: Asked,

    /// A town in which a brigade is wanted, by id or name; give it for each brigade [default: those of
    /// the scenario's table `siting`, or else the groups from which its alternatives choose]
    #[arg(long, value_name = "TOWN")]
    within: Vec<String>,

    /// Engines of each new brigade [default: 2]
    #[arg(long, value_name = "N",
          value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_ENGINES)))]
    engines: Option<u16>,

    /// Class of road that makes a junction a candidate; give it for each class [default: trunk,
    /// primary, secondary, tertiary]
    #[arg(long, value_name = "CLASS", value_parser = class)]
    on: Vec<RoadClass>,

    /// So many of the best choices are simulated, beside the existing stations and the best of the
    /// listed candidates; 0 for none
    #[arg(long, value_name = "N", default_value_t = 6,
          value_parser = clap::value_parser!(u16).range(0..=1000))]
    play: u16,

    /// Of two choices that are simulated, one town's site at least differs by so much; 0 m for the
    /// very best, though they be neighbours
    #[arg(long, value_name = "LENGTH", default_value = "500 m")]
    apart: Metres,

    /// Also choose the sites of the towns together with one more anywhere in the county: the best
    /// sites may be others when a further brigade is to come. Takes longer
    #[arg(long)]
    together: bool,

    /// Up to how many further brigades anywhere are set against their cost; 0 for none
    #[arg(long, value_name = "N", default_value_t = 5,
          value_parser = clap::value_parser!(u16).range(0..=50))]
    frontier: u16,

    /// The standard within which residents are counted [default: the one with the longest threshold]
    #[arg(long, value_name = "ID")]
    standard: Option<String>,

    /// So many brigades stand by the end of a year, such as 2026=2: the first phase is the choice that
    /// is asked for, each later one the best so many more anywhere beside what stands by then; give it
    /// for each phase
    #[arg(long, value_name = "YEAR=N", value_parser = phase)]
    phase: Vec<Phase>,

    /// Another state of the world in which the choice has to do: a scenario of the same county, or
    /// conditions of this one (weather=rain, band=night, close=LINK; several with commas); give it for
    /// each state. With the share of time in which it is so, as in weather=rain@0.2, the average counts
    /// each by it, the rest being the scenario as it is
    #[arg(long, value_name = "STATE[@SHARE]")]
    pub(super) under: Vec<String>,

    /// Folder for optimized-candidates.csv, the frontier, and comparison.json of what is simulated
    #[arg(long, short, value_name = "DIR", default_value = "out/optimized")]
    output: PathBuf,

    /// Language of what is printed
    #[arg(long, value_enum, default_value_t)]
    pub(super) language: Language,
}

/// Engines of a new brigade where nobody says how many.
const ENGINES: u16 = 2;

fn class(text: &str) -> Result<RoadClass, String> {
    text.parse()
        .map_err(|_| format!("it should be a class of road: {}", RoadClass::known()))
}

fn phase(text: &str) -> Result<Phase, String> {
    let read = text.split_once('=').and_then(|(year, brigades)| {
        let year = year
            .parse()
            .ok()
            .filter(|year| (1900..=9999).contains(year))?;
        let brigades = brigades
            .parse()
            .ok()
            .filter(|brigades| (1..=50).contains(brigades))?;
        Some(Phase { year, brigades })
    });
    read.ok_or_else(|| "it should be a year and how many new brigades, such as 2026=2".to_owned())
}

/// What can be wrong with what is asked of a scenario.
#[derive(Debug, thiserror::Error)]
enum FreeError {
    #[error(
        "--phase {year}: it is not after {before}, the phase before; give each year once, in order"
    )]
    PhaseOrder { year: u16, before: u16 },
    #[error(
        "--phase {year}={brigades}: the first phase is the choice that is asked for, of {wanted} \
         brigades; give {year}={wanted}, or name other towns with --within"
    )]
    FirstPhase {
        year: u16,
        brigades: usize,
        wanted: usize,
    },
    #[error(
        "--phase cannot be used with --fixed: what stands by a year begins with what stands now"
    )]
    PhaseFixed,
    #[error("{key}: there is no town `{town}`; the towns are {known}")]
    UnknownTown {
        key: String,
        town: String,
        known: String,
    },
    #[error(
        "--within is missing: the alternatives of {file} choose from no group; name the towns in \
         which brigades are wanted, such as --within {example}"
    )]
    NoTown { file: String, example: String },
    #[error("{key} {id}: no candidate of {file} has this id; there are {known}")]
    UnknownSite {
        key: String,
        id: String,
        file: String,
        known: String,
    },
    #[error("the standard {id} is asked for, and {file} has no such standard; there are {known}")]
    UnknownStandard {
        id: String,
        file: String,
        known: String,
    },
    #[error(
        "--budget needs prices: {file} has no table `prices.csv`; `brigade init` writes an example"
    )]
    NoPrices { file: String },
    #[error(
        "--budget {budget}: {wanted} brigades cost {cost:.0} yuan a year together, {each:.0} each; the \
         budget is enough for {enough}. Ask for fewer towns or engines, or raise it"
    )]
    OverBudget {
        budget: f64,
        wanted: usize,
        cost: f64,
        each: f64,
        enough: usize,
    },
    #[error(
        "{key}: {wanted} brigades are wanted in {town}, which has {junctions} junctions of three or \
         more road ends on {classes}; name more classes with --on, such as --on unclassified"
    )]
    TooFewJunctions {
        key: String,
        town: String,
        wanted: usize,
        junctions: usize,
        classes: String,
    },
}

impl From<FreeError> for Failure {
    fn from(error: FreeError) -> Self {
        Self::Input(Box::new(error))
    }
}

impl Args {
    /// For a scenario.
    pub(super) fn free(&self) -> Result<(), Failure> {
        let free = &self.free;
        let tell = |progress: Progress| {
            if let Some(value) = progress.value {
                let apart = value.saturating_sub(progress.bound) as f64;
                let gap = apart / progress.bound.max(1) as f64 * 100.0;
                manners::tell(format!("siting, at most {gap:.3} % from the best"));
            }
        };
        let effort = Effort {
            time_limit: super::super::time_limit(self.time_limit)?,
            progress: Some(&tell),
        };
        super::super::use_threads(self.threads)?;
        let mut scenario = manners::step("reading the scenario", || free.asked.load())?;
        let question = self.question(&scenario)?;
        let phases = self.phases(&question)?;
        let staging = Staging::for_folder(&free.output)?;
        for warning in &scenario.warnings {
            manners::warn(warning);
        }
        let standard = self.standard(&scenario)?;
        let most = self.affordable(&scenario, &question)?;
        let others = self.states(&scenario, &question)?;
        let choice = manners::step("siting", || answer(&mut scenario, &question, &effort))
            .map_err(|error| self.complaint(&scenario, &question, error))?;
        let played = match free.play {
            0 => None,
            play => Some(self.play(&scenario, &question, &choice, usize::from(play))?),
        };
        let comparison = played.as_ref().map(|played| &played.comparison);
        staging.write(
            "optimized-candidates.csv",
            &candidates(&choice).map_err(failed)?,
        )?;
        if let Some(comparison) = comparison {
            let comparison = serde_json::to_vec_pretty(comparison).map_err(failed)?;
            staging.write("comparison.json", &comparison)?;
        }
        let prospects = manners::step("further brigades", || {
            self.prospects(
                &scenario,
                &question,
                &choice,
                (standard, most, phases),
                &effort,
            )
        })?;
        if let Some(prospects) = &prospects {
            prospects.write(&staging, free.language)?;
        } else {
            frontier::leave_out(&staging);
        }
        let fared = self.fared(others, &question, &choice)?;
        robust::write(fared.as_ref(), &choice, &staging, free.language)?;
        if comparison.is_none() {
            staging.leave_out("comparison.json");
        }
        let published = staging.publish()?;
        let answered = Answered {
            scenario: &scenario,
            question: &question,
            choice: &choice,
            comparison,
            another: played.as_ref().and_then(|played| played.another.as_ref()),
        };
        match self.format {
            Format::Json => {
                let mut answer = json(&answered);
                answer["robust"] = fared
                    .as_ref()
                    .map(|f| report::robust::json(f, &choice))
                    .into();
                answer["frontier"] = prospects.as_ref().map(Prospects::json).into();
                outln!("{answer:#}");
            }
            Format::Text => {
                out!("{}", text(&answered, free.language));
                if let Some(fared) = &fared {
                    let text = report::robust::text(fared, &choice, free.language);
                    out!("\n{text}");
                }
                if let Some(prospects) = &prospects {
                    out!("\n{}", prospects.text(free.language));
                }
                if let Some(comparison) = comparison {
                    outln!("\n{}", free.language.pick("仿真检验", "Simulated"));
                    out!("{}", terminal::ranking(comparison, free.language));
                }
            }
        }
        manners::say(&format!(
            "{} files in {}",
            published.len(),
            free.output.display()
        ));
        Ok(())
    }

    /// The standard within which residents are counted.
    fn standard(&self, scenario: &Scenario) -> Result<Standard, FreeError> {
        let standards = &scenario.standards;
        let asked = [&self.free.standard, &scenario.siting.standard];
        let asked = asked.into_iter().flatten().next();
        let found = match asked {
            Some(id) => standards.iter().find(|standard| standard.id == *id),
            None => standards.iter().max_by_key(|standard| standard.threshold),
        };
        found.cloned().ok_or_else(|| FreeError::UnknownStandard {
            id: asked.cloned().unwrap_or_default(),
            file: scenario.file.clone(),
            known: names(standards.iter().map(|standard| &standard.id[..])),
        })
    }

    /// The most further brigades for which there is money, as far as they are asked about.
    fn affordable(&self, scenario: &Scenario, question: &Question) -> Result<usize, FreeError> {
        let most = usize::from(self.free.frontier);
        let Some(budget) = self.budget else {
            return Ok(most);
        };
        let Some(each) = cost_of_each(scenario, question) else {
            return Err(FreeError::NoPrices {
                file: scenario.file.clone(),
            });
        };
        let asked: usize = question.towns.iter().map(|(_, count)| count).sum();
        let planned: usize = self.free.phase.iter().map(|phase| phase.brigades).sum();
        let wanted = asked.max(planned);
        let cost = each.yuan_a_year * wanted as f64;
        let enough = (budget / each.yuan_a_year) as usize;
        if cost > budget {
            return Err(FreeError::OverBudget {
                budget,
                wanted,
                cost,
                each: each.yuan_a_year,
                enough,
            });
        }
        Ok(most.min(enough))
    }

    /// The years that are asked about.
    fn phases(&self, question: &Question) -> Result<&[Phase], FreeError> {
        let phases = &self.free.phase;
        let wanted: usize = question.towns.iter().map(|(_, count)| count).sum();
        if let Some(Phase { year, brigades }) = phases.first().copied() {
            if brigades != wanted {
                return Err(FreeError::FirstPhase {
                    year,
                    brigades,
                    wanted,
                });
            }
            if !question.fixed.is_empty() {
                return Err(FreeError::PhaseFixed);
            }
        }
        let years = phases.windows(2).map(|pair| (pair[0].year, pair[1].year));
        match years.into_iter().find(|(before, year)| year <= before) {
            Some((before, year)) => Err(FreeError::PhaseOrder { year, before }),
            None => Ok(phases),
        }
    }

    fn question(&self, scenario: &Scenario) -> Result<Question, FreeError> {
        let free = &self.free;
        let known = &scenario.county.towns;
        let siting = &scenario.siting;
        let ids = match self.fixed.is_empty() {
            true => &siting.fixed,
            false => &self.fixed,
        };
        let mut fixed = (ids.iter())
            .map(|id| {
                let found = (scenario.sites.iter()).position(|site| site.station.id == *id);
                found.ok_or_else(|| FreeError::UnknownSite {
                    key: match self.fixed.is_empty() {
                        true => format!("{}: `siting.fixed`:", scenario.file),
                        false => "--fixed".to_owned(),
                    },
                    id: id.clone(),
                    file: scenario.file.clone(),
                    known: names(scenario.sites.iter().map(|site| &site.station.id[..])),
                })
            })
            .collect::<Result<Vec<usize>, _>>()?;
        fixed.sort_unstable();
        fixed.dedup();
        // All but the baseline choose from the same groups; some choose what is fixed.
        let groups = || -> Vec<String> {
            let others = scenario.alternatives.iter().map(|alternative| {
                let others = alternative
                    .sites
                    .iter()
                    .filter(|site| !fixed.contains(site));
                others.copied().collect::<Vec<usize>>()
            });
            let others = others.max_by_key(Vec::len).unwrap_or_default();
            let group = |site: usize| scenario.sites[site].group.clone();
            others.into_iter().map(group).collect()
        };
        let named = match free.within.is_empty() {
            true => siting.within.names(),
            false => &free.within,
        };
        let wanted: Vec<String> = match named.is_empty() {
            true => groups(),
            false => named.to_vec(),
        };
        if wanted.is_empty() {
            return Err(FreeError::NoTown {
                file: scenario.file.clone(),
                example: known[0].name.local.clone(),
            });
        }
        let mut within: Vec<(TownId, usize)> = Vec::new();
        for town in wanted {
            let Some(id) = towns::find(known, &town) else {
                return Err(FreeError::UnknownTown {
                    key: self.key(scenario),
                    town,
                    known: names(known.iter().map(|town| &town.name.local[..])),
                });
            };
            match within.iter_mut().find(|(known, _)| *known == id) {
                Some((_, count)) => *count += 1,
                None => within.push((id, 1)),
            }
        }
        Ok(Question {
            towns: within,
            on: match [&free.on, &siting.on].into_iter().find(|on| !on.is_empty()) {
                Some(on) => on.clone(),
                None => MAIN_ROADS.to_vec(),
            },
            engines: free.engines.or(siting.engines).unwrap_or(ENGINES),
            fixed,
            most: usize::from(free.play).max(1),
            apart: free.apart,
            together: free.together,
        })
    }

    /// Where the towns are named.
    fn key(&self, scenario: &Scenario) -> String {
        let file = &scenario.file;
        if !self.free.within.is_empty() {
            "--within".to_owned()
        } else if !scenario.siting.within.names().is_empty() {
            format!("{file}: `siting.within`")
        } else {
            format!(
                "{file}: `alternatives.choose`: without --within its groups are taken for towns"
            )
        }
    }

    fn complaint(&self, scenario: &Scenario, question: &Question, error: QuestionError) -> Failure {
        match error {
            QuestionError::TooFewJunctions {
                town,
                wanted,
                junctions,
            } => FreeError::TooFewJunctions {
                key: self.key(scenario),
                town: scenario.county.towns[town.index()].name.local.clone(),
                wanted,
                junctions,
                classes: names(question.on.iter().map(|class| class.word())),
            }
            .into(),
            QuestionError::Scenario(error) => error.into(),
            error => Failure::Input(Box::new(error)),
        }
    }

    /// Simulates the existing stations, the best of the listed candidates and the best choices.
    fn play(
        &self,
        asked: &Scenario,
        question: &Question,
        choice: &FreeChoice,
        most: usize,
    ) -> Result<Played, Failure> {
        let mut scenario = self.free.asked.load()?;
        let best = &choice.best[..choice.best.len().min(most)];
        let mut played: Vec<usize> = best.iter().flat_map(|c| &c.junctions).copied().collect();
        played.sort_unstable();
        played.dedup();
        let first = scenario.sites.len();
        let mut alternatives = vec![Alternative::baseline()];
        if let Some(listed) = &choice.listed {
            alternatives.push(asked.alternatives[listed.alternative].clone());
        }
        for choice in best {
            let new = choice
                .junctions
                .iter()
                .map(|junction| first + played.partition_point(|played| played < junction));
            let sites: Vec<usize> = question.fixed.iter().copied().chain(new).collect();
            alternatives.push(Alternative {
                id: String::new(),
                sites,
            });
        }
        let added = played
            .iter()
            .map(|place| (choice.sites[*place].clone(), choice.junctions[*place].place));
        let kind = scenario.usual_kind().0;
        scenario.add_sites(added.collect(), kind);
        for alternative in alternatives.iter_mut().filter(|a| a.id.is_empty()) {
            let ids = alternative
                .sites
                .iter()
                .map(|site| &scenario.sites[*site].station.id[..]);
            alternative.id = ids.collect::<Vec<_>>().join("+");
        }
        scenario.alternatives = alternatives;
        scenario.data_basis.push(BasisNote {
            item: Name {
                local: "干道路口站址".to_owned(),
                english: "sites at main-road junctions".to_owned(),
            },
            basis: Basis::Modelled,
            reason: "由路网得出，镇属取自最近的村；用地未核实".to_owned(),
        });
        let times = scenario.travel_times()?;
        scenario.check_load(&times)?;
        let experiment = Experiment::of(&scenario, &times);
        let outcomes = watched(&experiment, |told| simulate(&experiment, told))?;
        let comparison = Comparison::new(&scenario, &times, &outcomes, Metric::MeanResponse);
        let another = match &choice.another {
            Some(another) => self.play_another(scenario, choice, another)?,
            None => None,
        };
        Ok(Played {
            comparison,
            another,
        })
    }

    /// Simulates the best choice without and with one more brigade; by how many seconds that changes the
    /// mean response time.
    fn play_another(
        &self,
        mut scenario: Scenario,
        choice: &FreeChoice,
        another: &Choice,
    ) -> Result<Option<Estimate>, Failure> {
        // After the existing stations alone and the best of the list.
        let best = scenario.alternatives[1 + usize::from(choice.listed.is_some())].clone();
        let more: Vec<usize> = (0..another.junctions.len())
            .map(|more| scenario.sites.len() + more)
            .collect();
        let sites = [&best.sites[..], &more].concat();
        let added = another.junctions.iter();
        let added =
            added.map(|place| (choice.sites[*place].clone(), choice.junctions[*place].place));
        let kind = scenario.usual_kind().0;
        scenario.add_sites(added.collect(), kind);
        let id = "another".to_owned();
        scenario.alternatives = vec![best, Alternative { id, sites }];
        let times = scenario.travel_times()?;
        let experiment = Experiment::of(&scenario, &times);
        let outcomes = watched(&experiment, |told| simulate(&experiment, told))?;
        Ok(Metric::MeanResponse.difference(&outcomes[1], &outcomes[0], 0))
    }
}

/// What the simulation says.
struct Played {
    comparison: Comparison,
    /// By how many seconds one more brigade beside the best choice changes the mean response time.
    another: Option<Estimate>,
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
