//! Through the globs of a neutral module.

use shared::w05_glob::*;

pub fn rows() {
    query("select 1"); //~ raw-sql
}
