//! What expected times count before the travel, in words.

use crate::brigades::StationId;
use crate::brigades::crew::Crew;
use crate::expected::Expected;
use crate::expected::fleet::Fleet;
use crate::language::Language;
use crate::scenario::Scenario;
use crate::text;
use crate::units::Millis;

/// Call handling, and the turnout of the county's own crews: seconds where all leave alike, or else
/// how long each crew takes on average over the hours of the calls.
pub struct BeforeTravel {
    /// Mean call handling in seconds.
    pub handling: f64,
    /// Mean turnout in seconds by crew, those that the county has or may have; one where all are
    /// alike.
    pub turnout: Vec<(Crew, f64)>,
    /// Whether who is first is always the nearest: no running card, kinds of engine or neighbours.
    is_nearest: bool,
}

impl BeforeTravel {
    /// What is counted in a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let expected = Expected::of(scenario);
        let own: Vec<StationId> = scenario.stations.own().collect();
        let fleet = Fleet::of(&expected, &own);
        let alike = expected.turnout_of_all(&fleet);
        let crews = Crew::ALL.into_iter().filter_map(|crew| {
            let station = (0..own.len() as u16).find(|station| fleet.crew(*station) == crew)?;
            Some((crew, expected.mean_turnout(&fleet, station).seconds()))
        });
        Self {
            is_nearest: alike.is_some() && !expected.mix.needs_told_apart(),
            handling: expected.call_handling.seconds(),
            turnout: match alike {
                Some(turnout) => vec![(Crew::FullTime, turnout.seconds())],
                None => crews.collect(),
            },
        }
    }

    /// `60 s`, or the seconds of each crew.
    #[must_use]
    pub fn turnout_words(&self, language: Language) -> String {
        if let [(_, seconds)] = self.turnout[..] {
            return format!("{seconds} s");
        }
        let of_crew = |(crew, seconds): &(Crew, f64)| {
            let [local, english] = crew.names();
            let seconds = (seconds * 10.0).round() / 10.0;
            let crew = language.pick(local, english);
            text!(
                language,
                "expected-turnout-of-crew",
                crew = crew,
                seconds = seconds.to_string()
            )
        };
        let words: Vec<String> = self.turnout.iter().map(of_crew).collect();
        language.list(&words)
    }

    /// The clock of expected response times in words.
    #[must_use]
    pub fn clock(&self, language: Language) -> String {
        if let ([(_, turnout)], true) = (&self.turnout[..], self.is_nearest) {
            let before = Millis::from_seconds(self.handling + turnout).seconds();
            return text!(language, "expected-clock-nearest", before = before);
        }
        let (handling, turnout) = (self.handling, self.turnout_words(language));
        text!(
            language,
            "expected-clock-first",
            handling = handling,
            turnout = turnout
        )
    }
}
