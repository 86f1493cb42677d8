//! The function passed as a value.

pub fn rows() -> usize {
    ["select 1"].into_iter().map(persistence::w33_passed::q).count() //~ raw-sql
}
