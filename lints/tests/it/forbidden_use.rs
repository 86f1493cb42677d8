//! `forbidden-use`.

use crate::fixture::{check, message, messages};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
util = "shop::util"
persistence = { paths = "shop::db", public = ["shop::db::repo", "shop::db::sql!"] }
[[forbid]]
id = "raw-sql"
use = ["sqlx", "diesel", "!sqlx::Error"]
except = "persistence"
because = "One place for SQL."
instead = "shop::db::repo"
"#;

const DRIVER: &str = "crate shop only-mods
        extern sqlx
        extern sqlx_core
        mod shop::db::repo
        macro shop::db::sql
        struct sqlx::Error
        shop::db::repo::all -> sqlx_core::query::query : call as=sqlx::query\n";

fn workspace(lines: &str) -> String {
    format!("{DRIVER}{lines}")
}

#[test]
fn a_driver_is_found_by_what_is_written_and_by_its_definition() {
    let judgement = check(
        POLICY,
        &workspace(
            "mod shop::util
            shop::util -> sqlx_core::query::query : import reexport as=sqlx::query     # forbidden-use raw-sql
            shop::http::a -> sqlx_core::query::query : call as=sqlx::query             # forbidden-use raw-sql
            shop::http::b -> sqlx_core::query::query : call as=shop::util::query       # forbidden-use raw-sql
            shop::http::c -> sqlx_core::Pool::close : method pathless                  # forbidden-use raw-sql
            shop::http::d -> std::convert::From::from : call as=sqlx::Pool::from       # forbidden-use raw-sql
            shop::http::e -> sqlx::Error : type
            shop::http::f -> sqlx_core::query::query : call as=sqlx::query dev
            shop::http::g -> shop::db::repo::all",
        ),
    );
    assert_eq!(
        messages(&judgement),
        [
            "`shop::http::a` calls `sqlx::query`, which only `persistence` may use",
            "`shop::http::b` calls `shop::util::query` (that is, `sqlx_core::query::query`), which only `persistence` may use",
            "`shop::http::c` calls the method `sqlx_core::Pool::close`, which only `persistence` may use",
            "`shop::http::d` calls `sqlx::Pool::from`, which only `persistence` may use",
            "`shop::util` re-exports `sqlx::query`, which only `persistence` may use",
        ]
    );
    let finding = &judgement.findings[0];
    assert_eq!(
        (finding.instead.as_slice(), finding.written.as_str()),
        (&["shop::db::repo".to_owned()][..], "sqlx::query")
    );
    let rule = &judgement.rules[0];
    assert_eq!((rule.kind, rule.matched, rule.findings), ("forbid", 7, 5));
    assert_eq!(rule.dormant, ["diesel"]);
}

#[test]
fn the_second_definition_is_the_target_if_it_is_the_one_named() {
    let judgement = check(
        POLICY,
        &workspace(
            "shop::http::a -> core::clone::Clone::clone : method pathless also=sqlx_core::Pool::clone # forbidden-use raw-sql",
        ),
    );
    assert!(judgement.findings[0].to.is_some());
    assert!(message(&judgement).contains("which only `persistence` may use"));
}

#[test]
fn development_code_is_judged_where_the_rule_says_so() {
    check(
        &POLICY.replace("except", "dev = true\nexcept"),
        &workspace("shop::http::f -> sqlx_core::query::query : call as=sqlx::query dev     # forbidden-use raw-sql"),
    );
}

#[test]
fn only_the_kinds_listed_and_with_the_replacement_of_the_path() {
    let policy = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
web = "web"
[[forbid]]
id = "own-extractors"
in = "http"
use = { "axum::Path" = "web::Path", "axum::Json" = "web::Json" }
as = ["import", "type"]
instead = "web"
"#;
    let judgement = check(
        policy,
        "crate shop only-mods
        crate web
        extern axum
        struct axum::Path
        shop::http::a -> axum::Json : type       # forbidden-use own-extractors
        shop::http::a -> axum::Json : call
        web::Json -> axum::Json : type",
    );
    assert_eq!(
        message(&judgement),
        "`shop::http::a` names `axum::Json`, which `http` must not use"
    );
    assert_eq!(judgement.findings[0].instead, ["web::Json"]);
}

