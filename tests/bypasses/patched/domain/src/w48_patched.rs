//! A local crate under the driver's name.

pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
