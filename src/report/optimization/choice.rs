//! The best sites among all junctions, for people.

use super::tables;
use crate::decimals::fixed;
use crate::evaluation::estimate::Estimate;
use crate::language::Language;
use crate::messages::Key;
use crate::planning::optimization::{JunctionSite, Optimization, Proof, Within};
use crate::report::formats::terminal::table;
use crate::report::words::{minutes_to_hundredths, seconds_words};
use crate::text;

/// The answer, its lines not folded yet.
pub(super) fn text(optimization: &Optimization, language: Language) -> String {
    let asked = optimization.towns.iter().map(|asked| match &asked.within {
        Within::Town(town) => text!(
            language,
            "optimize-choices-of-town",
            name = town.name.in_language(language),
            junctions = asked.candidates,
            count = asked.chosen
        ),
        Within::Anywhere { .. } => text!(
            language,
            "optimize-choices-anywhere",
            junctions = asked.candidates,
            count = asked.chosen
        ),
    });
    let asked = crate::messages::list(language, &asked.collect::<Vec<_>>());
    let mut lines = vec![text!(
        language,
        "optimize-choices",
        asked = asked,
        choices = &optimization.choices
    )];
    let Some(best) = optimization.best.first() else {
        lines.push(text!(language, "optimize-none-found"));
        return lines.join("\n") + "\n";
    };
    let mean = best.mean_response_seconds;
    lines.push(proof(optimization, mean, language));
    let sites = |sites: &[JunctionSite], best_of| {
        let sites = tables::sites(sites, best_of, language);
        format!("\n{}\n", table(&sites))
    };
    lines.push(sites(&best.sites, Some(optimization)));
    let faster = |from: f64| {
        let seconds = from - mean;
        let key = if seconds < 0.0 {
            Key("optimize-slower-by")
        } else {
            Key("optimize-faster-by")
        };
        let words = text!(language, key, seconds = fixed(seconds.abs(), 1));
        if seconds.abs() > optimization.indifference_seconds {
            return words;
        }
        let limit = seconds_words(optimization.indifference_seconds, language);
        text!(
            language,
            "optimize-no-matter",
            difference = words,
            indifference = limit
        )
    };
    lines.push(match optimization.baseline_mean_response_seconds {
        Some(today) => text!(
            language,
            "optimize-existing",
            minutes = minutes_to_hundredths(today),
            faster = faster(today)
        ),
        None => text!(language, "optimize-none-existing"),
    });
    if let Some(listed) = &optimization.listed {
        lines.push(text!(
            language,
            "optimize-listed",
            id = &listed.id,
            minutes = minutes_to_hundredths(listed.mean_response_seconds),
            faster = faster(listed.mean_response_seconds)
        ));
    }
    if let Some(another) = &optimization.another {
        lines.push(text!(
            language,
            "optimize-another",
            junctions = optimization.main_road_junctions,
            minutes = minutes_to_hundredths(another.mean_response_seconds),
            faster = fixed(mean - another.mean_response_seconds, 1)
        ));
        if mean - another.mean_response_seconds <= optimization.indifference_seconds {
            let limit = seconds_words(optimization.indifference_seconds, language);
            lines.push(text!(
                language,
                "optimize-another-no-matter",
                indifference = limit
            ));
        }
        let simulated = optimization.another_simulated_difference_seconds;
        lines.extend(simulated.map(|difference| less(difference, language)));
        lines.push(sites(&another.sites, None));
    } else if optimization.status == Proof::Optimal {
        lines.push(text!(language, "optimize-no-another") + "\n");
    }
    if let Some(together) = &optimization.together {
        let key = if together.proven {
            Key("optimize-together-proven")
        } else {
            Key("optimize-together-unproven")
        };
        let mean = minutes_to_hundredths(together.choice.mean_response_seconds);
        lines.push(text!(language, key, mean = mean));
        lines.push(sites(&together.choice.sites, None));
    }
    lines.push(text!(language, "optimize-expected"));
    lines.join("\n") + "\n"
}

/// How far the mean can be from the best there is.
fn proof(optimization: &Optimization, mean: f64, language: Language) -> String {
    let gap = optimization.gap.unwrap_or(f64::INFINITY) * 100.0;
    let proven = match optimization.status {
        Proof::Optimal => text!(language, "optimize-proven"),
        _ => text!(language, "optimize-gap", gap = format!("{gap:.2}")),
    };
    text!(
        language,
        "optimize-mean",
        proven = proven,
        mean = minutes_to_hundredths(mean),
        bound = minutes_to_hundredths(optimization.bound),
        gap = format!("{gap:.4}")
    )
}

/// How much faster one more brigade is in the simulation.
fn less(difference: Estimate, language: Language) -> String {
    let faster = fixed(-difference.value, 1);
    let (Some(low), Some(high)) = (difference.high, difference.low) else {
        return text!(language, "optimize-another-simulated-few", faster = faster);
    };
    text!(
        language,
        "optimize-another-simulated",
        faster = faster,
        low = fixed(-low, 1),
        high = fixed(-high, 1)
    )
}
