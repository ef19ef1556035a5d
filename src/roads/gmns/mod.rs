//! The road graph as GMNS files (General Modeling Network Specification): `node.csv` with
//! `node_id,x_coord,y_coord` and `link.csv` with
//! `link_id,from_node_id,to_node_id,directed,length,facility_type,free_speed,geometry`.
//!
//! Units and coordinates are those that `config.csv` states; without it, lengths are metres, speeds km/h
//! and coordinates WGS 84, as `osm2gmns` writes them, and a column `coordinates` in either file says where
//! they are not. `geometry.csv` may hold the lines. What the words of others mean is said in `mapping.rs`;
//! lengths and lines are held against the nodes (`plausibility.rs`). Further columns say what else is known
//! of a road (`columns.rs`), and a table of our own which turns are forbidden (`restrictions.rs`). `basis` in
//! both files says how a row is known; a file without it is taken as observed.

mod account;
mod columns;
mod config;
mod geometry;
mod mapping;
mod plausibility;
mod restrictions;
mod write;

use std::collections::{HashMap, HashSet};

use petgraph::graph::NodeIndex;

use crate::basis::Basis;
use crate::files::Source;
use crate::geography::{LonLat, is_across_antimeridian, length_along};
use crate::language;
use crate::roads::graph::RoadGraph;
use crate::roads::passage::{Barrier, Passage};
use crate::roads::road::{BothWays, Junction, Road};
use crate::table::{Row, Table, TableError, UnusedColumns};
use crate::units::Metres;

use columns::{LINK_COLUMNS, NODE_COLUMNS};
use config::Config;
use geometry::Geometries;
use mapping::{Mapping, Use};
use plausibility::Measured;

pub use account::{Account, NetworkNote, Units};
pub use columns::to_decimetres;
pub use mapping::USUAL as USUAL_MAPPING;
pub use plausibility::ROUNDING;
pub use write::write;

/// The files of a network; those after the second may be missing.
pub const FILES: [&str; 6] = [
    "node.csv",
    "link.csv",
    restrictions::FILE,
    config::FILE,
    geometry::FILE,
    mapping::FILE,
];

/// The roads of a folder, for whoever needs no account of them.
///
/// # Errors
/// As [`read_with_account`].
pub fn read(folder: &Source) -> Result<RoadGraph, TableError> {
    read_with_account(folder).map(|(roads, _)| roads)
}

