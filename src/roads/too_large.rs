//! Roads that an engine cannot use by its size or weight.

use std::collections::BTreeMap;

use crate::roads::drivable::{NameOf, Names, middle};
use crate::roads::graph::RoadGraph;
use crate::roads::profile::{Conditions, Profile};
use crate::roads::road::{Junction, RoadId, SizeLimits};
use crate::units::{Metres, Tonnes};

/// Roads of one name under one sign for which an engine is too large or too heavy.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitedRoads {
    pub name: NameOf,
    pub limits: SizeLimits,
    /// Width of the carriageway.
    pub width: Option<Metres>,
    /// Whether any engine drives them, so that they stay in the network.
    pub is_kept: bool,
    pub length: Metres,
    pub roads: usize,
}

/// What an engine cannot pass by its size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TooLarge {
    /// The longest first.
    pub roads: Vec<LimitedRoads>,
    /// Junctions with a bar or a sign of their own.
    pub junctions: usize,
}

/// What stands on a sign, in the order in which signs are listed: lengths and weights are positive, so that
/// their bits are in the order of the numbers.
type Sign = [Option<u64>; 6];

fn sign(limits: &SizeLimits, width: Option<Metres>) -> Sign {
    let SizeLimits {
        height,
        weight,
        width: sign_width,
        axle_load,
        length,
    } = *limits;
    let metres = |length: Option<Metres>| length.map(|length| length.0);
    let tonnes = |weight: Option<Tonnes>| weight.map(|weight| weight.0);
    [
        metres(height),
        tonnes(weight),
        metres(sign_width),
        tonnes(axle_load),
        metres(length),
        metres(width),
    ]
    .map(|limit| limit.map(f64::to_bits))
}

/// What the engine of a profile cannot pass by its size, of all roads; `is_kept` says of each whether it stays
/// in the network.
///
/// # Panics
/// Never: what a profile may lack is asked for under no conditions.
pub fn too_large(
    roads: &RoadGraph,
    is_kept: &[bool],
    profile: &Profile,
    names: &Names<'_>,
) -> TooLarge {
    let driving = profile.under(&Conditions::default());
    let driving = driving.expect("no band and no weather is asked for");
    let mut by_sign: BTreeMap<(NameOf, Sign, bool), LimitedRoads> = BTreeMap::new();
    let all = (0..).map(RoadId).zip(roads.roads()).zip(is_kept);
    for ((id, road), is_kept) in all {
        if driving.fits_road(road) {
            continue;
        }
        let name = match road.name.as_str() {
            "" => names.near(middle(roads, id)),
            name => NameOf::Own(name.to_owned()),
        };
        let sign = sign(&road.limits, road.width);
        let of_sign = by_sign.entry((name.clone(), sign, *is_kept));
        let all = of_sign.or_insert_with(|| LimitedRoads {
            name,
            limits: road.limits,
            width: road.width,
            is_kept: *is_kept,
            length: Metres(0.0),
            roads: 0,
        });
        all.length = Metres(all.length.0 + road.length.0);
        all.roads += 1;
    }
    let mut limited: Vec<LimitedRoads> = by_sign.into_values().collect();
    // Sorted by name before, and stably.
    limited.sort_by(|a, b| b.length.0.total_cmp(&a.length.0));
    let barred = |junction: &&Junction| !driving.fits(&junction.limits);
    TooLarge {
        roads: limited,
        junctions: roads.junctions().filter(barred).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::test_roads::{network, plain_profile};

    /// The engine has 15 t and is 3 m high; two pieces of the old bridge carry 10 t, one road without a name is
    /// 2.5 m high and left out of the network, another 3 m, which is enough.
    #[test]
    fn roads_that_are_too_small_are_listed_by_name_and_limit() {
        let plain = network(
            5,
            &[
                (0, 1, false, 300.0),
                (1, 2, false, 200.0),
                (2, 3, false, 900.0),
                (3, 4, false, 50.0),
            ],
        );
        let mut roads = RoadGraph::default();
        for (number, junction) in plain.junctions().enumerate() {
            let mut junction = junction.clone();
            junction.limits.height = (number == 4).then_some(Metres(2.0));
            roads.add_junction(junction);
        }
        for (number, road) in plain.roads().iter().enumerate() {
            let mut road = road.clone();
            match number {
                0 | 1 => {
                    road.name = "Old Bridge".to_owned();
                    road.limits.weight = Some(Tonnes(10.0));
                }
                2 => road.limits.height = Some(Metres(2.5)),
                _ => road.limits.height = Some(Metres(3.0)),
            }
            roads.add_road(road);
        }
        let names = Names::of(&roads, &[]);
        let found = too_large(&roads, &[true, true, false, true], &plain_profile(), &names);
        let listed: Vec<_> = found
            .roads
            .iter()
            .map(|r| (r.name.clone(), r.length.0, r.roads, r.is_kept))
            .collect();
        assert_eq!(
            listed,
            [
                (NameOf::Near("Old Bridge".to_owned()), 900.0, 1, false),
                (NameOf::Own("Old Bridge".to_owned()), 500.0, 2, true),
            ]
        );
        assert_eq!(found.junctions, 1);
    }
}
