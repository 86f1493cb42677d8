//! What tests and measurements share: published crates as real input.

mod published;

pub use published::{UnpackError, unpack};
