//! The best sites among all junctions: a few lines for people, and a table of candidates for the next
//! run.

use std::fmt::Write as _;

use super::formats::csv::{spreadsheet_text, write};
use super::formats::terminal::{align, empty_table};
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::messages::Key;
use crate::planning::optimization::{JunctionSite, ListedChoice, Optimization, Proof};
use crate::text;

/// The answer for people, within 100 columns.
pub fn text(optimization: &Optimization, language: Language) -> String {
    let mut text = String::new();
    lines(&mut text, optimization, language).expect("writing to a string does not fail");
    text
}

fn lines(text: &mut String, optimization: &Optimization, language: Language) -> std::fmt::Result {
    let minutes = |seconds: f64| format!("{:.2}", seconds / 60.0);
    let asked: Vec<String> = (optimization.towns.iter())
        .map(|asked| {
            let name = asked.town.name.in_language(language);
            let (count, junctions) = (asked.chosen, asked.candidates);
            text!(
                language,
                "optimize-choices-of-town",
                name = name,
                junctions = junctions,
                count = count
            )
        })
        .collect();
    writeln!(
        text,
        "{}",
        text!(
            language,
            "optimize-choices",
            asked = language.list(&asked),
            choices = &optimization.choices
        )
    )?;
    let Some(best) = optimization.best.first() else {
        return writeln!(text, "{}", text!(language, "optimize-none-found"));
    };
    let mean = best.mean_response_seconds;
    let gap = optimization.gap.unwrap_or(f64::INFINITY) * 100.0;
    let proven = match optimization.status {
        Proof::Optimal => text!(language, "optimize-proven"),
        _ => text!(language, "optimize-gap", gap = format!("{gap:.2}")),
    };
    writeln!(
        text,
        "{proven}{}",
        text!(
            language,
            "optimize-mean",
            mean = minutes(mean),
            bound = minutes(optimization.bound),
            gap = format!("{gap:.4}")
        )
    )?;
    writeln!(text)?;
    sites(text, &best.sites, Some(optimization), language)?;
    writeln!(text)?;
    let faster = |from: f64| {
        let seconds = from - mean;
        let key = if seconds < 0.0 {
            Key("optimize-slower-by")
        } else {
            Key("optimize-faster-by")
        };
        text!(language, key, seconds = format!("{:.1}", seconds.abs()))
    };
    writeln!(
        text,
        "{}",
        text!(
            language,
            "optimize-existing",
            minutes = minutes(optimization.baseline_mean_response_seconds),
            faster = faster(optimization.baseline_mean_response_seconds)
        )
    )?;
    if let Some(ListedChoice {
        id,
        mean_response_seconds: listed,
    }) = &optimization.listed
    {
        writeln!(
            text,
            "{}",
            text!(
                language,
                "optimize-listed",
                id = id,
                minutes = minutes(*listed),
                faster = faster(*listed)
            )
        )?;
    }
    if let Some(another) = &optimization.another {
        writeln!(
            text,
            "{}",
            text!(
                language,
                "optimize-another",
                junctions = optimization.main_road_junctions,
                minutes = minutes(another.mean_response_seconds),
                faster = format!("{:.1}", mean - another.mean_response_seconds)
            )
        )?;
        if let Some(Estimate { value, low, high }) =
            optimization.another_simulated_difference_seconds
        {
            let [low, high] =
                [high, low].map(|end| end.map_or("–".to_owned(), |s| format!("{:.1}", -s)));
            writeln!(
                text,
                "{}",
                text!(
                    language,
                    "optimize-another-simulated",
                    faster = format!("{:.1}", -value),
                    low = low,
                    high = high
                )
            )?;
        }
        writeln!(text)?;
        sites(text, &another.sites, None, language)?;
        writeln!(text)?;
    } else if optimization.status == Proof::Optimal {
        writeln!(text, "{}\n", text!(language, "optimize-no-another"))?;
    }
    if let Some(together) = &optimization.together {
        let key = if together.proven {
            Key("optimize-together-proven")
        } else {
            Key("optimize-together-unproven")
        };
        let mean = minutes(together.choice.mean_response_seconds);
        writeln!(text, "{}", text!(language, key, mean = mean))?;
        writeln!(text)?;
        sites(text, &together.choice.sites, None, language)?;
        writeln!(text)?;
    }
    writeln!(text, "{}", text!(language, "optimize-expected"))
}

/// The sites of a choice; those of the best with the mean of their town.
fn sites(
    text: &mut String,
    sites: &[JunctionSite],
    best_of: Option<&Optimization>,
    language: Language,
) -> std::fmt::Result {
    let mut table = empty_table();
    let mut header = vec![
        text!(language, "optimize-site"),
        text!(language, "town-short"),
        text!(language, "optimize-village"),
        text!(language, "optimize-village-km"),
        text!(language, "optimize-lon"),
        text!(language, "optimize-lat"),
    ];
    if best_of.is_some() {
        header.push(text!(language, "optimize-town-mean"));
    }
    table.set_header(header);
    for (number, site) in sites.iter().enumerate() {
        let village = &site.nearest_village;
        let mut row = vec![
            site.id.clone(),
            site.town.name.in_language(language).to_owned(),
            village.point.name.in_language(language).to_owned(),
            format!("{:.2}", village.distance_metres / 1000.0),
            format!("{:.5}", site.lon),
            format!("{:.5}", site.lat),
        ];
        if let Some(best) = best_of {
            let mean = best.sites[number].town_mean_response_seconds;
            row.push(mean.map_or_else(|| "–".to_owned(), |mean| format!("{:.2}", mean / 60.0)));
        }
        table.add_row(row);
    }
    align(&mut table, &[0, 1, 2]);
    writeln!(text, "{}", table.trim_fmt())
}

/// The sites of the best choices as a table of candidates, each once, the best choice first.
///
/// # Errors
/// Never in practice: the writer is a `Vec`.
pub fn candidates(optimization: &Optimization) -> Result<Vec<u8>, csv::Error> {
    let mut sites: Vec<&JunctionSite> = Vec::new();
    for site in optimization.best.iter().flat_map(|choice| &choice.sites) {
        if !sites.iter().any(|known| known.id == site.id) {
            sites.push(site);
        }
    }
    let columns = [
        "id", "name", "name_en", "lon", "lat", "group", "engines", "basis", "reason",
    ];
    let brigade = optimization.brigade.as_ref();
    let profile = brigade.and_then(|brigade| brigade.profile.as_ref());
    let header = columns.into_iter().chain(profile.map(|_| "profile"));
    write(header.map(str::to_owned).collect(), |writer| {
        for (site, brigade) in sites.into_iter().zip(brigade.into_iter().cycle()) {
            let row = [
                site.id.clone(),
                spreadsheet_text(&site.name.local),
                spreadsheet_text(&site.name.english),
                site.lon.to_string(),
                site.lat.to_string(),
                site.town.name.local.clone(),
                brigade.engines.to_string(),
                brigade.basis.to_string(),
                brigade.reason.clone(),
            ];
            writer.write_record(row.into_iter().chain(profile.cloned()))?;
        }
        Ok(())
    })
}
