//! The fields of a table, end to end in one text: a text of its own for each field of a million rows
//! would take twice the memory, and leave it in pieces.

/// Rows of fields.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The line of each row in the file, counted from 1.
    lines: Vec<u64>,
    /// The number of fields up to the end of each row.
    fields: Vec<usize>,
    /// Where each field ends in the text.
    ends: Vec<usize>,
    text: String,
}

impl Rows {
    pub(super) fn add<'f>(&mut self, line: u64, fields: impl Iterator<Item = &'f str>) {
        for field in fields {
            self.text.push_str(field);
            self.ends.push(self.text.len());
        }
        self.lines.push(line);
        self.fields.push(self.ends.len());
    }

    /// The line of each row.
    pub(super) fn lines(&self) -> &[u64] {
        &self.lines
    }

    /// A field of a row, where it has so many.
    pub(super) fn field(&self, row: usize, index: usize) -> Option<&str> {
        let before = row.checked_sub(1).map_or(0, |above| self.fields[above]);
        let field = before + index;
        let begin = field.checked_sub(1).map_or(0, |left| self.ends[left]);
        (field < self.fields[row]).then(|| &self.text[begin..self.ends[field]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_own_fields_and_no_more() {
        let mut rows = Rows::default();
        rows.add(2, ["a", "", "火"].into_iter());
        rows.add(4, ["b"].into_iter());
        rows.add(5, std::iter::empty());
        rows.add(6, ["c", "d"].into_iter());
        let of = |row| -> Vec<&str> { (0..4).map_while(|index| rows.field(row, index)).collect() };
        let all: Vec<Vec<&str>> = (0..4).map(of).collect();
        assert_eq!(
            all,
            [vec!["a", "", "火"], vec!["b"], vec![], vec!["c", "d"]]
        );
        assert_eq!(rows.lines(), [2, 4, 5, 6]);
    }
}
