//! What senders owe.

pub mod api;
pub mod app;
pub mod domain;
