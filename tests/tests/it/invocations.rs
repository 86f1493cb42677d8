//! Whose a reference is that came out of a macro: what the body wrote is the macro's, what it was given is the invoker's.

use crate::harness::{check, judge};

const LAYERS: &str = r#"
//- archguard.toml
version = 1
[components]
upper = "upper"
lower = "lower"
[[layers]]
id    = "layering"
order = ["upper", "lower"]
"#;

const ONLY_THROUGH_LOOM: &str = r#"
//- archguard.toml
version = 1
[components]
loom = { paths = "shop::loom", public = "shop::loom::**" }
shop = "shop"
[policy]
undeclared = "allow"
[[forbid]]
id      = "only-through-loom"
use     = "std::thread"
except  = "loom"
through = "loom"
"#;

/// Met in axum: `axum-core`'s macros, invoked in `axum`, seemed to use `axum`.
#[test]
fn a_macro_of_a_lower_crate_does_not_use_its_invoker() {
    judge(&format!(
        r"{LAYERS}
//- lower/src/lib.rs
pub trait Status {{ fn status(&self) -> u16; }}
#[macro_export]
macro_rules! __composite {{
    (pub enum $name:ident {{ $($variant:ident),* }}) => {{
        pub enum $name {{ $($variant($variant)),* }}
        impl $crate::Status for $name {{
            fn status(&self) -> u16 {{ match self {{ $(Self::$variant(inner) => inner.status()),* }} }}
        }}
        $(impl From<$variant> for $name {{ fn from(inner: $variant) -> Self {{ Self::$variant(inner) }} }})*
        impl std::ops::Deref for Holder {{
            type Target = $name;
            fn deref(&self) -> &Self::Target {{ &self.0 }}
        }}
    }};
}}
//- upper/src/lib.rs
use lower::Status;
pub struct Missing;
impl Status for Missing {{ fn status(&self) -> u16 {{ 404 }} }}
pub struct Holder(Rejection);
lower::__composite! {{ pub enum Rejection {{ Missing }} }}
"
    ));
}

/// Met in rusty-book-manager: the derive stands in the macro's body, so it is the macro's, once, with the invocations as
/// sites; met there too: two variants of one enum with a driver's type are one finding of the enum.
#[test]
fn a_derive_in_a_macro_s_body_is_one_finding_and_an_enum_is_one_item() {
    let judged = judge(
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[forbid]]
id  = "raw-sql"
use = "sqlx"
//- registry/sqlx/src/lib.rs
pub struct Error;
pub use sqlx_macros::Type;
//- registry/sqlx-macros/src/lib.rs
#[proc_macro_derive(Type)]
pub fn derive_type(input: TokenStream) -> TokenStream { input }
//- src/lib.rs
macro_rules! define_id {
    ($name:ident) => {
        #[derive(sqlx::Type)]
//               ^^^^^^^^^^ error[raw-sql/forbidden-use]
        pub struct $name(u64);
        impl From<u64> for $name { fn from(value: u64) -> Self { Self(value) } }
    };
}
mod ids {
    define_id!(UserId);
//  ^^^^^^^^^ error[raw-sql/forbidden-use]
    define_id!(BookId);
//  ^^^^^^^^^ error[raw-sql/forbidden-use]
}
pub enum AppError {
    Transaction(sqlx::Error),
//              ^^^^^^^^^^^ error[raw-sql/forbidden-use]
    Operation(sqlx::Error),
//            ^^^^^^^^^^^ error[raw-sql/forbidden-use]
}
"#,
    );
    assert_eq!(judged.findings.len(), 2);
}

/// Met in tokio: a macro's body that goes through the facade is no breach, invoked or not.
#[test]
fn what_a_body_writes_through_the_facade_passes() {
    judge(&format!(
        "{ONLY_THROUGH_LOOM}{}",
        r"//- src/lib.rs
pub mod loom { pub use std::thread; }
pub mod lock {
    macro_rules! new {
        ($name:ident) => { pub fn $name() { crate::loom::thread::yield_now(); std::thread::yield_now(); } };
//                                                                            ^^^^^^^^^^^^^^^^^^^^^^ error[only-through-loom/forbidden-use]
    }
    new!(one);
//  ^^^ error[only-through-loom/forbidden-use]
}
"
    ));
}

