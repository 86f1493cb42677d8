//! The lists of products that a customer keeps.

use serde::{Deserialize, Serialize};

use crate::{ProductId, Quantity};

/// Which of a customer's lists is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// What is to be ordered next.
    Cart,
    /// What would be nice to have.
    Wishlist,
}

impl Shelf {
    /// The name under which the list is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cart => "cart",
            Self::Wishlist => "wishlist",
        }
    }
}

/// One product on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfEntry {
    /// The product.
    pub product: ProductId,
    /// How many pieces of it.
    pub quantity: Quantity,
}
