//! Lengths and lines held against the positions of the nodes: no road is shorter than the straight line between
//! its ends, and none is drawn elsewhere.

use crate::roads::gmns::config::{LENGTHS, Unit};
use crate::table::TableError;
use crate::units::Metres;

/// A link as its row and its nodes give it.
pub(super) struct Measured {
    /// In `link.csv`.
    pub line: u64,
    pub id: String,
    pub length: Metres,
    /// Between its nodes, as the crow flies.
    pub straight: Metres,
    /// Along its line, or as the crow flies where it has none.
    pub drawn: Metres,
    /// Whether it has a line with bends.
    pub has_bends: bool,
    /// The farther of the ends of its line from its node.
    pub off: Metres,
}

impl Measured {
    /// Whether its length is shorter than the straight line by more than roundings.
    pub(super) fn is_short(&self) -> bool {
        self.straight.0 - self.length.0 > ROUNDING.0
    }

    fn ratio(&self) -> f64 {
        self.length.0 / self.drawn.0
    }

    /// What cannot be right about it.
    fn problem(&self) -> Option<String> {
        let Self {
            line,
            id,
            length,
            straight,
            drawn,
            off,
            ..
        } = self;
        if *off > OFF_ITS_NODE {
            return Some(format!(
                "line {line}: the line of `{id}` begins or ends {off} from its node"
            ));
        }
        if self.is_short() && length.0 * SHORTEST < straight.0 {
            return Some(format!(
                "line {line}: `{id}` is {} long, and the straight line between its ends {straight}",
                exact(*length)
            ));
        }
        let longest = if self.has_bends {
            LONGEST_DRAWN
        } else {
            LONGEST
        };
        (length.0 > longest * drawn.0.max(100.0)).then(|| {
            format!(
                "line {line}: `{id}` is {} long, and its line {drawn}",
                exact(*length)
            )
        })
    }
}

/// Nodes of coarse maps are rounded to 0.001 degrees (some 100 m), and roads are measured from one stop line to
/// the other: so much less than the straight line is no fault.
pub const ROUNDING: Metres = Metres(50.0);

/// Beyond that a length may be smaller than the straight line by this factor, as in networks that are drawn by
/// eye; the smallest slip of a unit, a mile for a kilometre, is 1.6.
const SHORTEST: f64 = 1.5;

/// Ends of lines are rounded or cut back to the edge of a junction; maps that are shifted lie 100 to 700 m off.
const OFF_ITS_NODE: Metres = Metres(100.0);

/// A road with all its bends drawn is not ten times as long as its line.
const LONGEST_DRAWN: f64 = 10.0;

/// One that is drawn straight may climb in hairpins between two ends that are near.
const LONGEST: f64 = 100.0;

/// Half of the links of a network are not this much longer than their lines: feet for metres are 3.3 times.
const USUAL: f64 = 2.5;
/// Nor is half of those that are drawn with bends so much shorter than their lines: kilometres for miles are 0.62
/// times as long, and a line that is drawn with all its bends is hardly longer than the road.
const USUAL_WITH_BENDS: f64 = 0.75;
/// Of so many links that are longer than [`WORTH_MEASURING`].
const ENOUGH: usize = 10;
const WORTH_MEASURING: f64 = 50.0;

/// So many are named one by one.
const NAMED: usize = 20;

/// Complains of links of `file` that cannot be right, all at once, with what probably happened to them; `unit`
/// is that of lengths.
///
/// # Errors
/// When there are any.
pub(super) fn check(file: &str, links: &[Measured], unit: Unit) -> Result<(), TableError> {
    let problems = links
        .iter()
        .filter_map(|link| Some((link, link.problem()?)));
    let (wrong, problems): (Vec<&Measured>, Vec<String>) = problems.unzip();
    let refused = |counted: String, named: Vec<String>, hint: String| {
        Err(TableError::Several {
            file: file.to_owned(),
            problem: counted,
            more: named.len().saturating_sub(NAMED),
            named: named.into_iter().take(NAMED).collect(),
            hint,
        })
    };
    if wrong.is_empty() {
        let usual = |counts: fn(&Measured) -> bool| {
            let measured = links
                .iter()
                .filter(|link| link.drawn.0 > WORTH_MEASURING && counts(link));
            let ratios: Vec<f64> = measured.map(Measured::ratio).collect();
            median(&ratios).filter(|_| ratios.len() >= ENOUGH)
        };
        let too_long = usual(|_| true).filter(|usual| *usual > USUAL);
        let too_short = usual(|link| link.has_bends).filter(|usual| *usual < USUAL_WITH_BENDS);
        let problem = match (too_long, too_short) {
            (Some(usual), _) => (
                usual,
                format!("half of the links are {usual:.1} times as long as their lines, or more"),
            ),
            (None, Some(usual)) => (
                usual,
                format!(
                    "half of the links with bends have {:.0} % of the length of their lines, or less",
                    usual * 100.0
                ),
            ),
            (None, None) => return Ok(()),
        };
        let (usual, problem) = problem;
        return refused(problem, Vec::new(), likely_unit(usual, unit));
    }
    let counted = format!("{} of {} links cannot be right", wrong.len(), links.len());
    let by_length = wrong.iter().filter(|link| link.off <= OFF_ITS_NODE);
    let ratios: Vec<f64> = by_length.map(|link| link.ratio()).collect();
    let hint = match median(&ratios) {
        Some(usual) => likely_unit(usual, unit),
        None => "the lines or the nodes are of another map: see `crs` in config.csv, the column `coordinates` of \
                 both tables, and the order of x and y"
            .to_owned(),
    };
    refused(counted, problems, hint)
}

/// The unit in which lengths that are so many times their lines would be right, in words.
fn likely_unit(ratio: f64, stated: Unit) -> String {
    // Roads are mostly up to half as long again as the straight line.
    const DETOUR: std::ops::Range<f64> = 0.9..1.6;
    const USUAL_DETOUR: f64 = 1.15;
    let would_be = |unit: &Unit| ratio * unit.size / stated.size;
    let far = |unit: &Unit| libm::log(would_be(unit) / USUAL_DETOUR).abs();
    let likely = LENGTHS
        .iter()
        .filter(|unit| **unit != stated && DETOUR.contains(&would_be(unit)))
        .min_by(|a, b| far(a).total_cmp(&far(b)));
    match likely {
        Some(unit) => format!(
            "the lengths are read in {stated}, and seem to be in {unit}: state `long_length` in config.csv \
             (long_length,speed,crs), or write them in {stated}",
            stated = stated.word,
            unit = unit.word,
        ),
        None => format!(
            "the lengths are read in {}: see the unit (`long_length` in config.csv) and the positions of the nodes",
            stated.word
        ),
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// A length as it was written, which may be far below a metre.
fn exact(length: Metres) -> String {
    if length.0 < 10.0 {
        format!("{} m", (length.0 * 1000.0).round() / 1000.0)
    } else {
        length.to_string()
    }
}
