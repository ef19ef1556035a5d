//! Encodings of texts of which nothing says it.

/// Whether bytes above ASCII come mostly in pairs, as those of a Chinese text in GB 18030 do; in a western text they
/// are letters one by one among plain ones, of which the same encoding makes other characters without a word.
pub fn is_in_pairs<'t>(texts: impl Iterator<Item = &'t [u8]>) -> bool {
    let runs = texts.flat_map(|text| text.split(u8::is_ascii));
    let (mut in_pairs, mut single) = (0_u64, 0_u64);
    for run in runs.filter(|run| !run.is_empty()) {
        match run.len() % 2 {
            0 => in_pairs += 1,
            _ => single += 1,
        }
    }
    in_pairs >= single
}
