//! Macros of dependencies: who invokes one inherits what its body names, for prohibitions alone.

use crate::harness::{check, judge};

const HELPER: &str = r"
//- registry/driver/src/lib.rs
pub fn query() {}
pub mod deep { pub fn run() {} }
//- registry/helper/Cargo.toml
[package]
name = 'helper'
[dependencies]
driver = '1'
//- registry/helper/src/lib.rs
pub use driver as reexported;
pub mod raw { pub fn go() {} }
#[macro_export]
macro_rules! select { () => { $crate::reexported::query() }; }
#[macro_export]
macro_rules! outer { ($x:expr) => {{ use $crate::reexported::deep; let text = std::fs::read($x); $crate::inner!(text); Some(1) }}; }
#[doc(hidden)]
#[macro_export]
macro_rules! inner { ($x:expr) => { $crate::raw::go(); $crate::log!($x); helper_words(Thing::new()) }; }
#[macro_export]
macro_rules! log { ($($x:tt)*) => { println!($($x)*) }; }
#[macro_export]
macro_rules! by_name { () => { ::driver::query() }; }
";

#[test]
fn an_invocation_inherits_what_the_body_names() {
    check(&format!(
        "{HELPER}{}",
        r"
//- src/lib.rs
fn f() { helper::select!(); let x = helper::outer!(1); }
//       ^^^^^^^^^^^^^^ macro helper::select; call driver::query via helper::select written helper::reexported::query
//                                  ^^^^^^^^^^^^^ macro helper::outer; import driver::deep via helper::outer; call std::fs::read via helper::outer; macro helper::inner via helper::outer; call helper::raw::go via helper::outer; macro helper::log via helper::outer
macro_rules! own { () => { helper::by_name!() }; }
//                         ^^^^^^^^^^^^^^^ macro helper::by_name from shop::own; call driver::query via helper::by_name
fn g() { own!(); }
//       ^^^ macro shop::own; macro helper::by_name via shop::own; call driver::query via shop::own
"
    ));
}

#[test]
fn an_item_that_was_expanded_inherits_nothing_of_the_arms_that_it_did_not_take() {
    check(
        r"
//- registry/helper/src/lib.rs
pub mod raw { pub fn go() {} }
#[macro_export]
macro_rules! items {
    (safe $name:ident) => { pub fn $name() {} };
    (raw $name:ident) => { pub fn $name() { $crate::raw::go() } };
}
//- src/lib.rs
mod a { helper::items!(safe one); }
//      ^^^^^^^^^^^^^ macro helper::items
mod b { helper::items!(raw two); }
//      ^^^^^^^^^^^^^ macro helper::items; call helper::raw::go via helper::items from shop::b::two
",
    );
}

#[test]
fn what_an_expanded_item_calls_in_turn_inherits_what_it_names() {
    check(
        r"
//- registry/helper/src/lib.rs
pub mod raw { pub fn go() {} }
#[macro_export]
macro_rules! nothing { () => {}; (raw) => { pub fn never() { $crate::raw::go() } }; }
#[macro_export]
macro_rules! raw { () => { $crate::raw::go() }; }
#[macro_export]
macro_rules! outer { () => { $crate::nothing!(); pub fn f() { $crate::raw!() } }; }
//- src/lib.rs
mod a { helper::outer!(); }
//      ^^^^^^^^^^^^^ macro helper::outer; macro helper::nothing via helper::outer; macro helper::raw via helper::outer; call helper::raw::go via helper::raw from shop::a::f
",
    );
}

#[test]
fn what_is_inherited_of_a_dependency_is_judged_by_prohibitions_alone() {
    judge(&format!(
        "{HELPER}{}",
        r#"
//- archguard.toml
version = 1
[components]
shop = { paths = "shop", uses = [], crates = "helper" }
[[forbid]]
id = "no-driver"
use = ["driver", "std::fs"]
//- src/lib.rs
use helper::outer;
fn f() { helper::select!(); }
//       ^^^^^^^^^^^^^^ error[no-driver/forbidden-use]
fn g() { outer!(1); helper::log!("{}", 1); println!(); }
//       ^^^^^ error[no-driver/forbidden-use]
//       ^^^^^ error[no-driver/forbidden-use]
"#
    ));
}

