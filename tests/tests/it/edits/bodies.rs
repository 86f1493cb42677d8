//! Edits inside bodies of functions.

use super::bench::Bench;
use super::ways::Way;

#[test]
fn what_lies_deep_in_a_dependency() {
    let bench = Bench::of(
        r"
//- registry/dep/src/lib.rs
pub mod inner;
//- registry/dep/src/inner.rs
pub mod deep;
//- registry/dep/src/inner/deep.rs
pub fn go() {}
pub fn other() {}
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() { dep::inner::deep::go(); }
//- src/b.rs
pub fn two() { one() ; }
",
        &["dep::inner::**"],
    );
    bench.stays_in_part(&[
        ("src/b.rs", "{ one() ", "{ two() "),
        ("src/b.rs", "one()", "dep::inner::deep::other()"),
        ("src/a.rs", "go()", "other()"),
    ]);
}

#[test]
fn what_nobody_can_look_into() {
    let bench = Bench::of(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
gone = "1"
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() { gone::first(); gone::m::f(); }
//- src/b.rs
pub fn two() { one() ; }
"#,
        &["gone::m", "gone::lost", "gone::*", "gone::**"],
    );
    bench.look("before");
    for (from, to) in [
        ("one()", "gone::lost()"),
        ("gone::lost()", "gone::m::g()"),
        ("gone::m::g()", "gone::m()"),
        ("gone::m()", "one()"),
    ] {
        bench.edit("src/b.rs", from, to);
        // A pattern leads to whatever code names there.
        assert_eq!(bench.look(to), Way::Whole(false), "{to}");
    }
}

#[test]
fn an_attribute_that_makes_another_file_development_code() {
    let bench = Bench::of(
        r"
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() { crate::b::two(); }
//- src/b.rs
pub fn two() { crate::a::one(); }
",
        &[],
    )
    .with_dev_attribute("mine::check");
    bench.look("before");
    bench.edit("src/lib.rs", "mod a", "#[mine::check] mod a");
    assert_eq!(bench.look("there"), Way::Whole(false));
    bench.edit("src/lib.rs", "#[mine::check] mod a", "mod a");
    assert_eq!(bench.look("back"), Way::Whole(false));
}

#[test]
fn an_attribute_around_an_include() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
mod inner { include!("part.rs"); }
fn f() { include!("expr.rs"); }
//- src/part.rs
pub fn one() { crate::f(); }
//- src/expr.rs
crate::f()
"#,
        &[],
    )
    .with_dev_attribute("mine::check");
    bench.look("before");
    bench.edit("src/lib.rs", "mod inner", "#[mine::check] mod inner");
    assert_eq!(bench.look("there"), Way::Whole(false));
    bench.edit("src/lib.rs", "#[mine::check] mod inner", "mod inner");
    assert_eq!(bench.look("back"), Way::Whole(false));
    bench.edit("src/lib.rs", "fn f", "#[mine::check] fn f");
    assert_eq!(bench.look("there"), Way::Whole(false));
    bench.edit("src/lib.rs", "#[mine::check] fn f", "fn f");
    assert_eq!(bench.look("back"), Way::Whole(false));
}

