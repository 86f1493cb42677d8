//! Macros: arguments, bodies and who inherits them, definitions by name, `quote!`, derives, attributes, items they make.

use crate::harness::{Checked, Fixture, check};

#[test]
fn arguments_are_code_of_the_place() {
    check(
        r#"
//- src/lib.rs
pub mod db { pub fn query() -> u8 { 1 } pub struct Row { pub id: u8 } }
use db::query;
fn f() {
    println!("{}", db::query());
//                 ^^^^^^^^^ call shop::db::query from shop::f
    let _ = vec![query(), 2];
//               ^^^^^ call shop::db::query
    let _ = vec![query(); 2];
//               ^^^^^ call shop::db::query
    assert!(query() == 1, "text {}", db::query());
//          ^^^^^ call shop::db::query
//                                   ^^^^^^^^^ call shop::db::query
    assert_eq!(db::query(), 1);
//             ^^^^^^^^^ call shop::db::query
    let _ = format!("{x}", x = db::query());
//                             ^^^^^^^^^ call shop::db::query
    let _ = matches!(query(), 1 | 2 if db::query() > 1);
//                   ^^^^^ call shop::db::query
//                                     ^^^^^^^^^ call shop::db::query
    let _ = dbg!(db::Row { id: query() });
//               ^^^^^^^ call shop::db::Row
//                             ^^^^^ call shop::db::query
    let _ = write!(todo!(), "{}", { use crate::db::Row; Row { id: 1 }.id });
//                                      ^^^^^^^^^^^^^^ import shop::db::Row
}
"#,
    );
}

#[test]
fn arguments_of_a_language_of_its_own_are_scanned() {
    check(
        r"
//- registry/tokio/src/lib.rs
#[macro_export]
macro_rules! select { ($($t:tt)*) => {}; }
//- src/lib.rs
pub mod db { pub fn query() -> u8 { 1 } }
async fn f() {
    tokio::select! {
//  ^^^^^^^^^^^^^ macro tokio::select
        row = db::query() => { crate::db::query(); }
//            ^^^^^^^^^ call shop::db::query
//                             ^^^^^^^^^^^^^^^^ call shop::db::query
        else => {}
    }
}
",
    );
}

#[test]
fn a_body_belongs_to_the_macro_and_whoever_invokes_it_inherits() {
    check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
pub mod db {
    #[macro_export]
    macro_rules! select { () => { driver::query() }; }
//                                ^^^^^^^^^^^^^ call driver::query from shop::select
}
pub mod http {
    pub fn f() { crate::select!(); }
//               ^^^^^^^^^^^^^ macro shop::select; call driver::query via shop::select
}
",
    );
}

#[test]
fn inheritance_goes_through_chains_of_macros() {
    check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
macro_rules! inner { () => { driver::query() }; }
macro_rules! outer { () => { inner!() }; }
fn f() { outer!(); }
//       ^^^^^ macro shop::outer; macro shop::inner via shop::outer; call driver::query via shop::outer
",
    );
}

#[test]
fn dollar_crate_is_the_crate_of_the_macro() {
    check(
        r"
//- helper/src/lib.rs
pub mod deep { pub fn run() {} }
#[macro_export]
macro_rules! go { () => { $crate::deep::run() }; }
//                         ^^^^^^^^^^^^^^^^ call helper::deep::run
//- src/lib.rs
pub mod deep { pub fn run() {} }
fn f() { helper::go!(); }
//       ^^^^^^^^^^ macro helper::go; call helper::deep::run via helper::go
",
    );
}

