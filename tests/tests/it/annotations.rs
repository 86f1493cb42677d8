//! Annotations of the crate `archguard` in code: recognised by where their path leads, read in every place that takes one,
//! judged, and taken in as exceptions.

use std::fmt::Write;

use archguard_invariants::graph::{Covered, SharedAnnotation};

use crate::harness::{Judged, accepted, judge, judged};

/// The crate as it is published, as far as names go.
pub(crate) const CRATE: &str = r#"
//- registry/archguard/Cargo.toml
[package]
name = "archguard"
[lib]
proc-macro = true
//- registry/archguard/src/lib.rs
#[proc_macro]
pub fn component(input: TokenStream) -> TokenStream { input }
#[proc_macro_attribute]
pub fn except(arguments: TokenStream, item: TokenStream) -> TokenStream { item }
#[proc_macro]
pub fn except_here(input: TokenStream) -> TokenStream { input }
#[proc_macro_attribute]
pub fn shared(arguments: TokenStream, item: TokenStream) -> TokenStream { item }
//- registry/sqlx/src/lib.rs
pub fn query() {}
pub fn begin() {}
"#;

const POLICY: &str = r#"
//- archguard.toml
version = 1
[policy]
undeclared = "allow"
inline_exceptions = true
[components]
root = "shop::self"
db = "shop::db"
http = "shop::http"
[[forbid]]
id = "raw-sql"
use = "sqlx"
"#;

fn shop(files: &str) -> String {
    format!("{POLICY}{files}{CRATE}")
}

/// Each annotation, as it is in the graph.
fn told(judged: &Judged) -> Vec<String> {
    let graph = &judged.graph;
    let path = |item| &*graph.item(item).path;
    let mut told = Vec::new();
    for annotation in &graph.annotations().components {
        told.push(format!("{} is {}", path(annotation.module), annotation.component));
    }
    for annotation in &graph.annotations().exceptions {
        let mut text = format!("{} excepts ", path(annotation.item));
        let written = match annotation.covers {
            Covered::Module(module) => write!(text, "all of {}", path(module)),
            Covered::Stretch(place) => write!(
                text,
                "{}:{}..{}:{}",
                place.start.line, place.start.column, place.end.line, place.end.column
            ),
        };
        written.expect("a string takes it");
        told.push(text);
    }
    told.extend(graph.annotations().shared.iter().map(SharedAnnotation::shown));
    told
}

#[test]
fn however_its_path_is_written_it_is_what_it_leads_to() {
    let judged = judged(&shop(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
archguard = "1"
sqlx = "1"
//- src/lib.rs
archguard::component!("root");
pub mod db;
pub mod http;
pub mod prelude { pub use archguard::component as belongs_to; }
//- src/db.rs
use archguard::component;
component!("db");
mod inner { use archguard as guard; guard::component! { "db" } }
mod raw { ::archguard::component!(r"db"); }
mod through { use crate::prelude::belongs_to; belongs_to!["db"]; }
mod globbed { use archguard::*; component!("db"); }
macro_rules! module_of { ($name:ident, $component:literal) => { mod $name { archguard::component!($component); } } }
module_of!(made, "db");
//- src/http.rs
macro_rules! component { ($name:literal) => {} }
component!("db");
mod other { pub fn shared() {} }
fn in_a_function() { archguard::component!("http"); }
"#,
    ));
    assert_eq!(
        told(&judged),
        [
            "shop::db is db",
            "shop::db::inner is db",
            "shop::db::raw is db",
            "shop::db::through is db",
            "shop::db::globbed is db",
            "shop::db::made is db",
            "shop::http is http",
            "shop is root",
        ]
    );
    assert_eq!(judged.problems, []);
    let messages: Vec<&str> = judged.findings.iter().map(|finding| &*finding.message).collect();
    assert!(
        messages.iter().all(|message| message.contains("`shop::prelude`")),
        "{messages:?}"
    );
    // Nothing that they are given is taken for code, and no name of their module is taken for theirs.
    let reasons: Vec<_> = judged
        .graph
        .unresolved()
        .iter()
        .map(|it| (judged.graph.text(it.written), it.reason))
        .collect();
    assert_eq!(reasons, []);
    assert_eq!(judged.graph.examined().macro_made_paths, 0);
}

