//! `passed_to`: every way in which a function or closure comes to stand in a call.

use super::{fixture, require};
use crate::harness::judged;

const RULE: &str = "items = { passed_to = \"axum::routing::*\" }\nmust = { take = \"shop::auth::User\" }";

#[test]
fn by_path_by_reexport_by_alias_and_by_turbofish() {
    require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth;
pub mod http;
//- src/auth.rs
pub struct User;
//- src/http.rs
use axum::routing::{get, post as write};
use crate::auth::User;
mod again { pub use axum::routing::get as read; }
mod handlers {
    pub fn far() {}
    //     ^^^ error[r/requirement-unmet]
    pub fn fine(user: crate::auth::User) {}
}
fn plain() {}
// ^^^^^ error[r/requirement-unmet]
fn generic<T>(it: T) {}
// ^^^^^^^ error[r/requirement-unmet]
fn posted() {}
// ^^^^^^ error[r/requirement-unmet]
fn renamed() {}
// ^^^^^^^ error[r/requirement-unmet]
fn good(user: User) {}
fn not_passed() {}
pub fn routes() {
    get(plain);
    //  ^^^^^ error[r/requirement-unmet]
    get(generic::<User>);
    //  ^^^^^^^ error[r/requirement-unmet]
    axum::routing::post(posted);
    //                  ^^^^^^ error[r/requirement-unmet]
    again::read(renamed);
    //          ^^^^^^^ error[r/requirement-unmet]
    write(handlers::far);
    //    ^^^^^^^^^^^^^ error[r/requirement-unmet]
    write(handlers::fine);
    get(good);
    drop(not_passed);
    not_passed();
}
"#,
    );
}

#[test]
fn by_the_methods_of_what_the_first_call_gives() {
    require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth;
use axum::{Router, routing::get};
fn first() {}
// ^^^^^ error[r/requirement-unmet]
fn second() {}
// ^^^^^^ error[r/requirement-unmet]
fn third() {}
// ^^^^^ error[r/requirement-unmet]
pub fn routes() -> Router {
    Router::new().route("/", get(first).post(second)).fallback(third)
    //                           ^^^^^ error[r/requirement-unmet]
    //                                       ^^^^^^ error[r/requirement-unmet]
    //                                                         ^^^^^ error[r/requirement-unmet]
}
//- src/auth.rs
pub struct User;
"#,
    );
}

#[test]
fn by_local_bindings_of_the_handler_and_of_the_function() {
    require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth;
use axum::Handler;
use axum::routing::get;
fn bound() {}
// ^^^^^ error[r/requirement-unmet]
fn paired() {}
// ^^^^^^ error[r/requirement-unmet]
fn cast() {}
// ^^^^ error[r/requirement-unmet]
fn called_upon() {}
// ^^^^^^^^^^^ error[r/requirement-unmet]
fn through_a_bound_function() {}
// ^^^^^^^^^^^^^^^^^^^^^^^^ error[r/requirement-unmet]
pub fn routes() {
    let handler = bound;
    let same = handler;
    get(same);
    //  ^^^^ error[r/requirement-unmet]
    let (one, _) = (paired, 1);
    get(one);
    //  ^^^ error[r/requirement-unmet]
    get(cast as fn());
    //  ^^^^^^^^^^^^ error[r/requirement-unmet]
    get(called_upon.with_state());
    //  ^^^^^^^^^^^^^^^^^^^^^^^^ error[r/requirement-unmet]
    let add = get;
    add(through_a_bound_function);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^ error[r/requirement-unmet]
}
//- src/auth.rs
pub struct User;
"#,
    );
}

#[test]
fn as_closures_nested_and_bound() {
    let judged = require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth;
use auth::User;
use axum::routing::get;
pub fn routes() {
    get(|| async { "open" });
    //  ^^ error[r/requirement-unmet]
    get(move |user: User| async move { "closed" });
    let outer = || {
        get(|id: u32| id)
        //  ^^^^^^^^^ error[r/requirement-unmet]
    };
    let bound = |user| user;
    //          ^^^^^^ error[r/requirement-unmet]
    get(bound);
    //  ^^^^^ error[r/requirement-unmet]
    drop(|| 1);
}
//- src/auth.rs
pub struct User;
"#,
    );
    let messages: Vec<&str> = judged.findings.iter().map(|finding| &*finding.message).collect();
    let of = |closure: &str| format!("`{closure}` is passed to `axum::routing::get` but takes no `shop::auth::User`");
    assert_eq!(
        messages,
        [
            of("shop::routes::{closure#0}"),
            of("shop::routes::{closure#2}::{closure#0}"),
            of("shop::routes::{closure#3}")
        ]
    );
}

#[test]
fn in_what_a_macro_makes_and_in_its_arguments() {
    require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth;
use axum::routing::get;
macro_rules! router { ($name:ident, $handler:path) => { pub fn $name() { axum::routing::get($handler); } }; }
fn made() {}
// ^^^^ error[r/requirement-unmet]
router!(routes, made);
//              ^^^^ error[r/requirement-unmet]
fn held() {}
// ^^^^ error[r/requirement-unmet]
pub fn list() { let all = vec![get(held)]; }
//                                 ^^^^ error[r/requirement-unmet]
//- src/auth.rs
pub struct User;
"#,
    );
}

#[test]
fn as_methods_and_to_macros() {
    require(
        "items = { passed_to = [\"axum::routing::get\", \"shop::listed!\"] }\nmust = { take = \"shop::auth::User\" }",
        r#"
//- src/lib.rs
pub mod auth;
use axum::routing::get;
#[macro_export]
macro_rules! listed { ($($all:path),*) => { [$($all),*] }; }
struct Api;
impl Api {
    fn list() {}
    // ^^^^ error[r/requirement-unmet]
    fn show(user: &auth::User) {}
    fn routes() { get(Self::list); get(Api::show); }
    //                ^^^^^^^^^^ error[r/requirement-unmet]
}
fn named() {}
// ^^^^^ error[r/requirement-unmet]
pub fn all() { listed![named]; }
//                     ^^^^^ error[r/requirement-unmet]
//- src/auth.rs
pub struct User;
"#,
    );
}

#[test]
fn values_that_are_no_functions_are_not_passed() {
    require(
        "items = { passed_to = \"axum::routing::*\" }\noptional = true\nmust = { take = \"shop::auth::User\" }",
        r#"
//- src/lib.rs
pub mod auth;
use axum::routing::get;
const LIMIT: u32 = 1;
pub fn routes(handler: fn()) { get(LIMIT); get(handler); get(made()); get(auth::User); }
fn made() -> fn() { made as fn() }
//- src/auth.rs
pub struct User;
"#,
    );
}

#[test]
fn test_routes_are_no_routes_unless_the_rule_says_so() {
    let code = r#"
//- src/lib.rs
pub mod auth;
fn open() {}
fn real() {}
fn routes() { axum::routing::get(real); }
#[cfg(test)]
mod tests { fn routes() { axum::routing::get(super::open); } }
//- src/auth.rs
pub struct User;
"#;
    let found = judged(&fixture(RULE, code));
    assert_eq!(found.findings.len(), 1, "{:#?}", found.sites());
    let found = judged(&fixture(&format!("dev = true\n{RULE}"), code));
    assert_eq!(found.findings.len(), 2, "{:#?}", found.sites());
}
