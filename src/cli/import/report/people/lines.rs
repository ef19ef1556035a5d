//! The people of an import in lines for people: kept, dropped, assumed, not understood.

use std::collections::BTreeMap;

use super::super::lists::{first_of, where_any};
use super::super::words;
use super::{PeopleFound, Share};
use crate::cli::console::counted;
use crate::roads::osm::people::totals::TotalSource;
use crate::roads::osm::settlement_kinds::SettlementKind;

impl PeopleFound {
    /// Lines of what was kept.
    pub(in crate::cli::import::report) fn kept(&self) -> Vec<String> {
        let kinds = SettlementKind::ALL.into_iter();
        let kinds = kinds.filter_map(|kind| Some((self.by_kind.get(kind.word())?, kind.word())));
        let kinds: Vec<String> = kinds
            .map(|(count, kind)| format!("{count} {kind}"))
            .collect();
        let mut lines = vec![format!(
            "{} ({})",
            counted(self.settlements, "settlement"),
            kinds.join(", ")
        )];
        if self.is_empty() {
            lines
                .push("no towns: towns.csv and demand.csv have no rows, write your own".to_owned());
            return lines;
        }
        lines.push(format!("towns: {}", first_of(&self.towns)));
        let by = |of: &BTreeMap<&'static str, Share>| -> String {
            let parts = of.iter().map(|(words, some)| {
                let settlements = counted(some.settlements as usize, "settlement");
                format!("{} {words} ({settlements})", some.residents)
            });
            parts.collect::<Vec<_>>().join(", ")
        };
        lines.push(format!(
            "{} residents: {}",
            self.residents,
            by(&self.totals)
        ));
        lines.push(format!("where they live: {}", by(&self.whereabouts)));
        let per = [
            (self.residents_a_km_of_road, "km of road"),
            (self.residents_a_building, "building that people live in"),
        ];
        let per = per.into_iter().filter_map(|(number, of)| {
            let number = number?;
            Some(format!("{number} a {of}"))
        });
        let per: Vec<String> = per.collect();
        let median = self.median_m_to_a_road.unwrap_or_default();
        lines.push(format!(
            "residents: {}; half of them within {median} m of a road",
            per.join(", ")
        ));
        lines.push(format!(
            "{} on cells of {} m",
            counted(self.demand_points, "demand point"),
            self.cell_m
        ));
        lines.push(format!(
            "people live in {} of {}; floors are given of {}",
            self.buildings_lived_in,
            counted(self.buildings_drawn as usize, "building"),
            self.buildings_with_floors
        ));
        lines
    }

    /// Lines of what was left out.
    pub(in crate::cli::import::report) fn dropped(&self) -> Vec<String> {
        let reasons = self.buildings_left_out.iter();
        let mut lines: Vec<String> = reasons
            .map(|(reason, count)| format!("{}: {reason}", counted(*count as usize, "building")))
            .collect();
        if self.buildings_of_no_settlement > 0 {
            lines.push(format!(
                "{} that people live in, of no settlement",
                counted(self.buildings_of_no_settlement as usize, "building")
            ));
        }
        let cut: Vec<String> = self
            .cut_by_the_boundary
            .iter()
            .map(|(name, outside)| format!("{name} {outside}"))
            .collect();
        if !cut.is_empty() {
            let outside: u64 = self.cut_by_the_boundary.values().sum();
            lines.push(format!(
                "{outside} residents outside the boundary, of {} that it cuts: {}",
                counted(cut.len(), "settlement"),
                first_of(&cut)
            ));
        }
        lines
    }

    /// Lines of what was assumed.
    pub(in crate::cli::import::report) fn assumed(&self) -> Vec<String> {
        let of = |source| {
            let some = self.totals.get(words::total(source)).copied();
            some.unwrap_or_default()
        };
        let mut lines = Vec::new();
        let by_floor = of(TotalSource::Floor);
        if by_floor.settlements > 0 {
            lines.push(format!(
                "{} residents of {}: one for each {} m² of floor as drawn, {}",
                by_floor.residents,
                counted(by_floor.settlements as usize, "settlement"),
                self.floor_m2_a_resident,
                self.floor_source
            ));
        }
        let by_streets = of(TotalSource::Streets);
        if by_streets.settlements > 0 {
            lines.push(format!(
                "{} residents of {} with few buildings drawn: {} a km of street, as settlements of known population on \
                 this map have it",
                by_streets.residents,
                counted(by_streets.settlements as usize, "settlement"),
                self.residents_a_km_of_street.unwrap_or_default()
            ));
        }
        let by_kind = of(TotalSource::Kind);
        if by_kind.settlements > 0 {
            let kinds = self.residents_of_kinds.iter();
            let kinds: Vec<String> = kinds
                .map(|(kind, number)| format!("{number} {kind}"))
                .collect();
            lines.push(format!(
                "{} residents of {} by their kind ({})",
                by_kind.residents,
                counted(by_kind.settlements as usize, "settlement"),
                kinds.join(", ")
            ));
        }
        let times = [
            (
                self.areas_shared,
                [
                    "population of a municipality or area is shared by the settlements inside",
                    "populations of municipalities and areas are shared by the settlements inside",
                ],
            ),
            (
                self.parts_with_people_counted,
                [
                    "suburb or other part with its own number, taken from its settlement's",
                    "suburbs and other parts with their own numbers, taken from their settlements'",
                ],
            ),
            (
                self.parts_within_counted_parts,
                [
                    "number of a part not used: it lies in a larger one with a number",
                    "numbers of parts not used: they lie in larger ones with a number",
                ],
            ),
            (
                self.areas_below_their_settlements,
                [
                    "population of an area not used: its settlements have as many by themselves",
                    "populations of areas not used: their settlements have as many by themselves",
                ],
            ),
            (
                self.areas_too_large,
                [
                    "population of an area not used: it is that of more than is in the file",
                    "populations of areas not used: they are those of more than is in the file",
                ],
            ),
        ];
        lines.extend(where_any(&times));
        if self.towns_stand_in {
            lines.push("the largest settlements stand for towns; the map has none".to_owned());
        }
        if self.parts_stand_in {
            lines.push("suburbs stand for settlements; the map has no other".to_owned());
        }
        lines
    }

    /// Lines of what was not understood.
    pub(in crate::cli::import::report) fn not_understood(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let not_believed = &self.populations_not_believed;
        if !not_believed.is_empty() {
            lines.push(format!(
                "{} not believed: {}",
                counted(not_believed.len(), "population"),
                first_of(not_believed)
            ));
        }
        lines.extend(where_any(&[(
            self.floors_not_understood,
            ["value of `building:levels`", "values of `building:levels`"],
        )]));
        lines
    }
}
