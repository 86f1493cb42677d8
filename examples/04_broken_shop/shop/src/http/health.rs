//! Whether the service runs. Open to everybody: whoever asks is a load balancer.

use axum::extract::State;

use crate::app::Shop;

/// Says that the service runs.
pub(super) async fn alive() -> &'static str {
    "alive"
}

/// How many orders there are, for the page that the load balancer shows.
pub(super) async fn orders(State(shop): State<Shop>) -> String {
    shop.number("SELECT COUNT(*) FROM orders").await.to_string()
}