#[test]
fn a_cfg_that_comes_and_goes_beside_others() {
    let bench = Bench::of(
        r"
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() { crate::b::two(); }
//- src/b.rs
#[cfg(unix)]
pub fn two() {}
#[cfg(windows)]
pub fn two() { #[cfg(test)] crate::a::one(); }
",
        &[],
    );
    // All are numbered in their order.
    let with_another = r#"{ #[cfg(all(unix, feature = "q"))] crate::b::two(); crate"#;
    bench.stays_in_part(&[("src/a.rs", "{ crate", with_another)]);
}

#[test]
fn what_macros_bring() {
    let bench = Bench::of(
        r"
//- src/lib.rs
#[macro_use] mod mac;
mod db;
mod a;
mod b;
//- src/mac.rs
macro_rules! save { () => { $crate::db::save(); { use crate::db::save as s; s() } $crate::db::Pool::go(); <$crate::db::Pool as $crate::db::Go>::go(); more!() }; ($x:expr) => { crate::db::save($x) } }
macro_rules! more { () => { $crate::db::Pool::go(); crate::db::save(); crate::db::Other::go() } }
//- src/db.rs
pub fn save() {}
pub struct Pool;
pub type Other = Pool;
pub trait Go { fn go(); }
impl Go for Pool { fn go() {} }
//- src/a.rs
pub fn one() { let _ = save!(); crate::b::two(); }
//- src/b.rs
pub fn two() { let x = save!(1); one(); }
",
        &[],
    );
    bench.stays_in_part(&[
        ("src/a.rs", "crate::b::two()", "more!()"),
        ("src/b.rs", "one()", "save!(2)"),
        ("src/db.rs", "fn go() {} }", "fn go() { save!() } }"),
    ]);
}

#[test]
fn items_of_one_path() {
    let bench = Bench::of(
        r"
//- registry/dep/src/lib.rs
pub struct T;
pub trait A { fn go(&self) {} }
pub trait B { fn go(&self) {} }
impl T { pub fn f(&self) {} }
impl A for T { fn go(&self) {} fn f(&self) {} }
impl B for T { fn go(&self) {} }
pub struct W<X>(X);
impl W<u8> { pub fn new() -> Self { todo!() } }
impl W<u16> { pub fn new() -> Self { todo!() } }
impl From<u8> for T { fn from(_: u8) -> T { T } }
impl From<u16> for T { fn from(_: u16) -> T { T } }
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
use dep::{A, T, W};
pub fn one(t: &T) { t.f(); A::go(t); T::from(1); <T as A>::go(t); W::<u8>::new(); }
//- src/b.rs
use dep::{B, T, W, A};
pub fn two(t: &T) { one(); }
",
        &[],
    );
    let mut edits = Vec::new();
    for to in [
        "B::go(t)",
        "<T as B>::go(t)",
        "<T as A>::go(t)",
        "T::go(t)",
        "t.go()",
        "W::<u16>::new()",
        "T::from(2u16)",
        "<T as From<u16>>::from(1)",
        "t.f()",
        "<T as A>::f(t)",
    ] {
        edits.push(("src/b.rs", "one()", to));
    }
    bench.stays_in_part(&edits);
}

#[test]
fn which_of_two_traits_it_is_depends_on_no_other_file() {
    let bench = Bench::of(
        r"
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
use std::fmt::Write;
pub fn one() { }
//- src/b.rs
use std::io::Write as _;
use std::fmt::Write as _;
pub struct S;
pub fn two(s: &mut S) { one(); }
",
        &[],
    );
    bench.stays_in_part(&[("src/b.rs", "one()", "S::write_fmt(s)")]);
}

#[test]
fn impls_in_modules_that_others_have_read() {
    let bench = Bench::of(
        r"
//- registry/dep/src/lib.rs
pub mod one;
pub mod two;
pub struct T;
//- registry/dep/src/one.rs
use super::T;
#[cfg(unix)]
impl T { pub fn go(&self) {} }
//- registry/dep/src/two.rs
use super::T;
#[cfg(windows)]
impl T { pub fn go(&self) {} }
pub fn other() {}
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
use dep::two::other;
pub fn one() { }
//- src/b.rs
use dep::T;
pub fn two(t: &T) { one(); }
",
        &[],
    );
    bench.stays_in_part(&[("src/b.rs", "one()", "t.go()")]);
}

#[test]
fn what_others_have_expanded() {
    let bench = Bench::of(
        r"
//- registry/dep/src/lib.rs
macro_rules! cfg_it { ($($i:item)*) => { $(#[cfg(windows)] $i)* } }
#[cfg(unix)]
pub fn go() {}
cfg_it! { pub fn go() {} pub fn other() {} }
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() { dep::other(); }
//- src/b.rs
pub fn two() { one(); }
",
        &[],
    );
    bench.stays_in_part(&[("src/b.rs", "one()", "dep::go()")]);
}

#[test]
fn macros_in_modules_that_others_have_read() {
    let bench = Bench::of(
        r"
//- registry/dep/src/lib.rs
pub mod one;
pub mod two;
//- registry/dep/src/one.rs
#[cfg(unix)]
#[macro_export]
macro_rules! go { () => { $crate::one::f() } }
pub fn f() {}
//- registry/dep/src/two.rs
#[cfg(windows)]
#[macro_export]
macro_rules! go { () => { $crate::two::f() } }
pub fn f() {}
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() { dep::two::f(); }
//- src/b.rs
pub fn two() { let x = one(); }
",
        &[],
    );
    bench.stays_in_part(&[("src/b.rs", "one()", "dep::go!()")]);
}

#[test]
fn a_dependency_that_refuses_to_compile_somewhere() {
    // As thiserror has it: where the names come from that it re-exports is asked of the same root.
    let bench = Bench::of(
        r#"
//- registry/failure/Cargo.toml
[package]
name = "failure"
[dependencies]
failure_impl = "1"
//- registry/failure/src/lib.rs
#[cfg(not(unix))]
compile_error!("not for this machine");
mod display;
pub use failure_impl::*;
//- registry/failure/src/display.rs
pub trait AsDisplay {}
//- registry/failure_impl/Cargo.toml
[package]
name = "failure_impl"
[lib]
proc-macro = true
//- registry/failure_impl/src/lib.rs
#[proc_macro_derive(Failure)]
pub fn failure(_: proc_macro::TokenStream) -> proc_macro::TokenStream { loop {} }
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn one() {}
//- src/b.rs
use failure::Failure;
#[derive(Failure)]
pub struct Lost;
#[derive(failure::Failure)]
pub struct Gone;
pub fn two() { one(); }
"#,
        &["failure::Failure"],
    );
    bench.stays_in_part(&[("src/b.rs", "one()", "crate::a::one()")]);
}

#[test]
fn what_requirements_and_literals_rest_on() {
    let bench = Bench::of(
        r#"
//- registry/web/src/lib.rs
pub struct Router;
pub fn get<F>(_: F) -> Router { Router }
//- registry/sqlx/src/lib.rs
pub fn query(_: &str) {}
//- src/lib.rs
mod a;
mod b;
//- src/a.rs
pub fn routes() -> web::Router { web::get(|| crate::b::list()); web::get(crate::b::list) }
pub fn kept() { sqlx::query("SELECT name FROM items"); }
//- src/b.rs
pub fn list() -> u8 { sqlx::query("SELECT id FROM items"); one() }
fn one() -> u8 { lost(); 1 }
"#,
        &["literal:sql", "sqlx::query", "web"],
    )
    .with_requirements();
    bench.stays_in_part(&[
        ("src/b.rs", "one() }", "{ web::get(|| one()); 2 } }"),
        ("src/b.rs", "SELECT id FROM items", "DELETE FROM items"),
        ("src/b.rs", "lost();", "gone(); lost();"),
        ("src/a.rs", "web::get(|| crate::b::list());", "web::get(0);"),
        (
            "src/a.rs",
            "web::get(crate::b::list) }",
            "web::get(crate::b::list); web::get(|| 3) }",
        ),
        ("src/a.rs", "SELECT name FROM items", "no longer anything"),
    ]);
}

#[test]
fn macros_that_nobody_knows_whoever_asks_first() {
    let bench = Bench::of(
        r#"
//- registry/dep/src/lib.rs
pub mod apis;
//- registry/dep/src/apis.rs
make!(find, Pool);
//- crates/shared/Cargo.toml
[package]
name = "shared"
[dependencies]
dep = "1"
//- crates/shared/src/lib.rs
pub fn save(one: &crate::apis::Rows) -> super::data::Pool {
    trait Keep {
    }
    one();
    dep::call!();
}
//- Cargo.toml
[package]
name = "app"
[dependencies]
other = { version = "1", package = "dep" }
shared = { path = "crates/shared" }
//- src/lib.rs
pub mod data;
pub trait Keep: super::apis::Look {
}
//- src/data.rs
conn!(push);
impl crate::Keep for crate::Rows {
    const SIZE: usize = crate::data::KIND;
}
pub mod base;
//- src/data/base.rs
pub trait Look: other::apis::base::Keep {
    pub fn push() -> Option<Rows> {
    }
}
//- src/main.rs
pub use ::other::*;
impl Rows {
}
"#,
        &["dep"],
    );
    bench.look("before");
    bench.edit("crates/shared/src/lib.rs", "one()", "self.load()");
    bench.look("after");
}
