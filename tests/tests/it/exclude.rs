//! `[[exclude]]`: what it takes out is neither read nor judged; what names it is.

use archguard_invariants::graph::CrateOrigin;
use archguard_invariants::problem::ProblemCode;

use crate::harness::{judge, judged};

/// A policy that takes out a path.
fn excluding(path: &str, rest: &str) -> String {
    format!(
        "//- archguard.toml\nversion = 1\n[[exclude]]\npath = \"{path}\"\nreason = \"not ours\"\nowner = \"us\"\n\
         until = \"2999-12-31\"\n{rest}"
    )
}

const NO_FILES: &str = r#"
[components]
main = "shop::self"
app = { paths = "shop::app", uses = "*" }
[[forbid]]
id = "files"
use = "std::fs"
"#;

#[test]
fn a_module_that_does_not_parse_is_taken_out_and_names_in_it_count_as_written() {
    let judged = judge(&format!(
        "{}{NO_FILES}{}",
        excluding("src/broken.rs", ""),
        r"
[[forbid]]
id = 'broken'
use = 'shop::broken::Handle'
//- src/lib.rs
mod broken;
mod app;
//- src/app.rs
use crate::broken::Handle;
//  ^^^^^^^^^^^^^^^^^^^^^ error[broken/forbidden-use]
fn f() { crate::broken::deep::run(); std::fs::read(0); }
//                                   ^^^^^^^^^^^^^ error[files/forbidden-use]
//- src/broken.rs
fn f( { std::fs::read(0) }
mod below;
"
    ));
    assert_eq!(judged.graph.unresolved().len(), 0);
    assert_eq!(judged.graph.examined().files, 2);
}

#[test]
fn a_directory_takes_out_everything_below_it() {
    let judged = judge(&format!(
        "{}{NO_FILES}{}",
        excluding("src/vendored", ""),
        r"
//- src/lib.rs
mod vendored;
mod app { include!('vendored/part.rs'); }
//- src/vendored/mod.rs
mod inner;
fn f() { std::fs::read(0); }
//- src/vendored/inner.rs
fn f() { std::fs::read(0); }
//- src/vendored/orphan.rs
//- src/vendored/part.rs
fn part() { std::fs::read(0); }
"
        .replace("'vendored/part.rs'", "\"vendored/part.rs\"")
    ));
    assert!(judged.graph.examined().orphans.is_empty());
    assert_eq!(judged.graph.examined().files, 1);
}

#[test]
fn a_package_becomes_a_dependency_that_rules_can_still_name() {
    let judged = judge(&format!(
        "{}{}",
        excluding("driver", ""),
        r#"
[components]
app = { paths = "app", uses = [] }
[[forbid]]
id = "raw"
use = "driver"
//- app/src/lib.rs
pub fn f() { driver::query(); }
//           ^^^^^^^^^^^^^ error[raw/forbidden-use]
//- driver/src/lib.rs
pub fn query() { std::fs::read(0); }
//- driver/src/main.rs
fn main() { driver::query(); }
//- driver/tests/all.rs
fn broken(
"#
    ));
    let graph = &judged.graph;
    let of_driver = graph.crates().iter().filter(|krate| &*krate.package == "driver");
    let origins: Vec<CrateOrigin> = of_driver.map(|krate| krate.origin).collect();
    assert_eq!(origins, [CrateOrigin::External]);
    assert_eq!((graph.examined().packages, graph.examined().targets), (1, 1));
}

#[test]
fn a_target_of_its_own_is_taken_out_alone() {
    let judged = judge(&format!(
        "{}[components]\nshop = \"shop\"\n{}",
        excluding("tests/broken.rs", ""),
        r"
//- src/lib.rs
//- tests/broken.rs
fn broken(
//- tests/whole.rs
"
    ));
    assert_eq!(judged.graph.examined().targets, 2);
}

#[test]
fn a_place_without_code_is_a_problem() {
    for path in ["src/gone.rs", "docs"] {
        let judged = judged(&format!(
            "{}[components]\nshop = \"shop\"\n//- src/lib.rs\n//- docs/readme.md\n",
            excluding(path, "")
        ));
        let problems: Vec<_> = judged.problems.iter().map(|it| (it.code, it.message.clone())).collect();
        assert_eq!(
            problems,
            [(
                ProblemCode::NothingMatched,
                format!("`{path}` takes out nothing: no Rust file lies there")
            )]
        );
    }
}
