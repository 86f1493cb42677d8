//! What a derive writes.

#[derive(driver::Row)] //~ raw-sql
pub struct Sale;

pub mod renamed {
    use driver::Row as Plain; //~ raw-sql

    #[derive(Debug, Plain)] //~ raw-sql
    pub struct Sale;

    #[cfg_attr(not(doc), derive(Plain))] //~ raw-sql
    pub struct Other;
}
