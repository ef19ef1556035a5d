//! Where names stand on a map so that none covers another, a symbol or the frame.
//!
//! The greedy method over candidate positions around each point (Yoeli 1972; Christensen, Marks
//! and Shieber 1995 compare it with others): the most important name chooses first.

/// An upright box on the sheet; `top` is less than `bottom`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// The box of this size with its upper left corner at `left`, `top`.
    pub fn sized(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// The square around a point.
    pub fn around([x, y]: [f64; 2], radius: f64) -> Self {
        Self::sized(x - radius, y - radius, 2.0 * radius, 2.0 * radius)
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Its corners, from the upper left with the hands of a clock.
    pub fn corners(&self) -> Vec<[f64; 2]> {
        vec![
            [self.left, self.top],
            [self.right, self.top],
            [self.right, self.bottom],
            [self.left, self.bottom],
        ]
    }

    /// Its middle.
    pub fn centre(&self) -> [f64; 2] {
        [
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        ]
    }

    /// Whether the insides of the two boxes meet.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `inner` lies wholly inside.
    pub fn holds(&self, inner: &Self) -> bool {
        inner.left >= self.left
            && inner.right <= self.right
            && inner.top >= self.top
            && inner.bottom <= self.bottom
    }

    /// Whether the point lies inside.
    pub fn holds_point(&self, [x, y]: [f64; 2]) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The point of the box nearest to `[x, y]`.
    pub fn nearest_to(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            x.clamp(self.left, self.right),
            y.clamp(self.top, self.bottom),
        ]
    }
}

/// A place found for a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The box of the text.
    pub bounds: Rect,
    /// Whether the label stands so far off that a line should lead to its point.
    pub needs_leader: bool,
}

/// The side of its point on which a label stands, as steps right and down.
pub type Side = [i8; 2];

/// The sides in the order in which a reader finds a name most easily.
pub const SIDES: [Side; 8] = [
    [1, 0],
    [-1, 0],
    [1, -1],
    [1, 1],
    [-1, -1],
    [-1, 1],
    [0, -1],
    [0, 1],
];

/// Gaps between symbol and label that are tried in turn; from the third on a line leads back.
const GAPS: [f64; 6] = [3.0, 9.0, 18.0, 30.0, 44.0, 60.0];
const FIRST_GAP_WITH_LEADER: usize = 2;

/// The space of one map or plot, and what already stands on it.
#[derive(Clone, Debug)]
pub struct Placer {
    frame: Rect,
    taken: Vec<Rect>,
}

impl Placer {
    /// An empty space.
    pub fn new(frame: Rect) -> Self {
        Self {
            frame,
            taken: Vec::new(),
        }
    }

    /// Keeps labels off `rect`.
    pub fn block(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// The first free place for a text of this size near the symbol at `at`, and takes it.
    pub fn place(
        &mut self,
        at: [f64; 2],
        radius: f64,
        size: [f64; 2],
        sides: &[Side],
    ) -> Option<Placed> {
        self.place_within(&GAPS, at, radius, size, sides)
    }

    /// The same close beside the symbol, where no line need lead back.
    pub fn place_beside(
        &mut self,
        at: [f64; 2],
        radius: f64,
        size: [f64; 2],
        sides: &[Side],
    ) -> Option<Placed> {
        self.place_within(&GAPS[..FIRST_GAP_WITH_LEADER], at, radius, size, sides)
    }

    fn place_within(
        &mut self,
        gaps: &[f64],
        at: [f64; 2],
        radius: f64,
        [width, height]: [f64; 2],
        sides: &[Side],
    ) -> Option<Placed> {
        // A name belongs to a point that can be seen.
        if !self.frame.holds_point(at) {
            return None;
        }
        for (ring, gap) in gaps.iter().enumerate() {
            for [right, down] in sides.iter().copied() {
                let away = radius + gap;
                // On a diagonal both distances count, so each is shorter.
                let away = if right != 0 && down != 0 {
                    away * 0.75
                } else {
                    away
                };
                let left = at[0] + f64::from(right) * away + width * (f64::from(right) - 1.0) / 2.0;
                let top = at[1] + f64::from(down) * away + height * (f64::from(down) - 1.0) / 2.0;
                let bounds = Rect::sized(left, top, width, height);
                if self.frame.holds(&bounds)
                    && !self.taken.iter().any(|other| other.overlaps(&bounds))
                {
                    self.taken.push(bounds);
                    return Some(Placed {
                        bounds,
                        needs_leader: ring >= FIRST_GAP_WITH_LEADER,
                    });
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 300.0,
        bottom: 200.0,
    };

    /// ```text
    ///   A o[first ]     the second name finds the right side taken and stands on the left
    /// [second] o B
    /// ```
    #[test]
    fn the_second_name_gives_way_to_the_first() {
        let mut placer = Placer::new(FRAME);
        let first = placer
            .place([100.0, 100.0], 4.0, [60.0, 16.0], &SIDES)
            .unwrap();
        assert_eq!(first.bounds, Rect::sized(107.0, 92.0, 60.0, 16.0));
        let second = placer
            .place([106.0, 110.0], 4.0, [60.0, 16.0], &SIDES)
            .unwrap();
        assert_eq!(second.bounds.right, 99.0);
    }

    #[test]
    fn a_point_beyond_the_frame_has_no_name() {
        let mut placer = Placer::new(FRAME);
        assert_eq!(
            placer.place([400.0, 100.0], 4.0, [20.0, 16.0], &SIDES),
            None
        );
        assert_eq!(
            placer.place([f64::NAN, 100.0], 4.0, [20.0, 16.0], &SIDES),
            None
        );
    }

    proptest! {
        #[test]
        fn no_name_covers_another_or_a_symbol_or_is_cut_off(
            points in proptest::collection::vec((0.0..300.0, 0.0..200.0, 10.0..80.0), 0..60)
        ) {
            let mut placer = Placer::new(FRAME);
            let symbols: Vec<Rect> =
                points.iter().map(|(x, y, _)| Rect::around([*x, *y], 3.0)).collect();
            symbols.iter().for_each(|symbol| placer.block(*symbol));
            let boxes: Vec<Rect> = points
                .iter()
                .filter_map(|(x, y, width)| placer.place([*x, *y], 3.0, [*width, 14.0], &SIDES))
                .map(|placed| placed.bounds)
                .collect();
            for (index, one) in boxes.iter().enumerate() {
                prop_assert!(FRAME.holds(one));
                prop_assert!(symbols.iter().all(|symbol| !symbol.overlaps(one)));
                prop_assert!(boxes[index + 1..].iter().all(|other| !other.overlaps(one)));
            }
        }
    }
}