#[test]
fn a_renamed_dependency_is_the_same_crate_and_a_module_of_its_name_is_not() {
    let judged = judged(&shop(
        r#"
//- Cargo.toml
[package]
name = "shop"
[dependencies]
guard = { package = "archguard", version = "1" }
sqlx = "1"
//- src/lib.rs
pub mod db { guard::component!("db"); }
pub mod http {
    mod archguard { macro_rules! component { ($name:literal) => {} } pub(crate) use component; }
    archguard::component!("db");
}
"#,
    ));
    assert_eq!(told(&judged), ["shop::db is db"]);
}

#[test]
fn what_contradicts_the_policy_is_found_where_it_is_written() {
    judge(&shop(
        r#"
//- src/lib.rs
pub mod db;
pub mod http;
//- src/db.rs
    archguard::component!("http");
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[policy.annotations/contradicted-annotation]
pub fn load() {}
//- src/http.rs
archguard::component!("http");
pub fn list() {}
"#,
    ));
}

/// The places of what is excepted: every position that an exception may stand in.
#[test]
fn an_exception_speaks_of_what_it_stands_on_or_in() {
    let values = r#"rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31""#;
    let text = r#"
//- src/lib.rs
pub mod db;
pub mod http;
//- src/http.rs
#[archguard::except(VALUES)]
pub fn on_a_function() { sqlx::query(); }
pub struct S;
#[archguard::except(VALUES)]
impl S { pub fn in_impl() { sqlx::query(); } }
impl S {
    #[archguard::except(VALUES)]
    pub fn method() { sqlx::query(); }
    pub fn not_excepted() { sqlx::query(); }
}
pub trait T { archguard::except_here!(VALUES); fn given() { sqlx::query(); } }
impl T for S { archguard::except_here! { VALUES } fn given() { sqlx::query(); } }
#[archguard::except(VALUES)]
pub mod inline { pub mod deeper { pub fn f() { sqlx::query(); } } }
pub fn block() {
    { archguard::except_here!(VALUES); sqlx::query(); }
}
pub fn half() {
    sqlx::begin();
    { archguard::except_here!(VALUES); sqlx::begin(); }
}
#[cfg_attr(feature = "x", archguard::except(VALUES))]
pub const C: fn() = sqlx::query;
#[archguard::except(VALUES)]
pub use sqlx::query;
pub mod whole {
    archguard::except_here!(VALUES);
    pub fn f() { sqlx::query(); }
    pub mod not_below { pub fn f() { sqlx::query(); } }
}
//- src/db.rs
pub fn load() { sqlx::query(); }
"#
    .replace("VALUES", values);
    let (problems, found) = accepted(&shop(&text));
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        found,
        [
            "excepted raw-sql shop::http",
            "excepted raw-sql shop::http::<S as T>::given",
            "excepted raw-sql shop::http::C",
            "excepted raw-sql shop::http::S::in_impl",
            "excepted raw-sql shop::http::S::method",
            "excepted raw-sql shop::http::T::given",
            "excepted raw-sql shop::http::block",
            "excepted raw-sql shop::http::inline::deeper::f",
            "excepted raw-sql shop::http::on_a_function",
            "excepted raw-sql shop::http::whole::f",
            "new policy.exceptions shop::http::half",
            "new raw-sql shop::db::load",
            "new raw-sql shop::http::S::not_excepted",
            "new raw-sql shop::http::half",
            "new raw-sql shop::http::whole::not_below::f",
        ]
    );
}

