//! Where fire engines stand on the map.

use crate::geography::LonLat;
use crate::roads::osm::area::{Area, middle, middle_of_hull};
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::settlements::Settlements;
use crate::roads::osm::tags::is_gone;
use crate::roads::osm::{OsmExtract, Tags, english_name, names};

/// A fire station.
#[derive(Clone, Debug, PartialEq)]
pub struct FireStation {
    /// `n`, `w` or `r` and the number of its node, way or relation.
    pub id: String,
    /// Its name; where the map has none, made of the nearest settlement's.
    pub name: String,
    /// Its name in English, empty when not known.
    pub name_en: String,
    /// Its names in languages, by language.
    pub names: Vec<(String, String)>,
    /// Whether the map gives its name.
    pub is_named: bool,
    /// Where it is.
    pub position: LonLat,
    /// Whether its name or operator says that the crew is called from home or work.
    pub is_called: bool,
}

/// The fire stations of a county, and what was counted as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FireStations {
    /// Nodes first, then ways, then relations, each by number.
    pub stations: Vec<FireStation>,
    /// Objects of the map that are part of a station already counted.
    pub merged: u64,
    /// Stations of which no point is in the file.
    pub without_position: u64,
}

/// Whether these tags describe a fire station that is in use.
pub fn is_station(tags: &Tags) -> bool {
    let uses = tags.get("amenity").unwrap_or_default().split(';');
    uses.map(str::trim).any(|amenity| amenity == "fire_station") && !is_gone(tags)
}

/// Whether the crew of a station of these tags is called from home or work.
fn is_called(tags: &Tags) -> bool {
    const NAMES: [&str; 5] = [
        "name",
        "official_name",
        "short_name",
        "alt_name",
        "operator",
    ];
    let said = &ASSUMED.stations;
    let names = NAMES.iter().filter_map(|key| tags.get(key));
    names.map(str::to_lowercase).any(|name| {
        let mut words = name.split(|letter: char| !letter.is_alphanumeric());
        said.called.iter().any(|part| name.contains(part))
            || words.any(|word| said.called_for_short.iter().any(|short| short == word))
    })
}

impl FireStations {
    /// How many have a crew that is called.
    pub fn called(&self) -> usize {
        let stations = self.stations.iter();
        stations.filter(|station| station.is_called).count()
    }

    /// The stations inside `area`, or of the whole extract; those without a name are called after
    /// the nearest of `settlements`.
    pub fn of(extract: &OsmExtract, area: Option<&Area>, settlements: &Settlements) -> Self {
        let mut found = Self::default();
        let mut objects = Vec::new();
        let mut take = |id: String, position: Option<LonLat>, tags: &Tags| {
            let Some(position) = position else {
                found.without_position += 1;
                return;
            };
            if area.is_none_or(|area| area.holds(position)) {
                objects.push(FireStation {
                    id,
                    name: tags.get("name").unwrap_or_default().to_owned(),
                    name_en: english_name(tags),
                    names: names::in_languages(tags),
                    is_named: tags.get("name").is_some(),
                    position,
                    is_called: is_called(tags),
                });
            }
        };
        for node in &extract.nodes {
            if is_station(&node.tags) {
                take(format!("n{}", node.id), Some(node.position), &node.tags);
            }
        }
        for way in &extract.ways {
            if is_station(&way.tags) {
                let outline = extract.points_of(&[way.id]);
                take(format!("w{}", way.id), middle(&outline), &way.tags);
            }
        }
        for relation in &extract.relations {
            if is_station(&relation.tags) {
                let points = extract.points_of(&relation.outer_ways());
                let id = format!("r{}", relation.id);
                take(id, middle_of_hull(&points), &relation.tags);
            }
        }
        found.merge(objects);
        found.name_the_nameless(settlements);
        found
    }

    /// Keeps one object of each station: one with a name before one without, then the first.
    fn merge(&mut self, objects: Vec<FireStation>) {
        for object in objects {
            let same = self.stations.iter_mut().find(|station| {
                station.position.distance(object.position).0 <= ASSUMED.stations.merge.0
            });
            match same {
                None => self.stations.push(object),
                Some(station) => {
                    self.merged += 1;
                    // What one of them says of the crew holds for both.
                    let is_called = station.is_called || object.is_called;
                    if object.is_named && !station.is_named {
                        *station = object;
                    }
                    station.is_called = is_called;
                }
            }
        }
    }

