//! Demand against truth: on real extracts, kept outside the repository, the population of half of the settlements is
//! hidden and estimated, and compared with what was hidden.

use brigade::files::Source;
use brigade::roads::drivable::drivable_part;
use brigade::roads::graph::RoadGraph;
use brigade::roads::osm::people::totals::{FloorSource, TotalSource};
use brigade::roads::osm::people::{County, People};
use brigade::roads::osm::settlements::Settlements;
use brigade::roads::osm::{OsmExtract, Tags, network, reader};
use brigade::roads::profile::Profile;
use brigade::units::Metres;

use crate::extracts::isle_of_man::named;

/// How far estimates are off, in shares of the truth: the middle one, and the mean.
struct Errors {
    settlements: usize,
    median: f64,
    mean: f64,
    /// All estimates together over all that was hidden.
    sum: f64,
}

fn people(mut extract: OsmExtract, settlements: &Settlements, roads: &RoadGraph) -> People {
    People::of(&mut extract, settlements, County::Outline(None), roads)
}

/// The errors when each half is hidden in turn. Populations of areas are hidden as well: they would say the rest.
fn errors(mut extract: OsmExtract, roads: &RoadGraph) -> Errors {
    for relation in &mut extract.relations {
        let tags = std::mem::take(&mut relation.tags);
        let others = tags.0.into_iter().filter(|(key, _)| key != "population");
        relation.tags = Tags(others.collect());
    }
    let settlements = Settlements::of(&extract, None);
    let truth = people(extract.clone(), &settlements, roads);
    let counted: Vec<usize> = (0..settlements.all.len())
        .filter(|index| settlements.all[*index].population.is_some())
        .collect();
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for half in 0..2 {
        let mut known = settlements.clone();
        let hidden: Vec<usize> = counted.iter().copied().skip(half).step_by(2).collect();
        for index in &hidden {
            known.all[*index].population = None;
        }
        let found = people(extract.clone(), &known, roads);
        for index in hidden {
            let [truth, found] = [&truth, &found].map(|people| people.totals[index]);
            assert_ne!(found.source, TotalSource::Map);
            let name = &settlements.all[index].name;
            println!("  {name}: {} of {}", found.residents, truth.residents);
            pairs.push((found.residents as f64, truth.residents as f64));
        }
    }
    let mut off: Vec<f64> = pairs
        .iter()
        .map(|(found, truth)| (found - truth).abs() / truth)
        .collect();
    off.sort_by(f64::total_cmp);
    let all = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    Errors {
        settlements: off.len(),
        median: off[off.len() / 2],
        mean: off.iter().sum::<f64>() / off.len() as f64,
        sum: all(|pair| pair.0) / all(|pair| pair.1),
    }
}

fn extract_and_roads(file: &str) -> Option<(OsmExtract, RoadGraph)> {
    let extract = reader::read(&Source::Disk(named(file)?)).unwrap();
    let network = network::build(&extract, None);
    let roads = drivable_part(&network.roads, &Profile::starters());
    Some((extract, roads))
}

/// Twelve villages say how many live there. In some, such as Eschen and Mauren, most buildings are not drawn, and their
/// streets say it; in Schaan a good part is not, which nothing shows, so that it has too few and others too many.
#[test]
fn hidden_populations_of_liechtenstein_are_found_again_by_floors_and_streets() {
    let Some((extract, roads)) = extract_and_roads("liechtenstein-latest.osm.pbf") else {
        return;
    };
    let errors = errors(extract, &roads);
    println!(
        "Liechtenstein: {} settlements, median error {:.1} %, mean {:.1} %, together {:.3} of the truth",
        errors.settlements,
        100.0 * errors.median,
        100.0 * errors.mean,
        errors.sum
    );
    assert_eq!(errors.settlements, 12);
    assert!(errors.median < 0.5, "{}", errors.median);
    assert!(errors.mean < 0.5, "{}", errors.mean);
}

/// Five settlements say it, so that two or three are known at a time: floors are mostly those assumed of the country.
#[test]
fn hidden_populations_of_the_isle_of_man_are_of_the_right_size() {
    let Some((extract, roads)) = extract_and_roads("isle-of-man.osm.pbf") else {
        return;
    };
    let errors = errors(extract, &roads);
    println!(
        "Isle of Man: {} settlements, median error {:.1} %, mean {:.1} %, together {:.3} of the truth",
        errors.settlements,
        100.0 * errors.median,
        100.0 * errors.mean,
        errors.sum
    );
    assert!(errors.median < 0.5, "{}", errors.median);
}

/// People live beside streets: half of them within 50 m, and one in a hundred at most farther than 500 m.
#[test]
fn people_live_beside_streets() {
    for file in ["liechtenstein-latest.osm.pbf", "isle-of-man.osm.pbf"] {
        let Some((extract, roads)) = extract_and_roads(file) else {
            continue;
        };
        let settlements = Settlements::of(&extract, None);
        let people = people(extract, &settlements, &roads);
        let median = people.from_road.median().unwrap();
        let far = people.from_road.beyond(Metres(500.0));
        println!(
            "{file}: {} residents on {} points, half within {:.0} m of a road, {far} beyond 500 m",
            people.residents(),
            people.points.len(),
            median.0
        );
        assert!(matches!(people.rate.source, FloorSource::Settlements(_)));
        assert!(median.0 < 50.0, "{file}: {}", median.0);
        assert!(far * 100 < people.residents(), "{file}: {far}");
    }
}
