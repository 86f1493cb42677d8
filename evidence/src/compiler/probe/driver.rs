//! A crate as a database driver is one: what the probe names lies here.

pub struct Pool;
pub struct Query<'a>(pub &'a str);

impl Pool {
    pub fn open() -> Pool {
        Pool
    }
    pub fn exec(&self, _text: &str) -> u32 {
        1
    }
}

impl<'a> Query<'a> {
    pub fn execute(self, _pool: &Pool) -> u32 {
        2
    }
}

pub fn query(text: &str) -> Query<'_> {
    Query(text)
}

pub trait Executor {
    const LIMIT: u32;
    fn run(&self) -> u32;
}

impl Executor for Pool {
    const LIMIT: u32 = 3;
    fn run(&self) -> u32 {
        Self::LIMIT
    }
}

pub trait Runs {
    fn go(&self) -> u32;
}

macro_rules! make {
    ($type:ident) => {
        impl $type {
            pub fn made() -> u32 {
                4
            }
        }
    };
}
make!(Pool);

pub mod inner {
    #[derive(Clone)]
    pub struct Row {
        pub id: u32,
    }
    pub const LIMIT: u32 = 5;
    pub static COUNT: u32 = 6;
    impl core::ops::Add for Row {
        type Output = Row;
        fn add(self, _other: Row) -> Row {
            self
        }
    }
}

#[macro_export]
macro_rules! query {
    ($text:expr) => {
        $crate::query($text)
    };
}
