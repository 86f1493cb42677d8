//! The application: what the shop does, in use cases. Knows the domain, authentication and the repositories; knows
//! neither HTTP nor the features built on top of it.

pub mod accounts;
pub mod catalogue;
pub mod demo;
mod error;
pub mod orders;
pub(crate) mod pricing;
pub mod shelves;
mod shop;

pub use error::AppError;
pub use shop::Shop;
