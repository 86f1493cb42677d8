//! Re-export chains: across crates, through globs, under other names; the definition is what counts.

use crate::harness::check;

#[test]
fn a_chain_across_crates_leads_to_the_definition() {
    check(
        r"
//- registry/sqlx/src/lib.rs
pub use sqlx_core::query::query;
pub use sqlx_core as core_again;
//- registry/sqlx-core/src/lib.rs
pub mod query { mod imp; pub use self::imp::run as query; }
//- registry/sqlx-core/src/query/imp.rs
pub fn run() {}
//- src/lib.rs
pub mod db { pub use sqlx::query as select; }
//                   ^^^^^^^^^^^ import sqlx_core::query::imp::run written sqlx::query reexport
pub mod prelude { pub use crate::db::*; }
fn f() {
    sqlx::query();
//  ^^^^^^^^^^^ call sqlx_core::query::imp::run written sqlx::query
    db::select();
//  ^^^^^^^^^^ call sqlx_core::query::imp::run written shop::db::select
    prelude::select();
//  ^^^^^^^^^^^^^^^ call sqlx_core::query::imp::run written shop::prelude::select
    sqlx::core_again::query::query();
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ call sqlx_core::query::imp::run
}
",
    );
}

#[test]
fn a_neutral_crate_hands_on_by_glob() {
    check(
        r"
//- registry/driver/src/lib.rs
pub mod pool { pub struct Pool; impl Pool { pub fn open() -> Pool { Pool } } }
pub use pool::*;
//- helper/src/lib.rs
pub use driver::*;
//      ^^^^^^^^^ import driver reexport
//- src/lib.rs
use helper::Pool;
//  ^^^^^^^^^^^^ import driver::pool::Pool written helper::Pool
fn f() { Pool::open(); }
//       ^^^^^^^^^^ call driver::pool::Pool::open written helper::Pool::open
",
    );
}

#[test]
fn modules_are_handed_on_whole() {
    check(
        r"
//- registry/driver/src/lib.rs
pub mod pool { pub fn open() {} }
//- src/lib.rs
pub mod db { pub use driver::pool as connections; pub use driver; }
//                   ^^^^^^^^^^^^ import driver::pool
fn f() {
    db::connections::open();
//  ^^^^^^^^^^^^^^^^^^^^^ call driver::pool::open written shop::db::connections::open
    db::driver::pool::open();
//  ^^^^^^^^^^^^^^^^^^^^^^ call driver::pool::open
}
",
    );
}

#[test]
fn a_circle_of_imports_ends() {
    let checked = check(
        r"
//- src/lib.rs
pub mod a { pub use crate::b::thing; }
//                  ^^^^^^^^^^^^^^^ import shop::b reexport; unresolved shop::b::thing import-cycle
pub mod b { pub use crate::a::thing; }
fn f() { a::thing(); }
",
    );
    assert_eq!(checked.graph.unresolved().len(), 3);
}

#[test]
fn re_exports_of_several_visibilities() {
    check(
        r"
//- src/lib.rs
pub mod a { pub fn f() {} }
pub mod b {
    use crate::a::f;
//      ^^^^^^^^^^^ import shop::a::f
    pub(crate) use crate::a::f as g;
//                 ^^^^^^^^^^^ import shop::a::f reexport
    pub(super) use crate::a::f as h;
//                 ^^^^^^^^^^^ import shop::a::f reexport
}
fn run() { b::g(); b::h(); }
//         ^^^^ call shop::a::f
//                 ^^^^ call shop::a::f
",
    );
}

#[test]
fn a_name_is_found_through_a_circle_of_globs_wherever_one_begins() {
    check(
        r"
//- src/lib.rs
pub mod area;
pub use area::*;
//      ^^^^^^^ import shop::area reexport
//- src/area/mod.rs
pub mod a { use crate::area::Wanted; pub struct A; }
//              ^^^^^^^^^^^^^^^^^^^ import shop::area::c::Wanted
pub use self::a::*;
//      ^^^^^^^^^^ import shop::area::a reexport
pub mod b { use crate::Wanted; pub struct B; }
//              ^^^^^^^^^^^^^ import shop::area::c::Wanted
pub use self::b::*;
//      ^^^^^^^^^^ import shop::area::b reexport
pub mod c { pub struct Wanted; }
pub use self::c::*;
//      ^^^^^^^^^^ import shop::area::c reexport
pub mod d { use crate::Wanted; pub struct D; }
//              ^^^^^^^^^^^^^ import shop::area::c::Wanted
pub use self::d::*;
//      ^^^^^^^^^^ import shop::area::d reexport
",
    );
}

