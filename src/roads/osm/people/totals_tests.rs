use super::*;

/// A village with so many homes of 100 m² of floor.
fn village(population: Option<u64>, homes: usize) -> Facts {
    Facts {
        kind: SettlementKind::Village,
        population,
        homes,
        floor: homes as u64 * 1000,
        streets: 0,
    }
}

fn found(totals: &Totals) -> Vec<(u64, TotalSource)> {
    let totals = totals.of.iter();
    totals
        .map(|total| (total.residents, total.source))
        .collect()
}

/// Three villages say 100 + 200 + 300 = 600 residents in 60 + 100 + 140 = 300 homes, 30,000 m²: 50 m² a resident. A
/// fourth of 40 homes has 4,000 m², so 80; a fifth with 9 homes is not drawn yet, and has the 800 of its kind.
#[test]
fn floors_count_people_as_the_known_settlements_of_the_map_have_them() {
    let facts = [
        village(Some(100), 60),
        village(Some(200), 100),
        village(Some(300), 140),
        village(None, 40),
        village(None, 9),
    ];
    let totals = totals(&facts, &[], Some("CN"));
    assert_eq!(totals.rate.m2_a_resident, 50.0);
    assert_eq!(totals.rate.source, FloorSource::Settlements(3));
    use TotalSource::{Floor, Kind, Map};
    assert_eq!(
        found(&totals),
        [(100, Map), (200, Map), (300, Map), (80, Floor), (800, Kind)]
    );
}

/// With two known villages a person has what is assumed of the country: in Romania 15 m² of dwelling, 30 m² as drawn,
/// so that 40 homes of 100 m² have 133; and where the country is not known 70 m², so 57.
#[test]
fn with_too_few_known_settlements_floors_are_those_of_the_country() {
    let facts = [
        village(Some(100), 60),
        village(Some(200), 100),
        village(None, 40),
    ];
    let in_romania = totals(&facts, &[], Some("RO"));
    assert_eq!(in_romania.of[2].residents, 133);
    assert_eq!(
        in_romania.rate.source,
        FloorSource::Country("RO".to_owned())
    );
    let elsewhere = totals(&facts, &[], Some("XX"));
    assert_eq!(elsewhere.of[2].residents, 57);
    assert_eq!(elsewhere.rate.source, FloorSource::Elsewhere);
}

/// 100 people on 10 homes of 100 m² would have 10 m² each, and 10 homes on 2 km are 5 on each: most homes are missing
/// there, and its floor counts for nothing.
#[test]
fn homes_too_few_for_the_people_or_the_streets_say_nothing() {
    assert!(!village(Some(100), 10).is_drawn());
    assert!(village(Some(30), 10).is_drawn());
    let along = |km: u64| Facts {
        streets: km * 10_000,
        ..village(None, 10)
    };
    assert!(!along(2).is_drawn() && !along(1).is_drawn());
    assert!(village(None, 10).is_drawn());
}

/// Three villages have 600 people on 6 km, 100 on each: a fourth of 3 km with hardly a home has 300.
#[test]
fn where_homes_are_not_drawn_streets_count_people() {
    let along = |population, homes, km: u64| Facts {
        streets: km * 10_000,
        ..village(population, homes)
    };
    let facts = [
        along(Some(100), 60, 1),
        along(Some(200), 100, 2),
        along(Some(300), 140, 3),
        along(None, 10, 3),
    ];
    let totals = totals(&facts, &[], None);
    assert_eq!(found(&totals)[3], (300, TotalSource::Streets));
}

fn municipality(population: u64, members: &[usize], speaker: Option<usize>) -> Division {
    Division {
        population,
        members: members.to_vec(),
        speaker,
        is_small: true,
    }
}

/// The municipality of the first village has its 400; 150 of them live in the second by its own number; the other
/// 250 are shared by 120 and 80 homes: 150 and 100. A farm outside is 4.
#[test]
fn what_stands_at_a_village_for_its_municipality_is_not_counted_twice() {
    let facts = [
        village(Some(400), 120),
        village(Some(150), 30),
        village(None, 80),
        Facts {
            kind: SettlementKind::Farm,
            ..village(None, 9)
        },
    ];
    let totals = totals(&facts, &[municipality(400, &[0, 1, 2], Some(0))], None);
    use TotalSource::{Area, Kind, Map};
    assert_eq!(
        found(&totals),
        [(150, Area), (150, Map), (100, Area), (4, Kind)]
    );
    assert_eq!(totals.areas_shared, 1);
}

#[test]
fn a_village_alone_in_its_municipality_has_its_number_as_observed() {
    let facts = [village(Some(400), 60)];
    let totals = totals(&facts, &[municipality(400, &[0], Some(0))], None);
    assert_eq!(found(&totals), [(400, TotalSource::Map)]);
    assert_eq!(totals.areas_shared, 0);
}

/// An old number of an area, below those of its settlements: each keeps its own.
#[test]
fn an_area_with_less_than_its_settlements_takes_nothing_from_them() {
    let facts = [
        village(Some(400), 60),
        village(Some(500), 80),
        village(None, 9),
    ];
    let totals = totals(&facts, &[municipality(400, &[0, 1, 2], Some(0))], None);
    let residents = found(&totals);
    assert_eq!(residents[0], (400, TotalSource::Map));
    assert_eq!(residents[2], (800, TotalSource::Kind));
    assert_eq!(totals.areas_below_their_settlements, 1);
}

/// The boundary of a country, whole in the file of a county, has millions; that of the county has what
/// is left to its villages.
#[test]
fn the_population_of_a_country_is_not_that_of_a_part_of_it() {
    let facts = [village(Some(400), 60), village(None, 60)];
    let area = |population| Division {
        is_small: false,
        ..municipality(population, &[0, 1], None)
    };
    let of_country = totals(&facts, &[area(60_000_000)], None);
    assert_eq!(of_country.of[1].source, TotalSource::Floor);
    assert_eq!(of_country.areas_too_large, 1);
    let of_county = totals(&facts, &[area(500)], None);
    assert_eq!(found(&of_county)[1], (100, TotalSource::Area));
}

/// A ward with 50 people around the centre of a town, which speaks for its municipality: the town has it all.
#[test]
fn the_number_of_a_ward_is_a_part_of_that_of_its_town() {
    let facts = [village(Some(400), 60)];
    let wards = [
        municipality(50, &[0], None),
        municipality(400, &[0], Some(0)),
    ];
    assert_eq!(
        found(&totals(&facts, &wards, None)),
        [(400, TotalSource::Map)]
    );
}
