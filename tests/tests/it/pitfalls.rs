//! How tools of this kind fail, planted. Each test here is named by what must not happen; what other tests plant already
//! is listed, not written again.
//!
//! | pitfall | planted by |
//! |---|---|
//! | a file that does not parse is skipped | `bypasses::line_43_..`, `encodings::a_file_that_does_not_parse_..` |
//! | the workspace or the policy is missing or broken | the command line's `without_a_manifest_..`, `without_a_policy_..`, `a_broken_policy_..` |
//! | the check never ran, a form is accepted and ignored | the verdict's `not_having_judged_..`, the policy's `what_comes_later_is_refused` |
//! | findings, and exit 0 | the command line's `a_breach_is_found_..`, the verdict's `only_new_errors_fail` |
//! | only `use` lines count | `bypasses`, all of it |
//! | a typo in a key is accepted | the policy's `unknown_keys_get_the_nearest` |
//! | an exception's identity is a line, a text, an order or a count | the command line's `one_breach_cannot_be_swapped_..`, of exceptions and of the baseline, `moving_code_..` |
//! | an exception covers more than meant | the command line's `an_exception_covers_no_more_than_one_finding` |
//! | a stale exception hides the violation when it comes back | the command line's `a_stale_exception_is_red_..` |
//! | documentation and strings are read as code | `not_references`, `bypasses` line 27 |
//! | a local module is taken for a crate of its name | `names::a_local_module_shadows_a_crate` |
//! | one file in several targets is reported for each | the judges' `a_file_in_several_targets_..`, the verdict's `a_file_in_two_targets_..` |
//! | orphan files are judged | `orphans::orphans_are_not_judged` |
//! | generated code is judged and not named as such | `bypasses::line_12_..`: its place begins with `out:` |
//! | modules by `#[path]`, links, cfgs, by the hundred; roots elsewhere | `module_tree` |
//! | renamed dependencies, `extern crate self`, crates as the public interface | `externs` |
//! | CRLF, empty files, files that are not Rust | `encodings`, `orphans` |

use archguard_invariants::policy::Policy;
use archguard_invariants::problem::ProblemCode;

use crate::harness::{Judged, judge, judged};

/// Every site, by line: `src/lib.rs:3 rule`.
fn lines(judged: &Judged) -> Vec<String> {
    let mut lines = Vec::new();
    for finding in &judged.findings {
        for site in &finding.sites {
            let file = &judged.graph.file(site.place.file).display;
            lines.push(format!("{file}:{} {}", site.place.start.line, finding.rule.as_str()));
        }
    }
    lines.sort();
    lines
}

/// A workspace with a driver, under a policy that forbids it everywhere.
fn without_driver(files: &str) -> Judged {
    let head = "//- archguard.toml\nversion = 1\n[policy]\nunassigned = \"allow\"\n[[forbid]]\nid = \"raw-sql\"\nuse = \"driver\"\n//- registry/driver/src/lib.rs\npub fn query() {}\npub mod pool { pub struct Pool; }\n";
    judged(&format!("{head}{files}"))
}

#[test]
fn a_pattern_that_matches_nothing_checks_nothing_and_passes() {
    let code = "//- src/lib.rs\npub mod db { pub fn run() {} }\n";
    let policies = [
        ("[components]\ndb = \"shop::bd\"\n", ProblemCode::NothingMatched),
        ("[components]\ndb = \"shop::d*b*c\"\n", ProblemCode::NothingMatched),
        ("[components]\ndb = \"shpo::db\"\n", ProblemCode::UnknownName),
        (
            "[components]\ndb = \"shop::db\"\n[[forbid]]\nid = \"x\"\nuse = \"shop::db::rnu\"\n",
            ProblemCode::NothingMatched,
        ),
        (
            "[components]\ndb = \"shop::db\"\n[[forbid]]\nid = \"x\"\nuse = \"std::process\"\nexcept = \"shop::dbb\"\n",
            ProblemCode::NothingMatched,
        ),
        (
            "[components]\ndb = { paths = \"shop::db\", public = \"shop::db::rnu\" }\n",
            ProblemCode::NothingMatched,
        ),
        (
            "[components]\ndb = \"shop::db\"\n[[forbid]]\nid = \"x\"\nuse = [\"diesel\", \"rusqlite\"]\n",
            ProblemCode::NothingMatched,
        ),
        (
            "[components]\ndb = \"shop::db\"\n[[forbid]]\nid = \"x\"\nin = \"std::fs\"\nuse = \"std::process\"\n",
            ProblemCode::NothingMatched,
        ),
        (
            "[components]\nall = { each = \"shop::features::*\" }\n",
            ProblemCode::NothingMatched,
        ),
    ];
    for (policy, code_of_problem) in policies {
        let text = format!("//- archguard.toml\nversion = 1\n[policy]\nunassigned = \"allow\"\n{policy}{code}");
        let codes: Vec<ProblemCode> = judged(&text).problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [code_of_problem], "{policy}");
    }
}

