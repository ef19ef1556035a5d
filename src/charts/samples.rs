//! The real county with a made-up field, to see and to test every chart whole.

use super::*;
use crate::geography::{LonLat, Plane};
use crate::language::Language;
use crate::roads::class::RoadClass;

static BOUNDARY: &str = include_str!("../../data/wuhua/source/boundary.geojson");
static TOWNS: &str = include_str!("../../data/wuhua/source/towns.csv");
static NODES: &str = include_str!("../../data/wuhua/source/trunk_nodes.csv");
static EDGES: &str = include_str!("../../data/wuhua/source/trunk_edges.csv");

const SHUIZHAI: LonLat = LonLat {
    lon: 115.76499,
    lat: 23.92961,
};
const ANLIU: LonLat = LonLat {
    lon: 115.67953,
    lat: 23.69824,
};
const HUACHENG: LonLat = LonLat {
    lon: 115.61309,
    lat: 24.06703,
};

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

fn lon_lat(lon: &str, lat: &str) -> LonLat {
    LonLat {
        lon: lon.parse().unwrap(),
        lat: lat.parse().unwrap(),
    }
}

fn boundary() -> Vec<LonLat> {
    let json: serde_json::Value = serde_json::from_str(BOUNDARY).unwrap();
    json["features"][0]["geometry"]["coordinates"][0][0]
        .as_array()
        .unwrap()
        .iter()
        .map(|at| LonLat {
            lon: at[0].as_f64().unwrap(),
            lat: at[1].as_f64().unwrap(),
        })
        .collect()
}

fn base(language: Language) -> BaseMap {
    let nodes: std::collections::HashMap<&str, LonLat> = rows(NODES)
        .map(|row| (row[0], lon_lat(row[1], row[2])))
        .collect();
    let mut roads: Vec<MapRoad> = rows(EDGES)
        .enumerate()
        .map(|(index, row)| MapRoad {
            // The table has no classes: each is seen somewhere.
            class: if row[2].parse::<f64>().unwrap() > 8.0 {
                RoadClass::Motorway
            } else if index % 5 == 0 {
                RoadClass::Tertiary
            } else {
                RoadClass::Primary
            },
            line: vec![nodes[row[0]], nodes[row[1]]],
        })
        .collect();
    let towns: Vec<MapTown> = rows(TOWNS)
        .map(|row| MapTown {
            name: language.pick(row[1], row[2]).to_owned(),
            at: lon_lat(row[3], row[4]),
            weight: row[8].parse().unwrap(),
        })
        .collect();
    // A star of lanes around every town, as village roads would lie.
    for town in &towns {
        for spoke in 0..7 {
            let angle = f64::from(spoke) * 0.9 + town.at.lon * 50.0;
            let line = (0..6)
                .map(|step| {
                    let away = f64::from(step) * 0.011;
                    let bend = angle + f64::from(step * step) * 0.05;
                    LonLat {
                        lon: town.at.lon + away * bend.cos(),
                        lat: town.at.lat + away * bend.sin(),
                    }
                })
                .collect();
            roads.push(MapRoad {
                class: RoadClass::Unclassified,
                line,
            });
        }
    }
    BaseMap {
        plane: Plane::around(crate::geography::centre(boundary()).unwrap()),
        boundary: vec![boundary()],
        roads,
        towns,
        review_number: None,
    }
}

/// Minutes at 36 km/h on a straight line made a third longer, with ripples as hills would make.
fn field(plane: Plane, stations: &[LonLat]) -> ArrivalField {
    let (columns, rows, step) = (180, 230, 400.0);
    let (west, south) = (-36_000.0, -46_000.0);
    let from: Vec<[f64; 2]> = stations.iter().map(|at| plane.project(*at)).collect();
    let minutes = (0..rows * columns)
        .map(|index| {
            let east = west + (index % columns) as f64 * step;
            let north = south + (index / columns) as f64 * step;
            let ripple = 1.0 + 0.12 * (east / 2300.0).sin() * (north / 3100.0).cos();
            let near = (from.iter())
                .map(|[x, y]| (east - x).hypot(north - y))
                .fold(f64::INFINITY, f64::min);
            let minutes = 3.0 + near * 1.33 * ripple / 600.0;
            // A reservoir that no road reaches.
            let drowned = (east + 20_000.0).hypot(north - 18_000.0) < 2500.0;
            if drowned {
                f32::INFINITY
            } else {
                minutes as f32
            }
        })
        .collect();
    ArrivalField {
        west,
        south,
        step,
        columns,
        rows,
        minutes,
    }
}

