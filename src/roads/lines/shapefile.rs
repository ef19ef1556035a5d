//! Lines from an ESRI shapefile: shapes in `.shp`, where each begins in `.shx`, a table in `.dbf`, and,
//! where they are, the encoding of the table in `.cpg` and the coordinate system in `.prj`.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use shapefile::record::traits::HasXY;
use shapefile::{Shape, ShapeReader};

use crate::files::Source;
use crate::geography::crs::Crs;
use crate::geography::crs::meaning::SaidBy;
use crate::geography::datum::Datum;
use crate::roads::lines::code_page::{CodePage, KNOWN};
use crate::roads::lines::{Layer, LineFeature, LinesError, NoLine, dbf, position};

/// Reads a shapefile; `stated` says what its degrees are, which it has to where there is no `.prj`.
///
/// # Errors
/// When a part of it is missing or damaged, the parts do not belong together, or the coordinates are
/// not known or cannot be converted.
pub fn read(shp: &Path, stated: Option<Datum>) -> Result<Layer, LinesError> {
    let source = Source::Disk(shp.to_owned());
    let file = source.to_string();
    let shapes = source.read()?;
    let index = needed(shp, "shx", "copy it too, or export the layer again")?;
    let table_file = needed(
        shp,
        "dbf",
        "copy it too: it says which road is of which class",
    )?;
    let crs = crs(shp, stated)?;
    let encoding = match companion(shp, "cpg") {
        None => None,
        Some(cpg) => {
            let text = cpg.read_text()?;
            let known = CodePage::of_label(&text);
            Some(known.ok_or_else(|| LinesError::Damaged {
                file: cpg.to_string(),
                problem: format!(
                    "`{}` is no code page that is known; it should be {KNOWN}, or save the layer \
                     in UTF-8",
                    text.trim()
                ),
            })?)
        }
    };
    let damaged = |file: &Source, problem: String| LinesError::Damaged {
        file: file.to_string(),
        problem,
    };
    let table = dbf::read(&table_file.read()?, encoding)
        .map_err(|problem| damaged(&table_file, problem))?;
    let torn = |error: shapefile::Error| {
        damaged(
            &source,
            format!("no shapefile, or one cut short ({error}); export the layer again"),
        )
    };
    let mut reader =
        ShapeReader::with_shx(Cursor::new(&*shapes), Cursor::new(index.read()?)).map_err(torn)?;
    let count = reader.shape_count().map_err(torn)?;
    if count != table.rows.len() {
        return Err(damaged(
            &table_file,
            format!(
                "it has {} rows and {index} {count} shapes, so they do not belong together; export \
                 the layer again",
                table.rows.len()
            ),
        ));
    }
    let mut features = Vec::with_capacity(count);
    for (index, row) in table.rows.into_iter().enumerate() {
        let number = index + 1;
        let Some(shape) = reader.read_nth_shape(index) else {
            break;
        };
        let shape = shape.map_err(|error| {
            damaged(
                &source,
                format!("feature {number} is damaged ({error}); export the layer again"),
            )
        })?;
        let lines = match (&row, parts(&shape)) {
            (None, _) => Err(NoLine::Deleted),
            (_, Err(reason)) => Err(reason),
            (_, Ok(parts)) => Ok(parts
                .into_iter()
                .map(|part| {
                    part.into_iter()
                        .map(|point| position(&crs, &file, number, point))
                        .collect()
                })
                .collect::<Result<_, _>>()?),
        };
        features.push(LineFeature {
            number,
            lines,
            values: row.unwrap_or_default(),
        });
    }
    Ok(Layer {
        features,
        columns: table.columns,
        is_table: true,
        text: Some(table.text),
        coordinates: crs.meaning,
    })
}

fn crs(shp: &Path, stated: Option<Datum>) -> Result<Crs, LinesError> {
    match (companion(shp, "prj"), stated) {
        (Some(prj), _) => {
            let crs = Crs::of_wkt(&prj.read_text()?, stated, SaidBy::Prj);
            crs.map_err(|problem| LinesError::Coordinates {
                file: prj.to_string(),
                problem,
            })
        }
        (None, Some(_)) => Ok(Crs::degrees(stated)),
        (None, None) => Err(LinesError::NoCompanion {
            file: shp.with_extension("prj").display().to_string(),
            remedy: "it says what the coordinates are; without it, say so yourself with \
                     --coordinates wgs84 (degrees, also of CGCS 2000), gcj02 or bd09",
        }),
    }
}

/// The file beside the `.shp`, with its extension in small or capital letters.
fn companion(shp: &Path, extension: &str) -> Option<Source> {
    [extension.to_owned(), extension.to_uppercase()]
        .into_iter()
        .map(|extension| shp.with_extension(extension))
        .find(|path: &PathBuf| path.is_file())
        .map(Source::Disk)
}

fn needed(shp: &Path, extension: &str, remedy: &'static str) -> Result<Source, LinesError> {
    companion(shp, extension).ok_or_else(|| LinesError::NoCompanion {
        file: shp.with_extension(extension).display().to_string(),
        remedy,
    })
}

fn parts(shape: &Shape) -> Result<Vec<Vec<[f64; 2]>>, NoLine> {
    fn flat<P: HasXY>(parts: &[Vec<P>]) -> Vec<Vec<[f64; 2]>> {
        let flat = |part: &Vec<P>| part.iter().map(|point| [point.x(), point.y()]).collect();
        parts.iter().map(flat).collect()
    }
    match shape {
        Shape::Polyline(line) => Ok(flat(line.parts())),
        Shape::PolylineM(line) => Ok(flat(line.parts())),
        Shape::PolylineZ(line) => Ok(flat(line.parts())),
        Shape::NullShape => Err(NoLine::NoGeometry),
        Shape::Polygon(_) | Shape::PolygonM(_) | Shape::PolygonZ(_) | Shape::Multipatch(_) => {
            Err(NoLine::Area)
        }
        Shape::Point(_)
        | Shape::PointM(_)
        | Shape::PointZ(_)
        | Shape::Multipoint(_)
        | Shape::MultipointM(_)
        | Shape::MultipointZ(_) => Err(NoLine::Points),
    }
}
