//! What is no reference: documentation, strings, comments, `include_str!`, `mod` lines, visibility paths.

use crate::harness::check;

#[test]
fn documentation_strings_and_comments() {
    let checked = check(
        r#"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
//! driver::query in the crate's documentation.
//! ```
//! use driver::query;
//! include!("nowhere.rs");
//! ```
/// See [`driver::query`], or `driver::query()`.
#[doc = "driver::query"]
pub fn f() {
    // driver::query();
    /* driver::query(); /* nested driver::query() */ */
    let _ = "driver::query()";
    let _ = r"driver::query()";
    let _ = b"driver::query()";
    let _ = c"driver::query()";
    let _ = 'd';
}
#[deprecated(note = "use driver::query")]
pub fn g() {}
"#,
    );
    assert_eq!(checked.references_in("src/lib.rs"), Vec::<String>::new());
}

#[test]
fn the_control_of_the_bypasses_is_silent() {
    let checked = check(
        r#"
//- registry/sqlx/src/lib.rs
pub fn query() {}
//- src/lib.rs
//! sqlx::query("..") is not called here; see `include!("sqlx.rs")`.
pub fn sqlx() -> &'static str { "sqlx::query(\"select 1\")" }
pub struct Settings { pub sqlx: u8 }
pub fn f(settings: Settings) -> u8 { let query = settings.sqlx; query }
//                                                        ^^^^ field shop::Settings inferred
//                                       ^^^^^ nothing
"#,
    );
    let into_driver: Vec<String> = checked
        .references_in("src/lib.rs")
        .into_iter()
        .filter(|reference| reference.contains(" sqlx"))
        .collect();
    assert_eq!(into_driver, Vec::<String>::new());
}

#[test]
fn included_text_is_no_code() {
    let checked = check(
        r#"
//- src/lib.rs
const A: &str = include_str!("text.rs");
const B: &[u8] = include_bytes!("text.rs");
//- src/text.rs
fn f() { std::fs::read(0); }
"#,
    );
    assert_eq!(checked.references_in("src/text.rs"), Vec::<String>::new());
    checked.orphans_are(&["src/text.rs"]);
}

#[test]
fn mod_lines_and_visibility_paths() {
    check(
        r"
//- src/lib.rs
mod db {
//  ^^ nothing
    pub(crate) fn a() {}
//      ^^^^^ nothing
    pub(in crate::db) fn b() {}
//         ^^^^^^^^^ nothing
    pub(super) struct S { pub(in super::db) x: u8 }
//      ^^^^^ nothing
//                               ^^^^^^^^^ nothing
}
mod file;
//  ^^^^ nothing
//- src/file.rs
",
    );
}

#[test]
fn lifetimes_labels_and_built_in_attributes() {
    check(
        r#"
//- src/lib.rs
pub mod inline {}
pub mod outer {}
#[inline]
//^^^^^^ nothing
#[must_use = "driver::query"]
pub fn f<'outer>(x: &'outer u8) -> u8 {
//        ^^^^^ nothing
    'outer: loop { break 'outer; }
//   ^^^^^ nothing
    *x
}
#[allow(clippy::pedantic)]
//      ^^^^^^^^^^^^^^^^ nothing
#[cfg(outer)]
//    ^^^^^ nothing
#[rustfmt::skip]
//^^^^^^^^^^^^^ nothing
pub fn g() {}
"#,
    );
}

#[test]
fn names_in_stringify_and_its_like_are_text() {
    check(
        r#"
//- src/lib.rs
pub mod db { pub fn query() {} }
fn f() {
    let _ = stringify!(crate::db::query());
//                     ^^^^^^^^^^^^^^^^ nothing
    let _ = concat!("db::query", 1);
    let _ = env!("PATH");
    let _ = cfg!(db);
//               ^^ nothing
    let _ = module_path!();
    let _ = compile_error!("db::query");
}
"#,
    );
}

#[test]
fn a_local_may_begin_with_a_capital() {
    let checked = check(
        r"
//- src/lib.rs
pub const LIMIT: i32 = 1;
pub const Z: i32 = 2;
pub fn f(cusp: [i32; 2]) -> i32 {
    let L = cusp[0];
    let mut Z = cusp[1];
    Z += L;
//  ^ nothing
//       ^ nothing
    match L {
        LIMIT => LIMIT,
//      ^^^^^ pattern shop::LIMIT
//               ^^^^^ path shop::LIMIT
        N if N > L => N + Z,
//                    ^ nothing
//                        ^ nothing
        _ => [1].map(|K| K + L)[0],
//                       ^ nothing
    }
}
pub fn g() -> i32 { Z + missing::L }
//                  ^ path shop::Z
//                      ^^^^^^^^^^ unresolved missing::L unknown-name
",
    );
    checked.unresolved_are(&["missing::L unknown-name"]);
}

#[test]
fn an_attribute_beneath_a_macro_may_be_one_that_the_macro_takes_away() {
    check(
        r#"
//- registry/rstest/Cargo.toml
[package]
name = 'rstest'
[lib]
proc-macro = true
//- registry/rstest/src/lib.rs
#[proc_macro_attribute]
pub fn rstest(_: u8, _: u8) -> u8 { 0 }
#[proc_macro_attribute]
pub fn keep(_: u8, _: u8) -> u8 { 0 }
//- registry/infra/src/lib.rs
pub mod made { include!(concat!(env!("OUT_DIR"), "/made.rs")); }
//- src/lib.rs
use rstest::rstest;
#[rstest]
#[case::empty(1)]
//^^^^^^^^^^^ nothing
#[rstest::keep]
//^^^^^^^^^^^^ attribute rstest::keep dev
#[infra::made::keep]
//^^^^^^^^^^^^^^^^^ unresolved infra::made::keep pending-code; attribute infra::made dev
fn f(#[case] number: u8) {}
#[case::empty]
//^^^^^^^^^^^ unresolved case::empty unknown-name
#[rstest]
#[inline]
fn g() {}
#[inline]
#[test]
#[rustfmt::skip]
#[case::empty]
//^^^^^^^^^^^ unresolved case::empty unknown-name
fn h() {}
"#,
    );
}