/// Reads the tables of a folder, and says how.
///
/// # Errors
/// When a file is missing, a row cannot be used, a link names a node that is not there, or lengths and lines
/// cannot be right.
pub fn read_with_account(folder: &Source) -> Result<(RoadGraph, Account), TableError> {
    let mapping = Mapping::of(folder)?;
    let config = Config::of(folder)?;
    let mut account = Account {
        units: config.unusual(),
        ..Account::default()
    };
    let nodes = Table::read(&folder.join("node.csv"), &NODE_COLUMNS)?;
    let mut graph = RoadGraph::default();
    let node_of = read_nodes(&nodes, &config, &mapping, &mut graph, &mut account)?;
    let unused_of_nodes = nodes.unused();
    // Large networks fill the memory: one table at a time.
    drop(nodes);

    let of_class = mapping.class_columns();
    let optional: Vec<&str> = LINK_COLUMNS
        .optional
        .iter()
        .chain(&of_class)
        .copied()
        .collect();
    let links = Table::read(&folder.join("link.csv"), &LINK_COLUMNS.and(&optional))?;
    let unused = [("node.csv", unused_of_nodes), ("link.csv", links.unused())];
    // Their names alone: the account is kept for the same tables in another folder too.
    let unused = unused.into_iter().filter_map(|(file, unused)| {
        Some(UnusedColumns {
            file: file.to_owned(),
            ..unused?
        })
    });
    account.columns_unused.extend(unused);
    if !links.has_column("dir_flag") {
        links.require_columns(&["directed"])?;
    }
    links.require_rows("each row is a road between two nodes")?;
    let geometries = Geometries::of(folder)?;
    let geometries = geometries.rows();
    let mut measured = Vec::new();
    let mut not_driven = HashSet::new();
    let mut languages: Vec<(&str, &str)> = links
        .header()
        .iter()
        .filter_map(|column| Some((column.as_str(), language::of_column(column)?)))
        .collect();
    languages.sort_unstable_by_key(|(_, language)| *language);
    links.each(&["link_id"], |row| {
        let end = |column: &str| -> Result<NodeIndex, TableError> {
            node_of
                .get(row.text(column)?)
                .copied()
                .ok_or_else(|| row.bad_value(column, "a node_id of node.csv"))
        };
        let ends = [end("from_node_id")?, end("to_node_id")?];
        let uses = mapping.allowed(row.optional("allowed_uses").unwrap_or(""));
        let word = mapping.class_word(row);
        let class = mapping.class(word);
        let (Some(road_class), Use::Everybody | Use::Emergency) = (class.class, uses) else {
            let by = if class.class.is_none() {
                word
            } else {
                row.optional("allowed_uses").unwrap_or("")
            };
            account::count(&mut account.not_driven, by);
            not_driven.insert(row.text("link_id")?.to_owned());
            return Ok(());
        };
        let mut basis = basis_or_observed(row)?;
        if !class.is_listed {
            account::count(&mut account.class_by_default, word);
            basis = basis.max(Basis::Assumed);
        }
        let positions = ends.map(|node| graph.junction(node).position);
        let line = geometry::line(row, &geometries, &config)?;
        let line = line.map(|line| in_direction(line, positions, row, &mut account));
        let whole = whole_line(line.as_deref(), positions);
        let length = match row.optional("length") {
            Some(_) => Metres(row.non_negative("length")? * config.long.size),
            // A straight line says less than the road is long.
            None if whole.len() > 2 => {
                account.lengths_measured += 1;
                basis = basis.max(Basis::Estimated);
                length_along(&whole)
            }
            None => {
                links.require_columns(&["length"])?;
                return Err(
                    row.bad_value("length", "filled in, or a line with bends in `geometry`")
                );
            }
        };
        let mut road = Road {
            passage: if directed(row, &mut account)? {
                Road::one_way(road_class)
            } else {
                BothWays::same(Passage::Open)
            },
            name: row.optional("name").unwrap_or_default().to_owned(),
            names: languages
                .iter()
                .filter_map(|(column, language)| Some((language, row.optional(column)?)))
                .map(|(language, name)| ((*language).to_owned(), name.to_owned()))
                .collect(),
            free_speed: BothWays::same(columns::speed(row, "free_speed", &config)?),
            shape: whole[1..whole.len() - 1].to_vec(),
            basis,
            ..Road::plain(row.text("link_id")?.to_owned(), ends, road_class, length)
        };
        columns::read(row, &config, &mut road)?;
        if uses == Use::Emergency && road.passage.forwards == Passage::Open {
            road.passage.forwards = Passage::Emergency;
            if road.passage.backwards == Passage::Open {
                road.passage.backwards = Passage::Emergency;
            }
        }
        let link = measure(row, &road, positions, line.as_deref(), &whole);
        account.shorter_than_straight += u64::from(link.is_short());
        measured.push(link);
        graph.add_road(road);
        Ok(())
    })?;
    if graph.roads().is_empty() {
        return Err(TableError::NoRows {
            file: links.file().to_owned(),
            hint: "none of its links is a road for engines, by `facility_type` and `allowed_uses`; say in \
                   mapping.toml beside it what their words mean (data/mappings/gmns.toml is an example)"
                .to_owned(),
        });
    }
    plausibility::check(links.file(), &measured, config.long)?;
    account.restrictions_left_out = restrictions::read(folder, &mut graph, &not_driven)?;
    Ok((graph, account))
}

