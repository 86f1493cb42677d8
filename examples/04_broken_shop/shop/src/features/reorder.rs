//! Ordering the same again, at the prices of today.

use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use shop_domain::{Order, OrderId, OrderLine, ShelfEntry};

use crate::app::{AppError, Shop, orders};
use crate::auth::{CurrentUser, Keys};

/// The route of the feature.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Keys: FromRef<S>,
    Shop: FromRef<S>,
{
    Router::new().route("/orders/{id}/again", post(again))
}

async fn again(
    user: CurrentUser,
    State(shop): State<Shop>,
    Path(id): Path<OrderId>,
) -> Result<(StatusCode, Json<Order>), AppError> {
    let before = orders::find(&shop, user.id(), id).await?;
    let wanted: Vec<_> = before.lines.iter().map(entry).collect();
    let order = orders::place(&shop, user.id(), &wanted).await?;
    Ok((StatusCode::CREATED, Json(order)))
}

fn entry(line: &OrderLine) -> ShelfEntry {
    ShelfEntry {
        product: line.product,
        quantity: line.quantity,
    }
}