#[test]
fn a_forbidden_macro_is_one_finding_whatever_it_expands_to() {
    judge(&format!(
        "{HELPER}{}",
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[forbid]]
id = "no-helper"
use = "helper"
//- src/lib.rs
fn f() { helper::outer!(1); }
//       ^^^^^^^^^^^^^ error[no-helper/forbidden-use]
"#
    ));
}

#[test]
fn a_derive_does_not_hide_the_trait_that_an_item_macro_brings() {
    check(
        r"
//- registry/records/Cargo.toml
[package]
name = 'records'
[dependencies]
records-core = '1'
records-derive = '1'
//- registry/records/src/lib.rs
macro_rules! root { () => { pub use records_core::Record; }; }
root!();
pub use records_derive::Record;
//- registry/records-core/src/lib.rs
pub trait Record { fn keep(&self); }
//- registry/records-derive/Cargo.toml
[package]
name = 'records-derive'
[lib]
proc-macro = true
//- registry/records-derive/src/lib.rs
#[proc_macro_derive(Record)]
pub fn record(input: proc_macro::TokenStream) -> proc_macro::TokenStream { input }
//- src/lib.rs
use records::Record;
#[derive(Record)]
//       ^^^^^^ derive records_derive::Record
pub struct Sale;
pub fn keep(record: &impl Record) { record.keep(); }
//                        ^^^^^^ type records_core::Record
",
    );
}

