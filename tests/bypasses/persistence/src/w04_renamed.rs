//! The driver's function under another name.

pub use driver::query as q; //~ no-driver-in-the-api
