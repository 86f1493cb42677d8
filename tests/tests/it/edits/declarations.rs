//! Edits of what files declare: where no other file mentions anything of it, these are taken over.

use super::bench::Bench;
use super::ways::Way;

#[test]
fn what_nobody_else_mentions() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
//- src/a.rs
pub struct Pool { size: usize }
impl Pool { pub fn open() -> Self { Pool { size: 1 } } }
pub fn one() {}
const HERE: usize = 1;
//- src/b.rs
use crate::a::{Pool, one};
pub fn two() { one(); Pool::open(); }
",
        &["shop::a::**", "shop::b", "shop::lost"],
    );
    bench.stays_in_part(&[
        ("src/a.rs", "pub fn one", "fn helper() { one() } pub fn one"),
        ("src/a.rs", "pub fn one() {}", "pub fn one() {} pub fn lost() { two() }"),
        ("src/a.rs", "pub fn open", "fn shut(&self) {} pub fn open"),
        ("src/a.rs", "size: usize", "size: usize, more: Vec<u8>"),
        ("src/a.rs", "size: usize }", "size: Option<Pool> }"),
        (
            "src/a.rs",
            "impl Pool",
            "struct Own; impl Drop for Own { fn drop(&mut self) {} } impl Pool",
        ),
        (
            "src/a.rs",
            "impl Pool",
            "#[derive(Clone)] struct Other(Pool); impl Pool",
        ),
        (
            "src/a.rs",
            "const HERE",
            "pub const THERE: Pool = Pool::open(); const HERE",
        ),
        ("src/a.rs", "const HERE: usize = 1;", "/* gone */"),
        ("src/a.rs", "const HERE", "#[cfg(test)] const HERE"),
    ]);
    bench.edit("src/a.rs", "pub struct", "use std::collections::HashMap; pub struct");
    assert_eq!(bench.look("an import"), Way::InPart);
}

#[test]
fn what_others_mention_is_looked_up_whole() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
//- src/a.rs
use std::fmt::Write;
pub mod below;
pub struct Pool;
pub fn one() {}
//- src/a/below.rs
pub fn under() { Debug }
//- src/b.rs
pub fn two() { crate::a::one(); crate::a::Pool; own(); }
",
        &[],
    );
    bench.look("before");
    for (from, to) in [
        ("pub fn one() {}", "pub fn one() -> Pool { Pool }"),
        ("pub struct", "impl Drop for Pool { fn drop(&mut self) {} } pub struct"),
        ("pub struct", "pub fn own() {} pub struct"),
        ("use std::fmt::Write;", "use std::fmt::Write; use std::fmt::Debug;"),
        (
            "use std::fmt::Write;",
            "use std::fmt::Write; use std::fmt;use std::fmt::Display;",
        ),
    ] {
        for (from, to) in [(from, to), (to, from)] {
            let what = format!("`{from}` becomes `{to}`");
            bench.edit("src/a.rs", from, to);
            assert_eq!(bench.look(&what), Way::Whole(false), "{what}");
        }
    }
}

#[test]
fn what_others_name() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod d;
//- src/a.rs
pub fn one() -> Pool { Pool }
pub struct Pool;
pub struct Row;
impl Pool { pub fn load(&self) -> Row { Row } }
impl Row { pub fn load(&self) {} }
pub mod inner { pub fn one() -> crate::a::Row { crate::a::Row } }
//- src/b.rs
pub use crate::a::one as first;
pub type Held = crate::a::Pool;
//- src/c.rs
use crate::b::{first, Held};
pub fn go(held: &Held) { first().load(); held.load().load(); }
//- src/d.rs
pub fn alone() { crate::c::go(&crate::a::Pool); }
",
        &["shop::a", "shop::a::one", "shop::b::first"],
    );
    bench.says_the_same(&[
        (
            "src/a.rs",
            "pub fn one() -> Pool { Pool }",
            "pub fn one() -> Row { Row }",
        ),
        ("src/a.rs", "pub fn one() -> Pool", "fn one() -> Pool"),
        ("src/a.rs", "pub fn one() -> Pool { Pool }", "/* gone */"),
        ("src/a.rs", "load(&self) -> Row { Row }", "load(&self) -> Pool { Pool }"),
        ("src/a.rs", "impl Pool { pub fn load", "impl Pool { pub fn read"),
        ("src/a.rs", "impl Row { pub fn load(&self) {} }", "/* gone */"),
        ("src/a.rs", "pub struct Row", "pub struct Rows"),
        ("src/b.rs", "crate::a::one as first", "crate::a::inner::one as first"),
        ("src/b.rs", "type Held = crate::a::Pool", "type Held = crate::a::Row"),
        ("src/b.rs", "pub type Held", "type Held"),
        ("src/c.rs", "pub fn go", "pub fn went"),
    ]);
}

