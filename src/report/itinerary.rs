//! A route street by street: in the terminal, and as GeoJSON for QGIS.

use serde::Serialize;

use crate::format::indented_json;
use crate::geography::LonLat;
use crate::language::{Language, Name};
use crate::report::formats::geojson::{Feature, FeatureCollection, Geometry};
use crate::report::formats::terminal;
use crate::report::model::Quantity::{Count, Number, Seconds, Text, Word};
use crate::report::model::{Column, Filling, Table, Value};
use crate::report::words::road_class_words;
use crate::roads::class::RoadClass;
use crate::roads::graph::RoadGraph;
use crate::roads::passage::Passage;
use crate::roads::road::{Road, RoadId};
use crate::roads::roadway::Roadway;
use crate::roads::trip::{OffRoad, Route, TripEnd};
use crate::scenario::standards::Clock;
use crate::text;
use crate::units::{KmPerHour, Metres, Millis};

/// A route with its streets.
#[derive(Clone, Debug)]
pub struct Itinerary {
    /// The names of both ends, as the planner gave them.
    pub ends: [String; 2],
    /// From the origin to the road, or to the destination where no listed road is driven.
    access: OffRoadPart,
    /// From the road to the destination.
    egress: OffRoadPart,
    streets: Vec<Street>,
    line: Vec<LonLat>,
}

/// A part of the route off the listed roads.
#[derive(Clone, Copy, Debug)]
struct OffRoadPart {
    way: OffRoad,
    /// From where to where.
    line: [LonLat; 2],
}

/// What is driven of one street without leaving it.
#[derive(Clone, Debug)]
struct Street {
    name: Name,
    class: RoadClass,
    links: Vec<String>,
    metres: f64,
    /// Lost in turns: into the street, and at the junctions along it.
    turns: Millis,
    drive: Millis,
    against_one_way: bool,
}

#[derive(Serialize)]
struct Members<'a> {
    attribution: &'a [String],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Properties<'a> {
    Route(RouteProperties<'a>),
    Unlisted(UnlistedProperties),
}

/// Of a part of the route by lanes that the network does not list: nobody knows where they lead.
#[derive(Serialize)]
struct UnlistedProperties {
    part: &'static str,
    straight_metres: f64,
    seconds: f64,
}

#[derive(Serialize)]
struct RouteProperties<'a> {
    from: &'a str,
    to: &'a str,
    clock: Clock,
    seconds: f64,
    metres: f64,
    access_seconds: f64,
    egress_seconds: f64,
    /// Whether the way to or from the road, or all of it, is by lanes that the network does not list.
    by_unlisted_lanes: bool,
    streets: Vec<StreetProperties<'a>>,
}

#[derive(Serialize)]
struct StreetProperties<'a> {
    #[serde(flatten)]
    name: &'a Name,
    class: RoadClass,
    link_ids: &'a [String],
    metres: f64,
    turn_seconds: f64,
    drive_seconds: f64,
    against_one_way: bool,
}

/// A row of the table.
struct Line {
    number: String,
    title: String,
    /// None off the road.
    class: Option<RoadClass>,
    metres: f64,
    turns: Millis,
    drive: Millis,
    /// From the origin to its end.
    so_far: Millis,
}