#[test]
fn what_a_prohibition_names_may_name_itself_but_not_its_neighbour() {
    let policy = r#"
[policy]
unassigned = "allow"
[[forbid]]
id = "internals"
use = ["shop::cache", "shop::db"]
"#;
    let judgement = check(
        policy,
        "crate shop only-mods
        shop::cache::a -> shop::cache::b::c
        shop::cache::a -> shop::db::d            # forbidden-use internals
        shop::db::d -> shop::db::e",
    );
    assert_eq!(
        message(&judgement),
        "`shop::cache::a` calls `shop::db::d`, which `internals` forbids"
    );
}

#[test]
fn macros_hand_their_bodies_to_their_invokers() {
    let judgement = check(
        POLICY,
        &workspace(
            "macro shop::util::run
            shop::util::run! -> sqlx::query : call                                 # forbidden-use raw-sql
            shop::http::a -> sqlx::query : call pathless by=shop::util::run        # forbidden-use raw-sql
            shop::db::a -> sqlx::query : call pathless by=shop::util::run          # forbidden-use raw-sql
            shop::db::sql! -> sqlx::query : call
            shop::http::b -> shop::db::sql! : macro
            shop::http::b -> sqlx::query : call pathless by=shop::db::sql          # forbidden-use raw-sql
            shop::http::c -> sqlx::query_as! : macro                               # forbidden-use raw-sql
            shop::http::c -> sqlx::inner : call pathless by=sqlx::query_as",
        ),
    );
    let sites: Vec<(&str, usize)> = judgement
        .findings
        .iter()
        .map(|finding| (finding.message.split(' ').next().unwrap(), finding.sites.len()))
        .collect();
    assert_eq!(
        sites,
        [
            ("`shop::http::b`", 1),
            ("`shop::http::c`", 1),
            ("`shop::util::run!`", 3)
        ]
    );
}

#[test]
fn through_lets_the_public_hand_outs_of_a_component_pass() {
    let policy = POLICY.replace("except", "through = \"persistence\"\nexcept");
    check(
        &policy,
        &workspace(
            "shop::db::repo -> sqlx::Row : import reexport
            shop::http::a -> sqlx::Row : type as=shop::db::repo::Row
            shop::http::a -> sqlx::Row::get : method pathless
            shop::http::b -> sqlx::Row : type                                      # forbidden-use raw-sql
            shop::http::c -> sqlx::Pool::close : method pathless                   # forbidden-use raw-sql
            shop::http::d -> sqlx::query : call pathless by=shop::db::sql
            macro shop::db::hidden
            shop::http::e -> sqlx::query : call pathless by=shop::db::hidden       # forbidden-use raw-sql",
        ),
    );
}

#[test]
fn a_prohibited_component_and_a_modules_own_items_may_name_themselves() {
    let policy = r#"
[policy]
undeclared = "allow"
[components]
root = "shop::self"
db = ["shop::db", "shop::tables"]
http = "shop::http"
[[forbid]]
id = "closed"
use = "db"
[[forbid]]
id = "no-root"
use = "shop::self"
"#;
    check(
        policy,
        "crate shop
        shop::db::a -> shop::tables::b
        shop::http::a -> shop::tables::b      # forbidden-use closed
        shop::top -> shop::other
        shop::http::a -> shop::top            # forbidden-use no-root",
    );
}

#[test]
fn the_verb_fits_what_is_named() {
    let judgement = check(
        POLICY,
        &workspace(
            "struct sqlx_core::Query
            struct sqlx_core::Options
            type sqlx_core::Rows
            shop::http::a -> sqlx_core::Options : call as=sqlx::Options         # forbidden-use raw-sql
            shop::http::b -> sqlx_core::Rows : method pathless                  # forbidden-use raw-sql
            shop::http::c -> sqlx_core::Query::run : method pathless            # forbidden-use raw-sql",
        ),
    );
    assert_eq!(
        messages(&judgement),
        [
            "`shop::http::a` constructs `sqlx::Options`, which only `persistence` may use",
            "`shop::http::b` calls a method of `sqlx_core::Rows`, which only `persistence` may use",
            "`shop::http::c` calls the method `sqlx_core::Query::run`, which only `persistence` may use",
        ]
    );
}
