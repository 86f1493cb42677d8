//! Edits of declarations that others may notice who mention nothing of them: through types, traits and impls.

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

const ORDERED: &str = r"
//- src/lib.rs
pub mod a;
pub mod c;
pub mod t;
//- src/c.rs
pub fn go(pool: &crate::a::Pool<u16>) { pool.load().save(); }
//- src/t.rs
pub struct A;
impl A { pub fn save(&self) {} }
pub struct B;
impl B { pub fn save(&self) {} }
pub trait Keep { fn load(&self) -> A; }
pub trait Give { fn load(&self) -> B; }
";

#[test]
fn an_alias_that_an_impl_is_for() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod t;
//- src/t.rs
pub trait Keep { fn keep(&self) {} }
//- src/a.rs
pub struct Real;
pub struct Other;
pub type Alias = Real;
pub fn real() -> Real { Real }
//- src/b.rs
use crate::t::Keep;
impl Keep for crate::a::Alias { fn keep(&self) {} }
//- src/c.rs
use crate::t::Keep;
pub fn go() { crate::a::real().keep(); }
",
        &[],
    );
    bench.says_the_same(&[("src/a.rs", "Alias = Real", "Alias = Other")]);
}

#[test]
fn a_renaming_import_of_what_an_impl_is_for() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- src/a.rs
pub struct Held;
impl Held { pub fn save(&self) {} }
pub struct Real;
pub struct Other;
pub fn real() -> Real { Real }
//- src/b.rs
use crate::a::Real as Named;
impl std::ops::Deref for Named { type Target = crate::a::Held; fn deref(&self) -> &crate::a::Held { loop {} } }
//- src/c.rs
pub fn go() { crate::a::real().save(); }
",
        &[],
    );
    bench.says_the_same(&[("src/b.rs", "Real as Named", "Other as Named")]);
}

#[test]
fn a_trait_with_traits_above_it_for_a_type_of_others() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod c;
pub mod t;
//- src/t.rs
pub trait Base { fn trim(&self) {} }
impl<T> Base for T {}
pub trait Sub: Base {}
//- src/a.rs
pub fn one() {}
//- src/c.rs
pub fn go(text: String) { text.trim(); }
",
        &[],
    );
    bench.says_the_same(&[("src/a.rs", "pub fn one", "impl crate::t::Sub for String {} pub fn one")]);
}

#[test]
fn a_trait_by_another_name_for_a_type_of_others() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod c;
pub mod t;
//- src/t.rs
pub trait Keep { fn trim(&self) {} }
pub trait Give { fn give(&self) {} }
//- src/a.rs
use crate::t::Keep as Give;
pub fn one(_: &dyn Give) {}
//- src/c.rs
pub fn go(text: String) { text.trim(); }
",
        &[],
    );
    bench.says_the_same(&[("src/a.rs", "pub fn one", "impl Give for String {} pub fn one")]);
}

#[test]
fn the_order_of_impls() {
    let bench = Bench::of(
        &format!(
            "{ORDERED}//- src/a.rs
use crate::t::*;
pub struct Pool<T>(T);
impl Pool<u8> {{ pub fn load(&self) -> A {{ A }} }}
impl Pool<u16> {{ pub fn load(&self) -> B {{ B }} }}
"
        ),
        &[],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "impl Pool<u8> { pub fn load(&self) -> A { A } }\nimpl Pool<u16> { pub fn load(&self) -> B { B } }",
        "impl Pool<u16> { pub fn load(&self) -> B { B } }\nimpl Pool<u8> { pub fn load(&self) -> A { A } }",
    )]);
}

#[test]
fn the_order_of_impls_of_traits() {
    let bench = Bench::of(
        &format!(
            "{ORDERED}//- src/a.rs
use crate::t::*;
pub struct Pool<T>(T);
impl<T> Keep for Pool<T> {{ fn load(&self) -> A {{ A }} }}
impl<T> Give for Pool<T> {{ fn load(&self) -> B {{ B }} }}
"
        ),
        &[],
    );
    bench.says_the_same(
        &[(
            "src/a.rs",
            "impl<T> Keep for Pool<T> { fn load(&self) -> A { A } }\nimpl<T> Give for Pool<T> { fn load(&self) -> B { B } }",
            "impl<T> Give for Pool<T> { fn load(&self) -> B { B } }\nimpl<T> Keep for Pool<T> { fn load(&self) -> A { A } }",
        )],
    );
}

#[test]
fn the_order_of_impls_of_one_trait() {
    let bench = Bench::of(
        &format!(
            "{ORDERED}//- src/a.rs
use crate::t::*;
pub struct Pool<T>(T);
impl Keep for Pool<u8> {{ fn load(&self) -> A {{ A }} }}
impl Keep for Pool<u16> {{ fn load(&self) -> A {{ A }} }}
"
        ),
        &[],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "impl Keep for Pool<u8> { fn load(&self) -> A { A } }\nimpl Keep for Pool<u16> { fn load(&self) -> A { A } }",
        "impl Keep for Pool<u16> { fn load(&self) -> A { A } }\nimpl Keep for Pool<u8> { fn load(&self) -> A { A } }",
    )]);
}

