//! `include!`: literals, `OUT_DIR`, expressions, and what is not built yet.

use crate::harness::{Checked, Fixture, check};

#[test]
fn an_included_file_is_part_of_the_module() {
    let checked = check(
        r#"
//- src/lib.rs
pub mod db { include!("fragments/queries.inc"); pub fn own() {} }
fn f() { db::query(); }
//       ^^^^^^^^^ call shop::db::query
//- src/fragments/queries.inc
pub fn query() { own(); super::f(); }
//               ^^^ call shop::db::own from shop::db::query
//                      ^^^^^^^^ call shop::f
mod child { pub fn g() { super::query(); } }
//                       ^^^^^^^^^^^^ call shop::db::query
"#,
    );
    checked.modules_are(&["shop", "shop::db", "shop::db::child"]);
    checked.orphans_are(&[]);
}

#[test]
fn an_included_expression_belongs_to_the_function() {
    check(
        r#"
//- src/lib.rs
pub fn query() -> u8 { 1 }
pub fn f() -> u8 { include!("expression.in") }
pub const TABLE: [u8; 2] = include!("table.in");
//- src/expression.in
  query() + 1
//^^^^^ call shop::query from shop::f
//- src/table.in
  [crate::query(), 2]
// ^^^^^^^^^^^^ call shop::query from shop::TABLE
"#,
    );
}

#[test]
fn an_include_beside_the_manifest() {
    check(
        r#"
//- src/lib.rs
include!(concat!(env!("CARGO_MANIFEST_DIR"), "/gen/code.rs"));
fn f() { generated(); }
//       ^^^^^^^^^ call shop::generated
//- gen/code.rs
fn generated() { std::fs::read(0); }
//               ^^^^^^^^^^^^^ call std::fs::read
"#,
    )
    .orphans_are(&[]);
}

#[test]
fn generated_code_that_is_not_built_is_pending() {
    let checked = check(
        r#"
//- src/lib.rs
pub mod proto { include!(concat!(env!("OUT_DIR"), "/proto.rs")); }
fn f() { proto::Request::new(); }
//       ^^^^^^^^^^^^^^^^^^^ unresolved shop::proto::Request::new pending-code; call shop::proto
"#,
    );
    checked.pending_is(&["src/lib.rs:1: `proto.rs` below OUT_DIR has not been generated: build the workspace first"]);
}

#[test]
fn generated_code_that_is_built_is_read() {
    let checked = check(
        r#"
//- src/lib.rs
pub mod proto { include!(concat!(env!("OUT_DIR"), "/proto.rs")); }
fn f() { proto::new(); }
//       ^^^^^^^^^^ call shop::proto::new
//- target/debug/build/shop-0123456789abcdef/out/proto.rs
pub fn new() { std::fs::read(0); }
"#,
    );
    checked.pending_is(&[]);
    assert_eq!(checked.references_in("out:shop/proto.rs"), ["1: call std::fs::read"]);
}

/// Met in docs.rs: one of two includes is there only in a published package, whose build script says so.
#[test]
fn what_is_missing_under_a_flag_of_a_build_script_is_pending() {
    let fixture = Fixture::of(
        r#"
//- src/lib.rs
#[cfg(packaged)]
include!("packaged.rs");
#[cfg(any(packaged, feature = "x"))]
mod packaged_too;
#[cfg(all(windows, feature = "gone"))]
mod gone;
#[cfg(target_os = "windows")]
include!("gone.rs");
"#,
    );
    let checked = Checked::of(&fixture);
    checked.problems_are(&[
        "src/lib.rs:6: the file of module `shop::gone` is missing: `src/gone.rs`",
        "src/lib.rs:8: the included file `src/gone.rs` is missing",
    ]);
    assert_eq!(
        checked.graph.examined().pending,
        [
            "src/lib.rs:2: the included file `src/packaged.rs` is not there; it is read under `packaged`",
            "the file `src/packaged_too.rs` of module `shop::packaged_too` is not there; it is read under \
             `any(packaged, feature = \"x\")`",
        ]
    );
}

#[test]
fn a_missing_include_is_a_problem() {
    let fixture = Fixture::of(
        r#"
//- src/lib.rs
include!("gone.rs");
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
"#,
    );
    Checked::of(&fixture).problems_are(&["src/lib.rs:1: the included file `src/gone.rs` is missing"]);
}

