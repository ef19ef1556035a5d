//! Well-known text (WKT 1) of coordinate systems, as a `.prj` holds it: its tree.

/// `KEYWORD["text", 1.0, CHILD[…]]`.
#[derive(Debug, Default)]
pub(super) struct Wkt {
    pub keyword: String,
    pub texts: Vec<String>,
    numbers: Vec<f64>,
    pub children: Vec<Wkt>,
}

impl Wkt {
    /// The whole text, or `None` where it is something else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (wkt, _) = Self::node(text.trim_start_matches('\u{feff}').trim(), 0)?;
        Some(wkt)
    }

    /// One node and the text after it.
    fn node(text: &str, depth: usize) -> Option<(Self, &str)> {
        const DEEPEST: usize = 16;
        let open = text.find(['[', '('])?;
        let mut wkt = Self {
            keyword: text[..open].trim().to_uppercase(),
            ..Self::default()
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if depth > DEEPEST || wkt.keyword.is_empty() || !wkt.keyword.chars().all(is_word) {
            return None;
        }
        let mut rest = text[open + 1..].trim_start();
        loop {
            if let Some(quoted) = rest.strip_prefix('"') {
                let (value, after) = quoted.split_once('"')?;
                wkt.texts.push(value.to_owned());
                rest = after.trim_start();
            } else {
                let end = rest.find([',', ']', ')', '[', '('])?;
                if rest[end..].starts_with(['[', '(']) {
                    let (child, after) = Self::node(rest, depth + 1)?;
                    wkt.children.push(child);
                    rest = after.trim_start();
                } else {
                    // A word without quotes is the direction of an axis, which is of no use here.
                    wkt.numbers.extend(rest[..end].trim().parse::<f64>().ok());
                    rest = &rest[end..];
                }
            }
            if let Some(after) = rest.strip_prefix(',') {
                rest = after.trim_start();
            } else {
                return Some((wkt, rest.strip_prefix([']', ')'])?));
            }
        }
    }

    /// The name, which is the first text.
    pub(super) fn name(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }

    pub(super) fn child(&self, keyword: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.keyword == keyword)
    }

    pub(super) fn number(&self, index: usize) -> Option<f64> {
        self.numbers.get(index).copied().filter(|n| n.is_finite())
    }
}
