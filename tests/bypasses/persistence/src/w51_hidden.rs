//! A module that documentation does not show.

#[doc(hidden)]
pub mod __private {
    pub use driver::query; //~ no-driver-in-the-api
}
