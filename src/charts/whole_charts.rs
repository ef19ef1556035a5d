//! Every chart drawn whole, from the county's own figures and from odd ones.

use super::samples::*;
use super::*;
use crate::geography::{LonLat, Plane};
use crate::language::Language;
use crate::roads::class::RoadClass;
use crate::roads::generalised::MapLine;

/// Draws every chart in both languages into the folder for temporary files, and prints how long
/// that took: `cargo test --release --lib charts -- --ignored --nocapture`.
#[test]
#[ignore = "writes pictures for people to look at"]
#[expect(clippy::print_stdout, reason = "it says where they are")]
fn every_chart_as_a_picture() {
    for (language, code) in [(Language::Chinese, "zh"), (Language::English, "en")] {
        let start = std::time::Instant::now();
        let drawings = [
            (
                "arrival_map",
                with_arrival_map(language, |map| map.draw(language)),
            ),
            (
                "gain_map",
                with_gain_map(language, |map| map.draw(language)),
            ),
            (
                "response_distribution",
                distribution(language).draw(language),
            ),
            ("town_percentiles", towns(language).draw(language)),
        ];
        let took = start.elapsed();
        for (name, drawing) in drawings {
            let drawing = drawing.unwrap();
            let path = std::env::temp_dir().join(format!("brigade-{name}-{code}"));
            println!(
                "{}: {} KB svg, {} KB png",
                path.display(),
                drawing.svg.len() / 1024,
                drawing.png.len() / 1024
            );
            std::fs::write(path.with_extension("svg"), drawing.svg).unwrap();
            std::fs::write(path.with_extension("png"), drawing.png).unwrap();
        }
        println!("{code}: {took:?}");
    }
}

#[test]
fn every_name_and_clock_is_on_the_map() {
    let svg = with_arrival_map(Language::Chinese, |map| {
        map.sheet(Language::Chinese).unwrap().svg
    });
    for row in rows(TOWNS) {
        assert!(svg.contains(row[1]), "{} has no label", row[1]);
    }
    for words in [
        "安流专职队 A3",
        "首车到场时间（分钟，自接警起）",
        "示意图",
        "公里",
        "≤ 5",
        "30–45",
        "&gt; 45 或不可达",
        "数据基础",
        "OpenStreetMap",
        "拟建消防站（队）",
    ] {
        assert!(svg.contains(words), "{words} is missing");
    }
}

#[test]
fn a_scale_of_tenths_leaves_the_size_of_the_sheet_in_points() {
    let svg = towns(Language::English)
        .sheet(Language::English)
        .unwrap()
        .svg;
    assert!(svg.starts_with("<svg width=\"1000\" "), "{}", &svg[..80]);
}

#[test]
fn the_finished_chart_holds_outlines_and_says_what_it_shows() {
    let mut chart = towns(Language::Chinese);
    chart.caption.title = "<script>alert(1)</script> & 各镇".to_owned();
    chart.rows[0].name = "<script>𣒍</script>".to_owned();
    let raw = chart.sheet(Language::Chinese).unwrap();
    assert!(!raw.svg.contains("<script"));
    assert!(raw.svg.contains("&lt;script&gt;〓&lt;/script&gt;"));
    assert!(raw.svg.contains("字库中没有的字"));
    let drawing = raw.finish().unwrap();
    assert!(!drawing.svg.contains("<text"));
    assert!(!drawing.svg.contains("<script"));
    assert!(
        drawing
            .svg
            .contains("<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp; 各镇</title>")
    );
    assert!(drawing.svg.contains("<desc>时钟：接警至首车到场"));
    assert!(drawing.png.starts_with(b"\x89PNG"));
    // What was written can be read again.
    resvg::usvg::Tree::from_str(&drawing.svg, &resvg::usvg::Options::default()).unwrap();
}

