//! For a system that this is not.

#[cfg(target_os = "windows")]
pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
