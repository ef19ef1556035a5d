//! A synthetic network as the road graph that engines drive, with turns that cost time.

use brigade::basis::Basis;
use brigade::geography::{LonLat, Plane};
use brigade::roads::class::RoadClass;
use brigade::roads::graph::RoadGraph;
use brigade::roads::passage::Control;
use brigade::roads::road::{Junction, Road};
use brigade::units::Metres;
use petgraph::graph::NodeIndex;

use crate::synthetic_roads::{Network, Rank};

impl Network {
    /// The network in Guangdong, with traffic lights where two roads above lanes meet.
    pub fn road_graph(&self) -> RoadGraph {
        let plane = Plane::around(LonLat {
            lon: 115.7,
            lat: 23.9,
        });
        let mut larger_roads = vec![0; self.position.len()];
        for link in self.links.iter().filter(|link| link.rank != Rank::Lane) {
            for end in link.ends {
                larger_roads[end as usize] += 1;
            }
        }
        let mut roads = RoadGraph::default();
        for (node, position) in self.position.iter().enumerate() {
            let position = plane.unproject(*position);
            let mut junction = Junction::plain(node.to_string(), position, Basis::Assumed);
            junction.control = (larger_roads[node] > 2).then_some(Control::Signals);
            roads.add_junction(junction);
        }
        for (number, link) in self.links.iter().enumerate() {
            let class = match link.rank {
                Rank::Trunk => RoadClass::Trunk,
                Rank::Primary => RoadClass::Primary,
                Rank::Secondary => RoadClass::Secondary,
                Rank::Lane => RoadClass::Unclassified,
            };
            let ends = link.ends.map(|end| NodeIndex::new(end as usize));
            let mut road = Road::plain(number.to_string(), ends, class, Metres(link.metres));
            if link.one_way {
                road.passage = Road::one_way(class);
            }
            roads.add_road(road);
        }
        roads
    }
}