#[test]
fn what_is_passed_on_without_being_mentioned() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod d;
//- src/a.rs
pub struct Held;
impl Held { pub fn save(&self) {} }
pub struct Other;
impl Other { pub fn save(&self) {} pub fn load(&self) {} }
pub struct Keeper { pub kept: Held }
pub fn keeper() -> Keeper { Keeper { kept: Held } }
//- src/b.rs
use std::ops::Deref;
use crate::a::{Held, Keeper, Other};
impl Deref for Keeper { type Target = Held; fn deref(&self) -> &Held { &self.kept } }
pub struct Wide(pub Held, Other);
pub enum Kind { Some(Held), None }
macro_rules! keep { () => { crate::a::keeper() }; }
pub(crate) use keep;
//- src/c.rs
pub fn go(wide: crate::b::Wide) { crate::a::keeper().save(); wide.0.save(); crate::b::keep!().kept.load(); }
//- src/d.rs
pub fn alone() {}
",
        &[],
    );
    bench.says_the_same(&[
        ("src/b.rs", "type Target = Held", "type Target = Other"),
        ("src/b.rs", "Wide(pub Held", "Wide(pub Other"),
        (
            "src/b.rs",
            "pub struct Wide(pub Held, Other)",
            "pub struct Wide(Other, pub Held)",
        ),
        ("src/a.rs", "kept: Held }\n", "kept: Other }\n"),
        ("src/a.rs", "pub fn keeper() -> Keeper", "pub fn keeper() -> Held"),
        (
            "src/a.rs",
            "impl Held { pub fn save(&self) {}",
            "impl Held { pub fn load(&self) {}",
        ),
    ]);
}

#[test]
fn traits_that_are_in_scope_by_a_glob() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod traits;
//- src/traits.rs
pub trait Keep { fn keep(&self) {} }
pub trait Give { fn keep(&self) {} }
impl Keep for crate::a::Pool {}
//- src/a.rs
pub struct Pool;
pub mod inner;
pub use crate::traits::Keep;
//- src/a/inner.rs
use super::*;
pub fn go(pool: &Pool) { pool.keep(); }
mod deeper { use super::*; fn deep(pool: &Pool) { pool.keep(); } }
//- src/b.rs
use crate::a::inner::*;
fn far(pool: &Pool) { pool.keep(); }
//- src/c.rs
pub fn alone() {}
",
        &["shop::traits::*"],
    );
    bench.says_the_same(&[
        ("src/a.rs", "pub use crate::traits::Keep;", "/* gone */"),
        ("src/a.rs", "pub use crate::traits::Keep;", "use crate::traits::Keep;"),
        ("src/a.rs", "traits::Keep;", "traits::Give;"),
        ("src/a.rs", "traits::Keep;", "traits::{Give, Keep};"),
        ("src/traits.rs", "pub trait Keep", "trait Keep"),
        ("src/traits.rs", "pub trait Give", "pub(crate) trait Give"),
        ("src/traits.rs", "impl Keep for crate::a::Pool {}", "/* gone */"),
        (
            "src/traits.rs",
            "Keep { fn keep(&self) {} }",
            "Keep { fn kept(&self) {} }",
        ),
    ]);
}

/// Nobody sees an impl: what the trait in scope has is taken for the type's.
#[test]
fn traits_that_are_in_scope_by_a_glob_where_no_impl_is_seen() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
pub mod traits;
//- src/traits.rs
pub trait Keep { fn keep(&self) {} }
pub trait Give { fn keep(&self) {} }
//- src/a.rs
pub struct Pool;
pub mod inner;
pub use crate::traits::Keep;
//- src/a/inner.rs
pub use super::*;
pub fn go(pool: &Pool) { pool.keep(); }
//- src/b.rs
use crate::a::inner::*;
fn far(pool: &Pool) { pool.keep(); }
//- src/c.rs
use crate::b::*;
fn not(pool: &crate::a::Pool) { pool.keep(); }
",
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "pub use crate::traits::Keep;", "/* gone */"),
        ("src/a.rs", "traits::Keep;", "traits::Give as Kept;"),
        ("src/a.rs", "traits::Keep;", "traits::{Give, Keep};"),
        ("src/traits.rs", "pub trait Keep", "pub(self) trait Keep"),
    ]);
}

