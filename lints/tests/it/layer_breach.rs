//! `layer-breach`.

use crate::fixture::{check, message};

const POLICY: &str = r#"
[components]
http = "shop::http"
app = "shop::app"
db = "shop::db"
jobs = "shop::jobs"
[[layers]]
id = "layering"
order = [["http", "jobs"], "app", "db"]
because = "Downwards only."
"#;

#[test]
fn upwards_and_between_siblings_is_a_breach_downwards_is_not() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        shop::http::list -> shop::app::orders
        shop::http::list -> shop::db::rows
        shop::app::orders -> shop::http::list      # layer-breach layering
        shop::jobs::run -> shop::http::list        # layer-breach layering
        shop::app::orders -> shop::app::inner::x",
    );
    let messages = crate::fixture::messages(&judgement);
    assert_eq!(
        messages,
        [
            "`shop::app::orders` calls `shop::http::list`, but `http` is a layer above `app`",
            "`shop::jobs::run` calls `shop::http::list`, but `jobs` and `http` are siblings, which may not use each other",
        ]
    );
    assert_eq!(judgement.findings[0].because.as_deref(), Some("Downwards only."));
    let layering = &judgement.rules[0];
    assert_eq!(
        (layering.id.as_str(), layering.kind, layering.matched, layering.findings),
        ("layering", "layers", 4, 2)
    );
}

#[test]
fn one_finding_holds_all_sites_of_a_pair() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        shop::app::orders -> shop::http::list      # layer-breach layering
        shop::app::orders -> shop::http::list      # layer-breach layering
        shop::app::orders -> shop::http::List::new : method pathless     # layer-breach layering",
    );
    let sites: Vec<usize> = judgement.findings.iter().map(|finding| finding.sites.len()).collect();
    assert_eq!(sites, [2, 1]);
}

#[test]
fn where_a_trait_happens_to_be_implemented_is_nobodys_dependency() {
    check(
        POLICY,
        "crate shop only-mods
        shop::app::run -> shop::db::Save::save : method pathless also=shop::http::Form::save
        shop::app::run -> shop::http::Form::save : method pathless also=shop::db::Save::save   # layer-breach layering",
    );
}

#[test]
fn development_code_is_exempt_unless_the_layering_or_the_policy_says_otherwise() {
    let workspace = "crate shop only-mods
        mod shop::app::tests dev
        shop::app::tests::t -> shop::http::list
        shop::app::run -> shop::http::list : call dev";
    check(POLICY, workspace);
    let judged = workspace.replace("list\n", "list # layer-breach layering\n") + " # layer-breach layering";
    check(&POLICY.replace("because", "dev = true\nbecause"), &judged);
    check(&format!("[policy]\ndev = \"check\"\n{POLICY}"), &judged);
}

#[test]
fn a_breach_in_a_macro_is_one_finding_with_its_invocations() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        macro shop::app::render
        shop::app::page -> shop::http::html : call pathless by=shop::app::render     # layer-breach layering
        shop::app::render! -> shop::http::html       # layer-breach layering
        shop::app::page -> shop::app::render! : macro
        shop::app::other -> shop::http::html : call pathless by=shop::app::render     # layer-breach layering
        shop::app::checked -> shop::http::html : call dev pathless by=shop::app::render",
    );
    let message = message(&judgement);
    assert_eq!(
        message,
        "`shop::app::render!` calls `shop::http::html`, but `http` is a layer above `app`"
    );
    let lines: Vec<u32> = judgement.findings[0]
        .sites
        .iter()
        .map(|site| site.place.start.line)
        .collect();
    assert_eq!(lines, [4, 3, 6], "the macro's body first, then the invocations");
}

#[test]
fn what_a_macro_may_do_and_its_invoker_may_not_is_the_invokers() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        macro shop::http::render
        shop::http::render! -> shop::http::html
        shop::http::render! -> shop::app::text
        shop::app::page -> shop::http::render! : macro     # layer-breach layering
        shop::db::page -> shop::app::text : call pathless by=shop::http::render     # layer-breach layering",
    );
    let froms: Vec<&str> = crate::fixture::messages(&judgement)
        .iter()
        .map(|text| text.split(' ').next().unwrap())
        .collect();
    assert_eq!(froms, ["`shop::app::page`", "`shop::db::page`"]);
}

#[test]
fn what_an_external_macro_expands_to_counts_as_that_crate() {
    check(
        POLICY,
        "crate shop only-mods
        extern maker
        shop::app::page -> shop::http::html : call pathless by=maker::render!",
    );
}

#[test]
fn within_a_family_submodules_are_ordered_in_each_member() {
    let policy = r#"
[components]
features = { each = "shop::features::*", uses = [] }
[[layers]]
id = "inside"
within = "features"
order = ["http", ["app", "jobs"], "domain"]
"#;
    let judgement = check(
        policy,
        "crate shop only-mods
        mod shop::features only-mods
        shop::features::cart::http::list -> shop::features::cart::app::x
        shop::features::cart::app::x -> shop::features::cart::http::list        # layer-breach inside
        shop::features::cart::jobs::x -> shop::features::cart::app::x           # layer-breach inside
        shop::features::cart::domain::x -> shop::features::cart::other::x
        shop::features::cart::other::x -> shop::features::cart::http::list
        shop::features::cart::domain::x -> shop::features::cart::domain::deep::y
        shop::features::pay::domain::x -> shop::features::cart::http::list      # undeclared-dependency component.features.uses",
    );
    assert_eq!(
        crate::fixture::messages(&judgement)[0],
        "`shop::features::cart::app::x` calls `shop::features::cart::http::list`, but `shop::features::cart::http` is a layer above `shop::features::cart::app`"
    );
    assert_eq!(
        judgement
            .rules
            .iter()
            .find(|rule| rule.id.as_str() == "inside")
            .unwrap()
            .matched,
        3
    );
}

#[test]
fn every_layering_that_holds_both_must_allow_the_pair() {
    let second = "[[layers]]\nid = \"second\"\norder = [\"db\", \"app\"]\n";
    check(
        &format!("{POLICY}{second}"),
        "crate shop only-mods
        shop::app::x -> shop::db::y      # layer-breach second
        shop::db::y -> shop::app::x      # layer-breach layering
        shop::http::x -> shop::jobs::y   # layer-breach layering",
    );
}