fn caption(language: Language, title: [&str; 2]) -> Caption {
    Caption {
        title: language.pick(title[0], title[1]).to_owned(),
        subtitle: language
            .pick(
                "时钟：接警至首车到场（受理调度＋出动＋行车）；种子 2026，重复仿真 200 次，每次 5 年",
                "Clock: call received to first engine at the scene (call handling + turnout + travel); seed 2026, 200 replications of 5 years",
            )
            .to_owned(),
        footnotes: vec![
            language
                .pick(
                    "数据基础：镇驻地与县界为公开资料；干线公路来自 OpenStreetMap；村庄位置、乡村道路与警情率为模拟生成或假定，不代表实测。阈值出处见报告附录，以官方文本为准。",
                    "Data: town seats and boundary observed; main roads from OpenStreetMap; village positions, rural roads and incident rates modelled or assumed. See the report for the sources of thresholds; the official text governs.",
                )
                .to_owned(),
            "© OpenStreetMap contributors; GeoNames (CC BY 4.0)  2026-11-24".to_owned(),
        ],
    }
}

fn stations(language: Language, planned: bool) -> Vec<MapStation> {
    let station = |chinese: &str, english: &str, at: LonLat, planned: bool| MapStation {
        name: language.pick(chinese, english).to_owned(),
        at,
        planned,
    };
    let mut stations = vec![station("县消防救援大队", "County brigade", SHUIZHAI, false)];
    if planned {
        let moved = |at: LonLat| LonLat {
            lon: at.lon + 0.012,
            lat: at.lat - 0.006,
        };
        stations.push(station(
            "安流专职队 A3",
            "Anliu brigade A3",
            moved(ANLIU),
            true,
        ));
        stations.push(station(
            "华城专职队 H2",
            "Huacheng brigade H2",
            moved(HUACHENG),
            true,
        ));
    }
    stations
}

fn sites() -> Vec<LonLat> {
    [ANLIU, HUACHENG]
        .iter()
        .flat_map(|town| {
            (0..6).map(|index| {
                let angle = f64::from(index) * 1.05;
                LonLat {
                    lon: town.lon + 0.019 * angle.cos(),
                    lat: town.lat + 0.016 * angle.sin(),
                }
            })
        })
        .collect()
}

