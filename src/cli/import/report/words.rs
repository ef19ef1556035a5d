//! Why an import left something out and where its outline comes from, in the words of its report.

use std::collections::BTreeMap;

use crate::brigades::crew::Crew;
use crate::roads::lines::NoLine;
use crate::roads::lines::network::NoRoad;
use crate::roads::osm::assumptions::ASSUMED;
use crate::roads::osm::footprints::NoHome;
use crate::roads::osm::outline::{NamedRelation, NotUsed, OutlineRule};
use crate::roads::osm::people::homes::Whereabouts;
use crate::roads::osm::people::totals::{FloorSource, TotalSource};
use crate::roads::osm::restrictions::NotApplied;
use crate::roads::osm::sides::{Contradicted, SideSource};
use crate::roads::osm::stations::FireStation;
use crate::roads::osm::unusable::Unusable;
use crate::roads::passage::DrivingSide;
use crate::units::Metres;

/// Counts by reason, the reasons in words.
pub(in crate::cli::import) fn in_words<R: Copy>(
    counts: &BTreeMap<R, u64>,
    words: fn(R) -> &'static str,
) -> BTreeMap<&'static str, u64> {
    let in_words = counts
        .iter()
        .map(|(reason, count)| (words(*reason), *count));
    in_words.collect()
}

/// Why a way with a `highway` is no road.
pub(super) fn unusable(reason: Unusable) -> &'static str {
    match reason {
        Unusable::Kind => "not a road for engines (footway, path, steps, …)",
        Unusable::NotThere => "under construction, planned or gone",
        Unusable::Soft => "track too soft for an engine (sand, mud, grade 5)",
        Unusable::Impassable => "impassable on wheels (smoothness=impassable)",
        Unusable::Area => "an area, not a line",
        Unusable::Closed => "closed to vehicles",
        Unusable::Military => "military",
        Unusable::ClosedToEngines => "closed to emergency vehicles (emergency=no)",
    }
}

/// Why a turn restriction forbids nothing.
pub(super) fn not_applied(reason: NotApplied) -> &'static str {
    match reason {
        NotApplied::Conditional => "holds at certain times only",
        NotApplied::OtherVehicles => "holds for other vehicles only",
        NotApplied::Exempt => "engines are exempt",
        NotApplied::UnknownKind => "kind of restriction not understood",
        NotApplied::OddMembers => {
            "it needs one `from`, one `to`, and one node or some ways as `via`"
        }
        NotApplied::Missing => "a member is not a road of this network",
        NotApplied::NotConnected => "its members do not meet",
        NotApplied::Ambiguous => "a member leads through the via, so that its side is not clear",
        NotApplied::NotDrivable => "nobody can drive it anyway",
    }
}

/// Why a feature of a layer, or a line of one, is no road.
pub(in crate::cli::import) fn no_road(reason: NoRoad) -> &'static str {
    match reason {
        NoRoad::NoLine(NoLine::NoGeometry) => "without a geometry",
        NoRoad::NoLine(NoLine::Points) => "a point, not a line",
        NoRoad::NoLine(NoLine::Area) => "an area, not a line",
        NoRoad::NoLine(NoLine::Deleted) => "deleted in the .dbf",
        NoRoad::ByMapping => "dropped by the mapping's `class`",
        NoRoad::Outside => "outside the boundary and its buffer",
        NoRoad::NoLength => "fewer than two different points",
    }
}

/// Why nobody is taken to live in a building.
pub(super) fn no_home(reason: NoHome) -> &'static str {
    match reason {
        NoHome::Kind => "of a kind in which nobody lives (garage, barn, works, church, …)",
        NoHome::OtherUse => "put to another use by its tags (amenity, shop, office, …)",
        NoHome::Gone => "in ruins or out of use",
        NoHome::NotDrawn => "not drawn whole",
        NoHome::Small => "too small for a home",
        NoHome::Large => "of no kind, and too large for a home",
        NoHome::LandOfWork => "of no kind, on land where people work",
        NoHome::Outside => "outside the outline",
    }
}

/// Where a settlement's number of residents comes from.
pub(super) fn total(source: TotalSource) -> &'static str {
    match source {
        TotalSource::Map => "from the map",
        TotalSource::Area => "from the population of a municipality or area on the map",
        TotalSource::Floor => "by floor",
        TotalSource::Streets => "by length of streets",
        TotalSource::Kind => "by kind of settlement",
    }
}

/// What shows where a settlement's people live.
pub(super) fn whereabouts(whereabouts: Whereabouts) -> &'static str {
    match whereabouts {
        Whereabouts::Buildings => "in buildings",
        Whereabouts::ResidentialLand => "on residential land",
        Whereabouts::Streets => "along streets",
        Whereabouts::Centre => "at the centre",
    }
}

/// How it is known how much floor a person has.
pub(super) fn floor(source: &FloorSource) -> String {
    match source {
        FloorSource::Settlements(settlements) => {
            format!("as {settlements} settlements of known population on this map have it")
        }
        FloorSource::Country(country) => format!("assumed for {country}"),
        FloorSource::Elsewhere => "assumed where nothing is known of the country".to_owned(),
    }
}

