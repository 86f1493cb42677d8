//! The driver's macro.

pub fn rows() {
    driver::query!("select 1"); //~ raw-sql
}

pub mod imported {
    use driver::query as q; //~ raw-sql

    pub fn rows() {
        q!("select 1"); //~ raw-sql
        q! { "select 1" }; //~ raw-sql
    }
}