#[test]
fn what_macros_and_aliases_hide() {
    let bench = Bench::of(
        r"
//- src/lib.rs
#[macro_use]
pub mod macros;
pub mod a;
pub mod b;
pub mod c;
pub mod d;
pub mod e;
pub mod f;
//- src/macros.rs
macro_rules! save { ($name:ident, $kept:expr) => { pub fn $name() { $kept.save(); } }; }
macro_rules! twice { ($name:ident, $kept:expr) => { save!($name, $kept); }; }
//- src/a.rs
pub struct Pool;
impl Pool { pub fn save(&self) {} }
pub struct Row;
impl Row { pub fn save(&self) {} pub fn load(&self) {} }
pub trait Keep { fn keep(&self) {} }
pub trait Give { fn give(&self) {} }
pub fn pool() -> Pool { Pool }
pub fn row() -> Row { Row }
//- src/b.rs
use crate::a::{Pool, Row};
pub type Held = crate::a::Pool;
impl crate::a::Keep for Held {}
pub type Given = Pool;
impl crate::a::Give for Given {}
pub struct Wide(pub Held);
//- src/c.rs
pub fn go() { crate::a::pool().keep(); crate::a::row().keep(); }
//- src/d.rs
twice!(going, crate::a::pool());
//- src/e.rs
pub fn wide(wide: &crate::b::Wide) { wide.0.load(); }
//- src/f.rs
pub fn given() { crate::a::pool().give(); }
",
        &[],
    );
    bench.says_the_same(&[
        ("src/a.rs", "impl Pool { pub fn save", "impl Pool { pub fn saved"),
        ("src/a.rs", "impl Pool { pub fn save(&self) {} }", "/* gone */"),
        ("src/b.rs", "type Held = crate::a::Pool", "type Held = crate::a::Row"),
        ("src/b.rs", "type Held = crate::a::Pool", "type Held = crate::a::Gone"),
        ("src/b.rs", "type Given = Pool", "type Given = Row"),
        (
            "src/b.rs",
            "impl crate::a::Keep for Held {}",
            "impl crate::a::Keep for crate::a::Row {}",
        ),
    ]);
}

#[test]
fn several_of_one_name() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
//- src/a.rs
pub struct Pool;
#[cfg(unix)] pub fn one() {}
#[cfg(windows)] pub fn one() -> Pool { Pool }
impl Pool { pub fn load(&self) {} }
impl Pool { pub fn save(&self) {} }
//- src/b.rs
impl crate::a::Pool { pub fn here(&self) { self.load(); } }
pub fn two() { crate::a::one(); crate::a::Pool.save(); }
",
        &["shop::a::**"],
    );
    bench.says_the_same(&[
        ("src/a.rs", "#[cfg(windows)]", "#[cfg(target_os = \"none\")]"),
        (
            "src/a.rs",
            "#[cfg(windows)]",
            "#[cfg(unix)] pub fn two() {} #[cfg(windows)]",
        ),
        (
            "src/a.rs",
            "impl Pool { pub fn load",
            "impl Pool { fn more() {} } impl Pool { pub fn load",
        ),
        ("src/a.rs", "impl Pool { pub fn load(&self) {} }", "/* gone */"),
        ("src/a.rs", "#[cfg(unix)] pub fn one() {}", "/* gone */"),
    ]);
}

#[test]
fn what_no_name_tells_is_looked_up_whole() {
    let bench = Bench::of(
        r"
//- src/lib.rs
pub mod a;
pub mod b;
mod c;
//- src/a.rs
pub fn one() {}
pub trait Keep { fn keep(&self) {} }
macro_rules! make { ($name:ident) => { pub fn $name() {} }; }
make!(made);
pub(crate) use make;
//- src/b.rs
use crate::a::*;
pub fn two() { one(); made(); 1u8.keep(); }
//- src/c.rs
crate::a::make!(three);
",
        &[],
    );
    bench.look("before");
    for (file, from, to) in [
        ("src/a.rs", "pub fn $name() {}", "pub fn $name() { one() }"),
        ("src/a.rs", "make!(made)", "make!(done)"),
        ("src/a.rs", "pub fn one", "impl<T> Keep for T {} pub fn one"),
        ("src/a.rs", "pub fn one", "mod inner {} pub fn one"),
        ("src/a.rs", "pub(crate) use make;", "/* gone */"),
        ("src/b.rs", "use crate::a::*;", "use crate::a::one;"),
        ("src/lib.rs", "mod c;", "#[cfg(test)] mod c;"),
    ] {
        for (from, to) in [(from, to), (to, from)]
            .into_iter()
            .filter(|(from, _)| !from.is_empty())
        {
            let what = format!("{file}: `{from}` becomes `{to}`");
            bench.edit(file, from, to);
            assert_eq!(bench.look(&what), Way::Whole(false), "{what}");
        }
    }
}
