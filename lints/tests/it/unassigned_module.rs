//! `unassigned-module`.

use crate::fixture::{check, messages};

const POLICY: &str = r#"
[components]
http = "shop::http"
clock = "shop::util::Clock"
"#;

const WORKSPACE: &str = "crate shop only-mods
        mod shop::http
        mod shop::helpers             # unassigned-module policy.unassigned
        mod shop::helpers::inner      # unassigned-module policy.unassigned
        fn shop::helpers::inner::f
        mod shop::tests dev
        mod shop::folder only-mods
        mod shop::util
        struct shop::util::Clock
        crate test:shop
        extern serde";

#[test]
fn a_module_with_code_needs_a_component() {
    let judgement = check(POLICY, WORKSPACE);
    let expected = [
        "`shop::helpers` holds code and is in no component",
        "`shop::helpers::inner` holds code and is in no component",
    ];
    assert_eq!(messages(&judgement), expected);
    assert!(judgement.findings.iter().all(|finding| finding.to.is_none()));
    let rule = judgement
        .rules
        .iter()
        .find(|rule| rule.id.as_str() == "policy.unassigned")
        .unwrap();
    assert_eq!((rule.kind, rule.findings), ("policy", 2));
}

#[test]
fn the_policy_may_allow_it() {
    let policy = format!("[policy]\nunassigned = \"allow\"\n{POLICY}");
    check(&policy, &WORKSPACE.replace("# unassigned-module policy.unassigned", ""));
}

#[test]
fn a_module_is_unassigned_as_soon_as_one_of_its_items_is() {
    check(
        POLICY,
        "crate shop only-mods
        mod shop::http
        mod shop::util            # unassigned-module policy.unassigned
        struct shop::util::Clock
        fn shop::util::other",
    );
}
