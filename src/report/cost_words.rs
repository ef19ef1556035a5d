//! Between what costs may lie, in words.

use crate::evaluation::cost::Cost;
use crate::language::Language;
use crate::report::words::wan_yuan;
use crate::text;

/// The annual cost with every price at its lowest and at its highest; nothing where prices have no range.
pub(super) fn cost_range_words(cost: &Cost, language: Language) -> Option<String> {
    let [low, high] = cost.range?.yuan_a_year.map(wan_yuan);
    let value = wan_yuan(cost.yuan_a_year);
    Some(text!(
        language,
        "cost-range",
        value = value,
        low = low,
        high = high
    ))
}
