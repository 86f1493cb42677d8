//! Lists that permit, each entry by itself.

use archguard_lints::Subject;

use super::said::{dead, proof_of, told};

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
