//! The function bound to a local, in a closure, in an array.

pub fn rows() {
    let bound = driver::query; //~ raw-sql
    let closure = |text| driver::query(text); //~ raw-sql
    let several: [fn(&str) -> driver::Query; 1] = [driver::query]; //~ raw-sql
    bound("select 1");
    closure("select 1");
    several[0]("select 1");
}

pub struct Table {
    pub run: fn(&str) -> driver::Query, //~ raw-sql
}

pub static TABLE: Table = Table { run: driver::query }; //~ raw-sql

pub fn chosen(first: bool) {
    let run = if first { driver::query } else { driver::query as fn(&str) -> driver::Query }; //~ raw-sql
    let (pair, _) = (driver::query, 1); //~ raw-sql
    run("select 1");
    pair("select 1");
    (TABLE.run)("select 1");
}
