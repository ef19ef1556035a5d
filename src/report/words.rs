//! Words that the formats of a comparison share.

use crate::basis::Basis;
use crate::brigades::crew::Crew;
use crate::decimals::fixed;
use crate::evaluation::comparison::{
    Comparison, Evaluated, Figures, ScenarioSummary, StandardSummary,
};
use crate::evaluation::coverage::answer::{Band, BandReach};
use crate::evaluation::phases::orders_as_good;
use crate::evaluation::standing::BesideBest;
use crate::language::{Language, Name};
use crate::messages::Key;
use crate::report::model::{Column, Quantity, Value};
use crate::roads::class::RoadClass;
use crate::scenario::standards::Clock;
use crate::text;
use crate::units::{Metres, Millis};

/// An alternative by its sites, or as the existing stations.
pub(super) fn alternative_name(of: &Evaluated, language: Language) -> String {
    if of.is_baseline {
        return text!(language, "existing-stations");
    }
    site_names(of.sites.iter().map(|site| &site.name), language)
}

/// The sites of an alternative, as one name.
pub(super) fn site_names<'n>(names: impl Iterator<Item = &'n Name>, language: Language) -> String {
    let names = names.map(|name| name.in_language(language));
    names.collect::<Vec<_>>().join(" + ")
}

/// How much was simulated.
pub(super) fn runs_words(scenario: &ScenarioSummary, language: Language) -> String {
    let (replications, years) = (scenario.replications, scenario.years);
    match scenario.batches {
        None => text!(
            language,
            "runs-replications",
            replications = replications,
            years = years
        ),
        Some(batches) => text!(language, "runs-batches", batches = batches, years = years),
    }
}

/// From when a clock counts.
pub(super) fn clock_words(clock: Clock, language: Language) -> String {
    let key = match clock {
        Clock::Response => Key("clock-response"),
        Clock::Dispatch => Key("clock-dispatch"),
        Clock::Travel => Key("clock-travel"),
    };
    text!(language, key)
}

/// Who mans the engines of a station.
pub(super) fn crew_words(crew: Crew, language: Language) -> String {
    let key = match crew {
        Crew::FullTime => Key("crew-full-time"),
        Crew::PartTime => Key("crew-part-time"),
        Crew::Volunteer => Key("crew-volunteer"),
    };
    text!(language, key)
}

/// A band of minutes: `0–5`, `> 30`, `not reached`.
pub(super) fn band_words(band: Band, language: Language) -> String {
    match (band.from_minutes, band.to_minutes) {
        (Some(from), Some(to)) => format!("{}–{}", number(from), number(to)),
        (Some(from), None) => format!("> {}", number(from)),
        (None, _) if band.reach == BandReach::NoRoad => text!(language, "no-road"),
        (None, _) => text!(language, "not-reached"),
    }
}

/// What "no road" means; where lanes are missing from the network it may begin farther off.
pub(super) fn no_road_words(
    limit: Metres,
    without_lanes: Option<Metres>,
    language: Language,
) -> String {
    match without_lanes {
        None => text!(language, "no-road-note", metres = number(limit.0)),
        Some(farther) => text!(
            language,
            "no-road-note-lanes",
            metres = number(limit.0),
            farther = number(farther.0)
        ),
    }
}

/// A class of road.
pub(super) fn road_class_words(class: RoadClass, language: Language) -> String {
    let key = match class {
        RoadClass::Motorway => Key("road-motorway"),
        RoadClass::MotorwayLink => Key("road-motorway-link"),
        RoadClass::Trunk => Key("road-trunk"),
        RoadClass::TrunkLink => Key("road-trunk-link"),
        RoadClass::Primary => Key("road-primary"),
        RoadClass::PrimaryLink => Key("road-primary-link"),
        RoadClass::Secondary => Key("road-secondary"),
        RoadClass::SecondaryLink => Key("road-secondary-link"),
        RoadClass::Tertiary => Key("road-tertiary"),
        RoadClass::TertiaryLink => Key("road-tertiary-link"),
        RoadClass::Unclassified => Key("road-unclassified"),
        RoadClass::Residential => Key("road-residential"),
        RoadClass::LivingStreet => Key("road-living-street"),
        RoadClass::Service => Key("road-service"),
        RoadClass::Road => Key("road-road"),
        RoadClass::Track => Key("road-track"),
    };
    text!(language, key)
}

