//! A component that hands on what it should not.

pub mod w05_glob;
pub mod w14_reexport;
pub mod w31_bound;
