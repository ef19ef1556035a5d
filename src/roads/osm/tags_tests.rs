use super::*;
use Passage::{AgainstOneWay, Closed, Emergency, Open};

fn of(pairs: &[(&str, &str)]) -> Result<RoadTags, Unusable> {
    road(&Tags::of(pairs), &mut NotUnderstood::default())
}

fn unusable(pairs: &[(&str, &str)]) -> Option<Unusable> {
    of(pairs).err()
}

fn passage(pairs: &[(&str, &str)]) -> [Passage; 2] {
    let BothWays {
        forwards,
        backwards,
    } = of(pairs).unwrap().passage;
    [forwards, backwards]
}

#[test]
fn every_class_of_road_is_driven_and_ways_on_foot_are_not() {
    for class in RoadClass::ALL {
        assert_eq!(of(&[("highway", class.word())]).unwrap().class, class);
    }
    for kind in ["footway", "cycleway", "path", "steps", "bus_guideway"] {
        assert_eq!(unusable(&[("highway", kind)]), Some(Unusable::Kind));
    }
    assert_eq!(
        unusable(&[("highway", "construction")]),
        Some(Unusable::NotThere)
    );
    for gone in ["disused", "abandoned", "razed", "demolished", "removed"] {
        let of = |value| unusable(&[("highway", "primary"), (gone, value)]);
        assert_eq!([of("yes"), of("no")], [Some(Unusable::NotThere), None]);
    }
    assert_eq!(unusable(&[]), Some(Unusable::Kind));
}

#[test]
fn an_unknown_kind_of_way_is_counted() {
    let mut odd = NotUnderstood::default();
    assert!(road(&Tags::of(&[("highway", "hyperloop")]), &mut odd).is_err());
    assert_eq!(odd.of("highway", "hyperloop"), 1);
}

#[test]
fn ways_on_foot_are_roads_for_engines_where_they_are_let_in() {
    for pairs in [
        &[("highway", "path"), ("emergency", "yes")][..],
        &[
            ("highway", "footway"),
            ("emergency", "designated"),
            ("motor_vehicle", "no"),
        ],
        &[("highway", "cycleway"), ("motor_vehicle", "yes")],
        &[("highway", "pedestrian")],
        &[("highway", "pedestrian"), ("motor_vehicle", "no")],
        &[("highway", "busway"), ("access", "no"), ("bus", "yes")],
    ] {
        let road = of(pairs).unwrap();
        assert_eq!(road.class, RoadClass::Service, "{pairs:?}");
        assert_eq!(road.passage, BothWays::same(Emergency), "{pairs:?}");
    }
    let closed = [("highway", "pedestrian"), ("emergency", "no")];
    assert_eq!(unusable(&closed), Some(Unusable::ClosedToEngines));
}

#[test]
fn a_track_is_driven_unless_it_is_soft() {
    let track = ("highway", "track");
    assert_eq!(unusable(&[track]), None);
    let earth = of(&[track, ("tracktype", "grade4")]).unwrap();
    assert_eq!(earth.surface, Some(Surface::Earth));
    assert_eq!(
        unusable(&[track, ("tracktype", "grade5")]),
        Some(Unusable::Soft)
    );
    assert_eq!(
        unusable(&[track, ("surface", "sand")]),
        Some(Unusable::Soft)
    );
    let street = of(&[("highway", "residential"), ("surface", "sand")]).unwrap();
    assert_eq!(street.surface, Some(Surface::Soft));
}

#[test]
fn a_square_is_not_a_road() {
    let square = [("highway", "service"), ("area", "yes")];
    assert_eq!(unusable(&square), Some(Unusable::Area));
}

