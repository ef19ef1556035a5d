//! Numbers with decimals, as people and programs read them.

/// A number with so many decimals; what rounds to zero has no sign.
///
/// ```
/// use brigade::decimals::fixed;
///
/// assert_eq!(fixed(-0.04, 1), "0.0");
/// assert_eq!(fixed(-0.06, 1), "-0.1");
/// ```
pub fn fixed(value: f64, places: usize) -> String {
    let figure = format!("{value:.places$}");
    let is_zero = figure.bytes().all(|byte| b"-0.".contains(&byte));
    match figure.strip_prefix('-') {
        Some(zero) if is_zero => zero.to_owned(),
        _ => figure,
    }
}

/// The same with a plus where it is above zero: a change.
pub fn signed(value: f64, places: usize) -> String {
    let figure = fixed(value, places);
    let is_above = value > 0.0 && figure.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if is_above {
        format!("+{figure}")
    } else {
        figure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        let said = [-0.0, -0.004, 0.004, -0.006, 0.006, -12.0].map(|value| fixed(value, 2));
        assert_eq!(said, ["0.00", "0.00", "0.00", "-0.01", "0.01", "-12.00"]);
        let said = [-0.0, -0.004, 0.004, -0.006, 0.006, 12.0].map(|value| signed(value, 2));
        assert_eq!(said, ["0.00", "0.00", "0.00", "-0.01", "+0.01", "+12.00"]);
        assert_eq!([fixed(-0.4, 0), signed(0.4, 0)], ["0", "0"]);
    }
}
