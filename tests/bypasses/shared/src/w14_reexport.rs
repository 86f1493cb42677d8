//! The driver under another name.

pub use driver as engine; //~ raw-sql
