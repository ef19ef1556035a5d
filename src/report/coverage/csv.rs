//! Tables for Excel: UTF-8 with a byte-order mark, times in minutes on the clock that each row
//! names, shares in per cent, areas in square kilometres.

use super::{station_name, town_name};
use crate::evaluation::coverage::closures::{ClosureFigures, Closures, Outcome};
use crate::evaluation::coverage::critical_links::CriticalLinks;
use crate::evaluation::coverage::{AreaCoverage, Band, Coverage, DueFigures};
use crate::language::Language;
use crate::report::formats::csv::{spreadsheet_text, write};
use crate::report::words::band_words;
use crate::text;

fn number(value: f64) -> String {
    format!("{:.3}", value + 0.0)
}

fn maybe(value: Option<f64>) -> String {
    value.map_or_else(String::new, number)
}

fn owned<const N: usize>(header: [&str; N]) -> Vec<String> {
    header.map(str::to_owned).to_vec()
}

/// One row a demand point, with the stations that are first and second.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn points(coverage: &Coverage, language: Language) -> Result<Vec<u8>, csv::Error> {
    let header = owned([
        "id",
        "name",
        "town",
        "town_name",
        "lon",
        "lat",
        "residents",
        "incidents_a_year",
        "clock",
        "band_min",
        "first_station",
        "first_station_name",
        "first_min",
        "second_station",
        "second_station_name",
        "second_min",
        "basis",
    ]);
    write(header, |writer| {
        for point in &coverage.points {
            let due = |due: &Option<DueFigures>| match due {
                Some(due) => [
                    spreadsheet_text(&due.station),
                    spreadsheet_text(station_name(coverage, &due.station, language)),
                    number(due.seconds / 60.0),
                ],
                None => Default::default(),
            };
            let minutes = point.first.as_ref().map(|due| due.seconds / 60.0);
            let mut row = vec![
                spreadsheet_text(&point.id),
                spreadsheet_text(point.name.in_language(language)),
                spreadsheet_text(&point.town),
                spreadsheet_text(town_name(coverage, &point.town, language)),
                format!("{:.6}", point.lon),
                format!("{:.6}", point.lat),
                number(point.residents),
                number(point.incidents_a_year),
                clock_word(coverage),
                band_words(band_of(&coverage.bands, minutes), language),
            ];
            row.extend(due(&point.first));
            row.extend(due(&point.second));
            row.push(point.basis.word().to_owned());
            writer.write_record(&row)?;
        }
        Ok(())
    })
}

/// The band of so many minutes.
fn band_of(bands: &[Band], minutes: Option<f64>) -> Band {
    let holds = |band: &&Band| match minutes {
        Some(minutes) => band.to_minutes.is_none_or(|to| minutes <= to),
        None => band.from_minutes.is_none(),
    };
    bands.iter().find(holds).copied().unwrap_or(Band {
        from_minutes: None,
        to_minutes: None,
    })
}

fn clock_word(coverage: &Coverage) -> String {
    coverage.clock.word().to_owned()
}

/// One row for each area and band: the county first (its id is empty), then the towns.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn towns(coverage: &Coverage, language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut header = owned([
        "town",
        "town_name",
        "clock",
        "band_min",
        "from_min",
        "to_min",
        "residents",
        "residents_percent",
        "incidents_a_year",
        "area_km2",
        "area_percent",
        "area_basis",
        "town_residents",
        "town_area_km2",
        "town_mean_min",
    ]);
    let within = coverage.standards.iter();
    header.extend(within.map(|s| format!("town_within_{}_percent", s.id)));
    write(header, |writer| {
        let county = text!(language, "county");
        let mut rows = |id: &str, name: &str, area_basis: &str, figures: &AreaCoverage| {
            for band in &figures.by_band {
                let percent =
                    |part: f64, whole: f64| maybe((whole > 0.0).then(|| 100.0 * part / whole));
                let mut row = vec![
                    spreadsheet_text(id),
                    spreadsheet_text(name),
                    clock_word(coverage),
                    band_words(band.band, language),
                    maybe(band.band.from_minutes),
                    maybe(band.band.to_minutes),
                    number(band.residents),
                    percent(band.residents, figures.residents),
                    number(band.incidents_a_year),
                    number(band.area_km2),
                    percent(band.area_km2, figures.area_km2),
                    area_basis.to_owned(),
                    number(figures.residents),
                    number(figures.area_km2),
                    maybe(figures.mean_seconds.map(|seconds| seconds / 60.0)),
                ];
                row.extend(coverage.standards.iter().map(|standard| {
                    let share = figures.within.get(&standard.id).copied().flatten();
                    maybe(share.map(|share| 100.0 * share))
                }));
                writer.write_record(&row)?;
            }
            Ok::<(), csv::Error>(())
        };
        rows("", &county, "", &coverage.county)?;
        for town in &coverage.towns {
            let name = town.name.in_language(language);
            rows(
                &town.id,
                name,
                coverage.grid.town_area_basis.word(),
                &town.figures,
            )?;
        }
        Ok(())
    })
}