/// A lone town without boundary or roads, and a field that no engine reaches.
#[test]
fn one_town_that_nobody_reaches_is_still_a_map() {
    let base = BaseMap {
        plane: Plane::around(SHUIZHAI),
        boundary: vec![],
        roads_left_out: None,
        roads: vec![],
        towns: vec![MapTown {
            name: "水寨镇".to_owned(),
            at: SHUIZHAI,
            weight: f64::NAN,
        }],
        review_number: Some("GS(2026)0000号".to_owned()),
    };
    for minutes in [f32::INFINITY, f32::NAN, 3.0, -3.0] {
        let field = ArrivalField {
            west: -500.0,
            south: -500.0,
            step: 1000.0,
            columns: 2,
            rows: 2,
            minutes: vec![minutes; 4],
        };
        // Where there is no road is a class of its own, in the legend as well.
        let no_road = if minutes < 0.0 {
            vec![vec![[-9.0, -9.0], [9.0, -9.0], [9.0, 9.0], [-9.0, -9.0]]]
        } else {
            Vec::new()
        };
        let map = ArrivalMap {
            caption: Caption::default(),
            clock: String::new(),
            base: &base,
            stations: &[],
            sites: &[],
            field: &field,
            no_road: &no_road,
            thresholds: vec![5.0],
        };
        let sheet = map.sheet(Language::Chinese).unwrap();
        assert!(sheet.svg.contains("水寨镇") && sheet.svg.contains("审图号"));
        assert_eq!(sheet.svg.contains("无道路"), minutes < 0.0);
        sheet.finish().unwrap();
        let gain = GainMap {
            caption: Caption::default(),
            clock: String::new(),
            base: &base,
            stations: &[],
            sites: &[],
            gain: &field,
            no_road: &no_road,
            thresholds: vec![1.0],
        };
        let sheet = gain.sheet(Language::Chinese).unwrap();
        assert_eq!(sheet.svg.contains("变慢"), minutes < 0.0);
        assert_eq!(sheet.svg.contains("无道路"), minutes < 0.0);
        sheet.finish().unwrap();
    }
}

#[test]
fn a_map_of_nowhere_is_refused() {
    let nowhere = LonLat {
        lon: f64::NAN,
        lat: 214.7,
    };
    let base = BaseMap {
        plane: Plane::around(SHUIZHAI),
        boundary: vec![vec![nowhere; 4]],
        roads_left_out: None,
        roads: vec![MapLine {
            class: RoadClass::Road,
            line: vec![nowhere; 2],
        }],
        towns: vec![],
        review_number: None,
    };
    let field = field(base.plane, &[SHUIZHAI]);
    let map = ArrivalMap {
        caption: Caption::default(),
        clock: String::new(),
        base: &base,
        stations: &[],
        sites: &[nowhere],
        field: &field,
        no_road: &[],
        thresholds: vec![5.0],
    };
    assert!(matches!(
        map.draw(Language::English),
        Err(ChartError::Empty { .. })
    ));
}

#[test]
fn empty_figures_are_an_error_and_odd_ones_a_chart() {
    let mut chart = distribution(Language::English);
    chart.lines = vec![DistributionLine::from_minutes(
        "never",
        Emphasis::Best,
        &[f64::INFINITY; 3],
    )];
    assert!(matches!(
        chart.draw(Language::English),
        Err(ChartError::Empty { .. })
    ));
    let one_call = DistributionLine::from_minutes("one call", Emphasis::Baseline, &[0.0]);
    chart.lines.push(one_call);
    chart.longest = Some(f64::NAN);
    chart.thresholds[0].minutes = f64::INFINITY;
    chart.draw(Language::English).unwrap();

    let mut chart = towns(Language::English);
    chart.rows.truncate(1);
    chart.rows[0].best = Interval {
        value: f64::NAN,
        low: f64::NAN,
        high: f64::INFINITY,
    };
    chart.rows[0].name = "a very long name ".repeat(20);
    chart.draw(Language::English).unwrap();
    chart.rows.clear();
    assert!(matches!(
        chart.draw(Language::English),
        Err(ChartError::Empty { .. })
    ));
}
