//! What teaches people to switch a tool off, judged: each of these once went red, or green, wrongly in some tool.

use crate::harness::{judge, judged};

const NO_SQLX: &str = r#"
//- archguard.toml
version = 1
[components]
persistence = "shop::db"
rest = { paths = "shop", uses = "*" }
[[forbid]]
id = "raw-sql"
use = "sqlx"
except = "persistence"
//- registry/sqlx/src/lib.rs
pub fn query() {}
pub struct Pool;
impl Pool { pub fn exec(&self) {} }
#[macro_export]
macro_rules! query { () => { $crate::query() }; }
"#;

#[test]
fn every_way_of_naming_is_found_where_it_stands() {
    judge(&format!(
        "{NO_SQLX}{}",
        r"
//- src/lib.rs
pub mod db;
use sqlx::query;
//  ^^^^^^^^^^^ error[raw-sql/forbidden-use]
use sqlx as d;
//  ^^^^ error[raw-sql/forbidden-use]
extern crate sqlx as zz;
//           ^^^^ error[raw-sql/forbidden-use]
fn a() { sqlx::query(); }
//       ^^^^^^^^^^^ error[raw-sql/forbidden-use]
fn b() { d::query(); }
//       ^^^^^^^^ error[raw-sql/forbidden-use]
fn c() { db::run_it(); }
//       ^^^^^^^^^^ error[raw-sql/forbidden-use]
fn e(pool: &db::Db) { pool.exec(); }
//                         ^^^^ error[raw-sql/forbidden-use]
fn f() { use sqlx::Pool; }
//           ^^^^^^^^^^ error[raw-sql/forbidden-use]
fn g() { let q = sqlx::query; q(); }
//               ^^^^^^^^^^^ error[raw-sql/forbidden-use]
fn h() { println!(concat!(), sqlx::query()); }
//                           ^^^^^^^^^^^ error[raw-sql/forbidden-use]
fn i() { db::load(); }
//- src/db.rs
pub use sqlx::query as run_it;
pub type Db = sqlx::Pool;
pub fn load() { sqlx::query(); }
"
    ));
}

#[test]
fn words_in_documentation_and_strings_are_silent() {
    judge(&format!(
        "{NO_SQLX}{}",
        r##"
//- src/lib.rs
//! sqlx::query and include!("sqlx.rs")
pub mod db {}
/// ```
/// sqlx::query();
/// ```
pub fn f() -> &'static str { "sqlx::query()" } // sqlx::query()
pub fn g() { let _ = stringify!(sqlx::query()); }
"##
    ));
}

#[test]
fn a_local_module_of_the_crates_name_is_not_the_crate() {
    judge(&format!(
        "{NO_SQLX}{}",
        r"
//- src/lib.rs
pub mod db {}
mod sqlx { pub fn query() {} }
fn f() { sqlx::query(); crate::sqlx::query(); }
fn g() { ::sqlx::query(); }
//         ^^^^^^^^^^^ error[raw-sql/forbidden-use]
"
    ));
}

#[test]
fn test_code_by_a_parents_mod_line_is_exempt() {
    judge(&format!(
        "{NO_SQLX}{}",
        r"
//- src/lib.rs
pub mod db {}
#[cfg(test)] mod helpers;
#[sqlx::test] fn t() { sqlx::query(); }
//- src/helpers.rs
pub fn f() { sqlx::query(); }
//- tests/it.rs
fn f() { sqlx::query(); }
"
    ));
}

#[test]
fn one_file_in_two_targets_is_found_once() {
    judge(
        r#"
//- archguard.toml
version = 1
[components]
shop = ["shop", "bin:shop"]
[[forbid]]
id = "files"
use = "std::fs"
//- src/lib.rs
pub mod shared;
//- src/main.rs
mod shared;
fn main() {}
//- src/shared.rs
pub fn run() { std::fs::read(0); }
//             ^^^^^^^^^^^^^ error[files/forbidden-use]
"#,
    );
}

#[test]
fn a_dependency_that_no_code_uses_is_no_use() {
    judge(
        r#"
//- archguard.toml
version = 1
[components]
a = { paths = "a", uses = [] }
b = { paths = "b", uses = [] }
//- a/Cargo.toml
[package]
name = "a"
[dependencies]
b = { path = "../b" }
//- a/src/lib.rs
pub fn f() {}
//- b/src/lib.rs
pub fn g() {}
"#,
    );
}

#[test]
fn a_macro_body_is_one_finding_with_its_invocations_as_sites() {
    let judged = judge(&format!(
        "{NO_SQLX}{}",
        r"
//- src/lib.rs
pub mod db {}
#[macro_use]
mod macros { macro_rules! select { () => { sqlx::query() }; } }
//                                         ^^^^^^^^^^^ error[raw-sql/forbidden-use]
fn f() { select!(); }
//       ^^^^^^ error[raw-sql/forbidden-use]
fn g() { select!(); }
//       ^^^^^^ error[raw-sql/forbidden-use]
"
    ));
    assert_eq!(judged.findings.len(), 1);
}

#[test]
fn an_exported_macro_of_the_allowed_module_is_inherited() {
    judge(&format!(
        "{NO_SQLX}{}",
        r"
//- src/lib.rs
pub mod db { #[macro_export] macro_rules! select { () => { sqlx::query() }; } }
fn f() { crate::select!(); }
//       ^^^^^^^^^^^^^ error[raw-sql/forbidden-use]
"
    ));
}

#[test]
fn a_path_that_does_not_resolve_into_a_forbidden_crate_is_never_green() {
    judge(&format!(
        "{NO_SQLX}{}",
        r"
//- src/lib.rs
pub mod db {}
fn f() { sqlx::no_such_thing(); }
//       ^^^^^^^^^^^^^^^^^^^ error[raw-sql/forbidden-use]
"
    ));
}

#[test]
fn a_file_that_does_not_parse_is_never_green() {
    let judged = judged(&format!(
        "{NO_SQLX}//- src/lib.rs\npub mod db {{}}\nmod broken;\n//- src/broken.rs\nfn f( {{ sqlx::query()\n"
    ));
    assert_eq!(judged.problems.len(), 1);
}

#[test]
fn a_module_that_no_component_covers() {
    judge(
        r#"
//- archguard.toml
version = 1
[components]
main = "shop::self"
http = "shop::http"
//- src/lib.rs
pub mod http;
mod group;
//- src/http.rs
pub fn f() {}
//- src/group.rs
pub mod helpers;
//      ^^^^^^^ error[policy.unassigned/unassigned-module]
//- src/group/helpers.rs
pub fn f() {}
"#,
    );
}
