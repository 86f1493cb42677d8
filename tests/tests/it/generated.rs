//! `[policy] generated`: judged like all code, and known to be generated.

use archguard_invariants::problem::ProblemCode;
use archguard_invariants::verdict::describe;

use crate::harness::{Judged, judge, judged};

/// Each finding's item, and whether its site is marked.
fn marked(judged: Judged) -> Vec<(String, bool)> {
    let graph = judged.graph;
    let described = judged.findings.into_iter().map(|finding| {
        let finding = describe::finding(&graph, &|_| None, finding);
        (finding.from.item, finding.sites[0].generated)
    });
    described.collect()
}

#[test]
fn files_and_modules_are_judged_and_marked() {
    let judged = judge(
        r#"
//- archguard.toml
version = 1
[policy]
generated = ["src/schema.rs", "shop::made", "src/gen"]
[components]
shop = "shop"
[[forbid]]
id = "files"
use = "std::fs"
//- src/lib.rs
mod schema;
mod made { pub fn f() { std::fs::read(0); } }
//                      ^^^^^^^^^^^^^ error[files/forbidden-use]
mod own { pub fn f() { std::fs::read(0); } }
//                     ^^^^^^^^^^^^^ error[files/forbidden-use]
#[path = "gen/inner/part.rs"]
mod part;
//- src/schema.rs
pub fn f() { std::fs::read(0); }
//           ^^^^^^^^^^^^^ error[files/forbidden-use]
//- src/gen/inner/part.rs
pub fn f() { std::fs::read(0); }
//           ^^^^^^^^^^^^^ error[files/forbidden-use]
"#,
    );
    let graph = &judged.graph;
    let generated = graph.items().filter(|(id, _)| graph.is_generated(*id));
    let generated: Vec<&str> = generated.map(|(_, item)| &*item.path).collect();
    assert_eq!(
        generated,
        ["shop::made", "shop::made::f", "shop::part::f", "shop::schema::f"]
    );
    assert_eq!(
        marked(judged),
        [
            ("shop::part::f".to_owned(), true),
            ("shop::made::f".to_owned(), true),
            ("shop::own::f".to_owned(), false),
            ("shop::schema::f".to_owned(), true),
        ]
    );
}

#[test]
fn what_a_build_script_has_written_is_marked_unasked() {
    let judged = judged(
        r#"
//- archguard.toml
version = 1
[components]
shop = "shop"
[[forbid]]
id = "files"
use = "std::fs"
//- src/lib.rs
mod made { include!(concat!(env!("OUT_DIR"), "/made.rs")); }
//- build.rs
//- target/debug/build/shop-1/out/made.rs
pub fn f() { std::fs::read(0); }
"#,
    );
    assert_eq!(marked(judged), [("shop::made::f".to_owned(), true)]);
}

#[test]
fn what_means_nothing_is_a_problem() {
    let judged = judged(
        r#"
//- archguard.toml
version = 1
[policy]
generated = ["src/gone.rs", "shop::gone", "src/old.rs"]
[components]
shop = "shop"
//- src/lib.rs
//- src/old.rs
"#,
    );
    let problems: Vec<_> = judged
        .problems
        .iter()
        .map(|it| (it.code, it.message.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            (ProblemCode::NothingMatched, "`shop::gone` matches nothing"),
            (
                ProblemCode::NothingMatched,
                "`src/gone.rs` in `generated` means no examined file"
            ),
            (
                ProblemCode::NothingMatched,
                "`src/old.rs` in `generated` means no examined file"
            ),
        ]
    );
}
