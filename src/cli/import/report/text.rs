//! The account of an import as a person reads it.

use std::collections::BTreeMap;
use std::fmt;

use crate::cli::console::{counted, number_of};
use crate::cli::import::report::lists::where_any;
use crate::cli::import::report::{Lengths, Report};
use crate::roads::osm::waters::WaterCounts;

/// A part of the page: its head, and its lines.
type Part = (&'static str, Vec<String>);

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: [Part; 6] = [
            ("read", self.was_read()),
            ("kept", self.was_kept()),
            ("dropped", self.was_dropped()),
            ("assumed", self.was_assumed()),
            ("not understood", self.was_not_understood()),
            ("source", vec![self.attribution.to_owned()]),
        ];
        for (head, lines) in parts {
            let lines = match lines.is_empty() {
                true => vec!["nothing".to_owned()],
                false => lines,
            };
            for (number, line) in lines.iter().enumerate() {
                let head = if number == 0 { head } else { "" };
                writeln!(f, "{head:<15} {line}")?;
            }
        }
        Ok(())
    }
}

impl Report {
    fn was_read(&self) -> Vec<String> {
        let read = &self.read;
        let mut lines = vec![format!(
            "{} ({} without a position), {}, {}",
            counted(read.nodes as usize, "node"),
            read.nodes_without_position,
            counted(read.ways as usize, "way"),
            counted(read.relations as usize, "relation")
        )];
        let placed = [
            "point placed by the ways over it",
            "points placed by the ways over them",
        ];
        lines.extend(where_any(&[(read.placed_by_ways, placed)]));
        lines
    }

    fn was_kept(&self) -> Vec<String> {
        let Self {
            ways,
            restrictions,
            network,
            stations,
            people,
            ..
        } = self;
        let mut lines = vec![format!(
            "{} of {} with a highway",
            ways.kept,
            counted(ways.with_highway as usize, "way")
        )];
        lines.extend(network.lines());
        lines.push(format!(
            "km by surface: {}",
            kilometres(&network.km_by_surface)
        ));
        lines.push(format!(
            "km by passage: {}",
            kilometres(&network.km_by_passage)
        ));
        for too_large in &self.too_large_for {
            lines.extend(too_large.lines());
        }
        let applied: u64 = restrictions.applied.values().sum();
        lines.push(format!(
            "{} ({} through junctions)",
            counted(applied as usize, "turn restriction"),
            counted(network.forbidden_paths, "forbidden way")
        ));
        if !network.barriers.is_empty() {
            lines.push(format!("barriers: {}", listed(&network.barriers)));
        }
        lines.push(format!(
            "{}; {} named after the nearest settlement, {} counted with a station within 150 m",
            counted(stations.written, "station"),
            stations.named_after_a_settlement,
            stations.merged_with_a_station_nearby
        ));
        lines.extend(people.kept());
        if let Some(outline) = &self.outline {
            lines.push(format!(
                "outline: {}; it holds {:.2}% of the connected roads",
                outline.source,
                outline.road_share * 100.0
            ));
        }
        let waters = &self.access_barriers;
        if *waters != WaterCounts::default() {
            lines.push(format!(
                "{} and {} that no location crosses to its road",
                number_of(
                    waters.rivers as u64,
                    ["stretch of river or canal", "stretches of river and canal"]
                ),
                number_of(waters.areas as u64, ["area of water", "areas of water"])
            ));
        }
        lines
    }

