//! Edits of declarations that others may notice who mention nothing of them: through macros and includes.

use super::bench::Bench;

/// Two traits whose methods have one name, for every type, and what those give.
const TRAITS: &str = r"
//- src/t.rs
pub struct A;
impl A { pub fn save(&self) {} }
pub struct B;
impl B { pub fn save(&self) {} }
pub trait Keep { fn keep(&self) -> A { A } }
pub trait Give { fn keep(&self) -> B { B } }
impl<T> Keep for T {}
impl<T> Give for T {}
";

#[test]
fn a_macro_that_goes_by_another_name() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- src/a.rs
pub trait Keep { fn load() {} }
pub struct Pool;
impl Keep for Pool {}
//- src/b.rs
use crate::a::Keep;
macro_rules! keep_it { () => { crate::a::Pool::load() }; }
pub(crate) use keep_it as keep;
//- src/c.rs
pub fn go() { crate::b::keep!(); }
",
        &[],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "impl Keep for",
        "impl Pool { pub fn load() {} } impl Keep for",
    )]);
}

#[test]
fn item_macros_of_dependencies() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub fn one() {}
//- src/c.rs
use crate::a::*;
dep::make!();
//- registry/dep/Cargo.toml
[package]
name = "dep"
version = "1.0.0"
edition = "2021"
//- registry/dep/src/lib.rs
#[macro_export]
macro_rules! make { () => { pub fn made() { helper(); crate::a::other(); } }; }
"#,
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "pub fn one", "pub fn helper() {} pub fn one"),
        ("src/a.rs", "pub fn one", "pub fn other() {} pub fn one"),
    ]);
}

#[test]
fn item_macros_of_dependencies_that_declare() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod d;
//- src/a.rs
pub struct Pool;
impl Pool { pub fn save(&self) {} }
pub struct Row;
impl Row { pub fn save(&self) {} }
//- src/b.rs
pub use crate::a::Pool as Held;
//- src/c.rs
use crate::b::*;
dep::make!();
//- src/d.rs
pub fn go() { crate::c::made().save(); }
//- registry/dep/Cargo.toml
[package]
name = "dep"
version = "1.0.0"
edition = "2021"
//- registry/dep/src/lib.rs
#[macro_export]
macro_rules! make { () => { pub fn made() -> Held { loop {} } }; }
"#,
        &[],
    );
    bench.says_the_same(&[("src/b.rs", "a::Pool as", "a::Row as")]);
}

#[test]
fn expression_macros_of_dependencies() {
    let bench = Bench::of(
        r#"
//- Cargo.toml
[workspace]
members = ['crates/app', 'crates/util']
resolver = '2'
//- crates/app/src/lib.rs
pub fn go() { dep::run!(); }
//- crates/util/src/lib.rs
pub fn one() {}
//- registry/dep/Cargo.toml
[package]
name = "dep"
version = "1.0.0"
edition = "2021"
//- registry/dep/src/lib.rs
#[macro_export]
macro_rules! run { () => { util::helper() }; }
"#,
        &[],
    );
    bench.says_the_same(&[("crates/util/src/lib.rs", "pub fn one", "pub fn helper() {} pub fn one")]);
}

#[test]
fn what_is_included_brings_a_trait() {
    let bench = Bench::of(
        &format!(
            r#"
//- src/lib.rs
pub mod a;
pub mod p;
pub mod t;
include!("inc.rs");
pub fn go(pool: &a::Pool) {{ pool.keep().save(); }}
//- src/inc.rs
use crate::p::One as Handed;
//- src/p.rs
pub use crate::t::Keep as One;
pub use crate::t::Give as Two;
//- src/a.rs
pub struct Pool;{TRAITS}"#
        ),
        &[],
    );
    bench.says_the_same(&[("src/inc.rs", "p::One", "p::Two")]);
}

#[test]
fn what_is_included_brings_a_trait_that_another_hands_on() {
    let bench = Bench::of(
        &format!(
            r#"
//- src/lib.rs
pub mod a;
pub mod p;
pub mod t;
include!("inc.rs");
pub fn go(pool: &a::Pool) {{ pool.keep().save(); }}
//- src/inc.rs
use crate::p::Handed;
//- src/p.rs
pub use crate::t::Keep as Handed;
//- src/a.rs
pub struct Pool;{TRAITS}"#
        ),
        &[],
    );
    bench.says_the_same(&[("src/p.rs", "t::Keep", "t::Give")]);
}

#[test]
fn the_body_of_a_macro_has_a_trait_by_a_glob() {
    let bench = Bench::of(
        &format!(
            r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod p;
pub mod t;
//- src/p.rs
pub use crate::t::Keep as Handed;
//- src/b.rs
use crate::p::*;
macro_rules! kept {{ ($of:expr) => {{ crate::a::Pool::keep($of) }}; }}
pub(crate) use kept;
//- src/c.rs
pub fn go(pool: &crate::a::Pool) {{ crate::b::kept!(pool); }}
//- src/a.rs
pub struct Pool;{TRAITS}"
        ),
        &[],
    );
    bench.says_the_same(&[("src/p.rs", "t::Keep", "t::Give")]);
}

#[test]
fn which_of_two_names_in_a_macro_is_inherited() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod p;
//- src/a.rs
pub fn foo() {}
//- src/p.rs
pub use crate::a::foo;
//- src/b.rs
macro_rules! both { () => {{ { use crate::p::foo as one; one(); } use crate::a::foo as two; two(); }}; }
pub(crate) use both;
//- src/c.rs
pub fn go() { crate::b::both!(); }
",
        &[],
    );
    bench.says_the_same(&[
        ("src/c.rs", "pub fn go", "pub fn other() {} pub fn go"),
        ("src/c.rs", "go() { ", "go() { let _ = 1; "),
    ]);
}

