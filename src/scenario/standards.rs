//! Standards: thresholds with their clocks.

use crate::basis::Basis;
use crate::files::Source;
use crate::language::Name;
use crate::table::{Columns, Table, TableError};
use crate::units::Millis;

/// Which stages a threshold counts.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// From the call: call handling, turnout, travel, and any wait for an engine.
    #[default]
    Response,
    /// From the dispatch order: turnout, travel, and any wait for an engine.
    Dispatch,
    /// The travel of the first engine alone.
    Travel,
}

impl Clock {
    /// The word that tables use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Dispatch => "dispatch",
            Self::Travel => "travel",
        }
    }

    /// The time on this clock of an incident whose engine is there after these stages.
    pub fn time(self, handling: Millis, turnout: Millis, travel: Millis) -> Millis {
        match self {
            Self::Response => handling + turnout + travel,
            Self::Dispatch => turnout + travel,
            Self::Travel => travel,
        }
    }
}

/// A threshold on a clock.
#[derive(Clone, Debug)]
pub struct Standard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// What it counts.
    pub clock: Clock,
    /// An incident meets it when the first engine is there by then.
    pub threshold: Millis,
    /// The share of incidents that ought to meet it, where the rule says so.
    pub share: Option<f64>,
    /// How the figure is known.
    pub basis: Basis,
    /// Where it stands.
    pub source: String,
}

impl Standard {
    /// Whether an incident meets it whose first engine is there after these stages.
    pub fn is_met(&self, handling: Millis, turnout: Millis, travel: Millis) -> bool {
        self.clock.time(handling, turnout, travel) <= self.threshold
    }
}

/// The standard that residents are counted within where none is asked for, by clock and threshold:
/// the longest from the call, or else the longest of all. The shorter ones hold few residents of a
/// county.
pub fn longest<T>(standards: &[T], of: impl Fn(&T) -> (Clock, Millis)) -> Option<usize> {
    let from_the_call = |standard: &T| of(standard).0 == Clock::Response;
    let any = standards.iter().any(from_the_call);
    let numbered = standards.iter().enumerate();
    let candidates = numbered.filter(|(_, standard)| !any || from_the_call(standard));
    let longest = candidates.max_by_key(|(_, standard)| of(standard).1)?;
    Some(longest.0)
}

/// Reads `standards.csv`: `id,name,name_en,clock,threshold,share,basis,source`.
///
/// # Errors
/// When a row cannot be used or an id stands twice.
pub fn read(source: &Source) -> Result<Vec<Standard>, TableError> {
    let columns = Columns::of(&["id", "name", "clock", "threshold", "basis"]).and(&["share"]);
    let table = Table::read(source, &columns)?;
    table.require_rows("each row is a threshold with its clock")?;
    table.each(&["id"], |row| {
        let clock = match row.text("clock")? {
            "response" => Clock::Response,
            "dispatch" => Clock::Dispatch,
            "travel" => Clock::Travel,
            _ => return Err(row.bad_value("clock", "response, dispatch or travel")),
        };
        let share: Option<f64> = row.parse_optional("share", "a share from 0 to 1")?;
        if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(row.bad_value("share", "a share from 0 to 1, such as 0.9"));
        }
        Ok(Standard {
            id: row.text("id")?.to_owned(),
            name: row.name()?,
            clock,
            threshold: row.parse("threshold", "a duration with its unit, such as `5 min`")?,
            share,
            basis: row.basis()?,
            source: row.optional("source").unwrap_or_default().to_owned(),
        })
    })
}
