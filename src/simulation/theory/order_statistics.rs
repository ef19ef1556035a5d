//! The first and the last of several engines whose times are independent (David and Nagaraja, Order
//! Statistics, 2003).

use super::stages::squared;

/// Mean and variance of the first of so many exponential times with one mean: a race is over at the summed
/// rate.
pub fn first_exponential(count: u32, mean: f64) -> [f64; 2] {
    let first = mean / f64::from(count);
    [first, first * first]
}

/// Mean and variance of the last: the gaps between one and the next are exponential with the rates of those
/// that are left (Rényi 1953).
pub fn last_exponential(count: u32, mean: f64) -> [f64; 2] {
    let gaps = || (1..=count).map(|left| mean / f64::from(left));
    [gaps().sum(), gaps().map(|gap| gap * gap).sum()]
}

/// Mean and variance of the first of so many times of a uniform distribution from 0 to `high`: beta with 1
/// and `count`. The last are as far from `high`.
pub fn first_uniform(count: u32, high: f64) -> [f64; 2] {
    let n = f64::from(count);
    let mean = high / (n + 1.0);
    [mean, high * high * n / (squared(n + 1.0) * (n + 2.0))]
}

/// Of two exponential times with one mean, the second of which begins `later`: the mean of the first to be
/// over, and the probability that it is the second.
pub fn first_of_two(mean: f64, later: f64) -> [f64; 2] {
    // Whether the first is still running when the second begins; then it is a race of equals.
    let running = libm::exp(-later / mean);
    [mean - running * mean / 2.0, running / 2.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: [f64; 2], expected: [f64; 2]) {
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }

    /// Three with a mean of 6: the first after 2 on average; the last after 2 + 3 + 6.
    #[test]
    fn the_last_of_three_is_the_sum_of_three_gaps() {
        assert_near(first_exponential(3, 6.0), [2.0, 4.0]);
        assert_near(last_exponential(3, 6.0), [11.0, 4.0 + 9.0 + 36.0]);
        assert_near(last_exponential(1, 6.0), [6.0, 36.0]);
    }

    /// One: half, and a twelfth; two: a third of 6, and 36 × 2 / (9 × 4).
    #[test]
    fn the_first_of_two_uniform_times_is_a_third() {
        assert_near(first_uniform(1, 6.0), [3.0, 3.0]);
        assert_near(first_uniform(2, 6.0), [2.0, 2.0]);
    }

    /// Beginning together it is a race of equals; much later it never wins.
    #[test]
    fn who_begins_later_wins_less() {
        assert_near(first_of_two(6.0, 0.0), [3.0, 0.5]);
        assert_near(first_of_two(6.0, 1e9), [6.0, 0.0]);
        assert_near(first_of_two(6.0, 6.0 * libm::log(2.0)), [4.5, 0.25]);
    }
}
