//! Every third-party dependency of the workspace has its reason in `ARCHITECTURE.md`, is used, and no reason outlives its
//! dependency. Whether the reason is a good one is for the reader.

use crate::check::{Check, Outcome};
use crate::repository::Repository;
use std::collections::BTreeSet;

pub(crate) const CHECK: Check = Check {
    name: "reasons for dependencies",
    run,
};

const PAGE: &str = "ARCHITECTURE.md";
const SECTION: &str = "## Dependencies";

fn run(repository: &Repository) -> Outcome {
    match read(repository) {
        Ok((workspace, page, members)) => judge(&workspace, &page, &members),
        Err(fault) => Outcome::Failed(vec![fault]),
    }
}

/// The manifest of the workspace, the page, and the manifests of all members in one text.
fn read(repository: &Repository) -> Result<(String, String, String), String> {
    let workspace = repository.read("Cargo.toml")?;
    let mut members = String::new();
    for member in members_of(&workspace) {
        members.push_str(&repository.read(&format!("{member}/Cargo.toml"))?);
        members.push('\n');
    }
    Ok((workspace, repository.read(PAGE)?, members))
}

/// The entries of `members = [...]`, which stands on one line.
fn members_of(workspace: &str) -> Vec<&str> {
    let line = workspace
        .lines()
        .find(|line| line.starts_with("members"))
        .unwrap_or_default();
    line.split('"').skip(1).step_by(2).collect()
}

fn judge(workspace: &str, page: &str, members: &str) -> Outcome {
    let declared = declared(workspace);
    let explained = explained(page);
    let mut faults = Vec::new();
    for name in declared.difference(&explained) {
        faults.push(format!("`{name}` has no reason under `{SECTION}` of {PAGE}"));
    }
    for name in explained.difference(&declared) {
        faults.push(format!(
            "{PAGE} gives a reason for `{name}`, which is no dependency of the workspace"
        ));
    }
    for name in declared.iter().filter(|name| !uses(members, name)) {
        faults.push(format!(
            "`{name}` stands in the workspace's dependencies and no member uses it"
        ));
    }
    Outcome::of(faults, declared.len(), "dependencies")
}

/// The names under `[workspace.dependencies]` that are not members themselves.
fn declared(workspace: &str) -> BTreeSet<&str> {
    let section = workspace
        .lines()
        .skip_while(|line| *line != "[workspace.dependencies]")
        .skip(1);
    let entries = section.take_while(|line| !line.starts_with('['));
    entries
        .filter_map(|line| line.split_once('='))
        .filter(|(name, value)| !name.starts_with('#') && !value.contains("path ="))
        .map(|(name, _)| name.trim())
        .collect()
}

/// The names in the first column of the table under the section: `` | `syn` | parses Rust | ``.
fn explained(page: &str) -> BTreeSet<&str> {
    let section = page.lines().skip_while(|line| *line != SECTION).skip(1);
    let rows = section
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once('`'))
        .map(|(name, _)| name)
        .collect()
}

fn uses(members: &str, name: &str) -> bool {
    let mut names = members
        .lines()
        .map(|line| line.split(['.', '=', ' ']).next().unwrap_or_default());
    names.any(|used| used == name)
}

#[cfg(test)]
mod tests {
    use super::{judge, members_of};
    use crate::check::Outcome;

    const WORKSPACE: &str = "[workspace]\nmembers = [\"a\", \"b\"]\n\n[workspace.dependencies]\nown = { path = \"a\" }\n\
                             syn = \"3\"\ntoml = { version = \"1\" }\n\n[profile.dev]\ndebug = 1\n";

    #[test]
    fn explained_and_used_dependencies_pass() {
        let page = "# Map\n\n## Dependencies\n\n| crate | why |\n|---|---|\n| `syn` | parses |\n| `toml` | reads |\n\n## End\n| `x` | |\n";
        let outcome = judge(
            WORKSPACE,
            page,
            "[dependencies]\nsyn.workspace = true\ntoml = { workspace = true }\n",
        );
        assert_eq!(outcome, Outcome::Passed("2 dependencies".to_owned()));
        assert_eq!(members_of(WORKSPACE), ["a", "b"]);
    }

    #[test]
    fn what_is_missing_stale_or_unused_is_named() {
        let page = "## Dependencies\n| `syn` | parses |\n| `gone` | was good |\n";
        let Outcome::Failed(faults) = judge(WORKSPACE, page, "syn-extra.workspace = true\ntoml.workspace = true\n")
        else {
            panic!("three faults are planted");
        };
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].starts_with("`toml` has no reason"), "{faults:?}");
        assert!(faults[1].contains("`gone`"), "{faults:?}");
        assert!(faults[2].starts_with("`syn` stands"), "{faults:?}");
    }
}
