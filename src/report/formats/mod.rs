//! One file a format: each turns the same [`Table`](super::model::Table) into its own.

pub mod csv;
pub mod docx;
pub mod geojson;
pub mod html;
pub mod sheet;
pub mod terminal;

use crate::charts::Drawing;

/// A file of an answer.
pub struct File {
    /// Its path in the folder of the answer.
    pub path: String,
    /// `None` where the answer has nothing to say in it.
    pub content: Option<Vec<u8>>,
}

pub fn file(path: &str, content: impl Into<Option<Vec<u8>>>) -> File {
    File {
        path: path.to_owned(),
        content: content.into(),
    }
}

/// A chart as both of its files, whether there is one or not.
pub fn chart(name: &str, drawing: Option<Drawing>) -> [File; 2] {
    let both = drawing.map(|drawing| (drawing.svg.into_bytes(), drawing.png));
    let (svg, png) = both.unzip();
    let [of_svg, of_png] = chart_paths(name);
    [file(&of_svg, svg), file(&of_png, png)]
}

/// The paths of both files of a chart.
pub fn chart_paths(name: &str) -> [String; 2] {
    ["svg", "png"].map(|ending| format!("charts/{name}.{ending}"))
}

/// Whether every file has one of these paths.
pub fn are_among(files: &[File], paths: &[String]) -> bool {
    files.iter().all(|file| paths.contains(&file.path))
}
