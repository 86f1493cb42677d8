//! What is said of names that do not exist, patterns that match nothing, and contradictions.

use super::{SHOP, problems, with_bound};
use crate::policy::bound::Permission;

#[test]
fn names_that_lead_nowhere_get_the_nearest() {
    assert_eq!(
        problems("[components]\na = \"shp::db\"\nb = \"shop::dbx\"\nc = \"sqlx\"\n"),
        [
            "unknown-name|\"shp::db\"|`shp::db`: there is no crate `shp`|shop",
            "nothing-matched|\"shop::dbx\"|`shop::dbx` matches nothing|shop::db",
            "nothing-matched|\"sqlx\"|`sqlx` is external code: a component is made of examined code|-",
        ]
    );
    assert_eq!(
        problems("[components]\nhttp = { paths = \"shop::http\", uses = [\"htp\", \"shop_domian\"] }\n"),
        [
            "unknown-name|\"htp\"|there is no component `htp`, and no examined crate of that name|http",
            "unknown-name|\"shop_domian\"|there is no component `shop_domian`, and no examined crate of that name|shop_domain",
        ]
    );
    assert_eq!(
        problems(
            "[components]\nf = { each = \"shop::features::*\" }\ng = { paths = \"shop::app\", uses = \"f.car\" }\n"
        ),
        ["unknown-name|\"f.car\"|there is no component `f.car`|f.cart"]
    );
    assert_eq!(
        problems("[components]\nf = { each = \"shop_domain::*\" }\n"),
        [
            "nothing-matched|\"shop_domain::*\"|`shop_domain::*` matches items, but no module or crate, which is what `each` makes components of|-"
        ]
    );
    assert_eq!(
        problems("[[forbid]]\nid = \"f\"\nin = [\"sqlx\", \"shop\"]\nuse = \"sqlx::nothing\"\n"),
        [
            "nothing-matched|\"sqlx\"|`sqlx` is external code, and only examined code can stand here|-",
            "nothing-matched|\"sqlx::nothing\"|`sqlx::nothing` matches nothing|-",
        ]
    );
}

#[test]
fn equal_claims_contradict() {
    assert_eq!(
        problems("[components]\na = \"shop::d*\"\nb = \"shop::*b\"\nc = \"shop::db::repo\"\n"),
        [
            "policy-conflict|\"shop::*b\"|`shop::db` is claimed by `a` and by `b` with equal right: name it in one of them, or make one pattern more specific|-"
        ]
    );
    assert_eq!(problems("[components]\na = \"shop::db\"\nb = \"shop::db\"\n").len(), 1);
    assert_eq!(
        problems("[components]\na = [\"shop\", \"!shop::db\"]\nb = \"shop::db\"\n"),
        Vec::<String>::new()
    );
}

#[test]
fn uses_up_a_layering_contradicts() {
    let text = |uses: &str| {
        format!(
            "[components]\ntop = \"shop::http\"\nf = {{ each = \"shop::features::*\", uses = \"f\" }}\nlow = {{ paths = \"shop::db\", uses = {uses} }}\n\
             [[layers]]\nid = \"l\"\norder = [\"top\", \"f\", \"low\"]\n"
        )
    };
    let siblings = "policy-conflict|\"f\"|`f.cart` cannot list `f.search` under `uses`: `l` puts them side by side|-";
    assert_eq!(
        problems(&text("[\"top\"]")),
        [
            siblings,
            "policy-conflict|\"top\"|`low` cannot list `top` under `uses`: `l` puts it above|-"
        ]
    );
    assert_eq!(problems(&text("\"*\"")), [siblings]);
}

#[test]
fn one_component_in_two_places_of_an_order() {
    assert_eq!(
        problems(
            "[components]\nf = { each = \"shop::features::*\" }\na = \"shop::app\"\n[[layers]]\nid = \"l\"\norder = [\"f\", \"a\", \"f.cart\"]\n"
        ),
        ["policy-conflict|\"f.cart\"|`f.cart` stands in two places of `l`|-"]
    );
}

#[test]
fn crates_may_stand_for_the_components_inside() {
    let text = |entry: &str| {
        format!(
            "[components]\na = \"shop::http\"\nb = [\"shop::db\", \"shop_migrations\"]\nc = \"shop_domain\"\nd = {{ paths = \"bin:xtask\", uses = {entry} }}\n"
        )
    };
    with_bound(&text("[\"shop_domain\", \"shop::http\"]"), SHOP, |bound| {
        assert_eq!(bound.problems, Vec::<String>::new());
        assert_eq!(bound.permission("d", "c"), Permission::Allowed);
        assert_eq!(bound.permission("d", "a"), Permission::Allowed);
        assert_eq!(bound.permission("d", "b"), Permission::NotInUses);
    });
    assert_eq!(
        problems(&text("\"shop_migrations\"")),
        [
            "policy-conflict|\"shop_migrations\"|`shop_migrations` is only a part of component `b`: here stand whole components|b"
        ]
    );
}

