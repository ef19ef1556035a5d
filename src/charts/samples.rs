//! The real county with a made-up field, to see and to test every chart whole.

use super::*;
use crate::geography::{LonLat, Plane};
use crate::language::Language;
use crate::roads::class::RoadClass;
use crate::roads::generalised::MapLine;

static BOUNDARY: &str = include_str!("../../data/wuhua/source/boundary.geojson");
pub(super) static TOWNS: &str = include_str!("../../data/wuhua/source/towns.csv");
static NODES: &str = include_str!("../../data/wuhua/source/trunk_nodes.csv");
static EDGES: &str = include_str!("../../data/wuhua/source/trunk_edges.csv");

pub(super) const SHUIZHAI: LonLat = LonLat {
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

pub(super) fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
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
    let mut roads: Vec<MapLine> = rows(EDGES)
        .enumerate()
        .map(|(index, row)| MapLine {
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
            name: words(language, row[1], row[2]),
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
                        lon: town.at.lon + away * libm::cos(bend),
                        lat: town.at.lat + away * libm::sin(bend),
                    }
                })
                .collect();
            roads.push(MapLine {
                class: RoadClass::Unclassified,
                line,
            });
        }
    }
    BaseMap {
        plane: Plane::around(crate::geography::centre(boundary()).unwrap()),
        boundary: vec![boundary()],
        roads_left_out: None,
        roads,
        towns,
        review_number: None,
    }
}

/// Minutes at 36 km/h on a straight line made a third longer, with ripples as hills would make.
pub(super) fn field(plane: Plane, stations: &[LonLat]) -> ArrivalField {
    let (columns, rows, step) = (180, 230, 400.0);
    let (west, south) = (-36_000.0, -46_000.0);
    let from: Vec<[f64; 2]> = stations.iter().map(|at| plane.project(*at)).collect();
    let minutes = (0..rows * columns)
        .map(|index| {
            let east = west + (index % columns) as f64 * step;
            let north = south + (index / columns) as f64 * step;
            let ripple = 1.0 + 0.12 * libm::sin(east / 2300.0) * libm::cos(north / 3100.0);
            let near = (from.iter())
                .map(|[x, y]| libm::hypot(east - x, north - y))
                .fold(f64::INFINITY, f64::min);
            let minutes = 3.0 + near * 1.33 * ripple / 600.0;
            // A reservoir that no road reaches.
            let drowned = libm::hypot(east + 20_000.0, north - 18_000.0) < 2500.0;
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

fn words(language: Language, chinese: &str, english: &str) -> String {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
    .to_owned()
}

fn caption(language: Language, title: [&str; 2]) -> Caption {
    Caption {
        title: words(language, title[0], title[1]),
        subtitle: words(
            language,
            "时钟：接警至首车到场（受理调度＋出动＋行车）；种子 2026，重复仿真 200 次，每次 5 年",
            "Clock: call received to first engine at the scene (call handling + turnout + travel); seed 2026, 200 replications of 5 years",
        ),
        footnotes: vec![
            words(
                language,
                "数据基础：镇驻地与县界为公开资料；干线公路来自 OpenStreetMap；村庄位置、乡村道路与警情率为模拟生成或假定，不代表实测。阈值出处见报告附录，以官方文本为准。",
                "Data: town seats and boundary observed; main roads from OpenStreetMap; village positions, rural roads and incident rates modelled or assumed. See the report for the sources of thresholds; the official text governs.",
            ),
            "© OpenStreetMap contributors; GeoNames (CC BY 4.0)  2026-11-24".to_owned(),
        ],
        theme: Theme::default(),
    }
}

fn stations(language: Language, planned: bool) -> Vec<MapStation> {
    let station = |chinese: &str, english: &str, at: LonLat, planned: bool| MapStation {
        name: words(language, chinese, english),
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
                    lon: town.lon + 0.019 * libm::cos(angle),
                    lat: town.lat + 0.016 * libm::sin(angle),
                }
            })
        })
        .collect()
}

pub(super) fn with_arrival_map<T>(language: Language, look: impl FnOnce(ArrivalMap<'_>) -> T) -> T {
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
        clock: words(
            language,
            "首车到场时间（分钟，自接警起）",
            "First engine at the scene (minutes from the call)",
        ),
        base: &base,
        stations: &stations(language, true),
        sites: &sites(),
        field: &field,
        no_road: &[],
        thresholds: vec![5.0, 10.0, 15.0, 20.0, 30.0, 45.0],
    })
}

pub(super) fn with_gain_map<T>(language: Language, look: impl FnOnce(GainMap<'_>) -> T) -> T {
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
        clock: words(
            language,
            "首车到场时间缩短（分钟，自接警起）",
            "Earlier arrival of the first engine (minutes, from the call)",
        ),
        base: &base,
        stations: &stations(language, true),
        sites: &sites(),
        gain: &gain,
        no_road: &[],
        thresholds: vec![1.0, 5.0, 10.0, 20.0],
    })
}

pub(super) fn distribution(language: Language) -> ResponseDistribution {
    let line = |name: String, emphasis: Emphasis, middle: f64| {
        // Quantiles of a log-logistic distribution around its median.
        let minutes: Vec<f64> = (1..4000)
            .map(|index| {
                let share = f64::from(index) / 4000.0;
                2.0 + middle * libm::pow(share / (1.0 - share), 0.36)
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
    let name = |chinese: &str, english: &str| words(language, chinese, english);
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
        label: words(language, chinese, english),
    };
    ResponseDistribution {
        caption: caption(
            language,
            [
                "各方案到场时间的累计分布",
                "Cumulative distribution of response time by alternative",
            ],
        ),
        clock: words(
            language,
            "到场时间（分钟，自接警起）",
            "response time (minutes from the call)",
        ),
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

pub(super) fn towns(language: Language) -> TownPercentiles {
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
                name: words(language, row[1], row[2]),
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
        clock: words(
            language,
            "到场时间第 90 百分位（分钟，自接警起）",
            "90th percentile of response time (minutes from the call)",
        ),
        baseline: words(language, "现状（仅县大队）", "today (county brigade only)"),
        best: words(language, "安流 A3＋华城 H2", "Anliu A3 + Huacheng H2"),
        rows,
    }
}
