//! What the tags of a way say to a fire engine: whether it may be driven, which way, how fast.

use std::str::FromStr;

use crate::roads::class::RoadClass;
use crate::roads::osm::Tags;
use crate::units::KmPerHour;

/// What stays the same along one road; where any of it changes, a junction is set.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadTags {
    /// The class.
    pub class: RoadClass,
    /// Which directions are open.
    pub driven: Driven,
    /// Name, else number, else empty.
    pub name: String,
    /// The posted limit.
    pub free_speed: Option<KmPerHour>,
}

/// The directions in which a way may be driven, against the order of its nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driven {
    /// Both.
    BothWays,
    /// From the first node to the last.
    Forwards,
    /// From the last node to the first.
    Backwards,
}

/// Why a way with a `highway` is no road for a fire engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unusable {
    /// Footway, cycleway, steps, under construction, …
    Kind,
    /// A track too soft for a heavy vehicle (`tracktype` grade 4 or 5).
    SoftTrack,
    /// A square, not a line to drive along.
    Area,
    /// Private, closed, or closed to emergency vehicles by name.
    NoAccess,
}

impl Unusable {
    /// The reason in the words of the report.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Kind => "not a road for engines (footway, path, construction, …)",
            Self::SoftTrack => "track too soft for an engine (grade 4 or 5)",
            Self::Area => "an area, not a line",
            Self::NoAccess => "private or closed",
        }
    }
}

/// The road that these tags describe.
///
/// # Errors
/// Why it is none for a fire engine.
pub fn road(tags: &Tags) -> Result<RoadTags, Unusable> {
    let class: RoadClass = tags
        .get("highway")
        .and_then(|word| word.parse().ok())
        .ok_or(Unusable::Kind)?;
    if tags.is("area", "yes") {
        return Err(Unusable::Area);
    }
    let firm = ["grade1", "grade2", "grade3"];
    if class == RoadClass::Track && tags.get("tracktype").is_some_and(|t| !firm.contains(&t)) {
        return Err(Unusable::SoftTrack);
    }
    if !may_enter(tags) {
        return Err(Unusable::NoAccess);
    }
    Ok(RoadTags {
        class,
        driven: driven(tags, class),
        name: tags
            .get("name")
            .or_else(|| tags.get("ref"))
            .unwrap_or_default()
            .to_owned(),
        free_speed: tags
            .get("maxspeed")
            .and_then(|text| text.parse::<MaxSpeed>().ok())
            .and_then(|MaxSpeed(limit)| limit),
    })
}

/// The word on emergency vehicles stands above all others; among the rest the narrower key wins.
fn may_enter(tags: &Tags) -> bool {
    match tags.get("emergency") {
        Some("yes" | "designated" | "official") => return true,
        Some("no") => return false,
        _ => {}
    }
    let access = ["motor_vehicle", "vehicle", "access"]
        .into_iter()
        .find_map(|key| tags.get(key));
    !matches!(access, Some("no" | "private"))
}

fn driven(tags: &Tags, class: RoadClass) -> Driven {
    match tags.get("oneway") {
        Some("yes" | "true" | "1") => Driven::Forwards,
        Some("-1" | "reverse") => Driven::Backwards,
        // Lanes that change direction by the hour, and bridges where the sides take turns, are
        // open both ways to an engine with its siren on.
        Some("no" | "false" | "0" | "reversible" | "alternating") => Driven::BothWays,
        _ if matches!(tags.get("junction"), Some("roundabout" | "circular"))
            || class == RoadClass::Motorway =>
        {
            Driven::Forwards
        }
        _ => Driven::BothWays,
    }
}

/// A `maxspeed` that was understood: a limit, or `None` where it says that there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxSpeed(pub Option<KmPerHour>);

/// The value is no speed; it is counted and left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASpeed;

/// Walking pace, as `maxspeed=walk` is driven.
const WALK: KmPerHour = KmPerHour(6.0);

impl FromStr for MaxSpeed {
    type Err = NotASpeed;

