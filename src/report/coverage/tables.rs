//! The tables of a coverage, each specified once; a format shows some of the columns.

use super::{station_name, town_name};
use crate::basis::Basis;
use crate::evaluation::coverage::{
    AreaCoverage, Band, BandFigures, BandReach, Coverage, DueFigures, PointCoverage,
};
use crate::language::{Language, Name};
use crate::report::model::Quantity::{Count, Degrees, Minutes, Number, Share, Word};
use crate::report::model::{Column, Filling, Table, Value};
use crate::report::words::{band_words, clock_words};
use crate::text;

/// The county, of which the id is empty, or one of its towns.
pub(super) struct Area<'c> {
    pub(super) id: &'c str,
    pub(super) name: String,
    /// How its extent is known, where that is in doubt.
    basis: Option<Basis>,
    pub(super) figures: &'c AreaCoverage,
}

/// The county, then its towns.
pub(super) fn areas(coverage: &Coverage, language: Language) -> Vec<Area<'_>> {
    let county = Area {
        id: "",
        name: text!(language, "county"),
        basis: None,
        figures: &coverage.county,
    };
    let towns = coverage.towns.iter().map(|town| Area {
        id: &town.id,
        name: town.name.in_language(language).to_owned(),
        basis: Some(coverage.grid.town_area_basis),
        figures: &town.figures,
    });
    std::iter::once(county).chain(towns).collect()
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// Who is reached in which band, area by area.
pub fn bands(coverage: &Coverage, language: Language) -> Table {
    let areas = areas(coverage, language);
    let rows = areas.iter().flat_map(|area| {
        let bands = area.figures.by_band.iter();
        bands.map(move |band| (area, band))
    });
    let mut table: Filling<(&Area<'_>, &BandFigures)> = Filling::of(rows);
    table.column(Column::new("town", Word), |(area, _)| area.id);
    table.column(Column::new("town_name", Word), |(area, _)| &*area.name);
    clock(&mut table, coverage, language);
    table.column(Column::new("band_min", Word), |(_, figures)| {
        band_words(figures.band, language)
    });
    let seconds = |minutes: Option<f64>| minutes.map(|minutes| minutes * 60.0);
    table.column(Column::new("from", Minutes), |(_, figures)| {
        seconds(figures.band.from_minutes)
    });
    table.column(Column::new("to", Minutes), |(_, figures)| {
        seconds(figures.band.to_minutes)
    });
    table.column(Column::new("residents", Number), |(_, band)| band.residents);
    table.column(Column::new("residents", Share), |(area, band)| {
        share(band.residents, area.figures.residents)
    });
    table.column(Column::new("incidents_a_year", Number), |(_, band)| {
        band.incidents_a_year
    });
    table.column(Column::new("area_km2", Number), |(_, band)| band.area_km2);
    table.column(Column::new("area", Share), |(area, band)| {
        share(band.area_km2, area.figures.area_km2)
    });
    table.column(Column::new("area_basis", Word), |(area, _)| {
        area.basis.map_or("", Basis::word)
    });
    table.column(Column::new("town_residents", Number), |(area, _)| {
        area.figures.residents
    });
    table.column(Column::new("town_area_km2", Number), |(area, _)| {
        area.figures.area_km2
    });
    table.column(Column::new("town_mean", Minutes), |(area, _)| {
        area.figures.mean_seconds
    });
    for standard in &coverage.standards {
        let within = Column::new("town_within", Share).of(&*standard.id);
        table.column(within, |(area, _)| {
            area.figures.within.get(&standard.id).copied().flatten()
        });
    }
    table.table()
}

/// The bands side by side: residents in each, and area where `with_area`.
pub fn towns(coverage: &Coverage, with_area: bool, language: Language) -> Table {
    let areas = areas(coverage, language);
    let mut table = Filling::of(&areas);
    table.column(
        Column::new("name", Word).head(text!(language, "town-short")),
        |area| &*area.name,
    );
    residents(&mut table, |area| area.figures.residents, language);
    table.column(
        Column::new("mean", Minutes).short(text!(language, "mean-minutes")),
        |area| area.figures.mean_seconds,
    );
    for (number, of_county) in coverage.county.by_band.iter().enumerate() {
        let Band { from_minutes, .. } = of_county.band;
        // A column in which every figure is 0 says nothing.
        if from_minutes.is_none() && of_county.residents == 0.0 && of_county.area_km2 == 0.0 {
            continue;
        }
        let label = band_words(of_county.band, language);
        let short = match of_county.band.reach {
            BandReach::Reached => text!(language, "coverage-band", label = &*label),
            BandReach::NotReached => text!(language, "coverage-band-not-reached"),
            BandReach::NoRoad => text!(language, "coverage-band-no-road"),
        };
        let column = Column::new("band", Share).of(label).places(0).short(short);
        let percent = column.clone();
        let percent = |part, whole| percent.words(&share(part, whole).into());
        table.column(column, |area| {
            let (all, band) = (area.figures, &area.figures.by_band[number]);
            let residents = percent(band.residents, all.residents);
            if with_area {
                format!("{residents}/{}", percent(band.area_km2, all.area_km2))
            } else {
                residents
            }
        });
    }
    table.table()
}

/// The stations with the districts in which each is first.
pub fn stations(coverage: &Coverage, language: Language) -> Table {
    let mut table = Filling::of(&coverage.stations);
    table.column(
        Column::new("name", Word).head(text!(language, "district-station")),
        |station| station.name.in_language(language),
    );
    table.column(
        Column::new("engines", Count).head(text!(language, "engines")),
        |station| station.engines,
    );
    table.column(
        Column::new("area_km2", Number).short(text!(language, "square-kilometres")),
        |station| station.area_km2,
    );
    residents(&mut table, |station| station.residents, language);
    table.column(
        Column::new("of_residents", Share).places(0).short("%"),
        |station| share(station.residents, coverage.county.residents),
    );
    table.column(
        Column::new("incidents_a_year", Number).head(text!(language, "district-incidents")),
        |station| station.incidents_a_year,
    );
    table.table()
}

/// The demand points with the stations that are first and second.
pub fn points(coverage: &Coverage, language: Language) -> Table {
    let mut table = Filling::of(&coverage.points);
    demand_point(&mut table, coverage, language, |point| {
        (&point.id, &point.name, &point.town)
    });
    table.column(Column::new("lon", Degrees), |point| point.lon);
    table.column(Column::new("lat", Degrees), |point| point.lat);
    residents(&mut table, |point| point.residents, language);
    table.column(Column::new("incidents_a_year", Number), |point| {
        point.incidents_a_year
    });
    clock(&mut table, coverage, language);
    table.column(Column::new("band_min", Word), |point| {
        let minutes = point.first.as_ref().map(|due| due.seconds / 60.0);
        band_words(band_of(&coverage.bands, minutes), language)
    });
    due(
        &mut table,
        ["first_station", "first_station_name", "first"],
        coverage,
        language,
        |point| point.first.as_ref(),
    );
    due(
        &mut table,
        ["second_station", "second_station_name", "second"],
        coverage,
        language,
        |point| point.second.as_ref(),
    );
    table.column(Column::new("basis", Word), |point| point.basis.word());
    table.table()
}

/// A station and its time to a demand point: ids of the columns of its id, its name and the time.
fn due<'c>(
    table: &mut Filling<&'c PointCoverage>,
    ids: [&'static str; 3],
    coverage: &'c Coverage,
    language: Language,
    due: impl Fn(&'c PointCoverage) -> Option<&'c DueFigures>,
) {
    let [station, name, time] = ids;
    table.column(Column::new(station, Word), |point| {
        due(point).map_or("", |due| &due.station)
    });
    table.column(Column::new(name, Word), |point| {
        due(point).map_or("", |due| station_name(coverage, &due.station, language))
    });
    table.column(Column::new(time, Minutes), |point| {
        due(point).map(|due| due.seconds)
    });
}

/// The band of so many minutes.
fn band_of(bands: &[Band], minutes: Option<f64>) -> Band {
    let holds = |minutes: f64| move |band: &&Band| band.to_minutes.is_none_or(|to| minutes <= to);
    let held = minutes.and_then(|minutes| bands.iter().find(holds(minutes)));
    held.copied().unwrap_or(Band::NOT_REACHED)
}

/// The clock of every time.
pub(super) fn clock<R>(table: &mut Filling<R>, coverage: &Coverage, language: Language) {
    table.column(Column::new("clock", Word), |_| Value::Term {
        code: coverage.clock.word().to_owned(),
        words: clock_words(coverage.clock, language),
    });
}

pub(super) fn residents<R>(table: &mut Filling<R>, of: impl Fn(&R) -> f64, language: Language) {
    let column = Column::new("residents", Number).places(0);
    table.column(column.head(text!(language, "residents")), of);
}

/// A town by its id and its name.
pub(super) fn town<R>(
    table: &mut Filling<R>,
    ids: [&'static str; 2],
    coverage: &Coverage,
    language: Language,
    of: impl Fn(&R) -> &str,
) {
    table.column(Column::new(ids[0], Word), |row| of(row).to_owned());
    table.column(Column::new(ids[1], Word), |row| {
        town_name(coverage, of(row), language).to_owned()
    });
}

/// A demand point by its id, its name and its town.
pub(super) fn demand_point<R>(
    table: &mut Filling<R>,
    coverage: &Coverage,
    language: Language,
    of: impl Fn(&R) -> (&str, &Name, &str),
) {
    table.column(Column::new("id", Word), |row| of(row).0.to_owned());
    table.column(Column::new("name", Word), |row| {
        of(row).1.in_language(language).to_owned()
    });
    town(table, ["town", "town_name"], coverage, language, |row| {
        of(row).2
    });
}
