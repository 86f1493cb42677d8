//! Something to sell, for trying the shop out.

use shop_domain::{Money, Product};

use super::catalogue;
use super::error::AppError;
use super::shop::Shop;

const PRODUCTS: [(&str, i64); 4] = [("Teapot", 2490), ("Cup", 690), ("Green tea", 850), ("Tray", 1500)];

/// Stocks an empty catalogue. Returns how many products were added: none if there are some already.
pub async fn stock(shop: &Shop) -> Result<usize, AppError> {
    if !catalogue::list(shop).await?.is_empty() {
        return Ok(0);
    }
    for (name, cents) in PRODUCTS {
        catalogue::add(shop, &Product::new(name, Money::from_cents(cents))).await?;
    }
    Ok(PRODUCTS.len())
}
