//! Known references, one way of naming a line.

pub mod persistence {
    pub use driver::Executor as Executes;
    pub type Connection = driver::Pool;
    pub struct Wrapper(pub driver::Pool);
    impl std::ops::Deref for Wrapper {
        type Target = driver::Pool;
        fn deref(&self) -> &driver::Pool {
            &self.0
        }
    }
    pub fn connect() -> Connection {
        driver::Pool::open()
    }
}

pub mod domain {
    use crate::persistence::{connect, Executes as _, Wrapper};

    pub fn inferred() -> u32 {
        let connection = connect();
        connection.exec("a")
            + connection.run()
    }
    pub fn through_deref(wrapper: &Wrapper) -> u32 {
        wrapper.exec("b")
    }
    pub fn made_by_a_macro() -> Vec<u32> {
        [0].iter()
            .map(|_| driver::Pool::made())
            .collect()
    }
    pub fn by_macro() -> u32 {
        let query = driver::query!("c");
        query.execute(&connect())
    }
    #[derive(Clone)]
    pub struct Holder {
        pub row: driver::inner::Row,
    }
    impl Holder {
        pub const LIMIT: u32 = driver::inner::LIMIT;
        pub fn sum(&self) -> u32 {
            self.row.id
                + driver::inner::COUNT
                + <driver::Pool as driver::Executor>::LIMIT
        }
    }
    pub fn as_value<T: driver::Executor>(it: T) -> u32 {
        let open: fn() -> driver::Pool = driver::Pool::open;
        open().exec("d")
            + it.run()
    }
    pub fn pattern(row: Option<driver::inner::Row>) -> u32 {
        match row {
            Some(driver::inner::Row { id }) => id,
            None => 0,
        }
    }
    pub fn operator(one: driver::inner::Row, other: driver::inner::Row) -> u32 {
        let row = one + other;
        row.id
    }
    pub fn object(it: &dyn driver::Runs) -> u32 {
        it.go()
    }
    pub async fn later() -> u32 {
        inferred()
    }
    pub fn within() -> u32 {
        fn nested() -> u32 {
            driver::query("e").0.len() as u32
        }
        nested()
    }
    macro_rules! local {
        () => {
            driver::query("f")
        };
    }
    pub fn by_local_macro() -> u32 {
        let query = local!();
        query.execute(&connect())
    }
}
