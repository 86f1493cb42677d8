//! Names: use trees, renames, globs, path beginnings, re-export chains.

use crate::harness::check;

#[test]
fn use_trees_with_groups_and_renames() {
    check(
        r"
//- src/lib.rs
pub mod db;
use db::{self as store, query, Row as Line, inner::{deep, *}};
//       ^^^^ import shop::db
//                      ^^^^^ import shop::db::query
//                             ^^^ import shop::db::Row
//                                                  ^^^^ import shop::db::inner::deep
//                                                        ^ import shop::db::inner
fn run(line: Line) {
//           ^^^^ type shop::db::Row written shop::db::Row
    store::query();
//  ^^^^^^^^^^^^ call shop::db::query
    deep();
    starred();
//  ^^^^^^^ call shop::db::inner::starred
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
