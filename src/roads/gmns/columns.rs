//! The columns of `link.csv` and `node.csv` beyond those that every reader of GMNS knows: how each is
//! written, when it is needed, and how it is read.
//!
//! `lanes` and `ctrl_type` are GMNS's own; the others are ours. A network in which no road or no
//! junction has anything to say in a column is written without it.

use std::fmt::Display;

use crate::roads::gmns::config::{Config, Unit};
use crate::roads::passage::{DrivingSide, Passage, Structure};
use crate::roads::road::{BothWays, Junction, Road, SizeLimits};
use crate::roads::surface::{Smoothness, Surface};
use crate::table::{Columns, Others, Row, TableError};
use crate::units::{KmPerHour, Metres, Tonnes};

/// What a table of nodes has, `geometry` in place of its coordinates.
pub(super) const NODE_COLUMNS: Columns<'_> = Columns {
    required: &["node_id"],
    optional: &[
        "x_coord",
        "y_coord",
        "geometry",
        "ctrl_type",
        "barrier",
        "max_height",
        "max_weight",
        "max_width",
        "max_axle_load",
        "max_length",
        "basis",
        // Of the specification, and not used.
        "name",
        "z_coord",
        "node_type",
        "zone_id",
        "parent_node_id",
    ],
    others: Others::Unused,
};

/// What a table of links has, beside the columns of its class.
pub(super) const LINK_COLUMNS: Columns<'_> = Columns {
    required: &["link_id", "from_node_id", "to_node_id"],
    optional: &[
        "directed",
        "dir_flag",
        "length",
        "facility_type",
        "link_type_name",
        "allowed_uses",
        "name",
        "free_speed",
        "geometry",
        "geometry_id",
        "forward_access",
        "backward_access",
        "free_speed_back",
        "lanes",
        "surface",
        "width",
        "max_height",
        "max_weight",
        "max_width",
        "structure",
        "signals",
        "signals_back",
        "crossings",
        "crossings_back",
        "signals_at",
        "signals_back_at",
        "crossings_at",
        "crossings_back_at",
        "smoothness",
        "max_axle_load",
        "max_length",
        "driving_side",
        "basis",
        // Of the specification, and not used.
        "parent_link_id",
        "grade",
        "capacity",
        "bike_facility",
        "ped_facility",
        "parking",
        "toll",
        "jurisdiction",
        "row_width",
    ],
    others: Others::Unused,
};

/// A column that is written when some road, or some junction, has a value for it.
pub(super) struct Column<T> {
    pub name: &'static str,
    /// What stands in it for one of them, empty where there is nothing to say.
    pub value: fn(&T) -> String,
}

/// The columns of `node.csv` that are written where they are needed, in their order.
pub(super) const OF_NODES: [Column<Junction>; 7] = [
    Column {
        name: "ctrl_type",
        value: |junction| text(junction.control),
    },
    Column {
        name: "barrier",
        value: |junction| text(junction.barrier),
    },
    Column {
        name: "max_height",
        value: |junction| text(junction.limits.height.map(|height| height.0)),
    },
    Column {
        name: "max_weight",
        value: |junction| text(junction.limits.weight.map(|weight| weight.0)),
    },
    Column {
        name: "max_width",
        value: |junction| text(junction.limits.width.map(|width| width.0)),
    },
    Column {
        name: "max_axle_load",
        value: |junction| text(junction.limits.axle_load.map(|load| load.0)),
    },
    Column {
        name: "max_length",
        value: |junction| text(junction.limits.length.map(|length| length.0)),
    },
];

