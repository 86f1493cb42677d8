//! `cargo xtask new-lint <id>`: the files that a lint consists of, with its name in every place where it has to stand.
//! It edits no existing Rust: what has to be registered is printed.

use crate::plan::{NewFile, Plan};
use crate::repository::Repository;

/// Whether the plan is only shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Apply,
    DryRun,
}

/// Returns what was made or would be.
pub(crate) fn run(repository: &Repository, id: &str, mode: Mode) -> Result<String, String> {
    let plan = plan(id)?;
    if mode == Mode::Apply {
        plan.apply(repository)?;
    }
    Ok(plan.describe())
}

fn plan(id: &str) -> Result<Plan, String> {
    let words = id.split('-');
    if !words
        .clone()
        .all(|word| !word.is_empty() && word.chars().all(|it| it.is_ascii_lowercase()))
    {
        return Err(format!(
            "`{id}` is not the name of a lint: lower-case words joined by `-`, like `layer-breach`"
        ));
    }
    let stem = id.replace('-', "_");
    let variant: String = words.map(capitalised).collect();
    let file = |path: String, text: String| NewFile { path, text };
    Ok(Plan {
        files: vec![
            file(format!("lints/src/judges/{stem}.rs"), judge(id)),
            file(format!("lints/tests/it/{stem}.rs"), test(id)),
            file(format!("docs/lints/{id}.md"), page(id)),
        ],
        by_hand: vec![
            format!(
                "give it its name: a variant `{variant}` that prints \"{id}\", where findings get theirs (invariants)"
            ),
            format!("register it: `mod {stem};` in lints/src/judges, `{stem}::check` in lints/src/registry.rs"),
            format!("name its test: `mod {stem};` in lints/tests/it/main.rs"),
            "write the page, then `cargo xtask generate` copies it into the command's crate".to_owned(),
            "add it to the table of lints in the README and to CHANGELOG.md".to_owned(),
            "see it red: run page and test before the judge is written".to_owned(),
        ],
    })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

/// A judge that never speaks must not be mistaken for one: it does not compile until it is written.
fn judge(id: &str) -> String {
    format!(
        "//! `{id}`: what it finds, in one sentence. What it leaves to other lints.\n\n\
         use crate::context::Context;\nuse crate::sink::Sink;\n\n\
         pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {{\n    \
             compile_error!(\"`{id}` is not written yet\");\n}}\n"
    )
}

/// A test of a workspace of a few words; it fails until both are written.
fn test(id: &str) -> String {
    format!(
        "//! `{id}`.\n\n\
         use crate::fixture::check;\n\n\
         #[test]\n\
         fn what_it_reports() {{\n    \
             check(\"\", \"crate shop                  # {id} policy.some-rule\");\n}}\n"
    )
}

fn page(id: &str) -> String {
    let workspace = "```toml\nversion = 1\n```\n\n```rust\n//- src/lib.rs\n```\n\n";
    format!(
        "# {id}\n\n**Rule:** which entries of the policy produce it. **Severity:** whose.\n\n\
         ## What it reports\n\nIn one sentence. What it leaves to other lints.\n\n\
         ## Why\n\nWhat goes wrong without it.\n\n\
         ## Bad\n\n{workspace}## Good\n\n{workspace}\
         ## How to fix\n\nThe first step, and the other way if that one is closed.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::plan;

    #[test]
    fn a_lint_is_judge_test_and_page() {
        let plan = plan("layer-breach").expect("the name is right");
        let paths: Vec<&str> = plan.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "lints/src/judges/layer_breach.rs",
                "lints/tests/it/layer_breach.rs",
                "docs/lints/layer-breach.md",
            ]
        );
        assert!(plan.by_hand[0].contains("`LayerBreach`"), "{}", plan.by_hand[0]);
        assert!(
            plan.files[0].text.contains("fn check("),
            "the list of lints finds a judge by this function"
        );
        assert_eq!(
            plan.conflicts(|path| path == "docs/lints/layer-breach.md"),
            ["docs/lints/layer-breach.md"]
        );
        assert!(
            plan.describe().starts_with("  make lints/src/judges/layer_breach.rs ("),
            "{}",
            plan.describe()
        );
    }

    #[test]
    fn other_names_are_refused() {
        for id in [
            "",
            "Layer-Breach",
            "layer_breach",
            "layer--breach",
            "-layer",
            "layer-",
            "../x",
            "layer breach",
        ] {
            assert!(plan(id).is_err(), "{id}");
        }
    }
}