fn with_arrival_map<T>(language: Language, look: impl FnOnce(ArrivalMap<'_>) -> T) -> T {
    let base = base(language);
    let field = field(base.plane, &[SHUIZHAI, ANLIU, HUACHENG]);
    look(ArrivalMap {
        caption: caption(
            language,
            [
                "五华县首车到场时间：安流 A3＋华城 H2",
                "Arrival of the first engine in Wuhua County: Anliu A3 + Huacheng H2",
            ],
        ),
        clock: language
            .pick(
                "首车到场时间（分钟，自接警起）",
                "First engine at the scene (minutes from the call)",
            )
            .to_owned(),
        base: &base,
        stations: &stations(language, true),
        sites: &sites(),
        field: &field,
        thresholds: vec![5.0, 10.0, 15.0, 20.0, 30.0, 45.0],
    })
}

fn with_gain_map<T>(language: Language, look: impl FnOnce(GainMap<'_>) -> T) -> T {
    let base = base(language);
    let mut gain = field(base.plane, &[SHUIZHAI]);
    let after = field(base.plane, &[SHUIZHAI, ANLIU, HUACHENG]);
    for (minutes, after) in gain.minutes.iter_mut().zip(&after.minutes) {
        *minutes -= after;
    }
    look(GainMap {
        caption: caption(
            language,
            [
                "五华县首车到场缩短的时间：最优方案对比现状",
                "Minutes gained in Wuhua County: best alternative against today",
            ],
        ),
        clock: language
            .pick(
                "首车到场时间缩短（分钟，自接警起）",
                "Earlier arrival of the first engine (minutes, from the call)",
            )
            .to_owned(),
        base: &base,
        stations: &stations(language, true),
        sites: &sites(),
        gain: &gain,
        thresholds: vec![1.0, 5.0, 10.0, 20.0],
    })
}

fn distribution(language: Language) -> ResponseDistribution {
    let line = |name: String, emphasis: Emphasis, middle: f64| {
        // Quantiles of a log-logistic distribution around its median.
        let minutes: Vec<f64> = (1..4000)
            .map(|index| {
                let share = f64::from(index) / 4000.0;
                2.0 + middle * (share / (1.0 - share)).powf(0.36)
            })
            .collect();
        DistributionLine::from_minutes(&name, emphasis, &minutes)
    };
    let mut lines: Vec<DistributionLine> = (0..36)
        .map(|index| {
            let middle = 12.6 + 0.21 * f64::from(index);
            line(format!("A{index}"), Emphasis::Other, middle)
        })
        .collect();
    let name = |chinese: &str, english: &str| language.pick(chinese, english).to_owned();
    lines.push(line(
        name("现状（仅县大队）", "today"),
        Emphasis::Baseline,
        21.5,
    ));
    lines.push(line(
        name("安流 A3＋华城 H2", "Anliu A3 + Huacheng H2"),
        Emphasis::Best,
        12.0,
    ));
    lines.push(line(
        name("安流 A1＋华城 H2", "Anliu A1 + Huacheng H2"),
        Emphasis::Second,
        12.4,
    ));
    let threshold = |minutes: f64, chinese: &str, english: &str| ThresholdMark {
        minutes,
        label: language.pick(chinese, english).to_owned(),
    };
    ResponseDistribution {
        caption: caption(
            language,
            [
                "各方案到场时间的累计分布",
                "Cumulative distribution of response time by alternative",
            ],
        ),
        clock: language
            .pick(
                "到场时间（分钟，自接警起）",
                "response time (minutes from the call)",
            )
            .to_owned(),
        lines,
        thresholds: vec![
            threshold(
                6.0,
                "5 分钟（自出动指令；图中加受理 1 分钟；GB 51080，城市）",
                "5 min from dispatch, + 1 min handling (GB 51080, urban)",
            ),
            threshold(
                11.0,
                "10 分钟（自出动指令；图中加受理 1 分钟；NFPA 1720，郊区）",
                "10 min from dispatch, + 1 min handling (NFPA 1720, suburban)",
            ),
            threshold(
                15.0,
                "14 分钟（自出动指令；图中加受理 1 分钟；NFPA 1720，乡村）",
                "14 min from dispatch, + 1 min handling (NFPA 1720, rural)",
            ),
        ],
        longest: None,
    }
}

fn towns(language: Language) -> TownPercentiles {
    let rows = rows(TOWNS)
        .enumerate()
        .map(|(index, row)| {
            let from = |stations: &[LonLat]| {
                let at = lon_lat(row[3], row[4]);
                let near = (stations.iter())
                    .map(|station| station.distance(at).0)
                    .fold(f64::INFINITY, f64::min);
                let value = 7.0 + near * 1.3 / 600.0;
                Interval {
                    value,
                    low: value - 0.8 - 0.1 * index as f64,
                    high: value + 0.9 + 0.12 * index as f64,
                }
            };
            TownRow {
                name: language.pick(row[1], row[2]).to_owned(),
                baseline: from(&[SHUIZHAI]),
                best: from(&[SHUIZHAI, ANLIU, HUACHENG]),
            }
        })
        .collect();
    TownPercentiles {
        caption: caption(
            language,
            [
                "各镇到场时间第 90 百分位：最优方案对比现状",
                "90th percentile of response time by town: best alternative against today",
            ],
        ),
        clock: language
            .pick(
                "到场时间第 90 百分位（分钟，自接警起）",
                "90th percentile of response time (minutes from the call)",
            )
            .to_owned(),
        baseline: language
            .pick("现状（仅县大队）", "today (county brigade only)")
            .to_owned(),
        best: language
            .pick("安流 A3＋华城 H2", "Anliu A3 + Huacheng H2")
            .to_owned(),
        rows,
    }
}

/// Draws every chart in both languages into the folder for temporary files, and prints how long
/// that took: `cargo test --release --lib charts -- --ignored --nocapture`.
#[test]
#[ignore = "writes pictures for people to look at"]
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
        "拟建消防队",
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
        let map = ArrivalMap {
            caption: Caption::default(),
            clock: String::new(),
            base: &base,
            stations: &[],
            sites: &[],
            field: &field,
            thresholds: vec![5.0],
        };
        let sheet = map.sheet(Language::Chinese).unwrap();
        assert!(sheet.svg.contains("水寨镇") && sheet.svg.contains("审图号"));
        sheet.finish().unwrap();
        let gain = GainMap {
            caption: Caption::default(),
            clock: String::new(),
            base: &base,
            stations: &[],
            sites: &[],
            gain: &field,
            thresholds: vec![1.0],
        };
        let sheet = gain.sheet(Language::Chinese).unwrap();
        assert_eq!(sheet.svg.contains("变慢"), minutes < 0.0);
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
        roads: vec![MapRoad {
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
