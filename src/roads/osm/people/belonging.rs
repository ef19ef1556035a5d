//! To which settlement a position belongs.
//!
//! To the one in whose outline it lies. Otherwise to one of its municipality, the smallest that has any; and of
//! these, or of all, to the one of which the distance is the least share of its reach: a city reaches farther than
//! a hamlet.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::geography::{LonLat, Plane, centre};
use crate::roads::osm::OsmExtract;
use crate::roads::osm::people::divisions::Divisions;
use crate::roads::osm::settlement_kinds::SettlementKind;
use crate::roads::osm::settlements::Settlement;
use crate::roads::osm::zones::{Zones, area_of};

/// Settlements on the plane, as indices.
type Points = RTree<GeomWithData<[f64; 2], usize>>;

/// Settlements that are asked for what belongs to them.
pub(super) struct Belonging<'s> {
    settlements: &'s [Settlement],
    plane: Plane,
    outlines: Zones,
    /// The settlement of each outline.
    of_outline: Vec<usize>,
    divisions: &'s Divisions,
    /// The settlements of each kind, on the plane.
    by_kind: Vec<(SettlementKind, Points)>,
}

impl<'s> Belonging<'s> {
    /// Of the settlements of these kinds.
    pub(super) fn of(
        extract: &OsmExtract,
        settlements: &'s [Settlement],
        divisions: &'s Divisions,
        is_asked: impl Fn(SettlementKind) -> bool,
    ) -> Self {
        let positions = settlements.iter().map(|settlement| settlement.position);
        let plane = Plane::around(centre(positions).unwrap_or_default());
        let asked = || {
            let all = settlements.iter().enumerate();
            all.filter(|(_, settlement)| is_asked(settlement.kind))
        };
        let outlines = asked().filter_map(|(index, settlement)| {
            Some((area_of(extract, &settlement.outline)?, index))
        });
        let (outlines, of_outline) = Zones::of(outlines.collect());
        let of_kind = |kind| {
            let those = asked().filter(|(_, settlement)| settlement.kind == kind);
            let points = those.map(|(index, settlement)| {
                GeomWithData::new(plane.project(settlement.position), index)
            });
            (kind, RTree::bulk_load(points.collect()))
        };
        let by_kind = SettlementKind::ALL.into_iter().map(of_kind);
        let by_kind = by_kind.filter(|(_, points)| points.size() > 0).collect();
        Self {
            settlements,
            plane,
            outlines,
            of_outline,
            divisions,
            by_kind,
        }
    }

    /// The settlement to which a position belongs; `None` where there is none at all.
    pub(super) fn settlement_at(&self, position: LonLat) -> Option<usize> {
        if let Some(outline) = self.outlines.holding(position).first() {
            return Some(self.of_outline[*outline]);
        }
        let at = self.plane.project(position);
        let is_asked = |index: &&usize| {
            let kind = self.settlements[**index].kind;
            self.by_kind.iter().any(|(asked, _)| *asked == kind)
        };
        let municipalities = self.divisions.municipalities.holding(position);
        let in_municipality = municipalities.into_iter().find_map(|municipality| {
            let members = self.divisions.members[municipality].iter();
            self.nearest(at, members.filter(is_asked).copied())
        });
        in_municipality.or_else(|| {
            let nearest = self.by_kind.iter().filter_map(|(_, points)| {
                let nearest = points.nearest_neighbor(&at)?;
                Some(nearest.data)
            });
            self.nearest(at, nearest)
        })
    }

    /// How far a position lies from a settlement, as a share of its reach.
    pub(super) fn share_of_reach(&self, position: LonLat, settlement: usize) -> f64 {
        self.share(self.plane.project(position), settlement)
    }

    fn share(&self, [east, north]: [f64; 2], settlement: usize) -> f64 {
        let settlement = &self.settlements[settlement];
        let [x, y] = self.plane.project(settlement.position);
        libm::hypot(east - x, north - y) / settlement.kind.assumed().reach.0
    }

    fn nearest(&self, at: [f64; 2], settlements: impl Iterator<Item = usize>) -> Option<usize> {
        settlements
            .map(|settlement| (self.share(at, settlement), settlement))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, settlement)| settlement)
    }
}
