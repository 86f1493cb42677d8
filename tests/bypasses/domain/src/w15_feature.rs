//! Behind a feature that is off by default.

#[cfg(feature = "extra")]
pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
