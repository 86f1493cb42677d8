//! `!pattern`: what an exclusion takes away from a prohibition where a reference has several definitions.

use crate::harness::judge;

fn policy(uses: &str) -> String {
    format!(
        r#"
//- archguard.toml
version = 1
[components]
shop = {{ paths = "shop", uses = "*" }}
[[forbid]]
id = "no"
in = "shop"
use = {uses}
"#
    )
}

const CLONES: &str = r"
//- src/lib.rs
use std::sync::Arc;
fn f(a: &Arc<u8>) -> Arc<u8> { Arc::clone(a) }
";

#[test]
fn an_excluded_type_takes_the_items_that_traits_give_it_along() {
    for uses in [
        r#"["std::sync", "!std::sync::Arc"]"#,
        r#"["std::clone", "!std::sync::Arc"]"#,
    ] {
        judge(&format!("{}{CLONES}", policy(uses)));
    }
}

#[test]
fn a_forbidden_type_is_seen_in_the_path_to_a_traits_item() {
    judge(&format!(
        "{}{}",
        policy(r#""std::sync::Arc""#),
        r"
//- src/lib.rs
fn f() { std::sync::Arc::clone(todo!()); std::sync::Weak::clone(todo!()); }
//       ^^^^^^^^^^^^^^^^^^^^^ error[no/forbidden-use]
fn g() { std::sync::Arc::<u8>::default(); <std::sync::Arc<u8>>::default(); }
//       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[no/forbidden-use]
//                                         ^^^^^^^^^^^^^^ error[no/forbidden-use]
//                                                              ^^^^^^^ error[no/forbidden-use]
"
    ));
}

const DRIVER: &str = r"
//- registry/driver/src/lib.rs
pub struct Pool;
pub trait Executor { fn execute(&self); }
impl Executor for Pool { fn execute(&self) {} }
//- src/lib.rs
use driver::Executor as _;
";

#[test]
fn an_excluded_trait_takes_its_implementations_along_but_not_the_type_that_is_written() {
    judge(&format!(
        "{}{DRIVER}{}",
        policy(r#"["driver", "!driver::Executor"]"#),
        r"
type Mine = u8;
fn f() { driver::Pool::execute(todo!()); driver::Executor::execute(todo!()); }
//       ^^^^^^^^^^^^^^^^^^^^^ error[no/forbidden-use]
fn g(pool: driver::Pool) { pool.execute(); }
//         ^^^^^^^^^^^^ error[no/forbidden-use]
"
    ));
}

#[test]
fn an_excluded_alias_passes_though_what_it_stands_for_is_forbidden() {
    judge(&format!(
        "{}{DRIVER}{}",
        policy(r#"["driver", "!driver::Executor", "!shop::db::Db"]"#),
        r"
pub mod db { pub type Db = driver::Pool; }
//                         ^^^^^^^^^^^^ error[no/forbidden-use]
fn f(db: db::Db) { db::Db::execute(&db); }
"
    ));
}