    fn from_str(text: &str) -> Result<Self, NotASpeed> {
        let text = text.trim();
        match text {
            "none" => return Ok(Self(None)),
            "walk" => return Ok(Self(Some(WALK))),
            _ => {}
        }
        let unit_start = text
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(unit_start);
        let factor = match unit.trim() {
            "" | "km/h" | "kmh" | "kph" => 1.0,
            "mph" => 1.609_344,
            _ => return Err(NotASpeed),
        };
        let speed = number.parse::<f64>().map_err(|_| NotASpeed)? * factor;
        // To 0.1 km/h: a limit is not known closer, and the table reads better.
        let speed = (speed * 10.0).round() / 10.0;
        if (1.0..=300.0).contains(&speed) {
            Ok(Self(Some(KmPerHour(speed))))
        } else {
            Err(NotASpeed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    fn unusable(pairs: &[(&str, &str)]) -> Option<Unusable> {
        road(&tags(pairs)).err()
    }

    fn directions(pairs: &[(&str, &str)]) -> Driven {
        road(&tags(pairs)).unwrap().driven
    }

    #[test]
    fn every_class_of_road_is_driven_and_nothing_else() {
        for class in RoadClass::ALL {
            let road = road(&tags(&[("highway", class.word())])).unwrap();
            assert_eq!(road.class, class);
        }
        for kind in [
            "footway",
            "cycleway",
            "path",
            "steps",
            "construction",
            "proposed",
        ] {
            assert_eq!(unusable(&[("highway", kind)]), Some(Unusable::Kind));
        }
        assert_eq!(unusable(&[]), Some(Unusable::Kind));
    }

    #[test]
    fn a_track_is_driven_when_firm_or_of_unknown_firmness() {
        let track = ("highway", "track");
        assert_eq!(unusable(&[track]), None);
        assert_eq!(unusable(&[track, ("tracktype", "grade3")]), None);
        assert_eq!(
            unusable(&[track, ("tracktype", "grade4")]),
            Some(Unusable::SoftTrack)
        );
    }

    #[test]
    fn a_square_is_not_a_road() {
        assert_eq!(
            unusable(&[("highway", "service"), ("area", "yes")]),
            Some(Unusable::Area)
        );
    }

    #[test]
    fn a_private_road_is_closed_unless_it_is_open_to_emergency_vehicles() {
        let road = ("highway", "service");
        let private = ("access", "private");
        assert_eq!(unusable(&[road, private]), Some(Unusable::NoAccess));
        assert_eq!(unusable(&[road, private, ("emergency", "yes")]), None);
        assert_eq!(
            unusable(&[road, ("motor_vehicle", "no"), ("emergency", "designated")]),
            None
        );
        assert_eq!(
            unusable(&[road, ("emergency", "no")]),
            Some(Unusable::NoAccess)
        );
    }

    #[test]
    fn the_narrower_word_on_access_wins() {
        let road = ("highway", "unclassified");
        assert_eq!(
            unusable(&[road, ("access", "no"), ("motor_vehicle", "yes")]),
            None
        );
        assert_eq!(
            unusable(&[road, ("access", "yes"), ("vehicle", "no")]),
            Some(Unusable::NoAccess)
        );
        assert_eq!(unusable(&[road, ("access", "destination")]), None);
    }

    #[test]
    fn one_way_streets_are_known_in_all_their_spellings() {
        let street = ("highway", "residential");
        for word in ["yes", "true", "1"] {
            assert_eq!(directions(&[street, ("oneway", word)]), Driven::Forwards);
        }
        for word in ["-1", "reverse"] {
            assert_eq!(directions(&[street, ("oneway", word)]), Driven::Backwards);
        }
        for word in ["no", "false", "0", "alternating"] {
            assert_eq!(directions(&[street, ("oneway", word)]), Driven::BothWays);
        }
        assert_eq!(directions(&[street]), Driven::BothWays);
    }

    #[test]
    fn roundabouts_and_expressways_are_one_way_until_they_say_otherwise() {
        let circle = [("highway", "primary"), ("junction", "roundabout")];
        assert_eq!(directions(&circle), Driven::Forwards);
        assert_eq!(
            directions(&[circle[0], circle[1], ("oneway", "no")]),
            Driven::BothWays
        );
        let expressway = ("highway", "motorway");
        assert_eq!(directions(&[expressway]), Driven::Forwards);
        assert_eq!(
            directions(&[expressway, ("oneway", "no")]),
            Driven::BothWays
        );
        // A ramp says so itself: some are driven both ways.
        assert_eq!(
            directions(&[("highway", "motorway_link")]),
            Driven::BothWays
        );
    }

    /// 30 mph × 1.609344 = 48.28 km/h, written as 48.3.
    #[test]
    fn speed_limits_are_understood_in_both_units_and_in_words() {
        let limit = |text: &str| text.parse::<MaxSpeed>().map(|MaxSpeed(limit)| limit);
        assert_eq!(limit("50"), Ok(Some(KmPerHour(50.0))));
        assert_eq!(limit("50 km/h"), Ok(Some(KmPerHour(50.0))));
        assert_eq!(limit("30 mph"), Ok(Some(KmPerHour(48.3))));
        assert_eq!(limit("none"), Ok(None));
        assert_eq!(limit("walk"), Ok(Some(KmPerHour(6.0))));
        for odd in [
            "", "signals", "CN:urban", "50;80", "0", "-20", "4e3", "1.2.3",
        ] {
            assert_eq!(limit(odd), Err(NotASpeed), "{odd}");
        }
    }

    #[test]
    fn a_road_without_a_name_goes_by_its_number() {
        let named = tags(&[
            ("highway", "primary"),
            ("name", "安流大道"),
            ("ref", "G235"),
        ]);
        assert_eq!(road(&named).unwrap().name, "安流大道");
        let numbered = tags(&[("highway", "primary"), ("ref", "G235")]);
        assert_eq!(road(&numbered).unwrap().name, "G235");
    }
}