/// A weather or a time band on the roads.
pub(super) fn road_condition_words(condition: &str, language: Language) -> String {
    // Profiles name their conditions as they like; these are in those that come with the program.
    match condition {
        "rain" => text!(language, "condition-rain"),
        "snow" => text!(language, "condition-snow"),
        "fog" => text!(language, "condition-fog"),
        "ice" => text!(language, "condition-ice"),
        "night" => text!(language, "condition-night"),
        "peak" => text!(language, "condition-peak"),
        "day" => text!(language, "condition-day"),
        other => other.to_owned(),
    }
}

/// A span of time: in minutes where they are whole, in seconds else.
pub(super) fn span_words(seconds: f64, language: Language) -> String {
    let span = Millis::from_seconds(seconds);
    if span.0 >= 60_000 && span.0.is_multiple_of(60_000) {
        return text!(language, "span-minutes", minutes = span.0 / 60_000);
    }
    let seconds = span.seconds().to_string();
    text!(language, "span-seconds", seconds = seconds)
}

/// A standard with its clock: "15 分钟到场（接警起算）"; its minutes too where its name has none.
pub(super) fn standard_words(standard: &StandardSummary, language: Language) -> String {
    let minutes = threshold_minutes(standard);
    let name = standard.name.in_language(language);
    let clock = clock_words(standard.clock, language);
    if name.contains(&minutes) {
        return text!(language, "standard-with-clock", name = name, clock = clock);
    }
    text!(
        language,
        "standard-with-minutes",
        name = name,
        minutes = minutes,
        clock = clock
    )
}

/// The minutes of a standard, to a hundredth at most: 5, 8.33.
pub(super) fn threshold_minutes(standard: &StandardSummary) -> String {
    number(standard.threshold_seconds / 60.0)
}

/// The standard by which alternatives are ranked, where one is.
pub(super) fn ranking_standard(comparison: &Comparison) -> Option<&StandardSummary> {
    let mut standards = comparison.standards.iter();
    standards.find(|standard| standard.id == comparison.ranked_by)
}

/// The figure by which alternatives are ranked.
pub(super) fn ranked_words(comparison: &Comparison, language: Language) -> String {
    if let Some(standard) = ranking_standard(comparison) {
        return standard_words(standard, language);
    }
    let key = match comparison.ranked_by.as_str() {
        "mean" => Key("metric-mean"),
        "median" => Key("metric-median"),
        "p90" => Key("metric-p90"),
        "full-mean" => Key("metric-full-mean"),
        "full-p90" => Key("metric-full-p90"),
        other => return other.to_owned(),
    };
    text!(language, key)
}

/// What the figure comes to by which alternatives are ranked, with the best and today; `None` where that is the mean,
/// which is said of every choice.
pub(super) fn ranked_figure_words(comparison: &Comparison, language: Language) -> Option<String> {
    let [best, today] = [comparison.best(), comparison.baseline()];
    if comparison.ranked_by == "mean" || best.is_baseline {
        return None;
    }
    let (quantity, key) = match ranking_standard(comparison) {
        Some(_) => (Quantity::Share, Key("ranked-figure-share")),
        None => (Quantity::Minutes, Key("ranked-figure-minutes")),
    };
    let column = Column::new("ranked", quantity);
    let figure = |of: &Evaluated| {
        let figure = of.county.named(&comparison.ranked_by);
        column.words(&figure.map(|figure| figure.value).into())
    };
    Some(text!(
        language,
        key,
        ranked = ranked_words(comparison, language),
        best = alternative_name(best, language),
        figure = figure(best),
        today = figure(today),
    ))
}

/// The file that has all alternatives, also those that are not shown.
pub(super) fn file_of_all(comparison: &Comparison) -> &'static str {
    match comparison.not_shown {
        0 => "alternatives.csv",
        _ => "comparison.json",
    }
}

