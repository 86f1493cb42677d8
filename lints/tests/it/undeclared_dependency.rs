//! `undeclared-dependency`.

use crate::fixture::{check, message};

const POLICY: &str = r#"
[components]
http = { paths = "shop::http", uses = ["app"] }
app = "shop::app"
db = { paths = "shop::db", public = "shop::db::{repo,Model}" }
domain = "shop::domain"
"#;

#[test]
fn what_is_not_in_uses_is_a_breach() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        shop::http::list -> shop::app::orders
        shop::http::list -> shop::domain::Order : type     # undeclared-dependency component.http.uses",
    );
    assert_eq!(
        message(&judgement),
        "`shop::http::list` names `shop::domain::Order`, but `http` does not list `domain` in its `uses`"
    );
    assert_eq!(judgement.rules[0].matched, 2);
}

#[test]
fn without_uses_and_layering_nothing_is_declared() {
    let workspace = "crate shop only-mods
        shop::app::x -> shop::domain::y     # undeclared-dependency policy.undeclared
        shop::http::x -> shop::domain::y    # undeclared-dependency component.http.uses";
    let judgement = check(POLICY, workspace);
    assert_eq!(
        judgement.findings[0].message,
        "`shop::app::x` calls `shop::domain::y`, but nothing declares that `app` may use `domain`"
    );
    check(
        &format!("[policy]\nundeclared = \"allow\"\n{POLICY}"),
        &workspace.replace("# undeclared-dependency policy.undeclared", ""),
    );
}

#[test]
fn a_hand_out_counts_as_the_components_own_where_it_is_written_through_public() {
    let policy = r#"
[components]
http = { paths = "shop::http", uses = ["db", "util"] }
db = { paths = "shop::db", public = "shop::db::{repo,Model}", uses = "*" }
util = { paths = "shop::util", uses = "*" }
open = { paths = "shop::open", uses = "*" }
domain = { paths = "shop::domain", uses = [] }
"#;
    check(
        policy,
        "crate shop only-mods
        mod shop::open
        mod shop::db::repo
        shop::db::repo -> shop::domain::Order : import reexport
        mod shop::db::hidden
        shop::db -> shop::domain::Order : import reexport name=Model
        shop::open -> shop::domain::Order : import reexport
        mod shop::util
        shop::util -> shop::domain::Cart : import reexport
        shop::http::a -> shop::domain::Order : type as=shop::db::Model
        shop::http::b -> shop::domain::Order : type as=shop::db::repo::Order
        shop::http::c -> shop::domain::Order::total : method pathless
        shop::http::d -> shop::domain::Order : type                            # undeclared-dependency component.http.uses
        shop::http::e -> shop::domain::Order : type as=shop::open::Order       # undeclared-dependency component.http.uses
        shop::http::f -> shop::domain::Cart::total : method pathless           # undeclared-dependency component.http.uses
        shop::http::g -> shop::domain::Order : type as=shop::db::hidden::Order # undeclared-dependency component.http.uses, private-interface component.db.public",
    );
}

#[test]
fn development_code_is_exempt() {
    let workspace = "crate shop only-mods
        crate test:shop
        test:shop::t -> shop::domain::y
        shop::http::x -> shop::domain::y : call dev";
    check(POLICY, workspace);
}
