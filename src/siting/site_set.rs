//! Sets of sites, or of anything that is counted from 0, one bit each.

/// The number of words that a set of so many takes.
pub(super) fn words(members: usize) -> usize {
    members.div_ceil(64)
}

pub(super) fn insert(set: &mut [u64], member: usize) {
    set[member / 64] |= 1 << (member % 64);
}

pub(super) fn contains(set: &[u64], member: usize) -> bool {
    set[member / 64] >> (member % 64) & 1 == 1
}

pub(super) fn count(set: &[u64]) -> u32 {
    set.iter().map(|word| word.count_ones()).sum()
}

/// The members in ascending order.
pub(super) fn members(set: &[u64]) -> impl Iterator<Item = usize> {
    set.iter().enumerate().flat_map(|(word, bits)| {
        let mut bits = *bits;
        std::iter::from_fn(move || {
            let bit = bits.trailing_zeros() as usize;
            bits &= bits.wrapping_sub(1);
            (bit < 64).then_some(word * 64 + bit)
        })
    })
}

/// Whether everything in `part` is in `whole`.
pub(super) fn is_part(part: &[u64], whole: &[u64]) -> bool {
    part.iter()
        .zip(whole)
        .all(|(part, whole)| part & !whole == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_out_as_they_went_in() {
        let mut set = vec![0; words(130)];
        for member in [129, 0, 63, 64] {
            insert(&mut set, member);
        }
        assert_eq!(members(&set).collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(count(&set), 4);
        assert!(contains(&set, 63) && !contains(&set, 65));
        assert!(is_part(&[1, 0, 0], &set) && !is_part(&[2, 0, 0], &set));
    }
}
