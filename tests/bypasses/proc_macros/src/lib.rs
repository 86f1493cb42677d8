//! A proc-macro crate of the workspace.

mod w38_proc_macro;

use proc_macro::TokenStream;

/// Runs SQL at compile time.
#[proc_macro]
pub fn checked(text: TokenStream) -> TokenStream {
    w38_proc_macro::check(&text.to_string());
    text
}
