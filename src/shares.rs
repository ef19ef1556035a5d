//! A whole shared out in whole numbers, so that nothing is lost: residents over villages, homes and cells,
//! incidents over their cases.

use std::cmp::Ordering;

/// Shares `total` by weight in whole people (largest remainder, Hamilton's method): everyone gets
/// the whole part of their share, and those with the largest remainders one more. Ties go to the
/// earlier one.
///
/// Without any weight nobody gets anything.
pub fn shared_out(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    // No larger than `total`, so they fit.
    let shares = weights.iter().map(|weight| (exact(*weight) / sum) as u64);
    let remainders = weights.iter().map(|weight| exact(*weight) % sum);
    with_the_rest(
        shares.collect(),
        total,
        &remainders.collect::<Vec<_>>(),
        u128::cmp,
    )
}

/// Parts of a whole as whole numbers that come to the whole, to the nearest, by the same rule.
pub fn whole_parts(parts: &[f64], factor: f64) -> Vec<u64> {
    let exact = parts.iter().map(|part| part * factor);
    let whole = (parts.iter().sum::<f64>() * factor).round() as u64;
    let shares = exact.clone().map(|part| part.floor() as u64);
    let remainders: Vec<f64> = exact.map(f64::fract).collect();
    with_the_rest(shares.collect(), whole, &remainders, f64::total_cmp)
}

/// What is left of a whole goes to the shares with the largest remainders, one each.
fn with_the_rest<R>(
    mut shares: Vec<u64>,
    whole: u64,
    remainders: &[R],
    compare: fn(&R, &R) -> Ordering,
) -> Vec<u64> {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    // Stable: of equals the earlier one comes first.
    order.sort_by(|a, b| compare(&remainders[*b], &remainders[*a]));
    let left = whole.saturating_sub(shares.iter().sum());
    // Sums of rounded parts can leave one more than there are.
    for index in order.into_iter().cycle().take(left as usize) {
        shares[index] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 over 3 + 1 + 1 + 1 = 6: exact shares 50, 16⅔, 16⅔, 16⅔. The whole parts leave 2,
    /// which go to the first two of the three equal remainders.
    #[test]
    fn nobody_is_lost_between_a_community_and_three_villages() {
        assert_eq!(shared_out(100, &[3, 1, 1, 1]), [50, 17, 17, 16]);
    }

    #[test]
    fn parts_come_to_the_whole() {
        assert_eq!(whole_parts(&[0.5, 0.25, 0.25], 10.0), [5, 3, 2]);
        assert_eq!(whole_parts(&[1.0 / 3.0; 3], 100.0), [34, 33, 33]);
        assert_eq!(whole_parts(&[0.0; 3], 100.0), [0; 3]);
    }

    #[test]
    fn a_town_without_villages_shares_nothing() {
        assert_eq!(shared_out(100, &[]), [0; 0]);
    }
}
