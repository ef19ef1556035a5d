//! Forbidden turns as a table: `turn_restriction.csv` with `restriction_id,links`, where `links`
//! names the links in the order in which they must not be driven, each with `+` (from its first
//! node to its last) or `-` (the other way): `17+ 18-`. `binds` is `engines` where the restriction names
//! emergency vehicles, which no exemption of theirs opens, and else `traffic` or empty.
//!
//! GMNS lists the movements that are allowed, junction by junction, and cannot say that a way over
//! several links is forbidden; hence a table of our own. A network without it forbids nothing.

use std::collections::{HashMap, HashSet};

use crate::files::Source;
use crate::roads::graph::RoadGraph;
use crate::roads::road::{Direction, RoadId, TurnRestriction};
use crate::table::{Columns, Row, Table, TableError, field};

pub(super) const FILE: &str = "turn_restriction.csv";

/// Reads the table, and says how many of its restrictions lead over a link that is `not_driven`: nobody drives
/// there, so that nothing is forbidden.
pub(super) fn read(
    folder: &Source,
    roads: &mut RoadGraph,
    not_driven: &HashSet<String>,
) -> Result<u64, TableError> {
    let file = folder.join(FILE);
    if !file.is_there() {
        return Ok(0);
    }
    let table = Table::read(
        &file,
        &Columns::of(&["restriction_id", "links"]).and(&["binds"]),
    )?;
    let road_of: HashMap<String, RoadId> = roads
        .roads()
        .iter()
        .map(|road| road.id.clone())
        .zip((0..).map(RoadId))
        .collect();
    let restrictions = table.each(&[], |row| {
        let path = path(row, roads, &road_of, not_driven)?;
        let restriction = |path| -> Result<TurnRestriction, TableError> {
            Ok(TurnRestriction {
                id: row.text("restriction_id")?.to_owned(),
                path,
                binds_engines: match row.optional("binds") {
                    None | Some("traffic") => false,
                    Some("engines") => true,
                    Some(_) => return Err(row.bad_value("binds", "engines, traffic or empty")),
                },
            })
        };
        path.map(restriction).transpose()
    })?;
    let mut left_out = 0;
    for restriction in restrictions {
        match restriction {
            Some(restriction) => roads.add_restriction(restriction),
            None => left_out += 1,
        }
    }
    Ok(left_out)
}

/// The directions of road that a restriction names, or `None` where one of them is `not_driven`.
fn path(
    row: &Row<'_>,
    roads: &RoadGraph,
    road_of: &HashMap<String, RoadId>,
    not_driven: &HashSet<String>,
) -> Result<Option<Vec<Direction>>, TableError> {
    let bad = || {
        row.bad_value(
            "links",
            "two or more link_ids of link.csv, each with + or - and each beginning where the one \
             before it ends, such as `17+ 18-`",
        )
    };
    let links = row.text("links")?;
    let named = links.split_whitespace();
    let mut named = named.filter_map(|link| link.strip_suffix(['+', '-']));
    if named.any(|id| not_driven.contains(id)) {
        return Ok(None);
    }
    let path: Option<Vec<Direction>> = links
        .split_whitespace()
        .map(|link| {
            let (id, forwards) = match (link.strip_suffix('+'), link.strip_suffix('-')) {
                (Some(id), _) => (id, true),
                (None, Some(id)) => (id, false),
                (None, None) => return None,
            };
            Some(Direction {
                road: *road_of.get(id)?,
                forwards,
            })
        })
        .collect();
    let path = path.filter(|path| path.len() >= 2).ok_or_else(bad)?;
    let joined = path
        .array_windows()
        .all(|[a, b]| roads.road(a.road).head(a.forwards) == roads.road(b.road).tail(b.forwards));
    if joined { Ok(Some(path)) } else { Err(bad()) }
}

/// The content of the table, or `None` where nothing is forbidden.
pub(super) fn text(roads: &RoadGraph) -> Option<String> {
    if roads.restrictions().is_empty() {
        return None;
    }
    let is_written = roads.restrictions().iter().any(|r| r.binds_engines);
    let mut text = String::from("restriction_id,links");
    text += if is_written { ",binds\n" } else { "\n" };
    for restriction in roads.restrictions() {
        let TurnRestriction {
            id,
            path,
            binds_engines,
        } = restriction;
        let links: Vec<String> = path
            .iter()
            .map(|direction| {
                let sign = if direction.forwards { '+' } else { '-' };
                format!("{}{sign}", roads.road(direction.road).id)
            })
            .collect();
        text += &format!("{},{}", field(id), field(&links.join(" ")));
        if is_written {
            text += if *binds_engines { ",engines" } else { "," };
        }
        text.push('\n');
    }
    Some(text)
}
