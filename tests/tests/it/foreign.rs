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
//         ^^^^^^^^^^ foreign shop::db::shop_query
        #[link_name = "shop_other"] fn hidden();
//                                     ^^^^^^ foreign shop::db::other
        static shop_third: u8;
//             ^^^^^^^^^^ foreign shop::db::THIRD
        fn nobody();
//         ^^^^^^ nothing
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
//                 ^^^^^^ foreign inner::secret
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
fn f() { unsafe { sqlite3_open(); close(); other() } }
//                ^^^^^^^^^^^^ error[sqlite/forbidden-use]
//                                ^^^^^ error[sqlite/forbidden-use]
"#,
    );
}
