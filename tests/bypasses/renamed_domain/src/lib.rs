//! The domain in a crate that gives the driver another name.

pub mod w22_renamed;
