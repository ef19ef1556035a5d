//! Demand points with who is first due there.

use super::columns::{basis, calls, town};
use crate::evaluation::comparison::StandardSummary;
use crate::expected::first_due::FirstDue;
use crate::report::model::{Column, Emphasis, Filling, Quantity, Shade, Table, Value};
use crate::report::publication::Publication;
use crate::report::words::basis_term;
use crate::report::worklist::PointRow;
use crate::scenario::standards::Clock;
use crate::text;

/// Demand points with who is first due, when on `clock`, and how far beyond `standard` that is; and what
/// the grid staff have to note there.
pub(crate) fn demand_points(
    publication: &Publication<'_>,
    rows: &[PointRow],
    clock: Clock,
    standard: Option<&StandardSummary>,
) -> Table {
    let (scenario, language) = (publication.scenario, publication.language);
    let point = |row: &PointRow| &scenario.county.demand[row.point.index()];
    let station = |due: Option<FirstDue>| {
        due.map(|due| {
            scenario
                .stations
                .station(due.station)
                .name
                .in_language(language)
        })
    };
    let seconds = |due: Option<FirstDue>| due.map(|due| due.seconds(clock));
    let mut table = Filling::of(rows);
    table.emphasise(|row| {
        let late = standard.is_some_and(|standard| !standard.is_met(row.best));
        late.then_some(Emphasis::Late)
    });
    table.column(town(language), |row| {
        let town = point(row).town.index();
        scenario.county.towns[town].name.in_language(language)
    });
    let text = |id, head: String, width| Column::new(id, Quantity::Text).head(head).width(width);
    table.column(
        text("name", text!(language, "column-demand-point"), 22.0),
        |row| point(row).name.in_language(language),
    );
    table.column(text("id", text!(language, "column-id"), 15.0), |row| {
        point(row).id.as_str()
    });
    table.column(
        Column::new("residents", Quantity::Count)
            .head(text!(language, "residents"))
            .width(9.0),
        |row| point(row).residents,
    );
    table.column(calls(language).places(2), |row| {
        point(row).incidents_a_year()
    });
    let minutes = |id, head: String| Column::new(id, Quantity::Minutes).head(head).width(9.0);
    table.column(
        text("first_today", text!(language, "column-first-today"), 20.0),
        |row| station(row.today),
    );
    table.column(minutes("today", text!(language, "today")), |row| {
        seconds(row.today)
    });
    table.column(
        text("first_best", text!(language, "column-first-best"), 22.0),
        |row| station(row.best),
    );
    table.column(minutes("best", text!(language, "part-best")), |row| {
        seconds(row.best)
    });
    table.column(
        minutes("beyond", text!(language, "column-beyond")).shade(Shade::Urgent),
        |row| Some(seconds(row.best)? - standard?.threshold_seconds),
    );
    table.column(basis(language), |row| {
        basis_term(point(row).basis, language)
    });
    let degrees = |id, head: String| Column::new(id, Quantity::Degrees).head(head);
    table.column(degrees("lon", text!(language, "column-lon")), |row| {
        point(row).position.lon
    });
    table.column(degrees("lat", text!(language, "column-lat")), |row| {
        point(row).position.lat
    });
    for (id, head, width) in [
        ("staff", text!(language, "column-staff"), 12.0),
        ("checked", text!(language, "column-checked"), 12.0),
        ("measures", text!(language, "column-measures"), 24.0),
        ("done", text!(language, "column-done"), 12.0),
    ] {
        let to_fill = Column::new(id, Quantity::ToFill).head(head).width(width);
        table.column(to_fill, |_| Value::Missing);
    }
    table.table()
}