    fn was_dropped(&self) -> Vec<String> {
        let Self {
            read,
            ways,
            restrictions,
            stations,
            people,
            access_barriers: waters,
            ..
        } = self;
        let dropped = ways.dropped.iter().filter(|(_, count)| **count > 0);
        let mut lines: Vec<String> = dropped
            .map(|(reason, count)| format!("{}: {reason}", counted(*count as usize, "way")))
            .collect();
        lines.extend(self.dropped.lines());
        let left_out = restrictions.left_out.iter();
        lines.extend(left_out.map(|(reason, count)| {
            format!("{}: {reason}", counted(*count as usize, "turn restriction"))
        }));
        lines.extend(where_any(&[
            (
                read.deleted,
                ["element that is deleted", "elements that are deleted"],
            ),
            (
                read.old_versions,
                [
                    "element of which the file holds a higher version",
                    "elements of which the file holds a higher version",
                ],
            ),
            (
                read.duplicates,
                [
                    "element left out: another has the same number and version",
                    "elements left out: another has the same number and version",
                ],
            ),
            (ways.ferries_left_out, ["ferry", "ferries"]),
            (
                ways.points_missing,
                [
                    "point of a road is not in the file; the road ends there",
                    "points of roads are not in the file; the roads end there",
                ],
            ),
            (
                ways.limits_at_junctions_left_out,
                [
                    "limit of size posted where several roads meet",
                    "limits of size posted where several roads meet",
                ],
            ),
            (
                stations.without_position,
                ["station without a position", "stations without a position"],
            ),
            (
                people.unnamed_dropped(),
                ["settlement without a name", "settlements without a name"],
            ),
            (
                waters.underground,
                ["water under ground", "waters under ground"],
            ),
            (waters.small, ["small water", "small waters"]),
            (
                waters.incomplete,
                [
                    "water that is not complete in the file",
                    "waters that are not complete in the file",
                ],
            ),
            (waters.outside, ["water outside", "waters outside"]),
        ]));
        lines.extend(people.dropped());
        lines
    }

    fn was_assumed(&self) -> Vec<String> {
        let Self {
            stations,
            people,
            driving_side,
            ..
        } = self;
        let mut lines = vec![format!(
            "{} on duty at all hours, with {} each",
            counted(
                stations.written - stations.crews_called_by_name_or_operator,
                "station"
            ),
            counted(stations.engines_assumed_each as usize, "engine")
        )];
        lines.extend(people.assumed());
        if stations.crews_called_by_name_or_operator > 0 {
            lines.push(format!(
                "{} with a crew called from home, as name or operator say, and {} each",
                counted(stations.crews_called_by_name_or_operator, "station"),
                counted(stations.engines_assumed_of_each_of_these as usize, "engine")
            ));
        }
        if stations.sites_proposed > 0 {
            lines.push(format!(
                "{} proposed in candidates.csv, in the largest towns, as no station stands",
                counted(stations.sites_proposed, "site")
            ));
        }
        lines.extend(driving_side.ways.iter().map(|of| {
            format!(
                "traffic keeps {} on {}, {}",
                of.side,
                counted(of.ways as usize, "way"),
                of.source
            )
        }));
        let not_used = driving_side.areas_not_used.iter();
        lines.extend(not_used.map(|area| format!("that is not taken from an area: {area}")));
        let contradictions = driving_side.contradictions.iter();
        lines.extend(contradictions.map(|area| format!("warning: {area}")));
        if let Some(outline) = &self.outline {
            if outline.taken_in > 0 {
                lines.push(format!(
                    "{} just outside the outline taken in",
                    number_of(
                        outline.taken_in as u64,
                        ["settlement or station", "settlements or stations"]
                    )
                ));
            }
            let reasons = outline.not_used.iter();
            lines.extend(reasons.map(|reason| format!("the outline is no other: {reason}")));
        }
        lines
    }

    fn was_not_understood(&self) -> Vec<String> {
        let mut keys: Vec<(&String, &BTreeMap<String, u64>)> =
            self.not_understood.0.iter().collect();
        keys.sort_by_key(|(_, values)| std::cmp::Reverse(values.values().sum::<u64>()));
        let more = keys.len().saturating_sub(KEYS_SHOWN);
        let mut lines: Vec<String> = keys
            .into_iter()
            .take(KEYS_SHOWN)
            .map(|(key, values)| format!("{key}: {}", most_frequent(values, SHOWN)))
            .collect();
        if more > 0 {
            lines.push(format!("and {}, in import.json", counted(more, "more key")));
        }
        lines.extend(self.people.not_understood());
        lines
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

/// How many values of one key, and how many keys, the text shows; `import.json` has all.
const SHOWN: usize = 8;
const KEYS_SHOWN: usize = 12;

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

impl Lengths {
    /// Lines of the text.
    pub(in crate::cli::import) fn lines(&self) -> Vec<String> {
        vec![
            format!(
                "{:.1} km drivable, {:.1} km connected in both directions ({:.2}%)",
                self.drivable_km,
                self.connected_km,
                self.connected_share * 100.0
            ),
            format!(
                "{}, {}, {} of them one way; {:.0}% of the length has a posted limit",
                counted(self.nodes, "node"),
                counted(self.links, "link"),
                self.links_one_way,
                self.with_posted_limit_share * 100.0
            ),
        ]
    }
}
