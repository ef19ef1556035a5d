//! `report.xlsx` read back: what an office opens in Excel or WPS.

use std::fs;

use calamine::{Data, Range, Reader, Xlsx};

use crate::small_county::{brigade, small_county};

fn workbook(change: impl Fn(&std::path::Path), language: &str) -> Xlsx<std::io::Cursor<Vec<u8>>> {
    let folder = tempfile::tempdir().unwrap();
    let county = small_county(folder.path());
    change(&county);
    let out = folder.path().join("out");
    let mut command = brigade();
    command.arg("compare").arg(county.join("scenario.toml"));
    command.args(["--language", language]);
    command.arg("--output").arg(&out).assert().success();
    let bytes = fs::read(out.join("report.xlsx")).unwrap();
    Xlsx::new(std::io::Cursor::new(bytes)).unwrap()
}

/// The row, from the header, in which the first cell or the second is `name`.
fn row<'r>(sheet: &'r Range<Data>, name: &str) -> &'r [Data] {
    sheet
        .rows()
        .find(|row| row.iter().take(2).any(|cell| cell == name))
        .unwrap_or_else(|| panic!("no row {name}"))
}

/// Two minutes in the west and six in the east with the middle site; 12 in the east today.
#[test]
fn figures_are_numbers_in_minutes_and_shares() {
    let mut book = workbook(|_| (), "en");
    assert_eq!(
        book.sheet_names(),
        [
            "Summary",
            "Alternatives",
            "Towns",
            "Worklist",
            "Engines",
            "Standards",
            "Data basis",
            "Distribution"
        ]
    );
    let alternatives = book.worksheet_range("Alternatives").unwrap();
    let east = row(&alternatives, "East");
    assert_eq!(east[0], 1.0);
    assert_eq!(east[5], 2.0, "mean response of the east site, minutes");
    let towns = book.worksheet_range("Towns").unwrap();
    let header = towns.rows().nth(2).unwrap();
    assert_eq!(header[3], "mean response, min: best");
    let eastern: Vec<&Data> = row(&towns, "East").iter().collect();
    assert_eq!([eastern[2], eastern[3], eastern[4]], [&12.0, &2.0, &-10.0]);
}

#[test]
fn what_looks_like_a_formula_or_a_script_is_a_text() {
    let names = [
        "=HYPERLINK(\"x\")",
        "<script>alert(1)</script>",
        "@SUM(1)",
        "+1",
        "-1",
    ];
    for name in names {
        let mut book = workbook(
            |county| {
                let table = county.join("candidates.csv");
                let text = fs::read_to_string(&table).unwrap();
                let quoted = format!("e,\"{}\"", name.replace('"', "\"\""));
                fs::write(&table, text.replacen("e,East", &quoted, 1)).unwrap();
            },
            "zh",
        );
        let alternatives = book.worksheet_range("方案").unwrap();
        assert_eq!(row(&alternatives, name)[1], Data::String(name.to_owned()));
        for sheet in book.sheet_names() {
            let formulas = book.worksheet_formula(&sheet).unwrap();
            assert!(
                formulas.used_cells().next().is_none(),
                "{sheet} has a formula"
            );
        }
    }
}
