//! Lengths and weights as mappers write them: `3.5`, `3,5 m`, `350 cm`, `12'6"`, `7.5 t`, `16000 lbs`.

use crate::roads::osm::Tags;
use crate::roads::osm::not_understood::NotUnderstood;
use crate::roads::road::SizeLimits;
use crate::units::{Metres, Tonnes};

const FOOT: f64 = 0.3048;
const INCH: f64 = 0.0254;
const POUND: f64 = 0.000_453_592_37;
/// The American ton of 2,000 lb, `st` on the map.
const SHORT_TON: f64 = 2000.0 * POUND;
/// The British ton of 2,240 lb, `lt` on the map.
const LONG_TON: f64 = 2240.0 * POUND;

/// Words under `maxheight` and its kin that say that no limit is posted.
const NO_LIMIT: [&str; 7] = [
    "none",
    "default",
    "below_default",
    "no_indications",
    "no_sign",
    "unsigned",
    "unknown",
];

/// The width of the carriageway, posted or estimated.
pub fn width(tags: &Tags, odd: &mut NotUnderstood) -> Option<Metres> {
    ["width", "est_width"]
        .into_iter()
        .find_map(|key| measure(tags, key, odd, length, 200.0))
        .map(Metres)
}

/// Limits of which it is not clear, or not said in a profile, whether they hold an engine: those on the
/// rating that is written in a vehicle's papers, on groups of axles, and on vehicles with a trailer. They are
/// counted as not understood, and so are limits for other vehicles or at certain times (`maxweight:hgv`,
/// `maxheight:conditional`).
fn is_other_limit(key: &str) -> bool {
    match key.split_once(':') {
        None => matches!(key, "maxweightrating" | "maxbogieweight" | "maxgcweight"),
        Some((base, narrower)) => {
            let is_limit = matches!(
                base,
                "maxheight" | "maxweight" | "maxwidth" | "maxaxleload" | "maxlength"
            );
            is_limit && !matches!(narrower, "physical" | "emergency" | "signed")
        }
    }
}

/// The limits on size and weight; of a posted and a measured one the smaller. What is posted for emergency
/// vehicles (`maxweight:emergency`) holds them in place of what is posted for all.
pub fn limits(tags: &Tags, odd: &mut NotUnderstood) -> SizeLimits {
    for (key, value) in tags.0.iter().filter(|(key, _)| is_other_limit(key)) {
        odd.count(key, value);
    }
    let mut least = |keys: [&str; 2], read: fn(&str) -> Option<f64>, most| {
        let for_engines = format!("{}:emergency", keys[0]);
        if tags.get(&for_engines).is_some() {
            return measure(tags, &for_engines, odd, read, most);
        }
        keys.into_iter()
            .filter_map(|key| measure(tags, key, odd, read, most))
            .min_by(f64::total_cmp)
    };
    SizeLimits {
        height: least(["maxheight", "maxheight:physical"], length, 100.0).map(Metres),
        weight: least(["maxweight", "maxweight:physical"], weight, 1000.0).map(Tonnes),
        width: least(["maxwidth", "maxwidth:physical"], length, 200.0).map(Metres),
        axle_load: least(["maxaxleload", "maxaxleload:physical"], weight, 1000.0).map(Tonnes),
        length: least(["maxlength", "maxlength:physical"], length, 200.0).map(Metres),
    }
}

fn measure(
    tags: &Tags,
    key: &str,
    odd: &mut NotUnderstood,
    read: fn(&str) -> Option<f64>,
    most: f64,
) -> Option<f64> {
    let text = tags.get(key)?;
    if NO_LIMIT.contains(&text) {
        return None;
    }
    let value = read(text).filter(|value| *value > 0.0 && *value <= most);
    if value.is_none() {
        odd.count(key, text);
    }
    // To the centimetre, or 10 kg: nobody measures closer.
    value.map(|value| ((value * 100.0).round() / 100.0).max(0.01))
}

