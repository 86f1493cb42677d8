//! `passed_to` by detours: branches, loops over what is written, functions of one's own that hand on what they are given.

use super::require;

const RULE: &str = "items = { passed_to = \"axum::routing::*\" }\nmust = { take = \"shop::auth::User\" }";

#[test]
fn in_the_branches_of_if_and_match() {
    require(
        RULE,
        r"
//- src/lib.rs
pub mod auth { pub struct User; }
use axum::routing::get;
fn first() {}
// ^^^^^ error[r/requirement-unmet]
fn second() {}
// ^^^^^^ error[r/requirement-unmet]
fn third() {}
// ^^^^^ error[r/requirement-unmet]
fn fine(user: auth::User) {}
fn inner() {}
// ^^^^^ error[r/requirement-unmet]
fn bound() {}
// ^^^^^ error[r/requirement-unmet]
fn only_asked() -> bool { true }
pub fn routes(flag: bool, number: u8) {
    get(if flag { first } else if only_asked() { fine } else { second });
    //  ^^^^^^^ error[r/requirement-unmet]
    get(match number { 0 => third, 1 => panic!(), _ => { let it = inner; it } });
    //  ^^^^^^^^^^^^ error[r/requirement-unmet]
    let chosen = if flag { bound } else { fine };
    get(chosen);
    //  ^^^^^^ error[r/requirement-unmet]
}
",
    );
}

#[test]
fn a_branch_shows_what_decides() {
    require(
        RULE,
        r"
//- src/lib.rs
pub mod auth { pub struct User; }
fn first() {}
// ^^^^^ error[r/requirement-unmet]
pub fn routes(flag: bool) {
    axum::routing::get(match flag {
    //                 ^^^^^^^^^^ error[r/requirement-unmet]
        _ => first,
    });
}
",
    );
}

#[test]
fn in_loops_over_arrays() {
    require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth { pub struct User; }
use axum::routing::get;
fn one() {}
// ^^^ error[r/requirement-unmet]
fn two() {}
// ^^^ error[r/requirement-unmet]
fn fine(user: auth::User) {}
fn paired() {}
// ^^^^^^ error[r/requirement-unmet]
fn named() {}
// ^^^^^ error[r/requirement-unmet]
fn beside() {}
pub fn routes() {
    for handler in [one, fine, two] {
        get(handler);
        //  ^^^^^^^ error[r/requirement-unmet]
    }
    for (path, handler, other) in [("/", paired, beside), ("/fine", fine, beside)] {
        get(handler);
        //  ^^^^^^^ error[r/requirement-unmet]
    }
    let all = &[named];
    for handler in all.iter() {
        get(*handler);
        //  ^^^^^^^^ error[r/requirement-unmet]
    }
    let [listed, _] = [fine, beside];
    get(listed);
}
"#,
    );
}

#[test]
fn through_functions_of_ones_own() {
    let judged = require(
        RULE,
        r#"
//- src/lib.rs
pub mod auth { pub struct User; }
pub mod ways;
fn one() {}
// ^^^ error[r/requirement-unmet]
fn two() {}
// ^^^ error[r/requirement-unmet]
fn fine(user: auth::User) {}
fn counted() {}
fn by_method() {}
// ^^^^^^^^^ error[r/requirement-unmet]
fn by_path() {}
// ^^^^^^^ error[r/requirement-unmet]
fn by_trait() {}
// ^^^^^^^^ error[r/requirement-unmet]
pub fn routes(app: &ways::App) {
    use ways::Route;
    ways::route("/one", one);
    //                  ^^^ error[r/requirement-unmet]
    ways::twice(two);
    //          ^^^ error[r/requirement-unmet]
    ways::twice(|| 1);
    //          ^^ error[r/requirement-unmet]
    ways::route("/fine", fine);
    ways::count(counted);
    app.method(by_method);
    //         ^^^^^^^^^ error[r/requirement-unmet]
    ways::App::method(app, by_path);
    //                     ^^^^^^^ error[r/requirement-unmet]
    app.of_trait(1, by_trait);
    //              ^^^^^^^^ error[r/requirement-unmet]
}
//- src/ways.rs
use axum::routing::get;
pub fn route<H>(path: &str, handler: H) { let same = handler; get(same); }
pub fn twice<H: Copy>(handler: H) { route("/a", handler); again(handler, true) }
fn again<H: Copy>(handler: H, more: bool) { if more { again(handler, false) } else { twice(handler) } }
pub fn count<H>(handler: H) { drop(handler) }
pub struct App;
impl App {
    pub fn method<H>(&self, handler: H) { (|| get(handler))(); }
}
pub trait Route {
    fn of_trait<H>(&self, number: u8, handler: H);
}
impl Route for App {
    fn of_trait<H>(&self, number: u8, handler: H) { get(handler); }
}
"#,
    );
    let first = &judged.findings[0].message;
    assert_eq!(
        first,
        "`shop::one` is passed to `axum::routing::get` through `shop::ways::route` but takes no `shop::auth::User`"
    );
}

#[test]
fn what_is_handed_on_in_tests_or_under_a_cfg_meets_no_demand() {
    require(
        "items = { kind = \"fn\", name = \"h_*\" }\nmust = { passed_to = \"axum::routing::*\" }",
        r"
//- src/lib.rs
use axum::routing::get;
fn h_always() {}
fn h_sometimes() {}
// ^^^^^^^^^^^ error[r/requirement-unmet]
fn h_in_tests() {}
// ^^^^^^^^^^ error[r/requirement-unmet]
fn always<H>(handler: H) { get(handler); }
fn sometimes<H>(handler: H) {
    #[cfg(unix)]
    get(handler);
}
fn in_tests<H>(handler: H) {
    #[cfg(test)]
    get(handler);
}
pub fn routes() { always(h_always); sometimes(h_sometimes); in_tests(h_in_tests); }
",
    );
}
