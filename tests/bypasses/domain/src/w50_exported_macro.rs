//! A macro of the allowed module that holds the call.

pub fn rows() {
    persistence::raw!("select 1"); //~ raw-sql
}
