//! The driver under the name of a crate that re-exports it.

pub fn rows() {
    shared::w14_reexport::engine::query("select 1"); //~ raw-sql
}
