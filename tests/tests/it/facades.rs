//! `[facades]`: crates and items that belong to another crate's family, though neither name nor repository says so.

use archguard_invariants::problem::ProblemCode;

use crate::harness::{judge, judged};

const CRATES: &str = r"
//- registry/search/src/lib.rs
pub use matcher::Matcher;
pub use bytes_of::Slice;
pub use bytes_of::other;
pub mod deep { pub use matcher::inner; }
//- registry/matcher/src/lib.rs
pub struct Matcher;
pub fn find() {}
pub mod inner { pub fn run() {} }
//- registry/bytes_of/src/lib.rs
pub struct Slice;
pub fn other() {}
";

fn policy(facades: &str, banned: &str) -> String {
    format!(
        "//- archguard.toml\nversion = 1\n[components]\nshop = \"shop\"\n[[forbid]]\nid = \"no-search\"\nuse = \"{banned}\"\n{facades}{CRATES}"
    )
}

const CODE: &str = r"
//- src/lib.rs
fn a() { matcher::find(); }
fn b(_: bytes_of::Slice) {}
fn c() { bytes_of::other(); }
fn d() { matcher::inner::run(); }
";

#[test]
fn a_family_is_covered_by_the_name_of_its_facade() {
    judge(&format!("{}{CODE}", policy("", "search")));
    let marked = CODE
        .replace(
            "find(); }\n",
            "find(); }\n//       ^^^^^^^^^^^^^ error[no-search/forbidden-use]\n",
        )
        .replace(
            "Slice) {}\n",
            "Slice) {}\n//      ^^^^^^^^^^^^^^^ error[no-search/forbidden-use]\n",
        )
        .replace(
            "run(); }\n",
            "run(); }\n//       ^^^^^^^^^^^^^^^^^^^ error[no-search/forbidden-use]\n",
        );
    let facades = "[facades]\nsearch = [\"matcher\", \"bytes_of::Slice\"]\n";
    let judged = judge(&format!("{}{marked}", policy(facades, "search")));
    assert!(
        judged.findings[0]
            .message
            .ends_with("; `matcher` counts as `search`, as `[facades]` says"),
        "{}",
        judged.findings[0].message
    );
}

#[test]
fn a_module_of_the_facade_covers_what_it_hands_out_of_the_family() {
    let marked = CODE.replace(
        "run(); }\n",
        "run(); }\n//       ^^^^^^^^^^^^^^^^^^^ error[no-search/forbidden-use]\n",
    );
    let facades = "[facades]\nsearch = \"matcher\"\n";
    judge(&format!("{}{CODE}", policy("", "search::deep")));
    judge(&format!("{}{marked}", policy(facades, "search::deep")));
}

#[test]
fn names_that_are_not_there_are_problems() {
    let facades = "[facades]\nserch = \"matcher\"\nsearch = [\"mtcher\", \"bytes_of::Slize\", \"shop\"]\n";
    let judged = judged(&format!("{}{CODE}", policy(facades, "search")));
    let problems: Vec<_> = judged
        .problems
        .iter()
        .map(|problem| (problem.code, problem.message.as_str(), problem.suggestion.as_deref()))
        .collect();
    assert_eq!(
        problems,
        [
            (
                ProblemCode::UnknownName,
                "[facades]: there is no crate `serch` among the dependencies",
                Some("search")
            ),
            (
                ProblemCode::UnknownName,
                "[facades]: there is no crate `mtcher` among the dependencies",
                Some("matcher")
            ),
            (
                ProblemCode::NothingMatched,
                "`bytes_of::Slize` matches nothing",
                Some("bytes_of::Slice")
            ),
            (
                ProblemCode::PolicyConflict,
                "`shop` is examined code: [facades] speaks of external crates",
                None
            ),
        ]
    );
}
