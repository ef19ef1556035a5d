//! Line numbers as an editor shows them.

use std::io::{self, BufRead};

/// Counts the lines of a text up to its records, one after the other.
///
/// The reader of CSV counts `\n` alone, from where the record before ended: with `\r\n`, and after blank
/// lines, it names a line above the record (BurntSushi/rust-csv#395).
#[derive(Debug)]
pub(crate) struct Lines<R> {
    text: R,
    /// Bytes that have been passed.
    passed: u64,
    /// The line of the next byte, from 1.
    line: u64,
    /// Whether the last byte was `\r`, of which a `\n` is part.
    after_return: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn of(text: R) -> Self {
        Self {
            text,
            passed: 0,
            line: 1,
            after_return: false,
        }
    }

    /// The line of the record that the reader of CSV began to look for at this byte, which is none
    /// before that of the last call.
    ///
    /// # Errors
    /// When the text cannot be read.
    pub(crate) fn of_record(&mut self, start: u64) -> io::Result<u64> {
        loop {
            let bytes = self.text.fill_buf()?;
            if bytes.is_empty() {
                return Ok(self.line);
            }
            let mut used = 0;
            for byte in bytes {
                let ends_line = match byte {
                    b'\n' => !self.after_return,
                    b'\r' => true,
                    _ if self.passed >= start => {
                        self.text.consume(used);
                        return Ok(self.line);
                    }
                    _ => false,
                };
                self.line += u64::from(ends_line);
                self.after_return = *byte == b'\r';
                self.passed += 1;
                used += 1;
            }
            self.text.consume(used);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header ends at byte 2 (or 1, which is where the reader of CSV looks on), the record `b`
    /// stands on line 4 whatever ends the lines.
    #[test]
    fn every_way_to_end_a_line_counts_as_one() {
        for (text, start) in [
            ("a\n\n\nb\n", 2),
            ("a\r\n\r\n\r\nb\r\n", 2),
            ("a\r\n\r\n\r\nb\r\n", 3),
            ("a\r\r\rb\r", 2),
            ("a\r\n\n\r\nb", 2),
        ] {
            for capacity in 1..=text.len() {
                let text = io::BufReader::with_capacity(capacity, text.as_bytes());
                let mut lines = Lines::of(text);
                assert_eq!(lines.of_record(0).unwrap(), 1);
                assert_eq!(lines.of_record(start).unwrap(), 4);
            }
        }
    }
}
