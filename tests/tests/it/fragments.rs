//! Packages' own policy files: they narrow what the workspace's allows, for the package's code alone.

use archguard_invariants::problem::{ProblemCode, ProblemPlace};

use crate::harness::{judge, judged};

const ROOT: &str = r#"
//- archguard.toml
version = 1
[components]
http = { paths = "web", uses = ["domain", "persistence"], crates = ["axum", "serde"] }
batch = { paths = "jobs", uses = ["domain", "persistence"] }
domain = "domain"
persistence = "store"
//- registry/axum/src/lib.rs
pub struct Router;
//- registry/serde/src/lib.rs
pub struct Error;
//- registry/sqlx/src/lib.rs
pub struct Pool;
//- domain/src/lib.rs
pub fn order() {}
//- store/src/lib.rs
pub fn load() {}
"#;

#[test]
fn the_rules_of_a_fragment_speak_of_its_package_alone() {
    judge(&format!(
        "{ROOT}{}",
        r#"
//- web/archguard.toml
version = 1
[[forbid]]
id = "no-files-in-web"
use = "std::fs"
[[acyclic]]
id = "no-cycles-in-web"
among = "modules"
//- web/src/lib.rs
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ error[no-files-in-web/forbidden-use]
mod a { pub fn f() { super::b::g(); } }
//                   ^^^^^^^^^^^ error[no-cycles-in-web/dependency-cycle]
mod b { pub fn g() { super::a::f(); } }
//- jobs/src/lib.rs
fn f() { std::fs::read(0); }
mod a { pub fn f() { super::b::g(); } }
mod b { pub fn g() { super::a::f(); } }
"#
    ));
}

#[test]
fn uses_and_crates_of_a_fragment_narrow_what_the_components_may_use() {
    let judged = judge(&format!(
        "{ROOT}{}",
        r#"
//- web/archguard.toml
version = 1
uses = ["domain"]
crates = ["serde"]
//- web/src/lib.rs
fn f() { domain::order(); store::load(); }
//                        ^^^^^^^^^^^ error[package.web.uses/undeclared-dependency]
fn g(_: axum::Router, _: serde::Error, _: std::fs::File) {}
//      ^^^^^^^^^^^^ error[package.web.crates/crate-not-allowed]
fn h(_: sqlx::Pool) {}
//      ^^^^^^^^^^ error[component.http.crates/crate-not-allowed]
//- jobs/src/lib.rs
fn f(_: axum::Router) { domain::order(); store::load(); }
"#
    ));
    let messages: Vec<&str> = judged.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages[..2],
        [
            "`web::f` calls `store::load`, but the package's own `uses` leaves `persistence` out",
            "`web::g` names `axum::Router`, but the package `web` does not list the crate `axum` in its `crates`",
        ]
    );
    let span = judged.findings[0].policy_span.expect("it has a declaration");
    let (file, span) = judged.texts.locate(span);
    assert_eq!(
        (&*file.file, &file.text[span.start..span.end]),
        ("web/archguard.toml", "[\"domain\"]")
    );
}

#[test]
fn what_the_workspace_does_not_allow_a_fragment_cannot() {
    let judged = judged(&format!(
        "{ROOT}{}",
        r#"
//- web/archguard.toml
version = 1
uses = ["domain", "batch"]
crates = ["serde", "sqlx"]
//- web/src/lib.rs
fn f() { jobs::run(); }
//- jobs/archguard.toml
version = 1
crates = ["sqlx"]
//- jobs/src/lib.rs
pub fn run() {}
"#
    ));
    let problems: Vec<_> = judged
        .problems
        .iter()
        .map(|problem| {
            let ProblemPlace::Policy(span) = problem.place else {
                panic!("it has a place")
            };
            let (file, span) = judged.texts.locate(span);
            (
                problem.code,
                &*file.file,
                &file.text[span.start..span.end],
                problem.message.as_str(),
            )
        })
        .collect();
    assert_eq!(
        problems,
        [
            (
                ProblemCode::PolicyConflict,
                "web/archguard.toml",
                "\"batch\"",
                "the policy of package `web` lets its code use `batch`, which the workspace's policy does not: a package can only narrow"
            ),
            (
                ProblemCode::PolicyConflict,
                "web/archguard.toml",
                "\"sqlx\"",
                "the policy of package `web` lets its code use the crate `sqlx`, which the workspace's policy does not: a package can only narrow"
            ),
        ]
    );
    assert_eq!(judged.lints(), ["undeclared-dependency"]);
}
