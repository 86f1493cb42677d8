//! The driver's function, imported.

use driver::query; //~ raw-sql

pub fn rows() {
    query("select 1"); //~ raw-sql
}
