//! Every reader with whatever libFuzzer makes of good inputs: none panics, overflows or takes very long.
//!
//! `READER` names the reader, as `run.py` lists them: a file of the county beside this, which is read with all of its
//! tables and one of them replaced; or one of those below.
#![no_main]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use brigade::evaluation::comparison::Comparison;
use brigade::files::Source;
use brigade::planning::instance::{Demand, SiteTable, TravelTimeTable};
use brigade::planning::optimization::Optimization;
use brigade::roads::lines::mapping::Mapping;
use brigade::roads::lines::{geojson, network as lines_network, shapefile};
use brigade::roads::osm::{area::Area, network as osm_network, reader};
use brigade::roads::{access_barriers::AccessBarriers, cache};
use brigade::scenario::Scenario;
use brigade::scenario::travel_times::ScenarioTimes;
use libfuzzer_sys::fuzz_target;

static READER: LazyLock<String> =
    LazyLock::new(|| std::env::var("READER").expect("READER names what reads"));

/// The county beside this file, in memory.
static COUNTY: LazyLock<BTreeMap<PathBuf, Vec<u8>>> = LazyLock::new(|| {
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("county");
    let mut files = BTreeMap::new();
    let mut folders = vec![county.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the county is there") {
            let path = entry.expect("it can be read").path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let content = fs::read(&path).expect("it can be read");
                    let inside = path.strip_prefix(&county).expect("it is in the county");
                    files.insert(inside.to_owned(), content);
                }
            }
        }
    }
    files
});

static ANSWERED: LazyLock<(Scenario, ScenarioTimes)> = LazyLock::new(|| {
    let scenario = Scenario::load(&county_with(&[])).expect("the county is right");
    let times = scenario.travel_times().expect("every hamlet is reached");
    (scenario, times)
});

/// The scenario of the county, with other files in the place of its own.
fn county_with(others: &[(&str, &[u8])]) -> Source {
    let mut files = COUNTY.clone();
    for (path, content) in others {
        files.insert(PathBuf::from(path), content.to_vec());
    }
    Source::in_memory(Path::new(""), files).join("scenario.toml")
}

/// One file in memory.
fn only(name: &str, data: &[u8]) -> Source {
    let files = BTreeMap::from([(PathBuf::from(name), data.to_vec())]);
    Source::in_memory(Path::new("only"), files).join(name)
}

/// A file on disk, for readers that read there alone.
fn on_disk(name: &str, data: &[u8]) -> PathBuf {
    let folder = std::env::var_os("SCRATCH").map_or_else(std::env::temp_dir, PathBuf::from);
    let path = folder.join(name);
    fs::write(&path, data).expect("the folder for scratch files can be written to");
    path
}

fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

fuzz_target!(|data: &[u8]| {
    match &**READER {
        "osm" => {
            if let Ok(extract) = reader::parse("map.osm", data) {
                let network = osm_network::build(&extract, None);
                let _ = network.roads.roads().len();
            }
        }
        "boundary" => {
            let _ = Area::read(&only("area.geojson", data));
        }
        "barriers" => {
            let _ = AccessBarriers::read(&only("barriers.geojson", data));
        }
        "layer.geojson" => {
            if let Ok(layer) = geojson::read(&only("roads.geojson", data), None) {
                let mapping = include_str!("../mapping.toml");
                let mapping = Mapping::parse("mapping.toml".to_owned(), mapping);
                let mapping = mapping.expect("the mapping is right");
                let _ = lines_network::build(&layer, &mapping, |_| true);
            }
        }
        "mapping" => {
            let _ = Mapping::parse("mapping.toml".to_owned(), &text(data));
        }
        // The three files of a layer, each after its length.
        "shapefile" => {
            let mut rest = data;
            for ending in ["shx", "dbf", "shp"] {
                let Some((length, after)) = rest.split_first_chunk::<4>() else {
                    return;
                };
                let length = u32::from_le_bytes(*length) as usize;
                let Some((file, after)) = after.split_at_checked(length) else {
                    return;
                };
                on_disk(&format!("layer.{ending}"), file);
                rest = after;
            }
            let _ = shapefile::read(&on_disk("layer.prj", rest).with_extension("shp"), None);
        }
        "comparison" => {
            let (scenario, times) = &*ANSWERED;
            let _ = Comparison::read(&text(data), scenario, times);
        }
        "optimization" => {
            let _ = Optimization::read(&text(data));
        }
        "locate/demand" => {
            let _ = Demand::read(&only("demand.csv", data));
        }
        "locate/sites" => {
            let sites = ["m".to_owned(), "e".to_owned()];
            let _ = SiteTable::read(&only("sites.csv", data), &sites);
        }
        "locate/times" => {
            let demand = only("demand.csv", b"id,weight\na,1\nb,2\n");
            let demand = Demand::read(&demand).expect("the demand is right");
            let _ = TravelTimeTable::read(&on_disk("times.csv", data), &demand);
        }
        "network" => {
            // Nodes and links, one after the other.
            let cut = data
                .iter()
                .position(|byte| *byte == 0)
                .unwrap_or(data.len());
            let (nodes, links) = data.split_at(cut);
            let files = [
                ("node.csv", nodes),
                ("link.csv", links.get(1..).unwrap_or_default()),
            ];
            let files = files.map(|(name, content)| (PathBuf::from(name), content.to_vec()));
            let folder = Source::in_memory(Path::new("network"), BTreeMap::from(files));
            let _ = cache::open(&folder);
        }
        file => {
            assert!(
                COUNTY.contains_key(Path::new(file)),
                "no reader is called {file}"
            );
            if let Ok(scenario) = Scenario::load(&county_with(&[(file, data)])) {
                let _ = scenario.travel_times();
            }
        }
    }
});
