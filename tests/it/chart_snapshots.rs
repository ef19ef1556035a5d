//! Every chart and table of the small county, as it was looked at: a change shows as a difference.
//!
//! `INSTA_UPDATE=always cargo test --test it chart_snapshots` accepts what is drawn now, after looking.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};

use crate::small_county::{brigade, small_county};

/// What `compare` writes for the small county after a change to it.
fn compared(folder: &Path, change: impl Fn(&Path), options: &[&str]) -> PathBuf {
    let county = small_county(folder);
    change(&county);
    let out = folder.join("out");
    brigade()
        .current_dir(&county)
        .args(["compare", "scenario.toml", "--output"])
        .arg(&out)
        .args(options)
        .assert()
        .success();
    out
}

/// Every chart and table, under names that begin with `of`.
fn assert_all(out: &Path, of: &str) {
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
            insta::assert_snapshot!(format!("{of}{name}"), svg);
        }
        for table in ["alternatives.csv", "towns.csv"] {
            let table_text = fs::read_to_string(out.join(table)).unwrap();
            insta::assert_snapshot!(format!("{of}{table}"), table_text);
        }
        let book = sheets(&out.join("report.xlsx")).replace(&version, "brigade VERSION");
        insta::assert_snapshot!(format!("{of}report.xlsx"), book);
    });
}

/// Every sheet of a workbook, cell by cell.
fn sheets(book: &Path) -> String {
    let mut book: Xlsx<_> = calamine::open_workbook(book).unwrap();
    let mut text = String::new();
    for (name, sheet) in book.worksheets() {
        text.push_str(&format!("[{name}]\n"));
        for row in sheet.rows() {
            let cells: Vec<String> = row.iter().map(Data::to_string).collect();
            text.push_str(cells.join(" | ").trim_end_matches([' ', '|']));
            text.push('\n');
        }
    }
    text
}

#[test]
fn charts_and_tables_are_those_that_were_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    assert_all(&compared(folder.path(), |_| (), &[]), "");
}

/// In English, with two sites to be built one after the other.
#[test]
fn english_charts_and_tables_are_those_that_were_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let two_sites = |county: &Path| {
        let scenario = county.join("scenario.toml");
        let text = fs::read_to_string(&scenario).unwrap();
        let chosen = text.replace("group = \"new\"", "group = \"new\"\ncount = 2");
        assert_ne!(chosen, text);
        fs::write(scenario, chosen).unwrap();
    };
    let out = compared(folder.path(), two_sites, &["--language", "en"]);
    assert_all(&out, "en-");
    assert!(out.join("charts/building-sequence.svg").exists());
}

/// The answer is drawn again in greys, and nothing has a colour: neither charts nor the page's map.
#[test]
fn a_finished_answer_is_drawn_again_in_greys() {
    let folder = tempfile::tempdir().unwrap();
    let out = compared(folder.path(), |_| (), &[]);
    let grey = folder.path().join("grey");
    brigade()
        .current_dir(folder.path().join("county"))
        .arg("report")
        .arg(&out)
        .args(["--theme", "grey", "--output"])
        .arg(&grey)
        .assert()
        .success();
    let mut charts = 0;
    for entry in fs::read_dir(grey.join("charts")).unwrap() {
        let svg = entry.unwrap().path();
        if svg.extension().is_none_or(|ending| ending != "svg") {
            continue;
        }
        charts += 1;
        let text = fs::read_to_string(&svg).unwrap();
        for code in text.split("=\"#").skip(1).map(|rest| &rest[..6]) {
            let halo = code.eq_ignore_ascii_case("fffffe");
            assert!(
                halo || code[..2] == code[2..4] && code[2..4] == code[4..],
                "#{code} in {}",
                svg.display()
            );
        }
    }
    assert!(charts >= 11, "{charts}");
    let [colourful, page] =
        [&out, &grey].map(|folder| fs::read_to_string(folder.join("report.html")).unwrap());
    assert!(colourful.contains("\"proposed\":\"#C23616\""));
    assert!(page.contains("\"proposed\":\"#000000\""));
}
