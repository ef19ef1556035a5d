//! `report.html`: one file that opens from a USB stick in any browser, asks no network for anything,
//! and prints to A4.

mod map_data;

use askama::Template;

use crate::charts::{Drawing, page_style};
use crate::evaluation::comparison::{Comparison, Evaluated, StandardSummary};
use crate::format::json;
use crate::language::Language;
use crate::messages::Key;
use crate::report::counted_words::counted_words;
use crate::report::expected_words::ExpectedClock;
use crate::report::fields::Fields;
use crate::report::formats::html;
use crate::report::map_roads::{RoadsOfMaps, left_out_words};
use crate::report::model::{Column, Quantity, Table};
use crate::report::publication::Publication;
use crate::report::summary::Summary;
use crate::report::tables::{self, Row, ranked};
use crate::report::words::{
    file_of_all, number, run_words, sources, standard_words, unknown_mark_words,
};
use crate::scenario::standards::Clock;
use crate::text;

static LEAFLET_JS: &str = include_str!("../../../data/leaflet/leaflet.js");
static LEAFLET_CSS: &str = include_str!("../../../data/leaflet/leaflet.css");
static LEAFLET_LICENCE: &str = include_str!("../../../data/leaflet/LICENSE");
static PAGE_CSS: &str = include_str!("page.css");
static MAP_JS: &str = include_str!("map.js");

/// More rows than this are left to the workbook.
const MAX_ALTERNATIVES: usize = 60;
const MAX_POINTS: usize = 3000;
/// Alternatives with equally many brigades cost much the same.
const MAX_COSTS: usize = 12;

#[derive(Template)]
#[template(path = "report.html", config = "src/report/page/askama.toml")]
struct Page<'a> {
    language: Language,
    title: &'a str,
    run: String,
    summary: Summary,
    tiles: Vec<Tile>,
    /// What is said of roads for which the map has no room.
    roads_left_out: Option<String>,
    alternatives: String,
    /// How many are in a file alone, where there are such.
    hidden: Option<String>,
    /// What the mark `?` stands for, where a row has it.
    unknown: String,
    costs: Option<String>,
    charts: &'a [(&'static str, Drawing)],
    clock: ExpectedClock,
    standards: String,
    /// Which calls a share within a standard is of, where not of all.
    counted: Option<String>,
    basis: String,
    sources: String,
    towns: String,
    points: String,
    /// The standard that demand points are held against, and how many are beyond it.
    beyond: Option<(String, usize)>,
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
pub(crate) fn page(
    publication: &Publication<'_>,
    fields: &Fields,
    roads: &RoadsOfMaps<'_>,
    charts: &[(&'static str, Drawing)],
) -> Result<String, askama::Error> {
    let roads = roads.of_page();
    let map = json(&map_data::map_data(publication, fields, &roads));
    let map = map.map_err(|error| askama::Error::Custom(error.into()))?;
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let table = |table: &Table| html::table(table, language);
    let rows = ranked(comparison, MAX_ALTERNATIVES);
    let rows: Vec<Row<'_>> = rows.map(|of| Row::of(of, comparison, language)).collect();
    let hidden = comparison.compared() - rows.len();
    let alternatives = tables::alternatives(comparison, rows, &comparison.standards, language);
    let worklist = publication.worklist.as_ref();
    let standard = worklist.map(|worklist| worklist.standard);
    let choices = ranked(comparison, MAX_COSTS).filter(|a| !a.is_baseline);
    let choices = choices.map(|of| Row::of(of, comparison, language));
    let counted = standard.map_or(&[][..], std::slice::from_ref);
    let costs = tables::costs(comparison, choices, counted, language);
    let mut changes = vec!["mean_change", "p90_change", "within_change"];
    changes.extend(comparison.loses_calls().then_some("lost_change"));
    let has_costs = comparison.best().cost.is_some();
    let mut points = publication.points.clone();
    let beyond = worklist.map(|worklist| {
        let words = standard_words(worklist.standard, language);
        (words, worklist.points.len())
    });
    if points.len() > MAX_POINTS {
        points = worklist.map_or_else(Vec::new, |worklist| worklist.points.clone());
        points.truncate(MAX_POINTS);
    }
    points.sort_by_key(|row| (scenario.county.demand[row.point.index()].town, row.point));
    let points = tables::demand_points(publication, &points, Clock::Response, standard);
    Page {
        language,
        title: comparison.scenario.name.in_language(language),
        run: run_words(comparison, language),
        summary: Summary::of(publication),
        tiles: tiles(comparison, standard, language),
        roads_left_out: left_out_words(&roads, language),
        alternatives: table(&alternatives.select(&tables::seen(
            comparison,
            &[
                "rank",
                "name",
                "engines_added",
                "mean_response",
                "p90_response",
                "lost",
                "within",
                "probability_best",
            ],
        )))?,
        hidden: (hidden > 0).then(|| {
            text!(
                language,
                "page-alternatives-hidden",
                file = file_of_all(comparison),
                count = hidden
            )
        }),
        unknown: unknown_mark_words(comparison, language),
        costs: has_costs.then(|| table(&costs)).transpose()?,
        charts,
        clock: ExpectedClock::of(scenario),
        standards: table(&tables::standards(comparison, language))?,
        counted: counted_words(&comparison.not_in_standards, language),
        basis: table(&tables::data_basis(comparison, language))?,
        sources: sources(&comparison.attribution, language),
        towns: table(&tables::towns(comparison, language).without(&changes))?,
        points: table(&points.select(&[
            "town",
            "name",
            "residents",
            "first_today",
            "today",
            "first_best",
            "best",
            "basis",
        ]))?,
        beyond,
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
        data: in_script(&map),
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
    let [today, best] = [comparison.baseline(), comparison.best()];
    let tile = |name, quantity, figure: &dyn Fn(&Evaluated) -> Option<f64>| {
        let column = Column::new("tile", quantity);
        let [before, after] = [today, best].map(|of| column.words(&figure(of).into()));
        Tile {
            name,
            before,
            after,
        }
    };
    let (mean, p90) = match comparison.loses_calls() {
        false => (Key("page-tile-mean"), Key("page-tile-p90")),
        true => (
            Key("page-tile-mean-of-answered"),
            Key("page-tile-p90-of-answered"),
        ),
    };
    let mut tiles = vec![
        tile(text!(language, mean), Quantity::Minutes, &|of| {
            of.county.mean_response_seconds.map(|mean| mean.value)
        }),
        tile(text!(language, p90), Quantity::Minutes, &|of| {
            of.county.p90_response_seconds.map(|p90| p90.value)
        }),
    ];
    if comparison.loses_calls() {
        let words = text!(
            language,
            "head-with-unit",
            head = text!(language, "column-lost"),
            unit = "%"
        );
        tiles.push(tile(words, Quantity::Share, &|of| {
            of.county.lost.map(|lost| lost.value)
        }));
    }
    if let Some(standard) = standard {
        let words = text!(
            language,
            "head-with-unit",
            head = standard_words(standard, language),
            unit = "%"
        );
        tiles.push(tile(words, Quantity::Share, &|of| {
            let share = of.county.within.get(&standard.id)?.as_ref()?;
            Some(share.value)
        }));
    }
    tiles
}

impl Page<'_> {
    /// The message in the page's language.
    fn t(&self, key: &'static str) -> String {
        text!(self.language, Key(key))
    }

    fn response_time(&self) -> String {
        text!(
            self.language,
            "page-method-response",
            handling = number(self.clock.handling),
            turnout = self.clock.turnout_words(self.language),
        )
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
