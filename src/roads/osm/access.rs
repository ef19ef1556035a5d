//! Which way a road may be driven, and by whom: the table from access tags to [`Passage`].
//!
//! A fire engine on a call enters where a resident, a customer or a forester may: a private drive
//! is built for vehicles, and its gate opens for help. Where the map says that nobody drives, a
//! wall, a demolished bridge or a pedestrian precinct is as likely as a sign, so that road is only
//! used when the map says elsewhere that some vehicle gets through.
//!
//! | value | passage | reason |
//! |---|---|---|
//! | `yes`, `permissive`, `designated`, `official`, `public`, `unknown`, `discouraged` | open | the public drives there |
//! | `destination`, `customers`, `delivery` | open | anybody with business there, and a call is one |
//! | `private`, `permit`, `residents`, `employees`, `agricultural`, `forestry`, `restricted` | emergency | passable for vehicles, barred to the public |
//! | `emergency` | emergency | engines are let in by name |
//! | any other word | emergency | counted as not understood; a word was written because somebody may drive |
//! | `no` | dropped | may be physically closed |
//! | `military` | dropped | guarded, with a fire service of its own |
//!
//! The narrower key wins: `motorcar` over `motor_vehicle` over `vehicle` over `access`, each with `:forward`
//! or `:backward` over itself without. `motorcar=no` alone makes a road *emergency*, not closed: wider
//! vehicles pass there. A road closed by `no` or `military` opens to engines (*emergency*) under
//! `emergency=yes`, `designated`, `official` or `permissive`, under `emergency` as the value of any access
//! key or of a lane, and one closed by `no` where buses, coaches or goods vehicles are let in, by the same
//! table (`psv`, `bus`, `coach`, `tourist_bus`, `hgv`, `goods`); `emergency=no` closes any road. Of several
//! values in one key (`private;emergency`) the most open counts. One direction closed by `:forward` or
//! `:backward` is a one-way street; closed to engines, or military, it is closed to all. A one-way street of
//! which the one direction is closed is no road.
//!
//! Footways, paths, cycleways and bridleways are service roads for engines where `motor_vehicle` or
//! `motorcar` lets anybody in by the same table, or engines are named; steps and corridors are none. So are
//! pedestrian streets and bus roads, whatever is said of the vehicles of the public, unless `access` or
//! `emergency` closes them.
//!
//! Against a one-way street the passage is [`Passage::AgainstOneWay`]; on expressways, roads for
//! motor vehicles only and roundabouts nobody drives against the traffic ([`Passage::Closed`]),
//! unless `oneway:emergency=no` says that engines do.

use crate::roads::class::RoadClass;
use crate::roads::osm::Tags;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::osm::unusable::Unusable;
use crate::roads::passage::Passage;
use crate::roads::road::BothWays;

/// What one value of an access key says, the most open first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    Open,
    Emergency,
    Closed,
    Military,
}

/// What the keys of who may drive say at a point, where the map says anything. Where cars alone are kept out,
/// nothing is said of wider vehicles.
pub(super) fn at_point(tags: &Tags, odd: &mut NotUnderstood) -> Option<Word> {
    let mut of = |key: &'static str| Some(word(key, tags.get(key)?, odd));
    let car = of("motorcar").filter(|car| *car <= Word::Emergency);
    car.or_else(|| WIDE_KEYS.into_iter().find_map(of))
}

/// Keys of who may drive, the narrowest first, but for cars alone.
const WIDE_KEYS: [&str; 3] = ["motor_vehicle", "vehicle", "access"];

fn word(key: &str, value: &str, odd: &mut NotUnderstood) -> Word {
    let one = |value: &str| match value {
        "yes" | "permissive" | "designated" | "official" | "public" | "unknown" | "discouraged"
        | "destination" | "customers" | "delivery" => Word::Open,
        "private" | "permit" | "residents" | "employees" | "agricultural" | "forestry"
        | "restricted" | "emergency" => Word::Emergency,
        "no" => Word::Closed,
        "military" => Word::Military,
        _ => {
            odd.count(key, value);
            Word::Emergency
        }
    };
    let words = values(value).map(one);
    words.min().unwrap_or(Word::Emergency)
}

