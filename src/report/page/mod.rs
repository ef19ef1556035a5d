//! `report.html`: one file that opens from a USB stick in any browser, asks no network for anything,
//! and prints to A4.

mod map_data;

use askama::Template;

use crate::basis::Basis;
use crate::charts::{Drawing, page_style};
use crate::evaluation::comparison::{Comparison, Evaluated, StandardSummary};
use crate::evaluation::cost::CostSummary;
use crate::evaluation::estimate::Estimate;
use crate::expected::first_due::FirstDue;
use crate::language::Language;
use crate::report::costs::wan_yuan;
use crate::report::expected_words::ExpectedClock;
use crate::report::fields::Fields;
use crate::report::publication::Publication;
use crate::report::summary::{
    Summary, engines_added, minutes_words, number, percent_words, run_words, standard_words,
};
use crate::report::worklist::{self, PlaceRow};
use crate::scenario::Scenario;
use crate::scenario::about::BasisNote;
use crate::scenario::standards::Clock;

static LEAFLET_JS: &str = include_str!("../../../data/leaflet/leaflet.js");
static LEAFLET_CSS: &str = include_str!("../../../data/leaflet/leaflet.css");
static LEAFLET_LICENCE: &str = include_str!("../../../data/leaflet/LICENSE");
static PAGE_CSS: &str = include_str!("page.css");
static MAP_JS: &str = include_str!("map.js");

/// More rows than this are left to the workbook.
const MOST_ALTERNATIVES: usize = 60;
const MOST_PLACES: usize = 3000;
const MOST_COSTS: usize = 12;

#[derive(Template)]
#[template(path = "report.html", config = "src/report/page/askama.toml")]
struct Page<'a> {
    language: Language,
    scenario: &'a Scenario,
    comparison: &'a Comparison,
    summary: Summary,
    tiles: Vec<Tile>,
    charts: &'a [(&'static str, Drawing)],
    places: Vec<PlaceRow>,
    late: usize,
    standard: Option<&'a StandardSummary>,
    style: String,
    leaflet_css: String,
    leaflet_js: String,
    map_js: &'static str,
    licence: &'static str,
    data: String,
}

/// A figure that stands out.
struct Tile {
    name: String,
    before: String,
    after: String,
}

