//! `take`, `return`, `through`, `async`, `unsafe`: what stands in a signature.

use super::require;

#[test]
fn a_parameter_counts_behind_references_and_aliases() {
    require(
        "items = { name = \"h_*\" }\nmust = { take = \"shop::auth::User\" }",
        r"
//- src/lib.rs
pub mod auth;
use auth::{self, User as Known};
type Alias = auth::User;
type Inner<T> = T;
pub fn h_plain(it: auth::User) {}
pub fn h_borrowed(id: u32, it: &mut Known) {}
pub fn h_pointer(it: *const &auth::User) {}
pub fn h_alias(it: &Alias) {}
pub fn h_again(it: auth::again::User) {}
pub fn h_bound(it: impl auth::Named) {}
//     ^^^^^^^ error[r/requirement-unmet]
pub fn h_wrapped(it: Option<auth::User>) {}
//     ^^^^^^^^^ error[r/requirement-unmet]
pub fn h_returned() -> auth::User { auth::User }
//     ^^^^^^^^^^ error[r/requirement-unmet]
pub fn h_other(it: auth::Other) {}
//     ^^^^^^^ error[r/requirement-unmet]
//- src/auth.rs
pub struct User;
pub struct Other;
pub trait Named {}
pub mod again { pub use super::User; }
impl User {
    pub fn h_self(&self) {}
    //     ^^^^^^ error[r/requirement-unmet]
    pub fn h_first(it: Self) {}
}
",
    );
}

#[test]
fn wrappers_count_where_the_rule_says_so() {
    require(
        "items = { name = \"h_*\" }\nmust = { take = \"shop::auth::User\", through = [\"Option\", \"axum::Extension\"] }",
        r"
//- src/lib.rs
pub mod auth;
use auth::User;
type Maybe<T> = Option<T>;
pub fn h_optional(it: Option<User>) {}
pub fn h_deep(it: &Option<axum::Extension<&User>>) {}
pub fn h_plain(it: User) {}
pub fn h_alias(it: Maybe<User>) {}
pub fn h_pattern(axum::Extension(it): axum::Extension<User>) {}
pub fn h_vec(it: Vec<User>) {}
//     ^^^^^ error[r/requirement-unmet]
pub fn h_empty(it: Option<u32>) {}
//     ^^^^^^^ error[r/requirement-unmet]
//- src/auth.rs
pub struct User;
",
    );
}

#[test]
fn traits_of_parameters_and_of_what_is_returned() {
    require(
        "items = { kind = \"fn\", name = \"h_*\" }\nmust = { take = \"shop::Named\", return = [\"shop::Answer\", \"std::string::String\"] }",
        r"
//- src/lib.rs
pub trait Named {}
pub struct Answer;
pub fn h_bound(it: impl Named) -> Answer { Answer }
pub fn h_parameter<T: Clone + Named>(it: &T) -> Answer { Answer }
pub async fn h_dyn(it: &dyn Named) -> String { String::new() }
pub fn h_where<T>(it: T) -> Answer where T: Named { Answer }
pub fn h_free<T>(it: T) -> Answer { Answer }
//     ^^^^^^ error[r/requirement-unmet]
pub fn h_unit(it: impl Named) {}
//     ^^^^^^ error[r/requirement-unmet]
pub fn h_result(it: impl Named) -> Option<Answer> { None }
//     ^^^^^^^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn functions_can_be_selected_by_what_they_take_and_return() {
    require(
        "items = { take = \"shop::Db\", return = \"shop::Row\", through = [\"Result\", \"Vec\"] }\nmust = { async = true }",
        r"
//- src/lib.rs
pub struct Db;
pub struct Row;
pub async fn fine(db: &Db) -> Vec<Row> { Vec::new() }
pub fn one(db: &Db) -> Result<Row, ()> { Err(()) }
//     ^^^ error[r/requirement-unmet]
pub fn takes_only(db: &Db) {}
pub fn returns_only() -> Row { Row }
",
    );
}

#[test]
fn async_closures_are_those_whose_body_is() {
    require(
        "items = { kind = \"closure\" }\nmust = { async = true }",
        r"
//- src/lib.rs
pub fn all() {
    let a = async |it: u32| it;
    let b = move || async move { 1 };
    let c = || { async { 1 } };
    let d = |it: u32| it;
    //      ^^^^^^^^^ error[r/requirement-unmet]
}
",
    );
}

#[test]
fn what_is_declared_unsafe() {
    require(
        "items = { unsafe = true }\nmust = { in = \"shop::ffi\" }",
        r#"
//- src/lib.rs
pub mod ffi;
pub unsafe fn bare() {}
//            ^^^^ error[r/misplaced-item]
pub fn wrapped() { unsafe { ffi::allowed() } }
pub unsafe trait Marker {}
//               ^^^^^^ error[r/misplaced-item]
pub struct It;
unsafe impl Marker for It {}
//                     ^^ error[r/misplaced-item]
unsafe extern "C" {
    fn foreign();
    // ^^^^^^^ error[r/misplaced-item]
    safe fn harmless();
}
//- src/ffi.rs
pub unsafe fn allowed() {}
"#,
    );
    require(
        "items = { kind = \"fn\" }\nmust = { unsafe = false, async = false }",
        "//- src/lib.rs\npub fn fine() {}\npub unsafe fn not() {}\n//            ^^^ error[r/requirement-unmet]\npub async fn late() {}\n//           ^^^^ error[r/requirement-unmet]\n",
    );
}