#[test]
fn a_file_that_includes_itself_ends() {
    let fixture = Fixture::of(
        r#"
//- src/lib.rs
fn f() {}
mod a { include!("part.rs"); }
//- src/part.rs
include!("part.rs");
"#,
    );
    let checked = Checked::of(&fixture);
    checked.modules_are(&["shop", "shop::a"]);
    checked.problems_are(&[
        "src/lib.rs:2: `include!` includes `src/part.rs` into itself: the rest of what it makes was not examined",
    ]);
}

/// Each glob is one more way to each name, and each inclusion one more glob.
#[test]
fn a_module_file_that_includes_itself_twice_ends() {
    let fixture = Fixture::of(
        r#"
//- src/lib.rs
mod db;
mod part;
//- src/db.rs
pub fn query() {}
//- src/part.rs
use crate::db::*;
include!("part.rs");
include!("part.rs");
fn go() { query(); }
//        ^^^^^ call shop::db::query
unknown!();
"#,
    );
    let checked = Checked::of(&fixture);
    checked.modules_are(&["shop", "shop::db", "shop::part"]);
    checked.problems_are(&[
        "src/part.rs:2: `include!` includes `src/part.rs` into itself: the rest of what it makes was not examined",
        "src/part.rs:3: `include!` includes `src/part.rs` into itself: the rest of what it makes was not examined",
    ]);
}

#[test]
fn files_that_include_each_other_end() {
    let fixture = Fixture::of(
        r#"
//- src/lib.rs
include!("ping.rs");
//- src/ping.rs
macro_rules! again { () => { include!("pong.rs"); include!("pong.rs"); } }
again!();
//- src/pong.rs
use other::*;
include!("ping.rs");
include!("ping.rs");
"#,
    );
    Checked::of(&fixture).problems_are(&[
        "src/ping.rs:2: `again!` includes `src/ping.rs` into itself: the rest of what it makes was not examined",
    ]);
}

/// Files of which each includes the next so many times; the last is empty.
fn chain_of_includes(length: usize, times: usize) -> String {
    let include = |number: usize| format!("include!(\"part{number}.rs\");\n").repeat(times);
    let part = |number: usize| format!("//- src/part{number}.rs\n{}", include(number + 1));
    let parts: String = (1..length).map(part).collect();
    format!("//- src/lib.rs\ninclude!(\"part1.rs\");\n{parts}//- src/part{length}.rs\n")
}

#[test]
fn includes_stand_in_each_other_only_so_deep() {
    let text = chain_of_includes(20, 1);
    Checked::of(&Fixture::of(&text)).problems_are(&[
        "src/lib.rs:1: `include!` expands more than 16 levels deep: the rest of what it makes was not examined",
    ]);
}

/// No file stands in itself, and yet there are two to the power of twelve.
#[test]
fn files_that_each_include_the_next_twice_end() {
    let text = format!("{}use other::*;\n", chain_of_includes(12, 2));
    Checked::of(&Fixture::of(&text)).problems_are(&[
        "src/lib.rs:1: `include!` includes more than 1000 files: the rest of what it makes was not examined",
    ]);
}

#[test]
fn an_included_file_may_declare_module_files_and_macros() {
    check(
        r#"
//- src/lib.rs
include!("parts/all.rs");
fn f() { below::g(); made!(); }
//       ^^^^^^^^ call shop::below::g
//                   ^^^^ macro shop::made
//- src/parts/all.rs
mod below;
macro_rules! made { () => {} }
//- src/parts/below.rs
pub fn g() {}
"#,
    );
}

#[test]
fn an_include_carries_its_own_cfg() {
    check(
        r#"
//- src/lib.rs
#[cfg(windows)]
include!("part.rs");
//- src/part.rs
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read cfg windows
"#,
    );
}

