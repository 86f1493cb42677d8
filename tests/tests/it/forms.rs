//! Every form of code holds paths: expressions, patterns, types, items of all kinds, and their interfaces.

use crate::harness::check;

#[test]
fn forms_of_expressions() {
    check(
        r"
//- src/lib.rs
pub mod db { pub fn query() -> u8 { 1 } pub const LIMIT: usize = 1; pub struct Row { pub id: u8 } pub struct Pair(pub u8, pub u8); pub static mut COUNT: u8 = 0; }
async fn f() -> Option<u8> {
    let a = async { db::query() }.await;
//                  ^^^^^^^^^ call shop::db::query from shop::f
    let b = move |x: u8| -> u8 { db::query() + x };
//                               ^^^^^^^^^ call shop::db::query
    let c = [0u8; db::LIMIT];
//                ^^^^^^^^^ path shop::db::LIMIT
    let d = db::Row { id: db::query(), ..make() };
//          ^^^^^^^ call shop::db::Row
//                        ^^^^^^^^^ call shop::db::query
//                                       ^^^^ call shop::make
    let e = db::Pair(1, db::query());
//          ^^^^^^^^ call shop::db::Pair
//                      ^^^^^^^^^ call shop::db::query
    let g = db::query() as usize;
//          ^^^^^^^^^ call shop::db::query
    let h = if let Some(x) = Some(db::query()) && x == db::query() { x } else { return None };
//                                ^^^^^^^^^ call shop::db::query
//                                                     ^^^^^^^^^ call shop::db::query
    let Some(i) = Some(db::query()) else { db::query(); return None };
//                     ^^^^^^^^^ call shop::db::query
//                                         ^^^^^^^^^ call shop::db::query
    while db::query() > 1 { break }
//        ^^^^^^^^^ call shop::db::query
    for _ in 0..db::query() {}
//              ^^^^^^^^^ call shop::db::query
    unsafe { db::COUNT += 1 }
//           ^^^^^^^^^ path shop::db::COUNT
    let j = &mut db::query();
//               ^^^^^^^^^ call shop::db::query
    let k = (db::query)();
//           ^^^^^^^^^ call shop::db::query
    let l = const { db::query() };
//                  ^^^^^^^^^ call shop::db::query
    let m = Vec::<db::Row>::with_capacity(db::LIMIT);
//                ^^^^^^^ type shop::db::Row
//                                        ^^^^^^^^^ path shop::db::LIMIT
    let n = std::mem::size_of::<db::Row>();
//                              ^^^^^^^ type shop::db::Row
    Some(db::query())
//       ^^^^^^^^^ call shop::db::query
}
fn make() -> db::Row { loop { break db::Row { id: 1 } } }
//           ^^^^^^^ type shop::db::Row
//                                  ^^^^^^^ call shop::db::Row
",
    );
}

#[test]
fn forms_of_patterns() {
    check(
        r"
//- src/lib.rs
pub mod db { pub struct Row { pub id: u8 } pub struct Pair(pub u8, pub u8); pub enum Kind { A, B(u8) } pub const ONE: u8 = 1; pub const TEN: u8 = 10; }
fn f(db::Pair(a, b): db::Pair, k: &db::Kind) {
//   ^^^^^^^^ pattern shop::db::Pair
//                   ^^^^^^^^ type shop::db::Pair
    match a {
        db::ONE => (),
//      ^^^^^^^ pattern shop::db::ONE
        db::ONE..=db::TEN => (),
//      ^^^^^^^ pattern shop::db::ONE
//                ^^^^^^^ pattern shop::db::TEN
        _ => (),
    }
    match k {
        db::Kind::A | &db::Kind::B(_) => (),
//      ^^^^^^^^^^^ pattern shop::db::Kind::A
//                     ^^^^^^^^^^^ pattern shop::db::Kind::B
        x @ db::Kind::B(n) => (),
//          ^^^^^^^^^^^ pattern shop::db::Kind::B
    }
    let db::Row { id } = db::Row { id: 1 };
//      ^^^^^^^ pattern shop::db::Row
    if matches!(k, db::Kind::A) {}
//                 ^^^^^^^^^^^ pattern shop::db::Kind::A
}
",
    );
}

