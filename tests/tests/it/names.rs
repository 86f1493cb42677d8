//! Names: use trees, path beginnings, globs, shadowing, imports and items inside bodies.

use crate::harness::check;

#[test]
fn use_trees_with_groups_and_renames() {
    check(
        r"
//- src/lib.rs
pub mod db;
use db::{self as store, query, Row as Line, inner::{deep, *}};
//       ^^^^ import shop::db written shop::db
//                      ^^^^^ import shop::db::query
//                             ^^^ import shop::db::Row
//                                                  ^^^^ import shop::db::inner::deep
//                                                        ^ import shop::db::inner
fn run(line: Line) {
//           ^^^^ type shop::db::Row written shop::db::Row
    store::query();
//  ^^^^^^^^^^^^ call shop::db::query written shop::db::query
    deep();
    starred();
//  ^^^^^^^ call shop::db::inner::starred written shop::db::inner::starred
}
//- src/db.rs
pub fn query() {}
pub struct Row;
pub mod inner {
    pub fn deep() {}
    pub fn starred() {}
}
",
    );
}

#[test]
fn groups_over_several_lines_point_at_each_leaf() {
    check(
        r"
//- src/lib.rs
pub mod db {
    pub fn query() {}
    pub mod inner { pub fn deep() {} }
}
use crate::{
    db::{
        query,
//      ^^^^^ import shop::db::query
        inner::deep,
//      ^^^^^^^^^^^ import shop::db::inner::deep
    },
    db as store,
//  ^^ import shop::db
};
use ::{std::fmt, std::io::{Read, self}};
//     ^^^^^^^^ import alloc::fmt written std::fmt
//                         ^^^^ import std::io::Read
//                               ^^^^ import std::io
",
    );
}

#[test]
fn an_import_as_underscore_brings_the_trait_without_a_name() {
    let checked = check(
        r"
//- src/lib.rs
pub mod db {
    pub trait Save { fn save(&self); }
    pub struct Row;
    impl Save for Row { fn save(&self) {} }
}
use db::Save as _;
//  ^^^^^^^^ import shop::db::Save
fn run(row: db::Row) {
    row.save();
//      ^^^^ method shop::db::Save::save inferred
    Save::save(&row);
//  ^^^^^^^^^^ unresolved Save::save unknown-name
}
",
    );
    checked.unresolved_are(&["Save::save unknown-name"]);
}

#[test]
fn explicit_names_beat_globs() {
    check(
        r"
//- src/lib.rs
pub mod old { pub fn run() {} pub fn only_old() {} }
pub mod new { pub fn run() {} }
pub mod by_import {
    use crate::new::run;
    use crate::old::*;
    fn f() {
        run();
//      ^^^ call shop::new::run
        only_old();
//      ^^^^^^^^ call shop::old::only_old
    }
}
pub mod by_declaration {
    use crate::old::*;
    fn run() {}
    fn f() { run(); }
//           ^^^ call shop::by_declaration::run
}
pub mod glob_beats_prelude {
    use crate::own::*;
    fn f() -> Option { Option }
//            ^^^^^^ type shop::own::Option
//                     ^^^^^^ path shop::own::Option
}
pub mod own { pub struct Option; }
",
    );
}

#[test]
fn globs_of_globs_and_circles_of_globs() {
    check(
        r"
//- src/lib.rs
pub mod a { pub use crate::b::*; pub fn in_a() {} }
pub mod b { pub use crate::a::*; pub use crate::c::*; }
pub mod c { pub use self::d::*; mod d { pub fn deep() {} } }
use a::*;
fn f() {
    deep();
//  ^^^^ call shop::c::d::deep
    in_a();
//  ^^^^ call shop::a::in_a
    b::in_a();
//  ^^^^^^^ call shop::a::in_a written shop::b::in_a
}
",
    );
}

#[test]
fn a_glob_hands_on_only_what_can_be_seen() {
    let checked = check(
        r"
//- src/lib.rs
pub mod store {
    fn hidden() {}
    pub(crate) fn inside() {}
    pub(in crate::store) fn here() {}
    use std::fs::read;
    pub mod below { use super::*; fn f() { hidden(); here(); read(0); } }
//                                         ^^^^^^ call shop::store::hidden
//                                                   ^^^^ call shop::store::here
//                                                           ^^^^ call std::fs::read
}
use store::*;
fn f() {
    inside();
//  ^^^^^^ call shop::store::inside
    hidden();
//  ^^^^^^ unresolved hidden unknown-name
    here();
//  ^^^^ unresolved here unknown-name
    read();
//  ^^^^ unresolved read unknown-name
}
",
    );
    assert_eq!(checked.graph.unresolved().len(), 3);
}

#[test]
fn paths_begin_with_self_super_crate() {
    check(
        r"
//- src/lib.rs
pub fn top() {}
pub mod a {
    pub fn top() {}
    pub mod b {
        pub fn top() {}
        use self::top as here;
//          ^^^^^^^^^ import shop::a::b::top
        use super::top as above;
//          ^^^^^^^^^^ import shop::a::top
        use super::super::top as two_above;
//          ^^^^^^^^^^^^^^^^^ import shop::top
        use self::super::top as mixed;
//          ^^^^^^^^^^^^^^^^ import shop::a::top
        use crate::top as root;
//          ^^^^^^^^^^ import shop::top
        pub(super) fn f() {
            self::top();
//          ^^^^^^^^^ call shop::a::b::top written shop::a::b::top
            super::super::top();
//          ^^^^^^^^^^^^^^^^^ call shop::top
            crate::a::top();
//          ^^^^^^^^^^^^^ call shop::a::top
        }
    }
}
//- src/main.rs
fn top() {}
fn main() {
    crate::top();
//  ^^^^^^^^^^ call bin:shop::top
    shop::top();
//  ^^^^^^^^^ call shop::top
}
",
    );
}