    fn name_the_nameless(&mut self, settlements: &Settlements) {
        for station in self.stations.iter_mut().filter(|station| !station.is_named) {
            let Some(nearest) = settlements.nearest(station.position) else {
                station.name = format!("Fire station {}", station.id);
                station.name_en.clone_from(&station.name);
                continue;
            };
            let is_chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
            station.name = if nearest.name.contains(is_chinese) {
                format!("{}消防站", nearest.name)
            } else {
                format!("{} fire station", nearest.name)
            };
            if !nearest.name_en.is_empty() {
                station.name_en = format!("{} fire station", nearest.name_en);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::osm::{OsmMember, OsmNode, OsmRelation, OsmWay};

    const STATION: (&str, &str) = ("amenity", "fire_station");

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags::of(pairs)
    }

    fn node(id: i64, lon: f64, lat: f64, pairs: &[(&str, &str)]) -> OsmNode {
        OsmNode {
            id,
            position: LonLat { lon, lat },
            tags: tags(pairs),
        }
    }

    fn stations(extract: &OsmExtract) -> FireStations {
        FireStations::of(extract, None, &Settlements::of(extract, None))
    }

    /// ```text
    ///  3-----2
    ///  |  9  |     the building 1-2-3-4 is 0.0004° wide (41 m), the point 9 stands in its middle;
    ///  4-----1     the station 10 is 0.01° away (1 km)
    /// ```
    #[test]
    fn the_building_and_the_point_in_it_are_one_station_and_the_name_is_kept() {
        let extract = OsmExtract {
            nodes: vec![
                node(1, 115.0004, 23.0, &[]),
                node(2, 115.0004, 23.0004, &[]),
                node(3, 115.0, 23.0004, &[]),
                node(4, 115.0, 23.0, &[]),
                node(9, 115.0002, 23.0002, &[STATION]),
                node(10, 115.01, 23.0, &[STATION]),
            ],
            ways: vec![OsmWay {
                id: 7,
                refs: vec![1, 2, 3, 4, 1],
                tags: tags(&[STATION, ("name", "安流消防站")]),
            }],
            ..OsmExtract::default()
        };
        let found = stations(&extract);
        let ids: Vec<_> = found.stations.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["w7", "n10"]);
        assert_eq!(found.merged, 1);
        assert_eq!(found.stations[0].name, "安流消防站");
        let centre = LonLat {
            lon: 115.0002,
            lat: 23.0002,
        };
        assert!(found.stations[0].position.distance(centre).0 < 0.1);
    }

    #[test]
    fn a_station_of_several_outlines_stands_in_their_middle() {
        let extract = OsmExtract {
            nodes: vec![
                node(1, 115.0, 23.0, &[]),
                node(2, 115.002, 23.0, &[]),
                node(3, 115.002, 23.002, &[]),
                node(4, 115.0, 23.002, &[]),
            ],
            ways: vec![
                OsmWay {
                    id: 7,
                    refs: vec![1, 2, 3],
                    tags: Tags::default(),
                },
                OsmWay {
                    id: 8,
                    refs: vec![3, 4, 1],
                    tags: Tags::default(),
                },
            ],
            relations: vec![
                OsmRelation {
                    id: 5,
                    members: OsmMember::outer(&[7, 8]),
                    tags: tags(&[STATION]),
                },
                OsmRelation {
                    id: 6,
                    members: OsmMember::outer(&[99]),
                    tags: tags(&[STATION]),
                },
            ],
            ..OsmExtract::default()
        };
        let found = stations(&extract);
        let centre = LonLat {
            lon: 115.001,
            lat: 23.001,
        };
        assert_eq!(found.stations.len(), 1);
        assert_eq!(found.stations[0].name, "Fire station r5");
        assert!(found.stations[0].position.distance(centre).0 < 0.1);
        assert_eq!(found.without_position, 1);
    }

    #[test]
    fn a_nameless_station_is_called_after_the_nearest_settlement() {
        let extract = OsmExtract {
            nodes: vec![
                node(1, 115.0, 23.0, &[STATION]),
                node(2, 116.0, 23.0, &[STATION]),
                node(3, 115.01, 23.0, &[("place", "town"), ("name", "安流镇")]),
                node(4, 116.01, 23.0, &[("place", "town"), ("name", "Peel")]),
            ],
            ..OsmExtract::default()
        };
        let found = stations(&extract);
        assert_eq!(found.stations[0].name, "安流镇消防站");
        assert_eq!(found.stations[0].name_en, "");
        assert_eq!(found.stations[1].name, "Peel fire station");
        assert_eq!(found.stations[1].name_en, "Peel fire station");
    }

    #[test]
    fn a_name_or_an_operator_says_that_the_crew_is_called() {
        for (key, name, called) in [
            ("name", "Freiwillige Feuerwehr Triesen", true),
            ("name", "FF-Haus Gamprin", true),
            ("name", "Bombeiros Voluntários do Porto", true),
            ("operator", "安流镇志愿消防队", true),
            ("name", "五华县消防救援大队", false),
            ("name", "Feuerwache Offenburg", false),
            ("brand", "Volunteer", false),
        ] {
            assert_eq!(is_called(&tags(&[STATION, (key, name)])), called, "{name}");
        }
    }

    #[test]
    fn a_station_out_of_use_is_none() {
        assert!(is_station(&tags(&[STATION, ("disused", "no")])));
        let shared = ("amenity", "ambulance_station; fire_station");
        assert!(is_station(&tags(&[shared])));
        assert!(!is_station(&tags(&[STATION, ("disused", "yes")])));
        assert!(!is_station(&tags(&[STATION, ("abandoned", "yes")])));
        assert!(!is_station(&tags(&[("disused:amenity", "fire_station")])));
    }
}