#[test]
fn forms_of_types_and_interfaces() {
    check(
        r"
//- src/lib.rs
pub mod db { pub struct Row; pub trait Load { type Out; } pub trait More: Load {} pub const N: usize = 1; }
pub fn f(x: &[db::Row], y: [db::Row; db::N], z: fn(db::Row) -> u8, w: *const db::Row) {}
//            ^^^^^^^ type shop::db::Row exposed
//                                   ^^^^^ path shop::db::N
pub fn g<T>(x: impl Fn(db::Row) -> T) -> Box<dyn db::Load<Out = db::Row>> where T: db::Load, for<'a> &'a T: db::More { todo!() }
//                     ^^^^^^^ type shop::db::Row exposed
//                                               ^^^^^^^^ type shop::db::Load exposed
//                                                                                                          ^^^^^^^^ type shop::db::More exposed
pub struct Wrapper<T: db::Load = db::Row> { pub row: Option<(u8, db::Row)>, hidden: db::Row, t: T }
//                    ^^^^^^^^ type shop::db::Load exposed
//                               ^^^^^^^ type shop::db::Row exposed
pub union Bits { pub a: u8, pub b: std::mem::ManuallyDrop<db::Row> }
//                                                        ^^^^^^^ type shop::db::Row exposed
pub enum Kind { A(db::Row), B { row: db::Row }, C = db::N as isize }
//                ^^^^^^^ type shop::db::Row exposed
//                                                  ^^^^^ path shop::db::N
pub trait Port: db::More { type Item: db::Load; const ROW: db::Row; fn load(&self) -> db::Row { loop {} } }
//              ^^^^^^^^ type shop::db::More exposed
//                                    ^^^^^^^^ type shop::db::Load exposed
impl db::Load for u8 { type Out = db::Row; }
//   ^^^^^^^^ impl shop::db::Load
//                                ^^^^^^^ type shop::db::Row exposed
impl<T: db::Load> Wrapper<T> { pub fn h(&self) -> &db::Row { &self.hidden } }
//      ^^^^^^^^ type shop::db::Load
pub const ROW: Option<db::Row> = None;
//                    ^^^^^^^ type shop::db::Row exposed
pub static ROWS: &[db::Row] = &[db::Row];
//                 ^^^^^^^ type shop::db::Row exposed
pub type Rows = Vec<db::Row>;
//                  ^^^^^^^ type shop::db::Row exposed
",
    );
}

#[test]
fn several_cfg_attr_paths_and_the_usual_file_beside_them() {
    let checked = check(
        r#"
//- src/lib.rs
#[cfg_attr(feature = "postgres", path = "pg.rs")]
#[cfg_attr(feature = "mysql", path = "my.rs")]
#[cfg_attr(all(feature = "a", feature = "b"), path = "both/mod.rs")]
mod backend;
//- src/pg.rs
//- src/my.rs
//- src/both/mod.rs
mod child;
//- src/both/child.rs
//- src/backend.rs
"#,
    );
    checked.orphans_are(&[]);
}

#[test]
fn cfg_select_and_nested_macros_of_modules() {
    let checked = check(
        r#"
//- src/lib.rs
macro_rules! outer { ($($item:item)*) => { inner! { $($item)* } }; }
macro_rules! inner { ($($item:item)*) => { $( #[cfg(feature = "net")] $item )* }; }
outer! { mod net; pub use net::listen; }
cfg_select! {
    unix => { mod sys; }
    _ => { mod other; }
}
fn f() { listen(); }
//       ^^^^^^ call shop::net::listen
//- src/net.rs
pub fn listen() {}
//- src/sys.rs
//- src/other.rs
"#,
    );
    checked.orphans_are(&[]);
    checked.modules_are(&["shop", "shop::net", "shop::other", "shop::sys"]);
}

// known gap: in edition 2015 `async` and `dyn` may be names; the parser takes them for keywords, and the file is named
// as unexamined.
#[test]
fn a_keyword_of_later_editions_as_a_name_is_a_problem_never_silence() {
    let fixture = crate::harness::Fixture::of(
        r#"
//- Cargo.toml
[package]
name = "shop"
edition = "2015"
//- src/lib.rs
fn async() {}
"#,
    );
    assert_eq!(crate::harness::Checked::of(&fixture).problems.len(), 1);
}
