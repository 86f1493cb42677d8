//! Which request goes to which handler.

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use super::{catalogue, health, login, orders, reports, stats};
use crate::app::Shop;
use crate::auth::Keys;
use crate::db::Db;
use crate::features::cart;

/// The routes of the shop itself; the features bring their own.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Keys: FromRef<S>,
    Shop: FromRef<S>,
    Db: FromRef<S>,
{
    Router::new()
        .route("/health", get(health::alive))
        .route("/accounts", post(login::register))
        .route("/login", post(login::log_in))
        .route("/products", get(catalogue::list))
        .route("/products/search", get(catalogue::search))
        .route("/products/{id}", get(catalogue::show))
        .route("/orders", get(orders::list))
        .route("/orders/{id}", get(orders::show).delete(orders::cancel))
        .route("/reports/sales", get(reports::sales))
        .route("/stats", get(stats::numbers))
        // The cart is part of ordering, so it is mounted here.
        .merge(cart::routes())
        .route("/health/orders", get(health::orders))
}
