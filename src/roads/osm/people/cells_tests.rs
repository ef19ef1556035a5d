use super::*;
use crate::roads::osm::settlement_kinds::SettlementKind;

const CENTRE: LonLat = LonLat {
    lon: 115.0,
    lat: 24.0,
};

fn place(id: &str, name: &str, kind: SettlementKind) -> Settlement {
    Settlement {
        id: id.to_owned(),
        name: name.to_owned(),
        name_en: String::new(),
        names: vec![("zh".to_owned(), format!("{name}村"))],
        kind,
        position: CENTRE,
        population: None,
        outline: Vec::new(),
        is_inside: true,
    }
}

/// A home so many metres east of the centre.
fn home(east: f64, weight: u64) -> Home {
    Home {
        position: Plane::around(CENTRE).unproject([east, 0.0]),
        weight,
    }
}

struct Village {
    settlement: Settlement,
    parts: Vec<Settlement>,
    homes: Vec<Home>,
    of: Vec<Option<usize>>,
    counted: Vec<(usize, u64)>,
}

impl Village {
    fn with(homes: &[Home]) -> Self {
        Self {
            settlement: place("n1", "V", SettlementKind::Village),
            parts: vec![place("n2", "Q", SettlementKind::Quarter)],
            of: vec![None; homes.len()],
            homes: homes.to_vec(),
            counted: Vec::new(),
        }
    }

    fn cut(&self, residents: u64, source: TotalSource, county: Option<&Area>) -> Cut {
        let counted_of: Vec<_> = match self.counted.is_empty() {
            true => vec![None; self.of.len()],
            false => self.of.clone(),
        };
        let people = People {
            settlement: &self.settlement,
            index: 0,
            total: Total { residents, source },
            homes: &self.homes,
            name_of: &self.of,
            counted_of: &counted_of,
            parts: &self.parts,
            counted: &self.counted,
        };
        people.points(county, Metres(250.0))
    }
}

fn told(cut: &Cut) -> Vec<(&str, &str, u64)> {
    let points = cut.points.iter();
    points
        .map(|point| (point.id.as_str(), point.name.as_str(), point.residents))
        .collect()
}

/// ```text
///        -300 m          0    100          300 m
/// cell -1: 100 m²     cell 0: 200 + 100    cell 1: 200 m²
/// ```
/// 100 people by weights 1, 3, 2 of 6: 16⅔, 50, 33⅓; the one left over goes to the largest remainder, the first.
#[test]
fn people_are_shared_by_floor_and_none_is_lost() {
    let village = Village::with(&[
        home(-300.0, 100),
        home(0.0, 200),
        home(100.0, 100),
        home(300.0, 200),
    ]);
    let cut = village.cut(100, TotalSource::Map, None);
    assert_eq!(
        told(&cut),
        [
            ("n1-0e0n", "V 1", 50),
            ("n1-1w0n", "V 2", 17),
            ("n1-1e0n", "V 3", 33)
        ]
    );
    assert!(cut.points.iter().all(|p| p.basis == Basis::Estimated));
    assert_eq!(cut.points[1].names, [("zh".to_owned(), "V村 2".to_owned())]);
    // The middle of the first cell is at 33 m; people stand at the home nearest to it.
    assert_eq!(cut.points[0].position, CENTRE);
}

#[test]
fn a_single_point_has_the_name_and_number_of_its_settlement() {
    let village = Village::with(&[home(0.0, 1)]);
    let cut = village.cut(70, TotalSource::Map, None);
    assert_eq!(told(&cut), [("n1", "V", 70)]);
    assert_eq!(cut.points[0].basis, Basis::Observed);
    let cut = village.cut(70, TotalSource::Kind, None);
    assert_eq!(cut.points[0].basis, Basis::Assumed);
    assert_eq!(told(&village.cut(0, TotalSource::Map, None)), []);
}

/// The quarter has 30 of the 100, though as much floor as the rest: its two cells bear its name.
#[test]
fn a_part_has_its_own_number_of_people_and_gives_its_name() {
    let mut village = Village::with(&[home(0.0, 200), home(300.0, 100), home(600.0, 100)]);
    village.of = vec![None, Some(0), Some(0)];
    let by_floor = village.cut(100, TotalSource::Map, None);
    assert_eq!(
        told(&by_floor),
        [
            ("n1-0e0n", "V", 50),
            ("n1-1e0n", "Q 1", 25),
            ("n1-2e0n", "Q 2", 25)
        ]
    );
    village.counted = vec![(0, 30)];
    let of_its_own: Vec<u64> = told(&village.cut(100, TotalSource::Map, None))
        .iter()
        .map(|(_, _, residents)| *residents)
        .collect();
    assert_eq!(of_its_own, [70, 15, 15]);
    // A newer number of the part than of the whole: the whole is kept, and lives there.
    village.counted = vec![(0, 130)];
    let all: Vec<_> = told(&village.cut(100, TotalSource::Map, None))
        .iter()
        .map(|(id, _, residents)| (id.to_string(), *residents))
        .collect();
    assert_eq!(
        all,
        [("n1-1e0n".to_owned(), 50), ("n1-2e0n".to_owned(), 50)]
    );
}

/// The boundary runs 50 m east of the centre, through a cell: 150 of 400 people live beyond.
#[test]
fn who_lives_outside_the_boundary_is_counted_and_not_of_the_county() {
    let village = Village::with(&[home(0.0, 250), home(100.0, 100), home(300.0, 50)]);
    let plane = Plane::around(CENTRE);
    let corner = |east, north| plane.unproject([east, north]);
    let county = Area::around([
        corner(-900.0, -900.0),
        corner(50.0, -900.0),
        corner(50.0, 900.0),
        corner(-900.0, 900.0),
    ]);
    let cut = village.cut(400, TotalSource::Map, county.as_ref());
    assert_eq!(told(&cut), [("n1-0e0n", "V", 250)]);
    assert_eq!(cut.outside, 150);
}
