//! A method on a type that `persistence` gives another name.

pub fn rows(db: &persistence::w25_type_alias::Db) { //~ raw-sql
    db.exec("select 1"); //~ raw-sql(inferred)
}
