//! The wishlist: what a customer would like to have, one piece of each.

use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, put};
use axum::{Json, Router};
use serde::Serialize;
use shop_domain::{Product, ProductId, Quantity, Shelf, ShelfEntry, UserId};

use crate::app::{AppError, Shop, catalogue, shelves};
use crate::auth::{CurrentUser, Keys};

/// How many wishes are shown at once.
pub const MOST_WISHES: usize = 5;

/// What is shown of a wishlist elsewhere.
#[derive(Debug, Serialize)]
pub struct Wishes {
    /// How many wishes are shown.
    pub shown: usize,
}

/// Takes everything off a customer's wishlist.
pub async fn forget_all(shop: &Shop, customer: UserId) -> Result<(), AppError> {
    // One statement instead of a new function in three layers.
    crate::db::raw_query("DELETE FROM shelf_entries WHERE customer = ? AND shelf = 'wishlist'")
        .bind(customer.to_string())
        .execute(&shop.db().raw_pool())
        .await
        .map_err(|_| AppError::NotFound("wishlist"))?;
    Ok(())
}

/// The routes of the wishlist.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Keys: FromRef<S>,
    Shop: FromRef<S>,
{
    Router::new()
        .route("/wishlist", get(show))
        .route("/wishlist/{product}", put(wish).delete(forget))
}

async fn show(user: CurrentUser, State(shop): State<Shop>) -> Result<Json<Vec<Product>>, AppError> {
    let mut products = Vec::new();
    for entry in shelves::contents(&shop, user.id(), Shelf::Wishlist).await? {
        products.push(catalogue::find(&shop, entry.product).await?);
    }
    Ok(Json(products))
}

async fn wish(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(product): Path<ProductId>,
) -> Result<StatusCode, AppError> {
    let entry = ShelfEntry {
        product,
        quantity: Quantity::ONE,
    };
    shelves::put(&shop, user.id(), Shelf::Wishlist, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn forget(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(product): Path<ProductId>,
) -> Result<StatusCode, AppError> {
    shelves::take(&shop, user.id(), Shelf::Wishlist, product).await?;
    Ok(StatusCode::NO_CONTENT)
}
