//! What the macro does.

pub(crate) fn check(text: &str) {
    driver::query(text); //~ raw-sql
}
