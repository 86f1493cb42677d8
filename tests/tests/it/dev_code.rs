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
//       ^^^^^^^^^^^^^ call std::fs::read dev from shop::for_tests::f cfg test; call std::fs::read from shop::for_all::f
"#,
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
shop = ["shop", "helper"]
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
"#,
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
#[cfg(any(test, feature = "testing"))] pub mod testing;
#[cfg(any(all(feature = "testing", unix), doctest))] fn d() { std::fs::read(0); }
#[cfg(any(feature = "testing", feature = "other"))] fn e() { std::fs::read(0); }
//                                                           ^^^^^^^^^^^^^ error[files/forbidden-use]
//- src/testing.rs
fn f() { std::fs::read(0); }
"#,
    );
}

#[test]
fn a_cfg_among_the_tokens_of_a_macro_counts_for_what_follows() {
    judge(
        r#"
//- archguard.toml
version = 1
[policy]
dev_code = "feature:testing"
[components]
shop = "shop"
[[forbid]]
id = "files"
use = ["std::fs", "std::net"]
//- src/lib.rs
enum Store { #[cfg(any(test, feature = "testing"))] Memory { it: u8 }, Disk(u8) }
macro_rules! each {
    ($self:expr, $method:ident ( $($args:expr),* )) => {
        match $self {
            #[cfg(any(test, feature = "testing"))]
            Store::Memory { it } => std::fs::read(it).$method($($args),*),
            Store::Disk(it) => std::fs::write(it).$method($($args),*),
            //                 ^^^^^^^^^^^^^^ error[files/forbidden-use]
        }
    };
    ($($item:item)*) => {
        #[cfg(test)]
        #[allow(unused)]
        mod tests { fn f() { std::fs::copy($($item)*); } }
        fn g() { std::fs::rename($($item)*); }
        //       ^^^^^^^^^^^^^^^ error[files/forbidden-use]
        #[cfg(test)] use std::net::UdpSocket; #[test] fn h() { std::fs::hard_link($($item)*); }
        const A: u8 = { #[cfg(test)] $($item)*; std::fs::metadata() };
        //                                      ^^^^^^^^^^^^^^^^^ error[files/forbidden-use]
    };
}
"#,
    );
}

#[test]
fn what_a_macro_does_in_tests_alone_is_no_breach_of_whoever_invokes_it() {
    judge(
        r#"
//- archguard.toml
version = 1
[policy]
dev_code = "feature:testing"
[components]
shop = "shop"
[[forbid]]
id = "files"
use = ["std::fs", "std::net"]
//- src/lib.rs
enum Store { #[cfg(feature = "testing")] Memory(u8), Disk(u8) }
macro_rules! each {
    ($self:expr) => {
        match $self {
            #[cfg(feature = "testing")]
            Store::Memory(it) => std::fs::read(it),
            Store::Disk(it) => it,
        }
    };
}
macro_rules! both {
    ($self:expr) => {
        #[cfg(test)]
        std::fs::write($self);
        std::fs::write($self);
    //  ^^^^^^^^^^^^^^ error[files/forbidden-use]
    };
}
fn f(store: Store) { each!(store); }
fn g(store: Store) { both!(store); }
//                   ^^^^ error[files/forbidden-use]
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