fn length(text: &str) -> Option<f64> {
    let text = text.replace(['′', '’'], "'").replace(['″', '”'], "\"");
    if let Some((feet, inches)) = text.split_once('\'') {
        let inches = match inches.trim().trim_end_matches('"').trim() {
            "" => 0.0,
            inches => number(inches)?,
        };
        return Some(number(feet)? * FOOT + inches * INCH);
    }
    if let Some((feet, inches)) = text.split_once("ft")
        && let Some(inches) = inches.trim().strip_suffix("in")
    {
        return Some(number(feet)? * FOOT + number(inches)? * INCH);
    }
    with_unit(
        &text,
        &[
            ("", 1.0),
            ("m", 1.0),
            ("metres", 1.0),
            ("meters", 1.0),
            ("米", 1.0),
            ("cm", 0.01),
            ("ft", FOOT),
            ("feet", FOOT),
            ("in", INCH),
            ("\"", INCH),
        ],
    )
}

fn weight(text: &str) -> Option<f64> {
    with_unit(
        text,
        &[
            ("", 1.0),
            ("t", 1.0),
            ("吨", 1.0),
            ("kg", 0.001),
            ("lb", POUND),
            ("lbs", POUND),
            ("st", SHORT_TON),
            ("lt", LONG_TON),
        ],
    )
}

fn with_unit(text: &str, units: &[(&str, f64)]) -> Option<f64> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let (_, factor) = units.iter().find(|(name, _)| *name == unit.trim())?;
    let number_text = text[..text.len() - unit.len()].trim();
    // Nobody posts a thousandth: in small units three figures after a comma are thousands, in large ones unclear.
    let number = match number_text.split_once(',') {
        Some((thousands, rest)) if rest.len() == 3 => {
            let is_small = *factor < 0.1;
            number(&format!("{thousands}{rest}")).filter(|_| is_small)?
        }
        _ => number(number_text)?,
    };
    Some(number * factor)
}

/// A number with a point or a comma before its fraction.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    if !plain {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 12 ft 6 in = 12.5 × 0.3048 = 3.81 m; 7 ft = 2.1336 m; 16000 lb = 7.2575 t; 8 st = 7.2575 t.
    #[test]
    fn lengths_and_weights_are_read_in_every_spelling() {
        for (text, metres) in [
            ("3.5", 3.5),
            ("3,5 m", 3.5),
            ("350cm", 3.5),
            ("12'6\"", 3.81),
            ("12′ 6″", 3.81),
            ("12 ft 6 in", 3.81),
            ("7'", 2.1336),
            ("7 ft", 2.1336),
        ] {
            assert!((length(text).unwrap() - metres).abs() < 1e-9, "{text}");
        }
        for (text, tonnes) in [
            ("7.5", 7.5),
            ("7,5t", 7.5),
            ("7500 kg", 7.5),
            ("16000 lbs", 7.257_477_92),
            ("16,000 lbs", 7.257_477_92),
            ("7,500 kg", 7.5),
            ("8 st", 7.257_477_92),
        ] {
            assert!((weight(text).unwrap() - tonnes).abs() < 1e-9, "{text}");
        }
        assert_eq!((weight("7,500"), weight("1,234,567 kg")), (None, None));
        assert_eq!(length("1,200 cm"), Some(12.0));
        for odd in ["", "narrow", "1.2.3", "-3", "3 miles", "1e9", "'", "ft in"] {
            assert_eq!(length(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_words_for_no_limit_are_known_and_others_counted() {
        let mut odd = NotUnderstood::default();
        let tags = Tags::of(&[
            ("maxheight", "below_default"),
            ("maxweight", "heavy"),
            ("maxwidth", "2.5"),
            ("maxwidth:physical", "2.3"),
            ("maxwidth:signed", "no"),
            ("maxlength:hgv", "8"),
            ("maxweightrating", "7.5"),
        ]);
        let limits = limits(&tags, &mut odd);
        assert_eq!((limits.height, limits.weight), (None, None));
        assert_eq!(limits.width, Some(Metres(2.3)));
        assert_eq!(odd.of("maxweight", "heavy"), 1);
        assert_eq!(odd.of("maxheight", "below_default"), 0);
        assert_eq!(limits.length, None);
        assert_eq!(odd.of("maxlength:hgv", "8"), 1);
        assert_eq!(odd.of("maxweightrating", "7.5"), 1);
        assert_eq!(odd.of("maxwidth:signed", "no"), 0);
    }
}
