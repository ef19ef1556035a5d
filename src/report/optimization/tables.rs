//! The tables of an optimized choice, each specified once; a format shows some of the columns.

use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::messages::Key;
use crate::planning::optimization::{
    BuildingOrder, JunctionSite, Optimization, Prospect, Prospects,
};
use crate::report::basis_words::junction_reason;
use crate::report::model::Quantity::{
    Count, Degrees, Exact, Minutes, Number, Share, Text, WanYuan, Word,
};
use crate::report::model::{Column, Filling, Table, Value};
use crate::report::words::minutes_to_hundredths;
use crate::text;

/// What stands behind a figure that ties with the best.
pub(super) const TIE: &str = " =";

/// The sites of a choice; those of the best with the mean of their town.
pub(super) fn sites(
    sites: &[JunctionSite],
    best_of: Option<&Optimization>,
    language: Language,
) -> Table {
    let mut table = Filling::of(sites.iter().enumerate());
    let word = |id, key| Column::new(id, Word).head(text!(language, key));
    table.column(word("id", Key("optimize-site")), |(_, site)| &*site.id);
    table.column(word("town", Key("town-short")), |(_, site)| {
        site.town.name.in_language(language)
    });
    table.column(word("village", Key("optimize-village")), |(_, site)| {
        site.nearest_village.point.name.in_language(language)
    });
    table.column(
        Column::new("village_km", Number)
            .places(2)
            .head(text!(language, "optimize-village-km")),
        |(_, site)| site.nearest_village.distance_metres / 1000.0,
    );
    let degrees = |id, key| {
        let head = text!(language, key);
        Column::new(id, Degrees).places(5).head(head)
    };
    table.column(degrees("lon", Key("column-lon")), |(_, site)| site.lon);
    table.column(degrees("lat", Key("column-lat")), |(_, site)| site.lat);
    if let Some(optimization) = best_of {
        table.column(
            Column::new("town_mean", Minutes)
                .places(2)
                .short(text!(language, "optimize-town-mean")),
            |(number, _)| optimization.sites[*number].town_mean_response_seconds,
        );
    }
    table.table()
}

/// The sites of the best choices as a table of candidates for the next run, each once, the best choice
/// first.
pub(super) fn candidates(optimization: &Optimization, language: Language) -> Table {
    let mut sites: Vec<&JunctionSite> = Vec::new();
    for site in optimization.best.iter().flat_map(|choice| &choice.sites) {
        if !sites.iter().any(|known| known.id == site.id) {
            sites.push(site);
        }
    }
    let brigade = optimization.brigade.as_ref();
    let mut table = Filling::of(sites.into_iter().zip(brigade.into_iter().cycle()));
    table.column(Column::new("id", Word), |(site, _)| &*site.id);
    table.column(Column::new("name", Text), |(site, _)| &*site.name.local);
    table.column(Column::new("name_en", Text), |(site, _)| {
        &*site.name.english
    });
    table.column(Column::new("lon", Exact), |(site, _)| site.lon);
    table.column(Column::new("lat", Exact), |(site, _)| site.lat);
    table.column(Column::new("group", Word), |(site, _)| {
        &*site.town.name.local
    });
    table.column(Column::new("engines", Count), |(_, brigade)| {
        brigade.engines
    });
    table.column(Column::new("basis", Word), |(_, brigade)| {
        brigade.basis.word()
    });
    table.column(Column::new("reason", Text), |_| junction_reason(language));
    if let Some(profile) = brigade.and_then(|brigade| brigade.profile.as_ref()) {
        table.column(Column::new("profile", Word), |_| &**profile);
    }
    table.table()
}

/// The best for each number of further brigades, by what they were chosen for.
pub(super) fn frontier(prospects: &Prospects, language: Language) -> Table {
    let requested = prospects.requested.as_ref();
    let requested = requested.map(|requested| ("requested", requested));
    let steps = prospects.steps.iter().flat_map(|step| {
        [
            ("mean_response", &step.by_mean),
            ("coverage", &step.by_coverage),
        ]
    });
    let mut table: Filling<(&str, &Prospect)> = Filling::of(steps.chain(requested));
    table.column(Column::new("brigades", Count), |(_, prospect)| {
        prospect.sites.len()
    });
    table.column(Column::new("chosen_for", Word), |(wish, _)| *wish);
    table.column(Column::new("investment_yuan", WanYuan), |(_, prospect)| {
        prospect.cost.map(|cost| cost.investment_yuan)
    });
    table.column(Column::new("yuan_a_year", WanYuan), |(_, prospect)| {
        prospect.cost.map(|cost| cost.yuan_a_year)
    });
    brings(&mut table, |(_, prospect)| prospect, language);
    table.column(Column::new("towns", Text), |(_, prospect)| {
        towns(&prospect.sites, language)
    });
    table.column(Column::new("sites", Text), |(_, prospect)| {
        let ids: Vec<&str> = prospect.sites.iter().map(|site| &*site.id).collect();
        ids.join(" ")
    });
    table.table()
}

