//! Crates by name: manifests, renames, `extern crate`, preludes, editions.

use crate::harness::{check, judge};

#[test]
fn a_renamed_dependency_goes_by_its_own_name() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
edition = "2021"
[dependencies]
database = { package = "sqlx", version = "1" }
//- registry/sqlx/src/lib.rs
pub fn query() {}
//- src/lib.rs
use database::query;
//  ^^^^^^^^^^^^^^^ import sqlx::query written sqlx::query
fn f() { database::query(); sqlx::query(); }
//       ^^^^^^^^^^^^^^^ call sqlx::query
//                          ^^^^^^^^^^^ unresolved sqlx::query unknown-name
"#,
    );
}

#[test]
fn a_library_may_have_another_name_than_its_package() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
md-5 = "1"
helper = { path = "helper" }
//- registry/md-5/Cargo.toml
[package]
name = "md-5"
[lib]
name = "md5"
//- registry/md-5/src/lib.rs
pub fn digest() {}
//- helper/Cargo.toml
[package]
name = "helper"
[lib]
name = "aid"
path = "lib/root.rs"
//- helper/lib/root.rs
pub mod inner;
//- helper/lib/inner.rs
pub fn help() {}
//- src/lib.rs
fn f() { md5::digest(); aid::inner::help(); }
//       ^^^^^^^^^^^ call md5::digest
//                      ^^^^^^^^^^^^^^^^ call aid::inner::help
"#,
    )
    .modules_are(&["aid", "aid::inner", "shop"]);
}

#[test]
fn extern_crate_under_another_name() {
    check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
extern crate driver as zz;
//           ^^^^^^ import driver
extern crate alloc;
pub mod below {
    fn f() { zz::query(); ::zz::query(); crate::zz::query(); }
//           ^^^^^^^^^ call driver::query written driver::query
//                          ^^^^^^^^^ call driver::query
//                                       ^^^^^^^^^^^^^^^^ call driver::query
    fn g() -> alloc::vec::Vec<u8> { alloc::vec::Vec::new() }
//            ^^^^^^^^^^^^^^^ type alloc::vec::Vec
}
",
    );
}

#[test]
fn extern_crate_inside_a_module_is_no_name_for_others() {
    check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
mod inner { extern crate driver as zz; pub fn f() { zz::query(); self::zz::query(); } }
//                                                  ^^^^^^^^^ call driver::query
//                                                               ^^^^^^^^^^^^^^^ call driver::query
fn f() { zz::query(); }
//       ^^^^^^^^^ unresolved zz::query unknown-name
",
    );
}

#[test]
fn extern_crate_self() {
    check(
        r"
//- src/lib.rs
extern crate self as shop;
extern crate self as me;
pub mod db { pub fn query() {} }
fn f() { shop::db::query(); ::me::db::query(); }
//       ^^^^^^^^^^^^^^^ call shop::db::query
//                            ^^^^^^^^^^^^^ call shop::db::query
",
    )
    .unresolved_are(&[]);
}

#[test]
fn public_extern_crates_are_the_interface() {
    check(
        r"
//- matcher/src/lib.rs
pub trait Matcher { fn find(); }
//- grep/src/lib.rs
pub extern crate matcher;
//               ^^^^^^^ import matcher reexport
pub extern crate matcher as engine;
//- src/lib.rs
use grep::matcher::Matcher;
//  ^^^^^^^^^^^^^^^^^^^^^^ import matcher::Matcher written grep::matcher::Matcher
fn f<M: grep::engine::Matcher>() {}
//      ^^^^^^^^^^^^^^^^^^^^^ type matcher::Matcher
",
    );
}

#[test]
fn what_the_manifest_does_not_name_cannot_be_reached() {
    let checked = check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
sqlx = "1"
//- registry/sqlx/src/lib.rs
pub use sqlx_core::query;
//- registry/sqlx-core/src/lib.rs
pub fn query() {}
//- src/lib.rs
fn f() { sqlx::query(); sqlx_core::query(); }
//       ^^^^^^^^^^^ call sqlx_core::query
//                      ^^^^^^^^^^^^^^^^ unresolved sqlx_core::query unknown-name
"#,
    );
    checked.unresolved_are(&["sqlx_core::query unknown-name"]);
}

