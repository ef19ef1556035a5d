//! The embedded county, made from its source tables by a procedure that gives the same bytes on
//! every machine.
//!
//! What the sources know is kept: main roads, seats, outline, the names and number of villages,
//! residents of the towns. What they do not know is modelled, and says so in its `basis`:
//!
//! 1. [`main_roads`]: the roads of the source table, with expressways apart from ordinary roads;
//!    ordinary roads in pieces of a kilometre.
//! 2. [`settlements`]: a position for every village in the cell of its town; known market places of
//!    former towns where they are.
//! 3. [`sizes`]: the residents of each town over its villages, which are not of one size.
//! 4. [`village_roads`]: the relative neighbourhood graph of villages and ordinary junctions.
//! 5. Hydrants: as many as each town is to have, at the villages nearest to its seat.
//! 6. The largest part in which all roads lead everywhere; stubs across the county's border that
//!    lost their expressway are left out.
//!
//! Draws come from streams named by seed, purpose and index ([`draw`]). The arithmetic is
//! `+ - * / sqrt` alone, which IEEE 754 fixes to the last bit; `exp` and `log` of [`sizes`] are those of
//! `libm`, the same everywhere, and the one cosine, of the latitude on which the plane is laid, is far
//! from any rounding that the tables would show.

pub mod draw;
mod error;
pub mod main_roads;
pub mod neighbourhood;
pub mod output;
pub mod parameters;
pub mod settlements;
pub mod sizes;
pub mod sources;
pub mod spacing;
pub mod village_roads;

use std::collections::HashSet;

use crate::basis::Basis;
use crate::geography::{LonLat, Plane, centre};
use crate::roads::drivable::drivable_part;
use crate::roads::graph::RoadGraph;
use crate::roads::profile::Profile;
use crate::roads::road::Junction;

pub use error::SynthesisError;
use sources::Sources;

/// A village with the position and the residents that the procedure gave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Village {
    /// Where it stands.
    pub position: LonLat,
    /// Who live there.
    pub residents: u64,
}

/// A county made from its sources.
#[derive(Clone, Debug)]
pub struct Synthesis {
    pub roads: RoadGraph,
    /// Its villages, in the order of [`Sources::villages`].
    pub villages: Vec<Village>,
    /// Its public hydrants, each at a village of [`Sources::villages`].
    pub hydrants: Vec<usize>,
}

/// Makes the county, with `junctions` further junctions of village roads.
///
/// # Errors
/// When a village finds no room.
pub fn synthesize(sources: &Sources, junctions: usize) -> Result<Synthesis, SynthesisError> {
    let corners = (sources.outline.iter())
        .flat_map(|polygon| polygon.exterior())
        .map(|point| LonLat {
            lon: point.x,
            lat: point.y,
        });
    let plane = Plane::around(centre(corners).unwrap_or_default());
    let mut roads = main_roads::built(sources, plane);
    let ordinary: Vec<[f64; 2]> = main_roads::joinable(&roads, sources)
        .into_iter()
        .map(|node| plane.project(roads.junction(node).position))
        .collect();
    let positions = settlements::placed(sources, &plane, &ordinary)?;
    let known: HashSet<usize> = (sources.former_towns.iter())
        .filter(|former| former.position.is_some())
        .map(|former| former.community)
        .collect();
    let villages = sources.villages.iter().zip(&positions).enumerate();
    let mut settlements: Vec<_> = villages
        .map(|(index, (village, position))| {
            let basis = match known.contains(&index) {
                true => Basis::Observed,
                false => Basis::Modelled,
            };
            roads.add_junction(Junction::plain(village.id.clone(), *position, basis))
        })
        .collect();
    let further = settlements::further_junctions(sources, &plane, junctions);
    settlements.extend((further.into_iter().enumerate()).map(|(index, position)| {
        let id = format!("j{}", index + 1);
        roads.add_junction(Junction::plain(id, position, Basis::Modelled))
    }));
    village_roads::add(&mut roads, sources, &plane, &settlements)?;
    let villages: Vec<Village> = (positions.into_iter().zip(sizes::residents(sources)))
        .map(|(position, residents)| Village {
            position,
            residents,
        })
        .collect();
    let hydrants = hydrants(sources, &plane, &villages);
    Ok(Synthesis {
        roads: drivable_part(&roads, &Profile::starters()),
        villages,
        hydrants,
    })
}

/// In each town the villages that are to have a public hydrant: those nearest to the seat, where the
/// water mains are.
fn hydrants(sources: &Sources, plane: &Plane, villages: &[Village]) -> Vec<usize> {
    let at_most = sources.parameters.hydrants.a_town;
    let of_town = |town: usize| {
        let seat = plane.project(sources.towns[town].seat);
        let from_seat =
            |village: &usize| spacing::squared(plane.project(villages[*village].position), seat);
        let mut here: Vec<usize> = (0..villages.len())
            .filter(|village| sources.villages[*village].town == town)
            .collect();
        here.sort_by(|a, b| from_seat(a).total_cmp(&from_seat(b)));
        here.truncate(at_most);
        here
    };
    (0..sources.towns.len()).flat_map(of_town).collect()
}
