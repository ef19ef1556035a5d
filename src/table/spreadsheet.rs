//! What spreadsheets do to codes.

/// `4.41424E+11`: what a spreadsheet makes of a code of twelve digits.
pub fn is_rewritten(id: &str) -> bool {
    let Some((number, exponent)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, behind) = number.split_once('.').unwrap_or((number, "0"));
    whole.len() == 1
        && digits(whole)
        && digits(behind)
        && exponent.strip_prefix('+').is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_makes_of_a_code_is_known() {
        for id in ["4.41424E+11", "4E+11", "1.2e+9"] {
            assert!(is_rewritten(id), "{id}");
        }
        for id in [
            "441424",
            "E+11",
            "G4E+1",
            "4.41424E11",
            "44.1E+10",
            "4E+",
            "s4E+2b",
        ] {
            assert!(!is_rewritten(id), "{id}");
        }
    }
}
