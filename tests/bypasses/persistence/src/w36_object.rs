//! An object of the driver's trait.

pub fn runs() -> Box<dyn driver::Executor> { //~ no-driver-in-the-api
    Box::new(driver::Pool)
}
