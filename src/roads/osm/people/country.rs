//! In which country an extract lies, for what a person has of floor there.

use std::collections::BTreeSet;

use crate::geography::LonLat;
use crate::roads::osm::zones::{Zones, area_of};
use crate::roads::osm::{OsmExtract, Tags};

/// The country of these positions by ISO 3166-1: the only one that a boundary of the extract names, or that of the
/// smallest area drawn whole that holds the most of them.
pub(super) fn of(extract: &OsmExtract, positions: &[LonLat]) -> Option<String> {
    let named = extract.relations.iter();
    let named = named.filter_map(|relation| Some((relation, code(&relation.tags)?)));
    let named: Vec<_> = named.collect();
    let codes: BTreeSet<&str> = named.iter().map(|(_, code)| code.as_str()).collect();
    if codes.len() <= 1 {
        return codes.first().map(|code| (*code).to_owned());
    }
    let areas = named.iter().filter_map(|(relation, code)| {
        let area = area_of(extract, &relation.edge_ways())?;
        Some((area, code))
    });
    let (zones, codes) = Zones::of(areas.collect());
    let mut held = vec![0usize; codes.len()];
    for position in positions {
        for zone in zones.holding(*position) {
            held[zone] += 1;
        }
    }
    let most = held.iter().copied().max().filter(|most| *most > 0)?;
    let smallest = held.iter().position(|held| *held == most)?;
    Some(codes[smallest].clone())
}

/// `LI`; of a part of a country (`CN-GD`) the country.
fn code(tags: &Tags) -> Option<String> {
    let keys = ["ISO3166-1:alpha2", "ISO3166-1", "ISO3166-2"];
    let value = keys.into_iter().find_map(|key| tags.get(key))?;
    let letters = value.get(..2)?;
    let is_code = letters.bytes().all(|letter| letter.is_ascii_uppercase());
    is_code.then(|| letters.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_told_by_its_code_or_that_of_a_part() {
        let said = |pairs: &[(&str, &str)]| code(&Tags::of(pairs));
        assert_eq!(said(&[("ISO3166-1", "LI")]).as_deref(), Some("LI"));
        assert_eq!(said(&[("ISO3166-2", "CN-GD")]).as_deref(), Some("CN"));
        assert_eq!(said(&[("ISO3166-1", "县")]), None);
        assert_eq!(said(&[]), None);
    }
}
