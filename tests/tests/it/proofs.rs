//! `prove` on whole workspaces: what can fire is proved, whatever kind of rule it is, and what cannot is named with the reason.

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
fn proof(rules: &str) -> (Vec<Proven>, Vec<String>) {
    proof_of(&format!("{COMPONENTS}{rules}"))
}

fn proof_of(policy: &str) -> (Vec<Proven>, Vec<String>) {
    let policy = Policy::read("archguard.toml", &format!("version = 1\n{policy}")).expect("the policy can be read");
    let fixture = Fixture::of(CODE);
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

fn told(proven: &Proven) -> String {
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

fn dead(proven: &[Proven]) -> Vec<String> {
    let dead = proven.iter().filter(|it| matches!(it.outcome, Outcome::Dead(_)));
    dead.map(told).collect()
}

#[test]
fn every_kind_of_rule_is_proved_with_each_of_its_patterns() {
    let (proven, problems) = proof(
        r#"
[[forbid]]
id     = "raw-sql"
use    = ["sqlx", "!sqlx::Error", "diesel", "rusqlite::{Connection,params!}", "pg*::query*", "extern:sqlite3_*", "literal:sql"]
except = "db"
[[forbid]]
id  = "seen"
in  = "db"
use = "sqlx"
as  = "public"
[[forbid]]
id         = "reached"
in         = ["app", "domain"]
use        = ["std::fs", "sqlx::driver"]
transitive = true
[[forbid]]
id  = "by-kind"
in  = "http"
use = { "sqlx::sql!" = "shop::db::load", "sqlx::Error" = "shop::db::Row" }
as  = ["macro", "pattern"]
[[mandate]]
id         = "shared-auth"
use        = "auth"
instead_of = ["argon2", "jsonwebtoken", "sqlx::driver"]
[[require]]
id    = "rows"
items = { kind = "struct", name = "*Row" }
must  = { in = "db", visibility = "pub" }
[[require]]
id    = "orders"
items = { derive = ["serde::Serialize"], in = "domain" }
must  = { implement = "std::fmt::Debug" }
[[require]]
id    = "handlers"
items = { kind = "fn", in = "http", visibility = "pub" }
must  = { async = true, take = "shop::db::Row" }
optional = true
[[acyclic]]
id    = "no-cycles"
among = ["components", "modules", "crates"]
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told: Vec<String> = proven.iter().map(told).collect();
    assert_eq!(dead(&proven), [""; 0]);
    for expected in [
        "rule layering: by layer-breach",
        "pattern features: by layer-breach",
        "rule raw-sql: by forbidden-use",
        "pattern sqlx: by forbidden-use",
        "pattern diesel: by forbidden-use",
        "pattern rusqlite::params!: by forbidden-use",
        "pattern pg*::query*: by forbidden-use",
        "pattern extern:sqlite3_*: by forbidden-use",
        "pattern literal:sql: by forbidden-use",
        "pattern sqlx: by leaked-type",
        "pattern std::fs: by forbidden-reach",
        "pattern sqlx::sql!: by forbidden-use",
        "pattern jsonwebtoken: by mandate-bypassed",
        "rule rows: by misplaced-item",
        "rule orders: by requirement-unmet",
        "pattern serde::Serialize: by requirement-unmet",
        "rule handlers: by requirement-unmet",
        "pattern components: by dependency-cycle",
        "pattern modules: by dependency-cycle",
        "pattern crates: by dependency-cycle",
        "key component.auth.public: by private-interface",
        "key component.domain.crates: by crate-not-allowed",
        "key policy.unassigned: by unassigned-module",
        "component features: by layer-breach",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected} among {told:#?}");
    }
}

/// A dead rule: its text, and what is to be said of it, by `prove` or, where it does not even bind, as a problem.
const DEAD: [(&str, &str); 26] = [
    // Misspelt.
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlxx\"",
        "there is no crate `sqlxx`, and it is nearly `sqlx`",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx::quer\"",
        "`sqlx::quer` matches nothing",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx::quer\"\noptional = true",
        "dead: it leads to nothing: its crate is there and has no such item; the nearest is `sqlx::query`",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"htp\"\nuse = \"sqlx\"",
        "there is no component `htp`",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { name = \"*Roww\" }\nmust = { in = \"db\" }",
        "selects nothing",
    ),
    // Contradicted.
    (
        "[[forbid]]\nid = \"r\"\nin = \"http\"\nexcept = \"http\"\nuse = \"sqlx\"",
        "rule r: dead: its `except` takes out all that it speaks of",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = [\"sqlx::query\", \"!sqlx\"]",
        "pattern sqlx::query: dead: a `!` of the same list takes away all that it names",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"db\"\nuse = \"db\"",
        "rule r: dead: the rule speaks of no code but what it names itself, which may",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"literal:sql\"\nas = \"call\"",
        "pattern literal:sql: dead: nothing can name it in a way that its `as` lists",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx::sql!\"\nas = \"method\"",
        "pattern sqlx::sql!: dead: nothing can name it in a way that its `as` lists",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"shop::testing\"\nuse = \"sqlx\"",
        "rule r: dead: the rule speaks of development code alone, which it does not judge without `dev = true`",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = \"bin:shop\"\nuse = \"sqlx\"\nas = \"public\"",
        "rule r: dead: nothing that the rule speaks of can be seen from outside its component",
    ),
    (
        "[[mandate]]\nid = \"r\"\nuse = \"db\"\nin = \"db\"\ninstead_of = \"sqlx\"",
        "rule r: dead: all code that it speaks of is the shared code itself",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { kind = \"fn\", in = \"http\" }\nmust = { in = \"http\" }",
        "rule r: dead: every item that `items` selects meets `must` by that alone",
    ),
    (
        "[[require]]\nid = \"r\"\nitems = { derive = \"serde::Serialize\" }\nmust = { derive = \"serde::Serialize\" }",
        "pattern serde::Serialize: dead: every item that `items` selects meets `must` by that alone",
    ),
    (
        "[[require]]\nid = \"r\"\nin = \"http\"\nexcept = \"http\"\nitems = { kind = \"fn\" }\nmust = { in = \"db\" }\noptional = true",
        "rule r: dead: no code is in its scope",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nin = \"domain\"\namong = \"components\"",
        "pattern components: dead: it speaks of the code of fewer than two components",
    ),
    (
        "[[layers]]\nid = \"r\"\nin = \"http\"\norder = [\"http\", \"db\"]",
        "rule r: dead: its `in` and `except` leave nobody who could use what is above",
    ),
    // Shadowed.
    (
        "[[layers]]\nid = \"r\"\norder = [\"http\", \"db\"]",
        "rule r: dead: whatever it denies `layering` denies before it",
    ),
    (
        "[[acyclic]]\nid = \"r\"\nin = \"db\"\namong = \"modules\"",
        "pattern modules: dead: it speaks of no two modules beside each other",
    ),
    (
        "[[forbid]]\nid = \"r\"\nin = [\"http\", \"shop::http::orders\"]\nuse = \"sqlx\"",
        "pattern shop::http::orders: dead: `http` of the same list covers all that it names",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx\"\nexcept = \"shop::testing\"",
        "pattern shop::testing: dead: its code is development code alone",
    ),
    // Without effect.
    (
        "[[forbid]]\nid = \"r\"\nin = \"http\"\nuse = \"sqlx\"\nexcept = \"db\"",
        "pattern db: dead: the rule speaks of nothing that it names, whatever `except` says",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"db\"\nexcept = \"db\"",
        "pattern db: dead: the rule names its code itself, and that may use itself",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = [\"sqlx\", \"!sqlx::driver\", \"!sqlx::driver::connect\"]",
        "pattern !sqlx::driver::connect: dead: `!sqlx::driver` of the same list takes away all that it does",
    ),
    (
        "[[forbid]]\nid = \"r\"\nuse = \"sqlx\"\nas = \"public\"\nin = \"db\"\nthrough = [\"auth\", \"auth\"]",
        "pattern auth: dead: `auth` of the same list covers all that it names",
    ),
];

#[test]
fn dead_rules_are_named_and_nothing_else_is() {
    for (rule, expected) in DEAD {
        let (proven, problems) = proof(rule);
        let dead = dead(&proven);
        let named = dead.iter().chain(&problems);
        assert!(
            named.clone().any(|line| line.contains(expected)),
            "{rule}\n{expected}\n{dead:#?}\n{problems:#?}"
        );
        let others = proven.iter().filter(|it| {
            let is_it = it.rule.as_ref().is_some_and(|rule| rule.as_str() == "r");
            matches!(it.outcome, Outcome::Dead(_)) && !is_it
        });
        assert_eq!(others.map(told).collect::<Vec<_>>(), [""; 0], "{rule}");
    }
}

#[test]
fn components_and_paths_that_do_nothing_are_named() {
    let (proven, problems) = proof_of(
        r#"
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
http  = { paths = ["shop::http", "shop::http::*"], public = "shop::http" }
db    = "shop::db"
ghost = "shop::app*"
app   = "shop::app"
auth  = "shop::auth"
domain = "shop::domain"
features = "shop::features"
[[forbid]]
id  = "r"
in  = "http"
use = "sqlx"
"#,
    );
    let nothing = "nothing forbids its code anything, and nothing keeps other code from it: it can be left out";
    let ghost = [
        "component ghost: dead: it owns no code".to_owned(),
        "path ghost: shop::app*: dead: `app` claims all that it names, by paths that are nearer".to_owned(),
    ];
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        dead(&proven),
        [
            "key component.http.public: dead: it lists all that the component has".to_owned(),
            format!("component db: dead: {nothing}"),
            ghost[0].clone(),
            ghost[1].clone(),
            format!("component app: dead: {nothing}"),
            format!("component auth: dead: {nothing}"),
            format!("component domain: dead: {nothing}"),
            format!("component features: dead: {nothing}"),
        ]
    );
}

/// Lists that permit, each entry by itself.
#[test]
fn what_permits_nothing_of_its_own_is_named_with_what_covers_it() {
    let (proven, problems) = proof_of(
        r#"
[policy]
unassigned = "allow"
[components]
http     = { paths = "shop::http", uses = ["app", "features.cart", "features", "tests"] }
app      = { paths = "shop::app", uses = ["db", "shop::db", "auth", "app"] }
db       = { paths = "shop::db", uses = "domain", crates = ["sqlx", "sqlx::Error", "diesel", "serde"] }
auth     = { paths = "shop::auth", uses = [], public = ["shop::auth::sign_in", "shop::auth::*", "!shop::auth::hash"] }
domain   = { paths = "shop::domain", uses = [], crates = "serde" }
features = { each = "shop::features::*", uses = ["domain", "auth"] }
tests    = { paths = "shop::testing", uses = "*" }
"#,
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        dead(&proven),
        [
            "pattern features.cart: dead: `features` of the same list covers all that it names",
            "pattern db: dead: `shop::db` of the same list covers all that it names",
            "pattern shop::db: dead: `db` of the same list covers all that it names",
            "pattern app: dead: all that it names passes without it",
            "pattern sqlx::Error: dead: `sqlx` of the same list covers all that it names",
            "pattern shop::auth::sign_in: dead: `shop::auth::*` of the same list covers all that it names",
        ]
    );
    let told: Vec<String> = proven
        .iter()
        .filter(|it| it.subject == Subject::Pattern)
        .map(|it| format!("{} {}", it.rule.as_ref().map_or("", |rule| rule.as_str()), told(it)))
        .collect();
    for expected in [
        "component.http.uses pattern app: by undeclared-dependency",
        "component.http.uses pattern features: by undeclared-dependency",
        "component.http.uses pattern tests: idle: its code is development code alone",
        "component.app.uses pattern auth: by undeclared-dependency",
        "component.db.uses pattern domain: by undeclared-dependency",
        "component.db.crates pattern sqlx: by crate-not-allowed",
        "component.db.crates pattern diesel: by crate-not-allowed",
        "component.db.crates pattern serde: by crate-not-allowed",
        "component.auth.public pattern shop::auth::*: by private-interface",
        "component.domain.crates pattern serde: by crate-not-allowed",
        "component.features.uses pattern auth: by undeclared-dependency",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected} among {told:#?}");
    }
}

/// Lists under `must`, each entry by itself.
#[test]
fn what_demands_nothing_of_its_own_is_named() {
    let (proven, problems) = proof(
        r#"
[[require]]
id    = "rows"
items = { kind = "struct", name = "*Row" }
must  = { in = ["db", "shop::db", "domain"], visibility = ["pub", "pub(crate)"], kind = "struct" }
[[require]]
id    = "handlers"
items = { kind = ["fn", "method"], in = "http", visibility = "pub" }
must  = { take = ["shop::db::Row", "shop::domain::Order"], visibility = ["pub", "private"], name = ["list*", "*_all", "!draw*"] }
optional = true
[[require]]
id    = "orders"
items = { derive = "serde::Serialize" }
must  = { derive = ["serde::Serialize", "std::clone::Clone"] }
optional = true
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told: Vec<String> = proven
        .iter()
        .filter(|it| it.subject == Subject::Pattern)
        .filter_map(|it| Some(format!("{} {}", it.rule.as_ref()?.as_str(), told(it))))
        .filter(|line| !line.starts_with("component.") && !line.starts_with("layering"))
        .collect();
    let same = "every item that `items` selects is judged the same without it";
    let no_choice = "what `items` selects leaves no choice in this";
    assert_eq!(
        told,
        [
            "orders pattern serde::Serialize: dead: every item that `items` selects meets `must` by that alone"
                .to_owned(),
            "handlers pattern http: by requirement-unmet".to_owned(),
            "handlers pattern fn: by requirement-unmet".to_owned(),
            "handlers pattern method: by requirement-unmet".to_owned(),
            format!("rows pattern struct: dead: {no_choice}"),
            "rows pattern pub: by requirement-unmet".to_owned(),
            "rows pattern pub(crate): by requirement-unmet".to_owned(),
            "rows pattern db: dead: no code that the rule speaks of is there by this entry alone".to_owned(),
            format!("rows pattern shop::db: dead: {same}"),
            "rows pattern domain: by misplaced-item".to_owned(),
            "handlers pattern list*: by requirement-unmet".to_owned(),
            "handlers pattern *_all: by requirement-unmet".to_owned(),
            "handlers pattern !draw*: by requirement-unmet".to_owned(),
            "handlers pattern pub: by requirement-unmet".to_owned(),
            format!("handlers pattern private: dead: {no_choice}"),
            "handlers pattern shop::db::Row: by requirement-unmet".to_owned(),
            "handlers pattern shop::domain::Order: by requirement-unmet".to_owned(),
            "orders pattern serde::Serialize: by requirement-unmet".to_owned(),
            format!("orders pattern std::clone::Clone: dead: {same}"),
        ]
    );
}

/// What rules speak of and let pass, each entry by itself.
#[test]
fn what_narrows_nothing_of_its_own_is_named() {
    let (proven, problems) = proof_of(
        r#"
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
http   = "shop::http"
app    = { paths = "shop::app", public = "shop::app" }
auth   = "shop::auth"
db     = { paths = "shop::db", public = "shop::db::load" }
domain = "shop::domain"
[[forbid]]
id      = "scoped"
in      = ["http", "shop::http::orders", "app", "!shop::http::orders", "!shop::domain"]
use     = ["sqlx", "!sqlx::Error", "!sqlx::driver", "!sqlx::driver::connect", "!serde"]
except  = ["shop::app", "db", "!shop::app"]
[[forbid]]
id      = "excepted"
in      = ["http", "app", "db", "auth", "shop::testing"]
use     = ["sqlx::query", "auth"]
except  = ["shop::http::orders", "db", "shop::db", "domain", "auth", "shop::testing"]
through = ["app", "db", "app"]
[[mandate]]
id         = "shared"
use        = ["auth", "db", "shop::auth::sign_in"]
instead_of = ["argon2", "!argon2::Error", "sqlx::driver", "!sqlx::query"]
in         = "shop"
except     = ["app", "http", "auth"]
through    = "app"
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told: Vec<String> = proven
        .iter()
        .filter(|it| it.subject == Subject::Pattern)
        .filter_map(|it| Some(format!("{} {}", it.rule.as_ref()?.as_str(), told(it))))
        .filter(|line| !line.starts_with("component."))
        .collect();
    assert_eq!(
        told.iter().filter(|line| !line.contains(": by ")).collect::<Vec<_>>(),
        [
            "scoped pattern shop::http::orders: dead: `http` of the same list covers all that it names",
            "scoped pattern !shop::domain: dead: it takes away nothing that the rest of the list holds",
            "scoped pattern shop::app: dead: a `!` of the same list takes away all that it names",
            "scoped pattern db: dead: the rule speaks of nothing that it names, whatever `except` says",
            "scoped pattern !sqlx::driver::connect: dead: `!sqlx::driver` of the same list takes away all that it does",
            "scoped pattern !serde: idle: nothing else in the list names it, unless by a path that it is re-exported under",
            "excepted pattern db: dead: the rule speaks of nothing that it names, whatever `in` says",
            "excepted pattern auth: dead: the rule speaks of nothing that it names, whatever `in` says",
            "excepted pattern shop::testing: dead: the rule speaks of nothing that it names, whatever `in` says",
            "excepted pattern db: dead: `shop::db` of the same list covers all that it names",
            "excepted pattern shop::db: dead: `db` of the same list covers all that it names",
            "excepted pattern domain: dead: the rule speaks of nothing that it names, whatever `except` says",
            "excepted pattern shop::testing: dead: its code is development code alone, which the rule does not judge \
             without `dev = true`",
            "excepted pattern app: dead: `app` of the same list covers all that it names",
            "excepted pattern app: dead: `app` of the same list covers all that it names",
            "shared pattern auth: dead: the rule speaks of nothing that it names, whatever `except` says",
            "shared pattern !sqlx::query: idle: nothing else in the list names it, unless by a path that it is \
             re-exported under",
            "shared pattern auth: dead: the rule speaks of nothing that it names, whatever `use` says",
            "shared pattern shop::auth::sign_in: dead: `auth` of the same list covers all that it names",
        ]
    );
    for expected in [
        "scoped pattern http: by forbidden-use",
        "scoped pattern app: by forbidden-use",
        "scoped pattern !shop::http::orders: by forbidden-use",
        "scoped pattern !shop::app: by forbidden-use",
        "scoped pattern !sqlx::Error: by forbidden-use",
        "scoped pattern !sqlx::driver: by forbidden-use",
        "excepted pattern shop::http::orders: by forbidden-use",
        "excepted pattern auth: by forbidden-use",
        "excepted pattern db: by forbidden-use",
        "shared pattern shop: by mandate-bypassed",
        "shared pattern app: by mandate-bypassed",
        "shared pattern !argon2::Error: by mandate-bypassed",
        "shared pattern db: by mandate-bypassed",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected} among {told:#?}");
    }
}

/// The same of requirements, layerings and what lists that permit take back.
#[test]
fn what_selects_ranks_or_takes_back_nothing_of_its_own_is_named() {
    let (proven, problems) = proof_of(
        r#"
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
http   = "shop::http"
app    = { paths = "shop::app", crates = ["sqlx", "!sqlx::driver", "!sqlx::driver::connect", "!serde"] }
auth   = { paths = "shop::auth", public = ["shop::auth", "!shop::auth::hash", "!shop::db"] }
db     = "shop::db"
domain = "shop::domain"
[[layers]]
id     = "ranked"
order  = ["http", "app", "db"]
in     = ["app", "db", "http", "auth"]
except = ["domain", "db"]
[[require]]
id     = "rows"
in     = ["db", "http", "domain", "shop::db", "!shop::http::orders"]
except = ["domain", "app"]
items  = { kind = ["struct", "fn", "enum"], name = "*Row", in = ["db", "http", "app"] }
must   = { kind = ["struct", "enum"], in = ["db", "shop::http::orders", "!shop::app"] }
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told: Vec<String> = proven
        .iter()
        .filter(|it| it.subject == Subject::Pattern)
        .filter_map(|it| Some(format!("{} {}", it.rule.as_ref()?.as_str(), told(it))))
        .collect();
    let same = "every use that is planted between components is judged the same without it";
    assert_eq!(
        told.iter().filter(|line| !line.contains(": by ")).cloned().collect::<Vec<_>>(),
        [
            "ranked pattern db: dead: its `in` and `except` leave nobody who could use what is above".to_owned(),
            format!("ranked pattern db: dead: {same}"),
            format!("ranked pattern http: dead: {same}"),
            format!("ranked pattern auth: dead: {same}"),
            format!("ranked pattern domain: dead: {same}"),
            "rows pattern db: dead: `shop::db` of the same list covers all that it names".to_owned(),
            "rows pattern domain: dead: the rule speaks of nothing that it names, whatever `in` says".to_owned(),
            "rows pattern shop::db: dead: `db` of the same list covers all that it names".to_owned(),
            "rows pattern domain: dead: the rule speaks of nothing that it names, whatever `except` says".to_owned(),
            "rows pattern app: dead: the rule speaks of nothing that it names, whatever `except` says".to_owned(),
            "rows pattern app: dead: the rule speaks of nothing that it names, whatever `in` says".to_owned(),
            "rows pattern shop::http::orders: dead: no code that the rule speaks of is there by this entry alone"
                .to_owned(),
            "rows pattern !shop::app: dead: it takes away no code of the rest of the list that the rule speaks of"
                .to_owned(),
            "component.app.crates pattern !sqlx::driver::connect: dead: `!sqlx::driver` of the same list takes away \
             all that it does"
                .to_owned(),
            "component.app.crates pattern !serde: idle: nothing else in the list permits it, unless by a path that it \
             is re-exported under"
                .to_owned(),
            "component.auth.public pattern !shop::db: idle: nothing else in the list permits it, unless by a path that \
             it is re-exported under"
                .to_owned(),
        ]
    );
    for expected in [
        "ranked pattern app: by layer-breach",
        "ranked pattern db: by layer-breach",
        "rows pattern http: by misplaced-item",
        "rows pattern !shop::http::orders: by requirement-unmet",
        "rows pattern db: by requirement-unmet",
        "rows pattern struct: by misplaced-item",
        "rows pattern fn: by requirement-unmet",
        "component.app.crates pattern !sqlx::driver: by crate-not-allowed",
        "component.auth.public pattern !shop::auth::hash: by private-interface",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected} among {told:#?}");
    }
}
