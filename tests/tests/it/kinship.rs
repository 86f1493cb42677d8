//! A crate that a rule covers without naming it: the message says why.

use crate::harness::{Judged, judge};

fn messages(judged: &Judged) -> Vec<&str> {
    judged.findings.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn a_crate_of_the_same_repository_says_whose_it_is() {
    let judged = judge(
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[forbid]]
id  = "no-automata"
use = "automata"
//- registry/automata/Cargo.toml
[package]
name = "automata"
repository = "https://example.org/automata"
//- registry/automata/src/lib.rs
pub fn run() {}
pub use syntax::parse;
//- registry/automata-core/Cargo.toml
[package]
name = "automata-core"
//- registry/automata-core/src/lib.rs
pub fn run() {}
//- registry/syntax/Cargo.toml
[package]
name = "syntax"
repository = "https://example.org/automata"
//- registry/syntax/src/lib.rs
pub fn parse() {}
//- src/lib.rs
fn a() { syntax::parse(); }
//       ^^^^^^^^^^^^^ error[no-automata/forbidden-use]
fn b() { automata::parse(); }
//       ^^^^^^^^^^^^^^^ error[no-automata/forbidden-use]
fn c() { automata::run(); }
//       ^^^^^^^^^^^^^ error[no-automata/forbidden-use]
fn d() { automata_core::run(); }
//       ^^^^^^^^^^^^^^^^^^ error[no-automata/forbidden-use]
"#,
    );
    assert_eq!(
        messages(&judged),
        [
            "`shop::a` calls `syntax::parse`, which `no-automata` forbids; `syntax` counts as `automata`, whose repository it comes from",
            "`shop::b` calls `automata::parse`, which `no-automata` forbids",
            "`shop::c` calls `automata::run`, which `no-automata` forbids",
            "`shop::d` calls `automata_core::run`, which `no-automata` forbids",
        ]
    );
}
