//! Tables for Excel and programs: UTF-8 with a byte-order mark, times in minutes, shares in per cent, an
//! estimate in three columns with the ends of its interval.

use crate::decimals::fixed;
use crate::evaluation::estimate::Estimate;
use crate::report::model::{Column, Quantity, Table, Value};
use crate::table::guarded;

/// Excel takes a CSV file for UTF-8 only if it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The table as the bytes of a file.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let mut record = |fields: Vec<String>| {
        let written = writer.write_record(fields);
        written.expect("rows of one length go into memory");
    };
    record(table.columns.iter().flat_map(names).collect());
    for row in &table.rows {
        let cells = table.columns.iter().zip(&row.values);
        record(
            cells
                .flat_map(|(column, value)| fields(column, value))
                .collect(),
        );
    }
    writer.into_inner().expect("memory takes all")
}

/// The names under which a column stands.
fn names(column: &Column) -> Vec<String> {
    let name = column.name();
    if column.estimated {
        vec![name.clone(), format!("{name}_low"), format!("{name}_high")]
    } else {
        vec![name]
    }
}

fn fields(column: &Column, value: &Value) -> Vec<String> {
    let places = column.csv_places;
    let number = |value: f64| match column.quantity {
        Quantity::Exact => value.to_string(),
        quantity => fixed(quantity.number(value), places),
    };
    let first = match value {
        Value::Text(text) | Value::Term { code: text, .. } => guarded(text).into_owned(),
        Value::Number(value)
        | Value::Marked { value, .. }
        | Value::Estimate(Estimate { value, .. }) => number(*value),
        Value::Missing => String::new(),
    };
    if !column.estimated {
        return vec![first];
    }
    let ends = match value {
        Value::Estimate(estimate) => [estimate.low, estimate.high],
        _ => [None; 2],
    };
    let [low, high] = ends.map(|end| end.map_or_else(String::new, number));
    vec![first, low, high]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Filling;

    #[test]
    fn a_figure_stands_in_its_unit_between_the_ends_of_its_interval() {
        let mean = Estimate {
            value: 90.0,
            low: Some(60.0),
            high: None,
        };
        let mut towns = Filling::of([Some(mean), None]);
        let column = Column::new("mean", Quantity::Minutes).estimated();
        towns.column(column, |mean| *mean);
        let file = String::from_utf8(csv(&towns.table())).unwrap();
        assert_eq!(
            file,
            "\u{feff}mean_min,mean_min_low,mean_min_high\n1.500,1.000,\n,,\n"
        );
    }
}
