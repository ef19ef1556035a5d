//! Towns, stations and sites with their names, and the corner with scale, north and remark.

use super::{MapSheet, MapTown, Projection};
use crate::charts::canvas::{Align, Canvas, Lettering};
use crate::charts::labels::{Placer, Rect, SIDES};
use crate::charts::road_lines::inside;
use crate::charts::symbols::{EXISTING_RADIUS, PLANNED_RADIUS, SITE_RADIUS, Symbol, TOWN_RADIUS};
use crate::charts::{ChartError, theme};
use crate::text;

/// A mark on the map and its name.
struct Mark<'a> {
    symbol: Symbol,
    at: [f64; 2],
    name: &'a str,
}

impl Mark<'_> {
    fn radius(&self) -> f64 {
        match self.symbol {
            Symbol::Planned => PLANNED_RADIUS + 2.0,
            Symbol::Existing => EXISTING_RADIUS,
            Symbol::Site => SITE_RADIUS,
            _ => TOWN_RADIUS + 1.0,
        }
    }

    fn lettering(&self) -> Lettering {
        match self.symbol {
            Symbol::Planned => Lettering::plain(theme::LABEL + 2.0, theme::PROPOSED).bold(),
            Symbol::Existing => Lettering::plain(theme::LABEL - 0.5, theme::TODAY).bold(),
            _ => Lettering::plain(theme::LABEL, theme::INK),
        }
        .halo()
    }
}

impl MapSheet<'_> {
    pub(super) fn draw_marks(
        &self,
        canvas: &Canvas<'_>,
        projection: &Projection,
        frame: Rect,
        placer: &mut Placer,
    ) -> Result<(), ChartError> {
        let mut towns: Vec<&MapTown> = self.base.towns.iter().collect();
        towns.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let station = |planned: bool| {
            (self.stations.iter())
                .filter(move |station| station.planned == planned)
                .map(move |station| (station.at, station.name.as_str(), planned))
        };
        // The most important first: it chooses its place for the name and is drawn on top.
        let marks: Vec<Mark<'_>> = station(true)
            .chain(station(false))
            .map(|(at, name, planned)| Mark {
                symbol: if planned {
                    Symbol::Planned
                } else {
                    Symbol::Existing
                },
                at: projection.position(at),
                name,
            })
            .chain(towns.iter().map(|town| Mark {
                symbol: Symbol::Town,
                at: projection.position(town.at),
                name: &town.name,
            }))
            .chain(self.sites.iter().map(|at| Mark {
                symbol: Symbol::Site,
                at: projection.position(*at),
                name: "",
            }))
            .filter(|mark| frame.holds_point(mark.at))
            .collect();
        for mark in &marks {
            placer.block(Rect::around(mark.at, mark.radius()));
        }
        let mut labels = Vec::new();
        for mark in marks.iter().filter(|mark| !mark.name.trim().is_empty()) {
            let lettering = mark.lettering();
            let size = [
                canvas.width(mark.name, lettering) + 2.0,
                lettering.size * 1.12,
            ];
            if let Some(placed) = placer.place(mark.at, mark.radius(), size, &SIDES) {
                labels.push((mark, placed, lettering));
            }
        }
        for (mark, placed, _) in labels.iter().filter(|(_, placed, _)| placed.needs_leader) {
            let end = placed.bounds.nearest_to(mark.at);
            canvas.line(&[mark.at, end], theme::PAPER, 2.6)?;
            canvas.line(&[mark.at, end], theme::MUTED, 1.0)?;
        }
        for mark in marks.iter().rev() {
            mark.symbol.draw_at(canvas, mark.at)?;
        }
        for (mark, placed, lettering) in labels {
            canvas.text(mark.name, placed.bounds.centre(), Align::Middle, lettering)?;
        }
        Ok(())
    }

    /// Scale, north and the remark that the map is schematic, in the corner that the county
    /// leaves free. Says which space they take.
    pub(super) fn draw_furniture(
        &self,
        canvas: &Canvas<'_>,
        frame: Rect,
        scale: f64,
        boundary: &[Vec<[f64; 2]>],
    ) -> Result<Rect, ChartError> {
        let language = canvas.language;
        let lettering = Lettering::plain(theme::LABEL, theme::INK).halo();
        let mut remarks = vec![text!(language, "chart-schematic")];
        if let Some(number) = &self.base.review_number {
            remarks.push(text!(language, "chart-review", number = number.as_str()));
        }
        let kilometres = round_length(210.0 / scale / 1000.0);
        let bar = kilometres * 1000.0 * scale;
        let unit = text!(language, "kilometres");
        let longest = remarks
            .iter()
            .map(|remark| canvas.width(remark, lettering))
            .fold(bar + 62.0 + canvas.width(&unit, lettering), f64::max);
        let line = theme::LABEL * 1.42;
        let space = [longest + 16.0, 68.0 + remarks.len() as f64 * line];
        let corner = emptiest_corner(frame, space, boundary);

        let [left, top] = [corner.left + 8.0, corner.top + 8.0];
        draw_north(canvas, [left + 12.0, top])?;
        let start = left + 42.0;
        let y = top + 44.0;
        for (index, share) in [0.0, 0.5].into_iter().enumerate() {
            let half = Rect::sized(start + share * bar, y - 3.0, bar / 2.0, 6.0);
            let fill = if index == 0 { theme::INK } else { theme::PAPER };
            canvas.fill(half, fill)?;
            canvas.outline(half, theme::INK, 1.0)?;
        }
        for share in [0.0, 0.5, 1.0] {
            let words = format!("{}", kilometres * share);
            let at = [start + share * bar, y - 15.0];
            canvas.text(&words, at, Align::Middle, lettering)?;
        }
        let after = canvas.width(&format!("{kilometres}"), lettering) / 2.0 + 5.0;
        canvas.text(
            &unit,
            [start + bar + after, y - 15.0],
            Align::Start,
            lettering,
        )?;
        for (index, remark) in remarks.iter().enumerate() {
            let middle = top + 58.0 + (index as f64 + 0.5) * line;
            canvas.text(remark, [left, middle], Align::Start, lettering)?;
        }
        Ok(corner)
    }
}