/// Adds the junctions of `node.csv`, and tells which is which.
fn read_nodes(
    nodes: &Table,
    config: &Config,
    mapping: &Mapping,
    graph: &mut RoadGraph,
    account: &mut Account,
) -> Result<HashMap<String, NodeIndex>, TableError> {
    if !nodes.has_column("geometry") {
        nodes.require_columns(&["x_coord", "y_coord"])?;
    }
    nodes.require_rows("each row is a junction: node_id,x_coord,y_coord")?;
    let mut node_of = HashMap::with_capacity(nodes.rows().len());
    let mut first = None;
    nodes.each(&["node_id"], |row| {
        let id = row.text("node_id")?;
        let position = match (row.optional("x_coord"), row.optional("geometry")) {
            (None, Some(text)) => geometry::point(row, text, config)?,
            _ => config.position(row, ["x_coord", "y_coord"])?,
        };
        if is_across_antimeridian([position, *first.get_or_insert(position)]) {
            let right = "on the same side of the meridian of 180° as the first node: nothing is \
                         measured across it";
            return Err(row.bad_value("x_coord", right));
        }
        let word = row.optional("ctrl_type").unwrap_or("");
        let control = mapping.control(word).unwrap_or_else(|()| {
            account::count(&mut account.controls, word);
            None
        });
        let node = graph.add_junction(Junction {
            id: id.to_owned(),
            position,
            control,
            barrier: row.parse_optional("barrier", &Barrier::known())?,
            limits: columns::limits(row, config)?,
            basis: basis_or_observed(row)?,
        });
        node_of.insert(id.to_owned(), node);
        Ok(())
    })?;
    Ok(node_of)
}

fn basis_or_observed(row: &Row<'_>) -> Result<Basis, TableError> {
    row.optional("basis")
        .map_or(Ok(Basis::Observed), |_| row.basis())
}

/// Whether a link is one way.
///
/// `osm2gmns` before version 1 has no such column, and a link for each direction.
fn directed(row: &Row<'_>, account: &mut Account) -> Result<bool, TableError> {
    let Some(text) = row.optional("directed") else {
        return match row.optional("dir_flag") {
            Some("0") => Ok(false),
            _ if !row.has_column("directed") => {
                account.one_way_by_default += 1;
                Ok(true)
            }
            _ => Err(row.bad_value("directed", "1 (one way) or 0 (both ways)")),
        };
    };
    match text.to_ascii_lowercase().as_str() {
        "1" | "1.0" | "true" | "t" | "yes" => Ok(true),
        "0" | "0.0" | "false" | "f" | "no" => Ok(false),
        _ => Err(row.bad_value("directed", "1 (one way) or 0 (both ways)")),
    }
}

/// A line in the order in which its link runs: `dir_flag` is −1 where it is drawn the other way, and others do
/// so without saying.
fn in_direction(
    mut line: Vec<LonLat>,
    [from, to]: [LonLat; 2],
    row: &Row<'_>,
    account: &mut Account,
) -> Vec<LonLat> {
    let off = |a: LonLat, b: LonLat| a.distance(from).0.max(b.distance(to).0);
    let (first, last) = (line[0], line[line.len() - 1]);
    let is_said = matches!(row.optional("dir_flag"), Some("-1" | "-1.0"));
    let is_backwards = match off(first, last).total_cmp(&off(last, first)) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => is_said,
        std::cmp::Ordering::Greater => true,
    };
    if is_backwards {
        line.reverse();
        account.drawn_backwards += u64::from(!is_said);
    }
    line
}

/// The line from node to node: what is drawn between its own ends.
fn whole_line(line: Option<&[LonLat]>, [from, to]: [LonLat; 2]) -> Vec<LonLat> {
    let between = line.map_or(&[][..], |line| &line[1..line.len() - 1]);
    let mut whole = vec![from];
    whole.extend(between);
    whole.push(to);
    whole
}

fn measure(
    row: &Row<'_>,
    road: &Road,
    [from, to]: [LonLat; 2],
    line: Option<&[LonLat]>,
    whole: &[LonLat],
) -> Measured {
    let off = line.map_or(0.0, |line| {
        let (first, last) = (line[0], line[line.len() - 1]);
        first.distance(from).0.max(last.distance(to).0)
    });
    Measured {
        line: row.line,
        id: road.id.clone(),
        length: road.length,
        straight: from.distance(to),
        drawn: length_along(whole),
        has_bends: !road.shape.is_empty(),
        off: Metres(off),
    }
}

#[cfg(test)]
mod others_tests;
#[cfg(test)]
mod tests;
