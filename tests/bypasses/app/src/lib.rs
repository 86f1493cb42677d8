//! A crate of which components cover single modules.

pub mod orders;
pub mod w42_moved; //~ 42:policy.unassigned
