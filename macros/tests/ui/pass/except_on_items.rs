//! `except` on each kind of item, on members of traits, impls and foreign blocks, and on items inside functions.
#![allow(dead_code, unused_imports)]

macro_rules! each {
    ($($item:item)*) => {
        $(
            #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
            $item
        )*
    };
}

each! {
    use std::fmt::Debug;
    extern crate core as renamed_core;
    const LIMIT: u8 = 1;
    static NAME: &str = "n";
    type Alias = u8;
    struct Unit;
    struct Tuple(u8);
    struct Named { field: u8 }
    enum Choice { One, Two }
    union Either { small: u8, large: u16 }
    trait Port { fn call(&self) -> u8; }
    impl Port for Unit { fn call(&self) -> u8 { 1 } }
    impl Unit { fn new() -> Self { Unit } }
    unsafe extern "C" {}
    async fn later() {}
    unsafe fn sharp() {}
    const fn early() -> u8 { 1 }
    mod inline { pub fn inside() {} }
    macro_rules! local { () => {}; }
    thread_local! { static CELL: u8 = const { 1 }; }
}

struct Repository;

trait Store {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    const SIZE: usize;
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    type Row;
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    fn load(&self) -> u8;
}

impl Store for Repository {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    const SIZE: usize = 1;
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    type Row = u8;
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    fn load(&self) -> u8 {
        7
    }
}

unsafe extern "C" {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    fn abs(value: i32) -> i32;
}

fn main() {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
    fn local(value: u8) -> u8 {
        value + 1
    }
    assert_eq!(local(Repository.load()), 8);
    assert_eq!(Unit.call(), 1);
    inline::inside();
}