const TABLES: &str = r"
//- registry/tables/src/lib.rs
#[macro_use]
mod macros;
mod linux { s! { pub struct Time { at: Offset } pub struct Other { by: other_t } } }
mod windows { s! { pub struct Time { at: i64 } } constants!(); }
mod globs { bring! { deep } pub mod deep { pub struct FromGlob; } }
mod nested { s! { pub struct Unused {} } outer! { Inner } }
mod handed { call! { s; pub struct Handed {} } }
mod dollar { each! { declare } }
mod left { nowhere! { pub struct FromArguments; } }
mod known { thread_local! { x } }
pub mod again { item!(First); redefine!(); item!(second); }
pub mod twice { pub struct Of; both!(); }
mod given { fragment! { {Fragment} } }
mod anew { defines! {} }
pub mod block { pub struct Of; const _: () = { impl Of {} within! {} unknown! {} }; }
pub use anew::*; pub use dollar::*; pub use given::*; pub use globs::*; pub use handed::*; pub use known::*; pub use left::*; pub use linux::*; pub use nested::*; pub use windows::*;
//- registry/tables/src/macros.rs
macro_rules! s {
    ($($(#[$m:meta])* $v:vis $t:ident $n:ident { $($f:tt)* })*) => { $( s!(it: $v $t $n { $($f)* }); )* };
    (it: $v:vis $t:ident $n:ident { $($f:tt)* }) => { #[derive(a::prelude::Clone)] $v $t $n { $($f)* } };
}
macro_rules! constants { () => { pub const FROM_RULES: u8 = 1; }; }
macro_rules! bring { ($m:ident) => { pub use self::$m::*; }; }
macro_rules! outer { ($n:ident) => { inner!($n); }; }
macro_rules! inner { ($n:ident) => { pub struct $n; pub struct Beside; }; }
macro_rules! call { ($m:ident; $($t:tt)*) => { $m! { $($t)* } }; }
macro_rules! each { ($compile_error:ident) => { $compile_error! {} }; }
macro_rules! declare { () => { pub struct Dollar; }; }
macro_rules! thread_local { ($n:ident) => { pub struct OwnLocal; }; }
macro_rules! item { ($n:ident) => { pub struct $n; }; }
macro_rules! redefine { () => { macro_rules! item { ($n:ident) => { pub mod inside { pub fn $n() {} } pub use inside::$n; }; } }; }
macro_rules! fragment { ($g:tt) => { behind! $g }; }
macro_rules! behind { ($n:ident) => { pub struct $n; pub struct Behind; }; }
macro_rules! defines { () => { macro_rules! defines { ($n:ident) => { pub struct $n; }; } defines!(Defined); }; }
macro_rules! within { () => { method! {} }; }
macro_rules! method { () => { impl crate::block::Of { pub fn go(&self) {} } }; }
macro_rules! both { () => { make_a!(A); make_b!(B); }; }
macro_rules! make_a { ($n:ident) => { pub struct $n; pub trait FromA { fn go(&self); } impl FromA for Of { fn go(&self) {} } pub fn either() {} }; }
macro_rules! make_b { ($n:ident) => { pub struct $n; pub trait FromB { fn go(&self); } impl FromB for Of { fn go(&self) {} } pub fn either() {} }; }
";

/// What each import is: alone, in one order and in the other.
#[test]
fn a_name_is_found_whichever_item_macro_of_a_dependency_makes_it_and_whatever_was_asked_before() {
    let imports = [
        ("Time", "import tables::linux::Time; import tables::windows::Time"),
        ("FROM_RULES", "import tables::windows::FROM_RULES"),
        ("FromGlob", "import tables::globs::deep::FromGlob"),
        ("Inner", "import tables::nested::Inner"),
        ("Beside", "import tables::nested::Beside"),
        ("Handed", "import tables::handed::Handed"),
        ("Dollar", "import tables::dollar::Dollar"),
        ("FromArguments", "import tables::left::FromArguments"),
        ("OwnLocal", "import tables::known::OwnLocal"),
        ("Other", "import tables::linux::Other"),
        ("again::second", "import tables::again::inside::second"),
        ("again::First", "import tables::again::First"),
        ("twice::B", "import tables::twice::B"),
        ("twice::A", "import tables::twice::A"),
        ("Behind", "import tables::given::Behind"),
        ("Defined", "import tables::anew::Defined"),
    ];
    let used = "fn of(of: &tables::twice::Of) { of.go(); }\n//                                 ^^ method tables::twice::FromA::go inferred\nfn go(of: &tables::block::Of) { of.go(); }\n//                                 ^^ method tables::block::Of::go inferred\n";
    let written = |(name, leads): &(&str, &str)| {
        let carets = "^".repeat("tables::".len() + name.len());
        format!("use tables::{name};\n//  {carets} {leads}\n")
    };
    let alone = imports.iter().map(written);
    let forth: String = imports.iter().map(written).collect();
    let back: String = imports.iter().rev().map(written).collect();
    for lines in alone.chain([forth, back, String::new()]) {
        check(&format!("{TABLES}//- src/lib.rs\n{lines}{used}"));
        check(&format!("{TABLES}//- src/lib.rs\n{lines}"));
    }
}

/// A macro that nobody knows is met while names lead through globs in a circle: what it may make is there for who asks first
/// as for who asks next.
#[test]
fn a_name_that_an_unknown_macro_may_make_is_told_to_who_asks_first() {
    check(
        "//- Cargo.toml
[package]
name = \"app\"
edition = \"2021\"
[dependencies]
circle = \"1\"
//- registry/circle/Cargo.toml
[package]
name = \"circle\"
version = \"1.0.0\"
edition = \"2021\"
//- registry/circle/src/lib.rs
mod util;
pub mod data;
//- registry/circle/src/data.rs
pub use util::*;
make!(Item as Give);
//- registry/circle/src/util.rs
use crate::*;
//- src/lib.rs
fn f() { circle::util::data::First::new(); }
//       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ call circle::data::First::new
fn g() { circle::util::data::Next::new(); }
//       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ call circle::data::Next::new
",
    );
}

#[test]
fn what_an_import_may_bring_is_not_what_stands_there() {
    // As memchr has it: the function is imported beside the module of its name, and an unknown macro may make any name.
    check(
        r"
//- registry/search/src/lib.rs
pub use crate::search::{search, search2};
mod search;
unknown! {}
//- registry/search/src/search.rs
pub fn search() {}
pub fn search2() {}
//- src/lib.rs
use search::search2;
//  ^^^^^^^^^^^^^^^ import search::search::search2
fn f() { search2(); search::search(); }
//       ^^^^^^^ call search::search::search2
//                  ^^^^^^^^^^^^^^ call search::search::search
",
    );
}
