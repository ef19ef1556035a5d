//! Where brigades should stand, for people, for programs and as files.

mod charts;
mod choice;
mod prospects;
mod robustness;
mod tables;

use std::error::Error;

use serde::Serialize;

use crate::charts::Theme;
use crate::evaluation::seal::sealed;
use crate::format::indented_json;
use crate::language::{Language, Name};
use crate::planning::optimization::Optimization;
use crate::report::formats::csv::csv;
use crate::report::formats::terminal::folded;
use crate::report::formats::{File, are_among, chart, chart_paths, file};
use crate::report::model::Table;
use crate::report::ranking;
use crate::text;

/// What a brigade at a junction is called: several junctions may be nearest to one village.
pub fn junction_name(id: &str, village: &Name) -> Name {
    let said = |language| {
        let village = village.in_language(language);
        text!(language, "junction-near", id = id, village = village)
    };
    Name {
        local: said(Language::Chinese),
        english: said(Language::English),
    }
}

/// Everything for people.
pub fn text(optimization: &Optimization, language: Language) -> String {
    let mut text = choice::text(optimization, language);
    if let Some(robust) = &optimization.robust {
        text += "\n";
        text += &robustness::text(robust, optimization.indifference_seconds, language);
    }
    if let Some(further) = &optimization.frontier {
        text += "\n";
        text += &prospects::text(further, optimization, language);
    }
    if let Some(comparison) = &optimization.comparison {
        text += &format!("\n{}\n", text!(language, "optimize-simulated"));
        text += &ranking::text(comparison, language);
    }
    folded(&text)
}

/// The answer with how long it took, which the file leaves out.
#[derive(Serialize)]
struct Timed<'a> {
    #[serde(flatten)]
    optimization: &'a Optimization,
    elapsed_seconds: f64,
}

/// For programs: what `optimization.json` says, and how long it took.
///
/// # Errors
/// Never in practice: every key is a text.
pub fn json(optimization: &Optimization) -> Result<String, serde_json::Error> {
    indented_json(&Timed {
        optimization,
        elapsed_seconds: optimization.elapsed.as_secs_f64(),
    })
}

/// The answer itself, and the simulation beside it, which it leaves out.
///
/// # Errors
/// Never in practice: every key is a text.
pub fn answers(optimization: &Optimization) -> Result<[File; 2], serde_json::Error> {
    let comparison = optimization.comparison.as_ref();
    Ok([
        file("optimization.json", sealed(optimization)?.into_bytes()),
        file(
            "comparison.json",
            (comparison.map(sealed).transpose()?).map(String::into_bytes),
        ),
    ])
}

/// Every table and chart that an answer can have.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn files(
    optimization: &Optimization,
    language: Language,
    theme: Theme,
) -> Result<Vec<File>, Box<dyn Error + Send + Sync>> {
    let further = optimization.frontier.as_ref();
    let robust = optimization.robust.as_ref();
    let phased = further.filter(|further| !further.phases.is_empty());
    let candidates = tables::candidates(optimization, language);
    let frontier = further.map(|further| tables::frontier(further, language));
    let phases = phased.map(|further| tables::phases(further, language));
    let indifference = optimization.indifference_seconds;
    let robustness = robust.map(|robust| robustness::table(robust, indifference, language));
    let in_csv = |table: Option<Table>| table.as_ref().map(csv);
    let mut files = vec![
        file("optimized-candidates.csv", csv(&candidates)),
        file("robustness.csv", in_csv(robustness)),
        file("frontier.csv", in_csv(frontier)),
        file("phases.csv", in_csv(phases)),
    ];
    let (frontier, sequence) = match further {
        Some(further) => (
            Some(charts::frontier(further, optimization, language, theme)?),
            charts::building_sequence(further, optimization, language, theme)?,
        ),
        None => (None, None),
    };
    files.extend(chart("frontier", frontier));
    files.extend(chart("building-sequence", sequence));
    debug_assert!(are_among(&files, &paths()));
    Ok(files)
}

/// The paths of the answers and of all files that they can have, known before there are any.
pub fn paths() -> Vec<String> {
    let files = [
        "optimization.json",
        "comparison.json",
        "optimized-candidates.csv",
        "robustness.csv",
        "frontier.csv",
        "phases.csv",
    ];
    let charts = ["frontier", "building-sequence"]
        .into_iter()
        .flat_map(chart_paths);
    files.into_iter().map(str::to_owned).chain(charts).collect()
}
