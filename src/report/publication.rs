//! Everything that a finished comparison is published as: `compare` and `report` share this one
//! way from the answer to the files.

use std::error::Error;

use crate::charts::Theme;
use crate::evaluation::comparison::Comparison;
use crate::files::Staging;
use crate::language::Language;
use crate::report::fields::Fields;
use crate::report::{csv_tables, document, map_geojson, page, pictures, workbook};
use crate::scenario::Scenario;
use crate::scenario::travel_times::ScenarioTimes;

/// A finished comparison, and the scenario on whose map it is shown.
#[derive(Clone, Copy, Debug)]
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
}

impl Publication<'_> {
    /// Writes every table and chart.
    ///
    /// # Errors
    /// When a chart cannot be drawn or a file cannot be written.
    pub fn write(&self, staging: &Staging) -> Result<(), Box<dyn Error + Send + Sync>> {
        let (comparison, language) = (self.comparison, self.language);
        let alternatives = csv_tables::alternatives(comparison, language)?;
        staging.write("alternatives.csv", &alternatives)?;
        staging.write("towns.csv", &csv_tables::towns(comparison, language)?)?;
        staging.write("report.xlsx", &workbook::workbook(self)?)?;
        let fields = Fields::of(self.scenario, comparison, self.on_the_map);
        let drawings = pictures::draw_all(self, &fields)?;
        for (name, layer) in map_geojson::layers(self, &fields) {
            staging.write(format!("map/{name}.geojson"), layer.to_string().as_bytes())?;
        }
        staging.write(
            "report.html",
            page::page(self, &fields, &drawings)?.as_bytes(),
        )?;
        staging.write("report.docx", &document::document(self, &drawings)?)?;
        for (name, drawing) in &drawings {
            staging.write(format!("charts/{name}.svg"), drawing.svg.as_bytes())?;
            staging.write(format!("charts/{name}.png"), &drawing.png)?;
        }
        Ok(())
    }
}
