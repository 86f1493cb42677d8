//! The driver's type under a name, that name under another, and many of them.

pub type Connection = driver::Pool; //~ no-driver-in-the-api

pub type Handle = Connection; //~ no-driver-in-the-api

pub type Handles = Vec<Handle>; //~ no-driver-in-the-api

pub fn handles() -> Handles {
    vec![Connection::default()]
}
