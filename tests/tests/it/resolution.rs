//! What once stayed unresolved in real workspaces, each cause in the smallest form that shows it.

use crate::harness::check;

#[test]
fn an_exported_macro_beside_a_private_module_of_its_name() {
    check(
        r"
//- registry/claims/src/lib.rs
mod assert_ok;
//- registry/claims/src/assert_ok.rs
#[macro_export]
macro_rules! assert_ok { () => {}; }
//- src/lib.rs
use claims::assert_ok;
fn f() { assert_ok!(); claims::assert_ok!(); }
//       ^^^^^^^^^ macro claims::assert_ok
//                     ^^^^^^^^^^^^^^^^^ macro claims::assert_ok
",
    );
}

#[test]
fn the_root_imports_its_own_exported_macro() {
    check(
        r"
//- src/lib.rs
mod kinds;
pub use kind_ as kind;
//      ^^^^^ import shop::kind_
fn f() { kind!(); }
//       ^^^^ macro shop::kind_
//- src/kinds.rs
#[macro_export]
macro_rules! kind_ { () => {}; }
",
    );
}

#[test]
fn an_inner_macro_is_one_of_the_macros_own_crate() {
    check(
        r"
//- registry/forward/src/lib.rs
#[macro_export(local_inner_macros)]
macro_rules! outer { ($name:ident) => { inner!($name); }; }
#[macro_export]
macro_rules! inner { ($name:ident) => { pub fn $name() {} }; }
//- src/lib.rs
forward::outer!(made);
fn f() { made(); }
//       ^^^^ call shop::made
",
    );
}

#[test]
fn macro_arguments_may_be_types() {
    check(
        r"
//- src/lib.rs
pub struct Row { pub id: u32 }
macro_rules! check { ($($t:tt)*) => {}; }
fn f() { check!(Row, 1); check!(Row & Send); }
//              ^^^ path shop::Row
//                              ^^^ path shop::Row
//                                    ^^^^ path core::marker::Send written core::marker::Send
",
    );
}

#[test]
fn a_word_of_a_macros_own_language_is_no_path() {
    check(
        r"
//- src/lib.rs
macro_rules! hit { ($($t:tt)*) => {}; }
fn f() {
    hit!(some_word);
//       ^^^^^^^^^ nothing
    hit!(some::path);
//       ^^^^^^^^^^ unresolved some::path unknown-name
    let _ = cfg!(windows);
//               ^^^^^^^ nothing
}
",
    );
}

#[test]
fn a_generic_argument_may_be_a_constant() {
    check(
        r"
//- src/lib.rs
pub const SIZE: usize = 4;
pub struct Buffer<const N: usize>;
pub fn f(_: Buffer<SIZE>) {}
//                 ^^^^ type shop::SIZE
",
    );
}

#[test]
fn a_parameter_binds_what_its_inner_pattern_binds() {
    check(
        r"
//- src/lib.rs
pub struct Context { pub row: u32 }
pub fn f(whole @ Context { row, .. }: Context) -> u32 { let _ = whole; row }
//                                                                     ^^^ nothing
",
    );
}

#[test]
fn a_macro_in_a_block_declares_items_there() {
    check(
        r"
//- src/lib.rs
macro_rules! make { ($(pub struct $name:ident;)*) => { $(pub struct $name;)* }; }
fn f() {
    make! { pub struct Row; }
    let _ = Row;
//          ^^^ path shop::f::Row
}
",
    );
}

#[test]
fn members_made_by_a_macro_see_the_type_parameters_of_their_impl() {
    check(
        r"
//- src/lib.rs
pub struct Rows<T>(T);
macro_rules! getter { ($name:ident, $ty:ty) => { pub fn $name(&self) -> &$ty { &self.0 } }; }
impl<T> Rows<T> {
    getter!(first, T);
//                 ^ nothing
}
",
    );
}

#[test]
fn an_empty_visibility_passes_through_inner_macros() {
    check(
        r"
//- src/lib.rs
macro_rules! outer { ($vis:vis struct $name:ident) => { inner! { [$name] [$vis] } }; }
macro_rules! inner { ([$name:ident] [$vis:vis]) => { $vis struct $name; }; }
outer! { struct Row }
fn f() { let _ = Row; }
//               ^^^ path shop::Row
",
    );
}

