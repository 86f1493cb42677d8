//! The function under the name that `persistence` gives it.

pub fn rows() {
    persistence::w04_renamed::q("select 1"); //~ raw-sql
}