/// How it is known on which side traffic keeps.
pub(super) fn side(source: SideSource) -> String {
    match source {
        SideSource::Way => "as the ways say".to_owned(),
        SideSource::Relation(relation) => format!("as the relation {relation} says"),
        SideSource::Roundabouts { clockwise, all } => {
            format!("as roundabouts are driven: {clockwise} of {all} clockwise")
        }
        SideSource::Assumed => "assumed: the map does not say".to_owned(),
    }
}

/// An area whose side is that of no way.
pub(super) fn side_not_used((relation, side): &(i64, DrivingSide)) -> String {
    format!("the relation {relation} says {side}, and is not complete in the file")
}

/// An area that says one side, and its roundabouts the other.
pub(super) fn side_contradicted(
    Contradicted {
        relation,
        side,
        clockwise,
        all,
    }: &Contradicted,
) -> String {
    format!(
        "the relation {relation} says {side}, and {clockwise} of {all} roundabouts inside it are driven \
         clockwise, as where traffic keeps {}",
        match side {
            DrivingSide::Left => DrivingSide::Right,
            DrivingSide::Right => DrivingSide::Left,
        }
    )
}

/// How a row of `stations.csv` is known.
pub(in crate::cli::import) fn station(station: &FireStation) -> String {
    let crew = match station.is_called {
        false => "crew on duty and number of engines assumed",
        true => "crew called from home, as its name or operator says; number of engines assumed",
    };
    let name = match station.is_named {
        true => "",
        false => "; the name is made from the nearest settlement",
    };
    format!("position observed in OpenStreetMap; {crew}{name}")
}

/// Who mans a station, as tables say it.
pub(in crate::cli::import) fn crew(station: &FireStation) -> &'static str {
    match station.is_called {
        false => Crew::FullTime.key(),
        true => Crew::Volunteer.key(),
    }
}

/// Why a site is proposed.
pub(in crate::cli::import) const SITE: &str =
    "proposed by the import: the junction nearest to the middle of the town";

/// What gave the outline.
pub(in crate::cli::import) fn outline(rule: &OutlineRule) -> String {
    match rule {
        OutlineRule::Given => "as given to the import".to_owned(),
        OutlineRule::AdministrativeRelation { relation, is_cut } => match is_cut {
            true => format!("the land of {}", named(relation)),
            false => named(relation),
        },
        OutlineRule::Coastline => "the land within the coastline".to_owned(),
        OutlineRule::AroundTheRoads => format!(
            "a line around the imported roads, settlements and stations, at least {} from them, gaps \
             of up to {} closed",
            Metres(ASSUMED.outline.margin.0 / 2.0),
            Metres(ASSUMED.outline.gap.0 * 2.0),
        ),
    }
}

/// Why a rule gave no outline.
pub(super) fn not_used(reason: &NotUsed) -> String {
    let percent = ASSUMED.outline.road_share * 100.0;
    let beyond_edge = ASSUMED.outline.beyond_edge;
    match reason {
        NotUsed::NoRelation => "the file has no administrative area".to_owned(),
        NotUsed::Relations {
            all,
            incomplete,
            small,
        } => format!(
            "of {all} administrative areas {incomplete} are not complete in the file, and {small} hold \
             less than {percent:.0}% of the roads"
        ),
        NotUsed::OutsideRelation { relation, far } => format!(
            "{} holds {percent:.0}% of the roads, but {far} settlements or stations lie more than \
             {beyond_edge} outside it; where it is the county, give it as --boundary",
            named(relation),
        ),
        NotUsed::NoCoastline => "the file has no coastline".to_owned(),
        NotUsed::RoadsOutsideCoastline { share, open } => format!(
            "the land within closed coastlines holds {:.1}% of the roads ({open} stretches of coastline \
             do not close in the file)",
            share * 100.0
        ),
        NotUsed::OutsideCoastline { far, open } => format!(
            "{far} settlements or stations lie more than {beyond_edge} from the land within closed \
             coastlines ({open} stretches of coastline do not close in the file)"
        ),
    }
}

fn named(NamedRelation { id, name, level }: &NamedRelation) -> String {
    let name = name.as_deref().unwrap_or("without a name");
    match level {
        Some(level) => format!("the relation {id} ({name}, admin_level {level})"),
        None => format!("the relation {id} ({name})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_names_its_relation_and_why_another_was_not_used() {
        let county = NamedRelation {
            id: 70,
            name: Some("County".to_owned()),
            level: Some("6".to_owned()),
        };
        let nameless = NamedRelation {
            id: 71,
            name: None,
            level: None,
        };
        let rule =
            |relation, is_cut| outline(&OutlineRule::AdministrativeRelation { relation, is_cut });
        assert_eq!(
            rule(county.clone(), true),
            "the land of the relation 70 (County, admin_level 6)"
        );
        assert_eq!(rule(nameless, false), "the relation 71 (without a name)");
        assert_eq!(
            not_used(&NotUsed::OutsideRelation {
                relation: county,
                far: 3
            }),
            "the relation 70 (County, admin_level 6) holds 90% of the roads, but 3 settlements or stations \
             lie more than 300 m outside it; where it is the county, give it as --boundary"
        );
    }
}