#[test]
fn the_order_of_traits() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub trait Keep { fn keep(&self) {} }
pub trait Give { fn keep(&self) {} }
impl<T: Copy> Keep for T {}
impl<T: AsRef<str>> Give for T {}
//- src/c.rs
use crate::a::*;
pub struct Row;
pub fn go(row: &Row) { row.keep(); }
",
        &[],
    );
    bench.says_the_same(&[(
        "src/a.rs",
        "pub trait Keep { fn keep(&self) {} }\npub trait Give { fn keep(&self) {} }",
        "pub trait Give { fn keep(&self) {} }\npub trait Keep { fn keep(&self) {} }",
    )]);
}

#[test]
fn a_value_of_a_standard_type_that_nobody_mentions() {
    let bench = Bench::of(
        r"
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
impl Handed for String { fn keep(&self) {} }
//- src/c.rs
use crate::t::*;
pub fn go(number: u8) { number.to_string().keep(); }
",
        &[],
    );
    bench.says_the_same(&[("src/p.rs", "t::Keep", "t::Give")]);
}

#[test]
fn a_trait_that_is_in_scope_where_a_type_is_declared() {
    let bench = Bench::of(
        &format!(
            r"
//- src/lib.rs
pub mod a;
pub mod c;
pub mod p;
pub mod t;
//- src/p.rs
pub use crate::t::Keep as Handed;
pub use crate::t::A as Unused;
pub mod q {{ pub use crate::t::Keep as One; pub use crate::t::Give as Two; }}
pub use q::One;
pub use q::Two;
//- src/a.rs
use crate::p::One as Other;
pub struct Pool;
pub mod inner {{ use crate::p::Handed; pub struct Deep; }}
//- src/c.rs
pub fn go(pool: &crate::a::Pool) {{ pool.keep().save(); }}
pub fn deep(pool: &crate::a::inner::Deep) {{ pool.keep().save(); }}
{TRAITS}"
        ),
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "p::One", "p::Two"),
        ("src/p.rs", "t::Keep as Handed", "t::Give as Handed"),
    ]);
}

#[test]
fn a_pattern_takes_a_tuple_struct_apart() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub struct Held;
impl Held { pub fn save(&self) {} }
pub struct Other;
impl Other { pub fn save(&self) {} }
pub struct Wide(pub Held);
//- src/c.rs
use crate::a::Wide;
pub fn go(wide: Wide) { let Wide(held) = wide; held.save(); }
",
        &[],
    );
    bench.says_the_same(&[("src/a.rs", "Wide(pub Held)", "Wide(pub Other)")]);
}

#[test]
fn an_attribute_makes_a_type_and_what_it_has_elsewhere_development_code() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- src/a.rs
pub struct Pool;
//- src/b.rs
impl crate::a::Pool { pub fn load(&self) { crate::c::one(); } }
//- src/c.rs
pub fn one() {}
",
        &[],
    )
    .with_dev_attribute("mine::only");
    bench.says_the_same(&[("src/a.rs", "pub struct", "#[mine::only] pub struct")]);
}

#[test]
fn what_an_attribute_means_that_makes_a_type_development_code() {
    let bench = Bench::of(
        r#"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- src/a.rs
use mine::only as check;
#[check] pub struct Pool;
//- src/b.rs
impl crate::a::Pool { pub fn load(&self) { crate::c::one(); } }
//- src/c.rs
pub fn one() {}
//- registry/mine/Cargo.toml
[package]
name = "mine"
version = "1.0.0"
edition = "2021"
[lib]
proc-macro = true
//- registry/mine/src/lib.rs
#[proc_macro_attribute] pub fn only(a: T, b: T) -> T { b }
#[proc_macro_attribute] pub fn other(a: T, b: T) -> T { b }
"#,
        &[],
    )
    .with_dev_attribute("mine::only");
    bench.says_the_same(&[("src/a.rs", "mine::only as", "mine::other as")]);
}

#[test]
fn more_types_than_are_told_apart() {
    use std::fmt::Write;
    let (mut before, mut now, mut uses) = (String::new(), String::new(), String::new());
    for number in 0..40 {
        writeln!(before, "pub struct S{number} {{ pub f{number}: Row }}").unwrap();
        writeln!(now, "pub struct S{number} {{ pub f{number}: Col }}").unwrap();
        writeln!(
            uses,
            "pub fn g{number}(s: crate::a::S{number}) {{ s.f{number}.save(); }}"
        )
        .unwrap();
    }
    let bench = Bench::of(
        &format!(
            "
//- src/lib.rs
pub mod a;
pub mod c;
//- src/a.rs
pub struct Row;
impl Row {{ pub fn save(&self) {{}} }}
pub struct Col;
impl Col {{ pub fn save(&self) {{}} }}
{before}
//- src/c.rs
{uses}
"
        ),
        &[],
    );
    bench.says_the_same(&[("src/a.rs", &before, &now)]);
}

#[test]
fn what_a_type_of_others_stands_behind() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- src/a.rs
pub struct Text(String);
pub struct Other;
impl Other { pub fn len(&self) {} }
//- src/b.rs
impl std::ops::Deref for crate::a::Text { type Target = String; fn deref(&self) -> &String { &self.0 } }
pub fn text() -> crate::a::Text { loop {} }
//- src/c.rs
pub fn go() { crate::b::text().len(); let held = crate::b::text(); held.trim().len(); }
",
        &[],
    );
    bench.says_the_same(&[
        ("src/b.rs", "Target = String", "Target = crate::a::Other"),
        ("src/a.rs", "pub fn len(&self)", "pub fn trim(&self)"),
    ]);
}
