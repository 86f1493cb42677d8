//! The driver's type under another name.

pub type Db = driver::Pool; //~ no-driver-in-the-api
