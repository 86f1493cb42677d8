//! A full path in an expression, and no `use`.

pub fn rows() {
    driver::query("select 1"); //~ raw-sql
    ::driver::query("select 1"); //~ raw-sql
}

pub struct Holder {
    pub row: driver::Query, //~ raw-sql
}

pub enum Either {
    Row(driver::Query), //~ raw-sql
    Other { pool: driver::Pool }, //~ raw-sql
}

pub trait Repository: driver::Executor { //~ raw-sql
    type Row: Into<Option<driver::Query>>; //~ raw-sql

    fn all(&self) -> usize {
        driver::Pool.exec("select 1") //~ raw-sql
    }
}

pub async fn later() {
    let rows = async { driver::query("select 1") }; //~ raw-sql
    rows.await;
}

pub fn odd_places(text: Option<&str>) -> usize {
    let Some(text) = text else {
        return driver::Pool.exec("select 1"); //~ raw-sql
    };
    let rows = loop {
        break driver::query(text); //~ raw-sql
    };
    let size = std::mem::size_of::<driver::Query>(); //~ raw-sql
    let _: driver::Query = rows; //~ raw-sql
    let _ = const { std::mem::size_of::<driver::Pool>() }; //~ raw-sql
    let _ = [0; std::mem::size_of::<driver::Pool>()]; //~ raw-sql
    let driver::Pool = driver::Pool {}; //~ raw-sql
    <driver::Pool as driver::Executor>::run(&driver::Pool, text) //~ raw-sql
        + <driver::Pool>::exec(&driver::Pool, text) //~ raw-sql
        + size
}

const _: () = {
    fn hidden() {
        driver::query("select 1"); //~ raw-sql
    }
};

impl From<driver::Query> for Holder { //~ raw-sql
    fn from(row: driver::Query) -> Self { //~ raw-sql
        Self { row }
    }
}
