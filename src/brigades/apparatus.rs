//! What an engine is for: a pumper, a tender with water, a ladder, a rescue vehicle. Names are the
//! county's words; an engine whose station says nothing does for every need.

use crate::ids::id;
use crate::table::{Row, TableError};

/// Apparatus that are told apart: any, and so many with a name less one.
pub const MAX_APPARATUS: usize = 6;

id!(
    /// An apparatus as engines and needs are counted by it: any, or one with a name.
    #[derive(Default)]
    ApparatusId(u8),
    "Apparatus"
);

impl ApparatusId {
    /// Of a need, any apparatus; of an engine, that it does for every need.
    pub const ANY: Self = Self(0);
}

/// How many engines of each apparatus, the first being those of any apparatus.
pub type ByApparatus = [u8; MAX_APPARATUS];

/// The word for any apparatus.
pub const ANY: &str = "any";

/// Engines by the name of their apparatus.
pub type Named = Vec<(String, u8)>;

/// `pumper:2 tender:1` in a column; empty where nothing is written.
///
/// # Errors
/// When a part is no name with a number from 1 to 100, or a name stands twice.
pub fn read(row: &Row<'_>, column: &str) -> Result<Named, TableError> {
    let expected = "apparatus with how many of each, such as `pumper:2 tender:1`, each once";
    let bad = || row.bad_value(column, expected);
    let mut named = Named::new();
    for pair in row.optional(column).unwrap_or_default().split_whitespace() {
        let (name, number) = pair.split_once(':').ok_or_else(bad)?;
        let number: u8 = number.parse().map_err(|_| bad())?;
        let is_known = named.iter().any(|(known, _)| known == name);
        if name.is_empty() || is_known || !(1..=100).contains(&number) {
            return Err(bad());
        }
        named.push((name.to_owned(), number));
    }
    Ok(named)
}

/// How many engines these are together.
pub fn together(named: &Named) -> u16 {
    named.iter().map(|(_, number)| u16::from(*number)).sum()
}

/// Counts by apparatus, `names` being those from the second on. Names that are not among them count
/// as any.
pub fn by_apparatus(named: &Named, names: &[String]) -> ByApparatus {
    let mut counts = ByApparatus::default();
    for (name, number) in named {
        let apparatus = names.iter().position(|apparatus| apparatus == name);
        counts[apparatus.map_or(0, |apparatus| apparatus + 1)] += number;
    }
    counts
}

/// The engines of a station by apparatus: those for which no apparatus is named do for everything, and are counted
/// first.
pub fn of_station(engines: u16, counts: ByApparatus) -> [u16; MAX_APPARATUS] {
    let mut of_station = counts.map(u16::from);
    of_station[0] = engines - of_station[1..].iter().sum::<u16>();
    of_station
}

/// The most of `needs` that engines of `fleet` can meet at once: a need for an apparatus by one of it or one that does
/// for everything, the last apparatus first, and a need for any by whatever is left.
pub fn met_by(fleet: &[u32; MAX_APPARATUS], needs: &ByApparatus) -> ByApparatus {
    let mut met = ByApparatus::default();
    let [mut for_all, mut left] = [fleet[0], 0];
    for apparatus in (1..MAX_APPARATUS).rev() {
        let (have, need) = (fleet[apparatus], u32::from(needs[apparatus]));
        let of_it = need.min(have);
        let other = (need - of_it).min(for_all);
        for_all -= other;
        left += have - of_it;
        met[apparatus] = (of_it + other) as u8;
    }
    met[0] = u32::from(needs[0]).min(for_all + left) as u8;
    met
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_met_by_its_apparatus_or_by_an_engine_that_does_for_all() {
        let fleet = [1, 2, 0, 0, 0, 0];
        for (needs, met) in [
            ([0, 2, 0, 0, 0, 0], [0, 2, 0, 0, 0, 0]),
            ([0, 3, 0, 0, 0, 0], [0, 3, 0, 0, 0, 0]),
            ([0, 4, 0, 0, 0, 0], [0, 3, 0, 0, 0, 0]),
            ([0, 0, 1, 0, 0, 0], [0, 0, 1, 0, 0, 0]),
            ([0, 0, 2, 0, 0, 0], [0, 0, 1, 0, 0, 0]),
            ([2, 0, 1, 0, 0, 0], [2, 0, 1, 0, 0, 0]),
            // Only one does for a ladder, and it goes for that rather than for any need.
            ([3, 0, 1, 0, 0, 0], [2, 0, 1, 0, 0, 0]),
            ([4, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0]),
        ] {
            assert_eq!(met_by(&fleet, &needs), met, "{needs:?}");
        }
        assert_eq!(met_by(&[0; 6], &[1, 1, 0, 0, 0, 0]), [0; 6]);
    }

    #[test]
    fn names_become_counts() {
        let named = vec![("tender".to_owned(), 1), (ANY.to_owned(), 2)];
        let names = ["pumper".to_owned(), "tender".to_owned()];
        assert_eq!(by_apparatus(&named, &names), [2, 0, 1, 0, 0, 0]);
        assert_eq!(together(&named), 3);
        assert_eq!(
            of_station(5, by_apparatus(&named, &names)),
            [4, 0, 1, 0, 0, 0]
        );
        assert_eq!(of_station(5, ByApparatus::default()), [5, 0, 0, 0, 0, 0]);
    }
}
