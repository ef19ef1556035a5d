//! Protocol buffers, read where they lie, and by hand: nothing may be allocated for what a hostile file
//! announces, and libraries such as prost build every message before it can be looked at.

/// A message: fields, each a number and a value, in any order.
#[derive(Clone, Copy)]
pub(super) struct Message<'b>(pub(super) &'b [u8]);

/// What a field that we ask for has to hold.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    Number,
    /// Any number of them: packed, as it should be, or each in a field.
    Numbers,
    /// A text, a message, or whatever else has a length.
    Bytes,
}

/// How the value of a field is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wire {
    Varint,
    /// 4 or 8 bytes: nothing that we ask for is written so.
    Fixed,
    Bytes,
}

/// One field.
struct Field<'b> {
    number: u64,
    wire: Wire,
    /// The value: a varint as it is written, or what stands after a length.
    bytes: &'b [u8],
}

impl Field<'_> {
    fn holds(&self, what: Holds) -> bool {
        match (what, self.wire) {
            (Holds::Number | Holds::Numbers, Wire::Varint) | (Holds::Bytes, Wire::Bytes) => true,
            (Holds::Numbers, Wire::Bytes) => {
                let mut rest = self.bytes;
                while varint(&mut rest).is_some() {}
                rest.is_empty()
            }
            _ => false,
        }
    }
}

impl<'b> Message<'b> {
    /// Whether its fields fill it, and those that `asked` names by their numbers hold what they should. A
    /// message is asked for nothing before: one that is cut short would end at the cut, and a field of
    /// another type would seem absent.
    pub(super) fn is_sound(self, asked: &[(u64, Holds)]) -> bool {
        let mut rest = self.0;
        while let Some(field) = next_field(&mut rest) {
            let mut asked = asked.iter().filter(|(number, _)| *number == field.number);
            if !asked.all(|(_, what)| field.holds(*what)) {
                return false;
            }
        }
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
        (field.wire == Wire::Varint).then(|| varint(&mut &*field.bytes))?
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
        let fields = self
            .fields(number)
            .filter(|field| field.wire == Wire::Bytes);
        fields.map(|field| field.bytes)
    }

    /// The messages in the fields of this number.
    pub(super) fn messages(self, number: u64) -> impl Iterator<Item = Message<'b>> {
        self.each(number).map(Message)
    }

    /// A repeated number.
    pub(super) fn numbers(self, number: u64) -> impl Iterator<Item = u64> {
        self.columns(number)
            .flat_map(|mut column| std::iter::from_fn(move || varint(&mut column)))
    }

    /// The varints of a repeated number, as they are written.
    fn columns(self, number: u64) -> impl Iterator<Item = &'b [u8]> {
        let fields = self
            .fields(number)
            .filter(|field| field.wire != Wire::Fixed);
        fields.map(|field| field.bytes)
    }

    /// Repeated signed numbers from their differences. In a damaged file they may wrap around: then they
    /// are not found.
    pub(super) fn sums(self, number: u64) -> impl Iterator<Item = i64> {
        self.numbers(number).scan(0_i64, |sum, difference| {
            *sum = sum.wrapping_add(zigzag(difference));
            Some(*sum)
        })
    }

    /// How many [`numbers`](Self::numbers) there are.
    pub(super) fn count(self, number: u64) -> usize {
        self.columns(number)
            .flatten()
            .filter(|byte| ends(**byte))
            .count()
    }
}

/// Whether a varint ends with this byte.
fn ends(byte: u8) -> bool {
    byte < 0x80
}

/// The varint at the beginning of `rest`, which is moved past it; `None` where it is cut or does not fit 64
/// bits, and `rest` stays.
fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for (index, byte) in rest.iter().enumerate() {
        // Nine bytes hold 63 bits: the tenth may hold one more and must be the last.
        if index == 9 && *byte > 1 {
            return None;
        }
        number |= u64::from(byte & 0x7f) << (7 * index);
        if ends(*byte) {
            *rest = &rest[index + 1..];
            return Some(number);
        }
    }
    None
}

