//! Rivers, canals and lakes of the map: what nobody crosses on the way from a location to its road.
//!
//! Taken are `waterway=river|canal` above ground, and the areas of `natural=water` and
//! `waterway=riverbank`, drawn as one way or as a relation. Streams and ditches are not: crews step
//! over them. Roads are not asked: a bridge is a road, and no barrier cuts it.

use geo::LineString;
use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, Position};

use crate::geography::LonLat;
use crate::roads::access_barriers::AccessBarriers;
use crate::roads::osm::area::Area;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::rings::{self, Assembly};
use crate::roads::osm::{ATTRIBUTION, OsmExtract, OsmRelation, OsmWay, Tags};
use crate::units::Metres;

/// Whether these tags are those of a river or canal.
pub(super) fn is_river(tags: &Tags) -> bool {
    matches!(tags.get("waterway"), Some("river" | "canal"))
}

/// Whether these tags are those of an area of water.
pub(super) fn is_water(tags: &Tags) -> bool {
    tags.is("natural", "water") || tags.is("waterway", "riverbank")
}

/// The barriers of an extract, and what was left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waters {
    /// What nobody crosses.
    pub barriers: AccessBarriers,
    /// What was kept and dropped.
    pub counts: WaterCounts,
}

/// What was kept and dropped of the water of an extract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct WaterCounts {
    /// Stretches of rivers and canals kept.
    pub rivers: usize,
    /// Areas of water kept.
    pub areas: usize,
    /// Rivers and canals in tunnels and culverts, left out.
    pub underground: u64,
    /// Ponds that one walks around, left out.
    pub small: u64,
    /// Areas of which a part is not in the file, left out.
    pub incomplete: u64,
    /// Rivers and areas outside the county and its buffer, left out.
    pub outside: u64,
}

impl Waters {
    /// The water within `buffer` of `area`: the stretches of rivers that have a point there, and
    /// whole areas that have one.
    pub fn of(extract: &OsmExtract, area: &Area, buffer: Metres) -> Self {
        let mut waters = Self::default();
        let is_near = |position: LonLat| area.is_within(position, buffer);
        for way in &extract.ways {
            if is_water(&way.tags) && way.refs.first() == way.refs.last() {
                match positions(extract, way) {
                    Some(ring) if ring.len() >= 4 => waters.take_area(vec![ring], &is_near),
                    _ => waters.counts.incomplete += 1,
                }
            } else if is_river(&way.tags) {
                waters.take_river(extract, way, &is_near);
            }
        }
        for relation in &extract.relations {
            if is_water_area(relation) {
                match areas(extract, relation) {
                    Some(areas) => {
                        for area in areas {
                            waters.take_area(area, &is_near);
                        }
                    }
                    None => waters.counts.incomplete += 1,
                }
            }
        }
        waters.counts.rivers = waters.barriers.lines.len();
        waters.counts.areas = waters.barriers.areas.len();
        waters
    }

    fn take_river(&mut self, extract: &OsmExtract, way: &OsmWay, is_near: &dyn Fn(LonLat) -> bool) {
        if way.tags.get("tunnel").is_some_and(|value| value != "no") {
            self.counts.underground += 1;
            return;
        }
        let points: Vec<Option<LonLat>> = way
            .refs
            .iter()
            .map(|id| extract.node(*id).map(|node| node.position))
            .collect();
        let mut is_kept = false;
        // Stretches of which every point is in the file, and of these the parts that come near.
        for stretch in points.split(Option::is_none) {
            let stretch: Vec<LonLat> = stretch.iter().copied().flatten().collect();
            let near: Vec<bool> = stretch.iter().map(|position| is_near(*position)).collect();
            let mut part = Vec::new();
            for (index, ends) in stretch.array_windows::<2>().enumerate() {
                if near[index] || near[index + 1] {
                    if part.is_empty() {
                        part.push(ends[0]);
                    }
                    part.push(ends[1]);
                } else if !part.is_empty() {
                    self.barriers.lines.push(std::mem::take(&mut part));
                    is_kept = true;
                }
            }
            if !part.is_empty() {
                self.barriers.lines.push(part);
                is_kept = true;
            }
        }
        self.counts.outside += u64::from(!is_kept);
    }

    fn take_area(&mut self, rings: Vec<Vec<LonLat>>, is_near: &dyn Fn(LonLat) -> bool) {
        if !rings.iter().flatten().any(|corner| is_near(*corner)) {
            self.counts.outside += 1;
        } else if is_small(&rings) {
            self.counts.small += 1;
        } else {
            self.barriers.areas.push(rings);
        }
    }

    /// The table `barriers.geojson`.
    pub fn geojson(&self) -> String {
        let position = |at: &LonLat| Position::from([at.lon, at.lat]);
        let line = |line: &Vec<LonLat>| line.iter().map(position).collect::<Vec<_>>();
        let lines = self
            .barriers
            .lines
            .iter()
            .map(|points| GeometryValue::LineString {
                coordinates: line(points),
            });
        let areas = self
            .barriers
            .areas
            .iter()
            .map(|rings| GeometryValue::Polygon {
                coordinates: rings.iter().map(line).collect(),
            });
        let features = lines.chain(areas).map(|value| {
            let mut feature = Feature {
                geometry: Some(Geometry::new(value)),
                ..Feature::default()
            };
            feature.set_property("basis", "observed");
            feature.set_property("note", ATTRIBUTION);
            feature
        });
        let collection = FeatureCollection {
            bbox: None,
            features: features.collect(),
            foreign_members: None,
        };
        GeoJson::from(collection).to_string() + "\n"
    }
}

