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
    let fixture = format!("tests/fixtures/lints/{id}");
    let file = |path: String, text: String| NewFile { path, text };
    Ok(Plan {
        files: vec![
            file(format!("lints/src/{stem}.rs"), rule(id)),
            file(format!("docs/lints/{id}.md"), page(id)),
            file(format!("{fixture}/Cargo.toml"), manifest(id)),
            file(format!("{fixture}/archguard.toml"), "version = 1\n".to_owned()),
            file(format!("{fixture}/src/lib.rs"), format!("//! Breaks `{id}` once.\n")),
        ],
        by_hand: vec![
            format!(
                "give it its name: a variant `{variant}` that prints \"{id}\", where findings get theirs (invariants)"
            ),
            format!("register it in lints/src: `mod {stem};` and `{stem}::check` in the list of lints"),
            "add it to the table of lints in the README and to CHANGELOG.md".to_owned(),
            "see it red: run the page and the fixture before the rule is written".to_owned(),
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

/// A rule that never fires must not be mistaken for one: it does not compile until it is written.
fn rule(id: &str) -> String {
    format!(
        "//! `{id}`: what it finds, in one sentence. What it leaves to other lints.\n\n\
         use crate::{{Context, Sink}};\n\n\
         pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {{\n    \
             compile_error!(\"`{id}` is not written yet\");\n}}\n"
    )
}

fn page(id: &str) -> String {
    format!(
        "# {id}\n\nWhat it finds, in one sentence. Which rules of the policy produce it.\n\n\
         ## Why\n\nWhat goes wrong without it.\n\n\
         ## Bad\n\n```toml\nversion = 1\n```\n\n```rust\n```\n\n\
         ## Good\n\n```rust\n```\n\n\
         ## What it does not see\n\nWhere it stays silent, and what sees it instead.\n"
    )
}

fn manifest(id: &str) -> String {
    let name = id.replace('-', "_");
    format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n")
}

#[cfg(test)]
mod tests {
    use super::plan;

    #[test]
    fn a_lint_is_rule_page_and_fixture() {
        let plan = plan("layer-breach").expect("the name is right");
        let paths: Vec<&str> = plan.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "lints/src/layer_breach.rs",
                "docs/lints/layer-breach.md",
                "tests/fixtures/lints/layer-breach/Cargo.toml",
                "tests/fixtures/lints/layer-breach/archguard.toml",
                "tests/fixtures/lints/layer-breach/src/lib.rs",
            ]
        );
        assert!(plan.by_hand[0].contains("`LayerBreach`"), "{}", plan.by_hand[0]);
        assert!(
            plan.files[0].text.contains("fn check("),
            "the list of lints finds a rule by this function"
        );
        assert_eq!(
            plan.conflicts(|path| path == "docs/lints/layer-breach.md"),
            ["docs/lints/layer-breach.md"]
        );
        assert!(
            plan.describe().starts_with("  make lints/src/layer_breach.rs ("),
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
