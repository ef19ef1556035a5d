//! Tables as planners keep them, and what is said of faulty ones.

use super::*;

const COLUMNS: Columns<'_> = Columns::of(&["id"]).and(&["lon", "lat", "name"]);

fn table(text: &str) -> Result<Table, TableError> {
    Table::parse("sites.csv".to_owned(), text, &COLUMNS)
}

#[test]
fn an_error_names_file_line_column_and_what_would_be_right() {
    let table = table("id,lon,lat\na,115.1,23.2\nb,east,23.2\n").unwrap();
    let error = table.rows().nth(1).unwrap().position().unwrap_err();
    assert_eq!(
        error.to_string(),
        "sites.csv:3: column `lon`: `east` is not usable; it should be degrees east as a \
         number, such as 115.76499"
    );
}

#[test]
fn exchanged_degrees_are_recognised() {
    let table = table("id,lon,lat\na,23.2,115.1\n").unwrap();
    let error = table.rows().next().unwrap().position().unwrap_err();
    assert!(error.to_string().contains("exchanged"), "{error}");
}

/// The GCJ-02 position is that of 水寨 (115.77, 23.93), worked out in `geography::datum`.
#[test]
fn each_row_may_say_what_its_degrees_are() {
    let table = table(
        "id,lon,lat,coordinates\na,115.77,23.93,\nb,115.774747722,23.927331784,gcj02\n\
         c,115.77,23.93,xian80\n",
    )
    .unwrap();
    let mut positions = table.rows().map(|row| row.position());
    let [a, b] = [(); 2].map(|()| positions.next().unwrap().unwrap());
    assert!(a.distance(b).0 < 0.01, "{a} {b}");
    let error = positions.next().unwrap().unwrap_err().to_string();
    assert!(
        error.starts_with("sites.csv:4: column `coordinates`: `xian80`"),
        "{error}"
    );
    assert!(error.contains("gcj02 (Amap, Tencent)"), "{error}");
}

#[test]
fn a_second_row_with_the_same_id_names_the_first() {
    let error = table("id\na\nb\na\n")
        .unwrap()
        .each(&["id"], |_| Ok(()))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "sites.csv:4: the id `a` is already on line 2; give each row its own"
    );
}

/// Two codes of twelve digits become one number.
#[test]
fn codes_that_a_spreadsheet_made_equal_are_known() {
    let error = table("id\n4.41424E+11\n4.41424E+11\n")
        .unwrap()
        .each(&["id"], |_| Ok(()))
        .unwrap_err()
        .to_string();
    assert!(error.contains("a spreadsheet has rewritten"), "{error}");
}

#[test]
fn a_short_row_is_counted() {
    let error = table("id,lon\na,1\nb\n").unwrap_err();
    assert!(
        error.to_string().starts_with("sites.csv:3: 1 fields"),
        "{error}"
    );
}

#[test]
fn rows_of_commas_are_no_rows() {
    assert_eq!(table("id,lon\na,1\n,\n").unwrap().rows().count(), 1);
}

/// As Excel and every editor number them: the header is line 1, whatever ends a line; a blank line and
/// a text of two lines count.
#[test]
fn rows_have_the_numbers_that_an_editor_shows() {
    let text = "id,name\na,A\n\nb,\"two\nlines\"\n , \nc,C\n";
    for end in ["\n", "\r\n", "\r"] {
        let table = table(&text.replace('\n', end)).unwrap();
        let lines: Vec<u64> = table.rows().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 7], "{end:?}");
    }
    let error = table("\r\n\r\nid,names\r\na,A\r\n")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("sites.csv:3: no such column as `names`"),
        "{error}"
    );
}

/// Line 2 has no `lon`, line 4 an id that is there already, line 5 another system.
#[test]
fn every_faulty_row_is_named_in_one_run() {
    let table = table("id,lon,lat,coordinates\na,,1,\nb,1,1,\nb,1,1,\nc,1,1,xian80\n").unwrap();
    let error = table
        .each(&["id"], |row| row.position())
        .unwrap_err()
        .to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(
        lines[0],
        "sites.csv: 3 rows cannot be used (column `lon` empty: 1; an id twice: 1; column \
         `coordinates`: 1):"
    );
    assert_eq!(
        lines[1],
        "  sites.csv:2: column `lon`: `` is not usable; it should be filled in"
    );
    assert_eq!(
        lines[2],
        "  sites.csv:4: the id `b` is already on line 3; give each row its own"
    );
    assert!(lines[3].starts_with("  sites.csv:5: column `coordinates`: `xian80`"));
    assert_eq!(lines.len(), 4);
}

#[test]
fn the_first_twenty_are_named_and_all_are_counted() {
    let rows: String = (0..24)
        .map(|row| format!("{row},{}\n", ["", "1,"][row % 2]))
        .collect();
    let error = table(&format!("id,lon\n{rows}")).unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert!(
        lines[0].starts_with("sites.csv: 12 rows cannot be used (fields"),
        "{error}"
    );
    let rows: String = (0..31).map(|row| format!("{row},x\n")).collect();
    let table = table(&format!("id,lon\n{rows}")).unwrap();
    let error = table
        .each(&[], |row| row.non_negative("lon"))
        .unwrap_err()
        .to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(
        lines[0],
        "sites.csv: 31 rows cannot be used (column `lon`: 31):"
    );
    assert!(lines[20].starts_with("  sites.csv:21: "), "{error}");
    assert_eq!(lines[21..], ["  and 11 more"]);
}

#[test]
fn a_value_below_no_name_is_an_error_and_an_empty_column_is_not() {
    assert_eq!(table("id,lon,,\na,1,,\n").unwrap().rows().count(), 1);
    assert_eq!(
        table("id,lon,\na,1,\nb,1,2\n").unwrap_err().to_string(),
        "sites.csv:3: `2` stands in a column without a name; name it in the first row"
    );
}
