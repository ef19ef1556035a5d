//! The base of every map: boundary, roads, towns, stations, sites, scale and north, drawn to true
//! scale on the county's plane.

mod marks;
mod overlay;
mod small;

use plotters::style::RGBColor;

use super::ChartError;
use super::canvas::Canvas;
use super::field::Ring;
use super::labels::{Placer, Rect};
use super::legend::{Bands, Legend};
use super::road_lines::{cut, joined};
use super::sheet::{self, Caption, Sheet};
use super::symbols::{Symbol, rural_width, symbol_of};
use super::theme;
use crate::geography::{LonLat, Plane};
use crate::language::Language;
use crate::roads::generalised::MapLine;
use crate::text;

/// What a map shows before anything is measured.
#[derive(Clone, Debug)]
pub struct BaseMap {
    /// The plane of the map, and of every field drawn on it.
    pub plane: Plane,
    /// The outlines of the county; empty when none is known.
    pub boundary: Vec<Vec<LonLat>>,
    /// The roads in the county and around it.
    pub roads: Vec<MapLine>,
    /// What is said of roads for which the map has no room.
    pub roads_left_out: Option<String>,
    pub towns: Vec<MapTown>,
    /// The number under which a map was cleared for publication (审图号).
    pub review_number: Option<String>,
}

impl BaseMap {
    /// The outlines of the county on the plane, without those that leave the earth.
    pub(super) fn outlines(&self) -> Vec<Ring> {
        (self.boundary.iter())
            .filter(|ring| ring.len() > 2 && ring.iter().all(|at| at.is_valid()))
            .map(|ring| ring.iter().map(|at| self.plane.project(*at)).collect())
            .collect()
    }
}

/// A town's seat.
#[derive(Clone, Debug)]
pub struct MapTown {
    pub name: String,
    /// Where it is.
    pub at: LonLat,
    /// Its importance, such as its residents: the heaviest town is named first.
    pub weight: f64,
}

/// A station on a map.
#[derive(Clone, Debug)]
pub struct MapStation {
    /// Its name; an empty one draws the symbol alone.
    pub name: String,
    /// Where it is.
    pub at: LonLat,
    /// Whether it is proposed and not yet there.
    pub planned: bool,
}

/// One coloured area of a field: its rings on the plane, and its colour.
pub(super) struct Layer {
    pub(super) rings: Vec<Ring>,
    pub(super) colour: RGBColor,
}

/// The rings of where there is no road, which is a class of its own on every map.
pub(super) struct NoRoad<'r>(pub(super) &'r [Ring]);

impl NoRoad<'_> {
    /// Its colour and words, where there is any.
    pub(super) fn class(&self, language: Language) -> Option<(RGBColor, String)> {
        (!self.0.is_empty()).then(|| (theme::NO_ROAD, text!(language, "no-road")))
    }

    /// Its area, painted over the others.
    pub(super) fn layer(&self) -> Option<Layer> {
        (!self.0.is_empty()).then(|| Layer {
            rings: self.0.to_vec(),
            colour: theme::NO_ROAD,
        })
    }
}

/// Lines that are drawn thick, with a number.
pub(super) struct Stretch {
    pub(super) lines: Vec<Vec<LonLat>>,
    pub(super) number: usize,
    pub(super) colour: RGBColor,
}

/// What is drawn over the roads.
#[derive(Default)]
pub(super) struct Overlay {
    /// Borders between areas, on the plane.
    pub(super) borders: Vec<Ring>,
    /// The first is drawn on top of the others.
    pub(super) stretches: Vec<Stretch>,
    /// Marks, each drawn over those before it.
    pub(super) dots: Vec<Dot>,
}

/// A mark at a position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dot {
    pub(super) at: LonLat,
    pub(super) radius: f64,
    pub(super) fill: RGBColor,
    pub(super) edge: RGBColor,
}

/// A map ready to be drawn.
pub(super) struct MapSheet<'a> {
    pub(super) base: &'a BaseMap,
    pub(super) stations: &'a [MapStation],
    pub(super) sites: &'a [LonLat],
    /// The colour of the county where no layer lies.
    pub(super) ground: RGBColor,
    /// Areas painted one over the other.
    pub(super) layers: Vec<Layer>,
    pub(super) overlay: Overlay,
    pub(super) bands: Bands,
}

