//! A `macro_rules!` of one's own.

macro_rules! rows {
    ($text:expr) => {
        driver::query($text) //~ raw-sql
    };
}

pub fn rows() {
    rows!("select 1"); //~ raw-sql
}
