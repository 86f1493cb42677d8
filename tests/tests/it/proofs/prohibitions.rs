//! What prohibitions speak of and let pass, each entry by itself.

use super::said::{patterns_of_rules, proof_of};

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
    let told = patterns_of_rules(&proven);
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