#[test]
fn what_a_dependency_includes_is_part_of_it() {
    check(
        r#"
//- registry/system/src/lib.rs
include!("made/mod.rs");
pub mod tables { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tables/all.in")); }
#[cfg(windows)]
include!("windows.rs");
macro_rules! parts { () => { include!("parts.rs"); }; }
pub mod of_macro { parts!(); }
//- registry/system/src/made/mod.rs
pub mod Security;
pub struct Token;
impl Token { pub fn close(&self) { } }
//- registry/system/src/made/Security.rs
pub const ENABLED: u32 = 1;
pub fn open() -> crate::Token { crate::Token }
//- registry/system/tables/all.in
pub fn look() {}
pub mod deep { pub use super::super::made_for_windows as other; }
//- registry/system/src/windows.rs
pub fn made_for_windows() {}
//- registry/system/src/parts.rs
pub fn part() {}
//- src/lib.rs
use system::Security::ENABLED;
//  ^^^^^^^^^^^^^^^^^^^^^^^^^ import system::Security::ENABLED
fn f() { system::Security::open().close(); system::tables::look(); }
//       ^^^^^^^^^^^^^^^^^^^^^^ call system::Security::open
//                                ^^^^^ method system::Token::close inferred
//                                         ^^^^^^^^^^^^^^^^^^^^ call system::tables::look
fn g() { system::made_for_windows(); system::tables::deep::other(); system::of_macro::part(); }
//       ^^^^^^^^^^^^^^^^^^^^^^^^ call system::made_for_windows
//                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ call system::made_for_windows written system::tables::deep::other
//                                                                  ^^^^^^^^^^^^^^^^^^^^^^ call system::of_macro::part
"#,
    );
}

#[test]
fn what_a_dependency_includes_and_nobody_has_is_pending() {
    check(
        r#"
//- registry/bindings/src/lib.rs
pub mod raw { include!(concat!(env!("OUT_DIR"), "/raw.rs")); pub fn own() {} }
pub mod gone { include!("gone.rs"); }
//- src/lib.rs
fn f() { bindings::raw::open(); bindings::raw::own(); bindings::gone::open(); }
//       ^^^^^^^^^^^^^^^^^^^ unresolved bindings::raw::open pending-code; call bindings::raw
//                              ^^^^^^^^^^^^^^^^^^ call bindings::raw::own
//                                                    ^^^^^^^^^^^^^^^^^^^^ unresolved bindings::gone::open pending-code; call bindings::gone
"#,
    )
    .problems_are(&[]);
}

#[test]
fn a_dependency_that_includes_itself_ends() {
    check(
        r#"
//- registry/ring/src/lib.rs
include!("part.rs");
//- registry/ring/src/part.rs
pub fn g() {}
include!("part.rs");
//- src/lib.rs
fn f() { ring::g(); }
//       ^^^^^^^ call ring::g
"#,
    )
    .problems_are(&[]);
}

#[test]
fn what_a_dependency_includes_for_its_tests_is_not_there() {
    check(
        r#"
//- registry/system/src/lib.rs
#[cfg(test)]
include!("tests.rs");
//- registry/system/src/tests.rs
pub fn more() {}
//- src/lib.rs
fn f() { system::more(); }
//       ^^^^^^^^^^^^ unresolved system::more not-in-module; call system
"#,
    );
}

#[test]
fn what_is_included_under_a_cfg_hides_nothing_for_sure() {
    check(
        r#"
//- registry/system/src/lib.rs
#[cfg(windows)]
include!("windows.rs");
pub use other::*;
mod other { pub fn open() {} }
//- registry/system/src/windows.rs
pub fn open() {}
//- src/lib.rs
#[cfg(windows)]
include!("windows.rs");
use other::*;
mod other { pub fn close() {} }
fn f() { system::open(); close(); }
//       ^^^^^^^^^^^^ call system::open; call system::other::open written system::open
//                       ^^^^^ call shop::close; call shop::other::close
//- src/windows.rs
pub fn close() {}
"#,
    );
}

#[test]
fn an_included_extern_crate_counts_for_all_or_for_none() {
    let names = |user: &str| {
        let checked = check(&format!(
            "//- registry/other/src/lib.rs\npub fn f() {{}}\n#[macro_export] macro_rules! om {{ () => {{}} }}\n\
            //- src/lib.rs\ninclude!(\"x.in\");\n{user}pub mod m {{ use oo::f; pub fn g() {{ f(); }} }}\n\
            //- src/x.in\nextern crate other as oo;\n"
        ));
        let mut names = checked.references_in("src/lib.rs");
        names.retain(|name| name.ends_with("other::f"));
        names
    };
    assert_eq!(names("pub mod n { use oo::om; om! {} }\n"), names("pub mod n { }\n"));
}
