//! The function bound to a local, in a closure, in an array.

pub fn rows() {
    let bound = driver::query; //~ raw-sql
    let closure = |text| driver::query(text); //~ raw-sql
    let several: [fn(&str) -> driver::Query; 1] = [driver::query]; //~ raw-sql
    bound("select 1");
    closure("select 1");
    several[0]("select 1");
}
