//! What expected times count before the travel, in words.

use crate::brigades::crew::Crew;
use crate::expected::Expected;
use crate::expected::fleet::Fleet;
use crate::language::Language;
use crate::scenario::Scenario;
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
        let own: Vec<usize> = (0..scenario.stations.len() + scenario.sites.len()).collect();
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
            language.pick(
                format!("{local} {seconds} s"),
                format!("{seconds} s for {english}"),
            )
        };
        let words: Vec<String> = self.turnout.iter().map(of_crew).collect();
        words.join(language.pick("、", ", "))
    }

    /// The clock of expected response times in words.
    #[must_use]
    pub fn clock(&self, language: Language) -> String {
        if let ([(_, turnout)], true) = (&self.turnout[..], self.is_nearest) {
            let before = Millis::from_seconds(self.handling + turnout).seconds();
            return language.pick(
                format!("接警起算：受理调度和出动 {before} s + 最近消防站行车；假定车辆均在站"),
                format!(
                    "From the call: {before} s of call handling and turnout, then travel from the \
                     nearest station, all engines at home"
                ),
            );
        }
        let (handling, turnout) = (self.handling, self.turnout_words(language));
        language.pick(
            format!(
                "接警起算：受理调度 {handling} s + 出动（{turnout}）+ 行车，取最先到场的队；假定车辆均在站"
            ),
            format!(
                "From the call: {handling} s of call handling, turnout ({turnout}) and travel of the \
                 first to arrive, all engines at home"
            ),
        )
    }
}
