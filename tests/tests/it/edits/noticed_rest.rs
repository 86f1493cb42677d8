//! Edits of declarations that others may notice who mention nothing of them: through names, attributes and symbols.

use super::bench::Bench;

#[test]
fn symbols_that_are_no_words() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub fn one() {}
//- src/c.rs
unsafe extern "C" { #[link_name = "my.symbol"] pub fn far(); }
"#,
        &[],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "pub fn one",
        "#[unsafe(export_name = \"my.symbol\")] pub fn near() {} pub fn one",
    )]);
}

#[test]
fn symbols_that_are_written_otherwise() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub fn one() {}
//- src/c.rs
unsafe extern "C" { #[link_name = "\x66ar_off"] pub fn far(); }
"#,
        &[],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "pub fn one",
        "#[unsafe(export_name = \"far_off\")] pub fn near() {} pub fn one",
    )]);
}

#[test]
fn a_text_in_quotes() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod b;
pub mod c;
pub mod p;
pub mod t;
//- src/t.rs
pub trait Keep { fn keep(&self) {} }
pub trait Give { fn keep(&self) {} }
//- src/p.rs
pub use crate::t::Keep as Handed;
//- src/b.rs
use crate::p::Handed;
impl Handed for str { fn keep(&self) {} }
//- src/c.rs
use crate::t::*;
pub fn go() { "text".keep(); }
"#,
        &[],
    );
    bench.says_the_same(&[("src/p.rs", "t::Keep", "t::Give")]);
}

#[test]
fn derives_of_a_member() {
    let bench = Bench::of(
        r#"
//- Cargo.toml
[workspace]
members = ['crates/app', 'crates/made']
resolver = '2'
//- crates/app/src/lib.rs
#[derive(made::Keep)] pub struct Pool;
#[made::mark] pub fn go() {}
//- crates/made/Cargo.toml
[package]
name = "made"
version = "1.0.0"
edition = "2021"
[lib]
proc-macro = true
//- crates/made/src/lib.rs
pub fn one() {}
"#,
        &[],
    );
    let file = "crates/made/src/lib.rs";
    bench.says_the_same(&[
        (
            file,
            "pub fn one",
            "#[proc_macro_derive(Keep)] pub fn other(t: T) -> T { t } pub fn one",
        ),
        (
            file,
            "pub fn one",
            "#[proc_macro_attribute] pub fn mark(t: T, u: T) -> T { t } pub fn one",
        ),
    ]);
}

