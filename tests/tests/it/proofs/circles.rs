//! Which code `acyclic` speaks of, each entry by itself.

use super::said::{patterns_of_rules, proof};

#[test]
fn what_circles_could_do_without_is_named_and_what_they_could_not_is_proved() {
    let (proven, problems) = proof(
        r#"
[[acyclic]]
id    = "parts"
in    = ["shop::http::orders", "shop::features::cart"]
among = "modules"
[[acyclic]]
id     = "all"
except = ["db", "shop::db", "auth", "!shop::auth::sign_in", "shop::testing"]
among  = ["components", "modules"]
[[acyclic]]
id    = "crates"
in    = ["bin:shop", "http", "app"]
among = "crates"
"#,
    );
    assert_eq!(problems, [""; 0]);
    let told = patterns_of_rules(&proven);
    let by = "by dependency-cycle";
    assert_eq!(
        told,
        [
            format!("parts pattern modules: {by}"),
            format!("all pattern components: {by}"),
            format!("all pattern modules: {by}"),
            format!("crates pattern crates: {by}"),
            format!("parts pattern shop::http::orders: {by}"),
            format!("parts pattern shop::features::cart: {by}"),
            "all pattern db: dead: `shop::db` of the same list covers all that it names".to_owned(),
            "all pattern shop::db: dead: `db` of the same list covers all that it names".to_owned(),
            format!("all pattern auth: {by}"),
            format!("all pattern !shop::auth::sign_in: {by}"),
            "all pattern shop::testing: dead: its code is development code alone, which the rule does not judge \
             without `dev = true`"
                .to_owned(),
            format!("crates pattern bin:shop: {by}"),
            format!("crates pattern http: {by}"),
            format!("crates pattern app: {by}"),
        ]
    );
}
