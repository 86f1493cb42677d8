//! The driver: a facade.

pub use driver_core::query::{Query, query};
pub use driver_core::{Executor, Pool};
pub use driver_derive::Row;

/// Makes a query.
#[macro_export]
macro_rules! query {
    ($text:expr) => {
        $crate::query($text)
    };
}
