//! Variants, associated items, `Self`, qualified paths, type aliases, generic parameters.

use crate::harness::check;

#[test]
fn a_function_of_what_bounds_an_associated_type_is_that_trait_s() {
    check(
        r"
//- src/lib.rs
pub trait Failure { fn failed() -> Self; }
pub trait Sink { type Error: Failure; }
pub fn fill<S: Sink>() -> S::Error { S::Error::failed() }
//                                   ^^^^^^^^^^^^^^^^ call shop::Failure::failed
//                        ^^^^^^^^ type shop::Sink::Error
",
    );
}

#[test]
fn enum_variants() {
    check(
        r"
//- src/lib.rs
pub mod state { pub enum State { Open, Closed(u8), Held { by: u8 } } }
use state::State::{self, Open, *};
//                 ^^^^ import shop::state::State
//                       ^^^^ import shop::state::State::Open
//                             ^ import shop::state::State
fn f(state: State) -> u8 {
    let _ = State::Closed(1);
//          ^^^^^^^^^^^^^ call shop::state::State::Closed
    let _ = Held { by: 1 };
//          ^^^^ call shop::state::State::Held
    match state {
        Open => 1,
//      ^^^^ pattern shop::state::State::Open
        State::Closed(n) => n,
//      ^^^^^^^^^^^^^ pattern shop::state::State::Closed
        crate::state::State::Held { by } => by,
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ pattern shop::state::State::Held
    }
}
impl State { fn g() -> Self { Self::Closed(2) } }
//                            ^^^^^^^^^^^^ call shop::state::State::Closed
",
    );
}

#[test]
fn inherent_items_belong_to_their_type_wherever_the_impl_stands() {
    check(
        r"
//- src/lib.rs
pub mod model { pub struct Row; }
pub mod queries { impl crate::model::Row { pub const LIMIT: u8 = 1; pub fn load() -> Self { Self } } }
use model::Row;
fn f() {
    Row::load();
//  ^^^^^^^^^ call shop::model::Row::load
    let _ = Row::LIMIT;
//          ^^^^^^^^^^ path shop::model::Row::LIMIT
    let g = Row::load;
//          ^^^^^^^^^ path shop::model::Row::load
}
",
    );
}

#[test]
fn items_of_traits_and_of_their_impls() {
    check(
        r"
//- src/lib.rs
pub mod ports { pub trait Store { type Row; const NAME: u8; fn open() -> Self; fn close(&self) {} } }
pub struct Disk;
impl ports::Store for Disk { type Row = u8; const NAME: u8 = 1; fn open() -> Self { Disk } }
//   ^^^^^^^^^^^^ impl shop::ports::Store
use ports::Store;
fn f(disk: Disk) {
    <Disk as Store>::open();
//           ^^^^^^^^^^^^ call shop::ports::Store::open also shop::<Disk as Store>::open
    <Disk as ports::Store>::close(&disk);
//           ^^^^^^^^^^^^^^^^^^^^ call shop::ports::Store::close
    let row: <Disk as Store>::Row = 1;
//                    ^^^^^^^^^^^ type shop::ports::Store::Row also shop::<Disk as Store>::Row
    Store::close(&disk);
//  ^^^^^^^^^^^^ call shop::ports::Store::close
}
fn g<T: Store>() -> T::Row {
//                  ^^^^^^ type shop::ports::Store::Row
    T::open();
//  ^^^^^^^ call shop::ports::Store::open
    todo!()
}
",
    );
}

#[test]
fn self_inside_impls_and_traits() {
    check(
        r"
//- src/lib.rs
pub struct Row { id: u8 }
pub trait Named { const NAME: u8; fn name() -> u8 { Self::NAME } fn both() -> u8 { Self::name() } }
//                                                  ^^^^^^^^^^ path shop::Named::NAME
//                                                                                 ^^^^^^^^^^ call shop::Named::name
impl Row {
    const LIMIT: u8 = 2;
    fn new() -> Self { Self { id: Self::LIMIT } }
//                     ^^^^ call shop::Row
//                                ^^^^^^^^^^^ path shop::Row::LIMIT
    fn again() -> Row { Self::new() }
//                      ^^^^^^^^^ call shop::Row::new
}
",
    );
}

#[test]
fn type_aliases_are_seen_through() {
    check(
        r"
//- registry/driver/src/lib.rs
pub struct Pool;
impl Pool { pub fn open() -> Pool { Pool } pub fn exec(&self) {} }
//- src/lib.rs
pub mod db { pub type Db = driver::Pool; }
//                         ^^^^^^^^^^^^ type driver::Pool
use db::Db;
fn f(db: &Db) {
//        ^^ type shop::db::Db also driver::Pool
    Db::open();
//  ^^^^^^^^ call driver::Pool::open written shop::db::Db::open naming shop::db::Db
    db.exec();
//     ^^^^ method driver::Pool::exec inferred
}
",
    );
}

