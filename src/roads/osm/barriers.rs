//! What stands on a node of a road: barriers, traffic lights, crossings.
//!
//! A crew opens gates, cuts chains and has removable bollards taken out; it does not get past a
//! row of fixed ones. A kind that is not in the table is taken for a gate: somebody mapped it on a
//! road because one may pass, at a price. What that is depends on who has the key:
//!
//! | the map says | barrier | who opens |
//! |---|---|---|
//! | `emergency=yes` or `emergency` as the value of an access key | for engines | the crew has the key |
//! | `locked=yes` | locked | nobody at hand: the crew cuts the lock |
//! | whatever is not open to the public by the words of [`access`]: `private`, `residents`, …, `no` | private | its owner, or the crew by force |
//! | anything else | gate | the crew, or an arm by itself |

use crate::roads::osm::Tags;
use crate::roads::osm::access::{self, Word};
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::passage::{Barrier, Control};
use crate::roads::road::BothWays;

/// The barrier that these tags of a node describe, if it bars or slows an engine.
pub fn barrier(tags: &Tags, odd: &mut NotUnderstood) -> Option<Barrier> {
    // Of several side by side (`kissing_gate;gate`) the wider lets an engine pass: the gate.
    let kind = tags.get("barrier")?;
    let kind = kind
        .split([';', ','])
        .map(str::trim)
        .find(|word| word.ends_with("gate") && *word != "kissing_gate")
        .unwrap_or(kind);
    let word = access::at_point(tags, odd);
    let public = word == Some(Word::Open);
    let some_may = word == Some(Word::Emergency);
    let emergency = access::engines(tags, None, odd);
    let gate = match emergency {
        Some(true) => Barrier::EmergencyGate,
        Some(false) => Barrier::Blocked,
        None if tags.is("locked", "yes") => Barrier::LockedGate,
        None if word.is_some_and(|word| word > Word::Open) => Barrier::PrivateGate,
        None => Barrier::Gate,
    };
    match kind {
        // Vehicles drive through these without stopping; how high one may be is a limit of its own.
        "no" | "cattle_grid" | "kerb" | "entrance" | "height_restrictor" | "bus_trap"
        | "sump_buster" | "sally_port" | "speed_bump" | "toll_gantry" => None,
        "gate" | "lift_gate" | "swing_gate" | "sliding_gate" | "sliding_beam" | "bump_gate"
        | "wicket_gate" | "hampshire_gate" | "chain" | "rope" | "barrier" | "toll_booth"
        | "border_control" | "checkpoint" | "guard_house" | "cable_barrier" | "swing_beam"
        | "yes" => Some(gate),
        "bollard" | "rising_bollard" | "removable_bollard" => match emergency {
            Some(true) => Some(Barrier::EmergencyGate),
            Some(false) => Some(Barrier::Blocked),
            None if public => None,
            None if is_movable(kind, tags.get("bollard")) => Some(Barrier::EmergencyGate),
            None if some_may => Some(gate),
            None => Some(Barrier::Blocked),
        },
        "block"
        | "jersey_barrier"
        | "cycle_barrier"
        | "motorcycle_barrier"
        | "stile"
        | "kissing_gate"
        | "turnstile"
        | "full-height_turnstile"
        | "horse_stile"
        | "debris"
        | "log"
        | "planter"
        | "fence"
        | "wall"
        | "hedge"
        | "ditch"
        | "tank_trap"
        | "boulder"
        | "guard_rail"
        | "retaining_wall"
        | "city_wall"
        | "delineators"
        | "wedge" => match emergency {
            Some(true) => Some(Barrier::EmergencyGate),
            None if public => None,
            None if some_may => Some(gate),
            Some(false) | None => Some(Barrier::Blocked),
        },
        _ => {
            odd.count("barrier", kind);
            Some(gate)
        }
    }
}

fn is_movable(kind: &str, bollard: Option<&str>) -> bool {
    kind != "bollard"
        || matches!(
            bollard,
            Some("removable" | "rising" | "foldable" | "retractable" | "flexible")
        )
}

