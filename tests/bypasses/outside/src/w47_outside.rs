//! Code that was moved out of the workspace.

pub fn rows() {
    driver::query("select 1"); //~ raw-sql
}
