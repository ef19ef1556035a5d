//! What an answer rests on, in words.

use crate::brigades::StationId;
use crate::brigades::prices::Item;
use crate::distribution::Shape;
use crate::language::Language;
use crate::messages::Key;
use crate::report::words::{number, road_condition_words, span_words};
use crate::scenario::inputs::{BasisNote, Input, StageName};
use crate::scenario::stations::{Role, Stations};
use crate::text;

/// An input with its figures: `existing stations: Shuizhai, 4 engines`.
pub(crate) fn input_words(input: &Input, language: Language) -> String {
    let name = input_name(input, language);
    match figures(input, language) {
        Some(figures) => text!(language, "input", name = name, figures = figures),
        None => name,
    }
}

/// What an input is, without its figures.
pub(super) fn input_name(input: &Input, language: Language) -> String {
    let key = match input {
        Input::Roads { .. } => Key("input-roads"),
        Input::Speeds { .. } => Key("input-speeds"),
        Input::Towns { .. } => Key("input-towns"),
        Input::DemandPoints { .. } => Key("input-demand-points"),
        Input::IncidentRate { .. } => Key("input-incident-rate"),
        Input::ListedCalls { .. } => Key("input-listed-calls"),
        Input::Station { .. } => Key("input-station"),
        Input::MutualAid { .. } => Key("input-mutual-aid"),
        Input::Clearances { .. } => Key("input-clearances"),
        Input::Sites { .. } => Key("input-sites"),
        Input::Stage { stage, .. } => stage_key(*stage),
        Input::TurnoutShift { from, to, .. } => {
            let (from, to) = (u32::from(*from), u32::from(*to));
            return text!(language, "input-turnout-shift", from = from, to = to);
        }
        Input::TimeBand { from, to, .. } => {
            let (from, to) = (u32::from(*from), u32::from(*to));
            return text!(language, "input-time-band", from = from, to = to);
        }
        Input::OnFoot { .. } => Key("input-on-foot"),
        Input::Lanes { .. } => Key("input-lanes"),
        Input::HoseReach { .. } => Key("input-hose-reach"),
        Input::Hydrants { .. } => Key("input-hydrants"),
        Input::TravelSpread { .. } => Key("input-travel-spread"),
        Input::Return { .. } => Key("input-return"),
        Input::RateMultiplier { town, .. } => {
            let town = town.in_language(language);
            return text!(language, "input-rate-multiplier", town = town);
        }
        Input::SpecialDay { day, .. } => return day.clone(),
        Input::Price { .. } => Key("input-price"),
        Input::BrigadeClass { .. } => Key("input-brigade-class"),
        Input::Junctions => Key("input-junctions"),
        Input::NoNeighbours => Key("input-no-neighbours"),
    };
    text!(language, key)
}

fn stage_key(stage: StageName) -> Key {
    match stage {
        StageName::CallHandling => Key("stage-call-handling"),
        StageName::Turnout => Key("stage-turnout"),
        StageName::TurnoutPartTime => Key("stage-turnout-part-time"),
        StageName::TurnoutVolunteer => Key("stage-turnout-volunteer"),
        StageName::Restocking => Key("stage-restocking"),
        StageName::WithHydrant => Key("stage-with-hydrant"),
        StageName::WithoutHydrant => Key("stage-without-hydrant"),
        StageName::WithTender => Key("stage-with-tender"),
    }
}

/// Why an input is so: what its row says, or what the program does of itself.
pub(super) fn reason_words(note: &BasisNote, language: Language) -> String {
    match note.input {
        Input::Junctions => text!(language, "reason-junctions"),
        Input::NoNeighbours => text!(language, "reason-no-neighbours"),
        // A scenario that says nothing takes what the program assumes.
        Input::OnFoot { .. } if note.reason.is_empty() => text!(language, "reason-on-foot"),
        Input::Lanes { .. } if note.reason.is_empty() => text!(language, "reason-lanes"),
        Input::IncidentRate { .. } if note.reason.is_empty() => {
            row_by_row("incident_types.csv", language)
        }
        // Each row has a basis of its own, and mostly a source.
        Input::Roads { .. } => row_by_row("network/link.csv", language),
        Input::Speeds { .. } => row_by_row("profiles/*.toml", language),
        Input::Towns { .. } => row_by_row("towns.csv", language),
        Input::DemandPoints { .. } => row_by_row("demand.csv", language),
        Input::Clearances { .. } => row_by_row("kept_clear.csv", language),
        Input::Sites { .. } => row_by_row("candidates.csv", language),
        Input::Hydrants { .. } => row_by_row("hydrants.csv", language),
        _ => note.reason.clone(),
    }
}

fn row_by_row(table: &str, language: Language) -> String {
    text!(language, "reason-row-by-row", table = table)
}

/// Why a station stands there, or should: what its row says, or that it was chosen on the road network.
pub(super) fn station_reason(stations: &Stations, id: StationId, language: Language) -> String {
    match stations.role(id) {
        Role::Candidate(site) if stations.site(site).at_junction => junction_reason(language),
        _ => stations.station(id).reason.clone(),
    }
}

/// Why a brigade would stand at a junction.
pub(super) fn junction_reason(language: Language) -> String {
    text!(language, "junction-reason")
}

