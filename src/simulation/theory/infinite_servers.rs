//! Servers enough for everybody: how many are busy has a Poisson distribution, whatever the
//! distribution of service (Takács 1962).

/// The probability that `busy` servers are busy, `offered` erlangs being offered.
pub fn probability(busy: u32, offered: f64) -> f64 {
    // By logarithms, as the factorial grows fast.
    let logarithm = (1..=busy).fold(-offered, |sum, k| sum + libm::log(offered / f64::from(k)));
    libm::exp(logarithm)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// e⁻² (1, 2, 2, 4/3, …); and all of them sum to 1.
    #[test]
    fn the_number_busy_is_poisson() {
        let e = libm::exp(-2.0_f64);
        for (busy, expected) in [(0, e), (1, 2.0 * e), (2, 2.0 * e), (3, e * 4.0 / 3.0)] {
            assert!((probability(busy, 2.0) - expected).abs() < 1e-15);
        }
        let sum: f64 = (0..200).map(|busy| probability(busy, 50.0)).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
