//! Macros that have nothing to do with the driver.

pub use neutral_macros::traced;

/// Runs whatever comes first.
#[macro_export]
macro_rules! select {
    ($($pattern:pat = $future:expr => $body:expr),* $(,)?) => {
        $({
            let $pattern = $future;
            $body
        })*
    };
}

/// Leaves the items as they are.
#[macro_export]
macro_rules! items {
    ($($item:item)*) => { $($item)* };
}
