//! What requirements select, layerings rank and lists that permit take back, each entry by itself.

use super::said::{patterns, proof_of};

#[test]
fn what_selects_ranks_or_takes_back_nothing_of_its_own_is_named() {
    let (proven, problems) = proof_of(
        r#"
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
http   = "shop::http"
app    = { paths = "shop::app", crates = ["sqlx", "!sqlx::driver", "!sqlx::driver::connect", "!serde"] }
auth   = { paths = "shop::auth", public = ["shop::auth", "!shop::auth::hash", "!shop::db"] }
db     = "shop::db"
domain = "shop::domain"
[[layers]]
id     = "ranked"
order  = ["http", "app", "db"]
in     = ["app", "db", "http", "auth"]
except = ["domain", "db"]
[[require]]
id     = "rows"
in     = ["db", "http", "domain", "shop::db", "!shop::http::orders"]
except = ["domain", "app"]
items  = { kind = ["struct", "fn", "enum"], name = "*Row", in = ["db", "http", "app"] }
must   = { kind = ["struct", "enum"], in = ["db", "shop::http::orders", "!shop::app"] }
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told = patterns(&proven);
    let same = "every use that is planted between components is judged the same without it";
    assert_eq!(
        told.iter().filter(|line| !line.contains(": by ")).cloned().collect::<Vec<_>>(),
        [
            "ranked pattern db: dead: its `in` and `except` leave nobody who could use what is above".to_owned(),
            format!("ranked pattern db: dead: {same}"),
            format!("ranked pattern http: dead: {same}"),
            format!("ranked pattern auth: dead: {same}"),
            format!("ranked pattern domain: dead: {same}"),
            "rows pattern db: dead: `shop::db` of the same list covers all that it names".to_owned(),
            "rows pattern domain: dead: the rule speaks of nothing that it names, whatever `in` says".to_owned(),
            "rows pattern shop::db: dead: `db` of the same list covers all that it names".to_owned(),
            "rows pattern domain: dead: the rule speaks of nothing that it names, whatever `except` says".to_owned(),
            "rows pattern app: dead: the rule speaks of nothing that it names, whatever `except` says".to_owned(),
            "rows pattern app: dead: the rule speaks of nothing that it names, whatever `in` says".to_owned(),
            "rows pattern shop::http::orders: dead: no code that the rule speaks of is there by this entry alone"
                .to_owned(),
            "rows pattern !shop::app: dead: it takes away no code of the rest of the list that the rule speaks of"
                .to_owned(),
            "component.app.crates pattern !sqlx::driver::connect: dead: `!sqlx::driver` of the same list takes away \
             all that it does"
                .to_owned(),
            "component.app.crates pattern !serde: idle: nothing else in the list permits it, unless by a path that it \
             is re-exported under"
                .to_owned(),
            "component.auth.public pattern !shop::db: idle: nothing else in the list permits it, unless by a path that \
             it is re-exported under"
                .to_owned(),
        ]
    );
    for expected in [
        "ranked pattern app: by layer-breach",
        "ranked pattern db: by layer-breach",
        "rows pattern http: by misplaced-item",
        "rows pattern !shop::http::orders: by requirement-unmet",
        "rows pattern db: by requirement-unmet",
        "rows pattern struct: by misplaced-item",
        "rows pattern fn: by requirement-unmet",
        "component.app.crates pattern !sqlx::driver: by crate-not-allowed",
        "component.auth.public pattern !shop::auth::hash: by private-interface",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected} among {told:#?}");
    }
}
