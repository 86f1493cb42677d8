//! `derive`, `attribute`, `implement`, `call`, `reference`: what the code of an item says; and rules that select nothing.

use super::{fixture, require};
use crate::harness::judged;

const SERDE: &str = r"
//- registry/serde/Cargo.toml
[package]
name = 'serde'
[lib]
proc-macro = true
//- registry/serde/src/lib.rs
#[proc_macro_derive(Serialize)]
pub fn derive(it: TokenStream) -> TokenStream { it }
#[proc_macro_attribute]
pub fn marked(a: TokenStream, it: TokenStream) -> TokenStream { it }
";

#[test]
fn derives_by_definition() {
    require(
        "items = { derive = \"serde::Serialize\" }\nmust = { derive = \"std::fmt::Debug\" }",
        &format!(
            "{SERDE}{}",
            r#"
//- src/lib.rs
use serde::Serialize as Out;
#[derive(Out)]
pub struct Bare;
//         ^^^^ error[r/requirement-unmet]
#[derive(Debug, serde::Serialize)]
pub struct Fine;
#[cfg_attr(feature = "x", derive(Out))]
#[derive(Debug)]
pub enum Sometimes {}
#[derive(Out)]
#[cfg_attr(feature = "x", derive(Debug))]
pub enum Conditional {}
//       ^^^^^^^^^^^ error[r/requirement-unmet]
pub struct Other;
"#
        ),
    );
}

#[test]
fn attributes_by_definition() {
    require(
        "items = { kind = [\"fn\", \"method\"], attribute = \"serde::marked\" }\nmust = { return = \"shop::Answer\" }",
        &format!(
            "{SERDE}{}",
            r"
//- src/lib.rs
pub struct Answer;
use serde::marked;
#[marked]
fn bad() {}
// ^^^ error[r/requirement-unmet]
#[serde::marked]
fn good() -> Answer { Answer }
fn unmarked() {}
impl Answer {
    #[marked]
    fn method() {}
    // ^^^^^^ error[r/requirement-unmet]
}
"
        ),
    );
    require(
        "items = { kind = \"struct\" }\nmust = { attribute = \"serde::marked\" }",
        &format!(
            "{SERDE}\n//- src/lib.rs\n#[serde::marked]\npub struct A;\npub struct B;\n//         ^ error[r/requirement-unmet]\n"
        ),
    );
}

