//! A wrapper around the driver's function.

pub fn rows(text: &str) {
    driver::query(text); //~ raw-sql
}
