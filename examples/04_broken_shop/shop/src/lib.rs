//! A small shop in layers. This root composes them and is the only place that knows them all; which module may use
//! which stands in `archguard.toml`.

pub mod app;
pub mod auth;
pub mod db;
pub mod features;
pub mod http;
pub mod utils;

use axum::Router;
use axum::extract::FromRef;

use app::Shop;
use auth::Keys;
use db::Db;

/// What the handlers share: each takes from it what it needs.
#[derive(Debug, Clone)]
pub struct AppState {
    shop: Shop,
    keys: Keys,
}

impl AppState {
    /// The state for this shop.
    pub fn new(shop: Shop, keys: Keys) -> Self {
        Self { shop, keys }
    }
}

impl FromRef<AppState> for Shop {
    fn from_ref(state: &AppState) -> Self {
        state.shop.clone()
    }
}

impl FromRef<AppState> for Keys {
    fn from_ref(state: &AppState) -> Self {
        state.keys.clone()
    }
}

impl FromRef<AppState> for Db {
    fn from_ref(state: &AppState) -> Self {
        state.shop.db().clone()
    }
}

/// The whole service: the shop's own routes and those of its features.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(http::routes())
        .merge(features::invoices::routes())
        .merge(features::reorder::routes())
        .merge(features::wishlist::routes())
        .with_state(state)
}
