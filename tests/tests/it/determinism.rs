//! The same code gives the same bytes: over repeated readings, numbers of threads, and orders in which files were made.

use std::fmt::Write;

use archguard_evidence::{Evidence, Options, read};
use rayon::ThreadPoolBuilder;

use crate::harness::{Fixture, document};

/// Many modules and crates, macros that make items, cfgs, circles of globs, unresolved paths, orphans.
fn workspace() -> String {
    let mut text = String::from(
        r"
//- registry/driver/src/lib.rs
pub mod pool { pub struct Pool; impl Pool { pub fn exec(&self) {} } }
pub use pool::*;
#[macro_export]
macro_rules! query { () => { $crate::pool::Pool }; }
//- helper/src/lib.rs
pub use driver::*;
pub use shop::m0::*;
//- src/main.rs
mod shared;
fn main() { shop::m1::f(); missing::g(); }
//- src/shared.rs
pub fn f() {}
//- src/orphan.rs
//- src/orphan2.rs
//- tests/it.rs
fn t() { shop::m2::f(); }
//- src/lib.rs
mod shared;
macro_rules! table { ($($name:ident),*) => { $( pub mod $name { pub fn load() { driver::query!(); } } )* }; }
table!(users, orders);
mod gone;
mod broken;
",
    );
    for index in 0..40 {
        writeln!(text, "pub mod m{index};").expect("a string takes everything");
    }
    text.push_str("//- src/broken.rs\nfn f( {\n");
    for index in 0..40 {
        let next = (index + 1) % 40;
        write!(
            text,
            "//- src/m{index}.rs\npub use super::m{next}::*;\nuse helper::Pool;\npub fn f() {{ g{next}(); crate::users::load(); nowhere(); }}\npub fn g{index}(pool: &Pool) {{ pool.exec(); driver::query!(); }}\n#[cfg(unix)] pub fn h() {{}}\n#[cfg(windows)] pub fn h() {{}}\nfn i() {{ h(); }}\n"
        )
        .expect("a string takes everything");
    }
    text
}

/// The document, and whatever else comes out, without the temporary directory's name.
fn outcome(fixture: &Fixture) -> String {
    let Evidence { graph, problems, .. } = read(&fixture.workspace, &Options::default());
    assert!(
        graph.reference_count() > 400 && problems.len() == 2,
        "the fixture does something: {problems:?}"
    );
    let examined = graph.examined();
    let orphans: Vec<&str> = examined
        .orphans
        .iter()
        .map(|&file| &*graph.file(file).display)
        .collect();
    let unresolved: Vec<_> = graph
        .unresolved()
        .iter()
        .map(|missing| (&missing.written, missing.place))
        .collect();
    let items: Vec<_> = graph.items().map(|(_, item)| &item.path).collect();
    format!(
        "{}\n{problems:?}\n{orphans:?}\n{unresolved:?}\n{items:?}",
        document(&graph)
    )
}

#[test]
fn repeated_readings_give_the_same_bytes() {
    let fixture = Fixture::of(&workspace());
    let first = outcome(&fixture);
    for _ in 0..3 {
        assert!(outcome(&fixture) == first);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let fixture = Fixture::of(&workspace());
    let first = outcome(&fixture);
    for threads in [1, 2, 7] {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool can be made");
        assert!(pool.install(|| outcome(&fixture)) == first, "with {threads} threads");
    }
}

#[test]
fn files_made_in_another_order_give_the_same_bytes() {
    let text = workspace();
    assert!(outcome(&Fixture::of(&text)) == outcome(&Fixture::reversed(&text)));
}
