//! Which texts can go wherever a name goes: onto a terminal, into XML, into a cell of a spreadsheet.

/// How long a name or code may be, in characters: what OpenStreetMap allows, and more than a chart can show.
pub const MAX_NAME: usize = 255;

/// Whether a character is a part of a text, and neither an order to a terminal nor one that XML 1.0 cannot hold.
pub fn is_of_text(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        letter => !letter.is_ascii_control(),
    }
}

/// A name as tables take it: a space for each character that is none of a text, and no longer than it may be.
pub fn as_name(text: &str) -> String {
    let of_text = |letter| if is_of_text(letter) { letter } else { ' ' };
    text.chars().map(of_text).take(MAX_NAME).collect()
}

/// The beginning of a text that is too long to be shown.
pub fn beginning(text: &str) -> String {
    const SHOWN: usize = 80;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_is_made_one_that_tables_take() {
        assert_eq!(as_name("A\u{1b}[31mB\u{ffff}"), "A [31mB ");
        let long = "长".repeat(MAX_NAME + 1);
        assert_eq!(as_name(&long), "长".repeat(MAX_NAME));
        assert_eq!(as_name("五华 Wuhua"), "五华 Wuhua");
    }

    #[test]
    fn a_long_text_is_shown_by_its_beginning() {
        assert_eq!(beginning("short"), "short");
        assert_eq!(
            beginning(&"长".repeat(100)),
            format!("{}…", "长".repeat(80))
        );
    }
}