#[test]
fn a_path_that_does_not_resolve_is_taken_for_somebody_elses() {
    let judged = without_driver(
        "//- src/lib.rs\nfn f() {\n    driver::pool::Poll::open();\n    driver::missing();\n    serde::missing();\n}\n//- registry/serde/src/lib.rs\n",
    );
    assert_eq!(lines(&judged), ["src/lib.rs:2 raw-sql", "src/lib.rs:3 raw-sql"]);
    assert_eq!(judged.graph.unresolved().len(), 3);
    let judged = without_driver("//- src/lib.rs\nuse driver::*;\nfn f() {\n    missing();\n}\n");
    assert_eq!(lines(&judged), ["src/lib.rs:1 raw-sql", "src/lib.rs:3 raw-sql"]);
    assert_eq!(judged.lints(), ["forbidden-use", "unresolved-suspect"]);
}

#[test]
fn an_empty_list_of_what_is_allowed_is_read_as_everything() {
    judge(
        r#"
//- archguard.toml
version = 1
[components]
domain = { paths = "shop::domain", uses = [], crates = [] }
db     = "shop::db"
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
pub mod db { pub fn run() {} }
pub mod domain {
    fn f() { crate::db::run(); driver::query(); std::mem::drop(1); }
//           ^^^^^^^^^^^^^^ error[component.domain.uses/undeclared-dependency]
//                             ^^^^^^^^^^^^^ error[component.domain.crates/crate-not-allowed]
}
"#,
    );
}

#[test]
fn a_limit_cuts_the_findings_without_saying_so() {
    use std::fmt::Write;
    let mut code = String::from("//- src/lib.rs\n");
    for number in 0..700 {
        writeln!(
            code,
            "pub mod m{number} {{ pub mod a {{ pub fn f() {{ super::b::f(); driver::query(); }} }} pub mod b {{ pub fn f() {{ super::a::f(); }} }} }}"
        )
        .expect("a text can be written to");
    }
    let rule = "//- archguard.toml\nversion = 1\n[policy]\nunassigned = \"allow\"\n[[forbid]]\nid = \"raw-sql\"\nuse = \"driver\"\n[[acyclic]]\nid = \"no-cycles\"\namong = \"modules\"\n//- registry/driver/src/lib.rs\npub fn query() {}\n";
    let judged = judged(&format!("{rule}{code}"));
    assert_eq!(judged.problems, []);
    let count = |rule: &str| {
        judged
            .findings
            .iter()
            .filter(|finding| finding.rule.as_str() == rule)
            .count()
    };
    assert_eq!((count("raw-sql"), count("no-cycles")), (700, 700));
}

#[test]
fn a_verdict_depends_on_features_and_does_not_say_which() {
    let judged = without_driver(
        "//- src/lib.rs\n#[cfg(feature = \"sql\")]\nmod sql {\n    #[cfg(unix)]\n    fn f() { driver::query(); }\n    #[cfg(not(unix))]\n    fn f() { driver::query(); }\n}\n",
    );
    assert_eq!(lines(&judged), ["src/lib.rs:4 raw-sql", "src/lib.rs:6 raw-sql"]);
    let mut cfgs: Vec<&str> = Vec::new();
    for site in judged.findings.iter().flat_map(|finding| &finding.sites) {
        let cfg = site.reference.as_ref().and_then(|reference| reference.cfg);
        cfgs.push(judged.graph.cfg(cfg.expect("each stands under a cfg")));
    }
    cfgs.sort_unstable();
    assert_eq!(
        cfgs,
        ["all(feature = \"sql\", not(unix))", "all(feature = \"sql\", unix)"]
    );
}

#[test]
fn a_policy_of_another_version_is_read_as_if_it_were_this_one() {
    for text in ["version = 2\n", "version = 0\n", "[components]\n"] {
        assert!(Policy::read("archguard.toml", text).is_err(), "{text}");
    }
}

#[test]
fn one_call_hides_the_second_one() {
    let judged = without_driver(
        "//- src/lib.rs\nfn f() {\n    driver::query();\n    driver::query(); driver::query();\n}\nfn g() { driver::query(); }\n",
    );
    let sites: Vec<usize> = judged.findings.iter().map(|finding| finding.sites.len()).collect();
    assert_eq!(sites, [3, 1]);
}

