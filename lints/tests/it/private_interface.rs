//! `private-interface`.

use crate::fixture::{check, messages};

const POLICY: &str = r#"
[policy]
undeclared = "allow"
[components]
http = { paths = "shop::http", uses = "*" }
util = "shop::util"
auth = { paths = "shop::auth", public = ["shop::auth::{CurrentUser,sign_in}", "shop::auth::api", "!shop::auth::api::secret"] }
"#;

#[test]
fn only_public_paths_may_be_written() {
    let judgement = check(
        POLICY,
        "crate shop only-mods
        mod shop::auth
        mod shop::auth::api
        shop::auth -> shop::auth::user::CurrentUser : import reexport
        shop::http::a -> shop::auth::user::CurrentUser : type as=shop::auth::CurrentUser
        shop::http::a -> shop::auth::sign_in
        shop::http::a -> shop::auth::api::Deep::new
        shop::http::a -> shop::auth::api::secret           # private-interface component.auth.public
        shop::http::b -> shop::auth::user::CurrentUser : type           # private-interface component.auth.public
        shop::http::c -> shop::auth::hash::hash            # private-interface component.auth.public
        shop::auth::sign_in -> shop::auth::hash::hash
        shop::http::d -> shop::auth::hash::Hash::verify : method pathless
        shop::http::e -> shop::auth::hash::hash : call dev",
    );
    assert_eq!(
        messages(&judgement)[2],
        "`shop::http::c` calls `shop::auth::hash::hash`, which is private to `auth`: it is not in its `public`"
    );
    assert_eq!(judgement.findings[2].instead.len(), 4);
}

#[test]
fn re_exported_elsewhere_is_still_private() {
    check(
        POLICY,
        "crate shop only-mods
        mod shop::util
        mod shop::auth::api
        fn shop::auth::api::secret
        shop::auth -> shop::auth::user::CurrentUser : import reexport
        fn shop::auth::sign_in
        shop::util -> shop::auth::hash::hash : import reexport           # private-interface component.auth.public
        shop::util -> shop::auth::user::CurrentUser : import reexport as=shop::auth::CurrentUser
        shop::http::a -> shop::auth::hash::hash : call as=shop::util::hash       # private-interface component.auth.public
        shop::http::b -> shop::auth::user::CurrentUser : type as=shop::util::CurrentUser",
    );
}

#[test]
fn importing_a_module_on_the_way_is_no_use_of_it() {
    check(
        POLICY,
        "crate shop only-mods
        mod shop::http
        mod shop::auth
        mod shop::auth::hash
        mod shop::auth::api
        fn shop::auth::api::secret
        fn shop::auth::CurrentUser
        fn shop::auth::sign_in
        shop::http -> shop::auth : import
        shop::http -> shop::auth::api : import
        shop::http -> shop::auth::hash : import            # private-interface component.auth.public
        shop::http::a -> shop::auth : path                 # private-interface component.auth.public",
    );
}

#[test]
fn a_macro_may_reach_behind_the_public_paths_for_its_invoker() {
    check(
        POLICY,
        "crate shop only-mods
        mod shop::auth::api
        fn shop::auth::api::secret
        fn shop::auth::CurrentUser
        fn shop::auth::sign_in
        macro shop::auth::api::check
        shop::auth::api::check! -> shop::auth::hash::hash
        shop::http::a -> shop::auth::api::check! : macro
        shop::http::a -> shop::auth::hash::hash : call by=shop::auth::api::check",
    );
}

#[test]
fn a_traits_item_called_by_way_of_a_type_is_the_types() {
    let policy = r#"
[policy]
undeclared = "allow"
[components]
http = "shop::http"
db = "shop::db"
domain = { paths = "shop::domain", public = "shop::domain::Order" }
"#;
    check(
        policy,
        "crate shop only-mods
        struct shop::domain::Order
        shop::http::a -> shop::domain::Save::save : call as=shop::db::Row::save also=shop::db::Row::save
        shop::http::b -> shop::domain::Save::save : call         # private-interface component.domain.public",
    );
}

#[test]
fn code_in_no_component_is_an_outsider_too() {
    check(
        &POLICY.replace("undeclared", "unassigned = \"allow\"\nundeclared"),
        "crate shop only-mods
        mod shop::lost
        shop::lost::a -> shop::auth::sign_in
        shop::lost::a -> shop::auth::hash::hash            # private-interface component.auth.public",
    );
}
