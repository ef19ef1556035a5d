use super::*;
use crate::roads::osm::{OsmMember, OsmNode, OsmRelation, OsmWay};

fn mapped(id: i64, lon: f64, pairs: &[(&str, &str)]) -> OsmNode {
    OsmNode {
        id,
        position: LonLat { lon, lat: 24.0 },
        tags: Tags::of(pairs),
    }
}

fn settlements(nodes: Vec<OsmNode>) -> Settlements {
    let extract = OsmExtract {
        nodes,
        ..OsmExtract::default()
    };
    Settlements::of(&extract, None)
}

/// ```text
/// longitude 115.0      115.1          115.3      115.4
///           安流 town    福江 village     (unnamed)  梅林 town
///           12 345     800 assumed               5000 assumed
/// ```
#[test]
fn a_village_belongs_to_the_nearest_town() {
    let settlements = settlements(vec![
        mapped(
            1,
            115.0,
            &[
                ("place", "town"),
                ("name", "安流镇"),
                ("name:en", "Anliu"),
                ("population", "12 345"),
            ],
        ),
        mapped(2, 115.1, &[("place", "village"), ("name", "福江")]),
        mapped(3, 115.3, &[("place", "hamlet")]),
        mapped(4, 115.4, &[("place", "town"), ("name", "梅林镇")]),
        mapped(5, 115.4, &[("place", "locality"), ("name", "坳背")]),
    ]);
    assert_eq!(settlements.all.len(), 3);
    assert_eq!(settlements.unnamed, 1);
    assert_eq!(settlements.towns, [0, 2]);
    assert_eq!(settlements.town_of, [0, 0, 2]);
    assert_eq!(settlements.all[0].name_en, "Anliu");
    let populations: Vec<_> = settlements.all.iter().map(|one| one.population).collect();
    assert_eq!(populations, [Some(12_345), None, None]);
}

#[test]
fn without_a_town_the_largest_villages_stand_for_towns() {
    let mut nodes: Vec<_> = (1..=6)
        .map(|id| {
            let residents = (id * 100).to_string();
            let tags = [
                ("place", "village"),
                ("name", "v"),
                ("population", residents.as_str()),
            ];
            mapped(id, 115.0 + id as f64, &tags)
        })
        .collect();
    nodes.push(mapped(9, 115.0, &[("place", "hamlet"), ("name", "h")]));
    // Village 1 with 100 residents is the sixth and smallest.
    assert_eq!(settlements(nodes).towns, [1, 2, 3, 4, 5]);
    let hamlet = vec![mapped(9, 115.0, &[("place", "hamlet"), ("name", "h")])];
    assert_eq!(settlements(hamlet).towns, [0]);
    assert!(settlements(Vec::new()).towns.is_empty());
}

#[test]
fn a_population_that_cannot_be_right_is_told_and_not_believed() {
    let tagged = |id, kind, population| {
        let tags = [("place", kind), ("name", "x"), ("population", population)];
        mapped(id, 115.0, &tags)
    };
    let settlements = settlements(vec![
        tagged(1, "town", "many"),
        tagged(2, "village", "0"),
        tagged(3, "hamlet", "0"),
        tagged(4, "hamlet", "3000000"),
    ]);
    let told = settlements.not_believed.iter();
    let told: Vec<_> = told.map(|not| (not.kind, &not.population[..])).collect();
    use SettlementKind::{Hamlet, Town, Village};
    assert_eq!(told, [(Town, "many"), (Village, "0"), (Hamlet, "3000000")]);
    assert_eq!(settlements.all[2].population, Some(0));
}

/// Suburbs are parts of a settlement; where there is none, the largest of them are settlements.
#[test]
fn parts_stand_for_settlements_where_there_are_no_others() {
    let place = |id, kind| mapped(id, 115.0, &[("place", kind), ("name", "x")]);
    let district = settlements(vec![place(1, "suburb"), place(2, "quarter")]);
    assert_eq!((district.all.len(), district.parts.len()), (1, 1));
    assert!(district.parts_stand_in);
    assert_eq!(district.towns, [0]);
    let city = settlements(vec![place(1, "suburb"), place(2, "city")]);
    assert_eq!((city.all.len(), city.parts.len()), (1, 1));
    assert!(!city.parts_stand_in);
}

/// ```text
/// 24.02  +-------+  +-------+
///        |   P   |  |       |      P is the town's point in its outline 20, which gives the
/// 24.00  +-------+  +-------+      residents; outline 21 is a village without a point
///     115.00  115.02  115.10  115.12
/// ```
#[test]
fn a_settlement_mapped_by_its_outline_counts_once() {
    let corner = |id, lon, north: f64| {
        let mut node = mapped(id, lon, &[]);
        node.position.lat += north;
        node
    };
    let tags = |pairs: &[(&str, &str)]| mapped(0, 0.0, pairs).tags;
    let mut town = mapped(9, 115.01, &[("place", "town"), ("name", "安流镇")]);
    town.position.lat = 24.01;
    let extract = OsmExtract {
        nodes: vec![
            corner(1, 115.0, 0.0),
            corner(2, 115.02, 0.0),
            corner(3, 115.02, 0.02),
            corner(4, 115.0, 0.02),
            corner(5, 115.1, 0.0),
            corner(6, 115.12, 0.0),
            corner(7, 115.12, 0.02),
            corner(8, 115.1, 0.02),
            town,
        ],
        ways: vec![
            OsmWay {
                id: 20,
                refs: vec![1, 2, 3, 4, 1],
                tags: Tags::default(),
            },
            OsmWay {
                id: 21,
                refs: vec![5, 6, 7, 8, 5],
                tags: tags(&[("place", "village"), ("name", "福江")]),
            },
        ],
        relations: vec![OsmRelation {
            id: 30,
            members: OsmMember::outer(&[20]),
            tags: tags(&[
                ("place", "town"),
                ("name", "安流镇"),
                ("population", "9000"),
            ]),
        }],
        ..OsmExtract::default()
    };
    let settlements = Settlements::of(&extract, None);
    let found: Vec<_> = settlements
        .all
        .iter()
        .map(|found| (found.id.as_str(), found.population, &found.outline[..]))
        .collect();
    assert_eq!(
        found,
        [("n9", Some(9_000), &[20][..]), ("w21", None, &[21])]
    );
    assert!((settlements.all[1].position.lon - 115.11).abs() < 1e-9);
}
