//! Code that was moved into another workspace.

pub fn rows() {
    driver::query("select 1");
}
