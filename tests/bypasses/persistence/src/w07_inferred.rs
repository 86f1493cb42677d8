//! Pools for others.

pub fn connect() -> driver::Pool { //~ no-driver-in-the-api
    driver::Pool
}

pub fn with<T>(run: impl FnOnce(&driver::Pool) -> T) -> T { //~ no-driver-in-the-api
    run(&connect())
}
