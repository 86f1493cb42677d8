//! Looking at what the shop sells.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
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

#[derive(Deserialize)]
pub(super) struct Wanted {
    text: String,
}

pub(super) async fn search(
    _user: CurrentUser,
    State(shop): State<Shop>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<String>>, AppError> {
    Ok(Json(catalogue::search(&shop, &wanted.text).await?))
}
