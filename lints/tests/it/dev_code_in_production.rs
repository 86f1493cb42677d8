//! `dev-code-in-production`.

use crate::fixture::{check, message, messages};

const POLICY: &str = r#"
[policy]
dev_code = ["test_support", "feature:testing", "attribute:macros::scenario"]
undeclared = "allow"
[components]
http = "shop::http"
"#;

#[test]
fn listed_development_code_is_for_development_code() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        crate test_support dev
        extern macros
        fn shop::http::mock dev cfg=feature_=_\"testing\"
        mod shop::http::tests dev cfg=test
        fn shop::http::scene dev
        shop::http::scene -> macros::scenario! : attribute
        shop::http::a -> test_support::server            # dev-code-in-production policy.dev_code
        shop::http::b -> shop::http::mock                # dev-code-in-production policy.dev_code
        shop::http::c -> shop::http::scene               # dev-code-in-production policy.dev_code
        shop::http::d -> shop::http::tests::helper
        shop::http::e -> test_support::server : call dev
        shop::http::tests::t -> test_support::server
        test_support::server -> test_support::inner",
    );
    assert_eq!(
        messages(&judgement)[0],
        "`shop::http::a` calls `test_support::server`, which `dev_code` lists as development code"
    );
}

#[test]
fn a_listed_macro_is_one_finding_where_it_is_invoked() {
    let judgement = check(
        &POLICY.replace(", \"attribute:macros::scenario\"", ""),
        "crate shop only-mods
        crate test_support dev
        macro test_support::setup
        shop::http::a -> test_support::setup! : macro        # dev-code-in-production policy.dev_code
        shop::http::a -> test_support::server : call pathless by=test_support::setup",
    );
    assert!(message(&judgement).contains("invokes `test_support::setup!`"));
}
