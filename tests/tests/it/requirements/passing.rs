//! `passed_to`: every way in which a function or closure comes to stand in a call.

use super::{fixture, require};
use crate::harness::judged;

const RULE: &str = "items = { passed_to = \"axum::routing::*\" }\nmust = { take = \"shop::auth::User\" }";

#[test]
fn by_path_by_reexport_by_alias_and_by_turbofish() {
    require(
        RULE,
        r"
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
",
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
        r"
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
",
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
        r"
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
",
    );
}

#[test]
fn through_macros_whose_body_passes_on_what_they_are_given() {
    require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth;
macro_rules! route { ($handler:expr) => { axum::routing::get($handler) }; }
macro_rules! table { ($($path:literal => $handler:path),*) => { [$(route!($handler)),*] }; }
macro_rules! other { ($($path:literal => $handler:path),*) => { [$($handler()),*] }; }
fn one() {}
// ^^^ error[r/requirement-unmet]
fn two() {}
// ^^^ error[r/requirement-unmet]
fn three(user: auth::User) {}
fn four() {}
pub fn routes() {
    route!(one);
    //     ^^^ error[r/requirement-unmet]
    table!("/two" => two, "/three" => three);
    //               ^^^ error[r/requirement-unmet]
    other!("/four" => four);
}
//- src/auth.rs
pub struct User;
"#,
    );
}

#[test]
fn as_methods_and_to_macros() {
    require(
        "items = { passed_to = [\"axum::routing::get\", \"shop::listed!\"] }\nmust = { take = \"shop::auth::User\" }",
        r"
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
",
    );
}

#[test]
fn values_that_are_no_functions_are_not_passed() {
    require(
        "items = { passed_to = \"axum::routing::*\" }\noptional = true\nmust = { take = \"shop::auth::User\" }",
        r"
//- src/lib.rs
pub mod auth;
use axum::routing::get;
const LIMIT: u32 = 1;
pub fn routes(handler: fn()) { get(LIMIT); get(handler); get(made()); get(auth::User); }
fn made() -> fn() { made as fn() }
//- src/auth.rs
pub struct User;
",
    );
}

#[test]
fn test_routes_are_no_routes_unless_the_rule_says_so() {
    let code = r"
//- src/lib.rs
pub mod auth;
fn open() {}
fn real() {}
fn routes() { axum::routing::get(real); }
#[cfg(test)]
mod tests { fn routes() { axum::routing::get(super::open); } }
//- src/auth.rs
pub struct User;
";
    let found = judged(&fixture(RULE, code));
    assert_eq!(found.findings.len(), 1, "{:#?}", found.sites());
    let found = judged(&fixture(&format!("dev = true\n{RULE}"), code));
    assert_eq!(found.findings.len(), 2, "{:#?}", found.sites());
}

#[test]
fn being_passed_can_be_demanded() {
    require(
        "items = { kind = \"fn\", async = true }\nmust = { passed_to = \"axum::routing::*\" }",
        r#"
//- src/lib.rs
use axum::routing::get;
macro_rules! perhaps { ($handler:expr) => { if false { get($handler); } }; }
pub async fn routed() {}
pub async fn forgotten() {}
//           ^^^^^^^^^ error[r/requirement-unmet]
pub async fn sometimes() {}
//           ^^^^^^^^^ error[r/requirement-unmet]
pub async fn in_tests() {}
//           ^^^^^^^^ error[r/requirement-unmet]
pub async fn given_to_a_macro() {}
//           ^^^^^^^^^^^^^^^^ error[r/requirement-unmet]
pub fn routes() {
    get(routed);
    #[cfg(feature = "x")]
    get(sometimes);
    perhaps!(given_to_a_macro);
}
#[test]
fn it_works() { get(in_tests); }
"#,
    );
}

#[test]
fn what_closures_name_stays_the_functions() {
    let judged = require(
        "optional = true\nitems = { passed_to = \"axum::routing::post\" }\nmust = { async = true }\n\
         [[forbid]]\nid = \"files\"\nuse = \"std::fs\"",
        r#"
//- src/lib.rs
pub fn routes() {
    axum::routing::get(|| { let it = || std::fs::read("x"); it() });
    //                                  ^^^^^^^^^^^^^ error[files/forbidden-use]
}
"#,
    );
    let from = judged.findings[0].from;
    assert_eq!(&*judged.graph.item(from).path, "shop::routes");
}

#[test]
fn a_file_of_two_targets_is_said_once() {
    require(
        "items = { passed_to = \"axum::routing::*\" }\nmust = { async = true }",
        r"
//- src/lib.rs
pub mod routes;
//- src/main.rs
mod routes;
fn main() {}
//- src/routes.rs
pub fn list() {}
//     ^^^^ error[r/requirement-unmet]
pub fn all() { axum::routing::get(list); axum::routing::get(|| 1); }
//                                ^^^^ error[r/requirement-unmet]
//                                                          ^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn an_opaque_framework_is_known_by_what_is_written() {
    let text = fixture(
        RULE,
        "//- src/lib.rs\npub mod auth { pub struct User; }\nuse axum::routing::{self, get};\nfn one() {}\nfn two() {}\npub fn routes() { get(one); routing::post(two); }\n",
    );
    let start = text.find("//- registry/axum/src/lib.rs").unwrap();
    let end = text.find("//- archguard.toml").unwrap();
    let opaque = format!(
        "//- Cargo.toml\n[package]\nname = \"shop\"\n[dependencies]\naxum = \"1\"\n{}",
        &text[end..]
    );
    assert!(start < end);
    let found = judged(&opaque);
    assert_eq!(found.problems, []);
    assert_eq!(found.findings.len(), 2, "{:#?}", found.sites());
}
