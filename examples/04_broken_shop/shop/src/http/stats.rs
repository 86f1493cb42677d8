//! Numbers for the dashboard.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::app::Shop;
use crate::auth::CurrentUser;

/// Counts the rows of a table.
macro_rules! count_of {
    ($shop:expr, $statement:literal) => {
        sqlx::query_scalar::<_, i64>($statement)
            .fetch_one(&$shop.db().raw_pool())
            .await
            .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
    };
}

#[derive(Serialize)]
pub(super) struct Stats {
    customers: i64,
    orders: i64,
}

pub(super) async fn numbers(_user: CurrentUser, State(shop): State<Shop>) -> Result<Json<Stats>, StatusCode> {
    Ok(Json(Stats {
        customers: count_of!(shop, "SELECT COUNT(*) FROM users"),
        orders: count_of!(shop, "SELECT COUNT(*) FROM orders"),
    }))
}
