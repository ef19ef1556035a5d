//! The account of an import as a person reads it.

use std::collections::BTreeMap;
use std::fmt;

use crate::cli::import::report::{Lengths, Report};
use crate::roads::osm::settlements::SettlementKind;
use crate::roads::osm::waters::WaterCounts;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            read,
            ways,
            restrictions,
            not_understood,
            network,
            stations,
            settlements,
            outline,
            access_barriers: waters,
            ..
        } = self;
        writeln!(
            f,
            "read        {} nodes ({} without a position), {} ways, {} relations",
            read.nodes, read.nodes_without_position, read.ways, read.relations
        )?;
        writeln!(
            f,
            "roads       {} of {} ways with a highway",
            ways.kept, ways.with_highway
        )?;
        for (reason, count) in &ways.dropped {
            writeln!(f, "            {count} dropped: {reason}")?;
        }
        if ways.points_missing > 0 {
            writeln!(
                f,
                "            {} points of roads are not in the file; the roads end there",
                ways.points_missing
            )?;
        }
        for (number, what) in [
            (ways.ferries_left_out, "ferries left out"),
            (
                ways.limits_at_junctions_left_out,
                "limits of size left out: posted where several roads meet",
            ),
            (
                read.duplicates,
                "elements left out: another has the same number",
            ),
        ] {
            if number > 0 {
                writeln!(f, "            {number} {what}")?;
            }
        }
        let applied: u64 = restrictions.applied.values().sum();
        writeln!(
            f,
            "turns       {applied} restrictions applied ({} forbidden ways through junctions)",
            network.forbidden_paths
        )?;
        for (reason, count) in &restrictions.left_out {
            writeln!(f, "            {count} left out: {reason}")?;
        }
        if !network.barriers.is_empty() {
            writeln!(f, "barriers    {}", listed(&network.barriers))?;
        }
        for (key, values) in &not_understood.0 {
            writeln!(f, "not understood  {key}: {}", most_frequent(values, SHOWN))?;
        }
        network.fmt(f)?;
        writeln!(
            f,
            "            km by surface: {}",
            kilometres(&network.km_by_surface)
        )?;
        writeln!(
            f,
            "            km by passage: {}",
            kilometres(&network.km_by_passage)
        )?;
        writeln!(
            f,
            "stations    {}, each assumed to have {} engines; {} named after the nearest settlement, {} \
             counted with a station within 150 m, {} without a position",
            stations.written,
            stations.engines_assumed_each,
            stations.named_after_a_settlement,
            stations.merged_with_a_station_nearby,
            stations.without_position
        )?;
        let kinds: Vec<String> = SettlementKind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind.word(), settlements.by_kind.get(kind.word())?)))
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        writeln!(
            f,
            "settlements {} ({}); {} without a name dropped",
            settlements.count,
            kinds.join(", "),
            settlements.unnamed_dropped
        )?;
        writeln!(
            f,
            "            residents from the map for {}, assumed for {} ({} not understood)",
            settlements.residents_from_the_map,
            settlements.residents_assumed,
            settlements.residents_not_understood
        )?;
        let towns = if settlements.towns.is_empty() {
            "none: towns.csv and demand.csv have no rows, write your own".to_owned()
        } else {
            let note = if settlements.towns_stand_in {
                " (largest settlements; the map has no town)"
            } else {
                ""
            };
            format!("{}{note}", settlements.towns.join(", "))
        };
        writeln!(f, "towns       {towns}")?;
        if let Some(outline) = outline {
            writeln!(
                f,
                "outline     {}; it holds {:.2}% of the connected roads",
                outline.source,
                outline.road_share * 100.0
            )?;
            if outline.taken_in > 0 {
                writeln!(
                    f,
                    "            {} settlements or stations just outside it taken in",
                    outline.taken_in
                )?;
            }
            for reason in &outline.not_used {
                writeln!(f, "            not otherwise: {reason}")?;
            }
        }
        if *waters != WaterCounts::default() {
            writeln!(
                f,
                "water       {} stretches of river and canal and {} areas that no location crosses to \
                 its road; left out: {} under ground, {} small, {} not complete in the file, {} outside",
                waters.rivers,
                waters.areas,
                waters.underground,
                waters.small,
                waters.incomplete,
                waters.outside
            )?;
        }
        writeln!(f, "source      {}", self.attribution)
    }
}

fn listed(counts: &BTreeMap<&'static str, u64>) -> String {
    let parts: Vec<String> = counts
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    parts.join(", ")
}

fn kilometres(lengths: &BTreeMap<&'static str, f64>) -> String {
    let parts: Vec<String> = lengths
        .iter()
        .map(|(word, km)| format!("{word} {km:.0}"))
        .collect();
    parts.join(", ")
}

/// How many values of one key the text shows; `import.json` has all.
const SHOWN: usize = 8;

/// The `shown` most frequent values first, and how many more there are.
pub(crate) fn most_frequent(values: &BTreeMap<String, u64>, shown: usize) -> String {
    let mut by_count: Vec<_> = values.iter().collect();
    by_count.sort_by_key(|(value, count)| (std::cmp::Reverse(**count), value.as_str()));
    let more = by_count.len().saturating_sub(shown);
    let mut words: Vec<String> = by_count
        .into_iter()
        .take(shown)
        .map(|(value, count)| match value.as_str() {
            "" => format!("no value ×{count}"),
            value => format!("`{value}` ×{count}"),
        })
        .collect();
    if more > 0 {
        words.push(format!("{more} more"));
    }
    words.join(", ")
}

impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "network     {:.1} km drivable, {:.1} km connected in both directions ({:.2}%)",
            self.drivable_km,
            self.connected_km,
            self.connected_share * 100.0
        )?;
        writeln!(
            f,
            "            {} nodes, {} links, {} of them one way; {:.0}% of the length has a posted \
             limit",
            self.nodes,
            self.links,
            self.links_one_way,
            self.with_posted_limit_share * 100.0
        )
    }
}
