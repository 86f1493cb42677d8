//! `mandate-bypassed`.

use crate::fixture::{check, message};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
auth = { paths = "shop::auth", public = "shop::auth::{CurrentUser,sign_in}" }
[[mandate]]
id = "shared-auth"
use = "auth"
instead_of = ["jsonwebtoken", "argon2"]
because = "One implementation."
"#;

const WORKSPACE: &str = "crate shop only-mods
        extern jsonwebtoken
        struct shop::auth::CurrentUser
        shop::auth::sign_in -> jsonwebtoken::encode
        shop::http::a -> shop::auth::sign_in
        shop::http::a -> jsonwebtoken::decode         # mandate-bypassed shared-auth
        shop::http::t -> jsonwebtoken::decode : call dev";

#[test]
fn what_belongs_to_the_shared_component_is_its_alone_and_the_advice_leads_there() {
    let judgement = check(POLICY, WORKSPACE);
    assert_eq!(
        message(&judgement),
        "`shop::http::a` calls `jsonwebtoken::decode`, which belongs to `auth` alone"
    );
    assert_eq!(
        judgement.findings[0].instead,
        ["shop::auth::CurrentUser", "shop::auth::sign_in"]
    );
    let rule = &judgement.rules[0];
    assert_eq!(
        (rule.kind, rule.matched, rule.dormant.as_slice()),
        ("mandate", 3, &["argon2".to_owned()][..])
    );
}

#[test]
fn its_own_instead_comes_first_and_its_exceptions_are_free() {
    let judgement = check(
        &POLICY.replace("because", "instead = \"shop::auth::sign_in\"\nbecause"),
        WORKSPACE,
    );
    assert_eq!(judgement.findings[0].instead, ["shop::auth::sign_in"]);
    check(
        &POLICY.replace("because", "except = \"http\"\nbecause"),
        &WORKSPACE.replace("# mandate-bypassed shared-auth", ""),
    );
}
