//! What a record of trips says of unlisted lanes, for people, and as lines of a scenario.

use super::formats::terminal;
use crate::evaluation::calibration::{Agreement, Calibration, SPEEDS};
use crate::language::Language;
use crate::report::model::Quantity::{Number, Share, Text};
use crate::report::model::{Column, Filling, Value};
use crate::roads::lanes::Lanes;
use crate::text;

/// The models side by side, what was fitted and how sure it is, and what to write into the scenario; `lanes` are
/// those of before, `file` the record.
pub fn text(calibration: &Calibration, lanes: &Lanes, file: &str, language: Language) -> String {
    let below = terminal::folded(&remarks(calibration, lanes, language).join("\n"));
    format!(
        "{}\n{}\n\n{}\n",
        table(calibration, language),
        below.trim_end(),
        lines(calibration, lanes, file, language)
    )
}

fn table(calibration: &Calibration, language: Language) -> String {
    let fitted = calibration.fitted.0;
    let models: [(String, &Agreement); 4] = [
        (
            text!(language, "calibration-listed"),
            &calibration.listed_roads,
        ),
        (
            text!(
                language,
                "calibration-stated",
                speed = calibration.stated.0.to_string()
            ),
            &calibration.as_stated,
        ),
        (
            text!(language, "calibration-fitted", speed = fitted.to_string()),
            &calibration.as_fitted,
        ),
        (
            text!(
                language,
                "calibration-ruler",
                speed = format!("{:.0}", calibration.ruler_speed.0)
            ),
            &calibration.ruler,
        ),
    ];
    let mut table = Filling::of(models);
    table.column(
        Column::new("model", Text).head(text!(language, "calibration-model")),
        |(model, _)| model.clone(),
    );
    table.column(
        Column::new("bias", Number).head(text!(language, "calibration-bias")),
        |(_, agreement)| format!("{:+.0}", agreement.bias),
    );
    table.column(
        Column::new("off", Number)
            .places(0)
            .head(text!(language, "calibration-off")),
        |(_, agreement)| agreement.off,
    );
    table.column(
        Column::new("r2", Number).places(2).head("R²"),
        |(_, agreement)| agreement.r2.map_or("–".into(), Value::from),
    );
    table.column(
        Column::new("nearest", Share)
            .places(1)
            .head(text!(language, "calibration-nearest")),
        |(_, agreement)| agreement.nearest.map_or("–".into(), Value::from),
    );
    terminal::table(&table.table())
}

fn remarks(calibration: &Calibration, lanes: &Lanes, language: Language) -> Vec<String> {
    let [low, high] = calibration.interval.map(|speed| speed.0.to_string());
    let mut remarks = vec![
        text!(
            language,
            "calibration-trips",
            trips = calibration.trips,
            by_lanes = calibration.by_lanes,
            unreached = calibration.unreached
        ),
        text!(
            language,
            "calibration-says",
            speed = calibration.fitted.0.to_string(),
            detour = lanes.detour.to_string(),
            low = low,
            high = high
        ),
    ];
    if [*SPEEDS.start(), *SPEEDS.end()].contains(&(calibration.fitted.0 as u16)) {
        remarks.push(text!(
            language,
            "calibration-at-the-end",
            least = *SPEEDS.start(),
            most = *SPEEDS.end()
        ));
    }
    if let Some(bias) = calibration.others_bias {
        remarks.push(text!(
            language,
            "calibration-others",
            others = calibration.trips - calibration.by_lanes,
            bias = format!("{bias:+.0}")
        ));
    }
    remarks
}

/// The table of a scenario that says so.
fn lines(calibration: &Calibration, lanes: &Lanes, file: &str, language: Language) -> String {
    let [low, high] = calibration.interval.map(|speed| speed.0.to_string());
    let reason = text!(
        language,
        "calibration-reason",
        file = file,
        by_lanes = calibration.by_lanes,
        low = low,
        high = high
    );
    format!(
        "[roads.lanes]\ndetour = {}\nspeed = \"{}\"\nreach = \"{} m\"\nlongest = \"{} m\"\nmissing_below = {}\n\
         basis = \"estimated\"\nreason = {}",
        lanes.detour,
        calibration.fitted,
        lanes.reach.0,
        lanes.longest.0,
        lanes.missing_below,
        toml::Value::from(reason)
    )
}
