//! placeholder
pub mod mbe;