/// Met in bitflags 2: `const _: () = { .. }` holds impls, and item macros that make some.
#[test]
fn impls_made_in_an_unnamed_constant_hold_everywhere() {
    check(
        r"
//- registry/flags/src/lib.rs
#[macro_export]
macro_rules! flags {
    ($name:ident: $($flag:ident),*) => {
        pub struct $name;
        const _: () = { $crate::constants! { $name: $($flag),* } };
    };
}
#[macro_export]
macro_rules! constants {
    ($name:ident: $($flag:ident),*) => { impl $name { $(pub const $flag: $name = $name;)* } };
}
flags! { Theirs: X }
//- src/lib.rs
flags::flags! { Ours: A, B }
pub struct Hand;
macro_rules! implement { ($name:ident) => { impl $name { pub fn new() -> $name { $name } } }; }
const _: () = { implement! { Hand } };
fn f() { Ours::B; Hand::new(); flags::Theirs::X; }
//       ^^^^^^^ path shop::Ours::B
//                ^^^^^^^^^ call shop::Hand::new
//                             ^^^^^^^^^^^^^^^^ path flags::Theirs::X
",
    );
}

/// Met in rust-analyzer: siblings glob each other through their parent, one makes the macro that the others invoke.
#[test]
fn item_macros_wait_for_a_macro_that_is_found_later() {
    check(
        r"
//- src/lib.rs
mod first;
pub mod maker;
mod second;
pub use first::*;
pub use maker::*;
pub use second::*;
fn f() { First::new(); Second::new(); }
//       ^^^^^^^^^^ call shop::first::First::new
//                     ^^^^^^^^^^^ call shop::second::Second::new
//- src/first.rs
use super::{make, Second};
make!(First);
fn f() { Second::new(); }
//       ^^^^^^^^^^^ call shop::second::Second::new
//- src/maker.rs
macro_rules! make { ($name:ident) => { pub struct $name; impl $name { pub fn new() {} } }; }
pub(crate) use make;
//- src/second.rs
use super::{make, First};
make!(Second);
fn f() { First::new(); }
//       ^^^^^^^^^^ call shop::first::First::new
",
    );
}

#[test]
fn imports_in_a_circle_are_counted_as_such() {
    let checked = check(
        r"
//- src/lib.rs
pub mod a { pub use crate::b::x; pub use crate::b::real; pub fn real() {} }
//                  ^^^^^^^^^^^ unresolved shop::b::x import-cycle; import shop::b
pub mod b { pub use crate::a::x; pub use crate::a::real; }
//                  ^^^^^^^^^^^ unresolved shop::a::x import-cycle; import shop::a
pub mod c { use y as z; use z as y; }
//              ^ unresolved y import-cycle
//                          ^ unresolved z import-cycle
pub mod d { use nothing; use self::nobody; use gone::gone; }
//              ^^^^^^^ unresolved nothing unknown-name
//                           ^^^^^^^^^^^^ unresolved shop::d::nobody not-in-module; import shop::d
//                                             ^^^^^^^^^^ unresolved gone::gone unknown-name
fn f() { a::x(); b::real(); }
//       ^^^^ unresolved shop::a::x import-cycle; call shop::a
//               ^^^^^^^ call shop::a::real
",
    );
    let reasons = &checked.graph.unresolved();
    assert_eq!(reasons.len(), 8);
}

/// Met in libc: an import that is looked through for a name leads back to the root, whose item macros bring the name.
#[test]
fn a_name_that_item_macros_bring_is_found_at_the_first_lookup() {
    check(
        r"
//- registry/system/src/lib.rs
pub use crate::types::*;
macro_rules! bring { ($($item:item)*) => { $($item)* }; }
bring! {
    mod types;
    mod unix;
    pub use crate::unix::*;
}
//- registry/system/src/types.rs
pub type Int = i32;
//- registry/system/src/unix.rs
pub fn getenv() {}
//- src/lib.rs
fn f() { system::getenv(); }
//       ^^^^^^^^^^^^^^ call system::unix::getenv
",
    );
}
