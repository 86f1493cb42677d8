//! Components and their paths.

use super::said::{dead, proof_of};

#[test]
fn components_and_paths_that_do_nothing_are_named() {
    let (proven, problems) = proof_of(
        r#"
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
http  = { paths = ["shop::http", "shop::http::*"], public = "shop::http" }
db    = "shop::db"
ghost = "shop::app*"
app   = "shop::app"
auth  = "shop::auth"
domain = "shop::domain"
features = "shop::features"
[[forbid]]
id  = "r"
in  = "http"
use = "sqlx"
"#,
    );
    let nothing = "nothing forbids its code anything, and nothing keeps other code from it: it can be left out";
    let ghost = [
        "component ghost: dead: it owns no code".to_owned(),
        "path ghost: shop::app*: dead: `app` claims all that it names, by paths that are nearer".to_owned(),
    ];
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        dead(&proven),
        [
            "key component.http.public: dead: it lists all that the component has".to_owned(),
            "path http: shop::http::*: dead: `shop::http` of the same list covers all that it names".to_owned(),
            format!("component db: dead: {nothing}"),
            ghost[0].clone(),
            ghost[1].clone(),
            format!("component app: dead: {nothing}"),
            format!("component auth: dead: {nothing}"),
            format!("component domain: dead: {nothing}"),
            format!("component features: dead: {nothing}"),
        ]
    );
}

/// An entry is needed where anything belongs elsewhere without it: by being the only one, or the nearer one.
#[test]
fn paths_without_which_everything_belongs_where_it_does_are_named() {
    let (proven, problems) = proof_of(
        r#"
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
http   = { paths = ["shop::http", "shop::http::orders", "!shop::http::orders", "!shop::db"] }
orders = { paths = ["shop::*::orders", "shop::app", "shop::app::self", "shop::app::run"] }
rest   = { paths = ["shop::*", "shop::db", "shop::auth", "!shop::auth::hash", "!shop::auth::{hash}"] }
db     = { paths = ["shop::d*", "shop::domain"] }
auth   = { paths = ["shop::au*", "shop::auth::hash"] }
each   = { each = "shop::features::*" }
members = { paths = ["shop::features", "!shop::features::cart"] }
"#,
    );
    assert_eq!(problems, [""; 0]);
    let dead = dead(&proven);
    let paths: Vec<&String> = dead.iter().filter(|line| line.starts_with("path ")).collect();
    let twice = "path rest: !shop::auth::hash: dead: `!shop::auth::hash` of the same list takes away all that it does";
    assert_eq!(
        paths,
        [
            "path http: shop::http::orders: dead: `orders` claims all that it names, by paths that are nearer",
            "path http: !shop::db: dead: it takes away nothing that the rest of the list holds",
            "path orders: shop::app::self: dead: `shop::app` of the same list covers all that it names",
            "path orders: shop::app::run: dead: `shop::app` of the same list covers all that it names",
            twice,
            twice,
            "path db: shop::d*: dead: without it everything belongs where it does",
            "path db: shop::domain: dead: `shop::d*` of the same list covers all that it names",
            "path auth: shop::au*: dead: without it everything belongs where it does",
            "path members: !shop::features::cart: dead: without it everything belongs where it does",
        ]
    );
}
