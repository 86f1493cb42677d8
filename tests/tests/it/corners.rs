//! Decisions that no other fixture holds fast: each of these was taken out once, and only the test here turned red.

use crate::harness::check;

#[test]
fn a_branch_of_cfg_if_puts_its_cfg_on_what_it_holds() {
    check(
        r"
//- src/lib.rs
pub fn g() {}
cfg_if::cfg_if! {
    if #[cfg(unix)] {
        fn f() { g(); }
//               ^ call shop::g cfg unix
    } else {
        fn f() { g(); }
//               ^ call shop::g cfg not(any(unix))
    }
}
//- registry/cfg-if/src/lib.rs
",
    );
}

#[test]
fn a_name_under_a_cfg_does_not_hide_what_a_glob_brings() {
    check(
        r"
//- src/lib.rs
mod a { pub fn run() {} }
mod b { pub fn run() {} }
use a::*;
#[cfg(unix)]
use b::run;
fn f() { run(); }
//       ^^^ call shop::a::run
//       ^^^ call shop::b::run
",
    );
}

#[test]
fn of_two_macros_under_cfgs_the_one_that_keeps_the_code_counts() {
    check(
        r#"
//- src/lib.rs
#[cfg(feature = "rt")]
macro_rules! gate { ($($token:tt)*) => { $($token)* }; }
#[cfg(not(feature = "rt"))]
macro_rules! gate { ($($token:tt)*) => {}; }
gate! { pub fn made() {} }
fn f() { made(); }
//       ^^^^ call shop::made
"#,
    );
}

#[test]
fn what_calls_itself_through_a_macro_does_not_inherit_itself() {
    check(
        r"
//- src/lib.rs
macro_rules! again { () => { run() }; }
fn run() { again!(); }
//         ^^^^^ macro shop::again
",
    );
}

#[test]
fn a_method_among_unknown_tokens_is_no_function_of_its_name() {
    check(
        r"
//- src/lib.rs
fn query() {}
macro_rules! select { ($($token:tt)*) => {}; }
fn f() { select!(a => b.query()); }
//                      ^^^^^ nothing
fn g() { select!(a => query()); }
//                    ^^^^^ call shop::query
",
    );
}

#[test]
fn self_in_a_macros_body_is_of_whoever_the_impl_is_made_for() {
    check(
        r"
//- src/lib.rs
struct Row;
impl Row { fn b() {} }
macro_rules! make { ($name:ident) => { impl $name { fn a() { Self::b(); } } }; }
    make!(Row);
//  ^^^^ macro shop::make
//  ^^^^ call shop::Row::b
",
    );
}

#[test]
fn what_an_expansion_declares_and_uses_itself_is_its_own_use_too() {
    check(
        r"
//- src/lib.rs
macro_rules! make { ($name:ident) => { mod made { pub fn g() {} } pub fn $name() { made::g(); } }; }
    make!(f);
//  ^^^^ macro shop::make
//  ^^^^ call shop::made::g
//  ^^^^ call shop::made::g via shop::make
",
    );
}

#[test]
fn a_file_of_another_configuration_may_be_absent() {
    check(
        r#"
//- src/lib.rs
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;
//- src/unix.rs
"#,
    );
}

#[cfg(unix)]
#[test]
fn a_path_through_a_link_leads_where_the_file_system_says() {
    check(
        r#"
//- src/lib.rs
#[path = "link/../code.rs"]
mod code;
fn f() { code::g(); }
//       ^^^^^^^ call shop::code::g
//- other/code.rs
pub fn g() {}
//- other/deep/unused.txt
//- src/link link=../other/deep
"#,
    );
}
