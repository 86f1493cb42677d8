//! `contradicted-annotation`.

use crate::fixture::{check, message, messages};

const POLICY: &str = r#"
[components]
http = "shop::http"
persistence = "shop::db"
features = { each = "shop::features::*" }
"#;

#[test]
fn what_code_says_has_to_be_what_the_policy_says() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        mod shop::db
        component shop::db http                              # contradicted-annotation policy.annotations
        mod shop::http
        component shop::http http
        mod shop::http::inner
        component shop::http::inner persistence              # contradicted-annotation policy.annotations
        mod shop::features only-mods
        mod shop::features::cart
        component shop::features::cart features.cart
        mod shop::features::pay
        component shop::features::pay features
        mod shop::features::ship
        component shop::features::ship features.cart         # contradicted-annotation policy.annotations",
    );
    let expected = [
        "`shop::db` says that it belongs to `http`, the policy gives it to `persistence`",
        "`shop::features::ship` says that it belongs to `features.cart`, the policy gives it to `features.ship`",
        "`shop::http::inner` says that it belongs to `persistence`, the policy gives it to `http`",
    ];
    assert_eq!(messages(&judgement), expected);
    let rule = judgement
        .rules
        .iter()
        .find(|rule| rule.id.as_str() == "policy.annotations")
        .unwrap();
    assert_eq!((rule.kind, rule.findings, rule.matched), ("policy", 3, 6));
}

#[test]
fn a_component_that_is_none_is_named_with_the_nearest() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        mod shop::http
        mod shop::features::cart
        mod shop::db
        component shop::db persistense      # contradicted-annotation policy.annotations",
    );
    assert_eq!(
        message(&judgement),
        "`shop::db` says that it belongs to `persistense`, the policy gives it to `persistence`, and there is no component \
         `persistense`; did you mean `persistence`?"
    );
}

#[test]
fn what_no_component_owns_cannot_say_that_one_does() {
    let policy = format!("[policy]\nunassigned = \"allow\"\n{POLICY}");
    let judgement = check(
        &policy,
        "crate shop only-mods
        mod shop::http
        mod shop::features::cart
        mod shop::db
        mod shop::loose
        component shop::loose http      # contradicted-annotation policy.annotations
        mod shop::tests dev
        component shop::tests http",
    );
    assert_eq!(
        message(&judgement),
        "`shop::loose` says that it belongs to `http`, the policy gives it to no component"
    );
}
