//! A type of one's own that is the driver's by `Deref`.

pub struct Store(driver::Pool);

impl std::ops::Deref for Store {
    type Target = driver::Pool; //~ no-driver-in-the-api

    fn deref(&self) -> &driver::Pool { //~ no-driver-in-the-api
        &self.0
    }
}