/// One row for each area: what closing the links changes. The county first, then the towns.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn closures(
    coverage: &Coverage,
    closures: &Closures,
    language: Language,
) -> Result<Vec<u8>, csv::Error> {
    let header = owned([
        "closed_links",
        "town",
        "town_name",
        "clock",
        "residents",
        "residents_later",
        "mean_added_min",
        "longest_added_min",
        "added_incident_minutes_a_year",
        "residents_cut_off",
        "residents_on_closed_link",
    ]);
    let links: Vec<&str> = closures.links.iter().map(|link| link.id.as_str()).collect();
    let links = spreadsheet_text(&links.join(" "));
    write(header, |writer| {
        let mut row = |id: &str, name: &str, residents: f64, figures: &ClosureFigures| {
            writer.write_record([
                links.clone(),
                spreadsheet_text(id),
                spreadsheet_text(name),
                clock_word(coverage),
                number(residents),
                number(figures.residents_later),
                maybe(figures.mean_added_seconds.map(|seconds| seconds / 60.0)),
                number(figures.longest_added_seconds / 60.0),
                number(figures.added_minutes_a_year),
                number(figures.residents_cut_off),
                number(figures.residents_on_link),
            ])
        };
        let county = text!(language, "county");
        row("", &county, coverage.county.residents, &closures.county)?;
        for town in &closures.towns {
            let name = town.name.in_language(language);
            row(&town.id, name, town.residents, &town.figures)?;
        }
        Ok(())
    })
}

/// One row for each demand point that is worse off while the links are closed.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn closure_points(
    coverage: &Coverage,
    closures: &Closures,
    language: Language,
) -> Result<Vec<u8>, csv::Error> {
    let header = owned([
        "id",
        "name",
        "town",
        "town_name",
        "residents",
        "clock",
        "before_min",
        "after_min",
        "added_min",
        "outcome",
    ]);
    write(header, |writer| {
        for point in &closures.points {
            let added = point
                .after_seconds
                .map(|after| after - point.before_seconds);
            let outcome = match point.outcome {
                Outcome::Later => text!(language, "closure-later"),
                Outcome::CutOff => text!(language, "closure-cut-off"),
                Outcome::OnLink => text!(language, "closure-on-link"),
            };
            writer.write_record([
                spreadsheet_text(&point.id),
                spreadsheet_text(point.name.in_language(language)),
                spreadsheet_text(&point.town),
                spreadsheet_text(town_name(coverage, &point.town, language)),
                number(point.residents),
                clock_word(coverage),
                number(point.before_seconds / 60.0),
                maybe(point.after_seconds.map(|seconds| seconds / 60.0)),
                maybe(added.map(|seconds| seconds / 60.0)),
                outcome.clone(),
            ])?;
        }
        Ok(())
    })
}

/// One row a stretch of critical links, the worst first.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn critical_links(
    coverage: &Coverage,
    critical: &CriticalLinks,
    language: Language,
) -> Result<Vec<u8>, csv::Error> {
    let header = owned([
        "rank",
        "links",
        "name",
        "class",
        "near_town",
        "near_town_name",
        "length_km",
        "loss_incident_minutes_a_year",
        "added_incident_minutes_a_year",
        "incidents_cut_off_a_year",
        "cut_off_counts_min",
        "residents_cut_off",
        "residents_later",
        "mean_added_min",
        "longest_added_min",
        "residents_on_link",
    ]);
    write(header, |writer| {
        for stretch in &critical.stretches {
            let links: Vec<&str> = stretch.links.iter().map(|link| link.id.as_str()).collect();
            let figures = &stretch.figures;
            writer.write_record([
                stretch.rank.to_string(),
                spreadsheet_text(&links.join(" ")),
                spreadsheet_text(stretch.name()),
                stretch.class().word().to_owned(),
                spreadsheet_text(&stretch.near_town),
                spreadsheet_text(town_name(coverage, &stretch.near_town, language)),
                number(stretch.length_metres() / 1000.0),
                number(stretch.loss_minutes_a_year),
                number(figures.added_minutes_a_year),
                number(stretch.incidents_cut_off_a_year),
                number(critical.cut_off_counts_minutes),
                number(figures.residents_cut_off),
                number(figures.residents_later),
                maybe(figures.mean_added_seconds.map(|seconds| seconds / 60.0)),
                number(figures.longest_added_seconds / 60.0),
                number(figures.residents_on_link),
            ])?;
        }
        Ok(())
    })
}
