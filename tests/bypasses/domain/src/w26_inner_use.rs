//! An import inside a function.

pub fn rows() {
    use driver::query; //~ raw-sql
    query("select 1"); //~ raw-sql
}
