//! What the shop sells.

use serde::{Deserialize, Serialize};

use crate::{Money, ProductId};

/// A product of the catalogue, at its price of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Identifies the product.
    pub id: ProductId,
    /// What it is called.
    pub name: String,
    /// What one piece costs.
    pub price: Money,
}

impl Product {
    /// A new product.
    pub fn new(name: impl Into<String>, price: Money) -> Self {
        Self {
            id: ProductId::random(),
            name: name.into(),
            price,
        }
    }
}