#[test]
fn macros_by_scope_by_export_and_by_path() {
    check(
        r"
//- src/lib.rs
#[macro_use]
mod macros { macro_rules! textual { () => {}; } }
mod user { fn f() { textual!(); crate::exported!(); by_use!(); } use crate::private as by_use; }
//                  ^^^^^^^ macro shop::macros::textual
//                              ^^^^^^^^^^^^^^^ macro shop::exported
//                                                  ^^^^^^ macro shop::private
mod defs { #[macro_export] macro_rules! exported { () => {}; } macro_rules! hidden { () => {}; } }
macro_rules! private { () => {}; }
pub(crate) use private;
fn g() { hidden!(); }
//       ^^^^^^ unresolved hidden unknown-name
",
    );
}

#[test]
fn macros_of_other_crates_by_macro_use_and_by_path() {
    check(
        r"
//- registry/log/src/lib.rs
#[macro_export]
macro_rules! info { () => {}; }
//- src/lib.rs
#[macro_use]
extern crate log;
mod a { fn f() { info!(); log::info!(); } }
//               ^^^^ macro log::info
//                        ^^^^^^^^^ macro log::info
mod b { use log::info as say; fn f() { say!(); } }
//          ^^^^^^^^^ import log::info
//                                     ^^^ macro log::info
",
    );
}

#[test]
fn a_quote_body_is_output() {
    let checked = check(
        r#"
//- derive/Cargo.toml
[package]
name = "derive"
[lib]
proc-macro = true
[dependencies]
quote = "1"
//- registry/quote/src/lib.rs
#[macro_export]
macro_rules! quote { ($($t:tt)*) => {}; }
//- derive/src/lib.rs
use quote::quote;
pub fn expand(name: u8) -> u8 {
    quote! { impl driver::Query for #name { fn run() { driver::query() } } }
//                ^^^^^^^^^^^^^ nothing
//                                                     ^^^^^^^^^^^^^ nothing
}
#[proc_macro]
pub fn sql(input: u8) -> u8 { expand(input) }
//                            ^^^^^^ call derive::expand
#[proc_macro_derive(FromRow, attributes(row))]
pub fn from_row(input: u8) -> u8 { input }
#[proc_macro_attribute]
pub fn route(a: u8, b: u8) -> u8 { a }
//- src/lib.rs
use derive::{FromRow, route};
//           ^^^^^^^ import derive::FromRow
//                    ^^^^^ import derive::route; import derive::route
#[derive(FromRow, Clone)]
//       ^^^^^^^ derive derive::FromRow
//                ^^^^^ derive core::clone::Clone
#[row(rename = "x")]
//^^^ nothing
struct Row;
#[route]
//^^^^^ attribute derive::route
fn f() { derive::sql!(); }
//       ^^^^^^^^^^^ macro derive::sql
#[derive::route]
//^^^^^^^^^^^^^ attribute derive::route
fn g() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
"#,
    );
    checked.unresolved_are(&[]);
}

#[test]
fn derives_behind_cfg_attr() {
    check(
        r#"
//- registry/serde-derive/Cargo.toml
[package]
name = "serde-derive"
[lib]
proc-macro = true
//- registry/serde-derive/src/lib.rs
#[proc_macro_derive(Serialize)]
pub fn derive_serialize(input: u8) -> u8 { input }
//- registry/serde/src/lib.rs
pub trait Serialize {}
pub use serde_derive::Serialize;
//- src/lib.rs
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
//                                   ^^^^^^^^^^^^^^^^ derive serde_derive::Serialize written serde::Serialize cfg feature = "serde"
struct Row;
"#,
    );
}

#[test]
fn modules_declared_inside_invocations() {
    let checked = check(
        r#"
//- registry/cfg-if/src/lib.rs
#[macro_export]
macro_rules! cfg_if {
    ($(if #[cfg($meta:meta)] { $($tokens:tt)* }) else * else { $($tokens2:tt)* }) => { $($($tokens)*)* $($tokens2)* };
}
//- src/lib.rs
macro_rules! cfg_rt { ($($item:item)*) => { $( #[cfg(feature = "rt")] $item )* }; }
cfg_rt! { pub mod runtime; pub use runtime::spawn; }
cfg_if::cfg_if! {
    if #[cfg(unix)] { mod unix; use unix as imp; }
    else if #[cfg(windows)] { mod windows; use windows as imp; }
    else { mod imp { pub fn run() {} } }
}
fn f() { spawn(); imp::run(); }
//       ^^^^^ call shop::runtime::spawn
//- src/runtime.rs
pub fn spawn() { std::thread::spawn(0); }
//               ^^^^^^^^^^^^^^^^^^ call std::thread::functions::spawn cfg feature = "rt"
//- src/unix.rs
pub fn run() {}
//- src/windows.rs
pub fn run() {}
"#,
    );
    checked.modules_are(&["shop", "shop::imp", "shop::runtime", "shop::unix", "shop::windows"]);
    checked.orphans_are(&[]);
}

#[test]
fn items_made_by_a_macro_enter_the_module_tree() {
    let checked = check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
macro_rules! table {
    ($name:ident, $column:ident) => {
        pub mod $name { pub struct $column; impl $column { pub fn load() -> Self { driver::query(); Self } } }
    };
}
table!(users, Id);
//     ^^^^^ nothing
fn f() { users::Id::load(); }
//       ^^^^^^^^^^^^^^^ call shop::users::Id::load
",
    );
    checked.modules_are(&["shop", "shop::users"]);
}

#[test]
fn a_use_made_by_a_macro_is_seen_at_the_invocation() {
    check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
mod inner {
    macro_rules! bring { () => { use driver::query as q; }; }
//                                   ^^^^^^^^^^^^^ import driver::query from shop::inner::bring
    bring!();
//  ^^^^^ macro shop::inner::bring; import driver::query via shop::inner::bring; import driver::query via shop::inner::bring
    fn f() { q(); }
//           ^ call driver::query
}
",
    );
}

#[test]
fn items_made_by_a_dependencys_macro() {
    check(
        r"
//- registry/axum/src/lib.rs
#[macro_use]
mod macros;
pub mod routing;
//- registry/axum/src/macros.rs
macro_rules! top_level { ($name:ident) => { pub fn $name() {} }; }
//- registry/axum/src/routing.rs
top_level!(get);
top_level!(post);
//- src/lib.rs
use axum::routing::{get, put};
//                  ^^^ import axum::routing::get
//                       ^^^ unresolved axum::routing::put not-in-module; import axum::routing
fn f() { get(); }
//       ^^^ call axum::routing::get
",
    );
}

#[test]
fn methods_made_by_a_macro_inside_an_impl() {
    check(
        r"
//- src/lib.rs
pub struct Row;
macro_rules! getters { ($($name:ident),*) => { $( pub fn $name(&self) -> u8 { 1 } )* }; }
impl Row { getters!(id, name); }
fn f(row: Row) { row.id(); Row::name(&row); }
//                   ^^ method shop::Row::id inferred
//                         ^^^^^^^^^ call shop::Row::name
",
    );
}

#[test]
fn what_an_unknown_macro_makes_is_taken_for_what_is_written() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
magic = "1"
//- src/lib.rs
mod tables { magic::tables! { users, orders } }
use tables::users;
//  ^^^^^^^^^^^^^ import shop::tables::users
fn f() { users::all(); }
"#,
    );
}

#[test]
fn a_recursive_macro_ends() {
    let fixture = Fixture::of(
        r"
//- src/lib.rs
macro_rules! forever { ($($t:tt)*) => { forever!($($t)* x); }; }
forever!();
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
",
    );
    let checked = Checked::of(&fixture);
    checked.problems_are(&[
        "src/lib.rs:2: `forever!` expands more than 1024 levels deep: the rest of what it makes was not examined",
    ]);
}

#[test]
fn macros_by_example_two() {
    check(
        r"
//- src/lib.rs
pub mod m { pub macro two($x:expr) { std::fs::read($x) } }
//                                   ^^^^^^^^^^^^^ call std::fs::read from shop::m::two
fn f() { m::two!(1); }
//       ^^^^^^ macro shop::m::two; call std::fs::read via shop::m::two
",
    );
}

#[test]
fn items_that_macros_make_in_blocks_are_code() {
    check(
        r"
//- src/lib.rs
macro_rules! items { ($($t:tt)*) => { $($t)* }; }
const _: () = {
    items! { fn g() { std::fs::read(1); } }
//                    ^^^^^^^^^^^^^ call std::fs::read from shop::_::g
};
fn f() {
    items! { fn g() { std::fs::write(1, 2); } }
//                    ^^^^^^^^^^^^^^ call std::fs::write from shop::f::g
    mod inner { items! { fn g() { std::fs::copy(1, 2); } } }
//                                ^^^^^^^^^^^^^ call std::fs::copy
}
",
    );
}

#[test]
fn known_macros_are_expanded_inside_of_unknown_ones() {
    let fixture = Fixture::of(
        r"
//- src/lib.rs
macro_rules! items { ($($t:tt)*) => { $($t)* }; }
unknown! {
    pub fn f() {}
    items! { fn g() { std::fs::read(1); } }
//                    ^^^^^^^^^^^^^ call std::fs::read from shop::g
    unknown_too! {
        pub fn h() {}
        items! { fn i() { std::fs::write(1, 2); } }
//                        ^^^^^^^^^^^^^^ call std::fs::write from shop::i
    }
}
",
    );
    Checked::of(&fixture).problems_are(&[]);
}

#[test]
fn an_exported_macro_may_stand_in_a_file_that_is_read_later() {
    let checked = check(
        r"
//- src/lib.rs
mod user;
mod words;
//- src/user.rs
crate::own!(Own);
zeta::other!(Other);
use zeta::others as again;
again!(Another);
fn f(_: Own, _: Other, _: Another) { other::made(); }
//      ^^^ type shop::user::Own
//              ^^^^^ type shop::user::Other
//                        ^^^^^^^ type shop::user::Another
//                                   ^^^^^^^^^^^ call shop::user::other::made
//- src/user/other.rs
pub fn made() {}
//- src/words.rs
#[macro_export]
macro_rules! own { ($name:ident) => { pub struct $name; }; }
//- zeta/src/lib.rs
mod words;
pub mod more { mod words; }
//- zeta/src/words.rs
#[macro_export]
macro_rules! other { ($name:ident) => { pub struct $name; pub mod other; }; }
//- zeta/src/more/words.rs
#[macro_export]
macro_rules! others { ($name:ident) => { pub struct $name; }; }
",
    );
    checked.orphans_are(&[]);
}

#[test]
fn an_exported_macro_may_be_made_by_a_macro_in_a_file_that_is_read_later() {
    let checked = check(
        r"
//- src/lib.rs
mod user;
//- src/user.rs
use zeta::make;
make!(Made);
zeta::module!(below);
fn f(_: Made, _: below::Deep) {}
//      ^^^^ type shop::user::Made
//               ^^^^^^^^^^^ type shop::user::below::Deep
//- src/user/below.rs
zeta::make!(Deep);
//- zeta/src/lib.rs
mod words;
//- zeta/src/words.rs
macro_rules! maker {
    ($name:ident, $module:ident, $dollar:tt) => {
        #[macro_export]
        macro_rules! $name { ($dollar made:ident) => { pub struct $dollar made; }; }
        #[macro_export]
        macro_rules! $module { ($dollar made:ident) => { pub mod $dollar made; }; }
    };
}
maker!(make, module, $);
",
    );
    checked.orphans_are(&[]);
}