#[test]
fn a_name_that_is_component_and_crate_must_say_which() {
    let rule = "[[forbid]]\nid = \"f\"\nuse = \"shop\"\n";
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop::http\"\n{rule}")),
        [
            "policy-conflict|\"shop\"|`shop` is both a component and a crate: write `component:shop` or `crate:shop`|component:shop"
        ]
    );
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop\"\n{rule}")),
        Vec::<String>::new()
    );
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop\"\ndb = \"shop::db\"\n{rule}")).len(),
        1
    );
    let named = "[[forbid]]\nid = \"f\"\nuse = [\"crate:shop\", \"component:shop\"]\n";
    assert_eq!(
        problems(&format!("[components]\nshop = \"shop::http\"\n{named}")),
        Vec::<String>::new()
    );
}

#[test]
fn dormant_crates_are_allowed_unless_they_look_like_slips() {
    let rule = |list: &str, more: &str| format!("[[forbid]]\nid = \"f\"\nuse = {list}\n{more}");
    assert_eq!(problems(&rule("[\"sqlx\", \"diesel\"]", "")), Vec::<String>::new());
    assert_eq!(
        problems(&rule("[\"sqlx\", \"jsonwebtokn::Token\"]", "")),
        [
            "unknown-name|\"jsonwebtokn::Token\"|there is no crate `jsonwebtokn`, and it is nearly `jsonwebtoken`, which is there|jsonwebtoken::Token"
        ]
    );
    assert_eq!(problems(&rule("[\"sqxl\", \"sqlx\"]", "")), Vec::<String>::new());
    assert_eq!(
        problems(&rule("[\"diesel\", \"rusqlite\"]", "")),
        [
            "nothing-matched|[\"diesel\", \"rusqlite\"]|nothing that `f` names is there, so the rule could never find anything; `optional = true` lets it wait|-"
        ]
    );
    with_bound(
        &rule("[\"diesel\", \"shop::gone\"]", "optional = true\n"),
        SHOP,
        |bound| {
            assert_eq!(bound.problems, Vec::<String>::new());
            assert_eq!(bound.policy.forbids[0].targets.dormant, [0, 1]);
        },
    );
    let crates = "[components]\na = { paths = \"shop\", crates = [\"serde\", \"thiserror\", \"jsonwebtokens\"] }\n";
    assert_eq!(
        problems(crates),
        [
            "unknown-name|\"jsonwebtokens\"|there is no crate `jsonwebtokens`, and it is nearly `jsonwebtoken`, which is there|jsonwebtoken"
        ]
    );
}

#[test]
fn pending_code_is_a_problem_only_on_request() {
    let code = format!("{SHOP}\nopaque secret");
    let text =
        "[components]\na = { paths = \"shop\", public = \"secret::x\" }\n[[forbid]]\nid = \"f\"\nuse = \"secret::y\"\n";
    assert_eq!(
        with_bound(text, &code, |bound| bound.problems.clone()),
        Vec::<String>::new()
    );
    let found = with_bound(&format!("{text}[policy]\npending = \"error\"\n"), &code, |bound| {
        bound.problems.clone()
    });
    assert_eq!(
        found,
        [
            "unexamined-code|\"secret::x\"|`secret::x` leads into code that has no sources or has not been generated yet|-",
            "unexamined-code|\"secret::y\"|`secret::y` leads into code that has no sources or has not been generated yet|-",
        ]
    );
}

#[test]
fn components_that_own_nothing_and_dev_code_that_is_not_there() {
    assert_eq!(
        problems("[components]\na = [\"shop::db\", \"!shop::db\"]\n"),
        ["nothing-matched|a|component `a` owns nothing|-"]
    );
    assert_eq!(
        problems(
            "[components]\na = \"shop\"\n[policy]\ndev_code = [\"shop::tset\", \"attribute:x::y\", \"feature:z\"]\n"
        ),
        ["nothing-matched|\"shop::tset\"|`shop::tset` matches nothing|-"]
    );
}

#[test]
fn an_optional_rule_may_wait_but_its_names_must_exist() {
    let rule = |scope: &str, list: &str| {
        format!("[components]\na = \"shop\"\n[[forbid]]\nid = \"f\"\nin = {scope}\nuse = {list}\noptional = true\n")
    };
    assert_eq!(problems(&rule("\"a\"", "\"jsonwebtokens\"")), Vec::<String>::new());
    assert_eq!(problems(&rule("\"shop::gone\"", "\"diesel\"")), Vec::<String>::new());
    assert_eq!(
        problems(&rule("\"shpo\"", "\"diesel\"")),
        ["unknown-name|\"shpo\"|there is no component `shpo`, and no examined crate of that name|shop"]
    );
}
