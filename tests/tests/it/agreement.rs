//! Source evidence against the compiler's, on published crates: what a module depends on, both must see; what the source
//! misses is told by types or written by macros, and nothing that it shows alone is without a reason.

use archguard_evidence::compiler::{BuildRequest, FeatureSet, Mode, Selection, compile};
use archguard_evidence::workspace::{Request, load};
use archguard_evidence::{Options, read_witnessed};
use archguard_invariants::verdict::{Agreement, Difference};

use crate::published::unpacked;

/// Has one of the pinned crates compiled, and compares at least so many dependencies of modules.
#[track_caller]
fn check(package: &str, at_least: usize) {
    let agreement = agreement_of(package);
    let modules = &agreement.modules;
    let seen = modules.both + modules.compiler_only.len();
    assert!(seen >= at_least, "{seen} dependencies of modules");
    assert!(agreement.both > 10 * at_least, "{agreement:?}");
    assert!(modules.both * 100 >= seen * 97, "{} of {seen}", modules.both);
    let allowed = [
        Difference::InferredMethod,
        Difference::Operator,
        Difference::MacroOutput,
    ];
    let missed = modules.compiler_only.iter();
    let others: Vec<_> = missed.filter(|missed| !allowed.contains(&missed.reason)).collect();
    assert!(others.is_empty(), "{others:?}");
    let unexplained = modules.source_only.iter();
    let unexplained: Vec<_> = unexplained
        .filter(|alone| alone.reason == Difference::Unexplained)
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
}

fn agreement_of(package: &str) -> Agreement {
    let root = unpacked();
    let request = Request {
        manifest_path: None,
        directory: root.to_owned(),
        offline: true,
    };
    let mut workspace = load(&request).expect("the workspace can be loaded");
    workspace.target_directory = root.join("target");
    workspace.build_directory = root.join("target");
    let request = BuildRequest {
        wrapper: env!("CARGO_BIN_EXE_witness").into(),
        packages: vec![package.to_owned()],
        feature_sets: vec![FeatureSet::default()],
        platform: None,
        selection: Selection::Production,
        mode: Mode::Everything,
        keep_going: false,
        offline: true,
        quiet: true,
    };
    let witnessed = compile(&workspace, &request).expect("cargo can be run");
    assert_eq!(witnessed.problems, []);
    let evidence = read_witnessed(&workspace, &Options::default(), &witnessed);
    assert_eq!(evidence.problems, [], "the code can be read");
    evidence.agreement.expect("the compiler was asked")
}

#[test]
fn axum_core_made_of_traits_and_of_macros_of_its_own() {
    check("axum-core", 50);
}

#[test]
fn globset_ordinary_code() {
    check("globset", 10);
}

#[test]
fn itertools_generic_throughout() {
    check("itertools", 50);
}
