//! Tables of the page.

use askama::Template;

use crate::language::Language;
use crate::report::model::{Column, Emphasis, Quantity, Row, Table};

#[derive(Template)]
#[template(path = "table.html", config = "src/report/page/askama.toml")]
struct Html<'t> {
    table: &'t Table,
    language: Language,
}

/// The table as an element; every text in it is escaped.
///
/// # Errors
/// When the template cannot be filled, which memory does not refuse.
pub fn table(table: &Table, language: Language) -> Result<String, askama::Error> {
    Html { table, language }.render()
}

impl Html<'_> {
    /// The heads with how many columns stand under each, side by side under one where they are its parts.
    fn heads(&self) -> Vec<(&Column, usize)> {
        let mut heads: Vec<(&Column, usize)> = Vec::new();
        for column in &self.table.columns {
            match heads.last_mut() {
                Some((last, columns)) if column.part.is_some() && last.head == column.head => {
                    *columns += 1;
                }
                _ => heads.push((column, 1)),
            }
        }
        heads
    }

    fn has_parts(&self) -> bool {
        let mut columns = self.table.columns.iter();
        columns.any(|column| column.part.is_some())
    }

    fn head(&self, column: &Column) -> String {
        column.head_with(column.quantity.unit(self.language), self.language)
    }

    fn row_class(&self, row: &Row) -> &'static str {
        match row.emphasis {
            Some(Emphasis::Best) => " class=\"best\"",
            Some(Emphasis::Baseline) => " class=\"today\"",
            Some(Emphasis::Late) => " class=\"late\"",
            None => "",
        }
    }

    /// Class and words of each cell.
    fn cells(&self, row: &Row) -> impl Iterator<Item = (&'static str, String)> {
        self.table
            .columns
            .iter()
            .zip(&row.values)
            .map(|(column, value)| {
                let class = match column.quantity {
                    Quantity::Word => " class=\"text word\"",
                    quantity if quantity.is_text() => " class=\"text\"",
                    _ => "",
                };
                (class, column.words_with_interval(value, self.language))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Filling;

    #[test]
    fn parts_stand_side_by_side_under_their_head_and_a_name_is_escaped() {
        let mut towns = Filling::of([("<b>", 60.0, 90.0)]);
        let town = Column::new("town", Quantity::Text).head("town");
        let mean = |part: &str| {
            Column::new("mean", Quantity::Minutes)
                .of(part)
                .head("mean")
                .part(part)
        };
        towns.column(town, |town| town.0);
        towns.column(mean("today"), |town| town.1);
        towns.column(mean("best"), |town| town.2);
        towns.emphasise(|_| Some(Emphasis::Best));
        let html = table(&towns.table(), Language::English).unwrap();
        assert!(html.contains("<th rowspan=\"2\">town</th><th colspan=\"2\">mean, min</th>"));
        assert!(html.contains("<tr><th>today</th><th>best</th></tr>"));
        assert!(html.contains(
            "<tr class=\"best\"><td class=\"text\">&#60;b&#62;</td><td>1.0</td><td>1.5</td>"
        ));
    }
}
