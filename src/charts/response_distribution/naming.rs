//! What the limits and the lines of the distribution are called, and where that is written.

use super::lines::{
    DistributionLine, Emphasis, HEAD, PLOT_HEIGHT, Plot, THRESHOLD_ROW, ThresholdMark, stroke,
};
use crate::charts::canvas::{Align, Canvas, Lettering};
use crate::charts::labels::{Placer, Rect, Side};
use crate::charts::{ChartError, theme};
use crate::text;

/// Dashed lines that rise to their labels. The earliest limit has the highest row, so that no
/// line crosses the label of another as long as the labels stand to the right of their lines.
pub(super) fn draw_thresholds(
    canvas: &Canvas<'_>,
    plot: &Plot,
    marks: &[&ThresholdMark],
    body: Rect,
) -> Result<(), ChartError> {
    let lettering = Lettering::plain(theme::LABEL, theme::INK).halo();
    let mut labels = Vec::new();
    for (row, mark) in marks.iter().enumerate() {
        let [x, _] = plot.at(mark.minutes, 0.0);
        let middle = body.top + HEAD + (row as f64 + 0.5) * THRESHOLD_ROW;
        let foot = [x, plot.space.bottom];
        canvas.dashed(&[foot, [x, middle - 8.0]], theme::INK, 1.2, &[5.0, 4.0])?;
        let width = canvas.width(&mark.label, lettering);
        let (beside, align) = if x + 7.0 + width <= body.right {
            (x + 7.0, Align::Start)
        } else if x - 7.0 - width >= body.left {
            (x - 7.0, Align::End)
        } else {
            (body.right, Align::End)
        };
        labels.push((&mark.label, [beside, middle], align));
    }
    // Written last: where a label has to stand on the left, its halo interrupts the lines.
    (labels.into_iter()).try_for_each(|(label, at, align)| canvas.text(label, at, align, lettering))
}

/// Names beside their lines: the proposed one above its line, today's below.
pub(super) fn name_lines(
    canvas: &Canvas<'_>,
    plot: &Plot,
    lines: &[&DistributionLine],
    marks: &[&ThresholdMark],
) -> Result<(), ChartError> {
    let mut placer = Placer::new(plot.space);
    for line in lines.iter().filter(|line| line.emphasis != Emphasis::Other) {
        for pair in plot.path(line).windows(2) {
            let steps = ((pair[1][0] - pair[0][0]).abs() / 8.0).ceil().max(1.0) as u32;
            for step in 0..steps {
                let share = f64::from(step) / f64::from(steps);
                let at = [0, 1].map(|axis| pair[0][axis] + (pair[1][axis] - pair[0][axis]) * share);
                placer.block(Rect::around(at, 3.0));
            }
        }
    }
    let beyond_thresholds = placer.clone();
    for mark in marks {
        let x = plot.at(mark.minutes, 0.0)[0];
        placer.block(Rect::sized(x - 4.0, plot.space.top, 8.0, PLOT_HEIGHT));
    }
    let mut keys: Vec<(Emphasis, String)> = Vec::new();
    for line in lines {
        let sides: &[Side] = match line.emphasis {
            Emphasis::Best => &[[-1, -1], [-1, 0]],
            Emphasis::Baseline => &[[1, 1], [1, 0]],
            Emphasis::Second => {
                keys.push((line.emphasis, line.name.clone()));
                continue;
            }
            Emphasis::Other => continue,
        };
        let (ink, _, _) = stroke(line.emphasis);
        let lettering = Lettering::plain(theme::BODY, ink).bold().halo();
        let size = [canvas.width(&line.name, lettering) + 4.0, theme::BODY * 1.2];
        // Clear of the limits if possible; otherwise the name interrupts them.
        let found = [&mut placer, &mut beyond_thresholds.clone()]
            .into_iter()
            .find_map(|placer| {
                [0.6, 0.5, 0.7, 0.4, 0.8, 0.3, 0.88, 0.93, 0.96]
                    .into_iter()
                    .find_map(|share| {
                        let at = plot.at(line.minutes_for(share)?, share);
                        placer.place_beside(at, 6.0, size, sides)
                    })
            });
        match found {
            Some(placed) => {
                placer.block(placed.bounds);
                canvas.fill(placed.bounds, theme::PAPER)?;
                canvas.text(&line.name, placed.bounds.centre(), Align::Middle, lettering)?;
            }
            None => keys.push((line.emphasis, line.name.clone())),
        }
    }
    let others: Vec<&DistributionLine> = (lines.iter().copied())
        .filter(|line| line.emphasis == Emphasis::Other)
        .collect();
    match others[..] {
        [] => {}
        [only] => keys.push((Emphasis::Other, only.name.clone())),
        _ => {
            let count = others.len();
            let words = text!(canvas.language, "chart-others", count = count);
            keys.push((Emphasis::Other, words));
        }
    }
    draw_keys(canvas, plot, &keys)
}

/// What is not named beside its line, in the lower right corner, where a cumulative line that
/// rises early leaves room.
fn draw_keys(
    canvas: &Canvas<'_>,
    plot: &Plot,
    keys: &[(Emphasis, String)],
) -> Result<(), ChartError> {
    let lettering = Lettering::plain(theme::LABEL, theme::INK).halo();
    let widest = (keys.iter())
        .map(|(_, words)| canvas.width(words, lettering))
        .fold(0.0, f64::max);
    let left = plot.space.right - 14.0 - widest;
    for (row, (emphasis, words)) in keys.iter().rev().enumerate() {
        let y = plot.space.bottom - 22.0 - row as f64 * 26.0;
        let (ink, width, pattern) = stroke(*emphasis);
        let sample = [[left - 56.0, y], [left - 10.0, y]];
        if pattern.is_empty() {
            canvas.line(&sample, ink, width * 1.5)?;
        } else {
            canvas.dashed(&sample, ink, width, pattern)?;
        }
        canvas.text(words, [left, y], Align::Start, lettering)?;
    }
    Ok(())
}
