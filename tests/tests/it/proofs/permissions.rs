//! Lists that permit, each entry by itself.

use super::said::{dead, patterns, proof_in, proof_of, told};

#[test]
fn what_permits_nothing_of_its_own_is_named_with_what_covers_it() {
    let (proven, problems) = proof_of(
        r#"
[policy]
unassigned = "allow"
[components]
http     = { paths = "shop::http", uses = ["app", "features.cart", "features", "tests", "!shop::db"] }
app      = { paths = "shop::app", uses = ["db", "shop::db", "auth", "app", "shop::features::*", "!shop::features::pay"] }
db       = { paths = "shop::db", uses = ["domain", "!shop::auth", "!shop::auth"], crates = ["sqlx", "sqlx::Error", "diesel", "serde"] }
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
            "pattern !shop::db: dead: it takes away nothing that the rest of the list holds",
            "pattern !shop::auth: dead: `!shop::auth` of the same list takes away all that it does",
            "pattern !shop::auth: dead: `!shop::auth` of the same list takes away all that it does",
            "pattern features.cart: dead: `features` of the same list covers all that it names",
            "pattern db: dead: `shop::db` of the same list covers all that it names",
            "pattern shop::db: dead: `db` of the same list covers all that it names",
            "pattern app: dead: all that it names passes without it",
            "pattern sqlx::Error: dead: `sqlx` of the same list covers all that it names",
            "pattern shop::auth::sign_in: dead: `shop::auth::*` of the same list covers all that it names",
        ]
    );
    let told = patterns(&proven);
    for expected in [
        "component.http.uses pattern app: by undeclared-dependency",
        "component.http.uses pattern features: by undeclared-dependency",
        "component.http.uses pattern tests: idle: its code is development code alone",
        "component.app.uses pattern auth: by undeclared-dependency",
        "component.app.uses pattern shop::features::*: by undeclared-dependency",
        "component.app.uses pattern !shop::features::pay: by undeclared-dependency",
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

/// The same in the policy of a package.
#[test]
fn what_a_package_takes_back_in_vain_is_named() {
    let (proven, problems) = proof_in(
        r#"
//- archguard.toml
version = 1
[components]
http   = { paths = "web::http", uses = "*" }
app    = { paths = "web::app", uses = "*" }
shared = { paths = "web::self", uses = "*" }
base   = { each = "base::*" }
root   = "base::self"
//- web/archguard.toml
version = 1
uses = ["base", "app", "!base::files", "!base::files", "!base::nets", "!web::http"]
//- web/src/lib.rs
pub mod http { pub fn f() {} }
pub mod app { pub fn f() {} }
//- base/src/lib.rs
pub mod files { pub fn f() {} }
pub mod nets { pub fn f() {} }
pub mod texts { pub fn f() {} }
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told: Vec<String> = proven
        .iter()
        .filter(|it| it.rule.as_ref().is_some_and(|rule| rule.as_str() == "package.web.uses"))
        .map(told)
        .collect();
    let twice = "pattern !base::files: dead: `!base::files` of the same list takes away all that it does";
    assert_eq!(
        told,
        [
            "key package.web.uses: by undeclared-dependency",
            twice,
            twice,
            "pattern !base::nets: by undeclared-dependency",
            "pattern !web::http: dead: it takes away nothing that the rest of the list holds",
            "pattern base: by undeclared-dependency",
            "pattern app: by undeclared-dependency",
        ]
    );
}
