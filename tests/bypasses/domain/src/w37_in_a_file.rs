//! A module whose `mod` line stands in a macro call.

pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
