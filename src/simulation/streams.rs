//! Streams of random numbers, each named by what it is for.
//!
//! A stream is the ChaCha8 generator (Bernstein 2008) under a key that spells out scenario seed,
//! replication, purpose and index. Different names are different keys, so no two streams are
//! parts of one sequence, and a draw for one purpose never shifts those for another.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What a stream is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// When and where incidents of a type arise.
    Arrivals = 1,
    /// The additional incidents of special days.
    SpecialDays = 2,
    /// How many engines an incident needs.
    Severity = 3,
    /// How long calls are handled.
    CallHandling = 5,
    /// How long crews take to leave.
    Turnout = 6,
    /// How trips differ from what is expected.
    Traffic = 7,
    /// How long engines stay at the scene.
    OnScene = 8,
    /// Weights of replications.
    Weights = 9,
    /// How long engines take to be ready after they are back.
    Restocking = 10,
    /// How long it takes to bring water on a fire.
    Water = 11,
    /// How long it takes with a tender.
    Tender = 12,
}

/// The stream of a purpose; `index` distinguishes the types of incident, or whatever the purpose
/// has several of.
pub fn stream(seed: u64, replication: u32, purpose: Purpose, index: usize) -> ChaCha8Rng {
    let mut key = [0; 32];
    let parts = [seed, u64::from(replication), purpose as u64, index as u64];
    for (bytes, part) in key.chunks_exact_mut(8).zip(parts) {
        bytes.copy_from_slice(&part.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key)
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;

    /// Pinned, so that an update of a crate cannot change every result unseen.
    #[test]
    fn the_draws_of_a_name_stay_the_same() {
        let mut rng = stream(1, 2, Purpose::Severity, 3);
        let draws: [u64; 3] = std::array::from_fn(|_| rng.random());
        assert_eq!(
            draws,
            [
                153_503_955_074_568_316,
                9_139_330_118_539_918_927,
                8_866_752_622_158_590_693
            ]
        );
    }

    #[test]
    fn each_part_of_the_name_makes_another_stream() {
        let first = |seed, replication, purpose, index| -> u64 {
            stream(seed, replication, purpose, index).random()
        };
        let draws = [
            first(1, 1, Purpose::Arrivals, 1),
            first(2, 1, Purpose::Arrivals, 1),
            first(1, 2, Purpose::Arrivals, 1),
            first(1, 1, Purpose::OnScene, 1),
            first(1, 1, Purpose::Arrivals, 2),
        ];
        for (index, draw) in draws.iter().enumerate() {
            assert!(!draws[..index].contains(draw));
        }
    }
}
