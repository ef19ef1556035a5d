//! A map among others on one sheet: areas, main roads, boundary and stations without names.

use super::{MapSheet, Projection, RIM};
use crate::charts::canvas::Canvas;
use crate::charts::labels::Rect;
use crate::charts::road_lines::{cut, joined};
use crate::charts::symbols::{Symbol, symbol_of};
use crate::charts::{ChartError, theme};

impl MapSheet<'_> {
    /// Width and height of what the map shows, in metres.
    pub(in crate::charts) fn size(&self, title: &str) -> Result<[f64; 2], ChartError> {
        let [low, high] = self.extent(title)?;
        Ok([0, 1].map(|axis: usize| (high[axis] - low[axis]).max(super::SMALLEST)))
    }

    /// Symbols of stations that the map uses.
    pub(in crate::charts) fn station_symbols(&self) -> Vec<Symbol> {
        let stations = [Symbol::Existing, Symbol::Planned];
        let used = self.symbols();
        stations
            .into_iter()
            .filter(|symbol| used.contains(symbol))
            .collect()
    }

    /// Draws it into `frame`.
    pub(in crate::charts) fn draw_small(
        &self,
        canvas: &Canvas<'_>,
        frame: Rect,
        title: &str,
    ) -> Result<(), ChartError> {
        let [low, high] = self.extent(title)?;
        let [wide, tall] = self.size(title)?;
        let rim = RIM / 3.0;
        let scale = ((frame.width() - 2.0 * rim) / wide).min((frame.height() - 2.0 * rim) / tall);
        let projection = Projection {
            plane: self.base.plane,
            scale,
            middle: [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0],
            centre: frame.centre(),
        };
        let boundary: Vec<Vec<[f64; 2]>> = (self.base.outlines().iter())
            .map(|ring| ring.iter().map(|at| projection.metres(*at)).collect())
            .collect();
        self.draw_layers(canvas, frame, frame, &projection, &boundary)?;
        for symbol in [Symbol::MainRoad, Symbol::Expressway] {
            let lines: Vec<Vec<[f64; 2]>> = (self.base.roads.iter())
                .filter(|road| symbol_of(road.class) == symbol)
                .map(|road| projection.positions(&road.line))
                .collect();
            for line in joined(&cut(&lines, frame, &boundary).inside) {
                canvas.line(&line, theme::ROAD, 0.9)?;
            }
        }
        for ring in &boundary {
            let mut closed = ring.clone();
            closed.push(ring[0]);
            canvas.line(&closed, theme::INK, 1.1)?;
        }
        canvas.outline(frame, theme::CONTEXT, 0.8)?;
        for station in self.stations {
            let at = projection.position(station.at);
            if !frame.holds_point(at) {
                continue;
            }
            let symbol = if station.planned {
                Symbol::Planned
            } else {
                Symbol::Existing
            };
            symbol.draw_at(canvas, at)?;
        }
        Ok(())
    }
}
