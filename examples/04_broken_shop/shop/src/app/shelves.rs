//! The lists that customers keep.

use shop_domain::{ProductId, Shelf, ShelfEntry, UserId};

use super::catalogue;
use super::error::AppError;
use super::shop::Shop;
use crate::db::repo;

/// Puts a product of the catalogue on a list, or changes how many pieces of it stand there.
pub async fn put(shop: &Shop, customer: UserId, shelf: Shelf, entry: ShelfEntry) -> Result<(), AppError> {
    catalogue::find(shop, entry.product).await?;
    Ok(repo::shelves::put(shop.db(), customer, shelf, entry).await?)
}

/// Takes a product off a list.
pub async fn take(shop: &Shop, customer: UserId, shelf: Shelf, product: ProductId) -> Result<(), AppError> {
    if repo::shelves::take(shop.db(), customer, shelf, product).await? {
        Ok(())
    } else {
        Err(AppError::NotFound("entry"))
    }
}

/// What stands on a list.
pub async fn contents(shop: &Shop, customer: UserId, shelf: Shelf) -> Result<Vec<ShelfEntry>, AppError> {
    Ok(repo::shelves::contents(shop.db(), customer, shelf).await?)
}

/// Takes everything off a list.
pub async fn clear(shop: &Shop, customer: UserId, shelf: Shelf) -> Result<(), AppError> {
    Ok(repo::shelves::clear(shop.db(), customer, shelf).await?)
}
