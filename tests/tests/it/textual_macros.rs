//! Textual order and scope of `macro_rules!`, and the path of an exported one.

use archguard_invariants::graph::ItemKind;

use crate::harness::check;

#[test]
fn a_later_definition_shadows_the_earlier_for_what_follows() {
    let checked = check(
        r"
//- registry/driver/src/lib.rs
pub fn first() {}
pub fn second() {}
//- src/lib.rs
macro_rules! m { () => { driver::first() }; }
fn a() { m!(); }
//       ^ macro shop::m; call driver::first via shop::m
mod inline { fn b() { m!(); } }
//                    ^ macro shop::m; call driver::first via shop::m
mod before;
macro_rules! m { () => { driver::second() }; }
fn c() { m!(); }
//       ^ macro shop::m; call driver::second via shop::m
mod after;
//- src/before.rs
fn d() { m!(); }
//       ^ macro shop::m; call driver::first via shop::m
//- src/after.rs
fn e() { m!(); }
//       ^ macro shop::m; call driver::second via shop::m
",
    );
    for (file, expected) in [("src/before.rs", 2), ("src/after.rs", 2)] {
        assert_eq!(checked.references_in(file).len(), expected, "{file}");
    }
    let calls = checked.references_in("src/lib.rs");
    assert_eq!(
        calls.iter().filter(|call| call.starts_with("2: ")).count(),
        2,
        "{calls:#?}"
    );
    assert_eq!(
        calls.iter().filter(|call| call.starts_with("8: ")).count(),
        2,
        "{calls:#?}"
    );
}

#[test]
fn a_definition_under_a_cfg_shadows_nothing_for_sure() {
    let checked = check(
        r"
//- registry/driver/src/lib.rs
pub fn first() {}
pub fn second() {}
//- src/lib.rs
#[cfg(a)] macro_rules! m { () => { driver::first() }; }
#[cfg(not(a))] macro_rules! m { () => { driver::second() }; }
mod user;
//- src/user.rs
fn f() { m!(); }
//       ^ macro shop::m; macro shop::m; call driver::first via shop::m; call driver::second via shop::m
",
    );
    assert_eq!(checked.references_in("src/user.rs").len(), 4);
}

#[test]
fn an_item_macro_is_expanded_by_the_definition_before_it() {
    let checked = check(
        r"
//- src/lib.rs
macro_rules! make { ($name:ident) => { pub struct $name; }; }
make!(First);
macro_rules! make { ($name:ident) => { pub mod $name { pub struct A; pub struct B; } }; }
make!(second);
fn f(first: First) -> second::B { todo!() }
//          ^^^^^ type shop::First
//                    ^^^^^^^^^ type shop::second::B
",
    );
    let first = checked.graph.items().find(|(_, item)| &*item.path == "shop::First");
    assert_eq!(first.map(|(_, item)| item.kind), Some(ItemKind::Struct));
}

#[test]
fn a_macro_of_a_module_without_macro_use_ends_with_it() {
    check(
        r"
//- src/lib.rs
mod a { macro_rules! inner { () => {}; } fn f() { inner!(); } mod deep { fn g() { inner!(); } } }
//                                                ^^^^^ macro shop::a::inner
//                                                                                ^^^^^ macro shop::a::inner
fn h() { inner!(); }
//       ^^^^^ unresolved inner unknown-name
mod b { #[macro_export] macro_rules! exported { () => { driver() }; } }
fn i() { crate::exported!(); }
//       ^^^^^^^^^^^^^^^ macro shop::exported
",
    );
}
