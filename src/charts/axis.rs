//! An axis of values: which round numbers it has, and how their lines are drawn.

use super::canvas::{Align, Canvas, Lettering};
use super::labels::Rect;
use super::{ChartError, theme};

/// An axis from a least to a largest round number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) step: f64,
}

impl Axis {
    /// Around these values, with some room.
    pub(super) fn around(values: impl Iterator<Item = f64> + Clone, from_zero: bool) -> Self {
        let largest = values.clone().fold(f64::NEG_INFINITY, f64::max);
        let least = if from_zero {
            0.0
        } else {
            values.fold(f64::INFINITY, f64::min)
        };
        let span = (largest - least).max(largest.abs() * 0.01).max(1e-9);
        let step = axis_step(span * 1.2);
        let low = ((least - span * 0.06) / step).floor() * step;
        Self {
            low: if from_zero || low < 0.0 { 0.0 } else { low },
            high: ((largest + span * 0.08) / step).ceil() * step,
            step,
        }
    }

    /// The round numbers.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as u32;
        (0..=count).map(move |tick| self.low + f64::from(tick) * self.step)
    }

    /// How far along a value lies, from 0 to 1.
    pub(super) fn share(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// From zero to the first round number past a largest value.
    pub(super) fn up_to(largest: f64, step: f64) -> Self {
        Self {
            low: 0.0,
            high: (largest / step).ceil() * step,
            step,
        }
    }

    /// Upright lines through the plot, each with its number below; `x` is where a value stands.
    pub(super) fn draw_below(
        self,
        canvas: &Canvas<'_>,
        plot: Rect,
        parts: f64,
        x: impl Fn(f64) -> f64,
    ) -> Result<(), ChartError> {
        let lettering = Lettering::plain(theme::LABEL, theme::MUTED);
        let wide = |value| canvas.width(&number(value, parts), lettering) + 6.0;
        let widest = self.ticks().map(wide).fold(0.0, f64::max);
        let apart = (x(self.low + self.step) - x(self.low)).abs();
        // Where numbers would run together, only every second has one, or every third.
        let each = (widest / apart).ceil().max(1.0) as usize;
        for (index, value) in self.ticks().enumerate() {
            let at = x(value);
            canvas.line(&[[at, plot.top], [at, plot.bottom]], theme::HAIRLINE, 0.8)?;
            if index % each == 0 {
                let words = number(value, parts);
                canvas.text(&words, [at, plot.bottom + 16.0], Align::Middle, lettering)?;
            }
        }
        Ok(())
    }

    /// Level lines through the plot, each with its number on the left; `y` is where a value stands.
    pub(super) fn draw_left(
        self,
        canvas: &Canvas<'_>,
        plot: Rect,
        y: impl Fn(f64) -> f64,
    ) -> Result<(), ChartError> {
        let lettering = Lettering::plain(theme::LABEL, theme::MUTED);
        for value in self.ticks() {
            let at = y(value);
            canvas.line(&[[plot.left, at], [plot.right, at]], theme::HAIRLINE, 0.8)?;
            canvas.text(
                &number(value, 100.0),
                [plot.left - 8.0, at],
                Align::End,
                lettering,
            )?;
        }
        Ok(())
    }
}

/// A number of an axis, to the nearest of so many parts of one.
pub(super) fn number(value: f64, parts: f64) -> String {
    // No minus before a zero.
    format!("{}", (value * parts).round() / parts + 0.0)
}

/// A round step that makes six to twelve ticks.
pub(super) fn axis_step(longest: f64) -> f64 {
    let power = libm::exp10(libm::log10((longest / 12.0).max(1e-6)).floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| longest / step <= 12.0)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_every_value_between_round_numbers() {
        for values in [vec![26.19, 44.05, 19.0], vec![5.0], vec![0.0, 0.0]] {
            for from_zero in [false, true] {
                let axis = Axis::around(values.iter().copied(), from_zero);
                for value in &values {
                    assert!((0.0..=1.0).contains(&axis.share(*value)), "{axis:?}");
                }
                let ticks: Vec<f64> = axis.ticks().collect();
                assert!((2..=13).contains(&ticks.len()), "{ticks:?}");
            }
        }
    }

    #[test]
    fn axes_have_round_steps() {
        assert_eq!(axis_step(60.0), 5.0);
        assert_eq!(axis_step(24.0), 2.0);
        assert_eq!(axis_step(1.0), 0.1);
    }
}
