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
