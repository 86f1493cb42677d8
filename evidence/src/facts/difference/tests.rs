//! Which differences names tell, and which are more.

use super::difference;
use crate::facts::extract::{Depth, extract};
use crate::facts::model::FileFacts;

fn facts(text: &str) -> FileFacts {
    let facts = extract(text, Depth::Everything);
    facts.unwrap_or_else(|error| panic!("{text}: {}", error.message))
}

/// What is different, in one line.
fn told(before: &str, now: &str) -> String {
    let Some(difference) = difference(&facts(before), &facts(now)) else {
        return "more".to_owned();
    };
    let mut names: Vec<String> = difference.names.iter().map(ToString::to_string).collect();
    names.extend(difference.imported.iter().map(|name| format!("use {name}")));
    names.sort();
    names.join(", ")
}

#[test]
fn what_names_tell_is_told_by_names() {
    for (before, now, expected) in [
        ("fn f() {}", "fn f() { g(); }", ""),
        ("fn f() {} fn g() {}", "fn g() {} fn f() {}", ""),
        ("fn f() {}", "fn f() {} fn g() {}", "g"),
        ("fn f() {}", "fn g() {}", "f, g"),
        ("fn f() {}", "pub fn f() {}", "f"),
        ("fn f() {}", "#[cfg(unix)] fn f() {}", "f"),
        ("fn f() {}", "fn f(a: A) -> B {}", "f"),
        ("fn f() { fn g() {} }", "fn f() { fn h() {} }", "g, h"),
        ("mod a { fn f() {} } mod b {}", "mod a {} mod b { fn f() {} }", "f"),
        (
            "#[cfg(unix)] fn f() {} #[cfg(windows)] fn f() {}",
            "#[cfg(windows)] fn f() {} #[cfg(unix)] fn f() {}",
            "f",
        ),
        ("struct S { a: A }", "struct S { a: A, b: B }", "b"),
        ("struct S { a: A }", "struct S { a: B }", "a"),
        ("struct S(A);", "struct S(B);", "S"),
        ("struct S;", "#[derive(Clone)] struct S;", "S"),
        ("struct S;", "#[mine] struct S;", "S"),
        ("struct S;", "struct S {}", "S"),
        ("enum E { A }", "enum E { A, B }", "B"),
        ("enum E { A { a: A } }", "enum E { A { a: B } }", "A"),
        ("type A = B;", "type A = C;", "A"),
        ("static A: B = 1;", "static A: C = 1;", "A"),
        ("impl S {}", "impl S { fn f() {} }", "f"),
        ("impl S { fn f() {} }", "impl S { fn f(&self) {} }", "f"),
        ("impl S { fn f() {} }", "#[cfg(unix)] impl S { fn f() {} }", "f"),
        ("impl S { fn f() {} }", "impl T { fn f() {} }", "f"),
        ("struct S;", "struct S; impl m::A for S { fn f() {} }", "S, f"),
        (
            "struct S; impl A for S {}",
            "struct S; impl A for S { type B = C; }",
            "B, S",
        ),
        ("trait A { fn f(); }", "pub trait A { fn f(); }", "A, f"),
        ("trait A {}", "trait A { fn f(); }", "f"),
        ("trait A {}", "trait A { type B; }", "A, B"),
        ("", "use a::b;", "use b"),
        ("", "pub use a::b;", "b"),
        ("fn f() {}", "fn f() { use a::b; }", "use b"),
        ("fn f() {}", "#[mine] fn f() {}", "f"),
    ] {
        assert_eq!(told(before, now), expected, "{before} | {now}");
    }
}

#[test]
fn what_no_name_tells_is_more() {
    for (before, now) in [
        ("mod a;", "mod b;"),
        ("mod a;", ""),
        ("mod a;", "pub mod a;"),
        ("mod a;", "#[cfg(unix)] mod a;"),
        ("mod a;", "#[path = \"b.rs\"] mod a;"),
        ("mod a;", "#[macro_use] mod a;"),
        ("mod a;", "#[mine] mod a;"),
        ("mod a { mod b; }", "#[mine] mod a { mod b; }"),
        ("macro_rules! m { () => {} }", "macro_rules! m { () => { f(); } }"),
        (
            "macro_rules! m { () => {} } mod a;",
            "mod a; macro_rules! m { () => {} }",
        ),
        ("make!(a);", "make!(b);"),
        ("make!(a);", "other!(a);"),
        ("make!(a); mod b;", "mod b; make!(a);"),
        ("impl S { make!(a); }", "impl S { make!(b); }"),
        ("include!(\"a.rs\");", "include!(\"a.rs\"); fn f() {}"),
        (
            "fn f() { include!(\"a.rs\"); }",
            "fn f() { include!(\"a.rs\"); } fn g() {}",
        ),
        ("fn f() {}", "#[unsafe(no_mangle)] fn f() {}"),
        (
            "extern \"C\" { fn f(); }",
            "extern \"C\" { #[link_name = \"g\"] fn f(); }",
        ),
        ("impl A for S {} impl B for S {}", "impl B for S {} impl A for S {}"),
        ("impl S {} impl T {}", "impl U {} impl T {} impl S {}"),
        ("trait A {} trait B {}", "trait B {} trait A {}"),
        ("use a::b;", ""),
        ("use a::b;", "use a::c;"),
        ("use a::b;", "use c::b;"),
        ("use a::b;", "pub use a::b;"),
        ("use a::*;", "use b::*;"),
        ("use a::*;", ""),
        ("use a::b as _;", ""),
        ("", "use a::b as _;"),
        ("#[b] struct S;", "use a::b; #[b] struct S;"),
        ("extern crate a;", ""),
        ("fn f() {}", "#![no_std] fn f() {}"),
        ("fn f() {}", "#![cfg(unix)] fn f() {}"),
        ("", "impl<T> A for T {}"),
        ("", "impl A for S {}"),
        (
            "impl Deref for S { type Target = A; }",
            "impl Deref for S { type Target = B; }",
        ),
        ("impl<T> A for T { type B = C; }", "impl<T> A for T { type B = D; }"),
        ("", "impl A for [u8] {}"),
        ("trait A {}", "trait A: B {}"),
    ] {
        assert_eq!(told(before, now), "more", "{before} | {now}");
    }
}