#[test]
fn what_is_included_speaks_of_itself() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod b;
//- src/a.rs
pub struct Row;
impl Row { pub fn save(&self) {} }
pub struct Col;
impl Col { pub fn save(&self) {} }
pub struct Pool { kept: Row }
impl Pool { pub fn load(&self) -> Row { Row } }
//- src/b.rs
impl crate::a::Pool {
    pub fn go(&self) { include!("said.rs"); }
}
//- src/said.rs
{ self.load().save(); self.kept.save(); }
"#,
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "load(&self) -> Row { Row }", "load(&self) -> Col { Col }"),
        ("src/a.rs", "kept: Row", "kept: Col"),
    ]);
}

#[test]
fn which_of_two_functions_includes() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod b;
//- src/a.rs
pub fn one() {}
//- src/b.rs
#[cfg(unix)] pub fn go() { include!("said.rs"); }
#[cfg(unix)] pub fn go() -> u8 { 1 }
//- src/said.rs
crate::a::one()
"#,
        &[],
    );
    bench.says_the_same(&[(
        "src/b.rs",
        "#[cfg(unix)] pub fn go() { include!(\"said.rs\"); }\n#[cfg(unix)] pub fn go() -> u8 { 1 }",
        "#[cfg(unix)] pub fn go() -> u8 { 1 }\n#[cfg(unix)] pub fn go() { include!(\"said.rs\"); }",
    )]);
}

#[test]
fn an_item_macro_that_goes_by_another_name() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- src/a.rs
pub struct Row;
impl Row { pub fn save(&self) {} }
pub struct Col;
impl Col { pub fn save(&self) {} }
pub struct Pool { pub kept: Row }
impl Pool { pub fn load(&self) -> Row { Row } }
//- src/b.rs
macro_rules! make_it { () => { pub fn made(pool: &crate::a::Pool) { pool.load().save(); pool.kept.save(); } }; }
pub(crate) use make_it as make;
//- src/c.rs
crate::b::make!();
",
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "load(&self) -> Row { Row }", "load(&self) -> Col { Col }"),
        ("src/a.rs", "kept: Row", "kept: Col"),
    ]);
}

#[test]
fn a_macro_that_is_given_the_member() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod p;
//- src/p.rs
pub use crate::a::Pool as Held;
//- src/a.rs
pub struct Row;
impl Row { pub fn save(&self) {} }
pub struct Col;
impl Col { pub fn save(&self) {} }
pub struct Pool { pub kept: Row }
impl Pool { pub fn load(&self) -> Row { Row } }
#[cfg(unix)] impl Pool { pub fn twin(&self) -> Row { Row } }
#[cfg(windows)] impl Pool { pub fn twin(&self) -> Col { Col } }
//- src/b.rs
macro_rules! make { ($name:ident) => { pub fn made(pool: &crate::p::Held) { pool.$name().save(); } }; }
pub(crate) use make;
impl crate::p::Held { pub fn more(&self) { self.twin().save(); } }
//- src/c.rs
crate::b::make!(load);
",
        &[],
    );
    bench.says_the_same(
        &[
            ("src/a.rs", "load(&self) -> Row { Row }", "load(&self) -> Col { Col }"),
            ("src/a.rs", "pub struct Pool", "#[cfg(test)] pub struct Pool"),
            (
                "src/a.rs",
                "#[cfg(unix)] impl Pool { pub fn twin(&self) -> Row { Row } }\n#[cfg(windows)] impl Pool { pub fn twin(&self) -> Col { Col } }",
                "#[cfg(windows)] impl Pool { pub fn twin(&self) -> Col { Col } }\n#[cfg(unix)] impl Pool { pub fn twin(&self) -> Row { Row } }",
            ),
        ],
    );
}

#[test]
fn a_dependency_makes_methods_of_a_type() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub struct Row;
impl Row { pub fn save(&self) {} }
pub struct Col;
impl Col { pub fn save(&self) {} }
pub struct Pool { pub kept: Row }
impl Pool { pub fn load(&self) -> Row { Row } }
//- src/c.rs
dep::make!(crate::a::Pool);
//- registry/dep/Cargo.toml
[package]
name = "dep"
version = "1.0.0"
edition = "2021"
//- registry/dep/src/lib.rs
#[macro_export]
macro_rules! make { ($ty:ty) => { impl $ty { pub fn made(&self) { self.load().save(); self.kept.save(); } } }; }
"#,
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "load(&self) -> Row { Row }", "load(&self) -> Col { Col }"),
        ("src/a.rs", "kept: Row", "kept: Col"),
    ]);
}

#[test]
fn what_includes_brings_a_trait() {
    let bench = Bench::of(
        &format!(
            r#"
//- src/lib.rs
pub mod a;
pub mod p;
pub mod t;
use p::Handed;
pub fn go() {{ include!("said.rs"); }}
include!("more.rs");
//- src/said.rs
a::pool().keep().save()
//- src/more.rs
pub fn more() {{ a::pool().keep().save() }}
//- src/p.rs
pub use crate::t::Keep as Handed;
//- src/a.rs
pub struct Pool;
pub fn pool() -> Pool {{ Pool }}{TRAITS}"#
        ),
        &[],
    );
    bench.says_the_same(&[("src/p.rs", "t::Keep", "t::Give")]);
}
