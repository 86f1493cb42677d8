//! A function that wraps the driver's, in a crate that no component covers.

pub fn rows() {
    wrapper::w13_wrapper::rows("select 1"); //~ raw-sql-by-any-way
}
