//! The tables of what closed roads change: of links that are closed, and of those of which the closing
//! would hurt most.

use super::stretch_name;
use super::tables::{Area, areas, clock, demand_point, residents, town};
use crate::evaluation::coverage::Coverage;
use crate::evaluation::coverage::closures::{ClosureFigures, ClosureOutcome, Closures};
use crate::evaluation::coverage::critical_links::CriticalLinks;
use crate::language::Language;
use crate::messages::Key;
use crate::report::model::Quantity::{Count, Minutes, Number, Text, Word};
use crate::report::model::{Column, Filling, Table};
use crate::text;

/// What closing the links changes in the county and in each town, or only where anybody is worse off.
pub fn closures(
    coverage: &Coverage,
    closures: &Closures,
    only_worse: bool,
    language: Language,
) -> Table {
    let links: Vec<&str> = closures.links.iter().map(|link| link.id.as_str()).collect();
    let links = links.join(" ");
    let areas = areas(coverage, language);
    let changes =
        std::iter::once(&closures.county).chain(closures.towns.iter().map(|t| &t.figures));
    let is_worse = |change: &ClosureFigures| {
        change.residents_later + change.residents_cut_off + change.residents_on_link > 0.0
    };
    let rows = areas.iter().zip(changes);
    let rows = rows.filter(|(area, change)| !only_worse || area.id.is_empty() || is_worse(change));
    let mut table: Filling<(&Area<'_>, &ClosureFigures)> = Filling::of(rows);
    table.column(Column::new("closed_links", Text), |_| &*links);
    table.column(Column::new("town", Word), |(area, _)| area.id);
    table.column(
        Column::new("town_name", Word).head(text!(language, "town-short")),
        |(area, _)| &*area.name,
    );
    clock(&mut table, coverage, language);
    residents(&mut table, |(area, _)| area.figures.residents, language);
    changed(
        &mut table,
        "residents_on_closed_link",
        language,
        |(_, change)| change,
    );
    table.table()
}

/// The columns of what a closure changes.
fn changed<R>(
    table: &mut Filling<R>,
    on_link: &'static str,
    language: Language,
    of: impl Fn(&R) -> &ClosureFigures,
) {
    let people = |id, key| {
        Column::new(id, Number)
            .places(0)
            .short(text!(language, key))
    };
    let minutes = |id, key| Column::new(id, Minutes).short(text!(language, key));
    table.column(
        people("residents_later", Key("closure-residents-later")),
        |row| of(row).residents_later,
    );
    table.column(minutes("mean_added", Key("closure-mean-added")), |row| {
        of(row).mean_added_seconds
    });
    let longest = minutes("longest_added", Key("closure-longest-added"));
    table.column(longest, |row| of(row).longest_added_seconds);
    table.column(
        Column::new("added_incident_minutes_a_year", Number),
        |row| of(row).added_minutes_a_year,
    );
    table.column(
        people("residents_cut_off", Key("closure-residents-cut-off")),
        |row| of(row).residents_cut_off,
    );
    table.column(people(on_link, Key("closure-residents-on-link")), |row| {
        of(row).residents_on_link
    });
}

/// The demand points that are worse off while the links are closed.
pub fn closure_points(coverage: &Coverage, closures: &Closures, language: Language) -> Table {
    let mut table = Filling::of(&closures.points);
    demand_point(&mut table, coverage, language, |point| {
        (&point.id, &point.name, &point.town)
    });
    residents(&mut table, |point| point.residents, language);
    clock(&mut table, coverage, language);
    table.column(Column::new("before", Minutes), |point| point.before_seconds);
    table.column(Column::new("after", Minutes), |point| point.after_seconds);
    table.column(Column::new("added", Minutes), |point| {
        point
            .after_seconds
            .map(|after| after - point.before_seconds)
    });
    table.column(Column::new("outcome", Word), |point| {
        let key = match point.outcome {
            ClosureOutcome::Later => Key("closure-later"),
            ClosureOutcome::CutOff => Key("closure-cut-off"),
            ClosureOutcome::OnLink => Key("closure-on-link"),
        };
        text!(language, key)
    });
    table.table()
}

/// Stretches of critical links, the worst first.
pub fn critical_links(coverage: &Coverage, critical: &CriticalLinks, language: Language) -> Table {
    let mut table = Filling::of(&critical.stretches);
    table.column(Column::new("rank", Count).short("#"), |stretch| {
        stretch.rank
    });
    table.column(Column::new("links", Text), |stretch| {
        let links: Vec<&str> = stretch.links.iter().map(|link| link.id.as_str()).collect();
        links.join(" ")
    });
    table.column(Column::new("name", Word), |stretch| stretch.name(language));
    table.column(Column::new("class", Word), |stretch| stretch.class().word());
    town(
        &mut table,
        ["near_town", "near_town_name"],
        coverage,
        language,
        |stretch| &stretch.near_town,
    );
    table.column(
        Column::new("stretch", Text).head(text!(language, "critical-link")),
        |stretch| stretch_name(coverage, stretch, language),
    );
    table.column(Column::new("length_km", Number).short("km"), |stretch| {
        stretch.length_metres() / 1000.0
    });
    table.column(
        Column::new("loss_incident_minutes_a_year", Number)
            .places(0)
            .short(text!(language, "critical-loss")),
        |stretch| stretch.loss_minutes_a_year,
    );
    table.column(Column::new("incidents_cut_off_a_year", Number), |stretch| {
        stretch.incidents_cut_off_a_year
    });
    table.column(Column::new("cut_off_counts", Minutes), |_| {
        critical.cut_off_counts_minutes * 60.0
    });
    changed(&mut table, "residents_on_link", language, |stretch| {
        &stretch.figures
    });
    table.table()
}
