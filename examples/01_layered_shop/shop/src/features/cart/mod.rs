//! The cart: what a customer is about to order.

mod handlers;
mod routes;
mod summary;

pub use routes::routes;