/// The columns of `link.csv` that are written where they are needed, in their order.
pub(super) const OF_LINKS: [Column<Road>; 18] = [
    Column {
        name: "forward_access",
        value: |road| unless(road.passage.forwards, Passage::Open),
    },
    Column {
        name: "backward_access",
        value: |road| unless(road.passage.backwards, usual_backwards(road)),
    },
    Column {
        name: "free_speed_back",
        value: |road| match road.free_speed {
            BothWays {
                forwards,
                backwards,
            } if forwards == backwards => String::new(),
            both => both
                .backwards
                .map_or_else(|| NO_LIMIT.to_owned(), |speed| speed.0.to_string()),
        },
    },
    Column {
        name: "lanes",
        value: |road| text(road.lanes),
    },
    Column {
        name: "surface",
        value: |road| text(road.surface),
    },
    Column {
        name: "smoothness",
        value: |road| text(road.smoothness),
    },
    Column {
        name: "width",
        value: |road| text(road.width.map(|width| width.0)),
    },
    Column {
        name: "max_height",
        value: |road| text(road.limits.height.map(|height| height.0)),
    },
    Column {
        name: "max_weight",
        value: |road| text(road.limits.weight.map(|weight| weight.0)),
    },
    Column {
        name: "max_width",
        value: |road| text(road.limits.width.map(|width| width.0)),
    },
    Column {
        name: "max_axle_load",
        value: |road| text(road.limits.axle_load.map(|load| load.0)),
    },
    Column {
        name: "max_length",
        value: |road| text(road.limits.length.map(|length| length.0)),
    },
    Column {
        name: "structure",
        value: |road| text(road.structure),
    },
    Column {
        name: "driving_side",
        value: |road| unless(road.side, DrivingSide::Right),
    },
    Column {
        name: "signals_at",
        value: |road| listed(&road.signals.forwards),
    },
    Column {
        name: "signals_back_at",
        value: |road| listed(&road.signals.backwards),
    },
    Column {
        name: "crossings_at",
        value: |road| listed(&road.crossings.forwards),
    },
    Column {
        name: "crossings_back_at",
        value: |road| listed(&road.crossings.backwards),
    },
];

/// What `free_speed_back` says where a limit is posted forwards only.
const NO_LIMIT: &str = "none";