#[test]
fn what_a_standard_macro_expands_to_is_not_the_writing_of_who_invokes_it() {
    let checked = check(
        r"
//- src/lib.rs
pub mod db { pub struct Db; impl Db { pub const fn new() -> Db { Db } pub fn run(&self) {} } }
std::thread_local! {
    static LOCAL: db::Db = db::Db::new();
//                ^^^^^^ type shop::db::Db
//                         ^^^^^^^^^^^ call shop::db::Db::new
}
macro_rules! per_thread { ($($tokens:tt)*) => { ::std::thread_local! { $($tokens)* } }; }
per_thread! { pub static OTHER: db::Db = const { db::Db::new() }; }
//                              ^^^^^^ type shop::db::Db
//                                               ^^^^^^^^^^^ call shop::db::Db::new
fn f() { LOCAL.with(|db| db::Db::run(db)); }
//             ^^^^ method std::thread::local::LocalKey::with inferred
",
    );
    let names_the_key = |path: &str| path.ends_with("::LocalKey");
    let named = checked
        .graph
        .references()
        .filter(|link| names_the_key(&checked.graph.item(link.to).path));
    assert_eq!(named.count(), 0, "references to the type that the macro makes");
    let invoked = checked
        .graph
        .references()
        .filter(|link| checked.graph.item(link.to).path.ends_with("::thread_local"));
    assert!(invoked.count() >= 2, "the macro itself is named");
}

/// Met in tokio (`util/try_lock.rs`): who invokes such a macro goes through the facade too.
#[test]
fn what_is_inherited_of_a_body_that_goes_through_the_facade_passes() {
    judge(&format!(
        "{ONLY_THROUGH_LOOM}{}",
        r"//- src/lib.rs
pub mod loom { pub use std::thread; }
pub mod lock {
    use crate::loom::thread::yield_now;
    macro_rules! through { () => { yield_now() }; }
    macro_rules! around { () => { std::thread::yield_now() }; }
//                                ^^^^^^^^^^^^^^^^^^^^^^ error[only-through-loom/forbidden-use]
    pub fn good() { through!() }
    pub fn bad() { around!() }
//                 ^^^^^^ error[only-through-loom/forbidden-use]
}
"
    ));
}

#[test]
fn a_use_in_a_macros_body_is_an_import() {
    check(
        r"
//- registry/driver/src/lib.rs
pub fn query() {}
pub mod deep { pub fn run() {} pub struct Row; }
//- src/lib.rs
pub mod db { pub fn load() {} }
macro_rules! select {
    () => { pub use driver::query; use driver::deep::{run, Row as R}; use $crate::db::load as l; use driver::deep::*; };
//                  ^^^^^^^^^^^^^ import driver::query from shop::select
//                                                    ^^^ import driver::deep::run
//                                                         ^^^ import driver::deep::Row
//                                                                         ^^^^^^^^^^^^^^^ import shop::db::load
//                                                                                                   ^^^^^^^^^^^^^^^ import driver::deep
    ($name:ident) => { use driver::$name; use super::nobody; fn f() -> impl Sized + use<> {} };
//                     ^^^ nothing
//                                            ^^^^^^^^^^^^^ nothing
    ($name:path) => {{ { use driver::query as q; q() } }};
//                           ^^^^^^^^^^^^^ import driver::query
//                                               ^ call driver::query
}
",
    );
}

#[test]
fn what_ends_the_compilation_makes_no_name() {
    check(
        r#"
//- src/lib.rs
#[cfg(not(any(unix, windows)))]
compile_error!("not for this machine");
mod own;
mod elsewhere {
    std::compile_error! { "db::query" }
    fn f() { crate::gone(); self::lost(); }
//           ^^^^^^^^^^^ unresolved shop::gone not-in-module; call shop
//                          ^^^^^^^^^^ unresolved shop::elsewhere::lost not-in-module; call shop::elsewhere
}
//- src/own.rs
macro_rules! compile_error { ($name:ident) => { pub fn $name() {} }; }
compile_error!(made);
fn f() { made(); }
//       ^^^^ call shop::own::made
"#,
    );
}

#[test]
fn what_ends_the_compilation_may_under_a_cfg_be_another_macro() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
gone = "1"
//- src/lib.rs
#[cfg(windows)]
use gone::compile_error;
#[cfg(not(windows))]
use std::compile_error;
compile_error! { fn made() { crate::db::query(); } }
//                           ^^^^^^^^^^^^^^^^ call shop::db::query
pub mod db { pub fn query() {} }
"#,
    );
}