/// What was simulated, how often, from which seed.
pub(super) fn run_words(comparison: &Comparison, language: Language) -> String {
    let scenario = &comparison.scenario;
    text!(
        language,
        "run",
        runs = runs_words(scenario, language),
        start = &*scenario.start,
        seed = scenario.seed.to_string(),
        ranked = ranked_words(comparison, language),
        version = &*scenario.brigade_version,
    )
}

/// A number without trailing zeros, to a hundredth.
pub(super) fn number(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0 + 0.0)
}

/// Seconds in minutes to a tenth; a dash where there were no incidents.
pub(super) fn minutes(seconds: impl Into<Value>) -> String {
    Column::new("minutes", Quantity::Minutes).words(&seconds.into())
}

/// Engines that an alternative adds.
pub(super) fn engines_added(evaluated: &Evaluated) -> u32 {
    let engines = evaluated.sites.iter().map(|site| u32::from(site.engines));
    engines.sum()
}

/// What stands behind the rank of an alternative of which too little is known.
pub(super) const UNKNOWN_MARK: &str = " ?";

/// What stands behind the rank of an alternative that is as good as the best, or cannot be told apart from it, or
/// of which too little is known to say.
pub(super) fn rank_mark(beside_best: BesideBest) -> &'static str {
    match beside_best {
        BesideBest::Itself | BesideBest::Worse => "",
        BesideBest::AsGood => " =",
        BesideBest::NotToldApart => " ≈",
        BesideBest::Unknown => UNKNOWN_MARK,
    }
}

/// What the mark `?` stands for, where an alternative has it: with a space before it, to go on after another remark.
pub(super) fn unknown_mark_words(comparison: &Comparison, language: Language) -> String {
    match comparison.count(BesideBest::Unknown) {
        0 => String::new(),
        _ => text!(language, "mark-too-few"),
    }
}

/// The difference that does not matter in what alternatives are ranked by: "5 s", "0.5 percentage points".
pub(super) fn indifference_words(comparison: &Comparison, language: Language) -> String {
    let figure = comparison.indifference.figure;
    match ranking_standard(comparison) {
        Some(_) => text!(language, "amount-points", value = number(figure * 100.0)),
        None => seconds_words(figure, language),
    }
}

/// A difference in time that does not matter: "5 s".
pub(super) fn seconds_words(seconds: f64, language: Language) -> String {
    text!(language, "amount-seconds", value = number(seconds))
}

/// What is said of orders of building, and how many are as good as the fastest along the way. `means` are
/// those after each step of each order, in seconds.
pub(super) fn with_orders_as_good(
    how: String,
    means: &[Vec<f64>],
    indifference: f64,
    language: Language,
) -> String {
    match orders_as_good(means, indifference) {
        0 => how,
        count => text!(
            language,
            "orders-as-good",
            how = how,
            count = count,
            indifference = seconds_words(indifference, language)
        ),
    }
}

/// By how much another would have to be better for it to matter, in calls that are lost too where there
/// are any: "better by more than 5 s".
pub(super) fn better_words(comparison: &Comparison, language: Language) -> String {
    let figure = indifference_words(comparison, language);
    match comparison.loses_calls() {
        false => text!(language, "better-by-more", figure = figure),
        true => text!(
            language,
            "better-or-loses-fewer",
            figure = figure,
            lost = lost_indifference_words(comparison, language)
        ),
    }
}

/// By how much those that tie with the best may be worse, in calls that are lost too where there are any.
pub(super) fn tie_words(comparison: &Comparison, language: Language) -> String {
    let figure = indifference_words(comparison, language);
    match comparison.loses_calls() {
        false => text!(language, "no-worse-than", figure = figure),
        true => text!(
            language,
            "no-worse-nor-loses-more",
            figure = figure,
            lost = lost_indifference_words(comparison, language)
        ),
    }
}

