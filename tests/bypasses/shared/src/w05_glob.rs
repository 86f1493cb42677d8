//! A neutral module.

pub use driver::*; //~ raw-sql