impl Itinerary {
    /// The streets of `route` from `origin` to `destination`.
    pub fn new(
        roadway: &Roadway,
        ends: [String; 2],
        [origin, destination]: &[TripEnd; 2],
        route: &Route,
    ) -> Self {
        let roads = roadway.roads();
        let mut streets: Vec<Street> = Vec::new();
        let mut line: Vec<LonLat> = Vec::new();
        let last = route.legs.len().saturating_sub(1);
        for (number, leg) in route.legs.iter().enumerate() {
            let road = roads.road(leg.direction.road);
            let forwards = leg.direction.forwards;
            let whole = if forwards { [0.0, 1.0] } else { [1.0, 0.0] };
            let begin = share_on(&route.access, leg.direction.road).filter(|_| number == 0);
            let end = share_on(&route.egress, leg.direction.road).filter(|_| number == last);
            let [begin, end] = [begin.unwrap_or(whole[0]), end.unwrap_or(whole[1])];
            line.extend(roads.part_of_line(road, begin, end));
            let metres = road.length.0 * (end - begin).abs();
            let against = road.passage.along(forwards) == Passage::AgainstOneWay;
            match streets.last_mut() {
                Some(street) if street.goes_on(road, against) => {
                    street.links.push(road.id.clone());
                    street.metres += metres;
                    street.turns = street.turns + leg.turn;
                    street.drive = street.drive + leg.drive;
                }
                _ => streets.push(Street {
                    name: road.name_in_languages(),
                    class: road.class,
                    links: vec![road.id.clone()],
                    metres,
                    turns: leg.turn,
                    drive: leg.drive,
                    against_one_way: against,
                }),
            }
        }
        line.dedup();
        Self {
            ends,
            access: OffRoadPart {
                way: route.access,
                line: [
                    position(roads, origin),
                    match route.access.foot {
                        Some(foot) => foot.point,
                        None => position(roads, destination),
                    },
                ],
            },
            egress: OffRoadPart {
                way: route.egress,
                line: {
                    let end = position(roads, destination);
                    [route.egress.foot.map_or(end, |foot| foot.point), end]
                },
            },
            streets,
            line,
        }
    }

    /// The time of the whole.
    pub fn time(&self) -> Millis {
        let streets = self
            .streets
            .iter()
            .map(|street| street.turns + street.drive);
        streets.fold(self.access.way.time, |sum, time| sum + time) + self.egress.way.time
    }

    /// The length by road.
    pub fn metres(&self) -> Metres {
        Metres(self.streets.iter().map(|street| street.metres).sum())
    }

    /// The table of streets with times that add up to the whole.
    pub fn text(&self, language: Language) -> String {
        let [from, to] = &self.ends;
        let summary = text!(
            language,
            "route-whole",
            from = from,
            to = to,
            time = clock(self.time()),
            km = format!("{:.2}", self.metres().0 / 1000.0)
        );
        terminal::folded(&format!(
            "{}\n{summary}",
            terminal::table(&self.table(language))
        ))
    }

    fn table(&self, language: Language) -> Table {
        let mut table = Filling::of(self.lines(language));
        table.column(Column::new("number", Count).short("#"), |line| {
            line.number.clone()
        });
        table.column(
            Column::new("street", Text).head(text!(language, "route-street")),
            |line| line.title.clone(),
        );
        table.column(
            Column::new("class", Word).head(text!(language, "route-class")),
            |line| {
                let class = line.class.map(|class| road_class_words(class, language));
                class.unwrap_or_default()
            },
        );
        table.column(
            Column::new("km", Number)
                .places(2)
                .head(text!(language, "kilometres")),
            |line| line.metres / 1000.0,
        );
        table.column(Column::new("km_h", Number).head("km/h"), |line| {
            speed(line.metres, line.drive)
        });
        let seconds = |time: Millis| Value::from(time.seconds());
        table.column(
            Column::new("turns", Seconds).short(text!(language, "route-turns")),
            |line| line.class.map_or("".into(), |_| seconds(line.turns)),
        );
        table.column(
            Column::new("drive", Seconds).short(text!(language, "route-drive")),
            |line| seconds(line.drive),
        );
        table.column(
            Column::new("so_far", Seconds).short(text!(language, "route-so-far")),
            |line| clock(line.so_far),
        );
        table.table()
    }

