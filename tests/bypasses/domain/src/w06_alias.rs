//! The crate under another name.

use driver as d; //~ raw-sql

pub fn rows() {
    d::query("select 1"); //~ raw-sql
}
