//! A full path in an expression, and no `use`.

pub fn rows() {
    driver::query("select 1"); //~ raw-sql
    ::driver::query("select 1"); //~ raw-sql
}