fn text(value: Option<impl Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn unless<T: PartialEq + Display>(value: T, usual: T) -> String {
    if value == usual {
        String::new()
    } else {
        value.to_string()
    }
}

/// Places along a link, in metres from its first node: `12.5 80`.
fn listed(places: &[Metres]) -> String {
    let metres: Vec<String> = places.iter().map(|place| place.0.to_string()).collect();
    metres.join(" ")
}

/// Who may drive backwards along a road of which only `directed` is known.
fn usual_backwards(road: &Road) -> Passage {
    if road.is_one_way() {
        Road::one_way(road.class).backwards
    } else {
        Passage::Open
    }
}

/// Reads all of them into `road`, of which the class, `free_speed` and (from `directed`) the
/// passage are known.
///
/// # Errors
/// When a value is out of range or no word of its column.
pub(super) fn read(row: &Row<'_>, config: &Config, road: &mut Road) -> Result<(), TableError> {
    let directed = road.is_one_way();
    if let Some(forwards) = row.parse_optional("forward_access", &Passage::known())? {
        road.passage.forwards = forwards;
    }
    if let Some(backwards) = row.parse_optional::<Passage>("backward_access", &Passage::known())? {
        road.passage.backwards = backwards;
        if road.is_one_way() != directed && road.passage.forwards.is_regular() {
            let right = if directed {
                "against_one_way or closed where `directed` is 1"
            } else {
                "open or emergency where `directed` is 0"
            };
            return Err(row.bad_value("backward_access", right));
        }
    }
    road.free_speed.backwards = match row.optional("free_speed_back") {
        None => road.free_speed.forwards,
        Some(NO_LIMIT) => None,
        Some(_) => speed(row, "free_speed_back", config)?,
    };
    road.lanes = lanes(row)?;
    road.surface = row.parse_optional("surface", &Surface::known())?;
    road.smoothness = row.parse_optional("smoothness", &Smoothness::known())?;
    road.width = positive(row, "width", 200.0, config.short.size)?.map(Metres);
    road.limits = limits(row, config)?;
    road.structure = row.parse_optional("structure", &Structure::known())?;
    road.side = row
        .parse_optional("driving_side", &DrivingSide::known())?
        .unwrap_or(DrivingSide::Right);
    let whole = road.length;
    let both = |forwards, backwards| -> Result<BothWays<Vec<Metres>>, TableError> {
        Ok(BothWays {
            forwards: places(row, forwards, whole, config.long)?,
            backwards: places(row, backwards, whole, config.long)?,
        })
    };
    road.signals = both("signals", "signals_back")?;
    road.crossings = both("crossings", "crossings_back")?;
    Ok(())
}

/// Where lights or crossings stand along a link: as the column `{counted}_at` says, or, where there is only
/// their number in `counted`, evenly spread. They are measured as the length of the link is.
fn places(
    row: &Row<'_>,
    counted: &str,
    whole: Metres,
    unit: Unit,
) -> Result<Vec<Metres>, TableError> {
    let column = format!("{counted}_at");
    let Some(text) = row.optional(&column) else {
        let right = "a whole number up to 255, or empty";
        let count = row.parse_optional::<u8>(counted, right)?.unwrap_or(0);
        let even = |number: u8| whole.0 * f64::from(number) / (f64::from(count) + 1.0);
        return Ok((1..=count)
            .map(|number| to_decimetres(even(number)))
            .collect());
    };
    let place = |text: &str| {
        let metres = text.parse::<f64>().ok()? * unit.size;
        // As far as rounding of the length goes.
        ((0.0..=whole.0 + 0.1).contains(&metres)).then(|| to_decimetres(metres))
    };
    let places: Option<Vec<Metres>> = text.split_whitespace().map(place).collect();
    let mut places = places.ok_or_else(|| {
        let right = format!(
            "distances from the first node in {}, as `length` is, none beyond it, with blanks between: `12.5 80`",
            unit.word
        );
        row.bad_value(&column, &right)
    })?;
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(places)
}

/// As places along a link are written.
pub fn to_decimetres(metres: f64) -> Metres {
    Metres((metres * 10.0).round() / 10.0)
}

/// The limits of size of a link or a node.
///
/// # Errors
/// When one is out of range.
pub(super) fn limits(row: &Row<'_>, config: &Config) -> Result<SizeLimits, TableError> {
    let metres = config.short.size;
    Ok(SizeLimits {
        height: positive(row, "max_height", 100.0, metres)?.map(Metres),
        weight: positive(row, "max_weight", 1000.0, 1.0)?.map(Tonnes),
        width: positive(row, "max_width", 200.0, metres)?.map(Metres),
        axle_load: positive(row, "max_axle_load", 1000.0, 1.0)?.map(Tonnes),
        length: positive(row, "max_length", 200.0, metres)?.map(Metres),
    })
}

/// A speed, or `None` where the field is empty, or 0 as others write what is not known.
///
/// # Errors
/// When it is no number between 1 and 300 km/h.
pub(super) fn speed(
    row: &Row<'_>,
    column: &str,
    config: &Config,
) -> Result<Option<KmPerHour>, TableError> {
    if row.optional(column).is_none() {
        return Ok(None);
    }
    let speed = row.non_negative(column)? * config.speed.size;
    if speed == 0.0 {
        return Ok(None);
    }
    if (1.0..=300.0).contains(&speed) {
        return Ok(Some(KmPerHour(speed)));
    }
    let unit = config.speed.word;
    let right = if unit == "kph" {
        "a speed between 1 and 300 km/h, or empty".to_owned()
    } else {
        format!("a speed between 1 and 300 km/h, in {unit} as config.csv states, or empty")
    };
    Err(row.bad_value(column, &right))
}

/// Lanes, which tables may write as `2.0`, and 0 where none is known.
fn lanes(row: &Row<'_>) -> Result<Option<u8>, TableError> {
    let Some(text) = row.optional("lanes") else {
        return Ok(None);
    };
    match text.parse::<f64>() {
        Ok(lanes) if lanes.fract() == 0.0 && (0.0..=255.0).contains(&lanes) => {
            Ok(Some(lanes as u8).filter(|lanes| *lanes > 0))
        }
        _ => Err(row.bad_value("lanes", "a whole number of lanes up to 255")),
    }
}

/// A number in units of so many metres (or tonnes), and at most so many of them.
fn positive(row: &Row<'_>, column: &str, most: f64, unit: f64) -> Result<Option<f64>, TableError> {
    if row.optional(column).is_none() {
        return Ok(None);
    }
    match row.non_negative(column)? * unit {
        value if value > 0.0 && value <= most => Ok(Some(value)),
        _ => Err(row.bad_value(
            column,
            &format!("a number above 0 and at most {}, or empty", most / unit),
        )),
    }
}
