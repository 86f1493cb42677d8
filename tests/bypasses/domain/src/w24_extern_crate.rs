//! The crate under another name, in the old way.

extern crate driver as zz; //~ raw-sql

pub fn rows() {
    zz::query("select 1"); //~ raw-sql
}
