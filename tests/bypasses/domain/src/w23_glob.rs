//! Everything of the driver.

use driver::*; //~ raw-sql

pub fn rows() {
    query("select 1"); //~ raw-sql
}