#[test]
fn kinds_of_dependency_reach_their_targets() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
normal = "1"
[dev-dependencies]
mock = "1"
[build-dependencies]
gen = "1"
//- registry/normal/src/lib.rs
pub fn f() {}
//- registry/mock/src/lib.rs
pub fn f() {}
//- registry/gen/src/lib.rs
pub fn f() {}
//- src/lib.rs
fn f() { normal::f(); r#gen::f(); }
//       ^^^^^^^^^ call normal::f
//                    ^^^^^^^^ unresolved gen::f unknown-name
#[cfg(test)]
fn g() { mock::f(); }
//       ^^^^^^^ call mock::f dev cfg test
//- build.rs
fn main() { r#gen::f(); normal::f(); }
//          ^^^^^^^^ call gen::f from build:shop::main
//                      ^^^^^^^^^ unresolved normal::f unknown-name
//- tests/api.rs
fn f() { mock::f(); normal::f(); shop::g(); }
//       ^^^^^^^ call mock::f dev
//                  ^^^^^^^^^ call normal::f dev
"#,
    );
}

#[test]
fn the_preludes() {
    check(
        r#"
//- src/lib.rs
fn f(x: Option<Vec<String>>) -> Result<Box<u8>, ()> {
//      ^^^^^^ type core::option::Option
//             ^^^ type alloc::vec::Vec
//                 ^^^^^^ type alloc::string::String
//                              ^^^^^^ type core::result::Result
    drop(Some(1));
//  ^^^^ call core::mem::drop
//       ^^^^ call core::option::Option::Some
    let _: u8 = u8::MAX;
//         ^^ type core::u8
    let _ = str::from_utf8;
//          ^^^^^^^^^^^^^^ path core::str::from_utf8
    Err(())
}
#[derive(Clone, Debug)]
//       ^^^^^ derive core::clone::Clone
struct Row;
fn g() -> impl Iterator { println!("x"); vec![1].into_iter() }
//             ^^^^^^^^ type core::iter::traits::iterator::Iterator
//                        ^^^^^^^ macro std::macros::println
//                                       ^^^ macro alloc::macros::vec
"#,
    );
}

#[test]
fn preludes_follow_the_edition() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
edition = "2018"
[dependencies]
new = { path = "new" }
//- src/lib.rs
fn f() { u8::try_from(1u16); TryFrom::try_from(1); }
//                           ^^^^^^^^^^^^^^^^^ unresolved TryFrom::try_from unknown-name
//- new/Cargo.toml
[package]
name = "new"
edition = "2021"
//- new/src/lib.rs
fn f<T: TryFrom<u8>>() {}
//      ^^^^^^^ type core::convert::TryFrom
"#,
    );
}

#[test]
fn edition_2015_begins_at_the_root() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
edition = "2015"
[dependencies]
driver = "1"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
extern crate driver;
pub mod db { pub fn query() {} pub struct Row; }
pub mod http {
    use db::query;
//      ^^^^^^^^^ import shop::db::query
    use driver::query as foreign;
//      ^^^^^^^^^^^^^ import driver::query
    use std::fs;
//      ^^^^^^^ import std::fs
    fn f() {
        ::db::query();
//        ^^^^^^^^^ call shop::db::query
        ::driver::query();
//        ^^^^^^^^^^^^^ call driver::query
        db::query();
//      ^^^^^^^^^ unresolved db::query unknown-name
        foreign();
//      ^^^^^^^ call driver::query
    }
    fn g(x: Box<::db::Row>) { try!(query()) }
//                ^^^^^^^ type shop::db::Row
//                                 ^^^^^ call shop::db::query
}
"#,
    );
}

#[test]
fn a_target_sees_its_own_library_and_others_do_not_see_binaries() {
    check(
        r"
//- src/lib.rs
pub fn run() {}
//- src/main.rs
mod cli;
fn main() { shop::run(); cli::parse(); }
//          ^^^^^^^^^ call shop::run
//                       ^^^^^^^^^^ call bin:shop::cli::parse
//- src/cli.rs
pub fn parse() { crate::main(); }
//               ^^^^^^^^^^^ call bin:shop::main
//- src/bin/tool.rs
fn main() { shop::run(); }
//          ^^^^^^^^^ call shop::run from bin:tool::main
//- examples/show.rs
fn main() { shop::run(); }
//          ^^^^^^^^^ call shop::run dev from example:show::main
//- benches/speed.rs
fn main() { shop::run(); }
//          ^^^^^^^^^ call shop::run dev from bench:speed::main
",
    )
    .modules_are(&[
        "bench:speed",
        "bin:shop",
        "bin:shop::cli",
        "bin:tool",
        "example:show",
        "shop",
    ]);
}

