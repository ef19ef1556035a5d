//! Which texts can go wherever a name goes: onto a terminal, into XML, into a cell of a spreadsheet; and how far words are
//! from each other.

/// How long a name or code may be, in characters: what OpenStreetMap allows, and more than a chart can show.
pub const MAX_NAME: usize = 255;

/// Whether a character is a part of a text: no order to a terminal, none that XML 1.0 cannot hold, none that breaks a
/// line unseen or has others read backwards (embeddings, overrides and isolates of Unicode's bidirectional algorithm).
pub fn is_of_text(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        letter => !letter.is_control(),
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

/// How many letters have to be put in, left out, changed or exchanged with their neighbour to make one
/// word of the other: the optimal string alignment distance (Damerau, 1964; Boytsov, 2011).
pub fn slips(a: &str, b: &str) -> usize {
    let [a, b]: [Vec<char>; 2] = [a, b].map(|text| text.chars().collect());
    let mut above: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(above[j - 2] + 1);
            }
            row.push(least);
        }
        above = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// The one of `known` that is probably meant by a word: the nearest, if no more than one letter in three is a slip.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let all = known.into_iter().map(|known| (slips(&word, known), known));
    all.filter(|(slips, known)| *slips <= (known.chars().count() / 3).max(1))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_is_made_one_that_tables_take() {
        assert_eq!(as_name("A\u{1b}[31mB\u{ffff}"), "A [31mB ");
        assert_eq!(as_name("A\u{9b}31mB\u{202e}C"), "A 31mB C");
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

    #[test]
    fn slips_are_counted_by_hand() {
        for (a, b, slips_between) in [
            ("crew", "crew", 0),
            ("crews", "crew", 1),
            ("aparatus", "apparatus", 1),
            ("wieght", "weight", 1),
            ("rates_fire", "rate_fire", 1),
            ("kitten", "sitting", 3),
            ("", "lon", 3),
        ] {
            assert_eq!(slips(a, b), slips_between, "{a} {b}");
            assert_eq!(slips(b, a), slips_between, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_word_is_meant_and_a_far_one_is_not() {
        let known = ["seed", "name", "horizon"];
        assert_eq!(nearest("seeds", known), Some("seed"));
        assert_eq!(nearest("Horzion", known), Some("horizon"));
        assert_eq!(nearest("dispatch", known), None);
    }
}
