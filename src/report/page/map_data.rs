//! What the map of the page is drawn from, as JSON inside the page.

use geo::{LineString, Simplify as _};
use rayon::prelude::*;
use serde::Serialize;

use crate::charts::Ring;
use crate::charts::theme::{self, hex};
use crate::county::demand::DemandPointId;
use crate::evaluation::comparison::Evaluated;
use crate::geography::{LonLat, Plane};
use crate::language::Language;
use crate::report::fields::{ARRIVAL_BANDS, Fields, best};
use crate::report::publication::Publication;
use crate::report::words::alternative_name;
use crate::roads::class::Importance;
use crate::roads::generalised::MapRoads;
use crate::scenario::standards::Clock;
use crate::text;

/// How far a line on the screen may lie from the true one, in metres: a pixel at the county's scale.
const TOLERANCE: f64 = 40.0;

/// A line as steps: see [`packed`].
type Packed = Vec<i64>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MapData<'a> {
    boundary: Vec<Packed>,
    roads: [Vec<Packed>; 3],
    bands: [f32; ARRIVAL_BANDS.len()],
    colours: Vec<String>,
    beyond: Option<String>,
    /// Where there is no road.
    no_road: Vec<Packed>,
    no_road_colour: String,
    today: String,
    proposed: String,
    stations: Vec<Station<'a>>,
    points: Vec<Point<'a>>,
    towns: Vec<Town<'a>>,
    alternatives: Vec<Shown>,
    attribution: String,
    words: Words,
}

#[derive(Serialize)]
struct Station<'a> {
    name: &'a str,
    at: [f64; 2],
    engines: u16,
    existing: bool,
}

#[derive(Serialize)]
struct Point<'a> {
    name: &'a str,
    town: usize,
    at: [f64; 2],
    residents: f64,
    /// Ways there are estimated, as the network lacks its lanes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unlisted: bool,
}

#[derive(Serialize)]
struct Town<'a> {
    name: &'a str,
    at: [f64; 2],
}

/// An alternative that the reader can choose: what stands, who is first due where after how many
/// minutes, the mean, the 90th percentile and the percentage lost of each town, and the areas of each band.
#[derive(Serialize)]
struct Shown {
    label: String,
    rank: usize,
    baseline: bool,
    stations: Vec<usize>,
    first: Vec<Option<usize>>,
    minutes: Vec<Option<f64>>,
    towns: Vec<[Option<f64>; 3]>,
    bands: Vec<Vec<Packed>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Words {
    point: String,
    point_title: String,
    engines: String,
    residents: String,
    unlisted: String,
    first_due: String,
    town_mean: String,
    town_p90: String,
    /// Where calls are lost.
    town_lost: Option<String>,
    answer_today: String,
    answer: String,
    no_such_point: String,
    band: String,
    band_beyond: String,
    no_road: String,
    existing: String,
    planned: String,
}

/// The whole map.
pub(super) fn map_data<'a>(
    publication: &Publication<'a>,
    fields: &Fields,
    roads: &MapRoads,
) -> MapData<'a> {
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let county = &scenario.county;
    let shown = best(comparison, publication.on_the_map);
    let alternatives: Vec<Shown> = shown
        .par_iter()
        .map(|evaluated| alternative(publication, fields, evaluated))
        .collect();
    let stations = scenario.stations.of_county().map(|id| {
        let station = scenario.stations.station(id);
        Station {
            name: station.name.in_language(language),
            at: degrees(station.position),
            engines: station.engines,
            existing: scenario.stations.is_existing(id),
        }
    });
    let driven = scenario
        .network
        .profile(scenario.stations.usual_profile().0);
    let points = (0..).map(DemandPointId::at).zip(county.demand_points());
    let points = points.map(|(id, point)| Point {
        name: point.name.in_language(language),
        town: point.town.index(),
        at: degrees(point.position),
        residents: point.residents.round(),
        unlisted: driven.lacks_lanes(id),
    });
    let towns = county.towns.iter().map(|town| Town {
        name: town.name.in_language(language),
        at: degrees(town.seat),
    });
    let plane = &fields.grid.lattice.plane;
    let colour = |colour| hex(publication.theme.colour(colour));
    let mut colours = theme::arrival_colours(ARRIVAL_BANDS.len() + 1);
    let beyond = colours.pop().map(colour);
    MapData {
        boundary: county
            .boundary
            .rings()
            .iter()
            .map(|ring| packed(ring))
            .collect::<Vec<_>>(),
        roads: packed_roads(roads),
        bands: ARRIVAL_BANDS,
        colours: colours.into_iter().map(colour).collect::<Vec<_>>(),
        beyond,
        no_road: rings(&fields.no_road, plane),
        no_road_colour: colour(theme::NO_ROAD),
        today: colour(theme::TODAY),
        proposed: colour(theme::PROPOSED),
        stations: stations.collect::<Vec<_>>(),
        points: points.collect::<Vec<_>>(),
        towns: towns.collect::<Vec<_>>(),
        alternatives,
        attribution: comparison.attribution.join("; "),
        words: words(language, comparison.loses_calls()),
    }
}

