//! What the shop sells.

use shop_domain::{Product, ProductId};

use super::error::AppError;
use super::shop::Shop;
use crate::db::repo;

/// All products, by name.
pub async fn list(shop: &Shop) -> Result<Vec<Product>, AppError> {
    Ok(repo::products::all(shop.db()).await?)
}

/// The product with this identifier.
pub async fn find(shop: &Shop, id: ProductId) -> Result<Product, AppError> {
    repo::products::find(shop.db(), id)
        .await?
        .ok_or(AppError::NotFound("product"))
}

/// Adds a product under a name that no other one has.
pub async fn add(shop: &Shop, product: &Product) -> Result<(), AppError> {
    repo::products::insert(shop.db(), product)
        .await
        .map_err(AppError::taken("name"))
}
