//! A macro that holds the call.

#[doc(hidden)]
pub use driver as __driver; //~ no-driver-in-the-api

#[macro_export]
macro_rules! raw {
    ($text:expr) => {
        $crate::w50_exported_macro::__driver::query($text)
    };
}
