//! Which request goes to which handler of the cart.

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post, put};

use super::handlers;
use crate::app::Shop;
use crate::auth::Keys;

/// The routes of the cart.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Keys: FromRef<S>,
    Shop: FromRef<S>,
{
    Router::new()
        .route("/cart", get(handlers::show))
        .route("/cart/{product}", put(handlers::put).delete(handlers::take))
        .route("/cart/checkout", post(handlers::checkout))
}
