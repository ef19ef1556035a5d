//! One road, one junction, one forbidden turn: what is known of each.

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::geography::LonLat;
use crate::ids::id;
use crate::language::Name;
use crate::roads::class::RoadClass;
use crate::roads::passage::{Barrier, Control, DrivingSide, Passage, Structure};
use crate::roads::surface::{Smoothness, Surface};
use crate::units::{KmPerHour, Metres, Tonnes};

/// Where roads meet or end.
#[derive(Clone, Debug, PartialEq)]
pub struct Junction {
    /// Its `node_id` in the source.
    pub id: String,
    /// Where it is.
    pub position: LonLat,
    /// What slows engines down that pass it.
    pub control: Option<Control>,
    /// What stands across the road there.
    pub barrier: Option<Barrier>,
    /// Larger vehicles may not pass: a bar across the road.
    pub limits: SizeLimits,
    /// How it is known.
    pub basis: Basis,
}

impl Junction {
    /// A junction where nothing slows an engine down.
    pub fn plain(id: String, position: LonLat, basis: Basis) -> Self {
        Self {
            id,
            position,
            control: None,
            barrier: None,
            limits: SizeLimits::default(),
            basis,
        }
    }
}

/// A stretch of road between two junctions.
#[derive(Clone, Debug, PartialEq)]
pub struct Road {
    /// Its `link_id` in the source.
    pub id: String,
    /// The junction where it begins.
    pub from: NodeIndex,
    /// The junction where it ends.
    pub to: NodeIndex,
    /// Who may drive along it.
    pub passage: BothWays<Passage>,
    /// Its name or number, empty when not known.
    pub name: String,
    /// Its names in languages (`zh`, `en`, …), by language.
    pub names: Vec<(String, String)>,
    pub class: RoadClass,
    /// Its length along the ground.
    pub length: Metres,
    /// The posted limit, where known.
    pub free_speed: BothWays<Option<KmPerHour>>,
    /// Lanes of both directions together, where known.
    pub lanes: Option<u8>,
    /// What it is made of, where known.
    pub surface: Option<Surface>,
    /// In what state that is, where known.
    pub smoothness: Option<Smoothness>,
    /// Width of the carriageway, where known.
    pub width: Option<Metres>,
    /// Larger vehicles may not pass.
    pub limits: SizeLimits,
    /// Whether a bridge or a tunnel carries it.
    pub structure: Option<Structure>,
    /// On which side traffic keeps.
    pub side: DrivingSide,
    /// Traffic lights between its two junctions that stop an engine going this way: how far each is from
    /// the first junction, in order.
    pub signals: BothWays<Vec<Metres>>,
    /// Marked crossings between its two junctions that slow an engine going this way, likewise.
    pub crossings: BothWays<Vec<Metres>>,
    /// Points between the two junctions, in order.
    pub shape: Vec<LonLat>,
    /// How it is known.
    pub basis: Basis,
}

impl Road {
    /// A road of which no more is known than this: open both ways, without limits.
    pub fn plain(id: String, ends: [NodeIndex; 2], class: RoadClass, length: Metres) -> Self {
        Self {
            id,
            from: ends[0],
            to: ends[1],
            passage: BothWays::same(Passage::Open),
            name: String::new(),
            names: Vec::new(),
            class,
            length,
            free_speed: BothWays::default(),
            lanes: None,
            surface: None,
            smoothness: None,
            width: None,
            limits: SizeLimits::default(),
            structure: None,
            side: DrivingSide::Right,
            signals: BothWays::default(),
            crossings: BothWays::default(),
            shape: Vec::new(),
            basis: Basis::Observed,
        }
    }

    /// Who may drive along a one-way road of this class: everybody forwards, and backwards
    /// nobody on an expressway, or else whoever dares it.
    pub fn one_way(class: RoadClass) -> BothWays<Passage> {
        BothWays {
            forwards: Passage::Open,
            backwards: if class.is_expressway() {
                Passage::Closed
            } else {
                Passage::AgainstOneWay
            },
        }
    }

    /// Its name for readers of Chinese and of English; the plain one where it has none for them.
    pub fn name_in_languages(&self) -> Name {
        let in_language = |wanted: &str| {
            let mut names = self.names.iter();
            let name = names.find(|(language, _)| language == wanted);
            name.map_or(&self.name, |(_, name)| name).clone()
        };
        Name {
            local: in_language("zh"),
            english: in_language("en"),
        }
    }

    /// Whether it may be driven in one direction only, special exemptions apart.
    pub fn is_one_way(&self) -> bool {
        self.passage.forwards.is_regular() != self.passage.backwards.is_regular()
    }

    /// The junction at which an engine in this direction arrives.
    pub fn head(&self, forwards: bool) -> NodeIndex {
        if forwards { self.to } else { self.from }
    }

    /// The junction at which an engine in this direction sets out.
    pub fn tail(&self, forwards: bool) -> NodeIndex {
        self.head(!forwards)
    }
}

/// Something that can differ between the two directions of a road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BothWays<T> {
    /// From the first junction to the last.
    pub forwards: T,
    /// From the last junction to the first.
    pub backwards: T,
}

impl<T> BothWays<T> {
    /// The same, seen from the other end of the road.
    pub fn reversed(self) -> Self {
        Self {
            forwards: self.backwards,
            backwards: self.forwards,
        }
    }

    /// What holds in one direction.
    pub fn side(&self, forwards: bool) -> &T {
        if forwards {
            &self.forwards
        } else {
            &self.backwards
        }
    }
}

impl<T: Copy> BothWays<T> {
    /// The same in both directions.
    pub fn same(value: T) -> Self {
        Self {
            forwards: value,
            backwards: value,
        }
    }

    /// What holds in one direction.
    pub fn along(&self, forwards: bool) -> T {
        *self.side(forwards)
    }
}

/// The largest vehicle that a road or a junction admits, as far as it is posted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SizeLimits {
    /// Height under bridges.
    pub height: Option<Metres>,
    /// Gross weight.
    pub weight: Option<Tonnes>,
    /// Width between obstacles.
    pub width: Option<Metres>,
    /// Load of one axle.
    pub axle_load: Option<Tonnes>,
    pub length: Option<Metres>,
}

/// A way through one or several junctions that must not be driven, such as a forbidden left turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnRestriction {
    /// Its id in the source; several may carry the same.
    pub id: String,
    /// Two directions of road for a turn at one junction, more for a restriction via roads; each
    /// begins where the one before it ends. Driving all of them one after the other is forbidden.
    pub path: Vec<Direction>,
    /// Whether it names emergency vehicles, so that no exemption opens it.
    pub binds_engines: bool,
}

id!(
    /// A [`Road`], by its index in [`RoadGraph::roads`](super::graph::RoadGraph::roads).
    #[derive(serde::Serialize, serde::Deserialize)]
    RoadId(u32),
    "Road"
);

/// One direction of a road: an edge of the graph.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Direction {
    pub road: RoadId,
    /// Whether it is driven from its first junction to its last.
    pub forwards: bool,
}
