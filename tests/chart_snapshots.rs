//! Every chart and table of the small county, as it was looked at: a change shows as a difference.
//!
//! `INSTA_UPDATE=always cargo test --test chart_snapshots` accepts what is drawn now, after looking.

use std::fs;

#[path = "small-county/mod.rs"]
mod small_county;

use small_county::{brigade, small_county};

#[test]
fn charts_and_tables_are_those_that_were_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    let out = folder.path().join("out");
    let mut command = brigade();
    command
        .current_dir(&county)
        .args(["compare", "scenario.toml", "--output"]);
    command.arg(&out).assert().success();
    let version = format!("brigade {}", env!("CARGO_PKG_VERSION"));
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        let page = fs::read_to_string(out.join("report.html")).unwrap();
        let figures: Vec<&str> = page.split("<figure id=\"").skip(1).collect();
        assert!(figures.len() >= 11, "{} charts", figures.len());
        for figure in figures {
            let (name, rest) = figure.split_once("\">").unwrap();
            let svg = rest
                .split_once("</figure>")
                .unwrap()
                .0
                .replace(&version, "brigade VERSION");
            insta::assert_snapshot!(name, svg);
        }
        for table in ["alternatives.csv", "towns.csv"] {
            insta::assert_snapshot!(table, fs::read_to_string(out.join(table)).unwrap());
        }
    });
}