#[test]
fn a_leading_colon_means_a_crate() {
    check(
        r"
//- registry/db/src/lib.rs
pub fn query() {}
//- src/lib.rs
pub mod db { pub fn query() {} }
fn f() {
    db::query();
//  ^^^^^^^^^ call shop::db::query
    ::db::query();
//    ^^^^^^^^^ call db::query
}
pub mod imports {
    use ::db::query;
//        ^^^^^^^^^ import db::query
    use crate::db::query as own;
//      ^^^^^^^^^^^^^^^^ import shop::db::query
}
",
    );
}

#[test]
fn a_local_module_shadows_a_crate() {
    check(
        r"
//- registry/db/src/lib.rs
pub fn query() {}
//- src/lib.rs
mod core;
mod db;
mod elsewhere;
use db::query;
//  ^^^^^^^^^ import shop::db::query
fn f() -> core::Thing { db::query(); core::Thing }
//        ^^^^^^^^^^^ type shop::core::Thing
//                      ^^^^^^^^^ call shop::db::query
//- src/core.rs
pub struct Thing;
use core::fmt::Debug;
//  ^^^^^^^^^^^^^^^^ import core::fmt::Debug; import core::fmt::macros::Debug
//- src/db.rs
pub fn query() { std::mem::drop(1); }
//               ^^^^^^^^^^^^^^ call core::mem::drop written std::mem::drop
//- src/elsewhere.rs
fn f() { db::query(); }
//       ^^^^^^^^^ call db::query
",
    );
}

#[test]
fn imports_and_items_inside_bodies() {
    let checked = check(
        r"
//- registry/sqlx/src/lib.rs
pub fn query() {}
pub struct Row;
//- src/lib.rs
pub fn query() {}
pub fn f() {
    query();
//  ^^^^^ call sqlx::query written sqlx::query
    use sqlx::query;
//      ^^^^^^^^^^^ import sqlx::query from shop::f
    struct Local { row: sqlx::Row }
//                      ^^^^^^^^^ type sqlx::Row
    fn inner() { query(); }
//               ^^^^^ call sqlx::query
    impl Local { fn g(&self) { query(); } }
//                             ^^^^^ call sqlx::query
    if true {
        fn query() {}
        query();
//      ^^^^^ call shop::f::query
    }
    const { use std::fs; fs::read(0) };
//                       ^^^^^^^^ call std::fs::read
}
pub fn g() { query(); }
//           ^^^^^ call shop::query
const X: () = { use sqlx::Row; let _: Row; };
//                  ^^^^^^^^^ import sqlx::Row
//                                    ^^^ type sqlx::Row
",
    );
    checked.unresolved_are(&[]);
}

#[test]
fn local_bindings_are_no_references() {
    check(
        r"
//- src/lib.rs
pub fn query() {}
pub fn row() {}
pub const LIMIT: u8 = 1;
fn f(query: u8) {
//   ^^^^^ nothing
    let x = query;
//          ^^^^^ nothing
    let row = |row: u8| row + 1;
//             ^^^ nothing
//                      ^^^ nothing
    row(2);
//  ^^^ nothing
    match x {
//        ^ nothing
        LIMIT => (),
//      ^^^^^ pattern shop::LIMIT
        limit if limit > LIMIT => (),
//      ^^^^^ nothing
//                       ^^^^^ path shop::LIMIT
        _ => (),
    }
    for query in [1] { drop(query); }
//                          ^^^^^ nothing
    if let Some(row) = Some(1) { drop(row); }
//                                    ^^^ nothing
}
fn g() { let r = row(); self::query(); }
//               ^^^ call shop::row
fn shadow() {
    { let query = 1; }
    query();
//  ^^^^^ call shop::query
    let query = query;
//              ^^^^^ path shop::query
}
",
    );
}

#[test]
fn names_beyond_ascii_and_raw_names() {
    check(
        r"
//- src/lib.rs
pub mod größe { pub fn länge() {} }
pub mod r#type;
fn r#match() {}
fn f() { größe::länge(); r#type::run(); r#match(); }
//       ^^^^^^^^^^^^ call shop::größe::länge
//                       ^^^^^^^^^^^ call shop::type::run
//                                      ^^^^^^^ call shop::match
//- src/type.rs
pub fn run() {}
",
    );
}

#[test]
fn each_name_has_three_namespaces() {
    check(
        r"
//- src/lib.rs
pub mod a { pub mod thing { pub fn f() {} } pub fn thing() {} #[macro_export] macro_rules! inner { () => {} } pub use inner as thing; }
use a::thing;
//  ^^^^^^^^ import shop::a::thing; import shop::a::thing; import shop::inner
fn f() {
    thing();
//  ^^^^^ call shop::a::thing
    thing::f();
//  ^^^^^^^^ call shop::a::thing::f
    thing!();
//  ^^^^^ macro shop::inner
}
",
    );
}

#[test]
fn a_type_parameter_is_no_value() {
    check(
        r"
//- src/lib.rs
pub mod db { pub fn query() {} pub struct Row(pub u8); }
use db::{Row, query};
fn f<query, Err, Row: Default, const N: usize>(given: Result<u8, Err>) -> [u8; N] {
    query();
//  ^^^^^ call shop::db::query
    match given { Ok(_) => {} Err(_) => { let _ = [N, N + 1]; } }
//                            ^^^ pattern core::result::Result::Err
//                                                 ^ nothing
    let row: Row = Row::default();
//                 ^^^^^^^^^^^^ call core::default::Default::default
//           ^^^ nothing
    let _ = Row(1);
//          ^^^ call shop::db::Row
    [0; N]
//      ^ nothing
}
",
    );
}