/// The same with both wishes side by side, for people.
pub(super) fn frontier_side_by_side(prospects: &Prospects, language: Language) -> Table {
    let steps = prospects.steps.iter();
    let steps = steps.map(|step| {
        (
            Value::from(step.brigades),
            step.cost,
            [&step.by_mean, &step.by_coverage],
        )
    });
    let requested = prospects.requested.as_ref();
    let requested = requested.map(|requested| {
        (
            text!(language, "frontier-requested").into(),
            requested.cost,
            [requested; 2],
        )
    });
    let mut table: Filling<(Value, Option<Cost>, [&Prospect; 2])> =
        Filling::of(steps.chain(requested));
    table.column(
        Column::new("brigades", Count).head(text!(language, "frontier-brigades")),
        |(brigades, ..)| brigades.clone(),
    );
    if prospects.cost_of_each.is_some() {
        table.column(
            Column::new("yuan_a_year", WanYuan).short(text!(language, "column-all-in-short")),
            |(_, cost, _)| cost.unwrap_or_default().yuan_a_year,
        );
    }
    let in_towns = |id| Column::new(id, Text).head(text!(language, "frontier-towns"));
    let least_mean = text!(language, "frontier-least-mean");
    table.column(mean(least_mean), |(.., [by_mean, _])| {
        marked(by_mean, by_mean.mean_response_seconds)
    });
    table.column(in_towns("towns_by_mean"), |(.., [by_mean, _])| {
        towns(&by_mean.sites, language)
    });
    let most_within = text!(language, "frontier-most-within");
    table.column(
        Column::new("share_within", Share).short(most_within),
        |(.., [_, by_coverage])| marked(by_coverage, by_coverage.share_within),
    );
    table.column(in_towns("towns_by_coverage"), |(.., [_, by_coverage])| {
        towns(&by_coverage.sites, language)
    });
    table.table()
}

/// Orders of building: the town of each step with the mean after it.
/// Where another is faster at a step, but by no more than what does not matter, it stands marked as a tie.
pub(super) fn sequences(prospects: &Prospects, indifference: f64, language: Language) -> Table {
    let mut table = Filling::of(&prospects.sequences);
    let steps = prospects
        .sequences
        .first()
        .map_or(0, |first| first.steps.len());
    for step in 0..steps {
        let head = text!(language, "step", step = step + 1);
        let column = Column::new("step", Text).of(step.to_string());
        let at_step = |order: &BuildingOrder| order.steps[step].mean_response_seconds;
        let fastest = prospects.sequences.iter();
        let fastest = fastest.min_by(|a, b| at_step(a).total_cmp(&at_step(b)));
        table.column(column.head(head), |sequence| {
            let then = &sequence.steps[step];
            let mean = minutes_to_hundredths(then.mean_response_seconds);
            let is_tie = fastest.is_some_and(|fastest| {
                !std::ptr::eq(*sequence, fastest)
                    && at_step(sequence) <= at_step(fastest) + indifference
            });
            let mark = if is_tie { TIE } else { "" };
            format!("{} {mean}{mark}", last_town(then, language))
        });
    }
    table.table()
}

/// What is built by which year, what it costs and brings.
pub(super) fn phases(prospects: &Prospects, language: Language) -> Table {
    let mut table = Filling::of(&prospects.phases);
    table.column(
        Column::new("by_end_of", Word).head(text!(language, "phases-by-end-of")),
        |phase| phase.by_end_of.to_string(),
    );
    table.column(Column::new("new_brigades", Count), |phase| {
        phase.new_sites.len()
    });
    table.column(Column::new("new_sites", Text), |phase| {
        phase.new_sites.join(" ")
    });
    table.column(
        Column::new("new_towns", Text).head(text!(language, "phases-new")),
        |phase| towns(phase.built(), language),
    );
    table.column(Column::new("brigades", Count), |phase| {
        phase.then.sites.len()
    });
    let yuan = |id, key| Column::new(id, WanYuan).short(text!(language, key));
    table.column(yuan("investment_yuan", Key("phases-investment")), |phase| {
        phase.investment_yuan
    });
    table.column(yuan("yearly_yuan", Key("phases-yearly")), |phase| {
        phase.yearly_yuan
    });
    table.column(
        yuan("present_value_yuan", Key("phases-present-value")),
        |phase| phase.present_value_yuan,
    );
    brings(&mut table, |phase| &phase.then, language);
    table.table()
}

/// The columns of what a choice of further brigades brings.
fn brings<R>(table: &mut Filling<R>, of: impl Fn(&R) -> &Prospect, language: Language) {
    table.column(mean(text!(language, "mean-response-minutes")), |row| {
        marked(of(row), of(row).mean_response_seconds)
    });
    table.column(
        Column::new("residents_within", Number).csv_places(0),
        |row| of(row).residents_within,
    );
    table.column(
        Column::new("share_within", Share).short(text!(language, "phases-within")),
        |row| of(row).share_within,
    );
    table.column(Column::new("gap", Share).csv_places(4), |row| of(row).gap);
}

fn mean(short: String) -> Column {
    Column::new("mean_response", Minutes).places(2).short(short)
}

/// A figure that people see marked where no proof was found.
fn marked(of: &Prospect, value: f64) -> Value {
    let mark = if of.proven { "" } else { " *" };
    Value::Marked { value, mark }
}

/// The towns of some sites.
fn towns(sites: &[JunctionSite], language: Language) -> Value {
    let towns = sites.iter();
    let towns = towns.map(|site| site.town.name.in_language(language));
    let towns: Vec<&str> = towns.collect();
    Value::Term {
        code: towns.join(" "),
        words: crate::messages::list(language, &towns),
    }
}

/// The town in which a step builds.
pub(super) fn last_town(step: &Prospect, language: Language) -> &str {
    let last = step.sites.last();
    last.map_or("", |site| site.town.name.in_language(language))
}
