//! The handlers of the cart.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use shop_domain::{Order, ProductId, Quantity, Shelf, ShelfEntry};

use super::summary::Summary;
use crate::app::{AppError, Shop, orders, shelves};
use crate::auth::CurrentUser;

pub(super) async fn show(user: CurrentUser, State(shop): State<Shop>) -> Result<Json<Summary>, AppError> {
    let entries = shelves::contents(&shop, user.id(), Shelf::Cart).await?;
    Ok(Json(Summary::of(&shop, &entries).await?))
}

pub(super) async fn put(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(product): Path<ProductId>,
    Json(quantity): Json<Quantity>,
) -> Result<StatusCode, AppError> {
    shelves::put(&shop, user.id(), Shelf::Cart, ShelfEntry { product, quantity }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn take(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(product): Path<ProductId>,
) -> Result<StatusCode, AppError> {
    shelves::take(&shop, user.id(), Shelf::Cart, product).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn checkout(
    user: CurrentUser,
    State(shop): State<Shop>,
) -> Result<(StatusCode, Json<Order>), AppError> {
    let entries = shelves::contents(&shop, user.id(), Shelf::Cart).await?;
    let order = orders::place(&shop, user.id(), &entries).await?;
    shelves::clear(&shop, user.id(), Shelf::Cart).await?;
    // What was bought is no wish any more.
    crate::features::wishlist::forget_all(&shop, user.id()).await?;
    Ok((StatusCode::CREATED, Json(order)))
}
