//! Everything that a finished comparison is published as: `compare` and `report` share this one way
//! from the answer to the files.

use std::error::Error;

use crate::files::Staging;
use crate::report::fields::Fields;
use crate::report::formats::csv::csv;
use crate::report::publication::Publication;
use crate::report::{document, map_geojson, page, pictures, tables, workbook};

/// Writes every table and chart.
///
/// # Errors
/// When a chart cannot be drawn or a file cannot be written.
pub fn write(
    publication: &Publication<'_>,
    staging: &Staging,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let (all, standards) = (&comparison.alternatives, &comparison.standards);
    let for_people = ["place", "probability_best"];
    let alternatives = tables::alternatives(comparison, all, standards, language);
    staging.write("alternatives.csv", &csv(&alternatives.without(&for_people)))?;
    staging.write(
        "towns.csv",
        &csv(&tables::towns_of_all(comparison, language)),
    )?;
    staging.write("report.xlsx", &workbook::workbook(publication)?)?;
    let fields = Fields::of(scenario, comparison, publication.on_the_map);
    let drawings = pictures::draw_all(publication, &fields)?;
    for (name, layer) in map_geojson::layers(publication, &fields)? {
        staging.write(format!("map/{name}.geojson"), &layer)?;
    }
    let page = page::page(publication, &fields, &drawings)?;
    staging.write("report.html", page.as_bytes())?;
    staging.write("report.docx", &document::document(publication, &drawings)?)?;
    for (name, drawing) in &drawings {
        staging.write(format!("charts/{name}.svg"), drawing.svg.as_bytes())?;
        staging.write(format!("charts/{name}.png"), &drawing.png)?;
    }
    Ok(())
}
