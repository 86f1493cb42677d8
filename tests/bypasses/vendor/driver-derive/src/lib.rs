//! The driver's derive.

use proc_macro::TokenStream;

/// Writes code that makes a query.
#[proc_macro_derive(Row)]
pub fn row(_input: TokenStream) -> TokenStream {
    "const _: fn() = || { ::driver::query(\"select 1\"); };".parse().unwrap()
}
