//! From the lanes of a sweep, position by position, to rows, origin by origin.
//!
//! ```text
//!                lanes                          rows
//! destination 0  [a b c ...]     origin a  [0 1 2 3 ...]
//! destination 1  [a b c ...] ->  origin b  [0 1 2 3 ...]
//! ...                            ...
//! ```
//!
//! As each time stands alone on both sides, this takes as long as the sweep unless several are
//! turned at once, in squares.

use multiversion::multiversion;
use multiversion::target::match_target;

use crate::paths::digraph::{LIMIT, finished};
use crate::paths::hierarchy::UpwardArcs;

/// Lanes come in steps of so many, as many as one instruction handles.
pub(super) const STEP: usize = 8;

/// Destinations that are worked out before they are turned: as many as the second cache holds, so
/// that each row gets a long piece at once.
const BLOCK: usize = 512;

/// Times of so many destinations and as many origins, turned together; at most [`LIMIT`] each.
type Square = [[u32; STEP]; STEP];

/// Brings lanes down to what can be reached from positions above.
#[inline(always)]
pub(super) fn pull<const WIDTH: usize>(
    lanes: &mut [u32; WIDTH],
    from: &[(u32, u32)],
    above: &[[u32; WIDTH]],
) {
    for (position, time) in from {
        let of_position = &above[*position as usize];
        for lane in 0..WIDTH {
            lanes[lane] = lanes[lane].min(of_position[lane] + time); // Both are at most LIMIT.
        }
    }
}

/// Writes the times to each destination from the positions at its ends into rows, one row a lane.
///
/// # Panics
/// When a row has not one entry a destination.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
pub(super) fn write<const WIDTH: usize>(
    ends: &UpwardArcs,
    swept: &[[u32; WIDTH]],
    rows: &mut [&mut [u32]],
) {
    let destinations = ends.first.len() - 1;
    let mut block = [[LIMIT; WIDTH]; BLOCK];
    for begin in (0..destinations).step_by(BLOCK) {
        let end = destinations.min(begin + BLOCK);
        for (of_block, destination) in block.iter_mut().zip(begin..end) {
            let mut lanes = [LIMIT; WIDTH];
            pull(&mut lanes, ends.of(destination as u32), swept);
            *of_block = lanes;
        }
        // What is left of the last block beyond its whole squares is written time by time.
        let (squares, rest) = block[..end - begin].as_chunks::<STEP>();
        for (step, rows) in rows.chunks_mut(STEP).enumerate() {
            for (of_square, column) in squares.iter().zip((begin..).step_by(STEP)) {
                let mut square = Square::default();
                for (times, lanes) in square.iter_mut().zip(of_square) {
                    *times = lanes.as_chunks().0[step];
                }
                let turned = match_target! {
                    "x86_64+avx2" => avx2::turned(square),
                    _ => turned(square),
                };
                for (row, times) in rows.iter_mut().zip(&turned) {
                    row[column..][..STEP].copy_from_slice(times);
                }
            }
            for (lanes, column) in rest.iter().zip(end - rest.len()..) {
                for (row, time) in rows.iter_mut().zip(&lanes[step * STEP..]) {
                    row[column] = finished(*time);
                }
            }
        }
    }
}

#[inline(always)]
fn turned(square: Square) -> Square {
    std::array::from_fn(|lane| square.map(|times| finished(times[lane])))
}

/// The same with instructions that move eight times at once: compilers do not find them.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpgt_epi32, _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_unpackhi_epi32, _mm256_unpackhi_epi64, _mm256_unpacklo_epi32,
        _mm256_unpacklo_epi64,
    };

    use super::{STEP, Square};
    use crate::paths::digraph::LIMIT;

    /// Rows for columns, in pieces of 1, 2 and 4 times.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn turned(square: Square) -> Square {
        let last = _mm256_set1_epi32(LIMIT as i32 - 1);
        let mut rows = [_mm256_setzero_si256(); STEP];
        for (row, times) in rows.iter_mut().zip(square) {
            let times: __m256i = bytemuck::must_cast(times);
            // All bits are set in `NEVER`.
            *row = _mm256_or_si256(times, _mm256_cmpgt_epi32(times, last));
        }
        let [a, b, c, d, e, f, g, h] = rows;
        let ones = |a, b| [_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b)];
        let twos = |a, b| [_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b)];
        let fours = |a, b| {
            [
                _mm256_permute2x128_si256::<0x20>(a, b),
                _mm256_permute2x128_si256::<0x31>(a, b),
            ]
        };
        let [[a, b], [c, d], [e, f], [g, h]] = [ones(a, b), ones(c, d), ones(e, f), ones(g, h)];
        let [[a, c], [b, d], [e, g], [f, h]] = [twos(a, c), twos(b, d), twos(e, g), twos(f, h)];
        let [[a, e], [c, g], [b, f], [d, h]] = [fours(a, e), fours(c, g), fours(b, f), fours(d, h)];
        bytemuck::must_cast([a, c, b, d, e, g, f, h])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_turned_the_same_with_and_without_wide_instructions() {
        let square: Square = std::array::from_fn(|row| {
            std::array::from_fn(|column| {
                let time = (row * 10 + column) as u32;
                if time % 7 == 3 { LIMIT } else { time }
            })
        });
        let expected: Square =
            std::array::from_fn(|row| std::array::from_fn(|column| finished(square[column][row])));
        assert_eq!(turned(square), expected);
        assert_eq!(turned_here(square), expected);
    }

    #[multiversion(targets("x86_64+avx2"))]
    fn turned_here(square: Square) -> Square {
        match_target! {
            "x86_64+avx2" => avx2::turned(square),
            _ => turned(square),
        }
    }
}
