//! What a derive writes.

#[derive(driver::Row)] //~ raw-sql
pub struct Sale;
