//! A crate that no component covers.

pub mod w13_wrapper; //~ 13:policy.unassigned
