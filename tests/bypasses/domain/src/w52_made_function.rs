//! Associated functions that macros of the driver write, as values.

pub fn rows() -> usize {
    ["select 1"].into_iter().map(persistence::w52_made_function::Db::raw).sum() //~ raw-sql
}

/// What a procedural macro writes, only the compiler knows.
pub fn rows_of_a_derived_function() -> usize {
    ["select 1"].into_iter().map(persistence::w52_made_function::Db::derived).sum() //~ raw-sql
}
