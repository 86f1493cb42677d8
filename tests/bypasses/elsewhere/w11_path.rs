//! A module that lies in no package's directory.

pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
