//! The module tree: which files are modules, under which paths, and what becomes of those that are not there.

use crate::harness::{Checked, Fixture, check};

#[test]
fn files_beside_and_files_below() {
    check(
        r"
//- src/lib.rs
mod beside;
mod below;
mod inline { mod deeper { mod file; } mod other; }
//- src/beside.rs
mod child;
//- src/beside/child.rs
fn f() { super::super::below::g(); }
//       ^^^^^^^^^^^^^^^^^^^^^^ call shop::below::g
//- src/below/mod.rs
mod child;
pub fn g() {}
//- src/below/child.rs
//- src/inline/deeper/file.rs
//- src/inline/other/mod.rs
",
    )
    .modules_are(&[
        "shop",
        "shop::below",
        "shop::below::child",
        "shop::beside",
        "shop::beside::child",
        "shop::inline",
        "shop::inline::deeper",
        "shop::inline::deeper::file",
        "shop::inline::other",
    ]);
}

#[test]
fn path_attributes_on_modules() {
    let checked = check(
        r#"
//- src/lib.rs
#[path = "elsewhere/code.rs"]
mod renamed;
#[path = "../shared/common.rs"]
mod outside;
mod plain;
//- src/elsewhere/code.rs
mod child;
pub fn here() {}
//- src/elsewhere/child.rs
fn f() { super::here(); }
//       ^^^^^^^^^^^ call shop::renamed::here
//- shared/common.rs
pub fn f() { crate::renamed::here(); }
//           ^^^^^^^^^^^^^^^^^^^^ call shop::renamed::here
//- src/plain.rs
#[path = "other.rs"]
mod beside_the_file;
//- src/other.rs
pub fn f() {}
"#,
    );
    checked.modules_are(&[
        "shop",
        "shop::outside",
        "shop::plain",
        "shop::plain::beside_the_file",
        "shop::renamed",
        "shop::renamed::child",
    ]);
    checked.orphans_are(&[]);
}

#[test]
fn path_attributes_inside_and_on_inline_modules() {
    let checked = check(
        r#"
//- src/lib.rs
mod inline {
    #[path = "a.rs"]
    mod inner;
}
#[path = "thread_files"]
mod thread {
    #[path = "tls.rs"]
    mod local_data;
    mod plain;
}
mod file;
//- src/inline/a.rs
//- src/thread_files/tls.rs
//- src/thread_files/plain.rs
//- src/file.rs
mod inline {
    #[path = "other.rs"]
    mod inner;
}
//- src/file/inline/other.rs
"#,
    );
    checked.modules_are(&[
        "shop",
        "shop::file",
        "shop::file::inline",
        "shop::file::inline::inner",
        "shop::inline",
        "shop::inline::inner",
        "shop::thread",
        "shop::thread::local_data",
        "shop::thread::plain",
    ]);
    checked.orphans_are(&[]);
}

#[test]
fn several_paths_behind_cfg_attr() {
    let checked = check(
        r#"
//- registry/driver/src/lib.rs
pub fn unix() {}
pub fn windows() {}
//- src/lib.rs
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod imp;
fn f() { imp::run(); }
//       ^^^^^^^^ call shop::imp::run; call shop::imp::run
//- src/unix.rs
pub fn run() { driver::unix(); }
//             ^^^^^^^^^^^^ call driver::unix cfg unix
//- src/windows.rs
pub fn run() { driver::windows(); }
//             ^^^^^^^^^^^^^^^ call driver::windows cfg windows
"#,
    );
    checked.orphans_are(&[]);
}

#[test]
fn the_same_module_name_twice_under_cfgs() {
    let checked = check(
        r#"
//- src/lib.rs
pub fn on_unix() {}
pub fn on_windows() {}
#[cfg(unix)]
#[path = "unix.rs"]
mod imp;
#[cfg(windows)]
#[path = "windows.rs"]
mod imp;
#[cfg(not(any(unix, windows)))]
mod imp { pub fn run() {} }
//- src/unix.rs
pub fn run() { crate::on_unix(); }
//             ^^^^^^^^^^^^^^ call shop::on_unix cfg unix
//- src/windows.rs
pub fn run() { crate::on_windows(); }
//             ^^^^^^^^^^^^^^^^^ call shop::on_windows cfg windows
"#,
    );
    checked.orphans_are(&[]);
    checked.modules_are(&["shop", "shop::imp", "shop::imp", "shop::imp"]);
}

#[test]
fn modules_inside_function_bodies() {
    check(
        r"
//- src/lib.rs
fn f() {
    mod local { pub fn g() { super::top(); } }
//                           ^^^^^^^^^^ call shop::top
    local::g();
//  ^^^^^^^^ call shop::f::local::g
}
fn top() {}
",
    );
}

#[test]
fn roots_elsewhere() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[lib]
path = "code/root.rs"
[[bin]]
name = "tool"
path = "tools/tool.rs"
//- code/root.rs
pub mod child;
//- code/child.rs
pub fn f() {}
//- tools/tool.rs
mod helper;
fn main() { shop::child::f(); helper::g(); }
//          ^^^^^^^^^^^^^^ call shop::child::f
//                            ^^^^^^^^^ call bin:tool::helper::g
//- tools/helper.rs
pub fn g() {}
"#,
    )
    .modules_are(&["bin:tool", "bin:tool::helper", "shop", "shop::child"]);
}

