//! The features. None knows another; each is built alike: `api` above `app` above `domain`.

pub mod billing;
pub mod intake;
pub mod tracking;
