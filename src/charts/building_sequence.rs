//! In which order to build: the mean response time after each step, one line an order.

use super::axis::{Axis, axis_step};
use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::sheet::{self, Caption, Drawing, Sheet};
use super::{ChartError, theme};
use crate::language::Language;
use crate::text;

/// One order of building.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceLine {
    /// What stands after each step, the first being what stands today: what is added, and minutes.
    pub steps: Vec<(String, f64)>,
}

/// The orders of building side by side.
#[derive(Clone, Debug)]
pub struct BuildingSequence {
    /// What is written around the chart.
    pub caption: Caption,
    /// The orders, the one to be recommended first; all have equally many steps.
    pub orders: Vec<SequenceLine>,
}

const HEIGHT: f64 = 470.0;
const LEFT_AXIS: f64 = 58.0;
const BELOW: f64 = 40.0;
const HEAD: f64 = 34.0;
/// Room on the right for the name of the last step.
const RIGHT: f64 = 30.0;

impl BuildingSequence {
    /// The title of such a chart.
    pub fn title(language: Language) -> String {
        text!(language, "chart-building-sequence")
    }

    /// The finished chart.
    ///
    /// # Errors
    /// When there is no order, or none has a step.
    pub fn draw(&self, language: Language) -> Result<Drawing, ChartError> {
        self.sheet(language)?.finish()
    }

    pub(super) fn sheet(&self, language: Language) -> Result<Sheet, ChartError> {
        let steps = self.orders.first().map_or(0, |order| order.steps.len());
        if steps < 2 || self.orders.iter().any(|order| order.steps.len() != steps) {
            return Err(ChartError::Empty {
                title: self.caption.title.clone(),
                missing: "at least one order of building with at least one step",
            });
        }
        let all = self.orders.iter().flat_map(|order| &order.steps);
        let largest = all.map(|(_, minutes)| *minutes).fold(1.0, f64::max);
        let axis = Axis::up_to(largest * 1.1, axis_step(largest * 1.1));
        sheet::sheet(language, &self.caption, HEIGHT, |canvas, body| {
            let plot = Rect {
                left: body.left + LEFT_AXIS,
                top: body.top + HEAD,
                right: body.right - RIGHT,
                bottom: body.bottom - BELOW,
            };
            let at = |number: usize, minutes: f64| {
                // Half a step of room on both sides, for the names.
                let share = (number as f64 + 0.5) / steps as f64;
                [
                    plot.left + plot.width() * share,
                    plot.bottom - plot.height() * minutes / axis.high,
                ]
            };
            let title = Lettering::plain(theme::BODY, theme::INK);
            canvas.text(
                &text!(language, "chart-mean-response"),
                [body.left, body.top + 8.0],
                Align::Start,
                title,
            )?;
            axis.draw_left(canvas, plot, |minutes| at(0, minutes)[1])?;
            for step in 0..steps {
                let words = match step {
                    0 => text!(language, "today"),
                    _ => text!(language, "step", step = step),
                };
                let below = [at(step, 0.0)[0], plot.bottom + 19.0];
                canvas.text(&words, below, Align::Middle, title)?;
            }
            // The recommended order is drawn last, over the others.
            for (rank, order) in self.orders.iter().enumerate().rev() {
                self.draw_order(canvas, rank, order, &at)?;
            }
            Ok(())
        })
    }

    fn draw_order(
        &self,
        canvas: &Canvas<'_>,
        rank: usize,
        order: &SequenceLine,
        at: &dyn Fn(usize, f64) -> [f64; 2],
    ) -> Result<(), ChartError> {
        let steps = order.steps.iter().enumerate();
        let line: Vec<[f64; 2]> = steps
            .map(|(step, (_, minutes))| at(step, *minutes))
            .collect();
        let ink = match rank {
            0 => theme::PROPOSED,
            1 => theme::TODAY,
            _ => theme::CONTEXT,
        };
        match rank {
            0 => canvas.line(&line, ink, 3.2)?,
            _ => canvas.dashed(&line, ink, 2.0, &[10.0, 6.0])?,
        }
        let lettering = Lettering::plain(theme::LABEL, ink).halo();
        for (step, ((name, minutes), mark)) in order.steps.iter().zip(&line).enumerate() {
            canvas.dot(*mark, if rank == 0 { 6.0 } else { 4.6 }, ink)?;
            // Where the recommended order stands as well it has said so; of more than two orders
            // the names would hide each other.
            let said = self.orders[0].steps[step].1 == *minutes && rank > 0;
            if said || rank > 1 {
                continue;
            }
            let words = match step {
                0 => format!("{minutes:.1}"),
                _ => format!("{name} {minutes:.1}"),
            };
            // Lines fall to the right: below the lowest and to the upper right there is room.
            let (align, at) = match (rank, step) {
                (_, 0) => (Align::Middle, [mark[0], mark[1] - 18.0]),
                (0, _) => (Align::Middle, [mark[0], mark[1] + 20.0]),
                _ => (Align::Start, [mark[0] + 9.0, mark[1] - 13.0]),
            };
            canvas.text(&words, at, align, lettering)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(orders: &[&[f64]]) -> BuildingSequence {
        let line = |minutes: &&[f64]| SequenceLine {
            steps: minutes.iter().map(|m| (format!("site {m}"), *m)).collect(),
        };
        BuildingSequence {
            caption: Caption::default(),
            orders: orders.iter().map(line).collect(),
        }
    }

    #[test]
    fn every_step_of_two_orders_is_named_once() {
        let sheet = chart(&[&[44.0, 31.0, 26.0], &[44.0, 38.0, 26.0]]).sheet(Language::English);
        let svg = sheet.unwrap().svg;
        for words in ["site 31 31.0", "site 38 38.0", "today", "step 2"] {
            assert!(svg.contains(words), "{words} is missing");
        }
        let times = |words: &str| svg.matches(words).count();
        assert_eq!(times("site 26 26.0"), times("site 31 31.0"));
    }

    #[test]
    fn orders_of_unequal_length_and_none_at_all_are_refused() {
        for orders in [&[][..], &[&[1.0][..]], &[&[1.0, 2.0][..], &[1.0][..]]] {
            let drawn = chart(orders).draw(Language::Chinese);
            assert!(matches!(drawn, Err(ChartError::Empty { .. })));
        }
    }
}
