//! Everything that a finished comparison is published as: `compare` and `report` share this one way
//! from the answer to the files.

use std::error::Error;

use crate::progress::{Unit, Work};
use crate::report::fields::Fields;
use crate::report::formats::csv::csv;
use crate::report::formats::{File, chart, file};
use crate::report::map_roads::RoadsOfMaps;
use crate::report::publication::Publication;
use crate::report::{document, map_geojson, page, pictures, tables, workbook};

/// Workbook, map layers, page and document.
const KINDS: usize = 4;

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
    let work = Work::new("putting files together", KINDS, Unit::Count("kinds"));
    let mut files = vec![
        file("alternatives.csv", alternatives(publication)),
        file(
            "towns.csv",
            csv(&tables::towns_of_all(comparison, language)),
        ),
        file("report.xlsx", workbook::workbook(publication)?),
    ];
    work.add(1);
    let fields = Fields::of(scenario, comparison, publication.on_the_map);
    let roads = RoadsOfMaps::of(scenario, fields.grid.lattice.plane);
    let drawings = pictures::draw_all(publication, &fields, &roads)?;
    for (name, layer) in map_geojson::layers(publication, &fields, &roads)? {
        files.push(file(&format!("map/{name}.geojson"), layer));
    }
    work.add(1);
    let page = page::page(publication, &fields, &roads, &drawings)?;
    files.push(file("report.html", page.into_bytes()));
    work.add(1);
    let document = document::document(publication, &drawings)?;
    files.push(file("report.docx", document));
    work.add(1);
    for (name, drawing) in drawings {
        files.extend(chart(name, Some(drawing)));
    }
    Ok(files)
}

/// A row for each alternative; of thousands the table takes more room than all else, and goes before more is made.
fn alternatives(publication: &Publication<'_>) -> Vec<u8> {
    let Publication {
        comparison,
        language,
        ..
    } = *publication;
    let rows = tables::all_rows(publication);
    let all = tables::alternatives(comparison, rows, &comparison.standards, language);
    csv(&all.without(&["probability_best"]))
}
