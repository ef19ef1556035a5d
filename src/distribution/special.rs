//! The special functions of statistics: Student's t and the beta distribution; and the normal one, by
//! [`normal_quantile`].
//!
//! All are defined for every float: outside a function's range the answer is not a number.

use std::f64::consts::{SQRT_2, TAU};

pub use super::normal::normal_quantile;

/// The share of Student's t distribution at or below `t`.
pub fn students_t_cdf(t: f64, degrees: f64) -> f64 {
    if degrees.is_nan() || degrees <= 0.0 || t.is_nan() {
        return f64::NAN;
    }
    match t <= 0.0 {
        true => t_tail(-t, degrees),
        false => 1.0 - t_tail(t, degrees),
    }
}

/// The quantile of Student's t distribution.
pub fn students_t_quantile(p: f64, degrees: f64) -> f64 {
    if degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    let normal = normal_quantile(p);
    let tail = p.min(1.0 - p);
    if degrees.is_infinite() || !normal.is_finite() || normal == 0.0 {
        return normal;
    }
    // The logarithms of both the share beyond t and that from 0 to t are concave over the logarithm
    // of t, and that of the normal distribution lies before the root.
    let logarithm = newton(libm::log(normal.abs()), |logarithm| {
        let t = libm::exp(logarithm);
        let [x, y] = t_shares(t, degrees);
        let (share, wanted) = match tail < 0.25 {
            true => (t_tail(t, degrees), tail),
            false => (incomplete(y, x, 0.5, degrees / 2.0) / 2.0, 0.5 - tail),
        };
        let step = libm::log(share / wanted) * share / power_term(x, y, degrees / 2.0, 0.5);
        if tail < 0.25 { step } else { -step }
    });
    libm::exp(logarithm).copysign(normal)
}

/// The share of Student's t distribution above `t`, which is not negative.
fn t_tail(t: f64, degrees: f64) -> f64 {
    if degrees.is_infinite() {
        return libm::erfc(t / SQRT_2) / 2.0;
    }
    let [x, y] = t_shares(t, degrees);
    incomplete(x, y, degrees / 2.0, 0.5) / 2.0
}

/// The point of the beta distribution that stands for `t`, and its complement.
fn t_shares(t: f64, degrees: f64) -> [f64; 2] {
    let ratio = t / degrees.sqrt();
    let [x, y] = match ratio < 1.0 {
        true => [1.0, ratio * ratio],
        false => [1.0 / ratio / ratio, 1.0],
    };
    [x / (x + y), y / (x + y)]
}

/// The regularized incomplete beta function: the share of the beta distribution at or below `x`.
pub fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&x) || !is_shape(a) || !is_shape(b) {
        return f64::NAN;
    }
    incomplete(x, 1.0 - x, a, b)
}

/// The quantile of the beta distribution.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || !is_shape(a) || !is_shape(b) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return p;
    }
    match p <= 0.5 {
        true => beta_lower(p, a, b)[0],
        false => beta_lower(1.0 - p, b, a)[1],
    }
}

fn is_shape(a: f64) -> bool {
    a > 0.0 && a.is_finite()
}

/// The point up to which there is a share `p` of at most one half, and its complement.
fn beta_lower(p: f64, a: f64, b: f64) -> [f64; 2] {
    // The logarithm of the share is concave over the logarithm of the odds.
    let shares = |odds: f64| {
        [
            1.0 / (1.0 + libm::exp(-odds)),
            1.0 / (1.0 + libm::exp(odds)),
        ]
    };
    let odds = newton(libm::log(a / b), |odds| {
        let [x, y] = shares(odds);
        let share = incomplete(x, y, a, b);
        -libm::log(share / p) * share / power_term(x, y, a, b)
    });
    shares(odds)
}

/// The root of a concave function by Newton's method, which is on one side of it after its first
/// step and then draws nearer; `step` is the step from a point.
fn newton(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    let mut at = start;
    for _ in 0..200 {
        let step = step(at);
        if !step.is_finite() {
            break; // Beyond what a float can tell.
        }
        at += step;
        // What is left is the square of that.
        if step.abs() < 1e-9 {
            break;
        }
    }
    at
}

/// The share of the beta distribution below `x`, whose complement is `y`.
fn incomplete(x: f64, y: f64, a: f64, b: f64) -> f64 {
    if x == 0.0 || y == 0.0 {
        return if x == 0.0 { 0.0 } else { 1.0 };
    }
    // The fraction converges quickly up to about the mean.
    match x <= (a + 1.0) / (a + b + 2.0) {
        true => power_term(x, y, a, b) / fraction(x, y, a, b),
        false => 1.0 - power_term(y, x, b, a) / fraction(y, x, b, a),
    }
}

