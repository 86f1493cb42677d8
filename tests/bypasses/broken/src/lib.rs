//! The domain.

pub mod orders;
pub mod w43_broken;