/// The figures of an input; what is simply so has none.
fn figures(input: &Input, language: Language) -> Option<String> {
    Some(match input {
        Input::Roads { km } => text!(language, "figures-roads", km = format!("{km:.0}")),
        Input::Speeds { profile, count } => text!(
            language,
            "figures-speeds",
            profile = profile.in_language(language),
            count = *count
        ),
        Input::Towns { count } => text!(language, "figures-towns", count = *count),
        Input::DemandPoints { count } => text!(language, "figures-demand-points", count = *count),
        Input::Clearances { count } | Input::Sites { count } => {
            text!(language, "figures-positions", count = *count)
        }
        Input::Hydrants { count } => text!(language, "figures-hydrants", count = *count),
        Input::IncidentRate {
            incident_type,
            per_10_000_residents,
        } => text!(
            language,
            "figures-incident-rate",
            incident_type = incident_type.in_language(language),
            rate = per_10_000_residents.to_string()
        ),
        Input::ListedCalls {
            file,
            calls,
            at_positions: 0,
            ..
        } => text!(
            language,
            "figures-listed-calls",
            file = file.as_str(),
            calls = *calls
        ),
        Input::ListedCalls {
            file,
            calls,
            at_positions,
            mean_access_metres,
            most_access_metres,
        } => text!(
            language,
            "figures-listed-calls-at-positions",
            file = file.as_str(),
            calls = *calls,
            positions = *at_positions,
            mean = format!("{mean_access_metres:.0}"),
            most = format!("{most_access_metres:.0}")
        ),
        Input::Station { name, engines } => text!(
            language,
            "figures-station",
            name = name.in_language(language),
            engines = u32::from(*engines)
        ),
        Input::MutualAid {
            name,
            engines,
            delay_seconds,
        } => text!(
            language,
            "figures-mutual-aid",
            name = name.in_language(language),
            engines = u32::from(*engines),
            delay = span_words(*delay_seconds, language)
        ),
        Input::Stage {
            distribution,
            mean_seconds,
            sd_seconds,
            ..
        } => {
            let shape = text!(language, shape_key(*distribution));
            let mean = span_words(*mean_seconds, language);
            match sd_seconds {
                None => text!(language, "spread-mean", shape = shape, mean = mean),
                Some(sd) => text!(
                    language,
                    "spread-mean-sd",
                    shape = shape,
                    mean = mean,
                    sd = span_words(*sd, language)
                ),
            }
        }
        Input::TurnoutShift { factor, .. } => {
            text!(language, "figures-times", factor = factor.to_string())
        }
        Input::RateMultiplier { factor, .. } => text!(
            language,
            "figures-rate-multiplier",
            factor = factor.to_string()
        ),
        Input::SpecialDay { factor, .. } => {
            text!(language, "figures-special-day", factor = factor.to_string())
        }
        Input::TimeBand { band, .. } => text!(
            language,
            "figures-time-band",
            band = road_condition_words(band, language)
        ),
        Input::OnFoot {
            beyond_metres,
            km_h,
        } => text!(
            language,
            "figures-on-foot",
            beyond = number(*beyond_metres),
            speed = number(*km_h)
        ),
        Input::Lanes {
            detour,
            km_h,
            points,
            of_points,
        } => text!(
            language,
            "figures-lanes",
            detour = detour.to_string(),
            speed = number(*km_h),
            points = points.to_string(),
            of = of_points.to_string()
        ),
        Input::HoseReach { metres } => {
            text!(language, "figures-hose-reach", metres = metres.to_string())
        }
        Input::TravelSpread { sd } => {
            let percent = format!("{:.0}", sd * 100.0);
            text!(language, "figures-travel-spread", percent = percent)
        }
        Input::Return { factor } => text!(language, "figures-return", factor = factor.to_string()),
        Input::Price { item, value, range } => {
            let (item, unit) = item_keys(*item);
            let value = match range {
                None => value.to_string(),
                Some([low, high]) => text!(
                    language,
                    "figures-price-range",
                    value = value.to_string(),
                    low = low.to_string(),
                    high = high.to_string()
                ),
            };
            text!(
                language,
                "figures-price",
                item = text!(language, item),
                value = value,
                unit = text!(language, unit)
            )
        }
        Input::BrigadeClass {
            name,
            people,
            land_m2,
            building_m2,
        } => text!(
            language,
            "figures-brigade-class",
            name = name.in_language(language),
            people = people.to_string(),
            land = land_m2.to_string(),
            building = building_m2.to_string()
        ),
        Input::Junctions | Input::NoNeighbours => return None,
    })
}

pub(super) fn shape_key(shape: Shape) -> Key {
    match shape {
        Shape::Constant => Key("shape-constant"),
        Shape::Exponential => Key("shape-exponential"),
        Shape::Lognormal => Key("shape-lognormal"),
        Shape::Gamma => Key("shape-gamma"),
        Shape::Uniform => Key("shape-uniform"),
        Shape::Triangular => Key("shape-triangular"),
        Shape::Empirical => Key("shape-empirical"),
    }
}

/// The name of an item and its unit.
fn item_keys(item: Item) -> (Key, Key) {
    let per_person_year = Key("price-unit-yuan-per-person-year");
    match item {
        Item::Land => (Key("price-land"), Key("price-unit-yuan-per-m2")),
        Item::Building => (Key("price-building"), Key("price-unit-yuan-per-m2")),
        Item::Engine => (Key("price-engine"), Key("unit-yuan")),
        Item::Equipment => (Key("price-equipment"), Key("price-unit-yuan-per-person")),
        Item::CrewFullTime => (Key("price-crew-full-time"), per_person_year),
        Item::CrewPartTime => (Key("price-crew-part-time"), per_person_year),
        Item::CrewVolunteer => (Key("price-crew-volunteer"), per_person_year),
        Item::UpkeepStation => (Key("price-upkeep-station"), Key("price-unit-yuan-per-year")),
        Item::UpkeepEngine => (Key("price-upkeep-engine"), Key("price-unit-yuan-per-year")),
        Item::DiscountRate => (Key("price-discount-rate"), Key("price-unit-per-year")),
        Item::Period => (Key("price-period"), Key("price-unit-years")),
    }
}
