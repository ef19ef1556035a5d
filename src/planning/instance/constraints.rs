//! The constraints that a choice of sites has to keep.

use std::collections::HashMap;

use super::decimal::Decimal;
use super::error::InstanceError;
use super::question::{InstanceQuestion, Objective};
use super::sites::SiteTable;
use crate::files::Source;
use crate::siting::problem::{Budget, Constraints};

/// So many ids are named where one is not known.
const MAX_NAMED: usize = 8;

/// `a, b, c, …`
fn first_ids(ids: &[String]) -> String {
    let more = if ids.len() > MAX_NAMED { ", …" } else { "" };
    let first: Vec<&str> = ids.iter().take(MAX_NAMED).map(String::as_str).collect();
    first.join(", ") + more
}

impl InstanceQuestion {
    /// The constraints by the indices of sites; weights have so many digits behind the point.
    pub(super) fn constraints(
        &self,
        sites: &[String],
        of_weights: u32,
    ) -> Result<Constraints, InstanceError> {
        let indices: HashMap<&str, usize> = sites
            .iter()
            .enumerate()
            .map(|(index, id)| (&id[..], index))
            .collect();
        let file = || self.times.display().to_string();
        let named = |option: &'static str, ids: &[String]| -> Result<Vec<usize>, InstanceError> {
            let index = |id: &String| {
                indices
                    .get(&id[..])
                    .copied()
                    .ok_or_else(|| InstanceError::UnknownSite {
                        option,
                        id: id.clone(),
                        file: file(),
                        known: first_ids(sites),
                    })
            };
            let mut named: Vec<usize> = ids.iter().map(index).collect::<Result<_, _>>()?;
            named.sort_unstable();
            named.dedup();
            Ok(named)
        };
        let (fixed, forbidden) = (named("fixed", &self.fixed)?, named("forbid", &self.forbid)?);
        if let Some(site) = fixed.iter().find(|site| forbidden.contains(site)) {
            let id = sites[*site].clone();
            return Err(InstanceError::FixedAndForbidden { id });
        }
        if let Some(p) = self.p.map(|p| p as usize) {
            let usable = sites.len() - forbidden.len();
            if p > usable && self.objective != Objective::Mexclp {
                return Err(InstanceError::TooManySites {
                    p,
                    file: file(),
                    sites: sites.len(),
                    usable,
                });
            }
            if fixed.len() > p {
                let fixed = fixed.len();
                return Err(InstanceError::TooManyFixed { p, fixed });
            }
        }
        let mut constraints = Constraints {
            most: self.p.map(|p| p as usize),
            fixed,
            forbidden,
            ..Constraints::default()
        };
        match &self.sites {
            Some(table) => {
                let table = SiteTable::read(&Source::Disk(table.clone()), sites)?;
                self.constraints_of_sites(&table, &mut constraints)?;
                constraints.capacity = table.capacities(of_weights);
                let counts = self.objective == Objective::Mexclp || self.backup.is_some();
                if constraints.capacity.is_some() && counts {
                    return Err(InstanceError::NoRoom { file: table.file });
                }
            }
            None if self.budget.is_some() => return Err(InstanceError::BudgetWithoutSites),
            None => {}
        }
        Ok(constraints)
    }

    /// Groups, budget and least distance.
    fn constraints_of_sites(
        &self,
        table: &SiteTable,
        constraints: &mut Constraints,
    ) -> Result<(), InstanceError> {
        let mut seen: Vec<&str> = Vec::new();
        for text in &self.choose {
            let pair = text.rsplit_once('=');
            let pair = pair.and_then(|(group, count)| Some((group, count.parse().ok()?)));
            let Some((group, wanted)) = pair else {
                return Err(InstanceError::Choose { text: text.clone() });
            };
            if seen.contains(&group) {
                return Err(InstanceError::GroupTwice {
                    group: group.to_owned(),
                });
            }
            seen.push(group);
            let chosen = table.group(group, wanted);
            if chosen.sites.is_empty() {
                return Err(InstanceError::UnknownGroup {
                    group: group.to_owned(),
                    file: table.file.clone(),
                    known: first_ids(&table.groups()),
                });
            }
            if chosen.sites.len() < wanted {
                return Err(InstanceError::GroupTooSmall {
                    group: group.to_owned(),
                    wanted,
                    sites: chosen.sites.len(),
                });
            }
            constraints.groups.push(chosen);
        }
        let no_column = |option, what| InstanceError::NoColumn {
            option,
            what,
            file: table.file.clone(),
        };
        if let Some(budget) = self.budget {
            let costs = table.costs.clone();
            let cost = costs.ok_or_else(|| no_column("budget", "a column `cost`"))?;
            // What is written with fewer digits than the costs is no less for that.
            let most = (budget * libm::exp10(f64::from(table.places)) + 1e-6).floor() as u64;
            if let Some(cheapest) = cost.iter().min().filter(|cheapest| **cheapest > most) {
                let cheapest = Decimal {
                    units: u128::from(*cheapest),
                    places: table.places,
                };
                return Err(InstanceError::BuysNothing { budget, cheapest });
            }
            constraints.budget = Some(Budget { cost, most });
        }
        if let Some(least) = self.least_distance {
            let near = table.too_near(least);
            constraints.conflicts =
                near.ok_or_else(|| no_column("least-distance", "columns `lon` and `lat`"))?;
        }
        Ok(())
    }
}
