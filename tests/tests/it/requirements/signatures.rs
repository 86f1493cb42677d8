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

#[test]
fn an_alias_stands_for_all_that_it_is_written_with() {
    require(
        "items = { name = \"h_*\" }\nmust = { return = \"shop::Error\", through = [\"Result\", \"Option\"] }",
        r"
//- src/lib.rs
pub struct Error;
pub struct Other;
pub type Result<T, E = Error> = std::result::Result<T, E>;
type Turned<E, T> = Result<T, E>;
type Maybe<T> = Option<Result<Vec<T>>>;
type Failing = Result<u8, Other>;
pub fn h_default() -> Result<u8> { Ok(1) }
pub fn h_given() -> Result<u8, Error> { Ok(1) }
pub fn h_turned() -> Turned<Error, u8> { Ok(1) }
pub fn h_nested() -> Maybe<u8> { None }
pub fn h_other() -> Result<u8, Other> { Ok(1) }
//     ^^^^^^^ error[r/requirement-unmet]
pub fn h_wrong_way() -> Turned<Other, u8> { Ok(1) }
//     ^^^^^^^^^^^ error[r/requirement-unmet]
pub fn h_without_argument() -> Failing { Ok(1) }
//     ^^^^^^^^^^^^^^^^^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn an_alias_of_a_dependency_or_of_the_standard_library_counts_with_what_it_fills_in() {
    require(
        "items = { name = \"h_*\" }\nmust = { return = [\"anyhow::Error\", \"std::io::Error\", \"std::fmt::Error\"], through = \"Result\" }",
        r"
//- registry/anyhow/src/lib.rs
pub struct Error;
pub type Result<T, E = Error> = core::result::Result<T, E>;
//- src/lib.rs
pub fn h_any() -> anyhow::Result<u8> { Ok(1) }
pub fn h_io() -> std::io::Result<u8> { Ok(1) }
pub fn h_fmt() -> std::fmt::Result { Ok(()) }
pub fn h_thread() -> std::thread::Result<u8> { Ok(1) }
//     ^^^^^^^^ error[r/requirement-unmet]
pub fn h_other() -> anyhow::Result<u8, String> { Ok(1) }
//     ^^^^^^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn an_alias_that_stands_for_two_of_itself_has_an_end() {
    require(
        "items = { name = \"h_*\" }\nmust = { take = \"std::string::String\" }",
        r"
//- src/lib.rs
type Twice = (Twice, Twice);
type First<T> = (Second<T>, Second<T>);
type Second<T> = (First<T>, First<T>);
pub fn h_endless(twice: Twice, mutual: First<u8>) { twice.0.go(); mutual.1.go(); }
//     ^^^^^^^^^ error[r/requirement-unmet]
",
    );
}
