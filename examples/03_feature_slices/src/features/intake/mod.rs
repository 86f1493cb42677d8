//! Parcels come in.

pub mod api;
pub mod app;
pub mod domain;
