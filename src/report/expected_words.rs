//! What expected times count before the travel, in words.

use crate::brigades::StationId;
use crate::brigades::crew::Crew;
use crate::expected::Expected;
use crate::expected::before_travel::BeforeTravel;
use crate::expected::fleet::Fleet;
use crate::language::Language;
use crate::report::words::{crew_words, number};
use crate::scenario::Scenario;
use crate::text;
use crate::units::Millis;

/// What is counted before the travel in a scenario.
pub(super) struct ExpectedClock {
    /// Mean call handling in seconds.
    pub handling: f64,
    /// Mean turnout in seconds by crew, those that the county has or may have; one where all are
    /// alike.
    turnout: Vec<(Crew, f64)>,
    /// Whether who is first is always the nearest: no running card, apparatus or neighbours.
    is_nearest: bool,
}

impl ExpectedClock {
    /// With whatever stations and sites stand.
    pub(super) fn of(scenario: &Scenario) -> Self {
        let expected = Expected::of(scenario);
        let stations: Vec<StationId> = scenario.stations.of_county().collect();
        let before = BeforeTravel::of(&expected, &Fleet::of(&expected, &stations));
        let crews = Crew::ALL.into_iter().filter_map(|crew| {
            let mut turnout = before.turnout.iter().take(stations.len());
            let of_crew = turnout.find(|of| of.crew == crew)?;
            Some((crew, of_crew.mean.seconds()))
        });
        Self {
            is_nearest: before.alike.is_some() && !expected.mix.depends_on_needs(),
            handling: before.handling.seconds(),
            turnout: match before.alike {
                Some(turnout) => vec![(Crew::FullTime, turnout.seconds())],
                None => crews.collect(),
            },
        }
    }

    /// `60 s`, or the seconds of each crew.
    pub(super) fn turnout_words(&self, language: Language) -> String {
        if let [(_, seconds)] = self.turnout[..] {
            let seconds = number(seconds);
            return text!(language, "expected-turnout", seconds = seconds);
        }
        let of_crew = |(crew, seconds): &(Crew, f64)| {
            text!(
                language,
                "expected-turnout-of-crew",
                crew = crew_words(*crew, language),
                seconds = number(*seconds)
            )
        };
        let words: Vec<String> = self.turnout.iter().map(of_crew).collect();
        crate::messages::list(language, &words)
    }

    /// The clock in words.
    pub(super) fn words(&self, language: Language) -> String {
        if let ([(_, turnout)], true) = (&self.turnout[..], self.is_nearest) {
            let before = Millis::from_seconds(self.handling + turnout).seconds();
            return text!(language, "expected-clock-nearest", before = number(before));
        }
        let (handling, turnout) = (number(self.handling), self.turnout_words(language));
        text!(
            language,
            "expected-clock-first",
            handling = handling,
            turnout = turnout
        )
    }
}
