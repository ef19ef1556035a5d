//! Everything that a finished comparison is published as: `compare` and `report` share this one way
//! from the answer to the files.

use std::error::Error;

use crate::progress::{Unit, Work};
use crate::report::fields::Fields;
use crate::report::formats::csv::csv;
use crate::report::formats::{File, are_among, chart, chart_paths, file};
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
    let mut layers = map_geojson::layers(publication, &fields, &roads)?;
    for name in map_geojson::LAYERS {
        files.push(file(&layer_path(name), taken(&mut layers, name)));
    }
    work.add(1);
    let page = page::page(publication, &fields, &roads, &drawings)?;
    files.push(file("report.html", page.into_bytes()));
    work.add(1);
    let document = document::document(publication, &drawings)?;
    files.push(file("report.docx", document));
    work.add(1);
    let mut drawings = drawings;
    for name in pictures::CHARTS {
        files.extend(chart(name, taken(&mut drawings, name)));
    }
    debug_assert!(drawings.is_empty() && layers.is_empty());
    debug_assert!(are_among(&files, &paths()));
    Ok(files)
}

/// The paths of all that a comparison can be published as, known before there is one.
pub fn paths() -> Vec<String> {
    let tables = ["alternatives.csv", "towns.csv"];
    let reports = ["report.xlsx", "report.html", "report.docx"];
    let mut paths: Vec<String> = tables
        .into_iter()
        .chain(reports)
        .map(str::to_owned)
        .collect();
    paths.extend(map_geojson::LAYERS.map(layer_path));
    paths.extend(pictures::CHARTS.into_iter().flat_map(chart_paths));
    paths
}

fn layer_path(name: &str) -> String {
    format!("map/{name}.geojson")
}

/// What there is by a name, taken out of a list.
fn taken<T>(named: &mut Vec<(&'static str, T)>, name: &str) -> Option<T> {
    let index = named.iter().position(|(of, _)| *of == name)?;
    Some(named.remove(index).1)
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