/// The page as the bytes of its file.
///
/// # Errors
/// When the template cannot be filled, which memory does not refuse.
pub fn page(
    publication: &Publication<'_>,
    fields: &Fields,
    charts: &[(&'static str, Drawing)],
) -> Result<String, askama::Error> {
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let standard = worklist::standard(comparison);
    let mut places = worklist::places(publication);
    let late = standard.map_or(0, |s| worklist::beyond(publication, s, &places).len());
    if places.len() > MOST_PLACES {
        places = standard.map_or_else(Vec::new, |s| worklist::beyond(publication, s, &places));
        places.truncate(MOST_PLACES);
    }
    places.sort_by_key(|row| (scenario.county.demand[row.place].town, row.place));
    Page {
        language,
        scenario,
        comparison,
        summary: Summary::of(publication),
        tiles: tiles(comparison, standard, language),
        charts,
        places,
        late,
        standard,
        style: format!("{PAGE_CSS}\n{}", page_style(publication.theme)),
        // Pictures of controls that the page does not use would be asked of the network.
        leaflet_css: without_addresses(LEAFLET_CSS),
        leaflet_js: LEAFLET_JS
            .lines()
            .filter(|line| !line.starts_with("//# sourceMappingURL"))
            .collect::<Vec<_>>()
            .join("\n"),
        map_js: MAP_JS,
        licence: LEAFLET_LICENCE,
        data: in_script(&map_data::map_data(publication, fields).to_string()),
    }
    .render()
}

fn without_addresses(css: &str) -> String {
    let kept = css.lines().filter(|line| !line.contains("url("));
    kept.collect::<Vec<_>>().join("\n")
}

/// JSON inside a script element: no text in it can end the element.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn tiles(
    comparison: &Comparison,
    standard: Option<&StandardSummary>,
    language: Language,
) -> Vec<Tile> {
    let (today, best) = (comparison.baseline(), comparison.best());
    let minutes = |estimate: Option<&Estimate>| {
        estimate.map_or_else(|| "–".to_owned(), |e| format!("{:.1}", e.value / 60.0))
    };
    let tile = |name: String, of: &dyn Fn(&Evaluated) -> String| Tile {
        name,
        before: of(today),
        after: of(best),
    };
    let mut tiles = vec![
        tile(
            language
                .pick("平均到场，分钟", "mean response, min")
                .to_owned(),
            &|e| minutes(e.county.mean_response_seconds.as_ref()),
        ),
        tile(
            language
                .pick("第 90 百分位，分钟", "90th percentile, min")
                .to_owned(),
            &|e| minutes(e.county.p90_response_seconds.as_ref()),
        ),
    ];
    if let Some(standard) = standard {
        tiles.push(tile(standard_words(standard, language), &|e| {
            let share = e.county.within.get(&standard.id).and_then(Option::as_ref);
            share.map_or_else(|| "–".to_owned(), |s| format!("{:.1}%", s.value * 100.0))
        }));
    }
    tiles
}

impl Page<'_> {
    /// The text in the page's language.
    fn t<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        self.language.pick(chinese, english)
    }

    fn run_words(&self) -> String {
        run_words(self.comparison, self.language)
    }

    fn lang(&self) -> &'static str {
        self.language.pick("zh-CN", "en")
    }

    fn name<'n>(&self, name: &'n crate::language::Name) -> &'n str {
        name.in_language(self.language)
    }

    fn basis(&self, basis: &Basis) -> &'static str {
        self.language.pick(basis.chinese(), basis.word())
    }

    fn clock(&self, clock: &Clock) -> &'static str {
        clock.in_language(self.language)
    }

    fn standard_words(&self, standard: &StandardSummary) -> String {
        standard_words(standard, self.language)
    }

    fn minutes(&self, estimate: &Option<Estimate>) -> String {
        minutes_words(estimate.as_ref(), self.language)
    }

    fn mean_minutes(&self, estimate: &Option<Estimate>) -> String {
        estimate.map_or_else(|| "–".to_owned(), |e| format!("{:.1}", e.value / 60.0))
    }

    fn within(&self, evaluated: &Evaluated, standard: &StandardSummary) -> String {
        let share = evaluated.county.within.get(&standard.id);
        percent_words(share.and_then(Option::as_ref), self.language)
    }

    fn threshold(&self, standard: &StandardSummary) -> String {
        number(standard.threshold_seconds / 60.0)
    }

    fn share_asked(&self, standard: &StandardSummary) -> String {
        let share = standard.share;
        share.map_or_else(|| "–".to_owned(), |s| format!("{}%", number(s * 100.0)))
    }

    fn rows(&self) -> Vec<&Evaluated> {
        let all = &self.comparison.alternatives;
        let shown = all.iter();
        shown
            .filter(|a| a.rank <= MOST_ALTERNATIVES || a.is_baseline)
            .collect()
    }

    /// Those whose costs are shown: alternatives with equally many brigades cost much the same.
    fn cost_rows(&self) -> impl Iterator<Item = &Evaluated> {
        let all = self.comparison.alternatives.iter();
        all.filter(|a| a.rank <= MOST_COSTS && !a.is_baseline)
    }

    fn hidden(&self) -> usize {
        self.comparison.alternatives.len() - self.rows().len()
    }

    fn engines_added(&self, evaluated: &Evaluated) -> u32 {
        engines_added(evaluated)
    }

    fn label(&self, evaluated: &Evaluated) -> String {
        evaluated.label(self.language)
    }

    fn probability(&self, evaluated: &Evaluated) -> String {
        format!("{:.1}%", evaluated.probability_best * 100.0)
    }

    fn expected_minutes(&self, due: &Option<FirstDue>) -> String {
        due.map_or_else(
            || "–".to_owned(),
            |due| format!("{:.1}", due.seconds(Clock::Response) / 60.0),
        )
    }

    fn station(&self, due: &Option<FirstDue>) -> &str {
        due.map_or("–", |due| {
            self.name(&self.scenario.stations.station(due.station).name)
        })
    }

    fn is_late(&self, row: &PlaceRow) -> bool {
        self.standard
            .is_some_and(|standard| !standard.is_met(row.best))
    }

    fn town_of(&self, row: &PlaceRow) -> &str {
        let county = &self.scenario.county;
        let town = county.demand[row.place].town;
        self.name(&county.towns[town.index()].name)
    }

    fn place_of(&self, row: &PlaceRow) -> &str {
        self.name(&self.scenario.county.demand[row.place].name)
    }

    fn residents_of(&self, row: &PlaceRow) -> String {
        format!("{:.0}", self.scenario.county.demand[row.place].residents)
    }

    fn basis_of(&self, row: &PlaceRow) -> &'static str {
        self.basis(&self.scenario.county.demand[row.place].basis)
    }

    /// What the answer and its costs rest on.
    fn basis_notes(&self) -> impl Iterator<Item = &BasisNote> {
        let comparison = self.comparison;
        comparison.data_basis.iter().chain(&comparison.price_basis)
    }

    fn wan(&self, yuan: &f64) -> String {
        wan_yuan(*yuan)
    }

    fn wan_or_dash(&self, yuan: &Option<f64>) -> String {
        yuan.map_or_else(|| "–".to_owned(), wan_yuan)
    }

    fn newly(&self, summary: &CostSummary, standard: &StandardSummary) -> String {
        let newly = summary.residents_newly_covered.get(&standard.id);
        newly.map_or_else(|| "–".to_owned(), |residents| format!("{residents:.0}"))
    }

    fn each(&self, summary: &CostSummary, standard: &StandardSummary) -> String {
        let each = summary.yuan_a_year_per_resident.get(&standard.id);
        let each = each.copied().flatten();
        each.map_or_else(|| "–".to_owned(), |yuan| format!("{yuan:.0}"))
    }

    fn before_travel(&self) -> [String; 2] {
        let before = ExpectedClock::of(self.scenario);
        let turnout = before.turnout_words(self.language);
        [before.handling.to_string(), turnout]
    }

    fn towns(
        &self,
    ) -> Vec<(
        &crate::evaluation::comparison::TownFigures,
        &crate::evaluation::comparison::TownFigures,
    )> {
        let (today, best) = (self.comparison.baseline(), self.comparison.best());
        today.towns.iter().zip(&best.towns).collect()
    }

    fn town_within(
        &self,
        town: &crate::evaluation::comparison::TownFigures,
        standard: &StandardSummary,
    ) -> String {
        let share = town.figures.within.get(&standard.id);
        share
            .and_then(Option::as_ref)
            .map_or_else(|| "–".to_owned(), |s| format!("{:.1}", s.value * 100.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_ends_the_script() {
        let json = serde_json::json!({ "name": "</script><script>alert(1)</script>" });
        let safe = in_script(&json.to_string());
        assert!(!safe.contains('<'));
        let back: serde_json::Value = serde_json::from_str(&safe).unwrap();
        assert_eq!(back, json);
    }

    #[test]
    fn the_style_of_the_map_asks_for_no_picture() {
        assert!(!without_addresses(LEAFLET_CSS).contains("url("));
    }
}
