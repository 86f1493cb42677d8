//! A type for each kind of index into an append-only list, so that none is taken for another. What is in the lists those
//! say who declare the types.

/// An index into an append-only list, which leaves room for none.
macro_rules! index {
    ($(#[$attribute:meta])* $visibility:vis $name:ident) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $visibility struct $name(std::num::NonZeroU32);
        impl $name {
            /// What stands at the beginning.
            $visibility const FIRST: Self = Self(std::num::NonZeroU32::MIN);

            /// What stands at a position.
            $visibility const fn new(index: u32) -> Self {
                Self(Self::FIRST.0.saturating_add(index))
            }

            /// The position in its list.
            $visibility const fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    };
}

pub(crate) use index;