/// What the map says. The page fills in what stands in braces.
fn words(language: Language, loses_calls: bool) -> Words {
    Words {
        point: text!(language, "map-point", town = "{town}", point = "{point}"),
        point_title: text!(
            language,
            "map-point-title",
            point = "{point}",
            town = "{town}"
        ),
        engines: text!(language, "map-engines", engines = "{engines}"),
        residents: text!(language, "map-residents", residents = "{residents}"),
        unlisted: text!(language, "map-unlisted"),
        first_due: text!(
            language,
            "map-first-due",
            alternative = "{alternative}",
            station = "{station}",
            minutes = "{minutes}",
        ),
        town_mean: text!(language, "map-town-mean", minutes = "{minutes}"),
        town_p90: text!(language, "map-town-p90", minutes = "{minutes}"),
        town_lost: loses_calls.then(|| text!(language, "map-town-lost", share = "{share}")),
        answer_today: text!(
            language,
            "map-answer-today",
            point = "{point}",
            today = "{today}",
            today_minutes = "{today_minutes}",
        ),
        answer: text!(
            language,
            "map-answer",
            point = "{point}",
            today = "{today}",
            today_minutes = "{today_minutes}",
            alternative = "{alternative}",
            station = "{station}",
            minutes = "{minutes}",
        ),
        no_such_point: text!(language, "map-no-such-point"),
        band: text!(language, "map-band", limits = "{limits}"),
        band_beyond: text!(language, "map-band-beyond", limit = "{limit}"),
        no_road: text!(language, "no-road"),
        existing: text!(language, "symbol-existing"),
        planned: text!(language, "symbol-planned"),
    }
}

fn alternative(publication: &Publication<'_>, fields: &Fields, evaluated: &Evaluated) -> Shown {
    let Publication {
        scenario, language, ..
    } = *publication;
    let alternative = &scenario.alternatives[evaluated.index];
    let standing = scenario.stations.standing(alternative);
    let first = &publication.first_due[&evaluated.index][..scenario.county.in_table];
    let minutes = first.iter().map(|due| {
        let seconds = due.map(|due| due.seconds(Clock::Response));
        seconds.map(|seconds| (seconds / 6.0).round() / 10.0)
    });
    let towns = evaluated.towns.iter().map(|town| {
        let minutes = |seconds: f64| (seconds / 6.0).round() / 10.0;
        let mean = town.figures.mean_response_seconds.map(|e| minutes(e.value));
        let p90 = town.figures.p90_response_seconds.map(|e| minutes(e.value));
        let lost = town.figures.lost.map(|e| (e.value * 1000.0).round() / 10.0);
        [mean, p90, lost]
    });
    let plane = &fields.grid.lattice.plane;
    let areas = fields.of_alternative(evaluated).within(&ARRIVAL_BANDS);
    let bands = areas.iter().map(|area| rings(area, plane));
    Shown {
        label: alternative_name(evaluated, language),
        rank: evaluated.rank,
        baseline: evaluated.is_baseline,
        stations: standing.iter().map(|id| id.index()).collect::<Vec<_>>(),
        first: first
            .iter()
            .map(|due| due.map(|due| due.station.index()))
            .collect::<Vec<_>>(),
        minutes: minutes.collect::<Vec<_>>(),
        towns: towns.collect::<Vec<_>>(),
        bands: bands.collect::<Vec<_>>(),
    }
}

/// Rings of the plane, but those too small to be seen.
fn rings(rings: &[Ring], plane: &Plane) -> Vec<Packed> {
    let rings = rings.iter().filter_map(|ring| {
        let line: LineString = ring.iter().map(|[x, y]| (*x, *y)).collect();
        let line = line.simplify(TOLERANCE);
        let corners = line.coords().map(|at| plane.unproject([at.x, at.y]));
        (line.0.len() > 3).then(|| packed(&corners.collect::<Vec<_>>()))
    });
    rings.collect()
}

/// Roads by how they are drawn: expressways, main roads, others.
fn packed_roads(roads: &MapRoads) -> [Vec<Packed>; 3] {
    let mut sorts: [Vec<Packed>; 3] = Default::default();
    for road in &roads.lines {
        let sort = match road.class.importance() {
            Importance::Expressway => 0,
            Importance::Main => 1,
            Importance::Minor => 2,
        };
        // Degrees: some 40 m, as for the bands.
        let line: LineString = road.line.iter().map(|at| (at.lon, at.lat)).collect();
        let line = line.simplify(TOLERANCE / 111_000.0);
        let points = line.coords().map(|at| LonLat {
            lon: at.x,
            lat: at.y,
        });
        sorts[sort].push(packed(&points.collect::<Vec<_>>()));
    }
    sorts
}

/// Latitude first, as the map's program wants it; to some 10 m.
fn degrees(at: LonLat) -> [f64; 2] {
    let rounded = |degrees: f64| (degrees * 1e5).round() / 1e5;
    [rounded(at.lat), rounded(at.lon)]
}

/// A line as steps of 1e-4 degrees (10 m): first latitude and longitude, then differences.
fn packed(line: &[LonLat]) -> Packed {
    let steps = |degrees: f64| (degrees * 1e4).round() as i64;
    let mut before = [0, 0];
    let mut numbers = Vec::with_capacity(line.len() * 2);
    for (index, at) in line.iter().enumerate() {
        let here = [steps(at.lat), steps(at.lon)];
        if index > 0 && here == before && index + 1 < line.len() {
            continue;
        }
        numbers.extend([here[0] - before[0], here[1] - before[1]]);
        before = here;
    }
    numbers
}
