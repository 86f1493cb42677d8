//! `requirement-unmet`.

use crate::fixture::{check, message};

const WORKSPACE: &str = "crate shop only-mods
        extern serde
        extern axum
        mod shop::http
        mod shop::db
        derive serde::Serialize
        struct shop::http::Answer                  # requirement-unmet answers
        struct shop::http::Fine
        struct shop::http::Tested dev
        struct shop::db::Row
        shop::http::Answer -> serde::Serialize : derive
        shop::http::Fine -> serde::Serialize : derive
        shop::http::Fine -> axum::Json : type
        shop::http::Tested -> serde::Serialize : derive dev
        shop::db::Row -> serde::Serialize : derive";

fn policy(rule: &str) -> String {
    format!(
        "[policy]\nundeclared = \"allow\"\n[components]\nhttp = \"shop::http\"\ndb = \"shop::db\"\n\
         [[require]]\nid = \"answers\"\nbecause = \"Clients.\"\ninstead = \"axum::Json\"\n{rule}"
    )
}

#[test]
fn what_is_selected_and_lacks_something_is_reported_with_what_it_does_and_lacks() {
    let judgement = check(
        &policy("except = \"db\"\nitems = { derive = \"serde::Serialize\" }\nmust = { reference = \"axum::Json\" }"),
        WORKSPACE,
    );
    assert_eq!(
        message(&judgement),
        "`shop::http::Answer` derives `serde::Serialize` but never names `axum::Json`"
    );
    let finding = &judgement.findings[0];
    assert_eq!((finding.because.as_deref(), finding.to), (Some("Clients."), None));
    assert_eq!(finding.instead, ["axum::Json"]);
    let rule = &judgement.rules[0];
    assert_eq!(
        (rule.id.as_str(), rule.kind, rule.matched, rule.findings),
        ("answers", "require", 2, 1)
    );
}

#[test]
fn several_lacks_are_one_finding() {
    let judgement = check(
        &policy(
            "in = \"http\"\nitems = { kind = \"struct\", name = \"Answer\" }\nmust = { name = \"*Reply\", reference = [\"axum::Json\", \"axum::Html\"], kind = \"enum\" }",
        ),
        WORKSPACE,
    );
    assert_eq!(
        message(&judgement),
        "`shop::http::Answer` is no `enum` and is not named `*Reply` and never names `axum::Json` or `axum::Html`"
    );
}

#[test]
fn development_code_is_judged_where_the_rule_says_so() {
    let judgement = check(
        &policy(
            "dev = true\nin = \"http\"\nitems = { derive = \"serde::Serialize\" }\nmust = { reference = \"axum::Json\" }",
        ),
        &WORKSPACE.replace("Tested dev", "Tested dev # requirement-unmet answers"),
    );
    assert_eq!(judgement.rules[0].matched, 3);
}
