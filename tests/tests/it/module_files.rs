//! In which file each module stands: the one that its own text is in, whatever it holds or does not hold.

use serde_json::Value;

use crate::harness::{check, document};

/// Path and file of each module, in the document's order.
fn files(text: &str) -> Vec<String> {
    let printed = document(&check(text).graph);
    let document: Value = serde_json::from_str(&printed).expect("the document is JSON");
    let modules = document["modules"].as_array().expect("a list");
    let word = |module: &Value, key: &str| module[key].as_str().unwrap_or("-").to_owned();
    modules
        .iter()
        .map(|module| format!("{} {}", word(module, "path"), word(module, "file")))
        .collect()
}

#[test]
fn a_module_stands_in_its_own_file_even_if_it_declares_nothing() {
    let found = files(
        r#"
//- src/lib.rs
mod empty;
mod folder;
mod imports;
#[path = "elsewhere.rs"]
mod renamed;
mod nested { mod empty; }
//- src/empty.rs
//- src/folder/mod.rs
// nothing but a comment
//- src/imports.rs
use crate::empty;
//  ^^^^^^^^^^^^ import shop::empty
//- src/elsewhere.rs
//- src/nested/empty.rs
"#,
    );
    let expected = [
        "shop src/lib.rs",
        "shop::empty src/empty.rs",
        "shop::folder src/folder/mod.rs",
        "shop::imports src/imports.rs",
        "shop::nested src/lib.rs",
        "shop::nested::empty src/nested/empty.rs",
        "shop::renamed src/elsewhere.rs",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_inline_module_stands_in_the_file_around_it() {
    let found = files(
        r"
//- src/lib.rs
mod file;
mod empty {}
//- src/file.rs
mod empty {}
mod full { fn f() {} }
",
    );
    let expected = [
        "shop src/lib.rs",
        "shop::empty src/lib.rs",
        "shop::file src/file.rs",
        "shop::file::empty src/file.rs",
        "shop::file::full src/file.rs",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_a_module_includes_or_expands_does_not_move_it() {
    let found = files(
        r#"
//- src/lib.rs
mod including;
mod expanding;
#[macro_use]
mod zz_macros;
//- src/including.rs
include!("included.rs");
//- src/included.rs
pub fn f() {}
pub mod inner {}
//- src/expanding.rs
   crate::zz_macros::items!();
// ^^^^^^^^^^^^^^^^^^^^^^^ macro shop::zz_macros::items
//- src/zz_macros.rs
macro_rules! items { () => { pub mod made {} } }
pub(crate) use items;
"#,
    );
    let expected = [
        "shop src/lib.rs",
        "shop::expanding src/expanding.rs",
        "shop::expanding::made src/expanding.rs",
        "shop::including src/including.rs",
        "shop::including::inner src/included.rs",
        "shop::zz_macros src/zz_macros.rs",
    ];
    assert_eq!(found, expected);
}
