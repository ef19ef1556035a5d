//! A whole shared out in whole numbers, so that nothing is lost: residents over villages, homes and cells.

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
    let mut shares: Vec<u64> = weights
        .iter()
        // No larger than `total`, so it fits.
        .map(|weight| (exact(*weight) / sum) as u64)
        .collect();
    let left = total - shares.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(exact(weights[*index]) % sum), *index));
    for index in order.into_iter().take(left as usize) {
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
    fn a_town_without_villages_shares_nothing() {
        assert_eq!(shared_out(100, &[]), [0; 0]);
    }
}
