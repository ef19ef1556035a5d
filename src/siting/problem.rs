//! What is given when sites are chosen: the times from candidate sites to demand points, and the
//! constraints that a choice has to keep.
//!
//! Nothing here knows of scenarios: sites and points are rows and columns of a matrix. Times are whole
//! milliseconds and weights whole numbers, so every value is exact and "equal to the optimum" means
//! equal.

/// No road leads there.
pub const NEVER: u32 = u32::MAX;

/// Times from every site to every demand point, in milliseconds; [`NEVER`] where no road leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    points: usize,
    /// Site by site.
    millis: Vec<u32>,
}

impl Times {
    /// Times to so many `points`, site by site.
    ///
    /// # Panics
    /// When `millis` is no whole number of rows.
    pub fn new(points: usize, millis: Vec<u32>) -> Self {
        assert!(points > 0, "no demand points");
        assert!(millis.len().is_multiple_of(points), "a row is not whole");
        Self { points, millis }
    }

    /// The number of candidate sites.
    pub fn sites(&self) -> usize {
        self.millis.len() / self.points
    }

    /// The number of demand points.
    pub fn points(&self) -> usize {
        self.points
    }

    /// The times from `site` to every point.
    pub fn from(&self, site: usize) -> &[u32] {
        &self.millis[site * self.points..][..self.points]
    }

    /// The time from `site` to `point`.
    pub fn get(&self, site: usize, point: usize) -> u32 {
        self.from(site)[point]
    }

    /// Every time, site by site.
    pub fn all(&self) -> &[u32] {
        &self.millis
    }
}

/// Sites of which exactly so many are chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The sites; a site is in one group at most.
    pub sites: Vec<usize>,
    /// How many of them are chosen; fixed ones count.
    pub chosen: usize,
}

/// What sites cost, and how much there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Cost of each site.
    pub cost: Vec<u64>,
    /// The chosen sites, fixed ones included, cost at most this.
    pub most: u64,
}

/// What a choice of sites has to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// So many sites are chosen at most, those of groups and fixed ones included. As another site
    /// never makes a choice worse, it is as many unless groups, budget or conflicts forbid it.
    pub most: Option<usize>,
    /// Sites that are chosen in any case; they count in `most`.
    pub fixed: Vec<usize>,
    /// Sites that are never chosen.
    pub forbidden: Vec<usize>,
    /// Groups, of each of which a number is chosen.
    pub groups: Vec<Group>,
    /// What sites cost.
    pub budget: Option<Budget>,
    /// Pairs of sites that do not stand together, for example as they are too near each other.
    pub conflicts: Vec<(usize, usize)>,
    /// Pairs of sites of which the second stands only where the first does.
    pub after: Vec<(usize, usize)>,
    /// How much weight each site serves at most. A point may be served by several sites, each a part
    /// of it.
    pub capacity: Option<Vec<u64>>,
}

/// What can be wrong with constraints.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConstraintsError {
    /// A site that is not in the matrix.
    #[error("site {site} is named by the constraints, but there are {sites} sites, counted from 0")]
    UnknownSite {
        site: usize,
        /// How many there are.
        sites: usize,
    },
    /// A site is both fixed and forbidden.
    #[error("site {site} is both fixed and forbidden; it can be one of them")]
    FixedAndForbidden { site: usize },
    /// A site is in two groups.
    #[error("site {site} is in two groups; a site can be in one")]
    InTwoGroups { site: usize },
    /// Costs are not one for each site.
    #[error("{costs} costs for {sites} sites; give one for each")]
    CostsAndSites {
        /// How many costs there are.
        costs: usize,
        /// How many sites there are.
        sites: usize,
    },
    /// Capacities are not one for each site.
    #[error("{capacities} capacities for {sites} sites; give one for each")]
    CapacitiesAndSites {
        /// How many capacities there are.
        capacities: usize,
        /// How many sites there are.
        sites: usize,
    },
}

impl Constraints {
    /// So many sites, and nothing else.
    pub fn most(sites: usize) -> Self {
        Self {
            most: Some(sites),
            ..Self::default()
        }
    }

    /// Complains when the constraints do not fit so many `sites` or contradict themselves in what they
    /// name; constraints that no choice keeps are not wrong, their answer is "infeasible".
    ///
    /// # Errors
    /// Names the first site that does not fit.
    pub fn check(&self, sites: usize) -> Result<(), ConstraintsError> {
        let of_groups = self.groups.iter().flat_map(|group| &group.sites);
        let of_conflicts = self
            .conflicts
            .iter()
            .chain(&self.after)
            .flat_map(|(a, b)| [a, b]);
        let mut named = (self.fixed.iter().chain(&self.forbidden))
            .chain(of_groups.clone())
            .chain(of_conflicts);
        if let Some(site) = named.find(|site| **site >= sites) {
            return Err(ConstraintsError::UnknownSite { site: *site, sites });
        }
        if let Some(site) = (self.fixed.iter()).find(|site| self.forbidden.contains(site)) {
            return Err(ConstraintsError::FixedAndForbidden { site: *site });
        }
        let mut grouped = vec![false; sites];
        for site in of_groups {
            if std::mem::replace(&mut grouped[*site], true) {
                return Err(ConstraintsError::InTwoGroups { site: *site });
            }
        }
        if let Some(capacities) = self.capacity.as_ref().map(Vec::len).filter(|c| *c != sites) {
            return Err(ConstraintsError::CapacitiesAndSites { capacities, sites });
        }
        match &self.budget {
            Some(budget) if budget.cost.len() != sites => Err(ConstraintsError::CostsAndSites {
                costs: budget.cost.len(),
                sites,
            }),
            _ => Ok(()),
        }
    }

    /// Whether the choice `open`, without repetitions, keeps every constraint; of capacities it says nothing.
    pub fn allow(&self, open: &[usize]) -> bool {
        let cost = |budget: &Budget| {
            open.iter()
                .map(|site| u128::from(budget.cost[*site]))
                .sum::<u128>()
        };
        self.most.is_none_or(|most| open.len() <= most)
            && self.fixed.iter().all(|site| open.contains(site))
            && !self.forbidden.iter().any(|site| open.contains(site))
            && self.groups.iter().all(|group| {
                let chosen = group.sites.iter().filter(|site| open.contains(site));
                chosen.count() == group.chosen
            })
            && (self.budget.as_ref()).is_none_or(|budget| cost(budget) <= u128::from(budget.most))
            && !(self.after.iter()).any(|(a, b)| open.contains(b) && !open.contains(a))
            && !(self.conflicts.iter()).any(|(a, b)| a != b && open.contains(a) && open.contains(b))
    }
}

/// Why a problem cannot be solved at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// The constraints do not fit.
    #[error(transparent)]
    Constraints(#[from] ConstraintsError),
    /// Sums do not fit into whole numbers of 61 bits.
    #[error(
        "all weights together times the largest cost are too much; give weights in larger units"
    )]
    TooLarge,
    /// Capacities where several sites count for one point.
    #[error(
        "capacities are for models in which a point is served once; they have no meaning with backup or \
         for engines that may be out"
    )]
    CapacityCounted,
}
