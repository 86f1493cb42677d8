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