/// Many ways in which files of a library and a program name each other's items.
const RICH: &str = r#"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod d;
pub mod e;
#[path = "twice.rs"] pub mod first;
#[path = "twice.rs"] pub mod second;
//- src/main.rs
mod a;
mod b;
mod c;
mod d;
mod e;
fn main() { c::go(loop {}); shop::c::go(loop {}); }
//- src/twice.rs
pub fn here() { crate::a::one(); super::d::raw(); }
pub struct Here;
impl Here { pub fn load(&self) -> crate::a::Row { loop {} } }
//- src/a.rs
pub struct Pool<T = Row> { pub rows: Vec<T>, pub name: String }
pub struct Row;
impl Row { pub fn save(&self) {} pub const MOST: usize = 1; }
pub enum Kind { Some(Row), None, Other { row: Row } }
pub fn one() {}
pub mod inner { pub(in crate::a) fn hidden() {} pub(crate) fn shown() {} }
pub static ALL: Pool = Pool { rows: Vec::new(), name: String::new() };
pub const SELECT: &str = "select a from b where c = 1";
pub fn given(f: fn(Row) -> Row) {}
pub async fn later() -> Row { Row }
pub fn rows() -> impl Iterator<Item = Row> { std::iter::empty() }
//- src/b.rs
pub use crate::a::*;
pub use crate::a::Kind::*;
pub use crate::a::Row as Line;
pub type Lines = Vec<Line>;
pub type Boxed<T> = Box<T>;
macro_rules! imp { ($ty:ty) => { impl $ty { pub fn made(&self) { crate::a::one(); } } }; }
pub(crate) use imp;
pub trait Keep { type Out; const MANY: usize; fn keep(&self) -> Self::Out; fn again(&self) -> Self where Self: Sized { loop {} } }
impl Keep for Row { type Out = Line; const MANY: usize = 1; fn keep(&self) -> Line { Row } }
impl dyn Keep<Out = Row> { pub fn of_dyn(&self) {} }
//- src/c.rs
use crate::b::*;
pub fn go(lines: Lines) {
    for line in lines { line.save(); line.keep().save(); line.again().save(); }
    if let Some(row) = kind() { row.save(); }
    let Other { row } = kind() else { return };
    row.save();
    ALL.rows[0].save();
    one();
    let boxed: Boxed<Line> = loop {};
    boxed.save();
    Line::MOST;
    rows().next().unwrap().save();
}
pub fn kind() -> Kind { None }
pub async fn soon() { crate::a::later().await.save(); let later = later(); later.await.save(); }
//- src/d.rs
crate::b::imp!(crate::a::Row);
pub fn r#raw() { let s = "select x from y where z = 2"; crate::b::Line::made; }
pub fn passes() { crate::a::given(handed); crate::a::given(|row| row); }
pub fn handed(row: crate::a::Row) -> crate::a::Row { row }
pub struct Vec2(pub crate::b::Lines);
pub fn std_vec() { let v: Vec<u8> = Vec::new(); v.len(); }
//- src/e.rs
use super::c::*;
use super::d::*;
fn far() { kind(); Vec2(loop {}).0[0].save(); r#raw(); crate::a::inner::shown(); crate::a::inner::hidden(); }
#[cfg(test)] mod tests { use super::*; #[test] fn it() { far(); std_vec(); shown(); } }
extern "C" { fn linked(); }
"#;

const EDITS: &[(&str, &str, &str)] = &[
    (
        "src/a.rs",
        "pub struct Row;",
        "pub struct Row; pub struct Vec; pub struct String; pub fn Some() {}",
    ),
    ("src/a.rs", "pub struct Row;", "pub struct Row { pub more: u8 }"),
    ("src/a.rs", "pub fn save(&self) {}", "fn kept(&self) {}"),
    ("src/a.rs", "Some(Row), None,", "None, Some(Line2),"),
    ("src/a.rs", "Other { row: Row }", "Other { row: Kind }"),
    ("src/a.rs", "Other { row: Row }", "Another { row: Row }"),
    (
        "src/a.rs",
        "pub fn one() {}",
        "pub fn one() {} pub fn shown() {} pub struct Lines;",
    ),
    (
        "src/a.rs",
        "pub fn one() {}",
        "#[no_mangle] pub extern \"C\" fn linked() {} pub fn one() {}",
    ),
    ("src/a.rs", "pub fn one() {}", "#[test] fn one() {}"),
    (
        "src/a.rs",
        "pub fn one() {}",
        "pub fn one() {} pub trait Seek { fn seek(&self) {} fn len(&self) {} }",
    ),
    ("src/a.rs", "pub(crate) fn shown", "pub(in crate::a::inner) fn shown"),
    ("src/a.rs", "pub static ALL: Pool =", "pub static ALL: Pool<Kind> ="),
    ("src/a.rs", "pub rows: Vec<T>", "pub rows: Vec<Row>"),
    ("src/a.rs", "fn(Row) -> Row", "fn(Row)"),
    ("src/a.rs", "pub async fn later", "pub fn later"),
    ("src/a.rs", "Iterator<Item = Row>", "Iterator<Item = Kind>"),
    ("src/a.rs", "select a from", "insert into"),
    ("src/b.rs", "Row as Line", "Kind as Line"),
    ("src/b.rs", "Lines = Vec<Line>", "Lines = Option<Kind>"),
    ("src/b.rs", "Boxed<T> = Box<T>", "Boxed<T> = Option<T>"),
    ("src/b.rs", "type Out = Line", "type Out = Kind"),
    ("src/b.rs", "pub fn of_dyn(&self) {}", "pub fn save(&self) {}"),
    ("src/b.rs", "fn again(&self) -> Self", "fn again(&self) -> Kind"),
    ("src/c.rs", "pub fn kind() -> Kind", "pub fn kind() -> Result<Row, Row>"),
    (
        "src/c.rs",
        "pub fn kind() -> Kind",
        "pub fn vec() {} pub struct Vec2; pub fn kind() -> Kind",
    ),
    ("src/d.rs", "pub fn r#raw", "pub fn r#try() {} pub fn r#raw"),
    ("src/d.rs", "pub fn r#raw", "fn r#raw"),
    (
        "src/d.rs",
        "pub struct Vec2(pub crate::b::Lines)",
        "pub struct Vec2(pub Vec<u8>)",
    ),
    (
        "src/d.rs",
        "pub fn handed(row: crate::a::Row)",
        "pub fn handed(row: crate::b::Kind)",
    ),
    ("src/twice.rs", "load(&self) -> crate::a::Row", "load(&self) -> Here"),
];

#[test]
fn many_at_once() {
    let patterns = ["shop::a::**", "shop::b::Line", "shop::*::raw", "literal:sql"];
    let bench = Bench::of(RICH, &patterns).with_requirements();
    bench.says_the_same(EDITS);
}

#[test]
fn imports_in_a_circle() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod d;
//- src/a.rs
pub use crate::b::x as y;
pub fn here() {}
//- src/b.rs
pub use crate::a::y as x;
//- src/c.rs
pub fn go() { crate::b::x(); crate::b::gone(); crate::d::deep::far(); lost(); }
//- src/d.rs
pub use crate::b as deep;
pub use crate::c::*;
",
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "crate::b::x as y", "crate::a::here as y"),
        ("src/a.rs", "crate::b::x as y", "crate::b::gone as y"),
        ("src/d.rs", "crate::b as deep", "crate::a as deep"),
        (
            "src/b.rs",
            "pub use crate::a::y as x;",
            "pub use crate::a::y as x; pub fn far() {} pub fn lost() {}",
        ),
    ]);
}

#[test]
fn one_name_for_a_module_and_a_function() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub mod foo { pub fn bar() {} }
pub fn foo() {}
//- src/c.rs
use crate::a::foo;
pub use crate::a::*;
pub fn go() { foo(); foo::bar(); foo!(); }
",
        &["shop::a::foo", "shop::*::foo"],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "pub mod foo { pub fn bar() {} }\npub fn foo() {}",
        "pub fn foo() {}\npub mod foo { pub fn bar() {} }",
    )]);
}
