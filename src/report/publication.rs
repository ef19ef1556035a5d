//! What the files of a finished comparison are made from.

use crate::charts::Theme;
use crate::evaluation::comparison::Comparison;
use crate::language::Language;
use crate::report::worklist::{self, PointRow};
use crate::scenario::Scenario;
use crate::scenario::travel_times::ScenarioTimes;

/// A finished comparison, and the scenario on whose map it is shown.
#[derive(Clone, Debug)]
pub struct Publication<'a> {
    /// The question.
    pub scenario: &'a Scenario,
    /// Times from every station and site to every demand point.
    pub times: &'a ScenarioTimes,
    /// The answer.
    pub comparison: &'a Comparison,
    /// For whom it is written.
    pub language: Language,
    /// In which colours charts and the map are drawn.
    pub theme: Theme,
    /// How many alternatives the map of the page can show.
    pub on_the_map: usize,
    /// Every demand point today and with the best, in the order of the county's list.
    pub(crate) points: Vec<PointRow>,
}

impl<'a> Publication<'a> {
    /// With what several files show worked out once.
    pub fn new(
        scenario: &'a Scenario,
        times: &'a ScenarioTimes,
        comparison: &'a Comparison,
        language: Language,
        theme: Theme,
        on_the_map: usize,
    ) -> Self {
        Self {
            scenario,
            times,
            comparison,
            language,
            theme,
            on_the_map,
            points: worklist::points(scenario, times, comparison),
        }
    }
}
