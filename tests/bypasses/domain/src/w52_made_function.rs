//! An associated function that a macro of the driver writes, as a value.

pub fn rows() -> usize {
    ["select 1"].into_iter().map(persistence::w52_made_function::Db::raw).sum() //~ raw-sql
}