fn draw_north(canvas: &Canvas<'_>, [x, top]: [f64; 2]) -> Result<(), ChartError> {
    let foot = top + 28.0;
    canvas.rings(
        &[vec![[x, top], [x, foot - 7.0], [x - 10.0, foot]]],
        theme::INK,
    )?;
    let right = [[x, top], [x + 10.0, foot], [x, foot - 7.0], [x, top]];
    canvas.rings(&[right.to_vec()], theme::PAPER)?;
    canvas.line(&right, theme::INK, 1.0)?;
    let letter = text!(canvas.language, "chart-north");
    let lettering = Lettering::plain(theme::LABEL, theme::INK).bold().halo();
    canvas.text(&letter, [x, foot + 12.0], Align::Middle, lettering)
}

/// The largest of 1, 2, 5, 10, … that is not above `wanted`.
fn round_length(wanted: f64) -> f64 {
    let power = libm::exp10(libm::log10(wanted.max(1e-3)).floor());
    [5.0, 2.0, 1.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|length| *length <= wanted * 1.000_001)
        .unwrap_or(power)
}

/// The corner of the frame in which a box of this size covers least of the county; bottom left
/// when all are alike.
fn emptiest_corner(frame: Rect, [width, height]: [f64; 2], boundary: &[Vec<[f64; 2]>]) -> Rect {
    let lefts = [frame.left + 8.0, frame.right - 8.0 - width];
    let tops = [frame.bottom - 8.0 - height, frame.top + 8.0];
    let covered = |corner: &Rect| {
        (0..=8)
            .flat_map(|column| (0..=8).map(move |row| (f64::from(column), f64::from(row))))
            .filter(|(column, row)| {
                let at = [
                    corner.left + corner.width() * column / 8.0,
                    corner.top + corner.height() * row / 8.0,
                ];
                inside(at, boundary)
            })
            .count()
    };
    tops.into_iter()
        .flat_map(|top| lefts.map(|left| Rect::sized(left, top, width, height)))
        .min_by_key(covered)
        .unwrap_or(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_bars_have_round_lengths() {
        assert_eq!(round_length(19.0), 10.0);
        assert_eq!(round_length(20.0), 20.0);
        assert_eq!(round_length(0.7), 0.5);
        assert!(round_length(0.0) > 0.0);
    }

    /// ```text
    /// +--------+
    /// | ####   |     the county fills all but the upper right
    /// | #######|
    /// +--------+
    /// ```
    #[test]
    fn the_scale_stands_where_the_county_leaves_room() {
        let frame = Rect::sized(0.0, 0.0, 100.0, 100.0);
        let county = vec![vec![
            [0.0, 0.0],
            [60.0, 0.0],
            [60.0, 50.0],
            [100.0, 50.0],
            [100.0, 100.0],
            [0.0, 100.0],
        ]];
        let corner = emptiest_corner(frame, [20.0, 20.0], &county);
        assert_eq!(corner, Rect::sized(72.0, 8.0, 20.0, 20.0));
    }
}
