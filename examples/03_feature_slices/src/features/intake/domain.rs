//! What may come in, and under which number.

use std::fmt;

use crate::kernel::parcel::ParcelId;

const HEAVIEST: u32 = 30_000;

/// Why a parcel was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// More than anybody can carry.
    TooHeavy,
    /// Nothing in it.
    Empty,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooHeavy => "it is too heavy",
            Self::Empty => "it weighs nothing",
        })
    }
}

/// Whether a parcel of this weight is taken.
pub fn check_weight(grams: u32) -> Result<(), Refused> {
    match grams {
        0 => Err(Refused::Empty),
        _ if grams > HEAVIEST => Err(Refused::TooHeavy),
        _ => Ok(()),
    }
}

/// Gives numbers, each once.
#[derive(Debug, Default)]
pub struct Numbers {
    last: u32,
}

impl Numbers {
    /// A number that nobody has had.
    pub fn give(&mut self) -> ParcelId {
        self.last += 1;
        ParcelId(self.last)
    }
}
