//! Orphans: files on disk that no module tree and no include reaches. Noted, never judged.

use crate::harness::{check, judge};

#[test]
fn files_in_no_module_tree() {
    let checked = check(
        r#"
//- src/lib.rs
mod used;
include!("part.rs");
//- src/used.rs
//- src/part.rs
fn part() {}
//- src/old.rs
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ nothing
//- scripts/tool.rs
not even Rust
"#,
    );
    checked.orphans_are(&["scripts/tool.rs", "src/old.rs"]);
    checked.modules_are(&["shop", "shop::used"]);
}

#[test]
fn files_under_another_manifest_the_target_directory_or_ignored_are_no_orphans() {
    let checked = check(
        r#"
//- .git/HEAD
//- .gitignore
/ignored
//- src/lib.rs
//- ignored/a.rs
//- target/debug/build/x/out/b.rs
//- other/Cargo.toml
[workspace]
//- other/src/c.rs
//- kept/d.rs
"#,
    );
    checked.orphans_are(&["kept/d.rs"]);
}

#[test]
fn orphans_are_not_judged() {
    let judged = judge(
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[forbid]]
id = "files"
use = "std::fs"
//- src/lib.rs
fn f() { std::fs::read(0) }
//       ^^^^^^^^^^^^^ error[files/forbidden-use]
//- src/orphan.rs
fn f() { std::fs::read(0) }
"#,
    );
    assert_eq!(judged.graph.examined().orphans.len(), 1);
}
