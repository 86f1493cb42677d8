//! Under cfgs that hide code from a tool.

#[cfg(not(clippy))]
pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}

#[cfg(not(archguard))]
pub fn rows_beside() {
    driver::query("select 1"); //~ raw-sql
}

#[cfg_attr(not(doc), cfg(not(rust_analyzer)))]
pub fn rows_behind() {
    driver::query("select 1"); //~ raw-sql
}