#[test]
fn attributes_of_modules() {
    require(
        "items = { kind = \"module\", attribute = \"serde::marked\" }\nmust = { in = \"shop::bridges\" }",
        &format!(
            "{SERDE}{}",
            r"
//- src/lib.rs
pub mod bridges;
mod between {}
#[allow(dead_code)]
#[serde::marked(namespace = other::thing)]
mod bridge { #[serde::marked] fn inside() {} }
//  ^^^^^^ error[r/misplaced-item]
#[serde::marked] fn beside() {} mod after {}
use serde::marked;
#[marked]
mod far;
//  ^^^ error[r/misplaced-item]
//- src/bridges.rs
#[serde::marked]
mod fine {}
//- src/far.rs
fn nothing() {}
"
        ),
    );
    require(
        "items = { kind = \"module\", name = \"b_*\" }\nmust = { attribute = \"serde::marked\" }",
        &format!(
            "{SERDE}{}",
            r"
//- src/lib.rs
pub mod bridges {
    #[serde::marked]
    mod b_one {}
    mod b_two {}
    //  ^^^^^ error[r/requirement-unmet]
    #[cfg_attr(unix, serde::marked)]
    mod b_three {}
    //  ^^^^^^^ error[r/requirement-unmet]
}
"
        ),
    );
}

#[test]
fn implementations_by_hand_and_by_derive() {
    require(
        "items = { implement = \"shop::Event\" }\nmust = { implement = \"std::clone::Clone\" }",
        r"
//- src/lib.rs
pub trait Event {}
pub mod events;
//- src/events.rs
use crate::Event;
pub struct Bad;
//         ^^^ error[r/requirement-unmet]
impl Event for Bad {}
//             ^^^ error[r/requirement-unmet]
#[derive(Clone)]
pub struct Derived;
mod apart { impl crate::Event for super::Renamed {} }
//                                ^^^^^^^^^^^^^^ error[r/requirement-unmet]
pub struct ByHand;
pub type Renamed = ByHand;
impl Clone for ByHand { fn clone(&self) -> Self { ByHand } }
pub struct Neither;
",
    );
    require(
        "items = { kind = \"struct\", implement = \"shop::Event\" }\nmust = { name = \"*Event\" }",
        r"
//- src/lib.rs
pub trait Event {}
pub struct Order;
//         ^^^^^ error[r/requirement-unmet]
pub struct OrderEvent;
impl Event for Order {}
impl<T> Event for Box<T> {}
impl Event for OrderEvent {}
",
    );
}

#[test]
fn a_derive_implements_the_trait_of_its_name() {
    require(
        "items = { name = \"*Error\" }\nmust = { implement = \"std::error::Error\" }",
        r"
//- registry/thiserror/Cargo.toml
[package]
name = 'thiserror'
[lib]
proc-macro = true
//- registry/thiserror/src/lib.rs
#[proc_macro_derive(Error)]
pub fn derive(it: TokenStream) -> TokenStream { it }
//- src/lib.rs
#[derive(Debug, thiserror::Error)]
pub struct DerivedError;
#[derive(Debug)]
pub struct BareError;
//         ^^^^^^^^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn calls_of_functions_methods_and_closures() {
    require(
        "items = { kind = [\"fn\", \"closure\"], call = \"shop::db::load\" }\nmust = { call = \"shop::audit::note\" }",
        r#"
//- src/lib.rs
pub mod audit { pub struct Log; impl Log { pub fn write(&self) {} } pub fn note() {} }
pub mod db { pub fn load() {} }
use db::load;
pub fn bad() { load(); }
//     ^^^ error[r/requirement-unmet]
pub fn good() { load(); audit::note(); }
pub fn only_named() { let it = load; }
pub fn in_a_closure() {
    let good = || { load(); audit::note(); };
    let bad = || load();
    //        ^^ error[r/requirement-unmet]
    let outer = || { let inner = || load(); audit::note(); };
    //                           ^^ error[r/requirement-unmet]
}
pub fn conditionally() { load(); #[cfg(feature = "x")] audit::note(); }
//     ^^^^^^^^^^^^^ error[r/requirement-unmet]
#[cfg(feature = "x")]
pub fn altogether() { load(); audit::note(); }
pub fn in_tests() { load(); #[cfg(test)] audit::note(); }
//     ^^^^^^^^ error[r/requirement-unmet]
"#,
    );
}

#[test]
fn references_reach_into_what_is_inside() {
    require(
        "items = { kind = [\"struct\", \"module\"], reference = \"std::time\" }\nmust = { reference = \"shop::Clock\" }",
        r"
//- src/lib.rs
pub struct Clock;
pub struct Stamp { at: std::time::Instant }
//         ^^^^^ error[r/requirement-unmet]
pub struct Both { at: std::time::Instant, by: Clock }
pub struct Inside;
//         ^^^^^^ error[r/requirement-unmet]
impl Inside { pub fn now() { std::time::Instant::now(); } }
pub mod alone { pub fn wait() { let it = std::time::Duration::ZERO; } }
//      ^^^^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn what_selects_nothing_is_a_problem() {
    let code = "//- src/lib.rs\npub mod auth { pub struct User; }\n";
    let problems = |rule: &str| {
        let found = judged(&fixture(rule, code));
        let problems = found.problems.into_iter().map(|problem| problem.message);
        problems.collect::<Vec<_>>()
    };
    assert_eq!(
        problems("items = { passed_to = \"axum::routing::get\" }\nmust = { take = \"shop::auth::User\" }"),
        [
            "`items` of `r` selects nothing: no `fn`, `method` or `closure` meets it, so the rule would judge nothing; `optional = true` lets it wait"
        ]
    );
    assert_eq!(
        problems(
            "optional = true\nitems = { passed_to = \"axum::routing::get\" }\nmust = { take = \"shop::auth::User\" }"
        ),
        Vec::<String>::new()
    );
    assert_eq!(
        problems("items = { passed_to = \"axum::routing::got\" }\nmust = { take = \"shop::auth::Usr\" }"),
        [
            "`axum::routing::got` matches nothing",
            "`shop::auth::Usr` matches nothing"
        ]
    );
    assert_eq!(
        problems("items = { derive = \"diesel::Queryable\" }\nmust = { in = \"shop::auth\" }"),
        ["nothing that `r` names is there, so the rule could never find anything; `optional = true` lets it wait"]
    );
}

#[test]
fn nothing_is_demanded_of_development_code_nor_of_generated_code() {
    let code = r"
//- src/lib.rs
pub mod made;
pub struct HereRow;
//         ^^^^^^^ error[r/requirement-unmet]
#[cfg(test)]
mod tests { pub struct TestRow; }
//- src/made.rs
pub struct MadeRow;
//- tests/it.rs
pub struct TargetRow;
fn main() {}
";
    let rule = "items = { name = \"*Row\" }\nmust = { derive = \"std::fmt::Debug\" }";
    let text = fixture(rule, code).replacen("[policy]", "[policy]\ngenerated = \"src/made.rs\"", 1);
    crate::harness::judge(&text);
    let everywhere = judged(&text.replacen(rule, &format!("dev = true\n{rule}"), 1));
    assert_eq!(everywhere.findings.len(), 3, "{:#?}", everywhere.sites());
}

#[test]
fn what_is_called_in_tests_alone_selects_nothing() {
    require(
        "items = { kind = \"fn\", call = \"std::fs::read\" }\nmust = { async = true }",
        r#"
//- src/lib.rs
pub fn reads() { std::fs::read("x"); }
//     ^^^^^ error[r/requirement-unmet]
pub fn sometimes() {
//     ^^^^^^^^^ error[r/requirement-unmet]
    #[cfg(unix)]
    std::fs::read("x");
}
pub fn tested() {
    #[cfg(test)]
    std::fs::read("x");
}
"#,
    );
}
