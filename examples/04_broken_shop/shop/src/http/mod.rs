//! The shop over HTTP: handlers that translate requests into use cases and back. No rules of the business here.

mod catalogue;
mod health;
mod login;
mod orders;
mod refusal;
mod reports;
mod routes;
mod stats;

pub use routes::routes;
