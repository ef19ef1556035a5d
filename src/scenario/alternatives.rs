//! Alternatives: the existing stations, and with them every choice of sites that the planner
//! asked for.

use crate::brigades::{Site, SiteId};
use crate::scenario::file::AlternativesKey;

/// The existing stations plus a choice of sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The ids of its sites joined by `+`, or `baseline`.
    pub id: String,
    /// Its sites; none for the baseline.
    pub sites: Vec<SiteId>,
}

impl Alternative {
    /// The existing stations alone.
    pub fn baseline() -> Self {
        Self {
            id: "baseline".to_owned(),
            sites: Vec::new(),
        }
    }
}

/// More alternatives than this are refused: the answer would not be read, and hardly be reached.
pub const MAX_ALTERNATIVES: usize = 20_000;

/// The baseline and every combination of the sites that are chosen from each group, in the order
/// of the tables.
///
/// # Errors
/// A text for the key `alternatives`: what is wrong and what would be right.
pub fn enumerate(wanted: &AlternativesKey, sites: &[Site]) -> Result<Vec<Alternative>, String> {
    let ids = || -> Vec<&str> { sites.iter().map(|s| s.station.id.as_str()).collect() };
    let mut kept = Vec::new();
    for id in &wanted.keep {
        let found = sites.iter().position(|site| site.station.id == *id);
        match found.map(SiteId::at) {
            Some(site) if kept.contains(&site) => {
                return Err(format!("`keep` names `{id}` twice; once is enough"));
            }
            Some(site) => kept.push(site),
            None => {
                return Err(format!(
                    "`keep` names the site `{id}`, which is in no table of candidates; they have \
                     {}",
                    ids().join(", ")
                ));
            }
        }
    }
    let mut choices = vec![kept.clone()];
    for (index, choice) in wanted.choose.iter().enumerate() {
        if wanted.choose[..index]
            .iter()
            .any(|c| c.group == choice.group)
        {
            return Err(format!(
                "the group `{}` is chosen from twice; give it once, with `count`",
                choice.group
            ));
        }
        let members: Vec<SiteId> = SiteId::all(sites.len())
            .filter(|site| sites[site.index()].group == choice.group && !kept.contains(site))
            .collect();
        if choice.count == 0 || choice.count > members.len() {
            let mut groups: Vec<&str> = sites.iter().map(|site| site.group.as_str()).collect();
            groups.dedup();
            return Err(format!(
                "{} of the group `{}` are wanted, and it has {} to choose from; the groups are {}",
                choice.count,
                choice.group,
                members.len(),
                groups.join(", ")
            ));
        }
        let picks = combinations(&members, choice.count)
            .filter(|picks| choices.len().saturating_mul(picks.len()) <= MAX_ALTERNATIVES);
        let Some(picks) = picks else {
            return Err(format!(
                "these are more than {MAX_ALTERNATIVES} alternatives; choose from fewer sites"
            ));
        };
        choices = choices
            .iter()
            .flat_map(|choice| picks.iter().map(move |pick| [&choice[..], pick].concat()))
            .collect();
    }
    let mut alternatives = vec![Alternative::baseline()];
    alternatives.extend(
        choices
            .into_iter()
            .filter(|choice| !choice.is_empty())
            .map(|choice| {
                let names: Vec<&str> = choice
                    .iter()
                    .map(|site| sites[site.index()].station.id.as_str())
                    .collect();
                Alternative {
                    id: names.join("+"),
                    sites: choice,
                }
            }),
    );
    Ok(alternatives)
}

/// Every choice of `count` of the `members`, in order, or `None` when there are too many.
fn combinations<T: Copy>(members: &[T], count: usize) -> Option<Vec<Vec<T>>> {
    let mut found = vec![];
    let mut pick: Vec<usize> = (0..count).collect();
    loop {
        if found.len() == MAX_ALTERNATIVES {
            return None;
        }
        found.push(pick.iter().map(|index| members[*index]).collect());
        // The last position that can still move on, with those behind it close after.
        let Some(moving) = (0..count)
            .rev()
            .find(|position| pick[*position] < members.len() - count + position)
        else {
            return Some(found);
        };
        pick[moving] += 1;
        for position in moving + 1..count {
            pick[position] = pick[position - 1] + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Basis;
    use crate::brigades::Station;
    use crate::geography::LonLat;
    use crate::language::Name;
    use crate::scenario::file::ChooseKey;

    fn site(id: &str, group: &str) -> Site {
        Site {
            station: Station {
                id: id.to_owned(),
                name: Name {
                    local: id.to_owned(),
                    english: id.to_owned(),
                },
                position: LonLat::default(),
                engines: 1,
                apparatus: Vec::new(),
                crew: crate::brigades::crew::Crew::FullTime,
                profile: None,
                basis: Basis::Assumed,
                reason: String::new(),
            },
            group: group.to_owned(),
            at_junction: false,
        }
    }

    fn choose(group: &str, count: usize) -> ChooseKey {
        ChooseKey {
            group: group.to_owned(),
            count,
        }
    }

    fn ids(keep: &[&str], choices: Vec<ChooseKey>) -> Result<Vec<String>, String> {
        let sites = [
            site("a1", "A"),
            site("a2", "A"),
            site("a3", "A"),
            site("h1", "H"),
            site("h2", "H"),
        ];
        let wanted = AlternativesKey {
            keep: keep.iter().map(|id| (*id).to_owned()).collect(),
            choose: choices,
        };
        Ok(enumerate(&wanted, &sites)?
            .into_iter()
            .map(|a| a.id)
            .collect())
    }

    #[test]
    fn one_site_of_each_of_two_groups_makes_every_pair() {
        assert_eq!(
            ids(&[], vec![choose("A", 1), choose("H", 1)]).unwrap(),
            [
                "baseline", "a1+h1", "a1+h2", "a2+h1", "a2+h2", "a3+h1", "a3+h2"
            ]
        );
    }

    #[test]
    fn two_of_three_make_three() {
        assert_eq!(
            ids(&[], vec![choose("A", 2)]).unwrap(),
            ["baseline", "a1+a2", "a1+a3", "a2+a3"]
        );
    }

    #[test]
    fn a_kept_site_stands_in_every_alternative_and_is_not_chosen_again() {
        assert_eq!(
            ids(&["a2"], vec![choose("A", 1)]).unwrap(),
            ["baseline", "a2+a1", "a2+a3"]
        );
    }

    #[test]
    fn no_choice_leaves_the_baseline() {
        assert_eq!(ids(&[], vec![]).unwrap(), ["baseline"]);
    }

    #[test]
    fn a_group_without_enough_sites_is_named() {
        let error = ids(&[], vec![choose("B", 1)]).unwrap_err();
        assert!(
            error.contains("`B`") && error.contains("the groups are A, H"),
            "{error}"
        );
        assert!(ids(&[], vec![choose("A", 4)]).is_err());
        assert!(ids(&["zz"], vec![]).unwrap_err().contains("`zz`"));
    }
}
