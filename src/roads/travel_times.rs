//! Travel times of fire engines from location to location: access to the road, the road with its turns,
//! access to the scene.

use crate::paths::{Hierarchy, Kernel, Prepared, Seed, choose, matrix};
use crate::roads::cache::Cache;
use crate::roads::roadway::{Ends, Exit, Roadway};
use crate::roads::trip::TripEnd;
use crate::units::Millis;

/// Times from every origin to every destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelTimes {
    destinations: usize,
    /// Row by row: `millis[origin * destinations + destination]`.
    millis: Vec<Millis>,
}

impl TravelTimes {
    /// Times that were worked out elsewhere, row by row.
    ///
    /// # Panics
    /// When the rows are not all `destinations` long.
    pub fn from_rows(destinations: usize, millis: Vec<Millis>) -> Self {
        assert!(destinations == 0 || millis.len().is_multiple_of(destinations));
        Self {
            destinations,
            millis,
        }
    }

    /// From one origin to one destination, `NEVER` where no road leads.
    pub fn get(&self, origin: usize, destination: usize) -> Millis {
        self.from(origin)[destination]
    }

    /// From one origin to every destination.
    pub fn from(&self, origin: usize) -> &[Millis] {
        &self.millis[origin * self.destinations..(origin + 1) * self.destinations]
    }
}

impl Roadway {
    /// The times from every origin to every destination, by whichever kernel is done first.
    pub fn times(&self, origins: &[TripEnd], destinations: &[TripEnd]) -> TravelTimes {
        let nodes = self.graph.digraph().node_count();
        let kernel = choose(nodes, origins.len(), destinations.len(), self.prepared());
        self.times_by(kernel, origins, destinations)
    }

    /// As [`Self::times`], by a kernel of choice: all give the same times.
    pub fn times_by(
        &self,
        kernel: Kernel,
        origins: &[TripEnd],
        destinations: &[TripEnd],
    ) -> TravelTimes {
        let ends = |of: &[TripEnd]| -> Vec<Ends> { of.iter().map(|end| self.ends(end)).collect() };
        let (origins, destinations) = (ends(origins), ends(destinations));
        let seeds = origins.iter().map(|origin| {
            let starts = self.setting_out(origin).into_iter();
            starts.map(|start| start.seed).collect()
        });
        let seeds: Vec<Vec<Seed>> = seeds.collect();
        let exits: Vec<Vec<Seed>> = destinations
            .iter()
            .map(|destination| self.arrivals(destination).iter().map(Exit::seed).collect())
            .collect();
        let hierarchy = match kernel {
            Kernel::Buckets => None,
            Kernel::Hierarchy => Some(self.hierarchy()),
        };
        let over_junctions = matrix(self.graph.digraph(), hierarchy, &seeds, &exits);
        let pairs = origins.iter().flat_map(|origin| {
            destinations
                .iter()
                .map(move |destination| (origin, destination))
        });
        let millis = over_junctions
            .into_iter()
            .zip(pairs)
            .map(|(time, (origin, destination))| {
                let direct = self.without_junction(origin, destination);
                direct
                    .map(|route| route.time())
                    .fold(Millis(time), Millis::min)
            })
            .collect();
        TravelTimes::from_rows(destinations.len(), millis)
    }

    /// What a matrix need not make any more.
    fn prepared(&self) -> Prepared {
        let is_kept = |cache: &Cache| cache.has_preparation(self.graph.digraph());
        if self.hierarchy.get().is_some() {
            Prepared::Hierarchy
        } else if self.cache.as_ref().is_some_and(is_kept) {
            Prepared::Preparation
        } else {
            Prepared::Nothing
        }
    }

    fn hierarchy(&self) -> &Hierarchy {
        self.hierarchy.get_or_init(|| {
            let digraph = self.graph.digraph();
            let make = || self.graph.prepare(&self.roads);
            let preparation = match &self.cache {
                Some(cache) => cache.preparation(digraph, make),
                None => make(),
            };
            Hierarchy::new(&preparation, digraph)
        })
    }
}

#[cfg(test)]
#[path = "travel_times_tests.rs"]
mod tests;
