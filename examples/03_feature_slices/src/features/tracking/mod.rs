//! Where parcels are.

pub mod api;
pub mod app;
pub mod domain;