/// The values of one key: `private;emergency`.
pub fn values(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim)
}

/// Keys of who may drive.
const ACCESS_KEYS: [&str; 10] = [
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "psv",
    "bus",
    "coach",
    "tourist_bus",
    "hgv",
    "goods",
];

/// What the map says of emergency vehicles by name: whether they are let in, under `emergency`, or as the
/// value of any access key; on a way in one direction, at a point without one.
pub fn engines(tags: &Tags, direction: Option<&str>, odd: &mut NotUnderstood) -> Option<bool> {
    let narrow = |key: &str| {
        let directed = direction.map(|direction| format!("{key}:{direction}"));
        let directed = directed.and_then(|key| Some((tags.get(&key)?, key)));
        directed.or_else(|| Some((tags.get(key)?, key.to_owned())))
    };
    if let Some((value, key)) = narrow("emergency") {
        let says = |words: &[&str]| values(value).any(|value| words.contains(&value));
        if says(&["yes", "designated", "official", "permissive"]) {
            return Some(true);
        }
        if says(&["no"]) {
            return Some(false);
        }
        // What else stands under this key is no word on access: `fire_hydrant`, `phone`.
        odd.count(&key, value);
    }
    let named = |key: &&str| {
        narrow(key).is_some_and(|(value, _)| values(value).any(|value| value == "emergency"))
    };
    let is_named = ACCESS_KEYS.iter().any(named)
        || tags.is("service", "emergency_access")
        || lane_for_engines(tags, direction);
    is_named.then_some(true)
}

/// Whether a lane of the way is for emergency vehicles: `access:lanes=yes|emergency`,
/// `emergency:lanes=|designated`.
fn lane_for_engines(tags: &Tags, direction: Option<&str>) -> bool {
    let lanes = |key: &str| {
        let both = format!("{key}:lanes");
        let directed = direction.map(|direction| format!("{both}:{direction}"));
        let directed = directed.and_then(|key| tags.get(&key));
        directed.or_else(|| tags.get(&both))
    };
    let any = |text: &str, words: &[&str]| {
        text.split(['|', ';'])
            .any(|value| words.contains(&value.trim()))
    };
    lanes("emergency").is_some_and(|text| any(text, &["yes", "designated", "official"]))
        || ACCESS_KEYS
            .iter()
            .any(|key| lanes(key).is_some_and(|text| any(text, &["emergency"])))
}

fn lets_in(word: Word) -> bool {
    matches!(word, Word::Open | Word::Emergency)
}

/// Whether the map lets motor vehicles onto a way for people on foot or bicycles.
pub fn lets_vehicles_in(tags: &Tags) -> bool {
    // What is odd is counted with the passage.
    let odd = &mut NotUnderstood::default();
    ["motor_vehicle", "motorcar"].into_iter().any(|key| {
        tags.get(key)
            .is_some_and(|value| lets_in(word(key, value, odd)))
    })
}

/// Who may drive along the way in each direction of its line.
///
/// # Errors
/// Why no engine may use it in either.
pub fn passage(
    tags: &Tags,
    class: RoadClass,
    odd: &mut NotUnderstood,
) -> Result<BothWays<Passage>, Unusable> {
    for key in ["access:lanes", "vehicle:lanes", "motor_vehicle:lanes"] {
        if let Some(value) = tags.get(key)
            && !value.contains("emergency")
        {
            odd.count(key, value);
        }
    }
    for base in ["access", "emergency", "motor_vehicle", "oneway", "vehicle"] {
        let key = format!("{base}:conditional");
        if let Some(value) = tags.get(&key) {
            odd.count(&key, value);
        }
    }
    let forwards = access(tags, "forward", odd);
    // The same tags once more: what is odd in them was counted already.
    let backwards = access(tags, "backward", &mut NotUnderstood::default());
    let access = match (forwards, backwards) {
        (Err(reason), Err(_)) => return Err(reason),
        (forwards, backwards) => BothWays {
            forwards: forwards.unwrap_or_else(|reason| shut(reason, tags, class)),
            backwards: backwards.unwrap_or_else(|reason| shut(reason, tags, class)),
        },
    };
    let against = |access: Passage| {
        if access == Passage::Closed {
            Passage::Closed
        } else if tags.is("oneway:emergency", "no") {
            Passage::Emergency
        } else {
            contraflow(tags, class)
        }
    };
    Ok(match one_way(tags, class, odd) {
        None => access,
        Some(true) if access.forwards.is_regular() => BothWays {
            backwards: against(access.backwards),
            ..access
        },
        Some(false) if access.backwards.is_regular() => BothWays {
            forwards: against(access.forwards),
            ..access
        },
        // The only direction of the one-way street is closed.
        Some(_) => return Err(Unusable::Closed),
    })
}

