//! Where brigades should stand, for people, for programs and as files.

use std::error::Error;

use serde::Serialize;

use super::{free_choice, frontier, plan, robust, terminal};
use crate::charts::Drawing;
use crate::language::Language;
use crate::planning::optimization::Optimization;
use crate::text;

/// Everything for people, within 100 columns.
pub fn text(optimization: &Optimization, language: Language) -> String {
    let mut text = free_choice::text(optimization, language);
    if let Some(robustness) = &optimization.robust {
        text += "\n";
        text += &robust::text(robustness, language);
    }
    if let Some(prospects) = &optimization.frontier {
        text += "\n";
        text += &frontier::text(prospects, optimization, language);
    }
    if let Some(comparison) = &optimization.comparison {
        text += &format!("\n{}\n", text!(language, "optimize-simulated"));
        text += &terminal::ranking(comparison, language);
    }
    text
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
    serde_json::to_string_pretty(&Timed {
        optimization,
        elapsed_seconds: optimization.elapsed.as_secs_f64(),
    })
}

/// A file by its name in the folder; `None` where the answer has nothing to say in it.
pub type File = (&'static str, Option<Vec<u8>>);

/// The answer itself, and the simulation beside it, which it leaves out.
///
/// # Errors
/// Never in practice: every key is a text.
pub fn answers(optimization: &Optimization) -> Result<[File; 2], serde_json::Error> {
    let comparison = optimization.comparison.as_ref();
    Ok([
        (
            "optimization.json",
            Some(serde_json::to_vec_pretty(optimization)?),
        ),
        (
            "comparison.json",
            comparison.map(serde_json::to_vec_pretty).transpose()?,
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
) -> Result<Vec<File>, Box<dyn Error + Send + Sync>> {
    let prospects = optimization.frontier.as_ref();
    let chart = prospects
        .map(|prospects| frontier::chart(prospects, optimization, language))
        .transpose()?;
    let sequence = prospects
        .map(|prospects| frontier::sequence_chart(prospects, optimization, language))
        .transpose()?
        .flatten();
    let robustness = optimization.robust.as_ref();
    let planned = prospects.filter(|prospects| !prospects.phases.is_empty());
    let svg = |drawing: &Drawing| drawing.svg.clone().into_bytes();
    let png = |drawing: &Drawing| drawing.png.clone();
    Ok(vec![
        (
            "optimized-candidates.csv",
            Some(free_choice::candidates(optimization)?),
        ),
        (
            "robustness.csv",
            robustness.map(|r| robust::csv(r, language)).transpose()?,
        ),
        (
            "frontier.csv",
            prospects.map(|p| frontier::csv(p, language)).transpose()?,
        ),
        (
            "phases.csv",
            planned.map(|p| plan::csv(p, language)).transpose()?,
        ),
        ("charts/frontier.svg", chart.as_ref().map(svg)),
        ("charts/frontier.png", chart.as_ref().map(png)),
        ("charts/building-sequence.svg", sequence.as_ref().map(svg)),
        ("charts/building-sequence.png", sequence.as_ref().map(png)),
    ])
}