    /// The rows of the table: the way to the road, the streets, the way from the road.
    fn lines(&self, language: Language) -> Vec<Line> {
        let straight = |OffRoad {
                            straight,
                            time,
                            by_lanes,
                            ..
                        }: OffRoad| {
            (time.0 > 0).then(|| Line {
                number: String::new(),
                title: match by_lanes {
                    true => text!(language, "route-unlisted"),
                    false => text!(language, "route-straight"),
                },
                class: None,
                metres: straight.0,
                turns: Millis(0),
                drive: time,
                so_far: Millis(0),
            })
        };
        let streets = self.streets.iter().zip(1..).map(|(street, number)| Line {
            number: number.to_string(),
            title: street.title(language),
            class: Some(street.class),
            metres: street.metres,
            turns: street.turns,
            drive: street.drive,
            so_far: Millis(0),
        });
        let mut so_far = Millis(0);
        straight(self.access.way)
            .into_iter()
            .chain(streets)
            .chain(straight(self.egress.way))
            .map(|line| {
                so_far = so_far + line.turns + line.drive;
                Line { so_far, ..line }
            })
            .collect()
    }

    /// One line feature, with the figures of the whole and of each street.
    ///
    /// # Errors
    /// Never in practice: every key is a text.
    pub fn geojson(&self, attribution: &[String]) -> Result<String, serde_json::Error> {
        let streets = self.streets.iter().map(|street| StreetProperties {
            name: &street.name,
            class: street.class,
            link_ids: &street.links,
            metres: tenths(street.metres),
            turn_seconds: street.turns.seconds(),
            drive_seconds: street.drive.seconds(),
            against_one_way: street.against_one_way,
        });
        let geometry = |line: &[LonLat]| {
            let line = line.iter().map(|point| [point.lon, point.lat]);
            Some(Geometry::LineString(line.collect()))
        };
        let unlisted = [self.access, self.egress].into_iter();
        let unlisted = unlisted.filter(|part| part.way.by_lanes);
        let unlisted: Vec<OffRoadPart> = unlisted.collect();
        let whole = Feature {
            geometry: match self.line.is_empty() {
                true => geometry(&self.access.line),
                false => geometry(&self.line),
            },
            properties: Properties::Route(RouteProperties {
                from: &self.ends[0],
                to: &self.ends[1],
                clock: Clock::Travel,
                seconds: self.time().seconds(),
                metres: tenths(self.metres().0),
                access_seconds: self.access.way.time.seconds(),
                egress_seconds: self.egress.way.time.seconds(),
                by_unlisted_lanes: !unlisted.is_empty(),
                streets: streets.collect(),
            }),
        };
        let unlisted = unlisted.iter().map(|part| Feature {
            geometry: geometry(&part.line),
            properties: Properties::Unlisted(UnlistedProperties {
                part: "unlisted lanes, straight",
                straight_metres: tenths(part.way.straight.0),
                seconds: part.way.time.seconds(),
            }),
        });
        indented_json(&FeatureCollection {
            members: Members { attribution },
            features: std::iter::once(whole).chain(unlisted).collect(),
        })
    }
}

impl Street {
    /// Whether a road goes on with this street.
    fn goes_on(&self, road: &Road, against_one_way: bool) -> bool {
        self.name == road.name_in_languages()
            && self.class == road.class
            && self.against_one_way == against_one_way
    }

    fn title(&self, language: Language) -> String {
        let street = match self.name.in_language(language) {
            "" => text!(language, "route-no-name"),
            name => name.to_owned(),
        };
        match self.against_one_way {
            true => text!(language, "route-against-one-way", street = street),
            false => street,
        }
    }
}

/// How far along `road` the trip joins or leaves it, if it does.
fn share_on(way: &OffRoad, road: RoadId) -> Option<f64> {
    let foot = way.foot.filter(|foot| foot.road == road);
    foot.map(|foot| foot.share)
}

/// Where a trip beside the roads ends.
fn position(roads: &RoadGraph, end: &TripEnd) -> LonLat {
    match end {
        TripEnd::Junction(junction) => roads.graph()[*junction].position,
        TripEnd::Beside(location) => location.position,
    }
}

fn tenths(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

/// Mean speed, without the turns.
fn speed(metres: f64, time: Millis) -> String {
    if time.0 == 0 {
        return String::new();
    }
    format!("{:.0}", KmPerHour(metres * 3.6 / time.seconds()).0)
}

fn clock(time: Millis) -> String {
    let whole = (time.0 + 500) / 1000;
    format!("{}:{:02}", whole / 60, whole % 60)
}