/// Whether a relation is an area of water.
pub(super) fn is_water_area(relation: &OsmRelation) -> bool {
    is_water(&relation.tags) && relation.tags.is("type", "multipolygon")
}

/// The areas of a relation; `None` when a part is not in the file.
fn areas(extract: &OsmExtract, relation: &OsmRelation) -> Option<Vec<Vec<Vec<LonLat>>>> {
    let assembly = Assembly::of(extract, &relation.edge_ways());
    if assembly.open > 0 || assembly.missing > 0 {
        return None;
    }
    let lines = assembly.rings.iter().map(|ring| {
        let corners = ring.nodes.iter().map(|node| extract.nodes[*node].position);
        corners.map(|corner| (corner.lon, corner.lat)).collect()
    });
    // The map's own digits, 1 cm, which the sorting of the rings may have shifted.
    let digits = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let ring = |line: &LineString<f64>| -> Vec<LonLat> {
        let corners = line.coords().map(|corner| LonLat {
            lon: digits(corner.x),
            lat: digits(corner.y),
        });
        corners.collect()
    };
    let areas = rings::inside(lines);
    let areas = areas.iter().map(|area| {
        let rings = std::iter::once(area.exterior()).chain(area.interiors());
        rings.map(ring).collect()
    });
    Some(areas.collect())
}

/// The points of a way, if all are in the file.
fn positions(extract: &OsmExtract, way: &OsmWay) -> Option<Vec<LonLat>> {
    let points = way.refs.iter();
    points.map(|id| Some(extract.node(*id)?.position)).collect()
}

/// Whether the box around an area is so small that one walks around it.
fn is_small(rings: &[Vec<LonLat>]) -> bool {
    let mut corners = rings.iter().flatten();
    let Some(first) = corners.next() else {
        return true;
    };
    let (mut low, mut high) = (*first, *first);
    for corner in corners {
        low.lon = low.lon.min(corner.lon);
        low.lat = low.lat.min(corner.lat);
        high.lon = high.lon.max(corner.lon);
        high.lat = high.lat.max(corner.lat);
    }
    low.distance(high) < ASSUMED.waters.walked_around
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Source;
    use crate::roads::osm::reader;

    /// A hand-drawn map on a lattice of 0.01° (1.1 km), the county being the square from node 0 to
    /// node 3:
    ///
    /// ```text
    ///  3---2
    ///  |   |   +----- river 10 flows over 0, 2 and on to 4, 5 far outside
    ///  0---1
    /// ```
    #[test]
    fn rivers_and_lakes_near_the_county_are_barriers_and_the_rest_is_counted() {
        let map = "<osm>\
            <node id='1' lon='0' lat='0'/><node id='2' lon='0.01' lat='0.01'/>\
            <node id='3' lon='0.3' lat='0.3'/><node id='4' lon='0.4' lat='0.4'/>\
            <node id='5' lon='0.02' lat='0'/><node id='6' lon='0.02' lat='0.02'/>\
            <node id='7' lon='0' lat='0.02'/><node id='8' lon='0.0001' lat='0.0001'/>\
            <node id='9' lon='0.0001' lat='0'/>\
            <way id='10'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='4'/><tag k='waterway' v='river'/></way>\
            <way id='11'><nd ref='1'/><nd ref='2'/><tag k='waterway' v='canal'/><tag k='tunnel' v='culvert'/></way>\
            <way id='12'><nd ref='1'/><nd ref='2'/><tag k='waterway' v='stream'/></way>\
            <way id='13'><nd ref='3'/><nd ref='4'/><tag k='waterway' v='river'/></way>\
            <way id='14'><nd ref='1'/><nd ref='9'/><nd ref='8'/><nd ref='1'/><tag k='natural' v='water'/></way>\
            <way id='15'><nd ref='1'/><nd ref='5'/><nd ref='6'/></way>\
            <way id='16'><nd ref='1'/><nd ref='7'/><nd ref='6'/></way>\
            <relation id='20'><member type='way' ref='16' role='outer'/>\
            <member type='way' ref='15' role='outer'/>\
            <tag k='type' v='multipolygon'/><tag k='natural' v='water'/></relation>\
            <relation id='21'><member type='way' ref='16' role='outer'/>\
            <member type='way' ref='99' role='outer'/>\
            <tag k='type' v='multipolygon'/><tag k='natural' v='water'/></relation></osm>";
        let extract = reader::parse("map", map.as_bytes()).unwrap();
        let corner = |lon, lat| LonLat { lon, lat };
        let county = Area::around([
            corner(-0.01, -0.01),
            corner(0.05, -0.01),
            corner(0.05, 0.05),
            corner(-0.01, 0.05),
        ]);
        let waters = Waters::of(&extract, &county.unwrap(), Metres(1000.0));
        assert_eq!(
            waters.counts,
            WaterCounts {
                rivers: 1,
                areas: 1,
                underground: 1,
                small: 1,
                incomplete: 1,
                outside: 1,
            }
        );
        // The river ends at its first point that is far away.
        assert_eq!(waters.barriers.lines[0].len(), 3);
        assert_eq!(waters.barriers.areas[0][0].len(), 5);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("barriers.geojson");
        std::fs::write(&path, waters.geojson()).unwrap();
        let again = AccessBarriers::read(&Source::Disk(path)).unwrap();
        assert_eq!(again, waters.barriers);
    }
}
