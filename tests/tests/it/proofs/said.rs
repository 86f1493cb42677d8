//! What `prove` says of policies for one small shop.

use archguard_evidence::{Options, read};
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_lints::{Outcome, Proven, Subject, prove};

use crate::harness::Fixture;

const COMPONENTS: &str = r#"
[components]
main     = ["shop::self", "bin:shop"]
http     = "shop::http"
app      = "shop::app"
auth     = { paths = "shop::auth", public = "shop::auth::sign_in" }
db       = "shop::db"
domain   = { paths = "shop::domain", uses = [], crates = ["serde"] }
features = { each = "shop::features::*" }

[[layers]]
id    = "layering"
order = ["main", ["http", "features"], "app", "auth", "db", "domain"]
"#;

const CODE: &str = r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
sqlx = "1"
serde = "1"
//- registry/sqlx/src/lib.rs
pub fn query() {}
pub struct Error;
pub mod driver { pub fn connect() {} }
#[macro_export]
macro_rules! sql { () => {} }
//- registry/serde/src/lib.rs
pub trait Serialize {}
//- src/main.rs
fn main() { shop::start(); }
//- src/lib.rs
pub mod app;
pub mod auth;
pub mod db;
pub mod domain;
pub mod features { pub mod cart { pub fn show() {} } pub mod pay { pub fn pay() {} } }
pub mod http;
#[cfg(test)]
mod testing { pub fn helper() {} }
pub fn start() {}
//- src/app.rs
pub fn run() {}
//- src/auth.rs
pub fn sign_in() {}
fn hash() {}
//- src/db.rs
pub struct Row;
pub fn load() { sqlx::query(); }
//- src/domain.rs
#[derive(serde::Serialize)]
pub struct Order;
//- src/http.rs
pub mod orders;
pub fn routes() {}
//- src/http/orders.rs
pub fn list() {}
"#;

/// What `prove` says under some rules, and what binding says.
pub(super) fn proof(rules: &str) -> (Vec<Proven>, Vec<String>) {
    proof_of(&format!("{COMPONENTS}{rules}"))
}

/// The same of a whole policy.
pub(super) fn proof_of(policy: &str) -> (Vec<Proven>, Vec<String>) {
    proof_in(&format!(
        "//- archguard.toml\nversion = 1\n{policy}\n{}",
        CODE.trim_start()
    ))
}

/// The same of a whole workspace with its policy.
pub(super) fn proof_in(text: &str) -> (Vec<Proven>, Vec<String>) {
    let fixture = Fixture::of(text);
    let policy = Policy::read_texts(&fixture.policy()).expect("the policy can be read");
    let evidence = read(&fixture.workspace, &Options::of(&policy));
    assert_eq!(evidence.problems, [], "the code can be read");
    let binding = BoundPolicy::bind(&policy, &evidence.graph);
    let proof = prove(&evidence.graph, &binding.policy);
    assert_eq!(
        proof,
        prove(&evidence.graph, &binding.policy),
        "the same input gives the same output"
    );
    assert!(proof.planted > 0);
    let problems = binding.problems.into_iter().map(|problem| problem.message);
    (proof.proven, problems.collect())
}

/// One part of a proof, on a line.
pub(super) fn told(proven: &Proven) -> String {
    let what = match proven.subject {
        Subject::Rule => "rule",
        Subject::Pattern => "pattern",
        Subject::Key => "key",
        Subject::Component => "component",
        Subject::Path => "path",
    };
    let outcome = match &proven.outcome {
        Outcome::Proved(witness) => format!("by {}", witness.lint.id()),
        Outcome::Dead(reason) => format!("dead: {reason}"),
        Outcome::Idle(reason) => format!("idle: {reason}"),
    };
    format!("{what} {}: {outcome}", proven.name)
}

/// What cannot fire.
pub(super) fn dead(proven: &[Proven]) -> Vec<String> {
    let dead = proven.iter().filter(|it| matches!(it.outcome, Outcome::Dead(_)));
    dead.map(told).collect()
}

/// What is said of each entry of a list, after the rule that has it.
pub(super) fn patterns(proven: &[Proven]) -> Vec<String> {
    let patterns = proven.iter().filter(|it| it.subject == Subject::Pattern);
    let lines = patterns.filter_map(|it| Some(format!("{} {}", it.rule.as_ref()?.as_str(), told(it))));
    lines.collect()
}

/// The same of the rules that a test declares, without what stands beside them for all tests.
pub(super) fn patterns_of_rules(proven: &[Proven]) -> Vec<String> {
    let mut lines = patterns(proven);
    lines.retain(|line| !line.starts_with("component.") && !line.starts_with("layering"));
    lines
}
