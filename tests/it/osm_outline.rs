//! The outline of a county for which no boundary is given, on small maps drawn by hand in
//! `osm-outlines/`: the sketch stands in the file.

use brigade::geography::LonLat;
use brigade::roads::osm::outline::{NamedRelation, NotUsed, Outline, OutlineRule};
use brigade::roads::osm::settlements::Settlements;
use brigade::roads::osm::{network, reader};

use crate::small_county::project;

/// The outline of a map, and where its settlements are.
fn outline(name: &str) -> (Outline, Vec<LonLat>) {
    outline_of(&std::fs::read(project("tests/osm-outlines").join(name)).unwrap())
}

fn outline_of(map: &[u8]) -> (Outline, Vec<LonLat>) {
    let extract = reader::parse("map", map).unwrap();
    let roads = network::build(&extract, None).roads;
    let settlements = Settlements::of(&extract, None).all;
    let settlements: Vec<LonLat> = settlements
        .iter()
        .map(|settlement| settlement.position)
        .collect();
    let outline = Outline::find(&extract, &roads, &settlements).unwrap();
    for position in &settlements {
        assert!(outline.area.holds(*position), "{position}");
    }
    (outline, settlements)
}

fn relation(id: i64, name: &str, level: Option<&str>) -> NamedRelation {
    NamedRelation {
        id,
        name: Some(name.to_owned()),
        level: level.map(str::to_owned),
    }
}

fn whole(relation: NamedRelation) -> OutlineRule {
    OutlineRule::AdministrativeRelation {
        relation,
        is_cut: false,
    }
}

/// The only administrative area is not complete.
const INCOMPLETE: NotUsed = NotUsed::Relations {
    all: 1,
    incomplete: 1,
    small: 0,
};

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat { lon, lat }
}

#[test]
fn an_island_is_outlined_by_its_coast_whatever_the_order_of_its_pieces() {
    let (Outline { area, account }, settlements) = outline("coastline.osm");
    assert_eq!(account.rule, OutlineRule::Coastline);
    assert_eq!(settlements.len(), 2);
    assert_eq!(account.taken_in, 1, "the hamlet on the pier");
    assert!((account.road_share - 1.0).abs() < 1e-9);
    assert_eq!(account.not_used, [INCOMPLETE]);
    assert!(area.holds(at(0.08, 0.08)));
    assert!(!area.holds(at(0.03, 0.05)), "the lagoon");
    assert!(!area.holds(at(0.158, 0.083)), "the rock");
    // 0.001° are 111 m: the coast itself is moved by 20 m at most, and by its simplification.
    assert!(!area.holds(at(0.101, 0.05)) && area.holds(at(0.0999, 0.05)));
}

#[test]
fn the_smallest_complete_administrative_area_that_holds_the_roads_is_the_county() {
    let (Outline { area, account }, _) = outline("administrative.osm");
    assert_eq!(account.rule, whole(relation(70, "County", Some("6"))));
    assert!((account.road_share - 4.0 / 4.2).abs() < 1e-3, "{account:?}");
    assert!(area.holds(at(0.04, 0.045)) && !area.holds(at(0.06, 0.025)));
    assert!(!area.holds(at(0.02, 0.03)), "the enclave");
}

/// The same map without the county: the province holds all roads, and the edge that it has in
/// common with the county is no edge of it.
#[test]
fn a_larger_area_is_taken_when_there_is_no_smaller_one() {
    let map = std::fs::read_to_string(project("tests/osm-outlines/administrative.osm")).unwrap();
    let without = map
        .replace("v='6'", "v='6'/><tag k='type' v='site'")
        .replace(
            "<relation id='70'>",
            "<relation id='70'><tag k='type' v='site'/>",
        );
    let (Outline { area, account }, _) = outline_of(without.as_bytes());
    assert_eq!(account.rule, whole(relation(72, "Province", None)));
    assert!(area.holds(at(0.05, 0.025)) && area.holds(at(0.14, 0.025)));
    // A village 1.1 km east of the province: the county is not the province alone.
    let beyond = without.replace(
        "<way id='10'>",
        "<node id='80' lon='0.16' lat='0.02'><tag k='place' v='village'/><tag k='name' v='East'/></node>\
         <way id='10'>",
    );
    let (Outline { account, .. }, _) = outline_of(beyond.as_bytes());
    assert_eq!(account.rule, OutlineRule::AroundTheRoads);
    let reason = NotUsed::OutsideRelation {
        relation: relation(72, "Province", None),
        far: 1,
    };
    assert!(account.not_used.contains(&reason), "{account:?}");
}

#[test]
fn without_a_complete_outline_a_line_is_drawn_around_roads_and_settlements() {
    let (Outline { area, account }, settlements) = outline("incomplete-relation.osm");
    assert_eq!(account.rule, OutlineRule::AroundTheRoads);
    assert_eq!(settlements.len(), 2);
    assert!((account.road_share - 1.0).abs() < 1e-9);
    assert_eq!(account.not_used, [INCOMPLETE, NotUsed::NoCoastline]);
    assert!(!area.holds(at(0.03, 0.04)), "the valley between the roads");
    assert!(!area.holds(at(-0.005, 0.02)), "550 m west of all roads");
    for step in 0..=50 {
        let north = f64::from(step) / 1000.0;
        assert!(area.holds(at(0.0, north)) && area.holds(at(0.06, north)));
    }
}
