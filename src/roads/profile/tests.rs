use super::*;
use crate::roads::test_roads::{network, profile_with};
use crate::units::{Metres, Tonnes};

const SURFACES: &str = "[surface]\ngravel = { speed = \"20 km/h\", ASSUMED }\nearth = { ASSUMED }\n\
                        [band]\npeak = { factor = 0.5, ASSUMED }\n\
                        [weather]\nrain = { factor = 0.8, ASSUMED }\n";

/// 1000 m of primary road, changed by `change`; its time in seconds.
fn seconds(conditions: &Conditions, change: impl Fn(&mut Road)) -> Option<f64> {
    let profile = profile_with(&[("signal", "10 s"), ("crossing", "2 s")], SURFACES);
    let roads = network(2, &[(0, 1, false, 1000.0)]);
    let mut road = roads.roads()[0].clone();
    change(&mut road);
    let time = profile
        .under(conditions)
        .unwrap()
        .time(RoadId(0), &road, true);
    time.is_finite().then(|| time.seconds())
}

fn free(change: impl Fn(&mut Road)) -> Option<f64> {
    seconds(&Conditions::default(), change)
}

/// 60 km/h: 60 s. A limit of 30 km/h: 120 s. Gravel at 20 km/h: 180 s. Two lights and a crossing:
/// 22 s more.
#[test]
fn the_slowest_of_class_surface_and_limit_counts_and_waits_are_added() {
    assert_eq!(free(|_| ()), Some(60.0));
    assert_eq!(
        free(|road| road.free_speed.forwards = Some(KmPerHour(30.0))),
        Some(120.0)
    );
    assert_eq!(
        free(|road| road.free_speed.backwards = Some(KmPerHour(30.0))),
        Some(60.0)
    );
    assert_eq!(
        free(|road| road.surface = Some(Surface::Gravel)),
        Some(180.0)
    );
    assert_eq!(free(|road| road.surface = Some(Surface::Earth)), None);
    let with_lights = |road: &mut Road| {
        road.signals.forwards = vec![Metres(10.0); 2];
        road.crossings.forwards = vec![Metres(20.0)];
    };
    assert_eq!(free(with_lights), Some(82.0));
}

/// 60 × 0.5 × 0.8 = 24 km/h: 150 s.
#[test]
fn band_and_weather_multiply_the_speed() {
    let conditions = Conditions {
        band: Some("peak".to_owned()),
        weather: Some("rain".to_owned()),
        closed: Vec::new(),
    };
    assert_eq!(seconds(&conditions, |_| ()), Some(150.0));
}

#[test]
fn an_engine_does_not_go_where_it_does_not_fit() {
    assert_eq!(free(|road| road.limits.height = Some(Metres(2.9))), None);
    assert_eq!(
        free(|road| road.limits.height = Some(Metres(3.0))),
        Some(60.0)
    );
    assert_eq!(free(|road| road.limits.weight = Some(Tonnes(7.5))), None);
    assert_eq!(free(|road| road.limits.width = Some(Metres(2.4))), None);
    assert_eq!(free(|road| road.width = Some(Metres(2.8))), None);
}

#[test]
fn a_closed_road_is_not_driven() {
    let conditions = Conditions {
        closed: vec![RoadId(0)],
        ..Conditions::default()
    };
    assert_eq!(seconds(&conditions, |_| ()), None);
}

#[test]
fn an_unknown_band_lists_those_of_the_file() {
    let profile = profile_with(&[], SURFACES);
    let conditions = Conditions {
        band: Some("noon".to_owned()),
        ..Conditions::default()
    };
    let error = profile.under(&conditions).unwrap_err().to_string();
    assert!(
        error.contains("there is no time band `noon`; the file has peak"),
        "{error}"
    );
}

#[test]
fn a_negative_speed_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.toml");
    let embedded = Profile::embedded(DEFAULT_PROFILE)
        .unwrap()
        .read_text()
        .unwrap();
    std::fs::write(
        &path,
        embedded.replace("primary = { speed = \"60", "primary = { speed = \"-60"),
    )
    .unwrap();
    let error = Profile::read(&Source::Disk(path)).unwrap_err().to_string();
    assert!(
        error.contains("odd.toml: TOML parse error at line"),
        "{error}"
    );
    assert!(error.contains("`-60 km/h` is out of range"), "{error}");
}

#[test]
fn the_profiles_inside_the_program_are_right() {
    for id in ["pumper", "light"] {
        let profile = Profile::read(&Profile::embedded(id).unwrap()).unwrap();
        assert_eq!(profile.id, id);
        assert_eq!(profile.keys.class.len(), RoadClass::ALL.len());
        for band in ["day", "peak", "night"] {
            let conditions = Conditions {
                band: Some(band.to_owned()),
                ..Conditions::default()
            };
            assert!(profile.under(&conditions).is_ok());
        }
    }
}
