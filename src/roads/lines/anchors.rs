//! Anchors: the points where lines may meet: points closer together than the tolerance are one anchor.

use std::collections::HashMap;

/// Index of an anchor in [`Anchors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnchorId(u32);

impl AnchorId {
    /// Its position in the order in which anchors were found.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One anchor.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// Metres east and north: those of the first point that was put here, which does not move.
    pub position: [f64; 2],
    /// Whether a line ends here.
    pub is_end: bool,
    /// The levels of the lines that have put a point here.
    levels: Vec<i32>,
}

impl Anchor {
    /// Whether the inside of a line of this level may be joined here.
    ///
    /// A line on the ground is joined by whatever ends at it, such as the ramp of a bridge. A bridge
    /// or tunnel is left and entered at its ends only, or by lines of its own level.
    pub fn admits_inside(&self, level: i32) -> bool {
        self.levels.contains(&level) || (level == 0 && self.is_end)
    }
}

/// The anchors, none of them within the tolerance of another that admits the same points.
///
/// Each point goes to the nearest anchor there is, or founds one. So a row of close points is not
/// drawn together into one, as it would be if all pairs within the tolerance were united.
#[derive(Debug)]
pub struct Anchors {
    tolerance: f64,
    all: Vec<Anchor>,
    in_cell: HashMap<[i64; 2], Vec<AnchorId>>,
}

/// Metres below which two points are the same: of degrees, a tenth of a millimetre is noise.
pub const SAME: f64 = 1e-4;

impl Anchors {
    /// No anchors yet; `tolerance` in metres.
    pub fn new(tolerance: f64) -> Self {
        Self {
            tolerance,
            all: Vec::new(),
            in_cell: HashMap::new(),
        }
    }

    /// The anchors in the order in which they were founded.
    pub fn all(&self) -> &[Anchor] {
        &self.all
    }

    /// One anchor.
    pub fn get(&self, id: AnchorId) -> &Anchor {
        &self.all[id.index()]
    }

    /// The anchor of a line's end, of this level.
    pub fn anchor_end(&mut self, position: [f64; 2], level: i32) -> AnchorId {
        let near = self.nearest(position, |anchor| anchor.is_end);
        self.put(near, position, level, true)
    }

    /// The anchor of a point inside a line of this level.
    pub fn anchor_inside(&mut self, position: [f64; 2], level: i32) -> AnchorId {
        let near = self.nearest(position, |anchor| anchor.admits_inside(level));
        self.put(near, position, level, false)
    }

    fn put(
        &mut self,
        near: Option<AnchorId>,
        position: [f64; 2],
        level: i32,
        is_end: bool,
    ) -> AnchorId {
        if let Some(id) = near {
            let anchor = &mut self.all[id.index()];
            if !anchor.levels.contains(&level) {
                anchor.levels.push(level);
            }
            return id;
        }
        let id = AnchorId(u32::try_from(self.all.len()).expect("fewer than 2^32 points"));
        self.all.push(Anchor {
            position,
            is_end,
            levels: vec![level],
        });
        self.in_cell
            .entry(self.cell(position))
            .or_default()
            .push(id);
        id
    }

    /// The nearest anchor within the tolerance that `admits` the point; of equals the first.
    fn nearest(&self, position: [f64; 2], admits: impl Fn(&Anchor) -> bool) -> Option<AnchorId> {
        let [column, row] = self.cell(position);
        let mut best: Option<(f64, AnchorId)> = None;
        for column in column.saturating_sub(1)..=column.saturating_add(1) {
            for row in row.saturating_sub(1)..=row.saturating_add(1) {
                for id in self.in_cell.get(&[column, row]).into_iter().flatten() {
                    let anchor = self.get(*id);
                    let found = (distance(anchor.position, position), *id);
                    if found.0 <= self.tolerance
                        && admits(anchor)
                        && best.is_none_or(|best| found < best)
                    {
                        best = Some(found);
                    }
                }
            }
        }
        best.map(|(_, id)| id)
    }

    fn cell(&self, position: [f64; 2]) -> [i64; 2] {
        position.map(|metres| (metres / self.tolerance).floor() as i64)
    }
}

/// Metres between two points of the plane.
pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}
