//! Every test that takes the program or the library as a whole, in one binary: it is linked once.

mod chart_snapshots;
mod circles;
mod compare;
mod costs;
mod coverage;
mod dispatch_rules;
mod expected;
mod extracts;
mod import_lines;
mod import_osm;
mod isle_of_man;
mod locate;
mod matrix;
mod optimize;
mod osm_damage;
mod osm_files;
mod osm_outline;
mod osm_rules;
mod osm_times;
mod report;
mod rooms;
mod scenario_files;
mod simulate;
mod small_county;
mod synthesis;
mod workbook;
