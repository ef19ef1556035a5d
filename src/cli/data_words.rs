//! What the files of others are taken for, in words: coordinate systems, units, code pages.

use crate::geography::crs::meaning::{Degrees, Meaning, SaidBy};
use crate::geography::datum::Datum;
use crate::roads::gmns::Units;
use crate::roads::lines::{PageBy, TextPage};

/// What the numbers of positions are taken for, and who says so.
pub(super) fn positions(meaning: &Meaning) -> String {
    let degrees = match &meaning.degrees {
        Degrees::Usual => "WGS 84, longitude first, as nothing else is said".to_owned(),
        Degrees::Stated(Datum::Wgs84) => "WGS 84, as stated with --coordinates".to_owned(),
        Degrees::Stated(datum) => format!(
            "{datum}, as stated with --coordinates; converted to WGS 84 by the public reconstruction \
             (metres at worst)"
        ),
        Degrees::Near { name, metres, by } => {
            let by = said_by(*by);
            match *metres {
                0.0 => format!("{name}, by {by}"),
                metres => {
                    format!(
                        "{name}, by {by}; taken as WGS 84, from which it is up to {metres} m away"
                    )
                }
            }
        }
        Degrees::OfEllipsoid { by } => format!(
            "of the ellipsoid of WGS 84 or GRS 80, by {}; taken as WGS 84, though no datum is said: most of \
             that ellipsoid are up to 4 m away",
            said_by(*by)
        ),
    };
    match &meaning.projected {
        None => degrees,
        Some(projected) => format!("{projected}, converted to degrees: {degrees}"),
    }
}

fn said_by(by: SaidBy) -> &'static str {
    match by {
        SaidBy::Prj => "its .prj",
        SaidBy::GeoJsonCrs => "its `crs`",
        SaidBy::Config => "config.csv",
    }
}

/// What the numbers of a network are.
pub(super) fn units(units: &Units) -> String {
    let Units {
        length,
        short_length,
        speed,
        positions: meaning,
    } = units;
    format!(
        "lengths in {length}, widths in {short_length}, speeds in {speed}, positions in {}",
        positions(meaning)
    )
}

/// In which code page texts are read, and who says so.
pub(super) fn code_page(TextPage { name, by }: &TextPage) -> String {
    let by = match by {
        PageBy::Cpg => "its .cpg",
        PageBy::Header => "the header of its .dbf",
        PageBy::Look => "its look, as neither a .cpg nor the .dbf says it",
    };
    format!("{name}, by {by}")
}