/// The difference that does not matter in the share of calls that are lost: "0.5 percentage points".
fn lost_indifference_words(comparison: &Comparison, language: Language) -> String {
    let points = number(comparison.indifference.lost * 100.0);
    text!(language, "amount-points", value = points)
}

/// That the existing stations are as good as the best, or may be, or that nobody knows: then there is no reason
/// to build it.
pub(super) fn today_is_as_good(comparison: &Comparison, language: Language) -> Option<String> {
    let today = comparison.baseline();
    if today.rank == 1 {
        return None;
    }
    Some(match (today.ties_with_best, today.told_apart_from_best) {
        (true, _) => text!(
            language,
            "today-ties",
            tie = tie_words(comparison, language)
        ),
        (false, Some(true)) => return None,
        (false, Some(false)) => text!(language, "today-indistinct"),
        (false, None) => text!(language, "today-too-few"),
    })
}

/// The share of the calls that is lost in an area: "12.0%".
pub(super) fn lost_percent(figures: &Figures) -> String {
    let share = Column::new("lost", Quantity::Share);
    share.words(&figures.lost.into()) + "%"
}

/// What is said of times; where calls are lost, of which they are and what share is lost today and with the
/// best.
pub(super) fn of_answered(how: String, comparison: &Comparison, language: Language) -> String {
    if !comparison.loses_calls() {
        return how;
    }
    let [before, after] =
        [comparison.baseline(), comparison.best()].map(|of| lost_percent(&of.county));
    text!(
        language,
        "of-answered",
        how = how,
        before = before,
        after = after
    )
}

/// What comes before the figure where calls are lost.
pub(super) fn by_lost(comparison: &Comparison, language: Language) -> Option<String> {
    let indifference = lost_indifference_words(comparison, language);
    let sentence = || text!(language, "ranked-by-lost", indifference = indifference);
    comparison.loses_calls().then(sentence)
}

/// How many calls are answered by fewer engines than they need, as the county has no more: with the best, where any are.
pub(super) fn short_handed_words(comparison: &Comparison, language: Language) -> Option<String> {
    let short = comparison.best().county.short_handed.as_ref()?;
    let share = fixed(100.0 * short.value, 1);
    (short.value > 0.0).then(|| text!(language, "short-handed", share = share))
}

/// How a figure is known.
pub(super) fn basis_words(basis: Basis, language: Language) -> String {
    let key = match basis {
        Basis::Observed => Key("basis-observed"),
        Basis::Estimated => Key("basis-estimated"),
        Basis::Assumed => Key("basis-assumed"),
        Basis::Modelled => Key("basis-modelled"),
    };
    text!(language, key)
}

/// The same in a table.
pub(super) fn basis_term(basis: Basis, language: Language) -> Value {
    Value::Term {
        code: basis.word().to_owned(),
        words: basis_words(basis, language),
    }
}

/// The sources that are to be named wherever an answer is shown.
pub(super) fn sources(attribution: &[String], language: Language) -> String {
    let sources = attribution.join(&text!(language, "between-sentences"));
    text!(language, "sources", sources = sources)
}

/// Ten thousand yuan, in which budgets are written.
pub(super) fn wan_yuan(yuan: f64) -> String {
    Column::new("yuan", Quantity::WanYuan).figure(yuan)
}

/// Minutes to hundredths, where choices are seconds apart.
pub(super) fn minutes_to_hundredths(seconds: f64) -> String {
    fixed(seconds / 60.0, 2)
}

/// A text with its first letter large.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// What no figure exceeds, rounded up: "at most" holds of what is printed, too.
pub(super) fn at_most(figure: f64, decimals: usize) -> String {
    let unit = libm::exp10(decimals as f64);
    // A little less, so that 4.5 does not become 4.6 by the last binary digit.
    let up = (figure * unit - 1e-6).ceil() / unit;
    fixed(up, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_is_never_less() {
        let said = [(4.49, 0), (4.5, 1), (0.0748, 2), (3.0, 0), (0.0, 1)];
        let said = said.map(|(figure, decimals)| at_most(figure, decimals));
        assert_eq!(said, ["5", "4.5", "0.08", "3", "0.0"]);
    }
}
