//! `crate-not-allowed`.

use crate::fixture::{check, messages};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
domain = { paths = "shop::domain", crates = ["serde", "thiserror"] }
open = "shop::open"
db = { paths = "shop::db", public = "shop::db::repo" }
"#;

#[test]
fn only_the_listed_crates_their_families_and_the_standard_library_are_allowed() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        extern serde
        extern serde_derive
        extern thiserror
        extern sqlx
        extern sqlx_core
        opaque hidden
        shop::domain::Order -> serde_derive::Serialize : derive as=serde::Serialize
        shop::domain::Order -> thiserror::Error : derive
        shop::domain::load -> std::fs::read
        shop::domain::load -> sqlx_core::query::query : call as=sqlx::query      # crate-not-allowed component.domain.crates
        shop::domain::load -> hidden::thing : call                               # crate-not-allowed component.domain.crates
        shop::open::load -> sqlx_core::query::query : call as=sqlx::query",
    );
    assert_eq!(
        messages(&judgement)[0],
        "`shop::domain::load` calls `sqlx::query`, but `domain` lists neither `sqlx` nor `sqlx_core`, the crate that defines it, in its `crates`"
    );
    assert_eq!(
        messages(&judgement)[1],
        "`shop::domain::load` calls `hidden::thing`, but `domain` does not list the crate `hidden` in its `crates`"
    );
}

#[test]
fn what_a_facade_re_exports_is_allowed_where_it_is_written_through_the_facade() {
    check(
        &POLICY.replace("\"serde\"", "\"axum\", \"serde\""),
        "crate shop only-mods
        extern axum
        extern serde
        extern thiserror
        extern http
        mod axum::http
        axum::http -> http::StatusCode : import reexport
        shop::domain::a -> http::StatusCode : type as=axum::http::StatusCode
        shop::domain::b -> http::StatusCode : type                     # crate-not-allowed component.domain.crates",
    );
}

#[test]
fn re_exporting_does_not_launder_but_a_declared_public_hands_out() {
    check(
        POLICY,
        "crate shop only-mods
        extern serde
        extern thiserror
        extern sqlx
        mod shop::open
        mod shop::db::repo
        shop::open -> sqlx::Pool : import reexport
        shop::db::repo -> sqlx::Pool : import reexport
        shop::domain::a -> sqlx::Pool : type as=shop::open::Pool       # crate-not-allowed component.domain.crates
        shop::domain::b -> sqlx::Pool : type as=shop::db::repo::Pool
        shop::domain::c -> sqlx::Pool::close : method pathless
        shop::domain::d -> sqlx::Pool : type dev",
    );
}

#[test]
fn the_definition_that_is_named_decides_not_where_a_trait_is_implemented() {
    check(
        POLICY,
        "crate shop only-mods
        extern serde
        extern thiserror
        extern sqlx
        shop::domain::a -> core::clone::Clone::clone : call as=sqlx::Pool::clone also=sqlx::Pool::clone
        shop::domain::a -> sqlx::Pool : type        # crate-not-allowed component.domain.crates",
    );
}