#[test]
fn one_file_in_several_targets() {
    let checked = check(
        r"
//- src/lib.rs
pub mod shared;
pub fn own() {}
//- src/main.rs
mod shared;
fn own() {}
fn main() { shared::run(); }
//          ^^^^^^^^^^^ call bin:shop::shared::run
//- src/shared.rs
pub fn run() { crate::own(); }
//             ^^^^^^^^^^ call shop::own from shop::shared::run; call bin:shop::own from bin:shop::shared::run
",
    );
    checked.modules_are(&["bin:shop", "bin:shop::shared", "shop", "shop::shared"]);
    assert_eq!(checked.graph.examined().files, 3);
}

#[cfg(unix)]
#[test]
fn one_source_tree_in_two_crates_by_a_link() {
    let checked = check(
        r#"
//- src/lib.rs
pub mod de;
//- src/de.rs
pub fn read() { crate::de::read(); }
//              ^^^^^^^^^^^^^^^ call shop::de::read from shop::de::read; call derive_shop from derive_shop::inner::de::read; unresolved derive_shop::de::read not-in-module
//- derive_shop/src/lib.rs
#[path = "linked/lib.rs"]
mod inner;
//- derive_shop/src/linked link=../../src
"#,
    );
    checked.modules_are(&[
        "derive_shop",
        "derive_shop::inner",
        "derive_shop::inner::de",
        "shop",
        "shop::de",
    ]);
}

#[cfg(unix)]
#[test]
fn a_circle_of_links_ends() {
    let checked = check(
        r"
//- src/lib.rs
mod a;
//- src/a.rs
//- src/a/again link=..
",
    );
    checked.modules_are(&["shop", "shop::a"]);
    checked.orphans_are(&[]);
}

#[test]
fn a_file_that_declares_itself_as_its_child_ends() {
    let fixture = Fixture::of(
        r#"
//- src/lib.rs
mod a;
//- src/a.rs
#[path = "a.rs"]
mod a;
"#,
    );
    let checked = Checked::of(&fixture);
    checked.problems_are(&["src/a.rs: module `shop::a::a` is in the file of a module around it: `src/a.rs`"]);
}

#[test]
fn a_missing_module_file_is_a_problem_and_the_rest_is_examined() {
    let fixture = Fixture::of(
        r"
//- src/lib.rs
mod here;
mod gone;
//- src/here.rs
pub fn f() { std::fs::read(0); }
//           ^^^^^^^^^^^^^ call std::fs::read
",
    );
    let checked = Checked::of(&fixture);
    checked.problems_are(&["src/lib.rs:2: the file of module `shop::gone` is missing: `src/gone.rs`"]);
}

#[test]
fn a_missing_module_under_a_cfg_is_a_problem_too() {
    let fixture = Fixture::of(
        r"
//- src/lib.rs
#[cfg(windows)]
mod gone;
",
    );
    Checked::of(&fixture).problems_are(&["src/lib.rs:2: the file of module `shop::gone` is missing: `src/gone.rs`"]);
}

#[test]
fn a_missing_root_is_a_problem() {
    let fixture = Fixture::of(
        r#"
//- Cargo.toml
[package]
name = "shop"
[lib]
path = "nowhere.rs"
//- src/main.rs
fn main() { std::fs::read(0); }
//          ^^^^^^^^^^^^^ call std::fs::read
"#,
    );
    Checked::of(&fixture).problems_are(&["nowhere.rs: the file of module `shop` is missing: `nowhere.rs`"]);
}

#[test]
fn a_test_file_of_modules_nobody_declares_but_one() {
    let checked = check(
        r"
//- src/lib.rs
pub fn run() {}
//- tests/it/main.rs
mod one;
//- tests/it/one.rs
fn f() { shop::run(); }
//       ^^^^^^^^^ call shop::run dev from test:it::one::f
",
    );
    checked.modules_are(&["shop", "test:it", "test:it::one"]);
}

#[test]
fn a_hundred_versions_by_path() {
    let checked = check(
        r#"
//- src/lib.rs
#[path = "initial/mod.rs"]
pub mod v1;
#[path = "next/mod.rs"]
pub mod v2;
pub mod latest { pub use crate::v2::*; pub mod inner { pub use crate::v2::inner::*; } }
fn f() { latest::run(); latest::inner::deep(); }
//       ^^^^^^^^^^^ call shop::v2::run
//                      ^^^^^^^^^^^^^^^^^^^ call shop::v2::inner::deep
//- src/initial/mod.rs
pub mod inner;
pub fn run() {}
//- src/initial/inner.rs
pub fn deep() {}
//- src/next/mod.rs
pub mod inner;
pub fn run() {}
//- src/next/inner.rs
pub fn deep() {}
"#,
    );
    assert_eq!(checked.modules().len(), 7);
}

#[test]
fn cfgd_modules_each_followed_by_a_glob() {
    check(
        r#"
//- src/lib.rs
#[cfg(feature = "a")]
mod gen_a;
#[cfg(feature = "a")]
pub use gen_a::*;
#[cfg(feature = "b")]
mod gen_b;
#[cfg(feature = "b")]
pub use gen_b::*;
fn f() { a(); b(); }
//       ^ call shop::gen_a::a
//            ^ call shop::gen_b::b
//- src/gen_a.rs
pub fn a() {}
use super::*;
fn g() { b(); }
//       ^ call shop::gen_b::b cfg feature = "a"
//- src/gen_b.rs
pub fn b() {}
"#,
    );
}