#[test]
fn an_exported_macro_is_handed_on_beside_the_module_of_its_name() {
    check(
        r"
//- values/Cargo.toml
[package]
name = 'values'
//- values/src/lib.rs
mod value;
pub use value::*;
//- values/src/value.rs
mod macros;
pub mod record { pub fn make() {} }
//- values/src/value/macros.rs
#[macro_export]
macro_rules! record { () => {}; }
//- engine/Cargo.toml
[package]
name = 'engine'
[dependencies]
values = { path = '../values' }
//- engine/src/lib.rs
pub mod prelude {
    pub use values::{record, record as row};
//                   ^^^^^^ import values::value::record; import values::record
}
//- src/lib.rs
use engine::prelude::*;
use values::record as direct;
//  ^^^^^^^^^^^^^^ import values::value::record; import values::record
fn f() { record!(); record::make(); row!(); direct!(); values::record!(); }
//       ^^^^^^ macro values::record written engine::prelude::record
//                  ^^^^^^^^^^^^ call values::value::record::make written engine::prelude::record::make
//                                  ^^^ macro values::record written engine::prelude::row
//                                          ^^^^^^ macro values::record
//                                                     ^^^^^^^^^^^^^^ macro values::record
",
    );
}

#[test]
fn an_import_brings_each_of_what_a_dependency_has_of_one_name() {
    check(
        r"
//- registry/tracing/src/lib.rs
pub mod span { pub fn enter() {} }
mod macros;
mod ident;
mod trace { pub fn inner() {} }
pub use crate::ident::Ident;
pub mod level { pub fn of() {} }
//- registry/tracing/src/macros.rs
#[macro_export]
macro_rules! span { () => {}; }
#[macro_export]
macro_rules! trace { () => {}; }
//- registry/tracing/src/ident.rs
pub use inner::Ident;
mod inner { pub struct Ident { text: u8 } }
macro_rules! hidden { ($item:item) => { $item }; }
hidden! { pub fn Ident() {} }
//- src/lib.rs
use tracing::{Ident, span};
fn f(_: Ident) { span!(); span::enter(); Ident(); tracing::Ident(); tracing::span!(); }
//               ^^^^ macro tracing::span
//                        ^^^^^^^^^^^ call tracing::span::enter
//                                       ^^^^^ call tracing::ident::Ident written tracing::Ident
//                                                ^^^^^^^^^^^^^^ call tracing::ident::Ident written tracing::Ident
//                                                                  ^^^^^^^^^^^^^ macro tracing::span
mod below {
    use trace::level;
//      ^^^^^^^^^^^^ import trace::level
    use tracing::trace;
//      ^^^^^^^^^^^^^^ import tracing::trace
    fn g() { trace!(); trace::of(); }
//           ^^^^^ macro tracing::trace
//                     ^^^^^^^^^ call trace::of
}
//- registry/trace/src/lib.rs
pub mod level {}
pub fn of() {}
",
    );
}

#[test]
fn what_nobody_can_look_into_stands_in_no_other_namespace() {
    check(
        r#"
//- registry/unknown/Cargo.toml
[package]
name = 'unknown'
[lib]
proc-macro = true
//- registry/unknown/src/lib.rs
#[proc_macro]
pub fn make(_: u8) -> u8 { 0 }
//- registry/infra/src/lib.rs
pub fn Row() {}
pub fn env() {}
//- src/lib.rs
pub mod model {
    unknown::make! {}
    pub struct Row { x: u8 }
    pub mod env { pub fn query() {} }
}
pub mod user {
    use crate::model::{Row, env};
    use infra::*;
    pub fn f(_: Row) { Row(); env!("PATH"); env::query(); self::env(); }
//                     ^^^ call infra::Row
//                            ^^^ macro core::macros::builtin::env
//                                          ^^^^^^^^^^ call shop::model::env::query
//                                                        ^^^^^^^^^ call infra::env written shop::user::env
}
"#,
    );
}
