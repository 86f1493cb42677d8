//! The domain.

pub mod w48_patched;