/// The control of a node, and in which direction of its way it holds.
pub fn control(tags: &Tags) -> Option<(Control, BothWays<bool>)> {
    let control = match tags.get("highway")? {
        "traffic_signals" => Control::Signals,
        "crossing" => match tags.get("crossing") {
            Some("traffic_signals") => Control::Signals,
            _ if tags.is("crossing:signals", "yes") => Control::Signals,
            // Nothing on the ground tells the driver of these.
            Some("unmarked" | "no" | "informal") => return None,
            _ if tags.is("crossing:markings", "no") => return None,
            _ => Control::Crossing,
        },
        // Stop and give-way signs do not hold an engine with its siren on.
        _ => return None,
    };
    let direction = ["traffic_signals:direction", "direction"]
        .into_iter()
        .find_map(|key| tags.get(key));
    Some((
        control,
        BothWays {
            forwards: direction != Some("backward"),
            backwards: direction != Some("forward"),
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crew_opens_gates_and_movable_bollards_and_stops_at_fixed_ones() {
        let bollard = ("barrier", "bollard");
        for (pairs, expected) in [
            (&[("barrier", "gate")][..], Some(Barrier::Gate)),
            (
                &[("barrier", "lift_gate"), ("emergency", "yes")],
                Some(Barrier::EmergencyGate),
            ),
            (
                &[("barrier", "gate"), ("emergency", "no")],
                Some(Barrier::Blocked),
            ),
            (&[bollard], Some(Barrier::Blocked)),
            (
                &[bollard, ("bollard", "removable")],
                Some(Barrier::EmergencyGate),
            ),
            (&[bollard, ("access", "yes")], None),
            (
                &[bollard, ("access", "private")],
                Some(Barrier::PrivateGate),
            ),
            (
                &[bollard, ("access", "emergency")],
                Some(Barrier::EmergencyGate),
            ),
            (
                &[("barrier", "lift_gate"), ("psv", "no;emergency")],
                Some(Barrier::EmergencyGate),
            ),
            (
                &[("barrier", "gate"), ("access", "permissive")],
                Some(Barrier::Gate),
            ),
            (
                &[("barrier", "gate"), ("access", "private")],
                Some(Barrier::PrivateGate),
            ),
            // The words are those of ways: who delivers has business there, and a call is one.
            (
                &[("barrier", "gate"), ("access", "delivery")],
                Some(Barrier::Gate),
            ),
            (&[bollard, ("access", "official")], None),
            (
                &[("barrier", "gate"), ("motorcar", "private")],
                Some(Barrier::PrivateGate),
            ),
            (
                &[
                    ("barrier", "gate"),
                    ("access", "private"),
                    ("motorcar", "no"),
                ],
                Some(Barrier::PrivateGate),
            ),
            (&[bollard, ("motorcar", "no")], Some(Barrier::Blocked)),
            (
                &[("barrier", "gate"), ("locked", "yes"), ("access", "yes")],
                Some(Barrier::LockedGate),
            ),
            (&[("barrier", "cattle_grid")], None),
            (&[("barrier", "cycle_barrier")], Some(Barrier::Blocked)),
            (&[("highway", "crossing")], None),
        ] {
            let found = barrier(&Tags::of(pairs), &mut NotUnderstood::default());
            assert_eq!(found, expected, "{pairs:?}");
        }
    }

    #[test]
    fn an_unknown_barrier_is_counted_and_taken_for_a_gate() {
        let mut odd = NotUnderstood::default();
        let found = barrier(&Tags::of(&[("barrier", "portcullis")]), &mut odd);
        assert_eq!(found, Some(Barrier::Gate));
        assert_eq!(odd.of("barrier", "portcullis"), 1);
    }

    #[test]
    fn lights_for_one_direction_do_not_stop_the_other() {
        let lights = |pairs: &[(&str, &str)]| control(&Tags::of(pairs));
        let (kind, holds) = lights(&[
            ("highway", "traffic_signals"),
            ("traffic_signals:direction", "backward"),
        ])
        .unwrap();
        assert_eq!(kind, Control::Signals);
        assert!(!holds.forwards && holds.backwards);
        let crossing = ("highway", "crossing");
        assert_eq!(lights(&[crossing]).unwrap().0, Control::Crossing);
        assert_eq!(lights(&[crossing, ("crossing", "unmarked")]), None);
        assert_eq!(lights(&[("highway", "stop")]), None);
    }
}
