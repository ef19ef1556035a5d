//! Everything that a finished comparison is published as: `compare` and `report` share this one way
//! from the answer to the files.

use std::error::Error;

use crate::report::fields::Fields;
use crate::report::formats::csv::csv;
use crate::report::formats::{File, chart, file};
use crate::report::map_roads::RoadsOfMaps;
use crate::report::publication::Publication;
use crate::report::{document, map_geojson, page, pictures, tables, workbook};

/// Every table and chart.
///
/// # Errors
/// When a chart cannot be drawn or a file cannot be put together.
pub fn files(publication: &Publication<'_>) -> Result<Vec<File>, Box<dyn Error + Send + Sync>> {
    let Publication {
        scenario,
        comparison,
        language,
        ..
    } = *publication;
    let (all, standards) = (&comparison.alternatives, &comparison.standards);
    let alternatives = tables::alternatives(comparison, all, standards, language);
    let towns = tables::towns_of_all(comparison, language);
    let mut files = vec![
        file(
            "alternatives.csv",
            csv(&alternatives.without(&["probability_best"])),
        ),
        file("towns.csv", csv(&towns)),
        file("report.xlsx", workbook::workbook(publication)?),
    ];
    let fields = Fields::of(scenario, comparison, publication.on_the_map);
    let roads = RoadsOfMaps::of(scenario, fields.grid.lattice.plane);
    let drawings = pictures::draw_all(publication, &fields, &roads)?;
    for (name, layer) in map_geojson::layers(publication, &fields, &roads)? {
        files.push(file(&format!("map/{name}.geojson"), layer));
    }
    let page = page::page(publication, &fields, &roads, &drawings)?;
    files.push(file("report.html", page.into_bytes()));
    let document = document::document(publication, &drawings)?;
    files.push(file("report.docx", document));
    for (name, drawing) in drawings {
        files.extend(chart(name, Some(drawing)));
    }
    Ok(files)
}
