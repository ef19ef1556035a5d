//! The road graph as people think of it: junctions, and roads between them.

use std::collections::HashMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::geography::{LonLat, Plane};
use crate::roads::passage::Passage;
use crate::roads::road::{Direction, Junction, Road, RoadId, TurnRestriction};
use crate::units::Metres;

/// Junctions, roads, and turns that are forbidden between them.
///
/// A two-way road is two edges of the graph and one [`Road`]; a direction that is
/// [`Passage::Closed`] is no edge.
#[derive(Clone, Debug, Default)]
pub struct RoadGraph {
    graph: DiGraph<Junction, Direction>,
    roads: Vec<Road>,
    restrictions: Vec<TurnRestriction>,
}

impl RoadGraph {
    pub fn add_junction(&mut self, junction: Junction) -> NodeIndex {
        self.graph.add_node(junction)
    }

    /// Adds a road and its one or two directions.
    ///
    /// # Panics
    /// When an end of it is not a junction of this graph, or there are 2³² roads already.
    pub fn add_road(&mut self, road: Road) -> RoadId {
        let id = RoadId(u32::try_from(self.roads.len()).expect("fewer than 2^32 roads"));
        for forwards in [true, false] {
            if road.passage.along(forwards) != Passage::Closed {
                let direction = Direction { road: id, forwards };
                self.graph
                    .add_edge(road.tail(forwards), road.head(forwards), direction);
            }
        }
        self.roads.push(road);
        id
    }

    /// Forbids a turn.
    ///
    /// # Panics
    /// When the path has fewer than two directions, or one does not begin where the last ended.
    pub fn add_restriction(&mut self, restriction: TurnRestriction) {
        let end = |direction: &Direction| self.road(direction.road).head(direction.forwards);
        let begin = |direction: &Direction| self.road(direction.road).tail(direction.forwards);
        let path = &restriction.path;
        assert!(path.len() >= 2, "a turn has two roads");
        assert!(path.array_windows().all(|[a, b]| end(a) == begin(b)));
        self.restrictions.push(restriction);
    }

    /// The turns that are forbidden.
    pub fn restrictions(&self) -> &[TurnRestriction] {
        &self.restrictions
    }

    /// The graph itself, for petgraph's algorithms.
    pub fn graph(&self) -> &DiGraph<Junction, Direction> {
        &self.graph
    }

    /// The roads in the order in which they were added.
    pub fn roads(&self) -> &[Road] {
        &self.roads
    }

    /// One road.
    pub fn road(&self, id: RoadId) -> &Road {
        &self.roads[id.index()]
    }