/// The continued fraction of the incomplete beta function (DiDonato and Morris 1992, their equation
/// 9), by the method of Lentz (1976) as Thompson and Barnett (1986) have it.
fn fraction(x: f64, y: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let not_zero = |of: f64| if of.abs() < TINY { TINY } else { of };
    // Not by 1 - x, which says little of y where x is near 1.
    let lambda = a * y - b * x;
    let mut value = not_zero(a / (a + 1.0) * (lambda + 1.0));
    let (mut c, mut d) = (value, 0.0);
    for m in 1..MOST_TERMS {
        let m = f64::from(m);
        let even = a + 2.0 * m - 1.0;
        let above = (a + m - 1.0) / even * ((a + b + m - 1.0) / even) * (m * (b - m) * x * x);
        let below =
            m + m * (b - m) / even * x + (a + m) / (even + 2.0) * (lambda + 1.0 + m * (1.0 + y));
        d = 1.0 / not_zero(below + above * d);
        c = not_zero(below + above / c);
        value *= c * d;
        if (c * d - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// More than any fraction takes whose parameters are below 10⁹: those take a quarter of their root.
const MOST_TERMS: u32 = 20_000;

/// `x^a y^b / B(a, b)`: to the density at `x` as the logarithm of the odds is to `x`. By the
/// saddle-point form of Loader (2000), which loses no digits where the parameters are large.
fn power_term(x: f64, y: f64, a: f64, b: f64) -> f64 {
    let both = a + b;
    let stirling = stirling_error(both) - stirling_error(a) - stirling_error(b);
    let deviances = deviance(a, both * x) + deviance(b, both * y);
    (a / both * b / TAU).sqrt() * libm::exp(stirling - deviances)
}

/// What Stirling's formula lacks of the logarithm of the gamma function at `n + 1`.
fn stirling_error(n: f64) -> f64 {
    if n < 15.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - 0.5 * libm::log(TAU);
    }
    let square = 1.0 / (n * n);
    let series = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    series
        .iter()
        .rev()
        .fold(0.0, |sum, term| sum * square + term)
        / n
}

/// `x ln(x / mean) + mean - x`, also where `x` is near the mean.
fn deviance(x: f64, mean: f64) -> f64 {
    let apart = x - mean;
    if apart.abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) - apart;
    }
    let ratio = apart / (x + mean);
    let square = ratio * ratio;
    let mut power = 2.0 * x * ratio;
    let mut sum = apart * ratio;
    for k in 1..20 {
        power *= square;
        sum += power / f64::from(2 * k + 1);
    }
    sum
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Beta, ContinuousCDF, StudentsT};

    use super::*;

    #[track_caller]
    fn assert_near(got: f64, wanted: f64, relative: f64, of: std::fmt::Arguments<'_>) {
        let error = (got - wanted).abs() / wanted.abs();
        assert!(error <= relative, "{of}: {got}, not {wanted}");
    }

    /// By inverting integrals of the density with 40 digits and more.
    #[test]
    fn quantiles_of_students_t_are_right_to_12_digits() {
        for (p, degrees, quantile) in [
            (1e-12, 0.1, -1.604_425_705_666_545_4e116),
            (0.26, 0.1, -113.654_137_686_294_5),
            (0.4999, 0.1, -0.000_675_255_922_392_625_3),
            (1e-12, 1.0, -318_309_886_183.790_7),
            (0.025, 1.0, -12.706_204_736_174_704),
            (0.24, 1.0, -1.064_891_840_324_792),
            (0.26, 1.0, -0.939_062_505_817_492_3),
            (0.975, 2.0, 4.302_652_729_749_462),
            (1e-4, 3.0, -22.203_742_273_204_183),
            (0.9, 7.5, 1.405_211_846_415_953),
            (1e-12, 29.0, -11.613_158_011_561_407),
            (0.975, 29.0, 2.045_229_642_132_704),
            (0.4999, 1000.0, -0.000_250_725_503_622_888_89),
            (0.025, 1000.0, -1.962_339_080_826_408_5),
            (1e-12, 1e6, -7.034_572_608_411_256),
            (0.24, 1e6, -0.706_302_827_502_926_8),
            (0.4999, 1e6, -0.000_250_662_892_753_726_78),
            (0.9, 1e6, 1.281_552_412_129_938_6),
            (0.975, 1e6, 1.959_966_356_814_106_7),
            (0.975, f64::INFINITY, 1.959_963_984_540_053_9),
        ] {
            let of = format_args!("{p} with {degrees} degrees");
            let got = students_t_quantile(p, degrees);
            assert_near(got, quantile, 2e-12, of);
            assert_near(students_t_cdf(quantile, degrees), p, 1e-10, of);
        }
    }

    /// By inverting the hypergeometric series with 40 digits; the limits of Clopper and Pearson are
    /// among them.
    #[test]
    fn quantiles_of_the_beta_distribution_are_right_to_12_digits() {
        for (p, a, b, quantile) in [
            (0.025, 1.0, 30.0, 0.000_843_570_926_630_478_8),
            (0.975, 1.0, 30.0, 0.115_703_308_222_027_79),
            (0.025, 3.0, 98.0, 0.006_229_971_538_306_394),
            (0.975, 4.0, 97.0, 0.085_176_052_974_280_02),
            (0.025, 30.0, 1.0, 0.884_296_691_777_972_2),
            (1e-12, 2.0, 5.0, 2.581_989_786_361_007e-7),
            (1.0 - 1e-12, 2.0, 5.0, 0.997_216_639_056_753_6),
            (0.5, 0.5, 0.5, 0.5),
            (1e-9, 0.1, 40.0, 1.535_496_391_499_654e-92),
            (0.3, 0.01, 0.02, 2.028_941_631_265_060_8e-35),
            (0.975, 12.0, 1990.0, 0.009_814_766_277_695_773),
            (0.025, 480.0, 520.5, 0.448_863_827_834_659_54),
            (0.999_999, 7.25, 0.75, 0.999_999_998_746_321_1),
        ] {
            let of = format_args!("{p} of a = {a}, b = {b}");
            assert_near(beta_quantile(p, a, b), quantile, 2e-12, of);
            assert_near(incomplete_beta(quantile, a, b), p, 1e-10, of);
        }
    }

    #[test]
    fn shares_are_those_of_another_library() {
        for degrees in [0.5, 1.0, 3.0, 10.0, 100.0, 1e4] {
            let theirs = StudentsT::new(0.0, 1.0, degrees).unwrap();
            for tenths in -80..=80 {
                let t = f64::from(tenths) / 10.0;
                let error = (students_t_cdf(t, degrees) - theirs.cdf(t)).abs();
                assert!(error < 1e-11, "{t} with {degrees} degrees: off by {error}");
            }
        }
        for (a, b) in [
            (0.5, 2.0),
            (1.0, 1.0),
            (3.0, 0.2),
            (20.0, 400.0),
            (900.0, 5.0),
        ] {
            let theirs = Beta::new(a, b).unwrap();
            for part in 1..200 {
                let x = f64::from(part) / 200.0;
                let error = (incomplete_beta(x, a, b) - theirs.cdf(x)).abs();
                assert!(error < 1e-11, "{x} of a = {a}, b = {b}: off by {error}");
            }
        }
    }

    /// Counts of tens of millions of calls, too.
    #[test]
    fn a_quantile_is_where_its_share_is() {
        for (a, b) in [
            (1.0, 1e7),
            (5e3, 5e5),
            (1e7, 1e7),
            (3e7, 2e4),
            (1e-3, 1e3),
            (0.7, 0.3),
        ] {
            for p in [1e-12, 1e-5, 0.025, 0.4, 0.5, 0.6, 0.975, 0.999] {
                let x = beta_quantile(p, a, b);
                let of = format_args!("{p} of a = {a}, b = {b}");
                // Below the smallest float the root is 0.
                if x > 0.0 && x < 1.0 - 1e-12 {
                    assert_near(incomplete_beta(x, a, b), p, 1e-9, of);
                }
            }
        }
    }

    #[test]
    fn what_is_not_in_the_range_is_not_a_number_and_never_panics() {
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert_eq!(students_t_quantile(0.0, 3.0), f64::NEG_INFINITY);
        assert_eq!(students_t_quantile(0.5, 3.0), 0.0);
        assert_eq!(students_t_cdf(f64::INFINITY, 3.0), 1.0);
        assert_eq!(students_t_cdf(f64::NEG_INFINITY, 3.0), 0.0);
        assert_eq!(
            [beta_quantile(0.0, 2.0, 3.0), beta_quantile(1.0, 2.0, 3.0)],
            [0.0, 1.0]
        );
        let odd = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -1.0,
            -0.0,
            f64::MIN_POSITIVE,
            5e-324,
            1e-9,
            0.5,
            1.0,
            1.0 - 1e-16,
            2.0,
            1e9,
            1e300,
            f64::MAX,
        ];
        for a in odd {
            let outside = !(0.0..=1.0).contains(&a);
            assert_eq!(normal_quantile(a).is_nan(), outside, "{a}");
            for b in odd {
                students_t_cdf(a, b);
                assert!(!outside || students_t_quantile(a, b).is_nan(), "{a}, {b}");
                for c in odd {
                    let share = incomplete_beta(a, b, c);
                    let point = beta_quantile(a, b, c);
                    assert!(
                        !outside || (share.is_nan() && point.is_nan()),
                        "{a}, {b}, {c}"
                    );
                }
            }
        }
    }
}
