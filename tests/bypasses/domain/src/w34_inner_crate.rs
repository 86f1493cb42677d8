//! The facade's inner crate.

pub fn rows() {
    driver_core::query::query("select 1"); //~ raw-sql
}
