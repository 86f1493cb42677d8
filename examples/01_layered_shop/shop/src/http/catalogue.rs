//! Looking at what the shop sells.

use axum::Json;
use axum::extract::{Path, State};
use shop_domain::{Product, ProductId};

use crate::app::{AppError, Shop, catalogue};
use crate::auth::CurrentUser;

pub(super) async fn list(_user: CurrentUser, State(shop): State<Shop>) -> Result<Json<Vec<Product>>, AppError> {
    Ok(Json(catalogue::list(&shop).await?))
}

pub(super) async fn show(
    _user: CurrentUser,
    State(shop): State<Shop>,
    Path(id): Path<ProductId>,
) -> Result<Json<Product>, AppError> {
    Ok(Json(catalogue::find(&shop, id).await?))
}
