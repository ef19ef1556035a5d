//! e to the power of many numbers at once: a lognormal draw for each trip of millions.

use std::f64::consts::LOG2_E;

use multiversion::multiversion;

/// Numbers from here on lose their fraction when added to it, as a float has 52 bits behind the
/// point.
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// The natural logarithm of 2 in two parts, the first short enough that its product with a small
/// whole number is exact (Cody and Waite 1980).
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// Powers beyond are taken for these; they are still finite and above 0.
const LARGEST: f64 = 700.0;

/// Puts e to its power in place of each, with an error of at most two units in the last place.
#[multiversion(targets("x86_64+avx2"))]
pub fn exponentials(powers: &mut [f64]) {
    for power in powers {
        *power = exponential(*power);
    }
}

/// Two to a whole power, times e to what is left of it: a Taylor polynomial, as that is less than
/// 0.35 either way.
#[inline(always)]
fn exponential(power: f64) -> f64 {
    let power = power.clamp(-LARGEST, LARGEST);
    let shifted = power * LOG2_E + SHIFT;
    let whole = shifted - SHIFT;
    let x = power - whole * LN_2[0] - whole * LN_2[1];
    // 1 + x + x²/2! + …, gathered in pairs so that not every step waits for the one before.
    let x2 = x * x;
    let x4 = x2 * x2;
    let x8 = x4 * x4;
    let low = (1.0 + x) + x2 * (1.0 / 2.0 + x * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + x * (1.0 / 120.0)) + x2 * (1.0 / 720.0 + x * (1.0 / 5_040.0));
    let high = (1.0 / 40_320.0 + x * (1.0 / 362_880.0))
        + x2 * (1.0 / 3_628_800.0 + x * (1.0 / 39_916_800.0))
        + x4 * (1.0 / 479_001_600.0 + x * (1.0 / 6_227_020_800.0));
    let rest = low + x4 * middle + x8 * high;
    // The last bits of what was shifted are the whole number, which belongs in the exponent.
    let scale = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    rest * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_power_is_as_the_library_has_it() {
        let powers: Vec<f64> = (-69_999..70_000).map(|i| f64::from(i) / 100.003).collect();
        let mut ours = powers.clone();
        exponentials(&mut ours);
        for (power, ours) in powers.iter().zip(ours) {
            let theirs = power.exp();
            let units = (ours - theirs).abs() / (theirs * f64::EPSILON);
            assert!(units <= 2.0, "e^{power}: {ours}, not {theirs}");
        }
    }

    #[test]
    fn what_is_too_large_or_small_stays_finite_and_above_0() {
        let mut powers = [0.0, -0.0, 1e9, -1e9, f64::INFINITY];
        exponentials(&mut powers);
        assert_eq!(powers[..2], [1.0, 1.0]);
        assert!(powers.iter().all(|power| power.is_finite() && *power > 0.0));
    }
}