#[test]
fn generic_parameters_are_no_references_and_their_bounds_are() {
    check(
        r"
//- src/lib.rs
pub struct T;
pub trait Load { fn load() -> Self; }
fn f<T: Load>(t: T) -> T where Vec<T>: Load { T::load() }
//               ^ nothing
//      ^^^^ type shop::Load
//                                     ^^^^ type shop::Load
//                                            ^^^^^^^ call shop::Load::load
struct Wrapper<T>(T);
//                ^ nothing
impl<T: Load> Wrapper<T> { fn g(t: T) {} }
//                              ^^^^ nothing
fn h() -> T { T }
//        ^ type shop::T
//            ^ path shop::T
fn i(x: impl Load, y: &dyn Load) {}
//           ^^^^ type shop::Load
//                         ^^^^ type shop::Load
fn j<'a, const N: usize>() -> [u8; N] { [0; N] }
//                                 ^ nothing
//                                          ^ nothing
",
    );
}

#[test]
fn associated_types_of_bounds() {
    check(
        r"
//- src/lib.rs
pub trait Service { type Error; type Output; fn call(self) -> Result<Self::Output, Self::Error>; }
//                                                                   ^^^^^^^^^^^^ type shop::Service::Output
pub fn run<S>(service: S) -> Result<S::Output, S::Error> where S: Service<Error = u8> { service.call() }
//                                  ^^^^^^^^^ type shop::Service::Output
//                                             ^^^^^^^^ type shop::Service::Error
pub fn qualified<S: Service>(x: <S as Service>::Output) {}
impl Service for u8 { type Error = (); type Output = Self; fn call(self) -> Result<Self::Output, Self::Error> { Ok(1) } }
//                                                                                 ^^^^^^^^^^^^ type shop::<u8 as Service>::Output
",
    );
}

#[test]
fn the_type_before_a_traits_item_is_named_too() {
    check(
        r"
//- src/lib.rs
pub mod db {
    #[derive(Default)] pub struct Db;
    pub struct Other;
    impl Default for Other { fn default() -> Self { Other } }
}
fn derived() { crate::db::Db::default(); }
//             ^^^^^^^^^^^^^^^^^^^^^^ call core::default::Default::default naming shop::db::Db
fn written() { crate::db::Other::default(); }
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ call core::default::Default::default naming shop::db::Other
",
    );
}

#[test]
fn a_qualified_path_names_the_types_own_item_too() {
    check(
        r"
//- registry/driver/src/lib.rs
pub struct Pool;
pub trait Executor { fn execute(&self); }
pub trait Other { fn execute(&self); }
impl Other for Pool { fn execute(&self) {} }
impl Executor for Pool { fn execute(&self) {} }
//- src/lib.rs
pub struct Mine;
type Alias = Mine;
impl driver::Executor for Mine { fn execute(&self) { <Self as driver::Executor>::execute(self); } }
//                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^ call driver::Executor::execute also shop::<Mine as Executor>::execute
fn f(pool: driver::Pool, mine: Mine) {
    <driver::Pool as driver::Executor>::execute(&pool);
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ call driver::Executor::execute also driver::<Pool as Executor>::execute
    <Alias as driver::Executor>::execute(&mine);
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^ call driver::Executor::execute also shop::<Mine as Executor>::execute
}
",
    );
}

#[test]
fn inside_an_impl_its_trait_needs_no_import() {
    check(
        r"
//- registry/tables/src/lib.rs
pub struct Row;
pub fn row() -> Row { Row }
//- registry/format/src/lib.rs
pub mod de { pub trait Deserialize: Sized { fn deserialize(d: u8) -> Self; fn keep(&self) {} } }
//- src/lib.rs
pub mod kept {
    use format::de;
    pub struct Id(String);
    impl de::Deserialize for Id {
        fn deserialize(d: u8) -> Self {
            let text = String::deserialize(d);
//                     ^^^^^^^^^^^^^^^^^^^ call format::de::Deserialize::deserialize naming alloc::string::String
            tables::Row::deserialize(d);
//          ^^^^^^^^^^^^^^^^^^^^^^^^ call format::de::Deserialize::deserialize naming tables::Row
            tables::Gone::Row::deserialize(d);
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unresolved tables::Gone::Row::deserialize not-in-module; call tables
            let pair = <(u32, String)>::deserialize(d);
//                                      ^^^^^^^^^^^ call format::de::Deserialize::deserialize
            Id(text)
        }
        fn keep(&self) { tables::row().keep() }
//                                     ^^^^ method tables::Row inferred
    }
    fn outside(d: u8) { String::deserialize(d); }
//                      ^^^^^^^^^^^^^^^^^^^ unresolved alloc::string::String::deserialize unknown-associated-item; call alloc::string::String
}
",
    );
}

#[test]
fn a_dependency_may_write_an_impl_for_an_alias_of_its_type() {
    check(
        r"
//- registry/tables/src/lib.rs
mod map { pub struct Map<K, V> { k: K, v: V } impl<K, V> Map<K, V> { pub fn new() -> Self { todo!() } } }
mod parser;
pub struct Key;
pub type Table = map::Map<Key, u8>;
//- registry/tables/src/parser.rs
use crate::Table;
impl Table { pub fn parse(text: u8) -> Self { todo!() } pub fn len(&self) -> usize { 0 } }
//- src/lib.rs
fn f() { tables::Table::new(); let table = tables::Table::parse(1); table.len(); }
//       ^^^^^^^^^^^^^^^^^^ call tables::map::Map::new naming tables::Table
//                                         ^^^^^^^^^^^^^^^^^^^^ call tables::map::Map::parse naming tables::Table
//                                                                        ^^^ method tables::map::Map::len inferred
",
    );
}
