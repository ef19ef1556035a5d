//! Streams of random numbers, each named by what it is for.
//!
//! A stream is read off a counter: the generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011)
//! turns any 128 bits into as many random ones under a key. The key is the scenario's seed, the
//! counter spells out replication, purpose, index, call and part, so that no two streams share a
//! number, a draw for one purpose never shifts those for another, and what the thousandth call of a
//! replication draws is known without the 999 before it.

use std::convert::Infallible;

use rand::TryRng;

/// What a stream is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// When and where incidents arise.
    Arrivals = 1,
    /// What an incident needs.
    Severity = 2,
    /// How long calls are handled.
    CallHandling = 3,
    /// How long crews take to leave; the index is that of the crew.
    Turnout = 4,
    /// How trips differ from what is expected, out and back.
    Traffic = 5,
    /// How long engines stay at the scene.
    OnScene = 6,
    /// How long engines take to be ready after they are back.
    Restocking = 7,
    /// How long it takes to bring water on a fire from a hydrant.
    WithHydrant = 8,
    /// The same without one.
    WithoutHydrant = 9,
    /// The same with a tender.
    WithTender = 10,
    /// How sure a ranking is.
    Ranking = 11,
}

/// The name of a stream within a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub replication: u32,
    pub purpose: Purpose,
    /// One of what the purpose has several of.
    pub index: u8,
    /// The call that draws.
    pub call: CallName,
    /// The engine of the call that draws, from 0.
    pub trip: u16,
}

/// The name of a call in a replication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallName {
    /// By what it arises: the number of a process, or [`CallName::LISTED`].
    pub source: u32,
    /// How many calls arose from it before.
    pub number: u32,
}

impl CallName {
    /// The source of incidents that are listed: the largest of the 20 bits that purpose and index
    /// leave. Each process of a model takes kilobytes, so there are never that many.
    pub const LISTED: u32 = (1 << 20) - 1;
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream {
    key: [u32; 2],
    /// The counter of the next block.
    counter: [u32; 4],
    /// The second half of the last block, while it is not taken.
    second: Option<u64>,
}

impl Stream {
    /// The stream of a name.
    #[inline]
    pub fn new(seed: u64, name: Name) -> Self {
        let Name {
            replication,
            purpose,
            index,
            call: CallName { source, number },
            trip,
        } = name;
        debug_assert!(index < 8 && source <= CallName::LISTED);
        let words = [
            // Below a trip there is room for 2¹⁶ blocks: a draw takes one or two.
            u32::from(trip) << 16,
            number,
            (purpose as u32) << 23 | u32::from(index) << 20 | source,
            replication,
        ];
        Self {
            key: [seed as u32, (seed >> 32) as u32],
            counter: words,
            second: None,
        }
    }

    #[inline]
    fn next(&mut self) -> u64 {
        if let Some(second) = self.second.take() {
            return second;
        }
        let [a, b, c, d] = philox(self.counter, self.key);
        let (low, is_over) = self.counter[0].overflowing_add(1);
        self.counter[0] = low;
        self.counter[1] = self.counter[1].wrapping_add(u32::from(is_over));
        self.second = Some(u64::from(d) << 32 | u64::from(c));
        u64::from(b) << 32 | u64::from(a)
    }
}

/// The stream of a purpose that is none of a call's, of up to 2⁶⁴ blocks.
pub fn stream(seed: u64, replication: u32, purpose: Purpose, index: u32) -> Stream {
    let call = CallName {
        source: index,
        number: 0,
    };
    let name = Name {
        replication,
        purpose,
        index: 0,
        call,
        trip: 0,
    };
    Stream::new(seed, name)
}

impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.next().to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}

/// Philox4x32-10: what stands at a counter under a key.
#[inline]
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key = [
                key[0].wrapping_add(0x9E37_79B9),
                key[1].wrapping_add(0xBB67_AE85),
            ];
        }
        let [a, b, c, d] = counter;
        let first = 0xD251_1F53 * u64::from(a);
        let second = 0xCD9E_8D57 * u64::from(c);
        counter = [
            (second >> 32) as u32 ^ b ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ d ^ key[1],
            first as u32,
        ];
    }
    counter
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rand::Rng;

    use super::*;

    /// The known answers of the authors' library Random123 (`tests/kat_vectors`).
    #[test]
    fn philox_gives_the_answers_that_are_known() {
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        for (counter, key, answer) in [
            (
                [0; 4],
                [0; 2],
                [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
            ),
            (
                [u32::MAX; 4],
                [u32::MAX; 2],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
            ),
            (
                pi,
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ] {
            assert_eq!(philox(counter, key), answer);
        }
    }

    /// Seed, replication, purpose and index, call and trip, block.
    #[test]
    fn the_draws_of_a_name_stand_at_its_counter() {
        let name = Name {
            replication: 7,
            purpose: Purpose::Turnout,
            index: 2,
            call: CallName {
                source: 5,
                number: 1000,
            },
            trip: 3,
        };
        let mut stream = Stream::new(0x1111_2222_3333_4444, name);
        let draws: [u64; 4] = std::array::from_fn(|_| stream.next_u64());
        let blocks = [0, 1].map(|block| {
            let counter = [3 << 16 | block, 1000, 4 << 23 | 2 << 20 | 5, 7];
            philox(counter, [0x3333_4444, 0x1111_2222])
        });
        let halves = blocks.map(|[a, b, c, d]| [[a, b], [c, d]]);
        let whole = |[low, high]: [u32; 2]| u64::from(high) << 32 | u64::from(low);
        assert_eq!(
            draws,
            halves.concat().into_iter().map(whole).collect::<Vec<_>>()[..]
        );
    }

    /// All names of a small model, each at the least and largest value of what it is made of.
    #[test]
    fn no_two_names_share_a_counter() {
        let purposes = [
            Purpose::Arrivals,
            Purpose::Severity,
            Purpose::CallHandling,
            Purpose::Turnout,
            Purpose::Traffic,
            Purpose::OnScene,
            Purpose::Restocking,
            Purpose::WithHydrant,
            Purpose::WithoutHydrant,
            Purpose::WithTender,
            Purpose::Ranking,
        ];
        let mut counters = HashSet::new();
        for replication in [0, 1, u32::MAX] {
            for purpose in purposes {
                for index in [0, 1, 2, 7] {
                    for source in [0, 1, 2, CallName::LISTED] {
                        for number in [0, 1, u32::MAX] {
                            for trip in [0, 1, u16::MAX] {
                                let call = CallName { source, number };
                                let mut stream = Stream::new(
                                    1,
                                    Name {
                                        replication,
                                        purpose,
                                        index,
                                        call,
                                        trip,
                                    },
                                );
                                // As many blocks as a draw could take.
                                for _ in 0..4 {
                                    assert!(counters.insert(stream.counter), "{call:?}");
                                    stream.next();
                                    stream.next();
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The last block of the first counter word is followed by the first of the next.
    #[test]
    fn a_long_stream_goes_on_in_the_next_word() {
        let mut stream = stream(1, 0, Purpose::Ranking, 0);
        stream.counter[0] = u32::MAX;
        stream.next();
        assert_eq!(stream.counter[..2], [0, 1]);
    }
}
