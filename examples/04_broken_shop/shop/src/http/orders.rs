//! A customer's orders. They are placed from the cart, which is a feature of its own.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use shop_domain::{Money, Order, OrderId};

use crate::app::{AppError, Shop, orders};
use crate::auth::CurrentUser;

/// An order with what it costs.
#[derive(Serialize)]
pub(super) struct Receipt {
    total: Money,
    #[serde(flatten)]
    order: Order,
}

impl From<Order> for Receipt {
    fn from(order: Order) -> Self {
        Self {
            total: order.total(),
            order,
        }
    }
}

pub(super) async fn list(user: CurrentUser, State(shop): State<Shop>) -> Result<Json<Vec<Receipt>>, AppError> {
    let orders = orders::list(&shop, user.id()).await?;
    Ok(Json(orders.into_iter().map(Receipt::from).collect()))
}

pub(super) async fn show(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(id): Path<OrderId>,
) -> Result<Json<Receipt>, AppError> {
    Ok(Json(orders::find(&shop, user.id(), id).await?.into()))
}

pub(super) async fn cancel(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(id): Path<OrderId>,
) -> Result<Json<Receipt>, AppError> {
    Ok(Json(orders::cancel(&shop, user.id(), id).await?.into()))
}
