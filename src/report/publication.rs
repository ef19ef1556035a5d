//! What the files of a finished comparison are made from.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::charts::Theme;
use crate::evaluation::comparison::Comparison;
use crate::expected::Expected;
use crate::expected::first_due::FirstDue;
use crate::language::Language;
use crate::report::fields;
use crate::report::worklist::{self, PointRow, Worklist};
use crate::scenario::Scenario;
use crate::scenario::travel_times::ScenarioTimes;

/// A finished comparison, and the scenario on whose map it is shown.
#[derive(Clone, Debug)]
pub struct Publication<'a> {
    /// The question.
    pub scenario: &'a Scenario,
    /// The answer.
    pub comparison: &'a Comparison,
    /// For whom it is written.
    pub language: Language,
    /// In which colours charts and the map are drawn.
    pub theme: Theme,
    /// How many alternatives the map of the page can show.
    pub on_the_map: usize,
    /// Who is first due at every demand point, by the index of each alternative that is drawn.
    pub(crate) first_due: BTreeMap<usize, Vec<Option<FirstDue>>>,
    /// Every demand point today and with the best, in the order of the county's list.
    pub(crate) points: Vec<PointRow>,
    /// Those of them that are beyond the standard with the best.
    pub(crate) worklist: Option<Worklist<'a>>,
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
        let expected = Expected::of(scenario);
        let drawn = fields::drawn(comparison, on_the_map);
        let first_due: BTreeMap<usize, Vec<Option<FirstDue>>> = drawn
            .par_iter()
            .map(|drawn| {
                let alternative = &scenario.alternatives[drawn.index];
                (drawn.index, expected.first_due(times, alternative))
            })
            .collect();
        let [today, with_best] =
            [comparison.baseline(), comparison.best()].map(|of| &first_due[&of.index][..]);
        let points = worklist::points(&scenario.county, today, with_best);
        Self {
            worklist: Worklist::of(scenario, comparison, &points),
            points,
            first_due,
            scenario,
            comparison,
            language,
            theme,
            on_the_map,
        }
    }
}
