//! Under attributes that silence lints.

#![allow(warnings, clippy::all)]

#[allow(clippy::disallowed_methods)]
pub fn rows() {
    #[allow(clippy::all)]
    driver::query("select 1"); //~ raw-sql
}
