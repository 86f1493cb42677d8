//! Under an attribute macro.

#[neutral::traced]
pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
