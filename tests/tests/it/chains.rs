//! `transitive`: chains through real code, from the item that leaves the scope to what is forbidden.

use crate::harness::{judge, judged};

const NO_FILES: &str = r#"
//- archguard.toml
version = 1
[components]
main = "shop::self"
application = { paths = "shop::app", uses = "persistence" }
persistence = { paths = "shop::db", uses = "*" }
[[forbid]]
id = "core-never-reaches-the-system"
in = "application"
use = ["std::fs", "std::process", "std::net::{Tcp*,Udp*}"]
transitive = true
//- src/lib.rs
pub mod app;
pub mod db;
"#;

#[test]
fn one_chain_through_two_helpers_is_one_finding() {
    let workspace = format!(
        "{NO_FILES}{}",
        r#"
//- src/app.rs
use crate::db::backup;
use crate::db::backup::keep as put_away;
pub fn archive() { prepare(); put_away("order"); }
//                            ^^^^^^^^ error[core-never-reaches-the-system/forbidden-reach]
fn prepare() { backup::count(); }
pub fn nightly() { archive(); }
//- src/db.rs
pub mod backup {
    use super::files::write;
    pub fn keep(text: &str) { write(text); }
    pub fn count() {}
}
pub mod files {
    use std::fs;
    pub fn write(text: &str) { let _ = fs::write("orders.txt", text); }
}
"#
    );
    judge(&workspace);
    let judged = judged(&workspace);
    assert_eq!(judged.lints(), ["forbidden-reach"]);
}

#[test]
fn a_port_ends_the_chain_and_a_known_type_does_not() {
    judge(&format!(
        "{NO_FILES}{}",
        r#"
//- src/app.rs
use crate::db::Folder;
pub trait Archive { fn keep(&self, text: &str); fn fresh() -> Self where Self: Sized; }
pub fn by_reference(archive: &dyn Archive) { archive.keep("order"); }
pub fn by_bound<A: Archive>(archive: A) { archive.keep("order"); A::fresh(); }
pub fn by_type(folder: &Folder) { folder.keep("order"); }
//                                       ^^^^ error[core-never-reaches-the-system/forbidden-reach]
pub fn by_path() { <Folder as Archive>::fresh(); }
//                            ^^^^^^^^^^^^^^^ error[core-never-reaches-the-system/forbidden-reach]
//- src/db.rs
pub struct Folder;
impl crate::app::Archive for Folder {
    fn keep(&self, text: &str) { let _ = std::fs::write("orders.txt", text); }
    fn fresh() -> Self { let _ = std::fs::create_dir("orders"); Self }
}
"#
    ));
}

#[test]
fn the_default_body_of_a_port_is_gone_through() {
    judge(&format!(
        "{NO_FILES}{}",
        r#"
//- src/app.rs
use crate::db::Archive;
pub fn by_reference(archive: &dyn Archive) { archive.keep("order"); archive.count(); archive.open(); }
//                                                   ^^^^ error[core-never-reaches-the-system/forbidden-reach]
pub fn by_bound<A: Archive>(archive: A) { archive.twice(); A::fresh(); }
//                                                ^^^^^ error[core-never-reaches-the-system/forbidden-reach]
pub fn overridden(folder: &crate::db::Folder) { folder.keep("order"); }
//- src/db.rs
pub trait Archive {
    fn keep(&self, text: &str) { let _ = std::fs::write("orders.txt", text); }
    fn twice(&self) { self.keep("a"); self.keep("b"); }
    fn count(&self) -> usize { 1 }
    fn open(&self) -> std::fs::File;
    fn fresh() -> Self where Self: Sized;
}
pub struct Folder;
impl Archive for Folder {
    fn keep(&self, _: &str) {}
    fn open(&self) -> std::fs::File { todo!() }
    fn fresh() -> Self { Self }
}
"#
    ));
}

#[test]
fn types_constants_macros_and_re_exports_are_ways_too() {
    judge(&format!(
        "{NO_FILES}{}",
        r#"
//- src/app.rs
pub fn held(_: &crate::db::Open) {}
//              ^^^^^^^^^^^^^^^ error[core-never-reaches-the-system/forbidden-reach]
pub fn value() { let _ = crate::db::REMOVE; }
//                       ^^^^^^^^^^^^^^^^^ error[core-never-reaches-the-system/forbidden-reach]
pub fn expanded() { crate::size_of_orders!(); }
//                  ^^^^^^^^^^^^^^^^^^^^^ error[core-never-reaches-the-system/forbidden-reach]
pub use crate::db::remove;
//      ^^^^^^^^^^^^^^^^^ error[core-never-reaches-the-system/forbidden-reach]
//- src/db.rs
pub struct Open { file: std::fs::File }
pub const REMOVE: fn() = remove;
pub fn remove() { let _ = std::fs::remove_file("orders.txt"); }
pub fn size() { let _ = std::fs::metadata("orders.txt"); }
#[macro_export]
macro_rules! size_of_orders { () => { $crate::db::size() } }
"#
    ));
}

#[test]
fn a_wrapper_in_a_crate_of_no_component_is_on_the_chain() {
    judge(
        r#"
//- archguard.toml
version = 1
[policy]
undeclared = "allow"
unassigned = "allow"
[components]
domain = "domain"
persistence = "persistence"
[[forbid]]
id = "raw-sql"
in = "domain"
use = "driver"
except = "persistence"
transitive = true
//- registry/driver/src/lib.rs
pub fn query() {}
//- domain/src/lib.rs
pub fn rows() { wrapper::rows(); }
//              ^^^^^^^^^^^^^ error[raw-sql/forbidden-reach]
pub fn orders() { persistence::orders(); }
//- wrapper/src/lib.rs
pub fn rows() { driver::query(); }
//- persistence/src/lib.rs
pub fn orders() { driver::query(); }
"#,
    );
}
