//! Protocol buffers, read where they lie: nothing is allocated for what a message announces, so a hostile
//! file takes no more memory than it has bytes.

/// A message: fields, each a number and a value, in any order.
#[derive(Clone, Copy)]
pub(super) struct Message<'b>(pub(super) &'b [u8]);

/// One field.
struct Field<'b> {
    number: u64,
    is_varint: bool,
    /// The varint as it is written, or the bytes of a text, a message or packed numbers.
    bytes: &'b [u8],
}

impl<'b> Message<'b> {
    /// Whether its fields fill it; reading one that is cut short ends at the cut.
    pub(super) fn is_whole(self) -> bool {
        let mut rest = self.0;
        while next_field(&mut rest).is_some() {}
        rest.is_empty()
    }

    fn fields(self, number: u64) -> impl Iterator<Item = Field<'b>> {
        let mut rest = self.0;
        std::iter::from_fn(move || next_field(&mut rest))
            .filter(move |field| field.number == number)
    }

    /// The number in a field; of several the last counts.
    pub(super) fn number(self, number: u64) -> Option<u64> {
        let field = self.fields(number).last()?;
        (field.is_varint).then(|| varint(&mut &*field.bytes))?
    }

    /// The signed number in a field, zigzagged as 0, -1, 1, -2.
    pub(super) fn signed(self, number: u64) -> Option<i64> {
        self.number(number).map(zigzag)
    }

    /// The bytes in a field; of several the last count.
    pub(super) fn bytes(self, number: u64) -> Option<&'b [u8]> {
        self.each(number).last()
    }

    /// What stands in each field of this number.
    pub(super) fn each(self, number: u64) -> impl Iterator<Item = &'b [u8]> {
        let fields = self.fields(number).filter(|field| !field.is_varint);
        fields.map(|field| field.bytes)
    }

    /// The messages in the fields of this number.
    pub(super) fn messages(self, number: u64) -> impl Iterator<Item = Message<'b>> {
        self.each(number).map(Message)
    }

    /// A repeated number: packed, as it should be, or each in a field.
    pub(super) fn numbers(self, number: u64) -> impl Iterator<Item = u64> {
        self.fields(number)
            .flat_map(|Field { mut bytes, .. }| std::iter::from_fn(move || varint(&mut bytes)))
    }

    /// Repeated signed numbers from their differences. In a damaged file they may wrap around: then they
    /// are not found.
    pub(super) fn sums(self, number: u64) -> impl Iterator<Item = i64> {
        self.numbers(number).scan(0_i64, |sum, difference| {
            *sum = sum.wrapping_add(zigzag(difference));
            Some(*sum)
        })
    }

    /// How many [`numbers`](Self::numbers) there are, or `None` where the last is cut short.
    pub(super) fn count(self, number: u64) -> Option<usize> {
        self.fields(number)
            .map(|field| {
                let is_cut = field.bytes.last().is_some_and(|last| !ends(*last));
                (!is_cut).then(|| field.bytes.iter().filter(|byte| ends(**byte)).count())
            })
            .sum()
    }
}

/// Whether a varint ends with this byte.
fn ends(byte: u8) -> bool {
    byte < 0x80
}

/// The varint at the beginning of `rest`, which is moved past it.
fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    let mut shift = 0;
    for (index, byte) in rest.iter().enumerate() {
        // What does not fit 64 bits is dropped, as other readers do.
        number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if ends(*byte) {
            *rest = &rest[index + 1..];
            return Some(number);
        }
        shift += 7;
    }
    None
}

/// The field at the beginning of `rest`, which is moved past it; `None` at the end and where it is cut.
fn next_field<'b>(rest: &mut &'b [u8]) -> Option<Field<'b>> {
    let mut after = *rest;
    let key = varint(&mut after)?;
    let value = after;
    let (is_varint, length) = match key & 7 {
        0 => {
            varint(&mut after)?;
            (true, value.len() - after.len())
        }
        1 => (false, 8),
        2 => (false, usize::try_from(varint(&mut after)?).ok()?),
        5 => (false, 4),
        _ => return None,
    };
    let value = if is_varint { value } else { after };
    let (bytes, after) = value.split_at_checked(length)?;
    *rest = after;
    Some(Field {
        number: key >> 3,
        is_varint,
        bytes,
    })
}

fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Field 1 is 300, field 2 the text `hi`, field 3 packs 1, 300, 2 and repeats 4.
    const BYTES: &[u8] = &[
        0x08, 0xac, 2, 0x12, 2, b'h', b'i', 0x1a, 4, 1, 0xac, 2, 2, 0x18, 4,
    ];

    #[test]
    fn fields_are_found_by_their_numbers() {
        let message = Message(BYTES);
        assert_eq!(message.number(1), Some(300));
        assert_eq!(message.signed(1), Some(150));
        assert_eq!(message.bytes(2), Some(&b"hi"[..]));
        let numbers: Vec<u64> = message.numbers(3).collect();
        assert_eq!(numbers, [1, 300, 2, 4]);
        assert_eq!(message.count(3), Some(4));
        // -1, 150, 1 and 2 added up.
        let sums: Vec<i64> = message.sums(3).collect();
        assert_eq!(sums, [-1, 149, 150, 152]);
        assert_eq!((message.number(2), message.bytes(1)), (None, None));
        assert_eq!(message.count(9), Some(0));
    }

    #[test]
    fn a_message_that_is_cut_is_not_whole() {
        let whole = |end: &usize| Message(&BYTES[..*end]).is_whole();
        let ends: Vec<usize> = (0..=BYTES.len()).filter(whole).collect();
        assert_eq!(ends, [0, 3, 7, 13, 15]);
        // Field 3 packs a number whose last byte is missing.
        assert_eq!(Message(&[0x1a, 2, 1, 0xac]).count(3), None);
        // A length of 2^63, and a varint of eleven bytes.
        assert!(
            !Message(&[
                0x12, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1
            ])
            .is_whole()
        );
        assert_eq!(
            varint(&mut &[&[0x81; 10][..], &[0]].concat()[..]),
            Some(0x8102_0408_1020_4081)
        );
    }
}