#[test]
fn path_dependencies_outside_the_workspace_are_examined() {
    let checked = check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
outside = { path = "../outside" }
//- src/lib.rs
fn f() { outside::help(); }
//       ^^^^^^^^^^^^^ call outside::help
//- ../outside/src/lib.rs
pub fn help() { std::fs::read(0); }
//              ^^^^^^^^^^^^^ call std::fs::read
"#,
    );
    checked.modules_are(&["outside", "shop"]);
}

#[test]
fn opaque_crates_are_named_and_their_paths_taken_for_what_is_written() {
    let checked = check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
far-away = "1"
//- src/lib.rs
use far_away::query;
//  ^^^^^^^^^^^^^^^ import far_away::query
fn f() { query(); far_away::sub::run(); }
//       ^^^^^ call far_away::query
//                ^^^^^^^^^^^^^^^^^^ call far_away::sub::run
"#,
    );
    assert_eq!(checked.graph.examined().opaque, ["far_away"]);
}

/// Met in the first example on a machine without its dependencies: seven findings, all false.
#[test]
fn patterns_into_opaque_crates_are_matched_by_what_is_written() {
    judge(
        r#"
//- Cargo.toml
[package]
name = "shop"
version = "1.0.0"
edition = "2024"
[dependencies]
driver = "1"
web = "1"
//- archguard.toml
version = 1
[components]
main = "shop::self"
auth = "shop::auth"
[[layers]]
id    = "layering"
order = ["main", "auth"]
[[forbid]]
id  = "raw"
use = ["driver", "!driver::Error", "!driver::codes::*"]
//- src/lib.rs
pub mod auth;
struct State;
impl web::FromRef<State> for auth::Keys { fn from_ref(_: &State) -> Self { auth::Keys } }
//- src/auth.rs
pub struct Keys;
pub fn keys<S>(state: &S) -> Keys { Keys::from_ref(state) }
pub fn run() -> Result<driver::Pool, driver::Error> { driver::Error::new(driver::codes::one()) }
//                     ^^^^^^^^^^^^ error[raw/forbidden-use]
pub fn two() { driver::codes::Deep::two(); driver::Errors::new(); }
//                                         ^^^^^^^^^^^^^^^^^^^ error[raw/forbidden-use]
"#,
    );
}

#[test]
fn a_dependency_names_another_by_an_extern_crate_of_its_root() {
    check(
        r"
//- registry/device/src/lib.rs
pub extern crate device_types as types;
pub mod util;
pub use types::Flags;
//- registry/device/src/util.rs
pub use types::{math::*, Order};
pub use ::types::Flags as Again;
//- registry/device-types/src/lib.rs
pub enum Flags { Fast }
pub struct Order;
pub mod math { pub fn align() {} }
//- src/lib.rs
use device::util::{align, Again, Order};
//                 ^^^^^ import device_types::math::align
//                        ^^^^^ import device_types::Flags
//                               ^^^^^ import device_types::Order
fn f(_: Order) { align(); Again::Fast; device::Flags::Fast; device::types::math::align(); }
//      ^^^^^ type device_types::Order
//               ^^^^^ call device_types::math::align
//                        ^^^^^^^^^^^ path device_types::Flags::Fast
//                                     ^^^^^^^^^^^^^^^^^^^ path device_types::Flags::Fast
//                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^ call device_types::math::align
",
    );
}

#[test]
fn an_extern_crate_under_a_name_that_is_another_elsewhere() {
    check(
        r#"
//- registry/published-format/src/lib.rs
pub struct Parser;
//- src/lib.rs
#[cfg(feature = "in-tree")]
extern crate format;
#[cfg(not(feature = "in-tree"))]
extern crate published_format as format;
mod user { fn f(_: format::Parser) {} }
//                 ^^^^^^^^^^^^^^ type published_format::Parser
"#,
    );
}
