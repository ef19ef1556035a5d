//! Charts and maps for a proposal, each drawn from plain prepared figures on one shared canvas.
//!
//! | chart | question it answers |
//! | --- | --- |
//! | [`arrival_map`] | how many minutes after the call the first engine stands where |
//! | [`gain_map`] | where the best alternative saves how many minutes |
//! | [`coverage_map`] | which areas are reached within which minute |
//! | [`district_map`] | which station is first where |
//! | [`critical_links_map`] | which links hurt most when they are closed |
//! | [`response_distribution`] | what share of incidents each alternative reaches by when |
//! | [`forest_plot`] | how far each alternative is behind the best, and who cannot be told apart |
//! | [`small_multiples`] | the arrival times of the best alternatives side by side |
//! | [`demand_point_map`] | which demand points are beyond the standard |
//! | [`calls_by_time`] | when calls come, by hour and month |
//! | [`engine_workload`] | how much of the time the engines are out |
//! | [`frontier`] | what more money buys |
//! | [`building_sequence`] | in which order to build |
//! | [`tornado`] | how far a result hangs on each assumption |
//! | [`town_spread`] | how response times spread in each town |
//! | [`town_percentiles`] | which town gains how much, and how sure that is |
//!
//! Nothing here knows of scenarios or simulations: the caller fills the structures and gives the
//! title, the clock and the footnotes. A chart is drawn as SVG, its text is set in the embedded
//! font and turned into outlines, and the PNG is made from that same SVG.

pub mod arrival_map;
mod axis;
pub mod building_sequence;
pub mod calls_by_time;
mod canvas;
pub mod coverage_map;
pub mod critical_links_map;
pub mod demand_point_map;
pub mod district_map;
pub mod engine_workload;
mod error;
pub mod field;
pub mod font;
pub mod forest_plot;
pub mod frontier;
pub mod gain_map;
pub mod labels;
mod legend;
pub mod map;
pub mod response_distribution;
mod road_lines;
#[cfg(test)]
mod samples;
pub mod sheet;
pub mod small_multiples;
mod symbols;
pub mod theme;
pub mod tornado;
pub mod town_percentiles;
pub mod town_spread;
#[cfg(test)]
mod whole_charts;

pub use arrival_map::ArrivalMap;
pub use building_sequence::{BuildingSequence, SequenceLine};
pub use calls_by_time::CallsByTime;
pub use coverage_map::CoverageMap;
pub use critical_links_map::{CriticalLine, CriticalLinksMap};
pub use demand_point_map::{DemandPointMap, MapDemandPoint};
pub use district_map::{District, DistrictMap};
pub use engine_workload::{EngineWorkload, WorkloadRow};
pub use error::ChartError;
pub use field::{ArrivalField, Ring};
pub use font::{glyph_missing, in_font};
pub use forest_plot::{ForestPlot, ForestRow};
pub use frontier::{FrontierChart, FrontierPanel, FrontierPoint};
pub use gain_map::GainMap;
pub use map::{BaseMap, MapStation, MapTown, metres_a_point};
pub use response_distribution::{DistributionLine, Emphasis, ResponseDistribution, ThresholdMark};
pub use sheet::{Caption, Drawing, page_style};
pub use small_multiples::{SmallMap, SmallMultiples};
pub use theme::Theme;
pub use tornado::{Tornado, TornadoEnd, TornadoRow};
pub use town_percentiles::{Interval, TownPercentiles, TownRow};
pub use town_spread::{SpreadRow, TownSpread};
