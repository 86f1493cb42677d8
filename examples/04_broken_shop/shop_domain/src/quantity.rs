//! How many pieces of a product somebody wants.

use serde::{Deserialize, Serialize};

/// A number of pieces, from 1 to [`Quantity::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(u32);

/// The number of pieces is zero or more than the shop delivers at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quantity is a number from 1 to {}", Quantity::MOST)]
pub struct InvalidQuantity;

impl Quantity {
    /// The largest number of pieces in one line of an order.
    pub const MOST: u32 = 99;

    /// A single piece.
    pub const ONE: Self = Self(1);

    /// So many pieces.
    pub const fn new(pieces: u32) -> Result<Self, InvalidQuantity> {
        match pieces {
            1..=Self::MOST => Ok(Self(pieces)),
            _ => Err(InvalidQuantity),
        }
    }

    /// The number of pieces.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Quantity {
    type Error = InvalidQuantity;

    fn try_from(pieces: u32) -> Result<Self, InvalidQuantity> {
        Self::new(pieces)
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_held_to_the_same_limits() {
        assert_eq!(serde_json::from_str::<Quantity>("99").unwrap().get(), 99);
        assert!(serde_json::from_str::<Quantity>("0").is_err());
        assert!(serde_json::from_str::<Quantity>("100").is_err());
    }
}
