//! The driver under the name that the manifest gives it.

pub fn rows() {
    db::query("select 1"); //~ raw-sql
}
