//! The driver's trait under another name.

pub use driver::Executor as Runs; //~ raw-sql