/// How metres of the plane become points of the sheet.
struct Projection {
    plane: Plane,
    scale: f64,
    middle: [f64; 2],
    centre: [f64; 2],
}

impl Projection {
    fn metres(&self, [east, north]: [f64; 2]) -> [f64; 2] {
        [
            self.centre[0] + (east - self.middle[0]) * self.scale,
            self.centre[1] - (north - self.middle[1]) * self.scale,
        ]
    }

    fn position(&self, position: LonLat) -> [f64; 2] {
        self.metres(self.plane.project(position))
    }

    fn positions(&self, positions: &[LonLat]) -> Vec<[f64; 2]> {
        positions.iter().map(|at| self.position(*at)).collect()
    }
}

/// The highest map that leaves room for title and legend on a page of A4.
const HIGHEST: f64 = 1000.0;
const LOWEST: f64 = 480.0;
/// White space between the county and the frame.
const RIM: f64 = 26.0;
/// The smallest extent in metres: a county of one point is drawn 5 km wide.
const SMALLEST: f64 = 5000.0;

/// The box on the plane around all positions on the earth, if there are any.
fn extent_of(plane: &Plane, all: impl IntoIterator<Item = LonLat>) -> Option<[[f64; 2]; 2]> {
    let valid = all.into_iter().filter(|at| at.is_valid());
    let boxes = valid.map(|at| [plane.project(at); 2]);
    boxes.reduce(|[low, high], [at, _]| {
        [
            [low[0].min(at[0]), low[1].min(at[1])],
            [high[0].max(at[0]), high[1].max(at[1])],
        ]
    })
}

/// The height of a map that shows a box on the plane, and its points a metre.
fn fitting([low, high]: [[f64; 2]; 2]) -> (f64, f64) {
    let width = theme::WIDTH - 2.0 * theme::MARGIN;
    let [wide, tall] = [0, 1].map(|axis| (high[axis] - low[axis]).max(SMALLEST));
    let height = ((width - 2.0 * RIM) * tall / wide + 2.0 * RIM).clamp(LOWEST, HIGHEST);
    let scale = ((width - 2.0 * RIM) / wide).min((height - 2.0 * RIM) / tall);
    (height, scale)
}

/// How many metres a point of the map of a county is; without a boundary, of the smallest.
pub fn metres_a_point(plane: &Plane, boundary: &[Vec<LonLat>]) -> f64 {
    let extent = extent_of(plane, boundary.iter().flatten().copied());
    1.0 / fitting(extent.unwrap_or_default()).1
}

