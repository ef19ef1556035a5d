//! Random draws, each stream named by what it is for.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of draws decides. The bytes are part of the key, so a new purpose leaves the
/// draws of the others as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Where a village stands.
    Village,
    /// Where the further junctions stand.
    Junction,
    /// How many people live in a village.
    Residents,
}

impl Purpose {
    fn key(self) -> [u8; 16] {
        match self {
            Self::Village => *b"village\0\0\0\0\0\0\0\0\0",
            Self::Junction => *b"junction\0\0\0\0\0\0\0\0",
            Self::Residents => *b"residents\0\0\0\0\0\0\0",
        }
    }
}

/// A stream of numbers between 0 and 1.
#[derive(Clone, Debug)]
pub struct Draws(ChaCha8Rng);

impl Draws {
    /// The stream of this seed, purpose and index.
    pub fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..24].copy_from_slice(&purpose.key());
        key[24..].copy_from_slice(&index.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// The next number: at least 0, below 1, a multiple of 2⁻⁵³.
    pub fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The next number between `low` and `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.share() * (high - low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_purpose_and_index() {
        let first = |seed, purpose, index| Draws::new(seed, purpose, index).share().to_bits();
        let one = first(1, Purpose::Village, 0);
        assert_eq!(one, first(1, Purpose::Village, 0));
        assert_ne!(one, first(2, Purpose::Village, 0));
        assert_ne!(one, first(1, Purpose::Junction, 0));
        assert_ne!(one, first(1, Purpose::Residents, 0));
        assert_ne!(one, first(1, Purpose::Village, 1));
    }
}