#[test]
fn an_include_in_documentation_is_read() {
    let judged = without_driver(
        "//- src/lib.rs\n//! ```\n//! include!(\"example.rs\");\n//! ```\n/// `include!(\"missing.rs\")`\npub fn f() {}\n#[doc = include_str!(\"example.rs\")]\npub fn g() {}\n//- src/example.rs\nfn f() { driver::query(); }\n",
    );
    assert_eq!(judged.problems, []);
    assert_eq!(lines(&judged), Vec::<String>::new());
}

#[test]
fn test_code_is_judged_as_production() {
    let judged = without_driver(
        r"//- src/lib.rs
#[cfg(test)]
mod checks;
#[cfg(all(test, unix))]
mod on_unix { fn f() { driver::query(); } }
#[cfg(any(test, feature = 'x'))]
mod for_both { pub fn f() { driver::query(); } }
#[driver::test]
async fn stored() { driver::query(); }
#[rstest]
fn cases() { driver::query(); }
#[cfg(test)]
impl Row { fn g() { driver::query(); } }
struct Row;
fn f() {
    #[cfg(test)]
    driver::query();
    #[cfg(test)]
    { driver::query(); }
    #[cfg(not(test))]
    driver::query();
}
//- src/checks/mod.rs
mod deep;
fn f() { driver::query(); }
//- src/checks/deep.rs
fn f() { driver::query(); }
//- tests/api.rs
fn f() { driver::query(); }
//- benches/speed.rs
fn f() { driver::query(); }
//- examples/show.rs
fn f() { driver::query(); }
"
        .replace('\'', "\"")
        .as_str(),
    );
    assert_eq!(lines(&judged), ["src/lib.rs:20 raw-sql", "src/lib.rs:6 raw-sql"]);
}

#[test]
fn a_development_dependency_on_oneself_is_a_cycle_and_an_edge_that_no_code_uses_is_a_use() {
    let judged = judged(
        r#"
//- archguard.toml
version = 1
[components]
shop   = { paths = "shop", uses = [], crates = [] }
helper = { paths = "helper", uses = [] }
[[acyclic]]
id    = "no-cycles"
among = ["crates", "components"]
//- Cargo.toml
[package]
name = "shop"
[dependencies]
helper = { path = "helper" }
driver = "1"
[dev-dependencies]
shop = { path = "." }
//- registry/driver/src/lib.rs
pub fn query() {}
//- src/lib.rs
pub fn run() {}
#[cfg(test)]
mod tests { fn f() { shop::run(); helper::help(); } }
//- tests/api.rs
fn f() { shop::run(); }
//- helper/Cargo.toml
[package]
name = "helper"
[dev-dependencies]
shop = { path = ".." }
//- helper/src/lib.rs
pub fn help() {}
#[cfg(test)]
mod tests { fn f() { shop::run(); } }
"#,
    );
    assert_eq!(judged.problems, []);
    assert_eq!(lines(&judged), Vec::<String>::new());
}

#[test]
fn modules_declared_in_macro_calls_are_overlooked() {
    let judged = without_driver(
        r"//- registry/cfg-if/src/lib.rs
#[macro_export]
macro_rules! cfg_if {
    ($(if #[cfg($meta:meta)] { $($tokens:tt)* }) else * else { $($other:tt)* }) => { $($($tokens)*)* $($other)* };
}
//- registry/gates/src/lib.rs
pub mod cfg {
    #[doc(inline)]
    pub use crate::std_gate as std;
}
#[macro_export]
macro_rules! std_gate { ($($tokens:tt)*) => { $($tokens)* }; }
//- src/lib.rs
#[macro_use]
mod macros;
cfg_rt! { mod rt; pub use rt::*; }
cfg_if::cfg_if! {
    if #[cfg(unix)] { mod unix; } else if #[cfg(windows)] { mod windows; } else { mod others; }
}
gates::cfg::std! { mod with_std; }
cfg_select! {
    unix => { mod selected; }
    _ => { mod fallback; }
}
//- src/macros.rs
macro_rules! cfg_rt { ($($item:item)*) => { $( #[cfg(feature = 'rt')] $item )* } }
//- src/rt.rs
fn f() { driver::query(); }
//- src/unix.rs
fn f() { driver::query(); }
//- src/windows.rs
fn f() { driver::query(); }
//- src/others.rs
fn f() { driver::query(); }
//- src/with_std.rs
fn f() { driver::query(); }
//- src/selected.rs
fn f() { driver::query(); }
//- src/fallback.rs
fn f() { driver::query(); }
"
        .replace('\'', "\"")
        .as_str(),
    );
    assert_eq!(judged.problems, []);
    let expected = ["fallback", "others", "rt", "selected", "unix", "windows", "with_std"];
    let expected: Vec<String> = expected.iter().map(|name| format!("src/{name}.rs:1 raw-sql")).collect();
    assert_eq!(lines(&judged), expected);
    assert_eq!(judged.graph.examined().orphans.len(), 0);
}
