//! `unresolved-suspect`.

use crate::fixture::{check, messages};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
persistence = "shop::db"
auth = "shop::auth"
[[forbid]]
id = "raw-sql"
use = "sqlx::query"
except = "persistence"
[[forbid]]
id = "no-http-below"
in = "persistence"
use = "http"
[[mandate]]
id = "shared-auth"
use = "auth"
instead_of = "jsonwebtoken"
"#;

#[test]
fn a_path_into_what_is_prohibited_is_suspect() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        extern sqlx
        extern jsonwebtoken
        extern other
        mod sqlx::query
        mod shop::http
        mod shop::db
        mod shop::auth
        unresolved shop::http::a -> sqlx::query::nothing : call leads=sqlx::query        # unresolved-suspect raw-sql
        unresolved shop::http::b -> sqlx::query : call leads=sqlx                        # unresolved-suspect raw-sql
        unresolved shop::http::c -> shop::http::query : call leads=other,sqlx            # unresolved-suspect raw-sql
        unresolved shop::http::d -> sqlx::other : call leads=sqlx
        unresolved shop::db::e -> sqlx::query::nothing : call leads=sqlx::query
        unresolved shop::http::f -> sqlx::query::nothing : call leads=sqlx::query dev
        unresolved shop::db::g -> shop::http::gone : call leads=shop::http               # unresolved-suspect no-http-below
        unresolved shop::http::h -> jsonwebtoken::gone : call leads=jsonwebtoken         # unresolved-suspect shared-auth
        unresolved shop::auth::i -> jsonwebtoken::gone : call leads=jsonwebtoken
        unresolved shop::http::j -> nowhere::gone : call",
    );
    assert!(messages(&judgement).contains(
        &"`shop::http::a` writes `sqlx::query::nothing`, which does not resolve (not-in-module) and may lead into \
          `sqlx::query`, which `raw-sql` prohibits here"
    ));
    let reference = judgement.findings[0].sites[0]
        .reference
        .as_ref()
        .expect("the site says what was written");
    assert_eq!(reference.resolution, None);
}
