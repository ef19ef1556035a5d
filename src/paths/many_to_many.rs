//! Times from many origins to many destinations, by whichever kernel pays.

use rayon::prelude::*;

use crate::paths::buckets::BucketSearch;
use crate::paths::digraph::{Digraph, LIMIT, NEVER, Seed, finished};
use crate::paths::hierarchy::Hierarchy;
use crate::paths::sweep::{LANES, Sweep, SweepTimes};

/// The nodes from which a destination is reached, and the time that is left from each.
pub type Exits = Vec<Seed>;

/// What has been worked out about a graph already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prepared {
    /// Nothing but the graph.
    Nothing,
    /// A [`crate::paths::Preparation`], for other times on the same arcs.
    Preparation,
    /// A [`Hierarchy`] for just these times.
    Hierarchy,
}

/// A way to work out a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// One search after another, with [`BucketSearch`].
    Buckets,
    /// A [`Hierarchy`], made first if need be, and [`Sweep`].
    Hierarchy,
}

/// The kernel that is done first, with what has to be made for it.
///
/// Per node, a search with buckets takes about 35 ns and a sweep 1 ns; making a hierarchy takes
/// 0.6 µs of them and its preparation 10 µs more. Below some ten thousand nodes, whatever it is
/// takes no time that anybody would notice.
pub fn choose(nodes: usize, origins: usize, destinations: usize, prepared: Prepared) -> Kernel {
    const SMALL: usize = 10_000;
    let searches = origins.min(destinations); // From whichever side is smaller.
    let pays_from = match prepared {
        Prepared::Hierarchy => 0,
        Prepared::Preparation => 30,
        Prepared::Nothing => 400,
    };
    if prepared == Prepared::Hierarchy || (nodes >= SMALL && searches >= pays_from) {
        Kernel::Hierarchy
    } else {
        Kernel::Buckets
    }
}

/// The shortest times from every origin to every destination, row by row: of an origin the seeds,
/// of a destination the nodes where the graph is left and the time from there on. [`NEVER`] where
/// there is no way.
///
/// The same whether there is a hierarchy or not.
pub fn matrix(
    graph: &Digraph,
    hierarchy: Option<&Hierarchy>,
    origins: &[Vec<Seed>],
    destinations: &[Exits],
) -> Vec<u32> {
    if origins.is_empty() || destinations.is_empty() {
        return Vec::new();
    }
    // A search costs the same from either side.
    let backwards = destinations.len() < origins.len();
    let (from, to) = if backwards {
        (destinations, origins)
    } else {
        (origins, destinations)
    };
    let times = match hierarchy {
        Some(hierarchy) => by_sweep(hierarchy, from, to, backwards),
        None if backwards => by_buckets(&graph.reversed(), from, to),
        None => by_buckets(graph, from, to),
    };
    if backwards {
        turned(&times, from.len())
    } else {
        times
    }
}

fn by_buckets(graph: &Digraph, origins: &[Vec<Seed>], destinations: &[Exits]) -> Vec<u32> {
    let mut times = vec![NEVER; origins.len() * destinations.len()];
    times
        .par_chunks_mut(destinations.len())
        .zip(origins)
        .with_min_len(origins.len() / (4 * rayon::current_num_threads()))
        .for_each_init(BucketSearch::default, |search, (row, origin)| {
            search.run(graph, origin);
            for (time, exits) in row.iter_mut().zip(destinations) {
                let by = |exit: &Seed| {
                    search.time(exit.node).min(LIMIT) + exit.time.min(LIMIT) // No overflow.
                };
                *time = finished(exits.iter().map(by).min().unwrap_or(NEVER));
            }
        });
    times
}

fn by_sweep(
    hierarchy: &Hierarchy,
    origins: &[Vec<Seed>],
    destinations: &[Exits],
    backwards: bool,
) -> Vec<u32> {
    let sweep = if backwards {
        Sweep::backwards(hierarchy, destinations)
    } else {
        Sweep::forwards(hierarchy, destinations)
    };
    let mut times = vec![NEVER; origins.len() * destinations.len()];
    let threads = rayon::current_num_threads();
    // Few origins are shared among the threads.
    let group = origins.len().div_ceil(threads).min(LANES);
    times
        .par_chunks_mut(group * destinations.len())
        .zip(origins.par_chunks(group))
        .with_min_len(origins.len() / group / (4 * threads))
        .for_each_init(SweepTimes::default, |swept, (rows, origins)| {
            let mut rows: Vec<&mut [u32]> = rows.chunks_mut(destinations.len()).collect();
            sweep.run(origins, swept, &mut rows);
        });
    times
}

/// Rows for columns; there are `rows` rows.
fn turned(times: &[u32], rows: usize) -> Vec<u32> {
    let columns = times.len() / rows;
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| times[row * columns + column]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```text
    /// origin --5--> 0 ---10---> 1 --3--> destination: 18
    ///        --0--> 2 ----1---> 3 --20-> destination: 21
    /// ```
    #[test]
    fn the_best_pair_of_seed_and_exit_counts() {
        let graph = Digraph::from_arcs(4, &[(0, 1, 10), (2, 3, 1)]);
        let seed = |node, time| Seed { node, time };
        let origins = [vec![seed(0, 5), seed(2, 0)], vec![seed(1, 0)], vec![]];
        let destinations = [vec![seed(1, 3), seed(3, 20)], vec![seed(2, 7)]];
        let times = [18, 7, 3, NEVER, NEVER, NEVER];
        assert_eq!(matrix(&graph, None, &origins, &destinations), times);
    }

    #[test]
    fn a_small_county_never_waits_for_a_hierarchy() {
        assert_eq!(
            choose(4_000, 2_000, 2_000, Prepared::Nothing),
            Kernel::Buckets
        );
        assert_eq!(
            choose(250_000, 8, 250_000, Prepared::Nothing),
            Kernel::Buckets
        );
        assert_eq!(
            choose(250_000, 250_000, 8, Prepared::Nothing),
            Kernel::Buckets
        );
        assert_eq!(
            choose(250_000, 50, 5_000, Prepared::Preparation),
            Kernel::Hierarchy
        );
        assert_eq!(
            choose(250_000, 3_000, 5_000, Prepared::Nothing),
            Kernel::Hierarchy
        );
    }
}