impl MapSheet<'_> {
    /// The box on the plane that the map must show: the county, or else what lies in it.
    fn extent(&self, title: &str) -> Result<[[f64; 2]; 2], ChartError> {
        let boundary = self.base.boundary.iter().flatten().copied();
        let contents = (self.base.towns.iter().map(|town| town.at))
            .chain(self.stations.iter().map(|station| station.at))
            .chain(self.sites.iter().copied());
        let all: Vec<LonLat> = if self.base.boundary.iter().all(Vec::is_empty) {
            contents.collect()
        } else {
            boundary.collect()
        };
        extent_of(&self.base.plane, all).ok_or_else(|| ChartError::Empty {
            title: title.to_owned(),
            missing: "a boundary, a town, a station or a site within the degrees of the earth",
        })
    }

    pub(super) fn paint(self, language: Language, caption: &Caption) -> Result<Sheet, ChartError> {
        let [low, high] = self.extent(&caption.title)?;
        let width = theme::WIDTH - 2.0 * theme::MARGIN;
        let (height, scale) = fitting([low, high]);
        let middle = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];

        let legend = Legend::new(language, self.bands.clone(), &self.symbols(), width)?;
        sheet::sheet(language, caption, height + legend.height, |canvas, body| {
            let frame = Rect::sized(body.left, body.top, width, height);
            let projection = Projection {
                plane: self.base.plane,
                scale,
                middle,
                centre: frame.centre(),
            };
            self.draw(canvas, frame, &projection)?;
            let below = Rect {
                top: frame.bottom,
                ..body
            };
            legend.draw(canvas, below)
        })
    }

    /// The symbols that the map really uses.
    fn symbols(&self) -> Vec<Symbol> {
        let road = |symbol| {
            (self.base.roads.iter())
                .any(|road| road.line.len() > 1 && symbol_of(road.class) == symbol)
        };
        [
            (Symbol::Existing, self.stations.iter().any(|s| !s.planned)),
            (Symbol::Planned, self.stations.iter().any(|s| s.planned)),
            (Symbol::Site, !self.sites.is_empty()),
            (Symbol::Town, !self.base.towns.is_empty()),
            (Symbol::Expressway, road(Symbol::Expressway)),
            (Symbol::MainRoad, road(Symbol::MainRoad)),
            (Symbol::MinorRoad, road(Symbol::MinorRoad)),
            (Symbol::Boundary, !self.base.boundary.is_empty()),
        ]
        .into_iter()
        .filter_map(|(symbol, used)| used.then_some(symbol))
        .collect()
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        frame: Rect,
        projection: &Projection,
    ) -> Result<(), ChartError> {
        let boundary: Vec<Vec<[f64; 2]>> = (self.base.outlines().iter())
            .map(|ring| ring.iter().map(|at| projection.metres(*at)).collect())
            .collect();
        let sheet = Rect::sized(-10.0, -10.0, theme::WIDTH + 20.0, 3000.0);
        self.draw_layers(canvas, frame, sheet, projection, &boundary)?;
        self.draw_roads(canvas, frame, projection, &boundary)?;
        self.draw_overlay(canvas, projection)?;
        for ring in &boundary {
            let mut closed = ring.clone();
            closed.push(ring[0]);
            Symbol::Boundary.draw_line(canvas, &[closed])?;
        }
        canvas.outline(frame, theme::CONTEXT, 1.0)?;

        let mut placer = Placer::new(Rect {
            left: frame.left + 4.0,
            top: frame.top + 4.0,
            right: frame.right - 4.0,
            bottom: frame.bottom - 4.0,
        });
        placer.block(self.draw_furniture(canvas, frame, projection.scale, &boundary)?);
        self.draw_numbers(canvas, projection, frame, &mut placer)?;
        self.draw_marks(canvas, projection, frame, &mut placer)
    }

    /// The field, then white over all of `paper` that is beyond the county.
    fn draw_layers(
        &self,
        canvas: &Canvas<'_>,
        frame: Rect,
        paper: Rect,
        projection: &Projection,
        boundary: &[Vec<[f64; 2]>],
    ) -> Result<(), ChartError> {
        if boundary.is_empty() {
            canvas.fill(frame, self.ground)?;
        } else {
            canvas.rings(boundary, self.ground)?;
        }
        for layer in &self.layers {
            let rings: Vec<Vec<[f64; 2]>> = (layer.rings.iter())
                .map(|ring| ring.iter().map(|at| projection.metres(*at)).collect())
                .collect();
            canvas.rings(&rings, layer.colour)?;
        }
        let mut mask = vec![paper.corners()];
        if boundary.is_empty() {
            mask.push(frame.corners());
        } else {
            mask.extend(boundary.iter().cloned());
        }
        canvas.rings(&mask, theme::PAPER)
    }

    fn draw_roads(
        &self,
        canvas: &Canvas<'_>,
        frame: Rect,
        projection: &Projection,
        boundary: &[Vec<[f64; 2]>],
    ) -> Result<(), ChartError> {
        let mut drawn = Vec::new();
        for symbol in [Symbol::MinorRoad, Symbol::MainRoad, Symbol::Expressway] {
            let lines: Vec<Vec<[f64; 2]>> = (self.base.roads.iter())
                .filter(|road| symbol_of(road.class) == symbol)
                .map(|road| projection.positions(&road.line))
                .collect();
            let sides = cut(&lines, frame, boundary);
            let width = if symbol == Symbol::MinorRoad {
                0.7
            } else {
                1.8
            };
            for line in joined(&sides.outside) {
                canvas.line(&line, theme::ROAD_OUTSIDE, width)?;
            }
            drawn.push((symbol, joined(&sides.inside)));
        }
        for (symbol, lines) in drawn {
            if symbol == Symbol::MinorRoad {
                let width = rural_width(&lines, frame);
                (lines.iter()).try_for_each(|line| canvas.line(line, theme::RURAL_ROAD, width))?;
            } else {
                symbol.draw_line(canvas, &lines)?;
            }
        }
        Ok(())
    }
}
