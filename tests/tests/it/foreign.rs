//! Foreign items: link names that examined items export.

use crate::harness::{check, judge};

#[test]
fn a_foreign_item_leads_to_what_exports_its_name() {
    check(
        r#"
//- src/lib.rs
pub mod db {
    #[unsafe(no_mangle)] pub extern "C" fn shop_query() {}
    #[export_name = "shop_other"] pub fn other() {}
    #[unsafe(export_name = "shop_third")] pub static THIRD: u8 = 1;
}
pub mod http {
    unsafe extern "Rust" {
        fn shop_query();
//         ^^^^^^^^^^ foreign shop::http::shop_query; foreign shop::db::shop_query
        #[link_name = "shop_other"] fn hidden();
//                                     ^^^^^^ foreign shop::http::hidden; foreign shop::db::other
        static shop_third: u8;
//             ^^^^^^^^^^ foreign shop::http::shop_third; foreign shop::db::THIRD
        fn nobody();
//         ^^^^^^ foreign shop::http::nobody
    }
    fn f() { unsafe { shop_query(); hidden() } }
//                    ^^^^^^^^^^ call shop::http::shop_query
//                                  ^^^^^^ call shop::http::hidden
}
"#,
    );
}

#[test]
fn across_crates() {
    check(
        r#"
//- inner/src/lib.rs
#[no_mangle] pub fn secret() {}
//- src/lib.rs
extern "Rust" { fn secret(); }
//                 ^^^^^^ foreign shop::secret; foreign inner::secret
"#,
    );
}

#[test]
fn patterns_match_foreign_items_by_link_name() {
    judge(
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[forbid]]
id = "sqlite"
use = "extern:sqlite3_*"
//- src/lib.rs
extern "C" { fn sqlite3_open(); #[link_name = "sqlite3_close"] fn close(); fn other(); }
//              ^^^^^^^^^^^^ error[sqlite/forbidden-use]
//                                                                ^^^^^ error[sqlite/forbidden-use]
fn f() { unsafe { sqlite3_open(); close(); other() } }
//                ^^^^^^^^^^^^ error[sqlite/forbidden-use]
//                                ^^^^^ error[sqlite/forbidden-use]
"#,
    );
}

/// Whatever hides the name that both sides agree on, short of another language.
#[test]
fn a_link_name_is_found_wherever_it_is_written() {
    check(
        r#"
//- src/lib.rs
pub mod db {
    #[cfg_attr(all(), unsafe(export_name = "by_cfg"))] pub fn first() {}
    pub struct Db;
    impl Db { #[unsafe(no_mangle)] pub fn by_method() {} }
    pub fn outer() { #[unsafe(no_mangle)] fn by_inner() {} }
    macro_rules! export { ($name:ident) => { #[unsafe(no_mangle)] pub fn $name() {} } }
    export!(by_macro);
    #[unsafe(export_name = concat!("by_", "concat"))] pub fn sixth() {}
    #[unsafe(export_name = r"by_raw")] pub fn seventh() {}
}
pub mod http {
    unsafe extern "Rust" {
        fn by_cfg();
//         ^^^^^^ foreign shop::http::by_cfg; foreign shop::db::first
        fn by_method();
//         ^^^^^^^^^ foreign shop::http::by_method; foreign shop::db::Db::by_method
        fn by_inner();
//         ^^^^^^^^ foreign shop::http::by_inner; foreign shop::db::outer::by_inner
        fn by_macro();
//         ^^^^^^^^ foreign shop::http::by_macro; foreign shop::db::by_macro
        fn by_concat();
//         ^^^^^^^^^ foreign shop::http::by_concat; foreign shop::db::sixth
        fn by_raw();
//         ^^^^^^ foreign shop::http::by_raw; foreign shop::db::seventh
    }
}
"#,
    );
    check(
        r#"
//- src/lib.rs
pub mod db {
    #[unsafe(no_mangle)] pub fn run() {}
}
pub mod http {
    fn f() { unsafe extern "Rust" { fn run(); } }
//                                     ^^^ foreign shop::http::f::run; foreign shop::db::run
    macro_rules! import { ($name:ident) => { unsafe extern "Rust" { #[link_name = "run"] fn $name(); } } }
    import!(other);
//          ^^^^^ foreign shop::http::other; foreign shop::db::run
    unsafe extern "Rust" { #[link_name = concat!("r", "un")] fn third(); }
//                                                              ^^^^^ foreign shop::http::third; foreign shop::db::run
}
"#,
    );
}
