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
[dependencies]
syntax = "1"
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

const REPOSITORY: &str = r#"
//- registry/bridge/Cargo.toml
[package]
name = "bridge"
repository = "https://example.org/bridge"
[dependencies]
spans = "1"
//- registry/bridge/src/lib.rs
pub fn cross() {}
pub use spans::*;
//- registry/spans/Cargo.toml
[package]
name = "spans"
repository = "https://example.org/bridge.git"
[dependencies]
cables = "1"
//- registry/spans/src/lib.rs
pub fn span() {}
pub use cables::hang;
//- registry/cables/Cargo.toml
[package]
name = "cables"
repository = "https://example.org/bridge/tree/main/cables"
//- registry/cables/src/lib.rs
pub fn hang() {}
"#;

fn under_rule(rule: &str, code: &str) {
    judge(&format!(
        "//- archguard.toml\nversion = 1\n[components]\nshop = \"shop\"\n{rule}\n{REPOSITORY}\n//- src/lib.rs\n{code}"
    ));
}

#[test]
fn a_crate_of_a_repository_does_not_count_as_one_that_it_does_not_know() {
    under_rule(
        "[[forbid]]\nid = \"no-spans\"\nuse = \"spans\"",
        r"
fn a() { bridge::cross(); }
fn b() { spans::span(); }
//       ^^^^^^^^^^^ error[no-spans/forbidden-use]
fn c() { cables::hang(); }
//       ^^^^^^^^^^^^ error[no-spans/forbidden-use]
",
    );
    // By way of another of the repository too.
    under_rule(
        "[[forbid]]\nid = \"no-bridge\"\nuse = \"bridge\"",
        r"
fn c() { cables::hang(); }
//       ^^^^^^^^^^^^ error[no-bridge/forbidden-use]
",
    );
}

#[test]
fn what_is_taken_out_of_a_rule_takes_nothing_out_that_stands_above_it() {
    under_rule(
        "[[forbid]]\nid = \"no-bridge\"\nuse = [\"bridge\", \"!cables\"]",
        r"
fn a() { bridge::cross(); }
//       ^^^^^^^^^^^^^ error[no-bridge/forbidden-use]
fn b() { spans::span(); }
//       ^^^^^^^^^^^ error[no-bridge/forbidden-use]
fn c() { cables::hang(); }
",
    );
}

#[test]
fn a_crate_that_may_be_used_lets_nothing_in_that_stands_above_it() {
    judge(&format!(
        "//- archguard.toml\nversion = 1\n[components]\nshop = {{ paths = \"shop\", crates = [\"cables\"] }}\n{REPOSITORY}\n//- src/lib.rs\n{}",
        r"
fn a() { bridge::cross(); }
//       ^^^^^^^^^^^^^ error[component.shop.crates/crate-not-allowed]
fn c() { cables::hang(); }
"
    ));
}
