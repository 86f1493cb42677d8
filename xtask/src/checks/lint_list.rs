//! One lint, one name: the judge's file, its registration, the name in messages, the doc page and the test file agree.
//! Whether page and test show the lint at work is for the tests themselves.

use crate::check::{Check, Outcome};
use crate::repository::Repository;
use std::collections::BTreeSet;

pub(crate) const CHECK: Check = Check { name: "lint list", run };

const JUDGES: &str = "lints/src/judges";
const PAGES: &str = "docs/lints";
const TESTS: &str = "lints/tests/it";
/// Where a lint's name may stand as a string: beside the judges, or in the model that findings are made of.
const NAMES: [&str; 2] = [CRATE, "invariants/src"];
const CRATE: &str = "lints/src";

/// A source file: its path and its text.
struct Source {
    path: String,
    text: String,
}

fn run(repository: &Repository) -> Outcome {
    match examine(repository) {
        Ok(outcome) => outcome,
        Err(fault) => Outcome::Failed(vec![fault]),
    }
}

fn examine(repository: &Repository) -> Result<Outcome, String> {
    let mut sources = Vec::new();
    for folder in NAMES {
        collect(repository, folder, &mut sources)?;
    }
    let pages = repository
        .stems(PAGES, "md")?
        .into_iter()
        .filter(|page| page != "README")
        .collect();
    let tests = repository.stems(TESTS, "rs")?.into_iter().collect();
    Ok(judge(&sources, &pages, &tests))
}

/// All Rust files of `folder` and the folders in it.
fn collect(repository: &Repository, folder: &str, sources: &mut Vec<Source>) -> Result<(), String> {
    for name in repository.names(folder)? {
        let path = format!("{folder}/{name}");
        if name.strip_suffix(".rs").is_some() {
            sources.push(Source {
                text: repository.read(&path)?,
                path,
            });
        } else if !name.contains('.') {
            collect(repository, &path, sources)?;
        }
    }
    Ok(())
}

fn judge(sources: &[Source], pages: &BTreeSet<String>, tests: &BTreeSet<String>) -> Outcome {
    let lints: BTreeSet<String> = sources.iter().filter_map(lint_of).collect();
    let mut faults = Vec::new();
    for lint in &lints {
        let stem = lint.replace('-', "_");
        let others = || sources.iter().filter(|source| lint_of(source).as_ref() != Some(lint));
        if !others().any(|source| source.path.starts_with(CRATE) && source.text.contains(&format!("{stem}::check"))) {
            faults.push(format!(
                "lint `{lint}` is not registered: nothing in {CRATE} names `{stem}::check`"
            ));
        }
        if !sources
            .iter()
            .any(|source| source.text.contains(&format!("\"{lint}\"")))
        {
            faults.push(format!(
                "lint `{lint}` has no name: \"{lint}\" stands in no source of {}",
                NAMES.join(" or ")
            ));
        }
        if !pages.contains(lint) {
            faults.push(format!("lint `{lint}` has no page in {PAGES}"));
        }
        if !tests.contains(&stem) {
            faults.push(format!("lint `{lint}` has no test in {TESTS}"));
        }
    }
    let stray = pages.difference(&lints);
    faults.extend(stray.map(|page| format!("the page in {PAGES} named `{page}` belongs to no lint")));
    Outcome::of(faults, lints.len(), "lints")
}

/// The lint whose judge a file is: it stands directly in the folder of judges and has a function `check` of its own.
fn lint_of(source: &Source) -> Option<String> {
    let stem = source
        .path
        .strip_prefix(JUDGES)?
        .strip_prefix('/')?
        .strip_suffix(".rs")?;
    let is_judge = |line: &str| {
        ["fn check(", "pub fn check(", "pub(crate) fn check("]
            .iter()
            .any(|it| line.starts_with(it))
    };
    (!stem.contains('/') && source.text.lines().any(is_judge)).then(|| stem.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::{Source, judge};
    use crate::check::Outcome;
    use std::collections::BTreeSet;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn agreement_passes() {
        let sources = [
            source(
                "lints/src/judges/layer_breach.rs",
                "pub(crate) fn check(ctx: &Context) {}",
            ),
            source(
                "lints/src/judges/judge.rs",
                "impl Context {\n    pub(crate) fn check(&self) {}\n}",
            ),
            source("lints/src/registry.rs", "const ALL: &[Lint] = &[layer_breach::check];"),
            source("invariants/src/lint.rs", "\"layer-breach\""),
        ];
        let outcome = judge(&sources, &set(&["layer-breach"]), &set(&["layer_breach", "fixture"]));
        assert_eq!(outcome, Outcome::Passed("1 lints".to_owned()));
    }

    #[test]
    fn each_disagreement_is_named() {
        let sources = [source(
            "lints/src/judges/layer_breach.rs",
            "fn check() {}\n// layer_breach::check",
        )];
        let outcome = judge(&sources, &set(&["old-lint"]), &set(&["old_lint"]));
        let Outcome::Failed(faults) = outcome else {
            panic!("five faults are planted")
        };
        let expected = [
            "not registered",
            "has no name",
            "has no page",
            "has no test",
            "named `old-lint`",
        ];
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, expected) in faults.iter().zip(expected) {
            assert!(fault.contains(expected), "{fault}");
        }
    }

    #[test]
    fn no_lints_at_all_is_a_fault() {
        assert!(matches!(judge(&[], &set(&[]), &set(&[])), Outcome::Failed(_)));
    }
}
