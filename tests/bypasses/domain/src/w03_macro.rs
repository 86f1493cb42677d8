//! The driver's macro.

pub fn rows() {
    driver::query!("select 1"); //~ raw-sql
}
