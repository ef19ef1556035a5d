//! Ids: the index of a thing in the list of such things, so that a station is not taken for a town.

/// Defines such an id: its type, and the word by which it prints.
macro_rules! id {
    ($(#[$attribute:meta])* $name:ident($number:ty), $word:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $number);

        impl $name {
            /// The id of what stands at an index of the list.
            ///
            /// # Panics
            /// When the list is longer than ids reach, which reading it has excluded.
            pub fn at(index: usize) -> Self {
                Self(index.try_into().expect("a list that ids reach"))
            }

            /// Its index in the list.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The ids of a list of so many, in its order.
            pub fn all(count: usize) -> impl ExactSizeIterator<Item = Self> + Clone {
                (0..count).map(Self::at)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($word, " #{}"), self.0)
            }
        }
    };
}

pub(crate) use id;

#[cfg(test)]
mod tests {
    id!(
        /// For the test.
        HydrantId(u8),
        "Hydrant"
    );

    #[test]
    fn an_id_prints_what_it_is_of() {
        let ids: Vec<String> = HydrantId::all(2).map(|id| id.to_string()).collect();
        assert_eq!(ids, ["Hydrant #0", "Hydrant #1"]);
        assert_eq!(HydrantId::at(7).index(), 7);
    }
}
