//! `misplaced-item`.

use crate::fixture::{check, message};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
persistence = "shop::db"
[[require]]
id = "rows"
items = { derive = "sqlx::FromRow" }
must = { in = "persistence" }
"#;

#[test]
fn an_item_that_stands_elsewhere_is_told_where_it_belongs() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        extern sqlx
        mod shop::http
        mod shop::db
        derive sqlx::FromRow
        struct shop::db::Row
        struct shop::http::Row                     # misplaced-item rows
        struct shop::http::Plain
        shop::db::Row -> sqlx::FromRow : derive
        shop::http::Row -> sqlx::FromRow : derive",
    );
    assert_eq!(
        message(&judgement),
        "`shop::http::Row` derives `sqlx::FromRow` and stands in `http`, but belongs in `persistence`"
    );
    assert_eq!(judgement.rules[0].matched, 2);
}

#[test]
fn what_lacks_more_than_its_place_is_left_to_the_other_lint() {
    check(
        &POLICY.replace(
            "must = { in = \"persistence\" }",
            "must = { in = \"persistence\", name = \"*Row\" }",
        ),
        "crate shop only-mods
        extern sqlx
        mod shop::http
        mod shop::db
        derive sqlx::FromRow
        struct shop::db::Row
        struct shop::http::ItemRow                 # misplaced-item rows
        struct shop::http::Item                    # requirement-unmet rows
        shop::db::Row -> sqlx::FromRow : derive
        shop::http::Item -> sqlx::FromRow : derive
        shop::http::ItemRow -> sqlx::FromRow : derive",
    );
}
