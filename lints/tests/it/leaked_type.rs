//! `leaked-type`.

use crate::fixture::{check, message};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
persistence = "shop::db"
[[forbid]]
id = "no-driver-types"
in = "persistence"
use = ["sqlx", "!sqlx::Error"]
as = "public"
"#;

fn workspace(lines: &str) -> String {
    format!(
        "crate shop only-mods
        extern sqlx
        struct sqlx::Error
        fn shop::http::list
        mod shop::db
        mod shop::db::inner private
        struct sqlx::Pool\n{lines}"
    )
}

#[test]
fn what_others_can_reach_may_not_name_it_what_they_cannot_may() {
    let judgement = check(
        POLICY,
        &workspace(
            "shop::db::open -> sqlx::Pool : type exposed                       # leaked-type no-driver-types
            shop::db::open -> sqlx::Error : type exposed
            shop::db::open -> sqlx::query : call
            fn shop::db::helper private
            shop::db::helper -> sqlx::Pool : type exposed
            shop::db::inner::deep -> sqlx::Pool : type exposed
            fn shop::db::crate_wide crate
            shop::db::crate_wide -> sqlx::Pool : type exposed                 # leaked-type no-driver-types
            fn shop::db::inner::upwards in=shop::db
            shop::db::inner::upwards -> sqlx::Pool : type exposed
            shop::db::test -> sqlx::Pool : type exposed dev",
        ),
    );
    assert_eq!(
        judgement.findings[0].message,
        "`shop::db::open` shows `sqlx::Pool` to code outside `persistence`"
    );
}

#[test]
fn fields_variants_and_methods_are_as_visible_as_their_type_lets_them() {
    check(
        POLICY,
        &workspace(
            "struct shop::db::Open
            struct shop::db::Hidden private
            field shop::db::Open::pool
            field shop::db::Open::own private
            field shop::db::Hidden::pool
            shop::db::Open::pool -> sqlx::Pool : type exposed                  # leaked-type no-driver-types
            shop::db::Open::own -> sqlx::Pool : type exposed
            shop::db::Hidden::pool -> sqlx::Pool : type exposed
            enum shop::db::Choice
            shop::db::Choice::One -> sqlx::Pool : type exposed                 # leaked-type no-driver-types
            method shop::db::Choice::own private
            shop::db::Choice::own -> sqlx::Pool : type exposed
            shop::db::Open -> sqlx::FromRow : derive                           # leaked-type no-driver-types
            shop::db::Hidden -> sqlx::FromRow : derive",
        ),
    );
}

#[test]
fn an_impl_is_as_visible_as_its_types() {
    check(
        POLICY,
        &workspace(
            "struct shop::db::Open
            struct shop::db::Hidden private
            impl shop::db::<Open-From> private
            shop::db::<Open-From> -> shop::db::Open : impl exposed
            shop::db::<Open-From> -> sqlx::Row : type exposed                  # leaked-type no-driver-types
            method shop::db::<Open-From>::from
            shop::db::<Open-From>::from -> sqlx::Row : type exposed            # leaked-type no-driver-types
            impl shop::db::<Hidden-From> private
            shop::db::<Hidden-From> -> shop::db::Hidden : impl exposed
            shop::db::<Hidden-From> -> sqlx::Row : type exposed
            impl shop::db::<Open-FromRow> private
            shop::db::<Open-FromRow> -> shop::db::Open : impl exposed
            shop::db::<Open-FromRow> -> sqlx::FromRow : impl exposed           # leaked-type no-driver-types",
        ),
    );
}

#[test]
fn re_exports_count_and_make_visible() {
    let judgement = check(
        POLICY,
        &workspace(
            "shop::db -> sqlx::Pool : import reexport                              # leaked-type no-driver-types
            mod shop::db::inner::deeper private
            shop::db::inner::deeper -> sqlx::Row : import reexport
            struct shop::db::inner::Given
            shop::db -> shop::db::inner::Given : import reexport
            shop::db::inner::Given::rows -> sqlx::Row : type exposed           # leaked-type no-driver-types
            struct shop::db::inner::Kept
            shop::db::inner::Kept::rows -> sqlx::Row : type exposed",
        ),
    );
    assert_eq!(
        judgement.findings[0].message,
        "`shop::db` re-exports `sqlx::Pool` to code outside `persistence`"
    );
}

#[test]
fn a_declared_public_narrows_what_counts() {
    let policy = POLICY.replace(
        "persistence = \"shop::db\"",
        "persistence = { paths = \"shop::db\", public = [\"shop::db::repo\", \"shop::db::Pool\"] }",
    );
    check(
        &policy,
        &workspace(
            "mod shop::db::repo
            shop::db::repo::all -> sqlx::Row : type exposed                    # leaked-type no-driver-types
            shop::db::other::all -> sqlx::Row : type exposed
            shop::db -> sqlx::Pool : import reexport                           # leaked-type no-driver-types
            shop::db -> sqlx::Row : import reexport
            shop::db::repo -> shop::db::made::Given : import reexport
            shop::db::made::Given::rows -> sqlx::Row : type exposed            # leaked-type no-driver-types",
        ),
    );
}

#[test]
fn a_whole_library_is_seen_from_outside_a_binary_is_not() {
    let policy = r#"
[components]
db = ["db", "bin:tool"]
[[forbid]]
id = "no-driver-types"
use = "sqlx"
as = "public"
"#;
    let judgement = check(
        policy,
        "crate db
        crate bin:tool
        extern sqlx
        db::open -> sqlx::Pool : type exposed                    # leaked-type no-driver-types
        fn db::own crate
        db::own -> sqlx::Pool : type exposed
        bin:tool::open -> sqlx::Pool : type exposed",
    );
    assert_eq!(
        message(&judgement),
        "`db::open` shows `sqlx::Pool` to code outside `db`"
    );
}

#[test]
fn what_stands_in_a_functions_body_is_seen_by_nobody() {
    check(
        POLICY,
        &workspace(
            "fn shop::db::open
            shop::db::open::local -> sqlx::Pool : type exposed
            shop::db::open::Local -> sqlx::Pool : type exposed",
        ),
    );
}

#[test]
fn a_root_that_others_stand_in_re_exports_to_them() {
    let policy = r#"
[policy]
undeclared = "allow"
[components]
main = ["bin:tool::self", "bin:tool::inner"]
http = "bin:tool::http"
[[forbid]]
id = "no-driver-types"
in = "main"
use = "sqlx"
as = "public"
"#;
    check(
        policy,
        "crate bin:tool
        extern sqlx
        fn bin:tool::http::list
        mod bin:tool::inner private
        mod bin:tool::inner::deep private
        bin:tool -> bin:tool::inner::deep::Given : import reexport
        bin:tool::inner::deep::Given -> sqlx::Row : type exposed         # leaked-type no-driver-types
        bin:tool::inner::deep::Kept -> sqlx::Row : type exposed",
    );
}
