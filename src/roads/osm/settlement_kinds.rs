//! Kinds of settlement and of parts of one, and what is assumed of them.

use crate::roads::osm::Tags;
use crate::roads::osm::assumptions::{ASSUMED, Kind};

/// A kind of settlement, from the largest to the smallest; then the parts of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettlementKind {
    /// `place=city`
    City,
    /// `place=town`
    Town,
    /// `place=village`
    Village,
    /// `place=hamlet`
    Hamlet,
    /// `place=isolated_dwelling`
    IsolatedDwelling,
    /// `place=farm`
    Farm,
    /// `place=suburb`
    Suburb,
    /// `place=quarter`
    Quarter,
    /// `place=neighbourhood`
    Neighbourhood,
}

impl SettlementKind {
    /// Every kind, in order.
    pub const ALL: [Self; 9] = [
        Self::City,
        Self::Town,
        Self::Village,
        Self::Hamlet,
        Self::IsolatedDwelling,
        Self::Farm,
        Self::Suburb,
        Self::Quarter,
        Self::Neighbourhood,
    ];

    /// The word on the map.
    pub fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Town => "town",
            Self::Village => "village",
            Self::Hamlet => "hamlet",
            Self::IsolatedDwelling => "isolated_dwelling",
            Self::Farm => "farm",
            Self::Suburb => "suburb",
            Self::Quarter => "quarter",
            Self::Neighbourhood => "neighbourhood",
        }
    }

    /// What is assumed of it.
    pub(super) fn assumed(self) -> &'static Kind {
        let kinds = &ASSUMED.kinds;
        match self {
            Self::City => &kinds.city,
            Self::Town => &kinds.town,
            Self::Village => &kinds.village,
            Self::Hamlet => &kinds.hamlet,
            Self::IsolatedDwelling => &kinds.isolated_dwelling,
            Self::Farm => &kinds.farm,
            Self::Suburb => &kinds.suburb,
            Self::Quarter => &kinds.quarter,
            Self::Neighbourhood => &kinds.neighbourhood,
        }
    }

    /// How many residents are assumed where neither a number nor floors say it.
    pub fn assumed_residents(self) -> u64 {
        self.assumed().residents
    }

    /// The kind of settlement that these tags describe, if any.
    pub fn of(tags: &Tags) -> Option<Self> {
        let word = tags.get("place")?;
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it is a town whatever else there is.
    pub(super) fn is_seat(self) -> bool {
        matches!(self, Self::City | Self::Town)
    }

    /// Whether it is a part of a settlement.
    pub(super) fn is_part(self) -> bool {
        self >= Self::Suburb
    }

    /// Whether it is a single household, whose yard may be more barns than homes.
    pub(super) fn is_household(self) -> bool {
        matches!(self, Self::IsolatedDwelling | Self::Farm)
    }

    /// The population that a text gives for it, or `None` where that is no number or cannot be right: nobody in a
    /// village, millions in a hamlet. Abandoned hamlets and farms are mapped with nobody.
    pub(super) fn population(self, text: &str) -> Option<u64> {
        // As people write it: `12345`, `12 345`, `12,345`.
        let digits: String = text
            .chars()
            .filter(|letter| !matches!(letter, ' ' | ',' | '\'' | '\u{a0}' | '\u{202f}'))
            .collect();
        let number = digits.parse().ok()?;
        let can_be_left = matches!(self, Self::Hamlet | Self::IsolatedDwelling | Self::Farm);
        let least = u64::from(!can_be_left);
        (least..=self.assumed().most)
            .contains(&number)
            .then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn populations_are_read_as_people_write_them_and_believed_where_they_can_be_right() {
        let village = |text| SettlementKind::Village.population(text);
        assert_eq!(village("12345"), Some(12_345));
        assert_eq!(village("12,345"), Some(12_345));
        for odd in ["", "about 300", "1.2e4", "-5", "99999999999", "0"] {
            assert_eq!(village(odd), None, "{odd}");
        }
        assert_eq!(SettlementKind::Hamlet.population("0"), Some(0));
        assert_eq!(SettlementKind::Hamlet.population("2000000"), None);
        assert_eq!(SettlementKind::City.population("2000000"), Some(2_000_000));
    }
}
