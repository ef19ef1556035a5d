//! Networks that others wrote, read as they mean them or refused.

use std::fs;

use super::*;

fn folder_with(tables: &[(&str, String)]) -> (tempfile::TempDir, Source) {
    let folder = tempfile::tempdir().unwrap();
    for (table, text) in tables {
        fs::write(folder.path().join(table), text).unwrap();
    }
    let source = Source::Disk(folder.path().to_owned());
    (folder, source)
}

/// Links of 0.004 degrees of longitude at the equator with a bend 0.001 degrees off: 2 × √(222.64² + 110.57²) =
/// 497.17 m on WGS 84.
const WINDING: f64 = 497.17;

fn winding(links: usize, factor: f64) -> [(&'static str, String); 2] {
    let mut nodes = "node_id,x_coord,y_coord\n".to_owned();
    let mut rows = format!("{HEAD},geometry\n");
    for number in 0..=links {
        nodes += &format!("{number},{},0\n", 0.004 * number as f64);
    }
    for number in 0..links {
        let [west, middle, east] = [0.0, 0.002, 0.004].map(|of| 0.004 * number as f64 + of);
        rows += &format!(
            "{number},{number},{},0,{},primary,\"LINESTRING ({west} 0, {middle} 0.001, {east} 0)\"\n",
            number + 1,
            WINDING * factor
        );
    }
    [("node.csv", nodes), ("link.csv", rows)]
}

const HEAD: &str = "link_id,from_node_id,to_node_id,directed,length,facility_type";

/// Winding links of which the lengths stand for others: 0.62 of a line is still longer than half of the straight
/// one, so that no link is refused by itself.
#[test]
fn lengths_of_winding_links_in_another_unit_are_refused_with_the_likely_one() {
    let config = |unit: &str| ("config.csv", format!("long_length\n{unit}\n"));
    let [nodes, links] = winding(40, 1.0);
    let read_as = |unit, [nodes, links]: [(&str, String); 2]| {
        let (_folder, source) = folder_with(&[nodes, links, config(unit)]);
        read(&source)
    };
    assert!(read_as("metre", [nodes, links]).is_ok());
    // Written in miles and read as kilometres.
    let error = read_as("km", winding(40, 1.0 / 1609.344))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("62 % of the length of their lines") && error.contains("seem to be in mile"),
        "{error}"
    );
    // Ten are enough, nine are chance.
    assert!(read_as("km", winding(9, 1.0 / 1609.344)).is_ok());
    assert!(read_as("km", winding(10, 1.0 / 1609.344)).is_err());
}

const NODES: &str = "node_id,x_coord,y_coord\na,115.0,23.0\nb,115.1,23.0\nc,115.2,23.0\n";

#[test]
fn a_restriction_over_a_link_that_is_left_out_is_left_out_and_counted() {
    let restrictions = "restriction_id,links\nr,1+ 2+\ns,1+ 3+\n";
    let links =
        format!("{HEAD}\n1,a,b,0,11000,primary\n2,b,c,0,11000,primary\n3,b,c,0,11000,cycleway\n");
    let tables = |restrictions: &str| {
        folder_with(&[
            ("node.csv", NODES.to_owned()),
            ("link.csv", links.clone()),
            ("turn_restriction.csv", restrictions.to_owned()),
        ])
    };
    let (_folder, source) = tables(restrictions);
    let (roads, account) = read_with_account(&source).unwrap();
    assert_eq!(roads.restrictions().len(), 1);
    let not_driven = NetworkNote::NotDriven(vec![("cycleway".to_owned(), 1)]);
    assert_eq!(
        account.notes(),
        [not_driven, NetworkNote::RestrictionsLeftOut(1)]
    );
    // A link that is in no table is a slip.
    let (_folder, source) = tables("restriction_id,links\nr,1+ 9+\n");
    let error = read(&source).unwrap_err().to_string();
    assert!(error.contains("turn_restriction.csv:2"), "{error}");
}

/// Half a mile from the first node are 804.7 m.
#[test]
fn places_along_a_link_are_measured_as_its_length_is() {
    let links = format!("{HEAD},signals_at\n1,a,b,0,6.8,primary,0.5 6\n");
    let (_folder, source) = folder_with(&[
        ("node.csv", NODES.to_owned()),
        ("link.csv", links),
        ("config.csv", "long_length\nmile\n".to_owned()),
    ]);
    let roads = read(&source).unwrap();
    let signals = &roads.roads()[0].signals.forwards;
    assert_eq!(signals[..], [Metres(804.7), Metres(9656.1)]);
}

#[test]
fn a_column_of_names_is_one_of_a_language() {
    let links = format!("{HEAD},name,name_zh,name_type\n1,a,b,0,11000,primary,G205,国道,dual\n");
    let (_folder, source) = folder_with(&[("node.csv", NODES.to_owned()), ("link.csv", links)]);
    let (roads, account) = read_with_account(&source).unwrap();
    let names = &roads.roads()[0].names;
    assert_eq!(names[..], [("zh".to_owned(), "国道".to_owned())]);
    let unused = UnusedColumns {
        file: "link.csv".to_owned(),
        columns: vec!["name_type".to_owned()],
    };
    assert_eq!(account.columns_unused, [unused]);
}
