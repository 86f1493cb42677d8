//! The handlers from before the receipts, kept in case somebody still needs them.

use axum::Json;
use axum::extract::State;
use shop_domain::Order;

use crate::app::{AppError, Shop, orders};
use crate::auth::CurrentUser;

pub(super) async fn list(user: CurrentUser, State(shop): State<Shop>) -> Result<Json<Vec<Order>>, AppError> {
    Ok(Json(orders::list(&shop, user.id()).await?))
}
