//! What requirements select by, and which wrappers they look into, each entry by itself.

use super::said::{patterns_of_rules, proof};

#[test]
fn what_selects_or_looks_into_nothing_of_its_own_is_named() {
    let (proven, problems) = proof(
        r#"
[[require]]
id    = "selected"
items = { kind = "fn", take = ["shop::db::Row", "shop::domain::Order", "shop::db"], call = ["sqlx", "!sqlx::driver", "!sqlx::driver::connect", "!serde"], through = ["Option", "Vec", "std::option::Option"] }
must  = { visibility = "private" }
optional = true
[[require]]
id    = "demanded"
items = { kind = "fn", in = "http" }
must  = { return = "shop::domain::Order", through = ["std::*", "!std::boxed::Box", "!serde::Serialize"] }
optional = true
[[require]]
id    = "wrapped"
items = { return = "shop::domain::Order", through = "Result" }
must  = { take = "shop::db::Row", through = ["Option", "Vec"] }
optional = true
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told = patterns_of_rules(&proven);
    let by = "by requirement-unmet";
    let nobody = "idle: nothing else in the list names it, unless by a path that it is re-exported under";
    let covered = |twin: &str| format!("dead: `{twin}` of the same list covers all that it names");
    assert_eq!(
        told,
        [
            format!("wrapped pattern shop::domain::Order: {by}"),
            format!("demanded pattern http: {by}"),
            format!("selected pattern shop::db::Row: {}", covered("shop::db")),
            format!("selected pattern shop::domain::Order: {by}"),
            format!("selected pattern shop::db: {by}"),
            format!("selected pattern sqlx: {by}"),
            format!("selected pattern !sqlx::driver: {by}"),
            "selected pattern !sqlx::driver::connect: dead: `!sqlx::driver` of the same list takes away all that it does"
                .to_owned(),
            format!("selected pattern !serde: {nobody}"),
            format!("selected pattern std::option::Option: {}", covered("std::option::Option")),
            format!("selected pattern std::vec::Vec: {by}"),
            format!("selected pattern std::option::Option: {}", covered("std::option::Option")),
            format!("wrapped pattern std::result::Result: {by}"),
            format!("selected pattern private: {by}"),
            format!("demanded pattern shop::domain::Order: {by}"),
            format!("demanded pattern std::*: {by}"),
            format!("demanded pattern !std::boxed::Box: {by}"),
            format!("demanded pattern !serde::Serialize: {nobody}"),
            format!("wrapped pattern shop::db::Row: {by}"),
            format!("wrapped pattern std::option::Option: {by}"),
            format!("wrapped pattern std::vec::Vec: {by}"),
        ]
    );
}