/// Who drives in a direction that is closed while the other is open.
fn shut(reason: Unusable, tags: &Tags, class: RoadClass) -> Passage {
    match reason {
        Unusable::ClosedToEngines | Unusable::Military => Passage::Closed,
        _ => contraflow(tags, class),
    }
}

/// Who drives against the traffic.
fn contraflow(tags: &Tags, class: RoadClass) -> Passage {
    if class.is_expressway() || tags.is("motorroad", "yes") || is_roundabout(tags) {
        Passage::Closed
    } else {
        Passage::AgainstOneWay
    }
}

fn is_roundabout(tags: &Tags) -> bool {
    matches!(
        tags.get("junction"),
        Some("roundabout" | "circular" | "mini" | "mini_roundabout")
    )
}

/// The direction of a one-way street: `Some(true)` along its line, `Some(false)` against it.
fn one_way(tags: &Tags, class: RoadClass, odd: &mut NotUnderstood) -> Option<bool> {
    let implied = (is_roundabout(tags) || class == RoadClass::Motorway).then_some(true);
    let keys = ["oneway:motor_vehicle", "oneway:vehicle", "oneway"];
    let Some((key, value)) = keys.into_iter().find_map(|key| Some((key, tags.get(key)?))) else {
        return implied;
    };
    match value {
        "yes" | "true" | "1" => Some(true),
        "-1" | "reverse" => Some(false),
        // Lanes that change direction by the hour, and bridges where the sides take turns, are
        // open both ways to an engine with its siren on.
        "no" | "false" | "0" | "reversible" | "alternating" => None,
        _ => {
            odd.count(key, value);
            implied
        }
    }
}

/// Who may drive in one direction, one-way rules apart.
fn access(tags: &Tags, direction: &str, odd: &mut NotUnderstood) -> Result<Passage, Unusable> {
    let narrow = |key: &str| -> Option<(String, String)> {
        let directed = format!("{key}:{direction}");
        let value = tags
            .get(&directed)
            .map(|value| (directed, value.to_owned()));
        value.or_else(|| Some((key.to_owned(), tags.get(key)?.to_owned())))
    };
    let let_in = match engines(tags, Some(direction), odd) {
        Some(false) => return Err(Unusable::ClosedToEngines),
        said => said.is_some(),
    };
    let car = narrow("motorcar").map(|(key, value)| word(&key, &value, odd));
    let wide = WIDE_KEYS
        .into_iter()
        .find_map(narrow)
        .map_or(Word::Open, |(key, value)| word(&key, &value, odd));
    let said = match (car, wide) {
        (Some(Word::Closed), Word::Open) => Word::Emergency,
        (None | Some(Word::Closed | Word::Military), wide) => wide,
        (Some(car), _) => car,
    };
    let others = ["bus", "psv", "coach", "tourist_bus", "hgv", "goods"];
    let mut wide_vehicles = || {
        others
            .into_iter()
            .any(|key| narrow(key).is_some_and(|(key, value)| lets_in(word(&key, &value, odd))))
    };
    match said {
        Word::Open => Ok(Passage::Open),
        Word::Emergency => Ok(Passage::Emergency),
        Word::Closed | Word::Military if let_in => Ok(Passage::Emergency),
        Word::Closed if wide_vehicles() => Ok(Passage::Emergency),
        Word::Closed => Err(Unusable::Closed),
        Word::Military => Err(Unusable::Military),
    }
}
