//! The driver's function as a value that others can call.

pub const QUERY: fn(&str) -> usize = driver::Pool::raw; //~ no-driver-in-the-api

pub static RUN: fn(&str) -> usize = |text| driver::Pool.exec(text);
