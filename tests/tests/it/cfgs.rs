//! Every cfg at once; a reference carries its own.

use crate::harness::check;

#[test]
fn code_under_every_cfg_is_read() {
    check(
        r#"
//- src/lib.rs
#[cfg(target_os = "windows")]
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read cfg target_os = "windows"
#[cfg(not(clippy))]
fn g() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read cfg not(clippy)
#[cfg(feature = "off-by-default")]
mod m { #[cfg(unix)] fn h() { std::fs::read(0); } }
//                            ^^^^^^^^^^^^^ call std::fs::read cfg all(feature = "off-by-default", unix)
#[cfg(false)]
fn never() { std::fs::read(0); }
//           ^^^^^^^^^^^^^ call std::fs::read cfg false
"#,
    );
}

#[test]
fn on_statements_expressions_fields_arms_and_imports() {
    check(
        r"
//- src/lib.rs
#[cfg(unix)] use std::fs::read;
//               ^^^^^^^^^^^^^ import std::fs::read cfg unix
struct Row { #[cfg(unix)] file: std::fs::File }
//                              ^^^^^^^^^^^^^ type std::fs::File cfg unix
enum Kind { #[cfg(unix)] A(std::fs::File) }
//                         ^^^^^^^^^^^^^ type std::fs::File cfg unix
fn f(x: u8, #[cfg(unix)] y: std::fs::File) {
//                          ^^^^^^^^^^^^^ type std::fs::File cfg unix
    #[cfg(windows)] let z = std::fs::read(0);
//                          ^^^^^^^^^^^^^ call std::fs::read cfg windows
    #[cfg(windows)] { std::fs::write(0); }
//                    ^^^^^^^^^^^^^^ call std::fs::write cfg windows
    match x { #[cfg(windows)] 1 => std::fs::copy(0), _ => () }
//                                 ^^^^^^^^^^^^^ call std::fs::copy cfg windows
}
impl Row { #[cfg(unix)] fn g() { std::fs::read(0) } }
//                               ^^^^^^^^^^^^^ call std::fs::read cfg unix
",
    );
}

#[test]
fn a_parents_cfg_reaches_into_files() {
    check(
        r#"
//- src/lib.rs
#[cfg(unix)]
mod a;
//- src/a.rs
mod b;
//- src/a/b.rs
#![cfg(feature = "x")]
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read cfg all(unix, feature = "x")
"#,
    );
}

#[test]
fn the_same_name_under_two_cfgs_leads_to_both() {
    check(
        r"
//- src/lib.rs
#[cfg(unix)] use std::fs::read as run;
#[cfg(not(unix))] use std::fs::write as run;
#[cfg(unix)] pub fn go() {}
#[cfg(not(unix))] pub fn go() {}
fn f() { run(); go(); }
//       ^^^ call std::fs::read; call std::fs::write
//              ^^ call shop::go; call shop::go
",
    );
}

/// Met in bitflags: under a feature that no build turns on, a macro makes what refers to a crate that is not there.
#[test]
fn a_dependency_is_read_with_the_features_that_cargo_turns_on() {
    check(
        r#"
//- registry/flags/Cargo.toml
[package]
name = "flags"
version = "1.0.0"
edition = "2021"
metadata.enabled = ["std"]
//- registry/flags/src/lib.rs
#[cfg(feature = "serde")]
#[macro_export]
macro_rules! flags { ($name:ident) => { pub struct $name; impl $crate::serde::Serialize for $name {} }; }
#[cfg(not(feature = "serde"))]
#[macro_export]
macro_rules! flags { ($name:ident) => { pub struct $name; }; }
#[cfg(feature = "serde")]
pub use serde;
#[cfg(all(feature = "std", not(test)))]
pub fn there() {}
#[cfg(any(test, feature = "serde"))]
pub fn gone() {}
#[cfg(some_build_script_says_so)]
pub fn perhaps() {}
//- src/lib.rs
flags::flags!(Own);
fn f() { flags::there(); flags::gone(); flags::perhaps(); }
//       ^^^^^^^^^^^^ call flags::there
//                       ^^^^^^^^^^^ unresolved flags::gone not-in-module; call flags
//                                      ^^^^^^^^^^^^^^ call flags::perhaps
"#,
    );
}
