//! Every kind of rule, with each of its patterns.

use super::said::{dead, proof, told};

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