    /// The roads of these ids (`link_id` of the source).
    ///
    /// # Errors
    /// Gives back an id that no road has.
    pub fn roads_of<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<Vec<RoadId>, &'i str> {
        let mut wanted = ids.into_iter().peekable();
        if wanted.peek().is_none() {
            return Ok(Vec::new());
        }
        let all = self.roads.iter().map(|road| road.id.as_str());
        let road_of: HashMap<&str, RoadId> = all.zip((0..).map(RoadId)).collect();
        wanted
            .map(|id| road_of.get(id).copied().ok_or(id))
            .collect()
    }

    /// The junctions in the order in which they were added.
    pub fn junctions(&self) -> impl Iterator<Item = &Junction> {
        self.graph.node_weights()
    }

    /// One junction.
    pub fn junction(&self, node: NodeIndex) -> &Junction {
        &self.graph[node]
    }

    /// The line of a road from its first junction to its last.
    pub fn line(&self, road: &Road) -> Vec<LonLat> {
        let mut line = Vec::with_capacity(road.shape.len() + 2);
        line.push(self.graph[road.from].position);
        line.extend_from_slice(&road.shape);
        line.push(self.graph[road.to].position);
        line
    }

    /// The line of a road from one share of it to another, in the direction in which that leads.
    ///
    /// A share is 0 at the first junction and 1 at the last, as in
    /// [`Location`](super::snapping::Location).
    pub fn part_of_line(&self, road: &Road, from: f64, to: f64) -> Vec<LonLat> {
        let line = self.line(road);
        let plane = Plane::around(line[0]);
        let pieces: Vec<f64> = line
            .array_windows()
            .map(|[a, b]| {
                let [[ax, ay], [bx, by]] = [a, b].map(|end| plane.project(*end));
                libm::hypot(bx - ax, by - ay)
            })
            .collect();
        let whole: f64 = pieces.iter().sum();
        let [low, high] = [from.min(to), from.max(to)].map(|share| share * whole);
        let mut part = Vec::new();
        let mut before = 0.0;
        for ([a, b], length) in line.array_windows().zip(pieces) {
            let at = |metres: f64| {
                let share = ((metres - before) / length).clamp(0.0, 1.0);
                LonLat {
                    lon: a.lon + share * (b.lon - a.lon),
                    lat: a.lat + share * (b.lat - a.lat),
                }
            };
            let after = before + length;
            if length > 0.0 && after >= low && before <= high {
                part.push(at(low));
                part.push(at(high));
            }
            before = after;
        }
        part.dedup();
        if from > to {
            part.reverse();
        }
        part
    }

    /// The length of all roads, each counted once.
    pub fn total_length(&self) -> Metres {
        Metres(self.roads.iter().map(|road| road.length.0).sum())
    }

    /// The roads that are kept, the junctions at their ends, and the turns over them alone.
    pub fn part(&self, is_road_kept: &[bool]) -> Self {
        let mut is_kept = vec![false; self.graph.node_count()];
        for (road, _) in self
            .roads
            .iter()
            .zip(is_road_kept)
            .filter(|(_, kept)| **kept)
        {
            is_kept[road.from.index()] = true;
            is_kept[road.to.index()] = true;
        }
        let mut part = Self::default();
        let mut new_index = vec![NodeIndex::end(); self.graph.node_count()];
        for node in self.graph.node_indices() {
            if is_kept[node.index()] {
                new_index[node.index()] = part.add_junction(self.graph[node].clone());
            }
        }
        let mut new_road = vec![None; self.roads.len()];
        let roads = self.roads.iter().zip(is_road_kept);
        for ((road, is_kept), new_road) in roads.zip(&mut new_road) {
            if *is_kept {
                *new_road = Some(part.add_road(Road {
                    from: new_index[road.from.index()],
                    to: new_index[road.to.index()],
                    ..road.clone()
                }));
            }
        }
        for restriction in &self.restrictions {
            let path = restriction.path.iter().map(|direction| {
                Some(Direction {
                    road: new_road[direction.road.index()]?,
                    ..*direction
                })
            });
            // A turn over a road that is gone cannot be driven anyway.
            if let Some(path) = path.collect() {
                part.add_restriction(TurnRestriction {
                    id: restriction.id.clone(),
                    path,
                    binds_engines: restriction.binds_engines,
                });
            }
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Basis;
    use crate::geography::LonLat;
    use crate::roads::class::RoadClass;

    /// ```text
    /// a ---+-- corner --+-- b        a road of two pieces of 1 km, and the half in its middle
    /// ```
    #[test]
    fn a_part_of_a_road_keeps_its_corners_and_its_direction() {
        let at = |lon| LonLat { lon, lat: 0.0 };
        let mut roads = RoadGraph::default();
        let ends = [0.0, 2.0].map(|lon| {
            roads.add_junction(Junction::plain(String::new(), at(lon), Basis::Observed))
        });
        let mut road = Road::plain(String::new(), ends, RoadClass::Primary, Metres(1.0));
        road.shape = vec![at(1.0)];
        let middle = [0.5, 1.0, 1.5].map(at);
        assert_eq!(roads.part_of_line(&road, 0.25, 0.75), middle);
        let back: Vec<LonLat> = middle.into_iter().rev().collect();
        assert_eq!(roads.part_of_line(&road, 0.75, 0.25), back);
        assert_eq!(roads.part_of_line(&road, 0.0, 1.0), roads.line(&road));
        assert_eq!(roads.part_of_line(&road, 0.25, 0.25), [at(0.5)]);
    }
}