#[test]
fn an_exception_that_is_over_or_not_whole_or_too_long_or_stale_accepts_nothing() {
    let (problems, found) = accepted(&shop(
        r#"
//- src/lib.rs
pub mod db;
pub mod http;
//- src/http.rs
#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2026-11-19")]
pub fn over() { sqlx::query(); }
#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "soon")]
pub fn no_date() { sqlx::query(); }
#[archguard::except(rule = "raw-sql", reason = " ", owner = "o", until = "2026-12-31")]
pub fn no_reason() { sqlx::query(); }
#[archguard::except(rule = "raw-sql", reason = "r", until = "2026-12-31")]
pub fn no_owner() { sqlx::query(); }
#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2036-12-31")]
pub fn too_long() { sqlx::query(); }
#[archguard::except(rule = "raw-sqll", reason = "r", owner = "o", until = "2026-12-31")]
pub fn misspelt() { sqlx::query(); }
//- src/db.rs
pub fn load() {}
"#,
    ));
    assert_eq!(
        found,
        [
            "new policy.exceptions shop::http::misspelt",
            "new raw-sql shop::http::misspelt",
            "new raw-sql shop::http::no_date",
            "new raw-sql shop::http::no_owner",
            "new raw-sql shop::http::no_reason",
            "new raw-sql shop::http::over",
            "new raw-sql shop::http::too_long",
        ]
    );
    assert_eq!(
        problems,
        [
            "src/http.rs:5: the exception in `shop::http::no_reason` needs `rule`, `reason`, `owner` and `until`, and each has to say something",
            "src/http.rs:7: the exception in `shop::http::no_owner` needs `rule`, `reason`, `owner` and `until`, and each has to say something",
            "src/http.rs:9: `until` of the exception in `shop::http::too_long` lies further ahead than the 366 days that the policy allows (`[policy] exceptions = { max_days = .. }`)",
        ]
    );
}

#[test]
fn where_the_policy_does_not_allow_them_exceptions_in_source_are_problems() {
    let text = shop(
        r#"
//- src/lib.rs
pub mod db;
pub mod http;
//- src/http.rs
#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2026-12-31")]
pub fn list() { sqlx::query(); }
//- src/db.rs
pub fn load() {}
"#,
    );
    let (problems, found) = accepted(&text.replace("inline_exceptions = true", ""));
    assert_eq!(found, ["new raw-sql shop::http::list"]);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0]
            .starts_with("src/http.rs:1: an exception stands in `shop::http::list`, and the policy does not allow"),
        "{problems:?}"
    );
}

#[test]
fn what_an_annotation_says_is_no_code_and_no_foreign_crate() {
    // `db` may use no crate at all, and SQL as text stands nowhere.
    let policy = POLICY
        .replace("use = \"sqlx\"", "use = [\"sqlx\", \"literal:sql\"]")
        .replace("\"shop::db\"", "{ paths = \"shop::db\", crates = [] }");
    judge(&format!(
        "{policy}{}{CRATE}",
        r#"
//- src/lib.rs
pub mod db;
pub mod http { pub fn list() {} }
//- src/db.rs
use archguard::{component, shared};
component!("db");
#[shared("SELECT id FROM orders")]
pub fn load() {
    archguard::except_here!(rule = "raw-sql", reason = "SELECT id FROM orders", owner = "o", until = "2026-12-31");
}
"#
    ));
}

#[test]
fn entry_points_are_told_by_the_path_that_others_write() {
    let judged = judged(&shop(
        r#"
//- src/lib.rs
pub mod db;
pub mod http { pub fn list() {} }
//- src/db.rs
#[archguard::shared]
pub struct Pool;
impl Pool {
    #[archguard::shared("the only way in")]
    pub fn open() {}
}
#[archguard::shared]
pub mod repo { pub fn all() {} }
#[archguard::shared("by this name")]
pub use repo::all as load;
#[archguard::shared]
#[macro_export]
macro_rules! rows { () => {} }
#[derive(Default)]
#[non_exhaustive]
pub struct Other;
"#,
    ));
    assert_eq!(
        told(&judged),
        [
            "shop::db::Pool",
            "shop::db::Pool::open (the only way in)",
            "shop::db::load (by this name)",
            "shop::db::repo",
            "shop::rows",
        ]
    );
}

#[test]
fn the_crate_may_lie_in_the_workspace_and_need_be_in_no_list() {
    let crate_here = CRATE.replace("registry/archguard/", "archguard/");
    judge(&format!(
        r#"
//- archguard.toml
version = 1
[components]
shop = {{ paths = "shop", uses = [], crates = [] }}
annotations = {{ paths = "archguard", uses = [] }}
//- shop/src/lib.rs
use archguard::shared;
archguard::component!("shop");
#[shared]
pub fn load() {{}}
{crate_here}"#
    ));
}
