//! `in`, `visibility`, `name`, `kind`: where an item stands, who can name it and what it is called.

use super::require;
use crate::harness::{judge, judged};

#[test]
fn the_wrong_place_is_a_lint_of_its_own() {
    let judged = require(
        "items = { name = \"*Row\" }\nmust = { in = \"db\" }",
        r"
//- src/lib.rs
pub mod db;
pub mod http;
mod plain { pub struct LooseRow; }
//                     ^^^^^^^^ error[r/misplaced-item]
//- src/db.rs
pub struct OrderRow;
pub mod deep { pub enum ItemRow {} }
//- src/http.rs
pub struct OrderRow;
//         ^^^^^^^^ error[r/misplaced-item]
",
    );
    let messages: Vec<&str> = judged.findings.iter().map(|finding| &*finding.message).collect();
    assert_eq!(
        messages,
        [
            "`shop::http::OrderRow` stands in `http`, but belongs in `db`",
            "`shop::plain::LooseRow` stands in `shop::plain`, but belongs in `db`",
        ]
    );
}

#[test]
fn a_place_beside_something_else_is_no_matter_of_place_alone() {
    let judged = require(
        "items = { name = \"*Row\" }\nmust = { in = \"db\", visibility = \"private\" }",
        r"
//- src/lib.rs
pub mod db;
pub mod http;
//- src/db.rs
pub struct PubRow;
//         ^^^^^^ error[r/requirement-unmet]
struct Row;
//- src/http.rs
struct PrivateRow;
//     ^^^^^^^^^^ error[r/misplaced-item]
pub struct BothRow;
//         ^^^^^^^ error[r/requirement-unmet]
",
    );
    assert_eq!(
        judged.findings[2].message,
        "`shop::http::BothRow` stands in `http`, not in `db` and is not `private`"
    );
}

#[test]
fn the_rules_scope_and_the_items_are_intersected() {
    require(
        "in = \"http\"\nexcept = \"shop::http::open\"\nitems = { kind = \"fn\", in = [\"shop::http::api\", \"shop::http::open\", \"db\"] }\nmust = { name = \"get_*\" }",
        r"
//- src/lib.rs
pub mod db { pub fn load() {} }
pub mod http {
    pub fn outside() {}
    pub mod api { pub fn get_it() {} pub fn put_it() {} }
    //                                      ^^^^^^ error[r/requirement-unmet]
    pub mod open { pub fn health() {} }
}
",
    );
}

#[test]
fn visibility_is_what_others_can_really_name() {
    require(
        "items = { visibility = \"pub\", kind = [\"struct\", \"fn\", \"method\", \"module\", \"macro\"] }\nmust = { name = [\"p*\", \"shop\"] }",
        r"
//- src/lib.rs
pub mod public { pub struct Seen; pub(crate) struct Half; struct Hidden; }
//                          ^^^^ error[r/requirement-unmet]
mod inner { pub struct Buried; pub fn lifted() {} pub mod heap { pub struct Poured; pub use crate::far::Away; } pub mod shelf {} }
//                                    ^^^^^^ error[r/requirement-unmet]
//                                                                          ^^^^^^ error[r/requirement-unmet]
//                                                                                                                      ^^^^^ error[r/requirement-unmet]
mod far { pub struct Away; pub struct Kept; }
//                   ^^^^ error[r/requirement-unmet]
pub use inner::lifted;
pub use inner::heap::*;
pub use inner::shelf;
pub(crate) use inner::Buried;
pub struct pair;
impl pair { pub fn make() {} fn private(&self) {} }
//                 ^^^^ error[r/requirement-unmet]
impl Clone for pair { fn clone(&self) -> Self { pair } }
//                       ^^^^^ error[r/requirement-unmet]
struct Own;
impl Clone for Own { fn clone(&self) -> Self { Own } }
mod hidden {
    #[macro_export]
    macro_rules! given { () => {}; }
    //           ^^^^^ error[r/requirement-unmet]
    macro_rules! kept { () => {}; }
}
//- src/main.rs
pub struct Nobody;
pub mod private { pub fn unseen() {} }
fn main() {}
",
    );
}

#[test]
fn the_narrower_visibilities() {
    require(
        "items = { kind = \"fn\", in = \"shop::a\" }\nmust = { visibility = [\"pub(crate)\", \"pub\"] }",
        r"
//- src/lib.rs
pub mod a { pub fn wide() {} pub(crate) fn half() {} pub(super) fn up() {} fn own() {} }
//                                                                            ^^^ error[r/requirement-unmet]
",
    );
}

#[test]
fn names_by_globs_and_without() {
    require(
        "items = { kind = \"struct\", name = [\"{Get,Put}*\", \"!*Query\"] }\nmust = { name = [\"*Command\", \"*Order\"] }",
        r"
//- src/lib.rs
pub struct GetOrder;
pub struct GetQuery;
pub struct PutThing;
//         ^^^^^^^^ error[r/requirement-unmet]
pub struct PutCommand;
pub struct Other;
",
    );
}

#[test]
fn every_kind_is_told_apart() {
    let code = r"
//- src/lib.rs
pub mod x_module {}
pub fn x_fn() { let it = || 1; }
pub struct x_struct;
pub enum x_enum { X }
pub union x_union { a: u8 }
pub trait x_trait { type X; fn x_provided(&self) {} }
impl x_struct { pub fn x_method(&self) {} const X: u8 = 1; }
impl x_trait for x_struct { type X = u8; }
pub type x_type = u8;
pub const x_const: u8 = 1;
pub static x_static: u8 = 1;
macro_rules! x_macro { () => {}; }
";
    let selected = |kind: &str| {
        let rule = format!("items = {{ kind = \"{kind}\" }}\nmust = {{ in = \"shop::x_module\" }}");
        let found = judged(&super::fixture(&rule, code));
        assert_eq!(found.problems, [], "{kind}");
        let mut items: Vec<String> = found
            .findings
            .iter()
            .map(|finding| found.graph.item(finding.from).path.to_string())
            .collect();
        items.sort();
        items.join(" ").replace("shop::", "")
    };
    let kinds = [
        ("fn", "x_fn"),
        ("method", "x_struct::x_method x_trait::x_provided"),
        ("closure", "x_fn::{closure#0}"),
        ("struct", "x_struct"),
        ("enum", "x_enum"),
        ("union", "x_union"),
        ("trait", "x_trait"),
        ("type", "x_type"),
        ("const", "x_const"),
        ("static", "x_static"),
        ("macro", "x_macro"),
        ("module", "shop"),
        ("impl", "<impl x_struct> <x_struct as x_trait>"),
    ];
    for (kind, expected) in kinds {
        assert_eq!(selected(kind), expected, "{kind}");
    }
}

#[test]
fn a_kind_can_be_demanded() {
    judge(&super::fixture(
        "items = { name = \"*Id\" }\nmust = { kind = [\"struct\", \"enum\"] }",
        "//- src/lib.rs\npub struct OrderId;\npub type ItemId = u32;\n//       ^^^^^^ error[r/requirement-unmet]\n",
    ));
}
