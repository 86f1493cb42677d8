//! The harness sees red: marks that are not met, findings that nobody expects.

use crate::harness::{check, judge};

#[test]
#[should_panic(expected = "expected [\"call std::fs::write\"]")]
fn another_definition_is_a_failure() {
    check("//- src/lib.rs\nfn f() { std::fs::read(0); }\n//       ^^^^^^^^^^^^^ call std::fs::write\n");
}

#[test]
#[should_panic(expected = "call std::fs::read")]
fn other_columns_are_a_failure() {
    check("//- src/lib.rs\nfn f() { std::fs::read(0); }\n//       ^^^^^^^^^^^^ call std::fs::read\n");
}

#[test]
#[should_panic(expected = "expected [\"nothing\"]")]
fn a_reference_where_there_should_be_none_is_a_failure() {
    check("//- src/lib.rs\nfn f() { std::fs::read(0); }\n//            ^^ nothing\n");
}

#[test]
#[should_panic(expected = "call std::fs::read dev")]
fn a_word_that_is_not_said_is_a_failure() {
    check("//- src/lib.rs\n#[test] fn f() { std::fs::read(0); }\n//               ^^^^^^^^^^^^^ call std::fs::read\n");
}

#[test]
#[should_panic(expected = "the problems")]
fn a_problem_is_a_failure() {
    check("//- src/lib.rs\nmod gone;\n");
}

const POLICY: &str =
    "//- archguard.toml\nversion = 1\n[components]\nshop = \"shop\"\n[[forbid]]\nid = \"files\"\nuse = \"std::fs\"\n";

#[test]
#[should_panic(expected = "found, expected")]
fn a_finding_that_nobody_expects_is_a_failure() {
    judge(&format!("{POLICY}//- src/lib.rs\nfn f() {{ std::fs::read(0); }}\n"));
}

#[test]
#[should_panic(expected = "found, expected")]
fn a_finding_that_does_not_come_is_a_failure() {
    judge(&format!(
        "{POLICY}//- src/lib.rs\nfn f() {{ std::env::args(); }}\n//       ^^^^^^^^^^^^^^ error[files/forbidden-use]\n"
    ));
}
