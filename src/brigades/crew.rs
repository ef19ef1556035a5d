//! How a station is crewed, which decides how soon its engines leave.

use std::str::FromStr;

/// Who mans the engines of a station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Crew {
    /// Always at the station: 24-hour duty.
    #[default]
    FullTime,
    /// At the station for a part of the day, and called in otherwise.
    PartTime,
    /// Called from home or work.
    Volunteer,
}

impl Crew {
    /// All of them; each stands at its [`Crew::index`].
    pub const ALL: [Self; 3] = [Self::FullTime, Self::PartTime, Self::Volunteer];

    /// Its index in tables by crew.
    #[inline]
    pub fn index(self) -> usize {
        self as usize
    }

    /// As it is written in tables and scenarios.
    pub fn key(self) -> &'static str {
        ["full_time", "part_time", "volunteer"][self.index()]
    }
}

impl FromStr for Crew {
    type Err = &'static str;

    /// The error lists what is known.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|crew| crew.key() == text);
        found.ok_or("full_time, part_time or volunteer; full_time where nothing is given")
    }
}
