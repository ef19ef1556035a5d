//! Maps besides those of one alternative's times: the best six side by side, districts, and what is still
//! beyond the standard.

use super::Pictures;
use crate::charts::{
    BaseMap, ChartError, DemandPointMap, DistrictMap, Drawing, MapDemandPoint, SmallMap,
    SmallMultiples,
};
use crate::evaluation::comparison::Evaluated;
use crate::evaluation::coverage::coverage_of;
use crate::evaluation::coverage::question::CoverageQuestion;
use crate::report::coverage::pictures::{districts, rings};
use crate::report::fields::{ARRIVAL_BANDS, Fields, mapped};
use crate::report::publication::Publication;
use crate::report::words::{alternative_name, lost_percent, minutes, standard_words};
use crate::report::worklist::Worklist;
use crate::scenario::standards::Clock;
use crate::text;
use crate::units::Millis;

/// Limits of the classes of minutes beyond the standard.
const BEYOND: [f32; 4] = [5.0, 10.0, 20.0, 40.0];

impl Pictures<'_> {
    /// An alternative with its simulated mean, beside what is lost where calls are.
    fn small_map_title(&self, evaluated: &Evaluated) -> String {
        let language = self.language;
        let (rank, alternative) = (evaluated.rank, alternative_name(evaluated, language));
        let mean = minutes(evaluated.county.mean_response_seconds);
        match self.comparison.loses_calls() {
            false => text!(
                language,
                "chart-small-map",
                rank = rank,
                alternative = alternative,
                mean = mean,
            ),
            true => text!(
                language,
                "chart-small-map-lost",
                rank = rank,
                alternative = alternative,
                mean = mean,
                lost = lost_percent(&evaluated.county),
            ),
        }
    }

    pub(super) fn small_multiples(
        &self,
        base: &BaseMap,
        fields: &Fields,
    ) -> Result<Drawing, ChartError> {
        let language = self.language;
        let maps = mapped(self.comparison)
            .into_iter()
            .filter(|evaluated| !evaluated.is_baseline)
            .map(|evaluated| SmallMap {
                title: self.small_map_title(evaluated),
                stations: self.stations(evaluated),
                field: fields.of_alternative(evaluated),
            })
            .collect();
        let title = text!(language, "chart-best-six");
        SmallMultiples {
            caption: self.field_caption(base, title, self.expected_clock()),
            clock: text!(language, "chart-clock-small-maps"),
            base,
            maps,
            no_road: self.no_road,
            thresholds: ARRIVAL_BANDS.to_vec(),
        }
        .draw(language)
    }

    pub(super) fn districts(
        &self,
        base: &BaseMap,
        evaluated: &Evaluated,
    ) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let alternative = &scenario.alternatives[evaluated.index];
        let question = CoverageQuestion {
            stations: scenario.stations.standing(alternative),
            alternative: Some(evaluated.id.clone()),
            clock: Clock::Response,
            bands: vec![f64::from(ARRIVAL_BANDS[0])],
            closed: Vec::new(),
            critical: 0,
            cut_off_counts: Millis(0),
        };
        let (coverage, areas) = coverage_of(scenario, &question);
        let label = alternative_name(evaluated, language);
        DistrictMap {
            caption: self.field_caption(
                base,
                text!(language, "chart-districts", alternative = label),
                self.expected_clock(),
            ),
            measure: text!(language, "chart-districts-measure"),
            base,
            districts: &districts(&coverage, &areas, language),
            unreached: rings(&areas.not_reached),
            no_road: rings(&areas.no_road),
        }
        .draw(language)
    }

    pub(super) fn beyond(
        &self,
        base: &BaseMap,
        publication: &Publication<'_>,
        worklist: &Worklist<'_>,
    ) -> Result<Drawing, ChartError> {
        let (scenario, language) = (self.scenario, self.language);
        let standard = worklist.standard;
        let points = publication.points.iter().map(|row| {
            let point = &scenario.county.demand[row.point.index()];
            let minutes = row.best.map_or(f64::INFINITY, |best| {
                (best.seconds(standard.clock) - standard.threshold_seconds) / 60.0
            });
            MapDemandPoint {
                at: point.position,
                beyond: (!standard.is_met(row.best)).then_some(minutes),
                residents: point.residents,
            }
        });
        let best = self.comparison.best();
        let words = standard_words(standard, language);
        let label = alternative_name(best, language);
        DemandPointMap {
            caption: self.map_caption(
                base,
                text!(language, "chart-beyond", alternative = label),
                text!(
                    language,
                    "chart-beyond-how",
                    standard = words,
                    count = worklist.points.len(),
                    residents = worklist.residents.round() as u64,
                ),
            ),
            measure: text!(language, "chart-beyond-measure"),
            base,
            stations: &self.stations(best),
            points: points.collect(),
            thresholds: BEYOND.to_vec(),
        }
        .draw(language)
    }
}
