//! The normal distribution by inversion: one number between 0 and 1 for each draw, many at once.

use multiversion::multiversion;

/// The quantile of the standard normal distribution, by the rational approximations of Wichura's
/// algorithm AS 241 (1988), which are right to some 16 digits.
pub fn normal_quantile(p: f64) -> f64 {
    let from_middle = p - 0.5;
    if from_middle.abs() <= MIDDLE_HALF {
        return in_the_middle(from_middle);
    }
    // In each tail by its own share, as 1 - p is exact for p above one half.
    let tail = if p < 0.5 { p } else { 1.0 - p };
    if !(0.0..0.5).contains(&tail) {
        return f64::NAN;
    }
    if tail == 0.0 {
        return f64::INFINITY.copysign(from_middle);
    }
    let r = (-libm::log(tail)).sqrt();
    let quantile = match r <= 5.0 {
        true => ratio(&TAIL, r - 1.6),
        false => ratio(&FAR_TAIL, r - 5.0),
    };
    quantile.copysign(from_middle)
}

/// Puts the quantile in place of each share.
pub(super) fn normal_quantiles(shares: &mut [f64]) {
    const AT_ONCE: usize = 64;
    let mut quantiles = [0.0; AT_ONCE];
    for shares in shares.chunks_mut(AT_ONCE) {
        let quantiles = &mut quantiles[..shares.len()];
        all_in_the_middle(shares, quantiles);
        for (share, quantile) in shares.iter_mut().zip(quantiles) {
            // The few of the tails one by one.
            *share = match (*share - 0.5).abs() <= MIDDLE_HALF {
                true => *quantile,
                false => normal_quantile(*share),
            };
        }
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn all_in_the_middle(shares: &[f64], quantiles: &mut [f64]) {
    for (share, quantile) in shares.iter().zip(quantiles) {
        *quantile = in_the_middle(*share - 0.5);
    }
}

/// How far from one half the first approximation holds.
const MIDDLE_HALF: f64 = 0.425;

#[inline(always)]
fn in_the_middle(from_middle: f64) -> f64 {
    from_middle
        * ratio(
            &MIDDLE,
            MIDDLE_HALF * MIDDLE_HALF - from_middle * from_middle,
        )
}

/// Coefficients of a numerator and a denominator, the constant ones first.
type Ratio = [[f64; 8]; 2];

const MIDDLE: Ratio = [
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_545e3,
    ],
];

const TAIL: Ratio = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];

const FAR_TAIL: Ratio = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

#[inline(always)]
fn ratio([numerator, denominator]: &Ratio, x: f64) -> f64 {
    let polynomial = |of: &[f64; 8]| of.iter().rev().fold(0.0, |sum, c| sum * x + c);
    polynomial(numerator) / polynomial(denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By inverting the error function with 60 digits.
    #[test]
    fn normal_quantiles_are_right_to_15_digits() {
        for (p, quantile) in [
            (1e-300, -37.047_096_299_361_2),
            (1e-12, -7.034_483_825_301_132),
            (1e-5, -4.264_890_793_922_825),
            (0.025, -1.959_963_984_540_054_2),
            (0.07, -1.475_791_028_179_170_7),
            (0.08, -1.405_071_560_309_632_5),
            (0.3, -0.524_400_512_708_040_8),
            (0.500_000_001, 2.506_628_203_738_711_4e-9),
            (0.9, 1.281_551_565_544_600_6),
            (0.975, 1.959_963_984_540_053_9),
            (0.9999, 3.719_016_485_455_708_4),
        ] {
            let got = normal_quantile(p);
            let error = (got - quantile).abs() / quantile.abs();
            assert!(error <= 2e-15, "{p}: {got}, not {quantile}");
        }
    }

    #[test]
    fn many_at_once_are_those_of_one_by_one() {
        let shares: Vec<f64> = (1..10_000).map(|k| f64::from(k) / 10_000.0).collect();
        let mut quantiles = shares.clone();
        normal_quantiles(&mut quantiles);
        let one_by_one: Vec<f64> = shares.iter().map(|share| normal_quantile(*share)).collect();
        assert_eq!(quantiles, one_by_one);
    }
}
