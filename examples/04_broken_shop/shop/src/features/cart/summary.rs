//! What a cart would cost if it were ordered now.

use serde::Serialize;
use shop_domain::{Money, Product, Quantity, ShelfEntry};

use crate::app::{AppError, Shop, catalogue};
use crate::features::wishlist::{MOST_WISHES, Wishes};

/// A cart with the prices of today.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    total: Money,
    items: Vec<Item>,
    /// How many wishes are shown beside the cart.
    wishes: Wishes,
}

#[derive(Debug, Serialize)]
struct Item {
    quantity: Quantity,
    product: Product,
}

impl Summary {
    /// Looks the prices up and adds them.
    pub(super) async fn of(shop: &Shop, entries: &[ShelfEntry]) -> Result<Self, AppError> {
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            items.push(Item {
                quantity: entry.quantity,
                product: catalogue::find(shop, entry.product).await?,
            });
        }
        Ok(Self::new(items))
    }

    fn new(items: Vec<Item>) -> Self {
        let total = items.iter().map(|item| item.product.price.times(item.quantity)).sum();
        Self {
            total,
            items,
            wishes: Wishes { shown: MOST_WISHES },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_counts_every_piece() {
        let item = |cents, pieces| Item {
            quantity: Quantity::new(pieces).unwrap(),
            product: Product::new("Cup", Money::from_cents(cents)),
        };
        assert_eq!(
            Summary::new(vec![item(690, 2), item(100, 1)]).total,
            Money::from_cents(1480)
        );
    }
}
