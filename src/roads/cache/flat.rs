//! A road graph as it lies in the cache: plain numbers, without petgraph's own arrays.
//!
//! Every field is named when a road is taken apart, so that one which is added to the model cannot
//! be forgotten here.

use petgraph::graph::NodeIndex;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::passage::{Barrier, Control, DrivingSide, Passage, Structure};
use crate::roads::road::{BothWays, Direction, Junction, Road, SizeLimits, TurnRestriction};
use crate::roads::surface::{Smoothness, Surface};
use crate::units::{KmPerHour, Metres, Tonnes};

#[derive(Deserialize)]
pub(super) struct FlatRoads {
    junctions: Vec<FlatJunction>,
    roads: Vec<FlatRoad>,
    restrictions: Vec<FlatRestriction>,
}

/// The same to be written, one junction and road after the other: a second graph would double what a
/// large network takes.
pub(super) struct FlatView<'a>(pub(super) &'a RoadGraph);

/// Its id, its path, and whether it binds engines.
type FlatRestriction = (String, Vec<Direction>, bool);

#[derive(Serialize, Deserialize)]
struct FlatJunction {
    id: String,
    position: LonLat,
    control: Option<Control>,
    barrier: Option<Barrier>,
    limits: FlatLimits,
    basis: Basis,
}

/// Height, weight, width, axle load and length, in metres and tonnes.
type FlatLimits = [Option<f64>; 5];

#[derive(Serialize, Deserialize)]
struct FlatRoad {
    id: String,
    ends: [u32; 2],
    passage: [Passage; 2],
    name: String,
    names: Vec<(String, String)>,
    class: RoadClass,
    metres: f64,
    /// km/h.
    free_speed: [Option<f64>; 2],
    lanes: Option<u8>,
    surface: Option<Surface>,
    smoothness: Option<Smoothness>,
    /// Metres.
    width: Option<f64>,
    limits: FlatLimits,
    structure: Option<Structure>,
    side: DrivingSide,
    /// Metres.
    signals: [Vec<f64>; 2],
    crossings: [Vec<f64>; 2],
    shape: Vec<LonLat>,
    basis: Basis,
}

fn pair<T>(both: BothWays<T>) -> [T; 2] {
    [both.forwards, both.backwards]
}

fn both<T>([forwards, backwards]: [T; 2]) -> BothWays<T> {
    BothWays {
        forwards,
        backwards,
    }
}

fn flat(limits: SizeLimits) -> FlatLimits {
    let SizeLimits {
        height,
        weight,
        width,
        axle_load,
        length,
    } = limits;
    [
        height.map(|Metres(height)| height),
        weight.map(|Tonnes(weight)| weight),
        width.map(|Metres(width)| width),
        axle_load.map(|Tonnes(load)| load),
        length.map(|Metres(length)| length),
    ]
}

fn size_limits([height, weight, width, axle_load, length]: FlatLimits) -> SizeLimits {
    SizeLimits {
        height: height.map(Metres),
        weight: weight.map(Tonnes),
        width: width.map(Metres),
        axle_load: axle_load.map(Tonnes),
        length: length.map(Metres),
    }
}

fn metres(both: BothWays<Vec<Metres>>) -> [Vec<f64>; 2] {
    pair(both).map(|places| places.into_iter().map(|Metres(along)| along).collect())
}

fn places(metres: [Vec<f64>; 2]) -> BothWays<Vec<Metres>> {
    both(metres.map(|places| places.into_iter().map(Metres).collect()))
}

impl Serialize for FlatView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let restriction = |restriction: &TurnRestriction| -> FlatRestriction {
            let TurnRestriction {
                id,
                path,
                binds_engines,
            } = restriction.clone();
            (id, path, binds_engines)
        };
        let graph = self.0;
        let mut flat = serializer.serialize_struct("FlatRoads", 3)?;
        let junctions = || graph.junctions().cloned().map(FlatJunction::of);
        flat.serialize_field("junctions", &Each(junctions))?;
        let roads = || graph.roads().iter().cloned().map(FlatRoad::of);
        flat.serialize_field("roads", &Each(roads))?;
        let restrictions = || graph.restrictions().iter().map(restriction);
        flat.serialize_field("restrictions", &Each(restrictions))?;
        flat.end()
    }
}

/// A list that is made while it is written.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl FlatRoads {
    /// The road graph, or `None` when its parts do not fit together.
    pub(super) fn into_roads(self) -> Option<RoadGraph> {
        let mut graph = RoadGraph::default();
        for junction in self.junctions {
            graph.add_junction(junction.into_junction());
        }
        let known = graph.graph().node_count();
        for road in self.roads {
            if road.ends.iter().any(|end| *end as usize >= known) {
                return None;
            }
            graph.add_road(road.into_road());
        }
        for (id, path, binds_engines) in self.restrictions {
            let is_way = path.len() >= 2
                && path.iter().all(|d| d.road.index() < graph.roads().len())
                && path.array_windows().all(|[a, b]| {
                    graph.road(a.road).head(a.forwards) == graph.road(b.road).tail(b.forwards)
                });
            if !is_way {
                return None;
            }
            graph.add_restriction(TurnRestriction {
                id,
                path,
                binds_engines,
            });
        }
        Some(graph)
    }
}

impl FlatJunction {
    fn of(junction: Junction) -> Self {
        let Junction {
            id,
            position,
            control,
            barrier,
            limits,
            basis,
        } = junction;
        Self {
            id,
            position,
            control,
            barrier,
            limits: flat(limits),
            basis,
        }
    }

    fn into_junction(self) -> Junction {
        let Self {
            id,
            position,
            control,
            barrier,
            limits,
            basis,
        } = self;
        Junction {
            id,
            position,
            control,
            barrier,
            limits: size_limits(limits),
            basis,
        }
    }
}

impl FlatRoad {
    fn of(road: Road) -> Self {
        let Road {
            id,
            from,
            to,
            passage,
            name,
            names,
            class,
            length,
            free_speed,
            lanes,
            surface,
            smoothness,
            width,
            limits,
            structure,
            side,
            signals,
            crossings,
            shape,
            basis,
        } = road;
        Self {
            id,
            ends: [from, to].map(|end| end.index() as u32),
            passage: pair(passage),
            name,
            names,
            class,
            metres: length.0,
            free_speed: pair(free_speed).map(|speed| speed.map(|KmPerHour(speed)| speed)),
            lanes,
            surface,
            smoothness,
            width: width.map(|Metres(width)| width),
            limits: flat(limits),
            structure,
            side,
            signals: metres(signals),
            crossings: metres(crossings),
            shape,
            basis,
        }
    }

    fn into_road(self) -> Road {
        let [from, to] = self.ends.map(|end| NodeIndex::new(end as usize));
        Road {
            id: self.id,
            from,
            to,
            passage: both(self.passage),
            name: self.name,
            names: self.names,
            class: self.class,
            length: Metres(self.metres),
            free_speed: both(self.free_speed.map(|speed| speed.map(KmPerHour))),
            lanes: self.lanes,
            surface: self.surface,
            smoothness: self.smoothness,
            width: self.width.map(Metres),
            limits: size_limits(self.limits),
            structure: self.structure,
            side: self.side,
            signals: places(self.signals),
            crossings: places(self.crossings),
            shape: self.shape,
            basis: self.basis,
        }
    }
}