#[test]
fn private_roads_are_open_to_engines_and_closed_ones_only_where_they_say_so() {
    let road = ("highway", "service");
    for word in ["private", "permit", "agricultural", "forestry", "whatever"] {
        assert_eq!(passage(&[road, ("access", word)]), [Emergency; 2], "{word}");
    }
    for word in ["yes", "permissive", "destination", "customers", "delivery"] {
        assert_eq!(passage(&[road, ("access", word)]), [Open; 2], "{word}");
    }
    let closed = ("access", "no");
    assert_eq!(unusable(&[road, closed]), Some(Unusable::Closed));
    assert_eq!(
        passage(&[road, closed, ("emergency", "yes")]),
        [Emergency; 2]
    );
    assert_eq!(
        passage(&[road, closed, ("motor_vehicle", "yes")]),
        [Open; 2]
    );
    assert_eq!(passage(&[road, closed, ("psv", "yes")]), [Emergency; 2]);
    assert_eq!(
        unusable(&[road, ("motor_vehicle", "no"), ("access", "yes")]),
        Some(Unusable::Closed)
    );
    assert_eq!(passage(&[road, ("motorcar", "no")]), [Emergency; 2]);
    assert_eq!(
        unusable(&[road, ("access", "military")]),
        Some(Unusable::Military)
    );
    assert_eq!(
        unusable(&[road, ("emergency", "no")]),
        Some(Unusable::ClosedToEngines)
    );
}

#[test]
fn one_direction_may_be_closed_or_private() {
    let street = ("highway", "residential");
    assert_eq!(
        passage(&[street, ("motor_vehicle:backward", "no")]),
        [Open, AgainstOneWay]
    );
    assert_eq!(
        passage(&[street, ("vehicle:forward", "private")]),
        [Emergency, Open]
    );
    assert_eq!(
        unusable(&[street, ("oneway", "yes"), ("vehicle:forward", "no")]),
        Some(Unusable::Closed)
    );
}

#[test]
fn one_way_streets_are_known_in_all_their_spellings() {
    let street = ("highway", "residential");
    for word in ["yes", "true", "1"] {
        assert_eq!(passage(&[street, ("oneway", word)]), [Open, AgainstOneWay]);
    }
    for word in ["-1", "reverse"] {
        assert_eq!(passage(&[street, ("oneway", word)]), [AgainstOneWay, Open]);
    }
    for word in ["no", "false", "0", "alternating", "reversible", "odd"] {
        assert_eq!(passage(&[street, ("oneway", word)]), [Open; 2]);
    }
    let one_way = ("oneway", "yes");
    assert_eq!(
        passage(&[street, one_way, ("oneway:bus", "no")]),
        [Open, AgainstOneWay]
    );
    assert_eq!(
        passage(&[street, one_way, ("oneway:emergency", "no")]),
        [Open, Emergency]
    );
    assert_eq!(
        passage(&[street, one_way, ("oneway:motor_vehicle", "no")]),
        [Open; 2]
    );
}

#[test]
fn nobody_drives_against_the_traffic_of_roundabouts_and_expressways() {
    let circle = [("highway", "primary"), ("junction", "roundabout")];
    assert_eq!(passage(&circle), [Open, Closed]);
    assert_eq!(
        passage(&[circle[0], circle[1], ("oneway", "no")]),
        [Open; 2]
    );
    let expressway = ("highway", "motorway");
    assert_eq!(passage(&[expressway]), [Open, Closed]);
    assert_eq!(passage(&[expressway, ("oneway", "no")]), [Open; 2]);
    // A ramp says so itself: some are driven both ways.
    assert_eq!(passage(&[("highway", "motorway_link")]), [Open; 2]);
    assert_eq!(
        passage(&[("highway", "motorway_link"), ("oneway", "yes")]),
        [Open, Closed]
    );
}

#[test]
fn size_lanes_and_structure_are_read() {
    let road = of(&[
        ("highway", "tertiary"),
        ("lanes", "2"),
        ("width", "5.5 m"),
        ("maxheight", "3.2"),
        ("maxweight", "7.5"),
        ("bridge", "viaduct"),
    ])
    .unwrap();
    assert_eq!(road.lanes, Some(2));
    assert_eq!(road.width, Some(Metres(5.5)));
    assert_eq!(road.limits.height, Some(Metres(3.2)));
    assert_eq!(road.structure, Some(Structure::Bridge));
    let archway = of(&[("highway", "service"), ("tunnel", "building_passage")]).unwrap();
    assert_eq!(archway.structure, None);
}

#[test]
fn a_road_without_a_name_goes_by_its_number() {
    let road = |pairs: &[(&str, &str)]| of(pairs).unwrap().name;
    let numbered = [("highway", "primary"), ("ref", "G235")];
    assert_eq!(road(&numbered), "G235");
    assert_eq!(
        road(&[numbered[0], numbered[1], ("name", "安流大道")]),
        "安流大道"
    );
}
