//! A trait's method, the trait imported under another name.

use persistence::w20_trait_method::{Handle, Runs}; //~ raw-sql

pub fn rows(handle: &Handle) {
    handle.run("select 1"); //~? raw-sql
}
