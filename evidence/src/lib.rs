//! placeholder

pub mod workspace;
