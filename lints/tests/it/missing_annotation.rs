//! `missing-annotation`.

use crate::fixture::{check, message};

const COMPONENTS: &str = r#"
[components]
main = "shop::self"
http = "shop::http"
persistence = "shop::db"
"#;

const WORKSPACE: &str = "crate shop                  # missing-annotation policy.annotations
        mod shop::http
        component shop::http http
        mod shop::http::inner
        mod shop::db only-mods
        mod shop::db::rows          # missing-annotation policy.annotations
        mod shop::db::rows::inner
        mod shop::tests dev";

#[test]
fn every_outermost_module_with_code_says_what_it_is() {
    let policy = format!("policy.annotations = \"required\"\n{COMPONENTS}");
    let judgement = check(&policy, WORKSPACE);
    assert_eq!(
        judgement.findings[0].message,
        "`shop` does not say that it belongs to `main`: write `archguard::component!(\"main\");` in it"
    );
}

#[test]
fn nobody_has_to_unless_the_policy_says_so() {
    let workspace = WORKSPACE.replace("# missing-annotation policy.annotations", "");
    check(COMPONENTS, &workspace);
    check(&format!("policy.annotations = \"optional\"\n{COMPONENTS}"), &workspace);
}

#[test]
fn a_component_may_have_to_or_need_not_alone() {
    let one = COMPONENTS.replace("\"shop::db\"", "{ paths = \"shop::db\", annotated = true }");
    let workspace = "crate shop
        mod shop::http
        mod shop::db                # missing-annotation policy.annotations";
    assert!(message(&check(&one, workspace)).contains("`persistence`"));
    let all_but_one = COMPONENTS.replace("\"shop::db\"", "{ paths = \"shop::db\", annotated = false }");
    let workspace = "crate shop                  # missing-annotation policy.annotations
        mod shop::http              # missing-annotation policy.annotations
        mod shop::db";
    check(&format!("policy.annotations = \"required\"\n{all_but_one}"), workspace);
}
