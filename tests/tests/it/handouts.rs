//! `through`: what a component hands out is let pass, also where a local alias stands for it.

use crate::harness::judge;

const THROUGH_LOOM: &str = r#"
//- archguard.toml
version = 1
[components]
loom = { paths = "shop::loom", public = "shop::loom::sync" }
shop = { paths = "shop", uses = "*" }
[[forbid]]
id = "loom"
in = "shop"
use = "std::sync"
except = "loom"
through = "loom"
//- src/loom.rs
pub mod sync { pub use std::sync::atomic::{AtomicU32, AtomicU64}; pub use std::sync::Mutex; }
pub mod inner { pub use std::sync::Condvar; }
"#;

#[test]
fn a_local_alias_of_what_is_handed_out_passes() {
    judge(&format!(
        "{THROUGH_LOOM}{}",
        r"
//- src/lib.rs
pub mod loom;
#[cfg(wide)] type Counter = loom::sync::AtomicU64;
#[cfg(not(wide))] type Counter = loom::sync::AtomicU32;
type Again = Counter;
struct Head { head: Counter, again: Again }
fn f() -> Head { Head { head: Counter::new(0), again: Again::new(0) } }
fn g() -> Vec<Counter> { Vec::new() }
"
    ));
}

#[test]
fn an_alias_of_what_is_not_handed_out_does_not() {
    judge(&format!(
        "{THROUGH_LOOM}{}",
        r"
//- src/lib.rs
pub mod loom;
type Counter = std::sync::atomic::AtomicU64;
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[loom/forbidden-use]
type Signal = loom::inner::Condvar;
//            ^^^^^^^^^^^^^^^^^^^^ error[loom/forbidden-use]
//            ^^^^^^^^^^^^^^^^^^^^ error[component.loom.public/private-interface]
type Mixed = loom::sync::Mutex<std::sync::Barrier>;
//                             ^^^^^^^^^^^^^^^^^^ error[loom/forbidden-use]
fn f(signal: Signal) -> Counter { Counter::new(0) }
//           ^^^^^^ error[loom/forbidden-use]
//                      ^^^^^^^ error[loom/forbidden-use]
//                                ^^^^^^^^^^^^ error[loom/forbidden-use]
fn g(mixed: Mixed) {}
"
    ));
}