/// The field at the beginning of `rest`, which is moved past it; `None` at the end and where it is none.
fn next_field<'b>(rest: &mut &'b [u8]) -> Option<Field<'b>> {
    let mut after = *rest;
    let key = u32::try_from(varint(&mut after)?).ok()?;
    let number = u64::from(key >> 3);
    if number == 0 {
        return None;
    }
    let value = after;
    let (wire, length) = match key & 7 {
        0 => {
            varint(&mut after)?;
            (Wire::Varint, value.len() - after.len())
        }
        1 => (Wire::Fixed, 8),
        2 => {
            let length = usize::try_from(varint(&mut after)?).ok()?;
            (Wire::Bytes, length)
        }
        5 => (Wire::Fixed, 4),
        _ => return None,
    };
    let value = if wire == Wire::Varint { value } else { after };
    let (bytes, after) = value.split_at_checked(length)?;
    *rest = after;
    Some(Field {
        number,
        wire,
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
        assert_eq!(message.count(3), 4);
        // -1, 150, 1 and 2 added up.
        let sums: Vec<i64> = message.sums(3).collect();
        assert_eq!(sums, [-1, 149, 150, 152]);
        assert_eq!((message.number(2), message.bytes(1)), (None, None));
        assert_eq!(message.count(9), 0);
    }

    #[test]
    fn a_message_that_is_cut_is_not_sound() {
        let sound = |end: &usize| Message(&BYTES[..*end]).is_sound(&[]);
        let ends: Vec<usize> = (0..=BYTES.len()).filter(sound).collect();
        assert_eq!(ends, [0, 3, 7, 13, 15]);
        // A length of 2^63.
        let long = [&[0x12], &[0x80; 9][..], &[1]].concat();
        assert!(!Message(&long).is_sound(&[]));
    }

    #[test]
    fn a_field_of_another_type_than_is_asked_for_is_not_sound() {
        use Holds::{Bytes, Number, Numbers};
        let sound = |number, holds| Message(BYTES).is_sound(&[(number, holds)]);
        assert_eq!(
            [Number, Numbers, Bytes].map(|h| sound(1, h)),
            [true, true, false]
        );
        // As packed numbers, `hi` is 104 and 105.
        assert_eq!(
            [Number, Numbers, Bytes].map(|h| sound(2, h)),
            [false, true, true]
        );
        // Packed once and single once: only right for repeated numbers.
        assert_eq!(
            [Number, Numbers, Bytes].map(|h| sound(3, h)),
            [false, true, false]
        );
        // Packed numbers of which the last is cut short.
        assert!(!Message(&[0x1a, 2, 1, 0xac]).is_sound(&[(3, Numbers)]));
        assert!(Message(&[0x1a, 2, 1, 0xac]).is_sound(&[(3, Bytes)]));
    }

    #[test]
    fn numbers_of_fixed_length_are_passed_over_but_never_read() {
        for bytes in [&[0x0d, 1, 2, 3, 4][..], &[0x09, 1, 2, 3, 4, 5, 6, 7, 8]] {
            let message = Message(bytes);
            assert!(message.is_sound(&[(2, Holds::Number)]));
            assert_eq!((message.number(1), message.bytes(1)), (None, None));
            assert_eq!((message.numbers(1).count(), message.count(1)), (0, 0));
            for holds in [Holds::Number, Holds::Numbers, Holds::Bytes] {
                assert!(!message.is_sound(&[(1, holds)]));
            }
        }
    }

    #[test]
    fn a_key_that_no_field_can_have_is_not_sound() {
        // Field 0, types 3 (a group) and 7 (none), and a key of 33 bits.
        for bytes in [
            &[0x00, 1][..],
            &[0x0b],
            &[0x0f, 1],
            &[0x88, 0x80, 0x80, 0x80, 0x10, 1],
        ] {
            assert!(!Message(bytes).is_sound(&[]), "{bytes:?}");
        }
    }

    #[test]
    fn a_varint_has_64_bits() {
        let read = |last: &[u8]| varint(&mut &[&[0xff; 9], last].concat()[..]);
        assert_eq!(read(&[1]), Some(u64::MAX));
        assert_eq!(read(&[0]), Some(u64::MAX >> 1));
        assert_eq!(read(&[2]), None);
        assert_eq!(read(&[0x81, 0]), None);
        assert_eq!(read(&[]), None);
    }
}
