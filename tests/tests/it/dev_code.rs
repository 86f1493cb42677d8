//! Development code: what is, what is not, and that it is read all the same.

use crate::harness::{check, judge};

#[test]
fn test_like_items() {
    check(
        r"
//- registry/sqlx/src/lib.rs
pub fn query() {}
//- src/lib.rs
#[test] fn a() { sqlx::query(); }
//               ^^^^^^^^^^^ call sqlx::query dev
#[bench] fn b() { sqlx::query(); }
//                ^^^^^^^^^^^ call sqlx::query dev
#[sqlx::test] async fn c() { sqlx::query(); }
//                           ^^^^^^^^^^^ call sqlx::query dev
#[tokio::test(flavor = 1)] async fn d() { sqlx::query(); }
//                                        ^^^^^^^^^^^ call sqlx::query dev
#[rstest] fn e() { sqlx::query(); }
//                 ^^^^^^^^^^^ call sqlx::query dev
#[cfg(test)] mod tests { fn f() { sqlx::query(); } }
//                                ^^^^^^^^^^^ call sqlx::query dev cfg test
fn production() { sqlx::query(); }
//                ^^^^^^^^^^^ call sqlx::query
",
    );
}

#[test]
fn only_a_cfg_that_implies_test() {
    check(
        r#"
//- src/lib.rs
#[cfg(all(test, unix))] fn a() { std::fs::read(0); }
//                               ^^^^^^^^^^^^^ call std::fs::read dev cfg all(test, unix)
#[cfg(any(test, unix))] fn b() { std::fs::read(0); }
//                               ^^^^^^^^^^^^^ call std::fs::read cfg any(test, unix)
#[cfg(not(test))] fn c() { std::fs::read(0); }
//                         ^^^^^^^^^^^^^ call std::fs::read cfg not(test)
#[cfg(not(not(test)))] fn d() { std::fs::read(0); }
//                              ^^^^^^^^^^^^^ call std::fs::read dev cfg not(not(test))
#[cfg(any(test, all(test, unix)))] fn e() { std::fs::read(0); }
//                                          ^^^^^^^^^^^^^ call std::fs::read dev cfg any(test, all(test, unix))
#[cfg(feature = "test")] fn f() { std::fs::read(0); }
//                                ^^^^^^^^^^^^^ call std::fs::read cfg feature = "test"
"#,
    );
}

#[test]
fn a_whole_file_by_its_parents_mod_line() {
    let checked = check(
        r"
//- src/lib.rs
#[cfg(test)]
mod helpers;
//- src/helpers.rs
mod deeper;
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read dev cfg test
//- src/helpers/deeper.rs
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read dev cfg test
",
    );
    let dev = |path: &str| checked.graph.items().any(|(_, item)| *item.path == *path && item.dev);
    assert!(dev("shop::helpers") && dev("shop::helpers::deeper") && !dev("shop"));
}

#[test]
fn a_file_that_two_parents_declare_is_production_where_one_does_not_test() {
    check(
        r#"
//- src/lib.rs
#[cfg(test)] #[path = "shared.rs"] mod for_tests;
#[path = "shared.rs"] mod for_all;
//- src/shared.rs
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read dev cfg test; call std::fs::read from shop::for_all::f
"#
        .replace("dev cfg test;", "dev from shop::for_tests::f cfg test;")
        .as_str(),
    );
}

#[test]
fn test_imports_statements_and_members() {
    check(
        r"
//- src/lib.rs
#[cfg(test)] use std::fs::read;
//               ^^^^^^^^^^^^^ import std::fs::read dev cfg test
struct Row { #[cfg(test)] file: std::fs::File }
//                              ^^^^^^^^^^^^^ type std::fs::File dev cfg test
impl Row { #[cfg(test)] fn f() { std::fs::read(0); } }
//                               ^^^^^^^^^^^^^ call std::fs::read dev cfg test
fn g() { #[cfg(test)] std::fs::read(0); std::fs::write(0); }
//                    ^^^^^^^^^^^^^ call std::fs::read dev cfg test
//                                      ^^^^^^^^^^^^^^ call std::fs::write
",
    );
}

#[test]
fn a_dev_dependency_on_oneself_is_no_cycle() {
    judge(
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[acyclic]]
id = "crates"
among = ["crates", "modules"]
//- Cargo.toml
[package]
name = "shop"
[dev-dependencies]
shop = { path = "." }
helper = { path = "helper" }
//- src/lib.rs
pub fn run() {}
#[cfg(test)] mod tests { fn f() { shop::run(); helper::aid(); } }
//- tests/it.rs
fn f() { shop::run(); }
//- helper/Cargo.toml
[package]
name = "helper"
[dependencies]
shop = { path = ".." }
//- helper/src/lib.rs
pub fn aid() { shop::run(); }
"#
        .replace("shop = \"shop\"\n[[", "shop = [\"shop\", \"helper\"]\n[[")
        .as_str(),
    );
}

#[test]
fn listed_development_code() {
    judge(
        r#"
//- archguard.toml
version = 1
[policy]
dev_code = ["shop::fixtures", "attribute:mine::check", "feature:testing"]
[components]
shop = "shop"
[[forbid]]
id = "files"
use = "std::fs"
//- src/lib.rs
pub mod fixtures { pub fn f() { std::fs::read(0); } }
#[mine::check] fn a() { std::fs::read(0); }
#[cfg(feature = "testing")] fn b() { std::fs::read(0); }
#[cfg(feature = "other")] fn c() { std::fs::read(0); }
//                                 ^^^^^^^^^^^^^ error[files/forbidden-use]
"#,
    );
}

#[test]
fn tests_examples_and_benches_are_exempt_and_judged_on_demand() {
    let text = |policy: &str, finding: &str| {
        format!(
            r#"
//- archguard.toml
version = 1
{policy}
[components]
shop = "shop"
[[forbid]]
id = "files"
use = "std::fs"
//- src/lib.rs
fn f() {{ }}
#[test] fn t() {{ std::fs::read(0); }}
//               {finding}
//- tests/it.rs
fn f() {{ std::fs::read(0); }}
//       {finding}
"#
        )
    };
    judge(&text("", ""));
    judge(&text(
        "[policy]\ndev = \"check\"\n",
        "^^^^^^^^^^^^^ error[files/forbidden-use]",
    ));
}
